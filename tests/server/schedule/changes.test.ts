import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { BridgeId, ConferenceId, SessionId } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';
import { api } from '../../../domain/wire/api.ts';
import type { BodyInput } from '../../../domain/wire/contract.ts';
import {
  hostAt,
  organizerOf,
  signIn,
  startTestServer,
  testClock,
  type SignedInClient,
  type TestServer,
} from '../harness.ts';
import { samplePlan } from '../plans/sample.ts';
import * as rows from '../rows.ts';
import { addPerson } from './people.ts';

const clock = testClock('2025-01-06T08:00:00+07:00');
let server: TestServer;
let organizer: SignedInClient;
let conference: ConferenceId;
beforeAll(async () => {
  server = await startTestServer({ clock });
  organizer = await signIn(server);
});
beforeEach(async () => {
  conference = await newConference();
});
afterAll(() => server.close());

let rooms = 0;
async function newConference(): Promise<ConferenceId> {
  rooms += 1;
  const made = await organizer.call(api.createConference, {
    body: { text: null, plan: samplePlan({ venue: `Hội trường số ${rooms}` }), treeDate: null },
  });
  return made.conference.id;
}

const at = (iso: string): Instant => Date.parse(`${iso}:00+07:00`) as Instant;
type Input = BodyInput<typeof api.addSession>;
const rehearsal = (changes: Partial<Input> = {}): Input => ({
  kind: 'rehearsal',
  title: 'Tổng duyệt',
  doorsAt: at('2025-01-10T13:30'),
  startsAt: at('2025-01-10T14:00'),
  endsAt: at('2025-01-10T16:00'),
  ...changes,
});
const add = (changes: Partial<Input> = {}) =>
  organizer.call(api.addSession, { params: { conference }, body: rehearsal(changes) });
const list = async () => (await organizer.call(api.sessions, { params: { conference } })).items;
const change = (
  session: SessionId,
  revision: number,
  changes: BodyInput<typeof api.changeSession>['change'],
) =>
  organizer.call(api.changeSession, {
    params: { conference, session },
    body: { revision, change: changes },
  });
const undo = (session: SessionId, id: string | null) =>
  organizer.call(api.undoSessionChange, { params: { conference, session, change: id ?? '' } });

describe('a session', () => {
  test('is moved, and taken back as it was, and that taken back as well', async () => {
    const { session } = await add();
    const times = { doorsAt: at('2025-01-11T07:30'), startsAt: at('2025-01-11T08:00') };
    const moved = await change(session.id, 1, { ...times, endsAt: at('2025-01-11T10:00') });
    expect(moved.session).toMatchObject({ ...times, revision: 2, title: 'Tổng duyệt' });
    const back = await undo(session.id, moved.change);
    expect(back).toMatchObject({
      left: 0,
      session: { startsAt: at('2025-01-10T14:00'), doorsAt: at('2025-01-10T13:30'), revision: 3 },
    });
    expect((await undo(session.id, back.change)).session).toMatchObject(times);
    const again = organizer.refusal(api.undoSessionChange, {
      params: { conference, session: session.id, change: moved.change ?? '' },
    });
    expect((await again).code).toBe('wrong-state');
  });

  test('that somebody else has changed is not written over', async () => {
    const { session } = await add();
    await change(session.id, 1, { title: 'Tổng duyệt lần 2' });
    const problem = await organizer.refusal(api.changeSession, {
      params: { conference, session: session.id },
      body: { revision: 1, change: { venue: 'Phòng 5' } },
    });
    expect(problem.code).toBe('out-of-date');
    expect((await list()).find(({ id }) => id === session.id)).toMatchObject({
      title: 'Tổng duyệt lần 2',
      venue: null,
      revision: 2,
    });
  });

  test('keeps what was changed since when an earlier change is taken back', async () => {
    const { session } = await add();
    const first = await change(session.id, 1, { title: 'Tổng duyệt cấp tỉnh', venue: 'Phòng 1' });
    await change(session.id, 2, { venue: 'Phòng 2' });
    const back = await undo(session.id, first.change);
    expect(back).toMatchObject({ left: 1, session: { title: 'Tổng duyệt', venue: 'Phòng 2' } });
  });

  test('that was added by mistake goes, comes back, and stays once something is recorded there', async () => {
    const { session, change: added } = await add();
    const gone = await undo(session.id, added);
    expect(gone.session).toBeNull();
    expect(await list()).toHaveLength(1);
    const back = await undo(session.id, gone.change);
    expect(back.session).toMatchObject({ id: session.id, title: 'Tổng duyệt' });

    const other = await add({ agenda: [{ ...ITEM, presenterPerson: null }] });
    await organizer.call(api.stepAgenda, {
      params: { conference, session: other.session.id },
      body: { item: 0, step: 'start', minutes: null },
    });
    const params = { conference, session: other.session.id, change: other.change ?? '' };
    expect((await organizer.refusal(api.undoSessionChange, { params })).code).toBe('conflict');
  });

  test('is called off with a reason: in nobody’s way, still in the schedule, and held again when that is taken back', async () => {
    const { session } = await add({ venue: 'Phòng họp B' });
    const params = { conference, session: session.id };
    const off = await organizer.call(api.cancelSession, {
      params,
      body: { revision: 1, reason: 'Bão số 3' },
    });
    expect(off.session.cancelled).toEqual({ at: clock(), reason: 'Bão số 3' });
    expect((await list()).map(({ id }) => id)).not.toContain(session.id);
    const second = await add({ venue: 'Phòng họp B' });
    expect(second.conflicts).toEqual([]);
    const seen = await schedule();
    expect(seen.sessions.find(({ id }) => id === session.id)?.cancelled?.reason).toBe('Bão số 3');
    const edit = { params, body: { revision: 2, change: { title: 'X' } } };
    expect((await organizer.refusal(api.changeSession, edit)).code).toBe('wrong-state');
    const back = await undo(session.id, off.change);
    expect(back.session?.cancelled).toBeNull();
    expect((await schedule()).conflicts.map(({ code }) => code)).toContain('conflict-room');
    const { changes } = await organizer.call(api.session, { params });
    expect(changes.map(({ kind }) => kind)).toEqual(['restored', 'cancelled', 'added']);
  });

  test.each([
    ['that ends as it starts', { endsAt: at('2025-01-10T14:00') }, 'endsAt'],
    ['of a whole quarter', { endsAt: at('2025-04-10T14:00') }, 'endsAt'],
    ['whose doors open after its start', { doorsAt: at('2025-01-10T15:00') }, 'doorsAt'],
    ['whose doors open a week before', { doorsAt: at('2025-01-03T14:00') }, 'doorsAt'],
    ['with a chair whom nobody knows', { chair: 'ai-do' }, 'chair'],
    ['of a bridge that there is not', { bridges: { tops: ['khong-co'], below: true } }, 'bridges'],
  ] satisfies [string, Partial<Input>, string][])('%s is refused', async (_, changes, field) => {
    const { session } = await add();
    const params = { conference, session: session.id };
    const problem = await organizer.refusal(api.changeSession, {
      params,
      body: { revision: 1, change: changes },
    });
    expect(problem.faults?.map((fault) => fault.at)).toEqual([field]);
    expect((await list()).find(({ id }) => id === session.id)?.revision).toBe(1);
  });
});

const ITEM = { title: 'Báo cáo', presenter: null, minutes: 10, limit: null } as const;

async function ofPlan() {
  const found = (await list()).find((one) => one.ofPlan);
  if (found === undefined) throw new Error('the plan has no session');
  return found;
}

describe('the session of the plan', () => {
  test('has its hours from the plan, and its own doors, chair and presenters, which go with it', async () => {
    const chair = await addPerson(server, conference, 'Trần Chủ Trì');
    const session = await ofPlan();
    const params = { conference, session: session.id };
    const moving = { startsAt: at('2025-01-14T08:00'), endsAt: at('2025-01-14T11:00') };
    const refused = await organizer.refusal(api.changeSession, {
      params,
      body: { revision: session.revision, change: moving },
    });
    expect(refused.code).toBe('wrong-state');
    const agenda = session.agenda.map((item, n) => ({ ...item, presenterPerson: n === 1 ? chair : null }));
    const own = { chair, agenda, doorsAt: at('2025-01-13T07:00') };
    await change(session.id, session.revision, own);

    const { plan, revision } = await organizer.call(api.plan, { params: { conference } });
    const later = { ...plan, startsAt: '2025-01-14T09:00:00+07:00', endsAt: '2025-01-14T12:00:00+07:00' };
    await organizer.call(api.changePlan, { params: { conference }, body: { revision, plan: later } });
    const after = await ofPlan();
    expect(after).toMatchObject({
      startsAt: at('2025-01-14T09:00'),
      doorsAt: at('2025-01-14T08:00'),
      chair,
      revision: session.revision + 2,
    });
    expect(after.agenda[1]?.presenterPerson).toBe(chair);
  });

  test('cannot be called off beside the plan', async () => {
    const { id, revision } = await ofPlan();
    const params = { conference, session: id };
    const body = { revision, reason: 'Bão' };
    expect((await organizer.refusal(api.cancelSession, { params, body })).code).toBe('wrong-state');
  });
});

const schedule = (who: SignedInClient = organizer, of?: ConferenceId) =>
  who.call(api.schedule, {
    query: {
      from: at('2025-01-01T00:00'),
      to: at('2025-02-01T00:00'),
      ...(of === undefined ? { conference } : { conference: of }),
    },
  });

async function codes(input: Partial<Input>) {
  const { advice } = await organizer.call(api.previewSession, {
    params: { conference },
    body: { session: null, input: { ...rehearsal(), ...input } },
  });
  return advice.map(({ code }) => code);
}

describe('before it is kept', () => {
  test('a session says what it would stand in the way of, and nothing is changed', async () => {
    const { session } = await add({ venue: 'Phòng họp C' });
    const preview = await organizer.call(api.previewSession, {
      params: { conference },
      body: {
        session: null,
        input: {
          kind: 'line-test',
          title: 'Thử đường truyền',
          venue: 'phòng họp C',
          startsAt: at('2025-01-10T13:00'),
          endsAt: at('2025-01-10T13:45'),
        },
      },
    });
    expect(preview.conflicts.map(({ code, sessions }) => [code, sessions[0]?.session])).toEqual([
      ['conflict-room', session.id],
    ]);
    expect(preview.conflicts[0]?.message).toContain('“Tổng duyệt” (14:00-16:00)');
    expect(preview.audience).toBeNull();
    expect(await list()).toHaveLength(2);
  });

  test('a day off, a rehearsal that is too late and a follow-up that is too early are said', async () => {
    expect(await codes({})).toEqual([]);
    const sunday = { doorsAt: null, startsAt: at('2025-01-12T08:00'), endsAt: at('2025-01-12T09:00') };
    expect(await codes(sunday)).toEqual(['day-off']);
    const during = { doorsAt: null, startsAt: at('2025-01-13T09:00'), endsAt: at('2025-01-13T10:00') };
    expect(await codes(during)).toEqual(['too-late-to-try']);
    expect(await codes({ ...during, kind: 'follow-up' })).toEqual(['nobody-absent-yet']);
  });
});

describe('the schedule of all conferences', () => {
  test('shows a chair of two conferences at once to who sees both, and to who sees one nothing of the other', async () => {
    const chair = await addPerson(server, conference, 'Lê Chủ Tọa');
    const { session } = await add({ chair });
    const other = await newConference();
    await addPerson(server, other, 'Lê Chủ Tọa', chair);
    const there = await organizer.call(api.addSession, {
      params: { conference: other },
      body: rehearsal({ title: 'Duyệt chương trình', chair, startsAt: at('2025-01-10T15:00') }),
    });
    expect(there.conflicts.map(({ code }) => code)).toEqual(['conflict-chair']);
    const found = (await schedule()).conflicts.find(({ code }) => code === 'conflict-chair');
    expect(found?.message).toContain('Lê Chủ Tọa vừa chủ trì “Tổng duyệt” (14:00-16:00;');
    expect(found?.sessions.map((one) => one.session).toSorted()).toEqual(
      [session.id, there.session.id].toSorted(),
    );

    const one = await signIn(server, [organizerOf(other)]);
    const seen = await schedule(one, other);
    expect(seen.conferences.map(({ id }) => id)).toEqual([other]);
    expect(seen.sessions.every((each) => each.conference === other)).toBe(true);
    expect(seen.conflicts).toEqual([]);
    expect((await schedule(one)).conferences).toEqual([]);
  });

  test('names people and conflicts to nobody who sees a part of a conference', async () => {
    const chair = await addPerson(server, conference, 'Lê Chủ Tọa');
    await add({ chair, venue: 'Phòng họp D' });
    await add({ chair, venue: 'Phòng họp D', title: 'Duyệt lại' });
    const bridge = server.context().newId() as BridgeId;
    await rows.addBridge(server.database.write, conference, bridge, null);
    const host = await signIn(server, [hostAt(conference, bridge)]);
    const seen = await schedule(host);
    expect(seen.sessions).toHaveLength(3);
    expect(seen.sessions.flatMap(({ busy }) => busy)).toEqual([]);
    expect(seen.conflicts).toEqual([]);
    expect(seen.conferences).toMatchObject([{ mayOrganize: false }]);
    const all = await schedule();
    expect(all.conflicts.map(({ code }) => code)).toEqual([
      'conflict-room',
      'conflict-bridge',
      'conflict-chair',
    ]);
    expect(all.sessions.flatMap(({ busy }) => busy.map(({ name }) => name))).toContain('Lê Chủ Tọa');
  });

  test('has the deadlines of the plan, and says what another date would do', async () => {
    const { deadlines } = await schedule();
    const due = deadlines.find(({ isHeadcount }) => isHeadcount);
    expect(due).toMatchObject({ of: { kind: 'plan' }, dueBefore: at('2025-01-10T00:00'), mayChange: true });
    const { findings } = await organizer.call(api.previewDeadline, {
      params: { conference },
      body: { of: due?.of ?? { kind: 'plan', duty: 0 }, dueBefore: at('2025-01-12T00:00') },
    });
    expect(findings.map(({ message }) => message).join(' ')).toContain('11/01/2025 là thứ Bảy');
  });
});
