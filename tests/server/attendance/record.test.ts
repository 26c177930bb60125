import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import { type BridgeId, type ConferenceId, type PersonId, type SessionId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import { testMachine } from '../../machines.ts';
import {
  client,
  hostAt,
  newId,
  organizerOf,
  signIn,
  unitOrganizerAt,
  type SignedInClient,
} from '../harness.ts';
import { addConference, arriveAt, eventAt, sample, type Sample } from '../sample.ts';

let s: Sample;
let host: SignedInClient;
let commune: BridgeRow;
let neighbour: BridgeRow;
let people: PersonId[];
beforeAll(async () => {
  s = await sample({ communes: 12 });
  commune = s.bridge('97004');
  neighbour = s.bridge('97005');
  people = (await s.seatedAt(commune.id)).map(({ person }) => person);
  host = await signIn(s.server, [hostAt(s.conference, commune.id)]);
});
afterAll(() => s.server.close());

const device = testMachine('may-1').device;
/** Each test takes people of its own. */
let next = 0;
const somebody = (): PersonId => people[next++]!;
const params = (bridge: BridgeRow = commune) => ({ conference: s.conference, bridge: bridge.id });
const path = (bridge: BridgeRow = commune) => ({ ...params(bridge), session: s.session });
const record = async (events: unknown[], by: SignedInClient = host, language: 'vi' | 'en' = 'vi') => {
  const body = { session: s.session, bridge: commune.id, events, language };
  return (await by.call(api.record, { params: params(), body })).items;
};
const door = () => host.call(api.door, { params: path(), query: { device, limit: 1000 } });
const rowOf = async (person: string) => (await door()).items.find((row) => row.person === person);
const ledger = async (): Promise<number> =>
  Number((await s.server.database.read('attendance_event').count({ n: '*' }).first())?.['n']);

describe('recording', () => {
  test('checks one person in, and says so to the door', async () => {
    const person = somebody();
    s.clock.set('2025-01-13T07:41:08+07:00');
    const event = arriveAt(s, commune.id, person);
    expect(await record([event])).toEqual([
      {
        id: event.id,
        outcome: 'recorded',
        reason: null,
        receipt: { place: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/), receivedAt: s.clock() },
        flags: [],
        tone: 'done',
        message: 'Vừa điểm danh 07:41:08.',
      },
    ]);
    expect(await rowOf(person)).toMatchObject({
      person,
      basis: 'summoned',
      expectedHere: true,
      presence: { state: 'present', at: commune.id, since: s.clock(), mode: 'in-person' },
    });
  });

  test('answers in the language of the batch', async () => {
    const [answer] = await record([arriveAt(s, commune.id, somebody())], host, 'en');
    expect(answer?.message).toBe('Checked in just now, 07:41:08.');
  });

  test('each event of a batch is answered for itself: a bad one spoils no other', async () => {
    const good = arriveAt(s, commune.id, somebody());
    const kind = { ...arriveAt(s, commune.id, somebody()), kind: 'teleport' };
    const elsewhere = arriveAt(s, neighbour.id, somebody());
    const session = { ...arriveAt(s, commune.id, somebody()), session: 'another' as SessionId };
    const answers = await record([null, kind, good, elsewhere, session, 17, { id: 'x'.repeat(1000) }]);
    expect(answers.map(({ outcome, reason }) => reason ?? outcome)).toEqual([
      'malformed',
      'malformed',
      'recorded',
      'other-bridge',
      'no-such-session',
      'malformed',
      'malformed',
    ]);
    expect(answers[1]).toMatchObject({ id: kind.id, tone: 'look' });
    expect(answers[3]?.message).toBe('Máy này không được ghi cho điểm cầu ấy. Lượt này vẫn lưu trên máy.');
    expect(answers.every(({ message }) => message.length > 5 && !/null|undefined|\d{3}/.test(message))).toBe(
      true,
    );
  });

  test.each<[string, (event: AttendanceEvent) => unknown]>([
    ['an id that is no UUID', (event) => ({ ...event, id: 'may-1-000017' })],
    [
      'an id in capitals, which would be a second spelling of one id',
      (event) => ({ ...event, id: event.id.toUpperCase() }),
    ],
    ['a moment that no calendar has', (event) => ({ ...event, at: 2 ** 53 - 1, offset: 1 })],
    ['a moment in the year 50,000', (event) => ({ ...event, at: 1_515_000_000_000_000 })],
    ['half a second', (event) => ({ ...event, at: event.at + 0.5 })],
    ['half a character', (event) => ({ ...event, kind: 'excuse', reason: 'ốm \ud83d' })],
    ['a text with a NUL', (event) => ({ ...event, kind: 'excuse', reason: 'ốm\0' })],
    ['ten million letters', (event) => ({ ...event, kind: 'excuse', reason: 'ố'.repeat(2_000_000) })],
    ['nesting without end', (event) => ({ ...event, person: JSON.parse('['.repeat(900) + ']'.repeat(900)) })],
    [
      'a count of hundreds of categories',
      (event) => ({
        ...event,
        kind: 'count',
        point: '',
        counts: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`c${at}`, 1])),
      }),
    ],
  ])('%s is refused alone, and the book goes on', async (_, spoil) => {
    const before = await ledger();
    const spoiled = spoil(arriveAt(s, commune.id, somebody()));
    const [bad, good] = await record([spoiled, arriveAt(s, commune.id, somebody())]);
    expect([bad?.outcome, bad?.reason, good?.outcome]).toEqual(['refused', 'malformed', 'recorded']);
    expect(await ledger()).toBe(before + 1);
  });

  test('a batch of more than a thousand, or of none, is not read', async () => {
    for (const events of [[], Array.from({ length: 1001 }, () => null)]) {
      const body = { session: s.session, bridge: commune.id, events };
      const refusal = await host.refusal(api.record, { params: params(), body });
      expect(refusal).toMatchObject({ code: 'malformed', faults: [{ at: 'events' }] });
    }
  });

  test('a session of another conference is not found', async () => {
    const other = await addConference(s.organizer);
    const { items } = await s.organizer.call(api.sessions, { params: { conference: other } });
    for (const session of [items[0]!.id, 'khong-co' as SessionId]) {
      const body = { session, bridge: commune.id, events: [null] };
      expect((await host.refusal(api.record, { params: params(), body })).code).toBe('not-found');
      const at = { params: { ...params(), session } };
      expect((await host.refusal(api.door, { ...at, query: { device } })).code).toBe('not-found');
      expect((await host.refusal(api.figures, at)).code).toBe('not-found');
      expect((await host.refusal(api.events, at)).code).toBe('not-found');
    }
  });
});

describe('the same event again', () => {
  test('has the same answer, byte for byte, and is in the ledger once', async () => {
    const event = arriveAt(s, commune.id, somebody());
    const before = await ledger();
    const first = JSON.stringify(await record([event]));
    s.clock.advance(3_600_000);
    expect(JSON.stringify(await record([event]))).toBe(first);
    expect(JSON.stringify(await record([Object.fromEntries(Object.entries(event).toReversed())]))).toBe(
      first,
    );
    expect(await ledger()).toBe(before + 1);
  });

  test('twice in one batch is one event', async () => {
    const event = arriveAt(s, commune.id, somebody());
    const [first, second] = await record([event, event]);
    expect(second).toEqual(first);
    expect(first).toMatchObject({ outcome: 'recorded', flags: [] });
  });

  test('in other letters of the same text is the same', async () => {
    const person = somebody();
    const id = newId();
    const excuse = (reason: string) => eventAt(s, commune.id, 'excuse', { person, reason }, { id, at: 0 });
    const [composed] = await record([excuse('bận việc hiếu'.normalize('NFC'))]);
    const [decomposed] = await record([excuse('bận việc hiếu'.normalize('NFD'))]);
    expect(decomposed).toEqual(composed);
  });

  test('with other content under its id is a conflict, in one batch or later, and the first stays', async () => {
    const [one, another] = [somebody(), somebody()];
    const event = arriveAt(s, commune.id, one);
    const forged = { ...event, person: another };
    const [first, second] = await record([event, forged]);
    const [third] = await record([forged]);
    expect(first?.outcome).toBe('recorded');
    expect(second).toEqual(third);
    expect(third).toMatchObject({ outcome: 'conflict', reason: 'other-content', tone: 'look' });
    expect(third?.message).toContain('Lượt ghi trước được giữ nguyên.');
    expect((await rowOf(another))?.presence.state).toBe('unmarked');
    expect((await rowOf(one))?.presence.state).toBe('present');
  });
});

describe('what a door sees', () => {
  test('a second scan of somebody who is there is said, and changes nothing', async () => {
    const person = somebody();
    s.clock.set('2025-01-13T07:45:00+07:00');
    await record([arriveAt(s, commune.id, person)]);
    s.clock.set('2025-01-13T07:52:00+07:00');
    const [again] = await record([arriveAt(s, commune.id, person)]);
    expect(again).toMatchObject({
      flags: ['already-present'],
      tone: 'again',
      message: 'Đã điểm danh lúc 07:45.',
    });
    expect((await rowOf(person))?.presence).toMatchObject({ since: Date.parse('2025-01-13T07:45:00+07:00') });
  });

  test('a person of no list is recorded with a flag, shown by the id, and waits to be looked at', async () => {
    const { tally } = (await door()).head;
    const [answer] = await record([arriveAt(s, commune.id, 'the-quet-la' as PersonId)]);
    expect(answer).toMatchObject({ outcome: 'recorded', flags: ['not-on-list'], tone: 'noted' });
    expect(await rowOf('the-quet-la')).toMatchObject({
      name: 'the-quet-la',
      basis: null,
      expectedHere: false,
    });
    expect((await door()).head.tally).toMatchObject({
      toResolve: tally.toResolve + 1,
      attended: tally.attended,
    });
  });

  test('somebody of another bridge counts where they came, and their own door knows it', async () => {
    const guest = (await s.seatedAt(neighbour.id))[0]!.person;
    const [answer] = await record([arriveAt(s, commune.id, guest)]);
    expect(answer).toMatchObject({ flags: ['other-bridge'], tone: 'noted' });
    expect(answer?.message).toContain(`Thuộc danh sách của ${neighbour.name}.`);
    expect(await rowOf(guest)).toMatchObject({ expectedHere: false, presence: { at: commune.id } });
    const there = await s.organizer.call(api.door, {
      params: path(neighbour),
      query: { device, limit: 1000 },
    });
    expect(there.items.find((row) => row.person === guest)).toMatchObject({
      expectedHere: true,
      presence: { state: 'present', at: commune.id },
    });
    expect(there.head.tally.attendedElsewhere).toBe(1);
  });

  test('a guest who leaves for their own bridge is shown at this door no more', async () => {
    const guest = (await s.seatedAt(neighbour.id))[1]!.person;
    await record([arriveAt(s, commune.id, guest)]);
    s.clock.advance(60_000);
    const body = { session: s.session, bridge: neighbour.id, events: [arriveAt(s, neighbour.id, guest)] };
    const { items } = await s.organizer.call(api.record, { params: params(neighbour), body });
    expect(items[0]).toMatchObject({ flags: ['present-elsewhere'], tone: 'look' });
    expect(await rowOf(guest)).toBeUndefined();
  });

  test('a walk-in stands apart from the lists, until they leave', async () => {
    const event = eventAt(s, commune.id, 'walk-in', {
      name: 'Lò Thị Hà',
      unit: 'Hợp tác xã',
      mode: 'in-person',
    });
    const before = (await door()).head.tally;
    const [answer] = await record([event]);
    expect(answer?.message).toBe('Đã ghi khách ngoài danh sách: Lò Thị Hà, Hợp tác xã.');
    const {
      items,
      head: { walkIns, tally },
    } = await door();
    expect(walkIns).toEqual([
      { id: event.id, name: 'Lò Thị Hà', unit: 'Hợp tác xã', since: s.clock(), mode: 'in-person' },
    ]);
    expect(tally).toMatchObject({
      walkIn: before.walkIn + 1,
      attended: before.attended + 1,
      named: before.named,
    });
    expect(items.some((row) => row.person === (event.id as string))).toBe(false);
    s.clock.advance(1000);
    await record([eventAt(s, commune.id, 'leave', { person: event.id as string as PersonId })]);
    expect((await door()).head.walkIns).toEqual([]);
  });

  test('heads are set by counting point, not added to what a point said before', async () => {
    const count = (point: string, counts: Record<string, number>) =>
      eventAt(s, commune.id, 'count', { point, counts });
    await record([count('cửa 1', { partyMember: 40, other: 2 })]);
    s.clock.advance(1000);
    await record([count('cửa 2', { partyMember: 5 })]);
    s.clock.advance(1000);
    await record([count('cửa 1', { partyMember: 41, other: 0 })]);
    expect((await door()).head.counted).toEqual({ partyMember: 46, other: 0 });
  });

  test('an undo with a reason takes a scan back, also one that comes before its scan', async () => {
    const [late, early] = [somebody(), somebody()];
    const scan = arriveAt(s, commune.id, late);
    await record([scan]);
    await record([eventAt(s, commune.id, 'void', { target: scan.id, reason: 'quét nhầm người' })]);
    expect((await rowOf(late))?.presence).toEqual({ state: 'unmarked' });
    const coming = arriveAt(s, commune.id, early);
    await record([eventAt(s, commune.id, 'void', { target: coming.id, reason: 'quét nhầm người' })]);
    const [answer] = await record([coming]);
    expect(answer).toMatchObject({ outcome: 'recorded', message: 'Đã ghi lại. Lượt này đã được hoàn tác.' });
    expect((await rowOf(early))?.presence).toEqual({ state: 'unmarked' });
  });

  test('everybody once, page by page, those expected in official order and then whoever else is there', async () => {
    const ids: PersonId[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await host.call(api.door, {
        params: path(),
        query: { device, limit: 7, ...(cursor !== undefined && { cursor }) },
      });
      ids.push(...page.items.map(({ person }) => person));
      if (page.next === null) break;
      cursor = page.next;
    }
    const { items } = await door();
    expect(ids).toEqual(items.map(({ person }) => person));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.slice(0, people.length)).toEqual(people);
    expect(items.slice(people.length).every(({ expectedHere }) => !expectedHere)).toBe(true);
  });
});

describe('the close', () => {
  test('makes absent who is unmarked, keeps a reason, and says late what comes after', async () => {
    const bridge = s.bridge('97006');
    const [came, excused, away, late] = (await s.seatedAt(bridge.id)).map(({ person }) => person);
    const send = async (event: AttendanceEvent) => {
      const body = { session: s.session, bridge: bridge.id, events: [event] };
      return (await s.organizer.call(api.record, { params: params(bridge), body })).items[0];
    };
    const look = async () =>
      s.organizer.call(api.door, { params: path(bridge), query: { device, limit: 1000 } });
    const state = async (person: PersonId) =>
      (await look()).items.find((row) => row.person === person)?.presence;
    expect((await look()).head.state).toBe('unopened');
    await send(eventAt(s, bridge.id, 'open', {}));
    expect((await look()).head.state).toBe('open');
    await send(arriveAt(s, bridge.id, came!));
    await send(eventAt(s, bridge.id, 'excuse', { person: excused!, reason: 'đi viện' }));
    expect(await state(excused!)).toEqual({ state: 'excused', reason: 'đi viện' });
    expect(await state(away!)).toEqual({ state: 'unmarked' });
    const scannedBefore = arriveAt(s, bridge.id, late!);
    s.clock.advance(60_000);
    const close = eventAt(s, bridge.id, 'close', {});
    expect((await send(close))?.message).toContain('tính là vắng');
    expect(await state(excused!)).toEqual({ state: 'absent', reason: 'đi viện' });
    expect(await state(away!)).toEqual({ state: 'absent', reason: null });
    s.clock.advance(60_000);
    const answer = await send(scannedBefore);
    expect(answer).toMatchObject({ outcome: 'recorded', flags: ['late-upload'] });
    expect(answer?.message).toContain('báo cáo sẽ có bản mới');
    expect(await state(late!)).toMatchObject({ state: 'present' });
    await send(eventAt(s, bridge.id, 'void', { target: close.id, reason: 'đóng nhầm' }));
    expect(await state(away!)).toEqual({ state: 'unmarked' });
    expect((await look()).head.state).toBe('open');
  });
});

describe('the ledger', () => {
  test('is listed as it came in, page by page, with what is noticed of each event', async () => {
    const bridge = s.bridge('97007');
    const [person] = await s.seatedAt(bridge.id);
    const events = [1, 2, 3].map(() => arriveAt(s, bridge.id, person!.person, { at: s.clock() - 5000 }));
    const body = { session: s.session, bridge: bridge.id, events };
    await s.organizer.call(api.record, { params: params(bridge), body });
    const first = await s.organizer.call(api.events, { params: path(bridge), query: { limit: 2 } });
    const rest = await s.organizer.call(api.events, {
      params: path(bridge),
      query: { limit: 2, cursor: first.next! },
    });
    const rows = [...first.items, ...rest.items];
    expect(rows.map(({ event }) => event)).toEqual(events);
    expect(rows.map(({ receivedAt }) => receivedAt)).toEqual(events.map(() => s.clock()));
    expect(rows.filter(({ flags }) => flags.includes('already-present'))).toHaveLength(2);
    expect(rest.next).toBeNull();
  });

  test('takes no change and no deletion, from nobody', async () => {
    const { write } = s.server.database;
    const before = await ledger();
    await expect(write('attendance_event').update({ form: '[]' })).rejects.toThrow('append only');
    await expect(write('attendance_event').delete()).rejects.toThrow('append only');
    expect(await ledger()).toBe(before);
  });
});

const body = (bridge: BridgeId) => ({ session: s.session, bridge, events: [null] });

const refused = async (by: SignedInClient, bridge: BridgeRow) =>
  (await by.refusal(api.record, { params: params(bridge), body: body(bridge.id) })).code;

describe('who may record', () => {
  test('a host at their bridge and nowhere else', async () => {
    for (const bridge of [neighbour, s.bridge('974'), s.bridge('97')]) {
      expect(await refused(host, bridge)).toBe('not-found');
      expect((await host.refusal(api.door, { params: path(bridge), query: { device } })).code).toBe(
        'not-found',
      );
      expect((await host.refusal(api.figures, { params: path(bridge) })).code).toBe('not-found');
      expect((await host.refusal(api.events, { params: path(bridge) })).code).toBe('not-found');
    }
    expect((await host.call(api.figures, { params: path() })).node.bridge).toBe(commune.id);
  });

  test('a unit organizer at their bridge and below, not above nor beside', async () => {
    const own = await signIn(s.server, [unitOrganizerAt(s.conference, s.bridge('974').id)]);
    const { children } = await own.call(api.figures, { params: path(s.bridge('974')) });
    expect(children.map(({ bridge }) => bridge)).toContain(commune.id);
    expect((await own.call(api.door, { params: path(), query: { device } })).bridge.id).toBe(commune.id);
    expect(await refused(own, s.bridge('97'))).toBe('not-found');
    expect(await refused(own, s.bridge('975'))).toBe('not-found');
    expect(await refused(own, neighbour)).toBe('not-found');
  });

  test('nobody of another conference, and no stranger', async () => {
    const other: ConferenceId = await addConference(s.organizer);
    const elsewhere = await signIn(s.server, [organizerOf(other)]);
    expect(await refused(elsewhere, commune)).toBe('not-found');
    const stranger = client(s.server);
    const refusal = await stranger.refusal(api.record, { params: params(), body: body(commune.id) });
    expect(refusal.code).toBe('not-signed-in');
  });

  test('the bridge of the address decides, not the one in the body', async () => {
    const own = await signIn(s.server, [hostAt(s.conference, neighbour.id)]);
    const events = [arriveAt(s, commune.id, somebody())];
    const { items } = await own.call(api.record, {
      params: params(neighbour),
      body: { session: s.session, bridge: commune.id, events },
    });
    expect(items[0]?.reason).toBe('other-bridge');
  });
});
