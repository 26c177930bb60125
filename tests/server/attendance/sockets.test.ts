import { setTimeout as wait } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import { type BridgeId, type PersonId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import type { ServerBody } from '../../../domain/wire/sockets.ts';
import { operatorOf } from '../operator.ts';
import { recordEvents } from '../../../server/attendance/commands.ts';
import { databaseFile, openDatabase } from '../../../server/platform/database.ts';
import { testMachine } from '../../machines.ts';
import { hostAt, organizerOf, signIn, socket, unitOrganizerAt, type TestSocket } from '../harness.ts';
import { addConference, arriveAt, eventAt, sample, type Sample } from '../sample.ts';

let s: Sample;
let commune: BridgeRow;
let district: BridgeRow;
let people: PersonId[];
const open: TestSocket[] = [];
beforeAll(async () => {
  s = await sample({ communes: 12 });
  commune = s.bridge('97004');
  district = s.bridge('974');
  people = (await s.seatedAt(commune.id)).map(({ person }) => person);
});
afterAll(() => s.server.close());
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

let next = 0;
const somebody = (): PersonId => people[next++]!;
async function connect(cookie: string): Promise<TestSocket> {
  const opened = await socket(s.server, cookie);
  open.push(opened);
  return opened;
}
const hostSocket = async (bridge: BridgeRow = commune): Promise<TestSocket> =>
  connect((await signIn(s.server, [hostAt(s.conference, bridge.id)])).cookie);
const organizerSocket = (): Promise<TestSocket> => connect(s.organizer.cookie);
const device = testMachine('may-1').device;
const watch = (bridge: BridgeRow) => ({
  conference: s.conference,
  session: s.session,
  bridge: bridge.id,
  device,
});
const batch = (events: AttendanceEvent[], bridge: BridgeRow = commune) => ({ ...watch(bridge), events });

/** What a socket is told from now on. */
function heard<Name extends 'figures:changed' | 'door:changed'>(by: TestSocket, name: Name) {
  const messages: { at: number; body: ServerBody<Name> }[] = [];
  by.socket.on(name, ((body: ServerBody<Name>) => messages.push({ at: performance.now(), body })) as never);
  return messages;
}
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 400) throw new Error('it never came to that');
    await wait(20);
  }
}

describe('checking in by socket', () => {
  test('is acknowledged as by HTTP', async () => {
    const live = await hostSocket();
    const event = arriveAt(s, commune.id, somebody());
    const answer = await live.ask('attendance:record', batch([event]));
    expect(answer).toMatchObject({ ok: true, items: [{ id: event.id, outcome: 'recorded', tone: 'done' }] });
    const body = { session: s.session, bridge: commune.id, events: [event] };
    const params = { conference: s.conference, bridge: commune.id };
    expect(answer).toEqual({ ok: true, ...(await s.organizer.call(api.record, { params, body })) });
  });

  test('is refused to whoever has no right there, and to those of another conference', async () => {
    const event = batch([arriveAt(s, commune.id, somebody())]);
    const refusals: [string, TestSocket][] = [
      ['not-found', await hostSocket(s.bridge('97005'))],
      [
        'not-found',
        await connect((await signIn(s.server, [unitOrganizerAt(s.conference, s.bridge('975').id)])).cookie),
      ],
      [
        'not-found',
        await connect((await signIn(s.server, [organizerOf(await addConference(s.organizer))])).cookie),
      ],
      ['not-found', await connect((await signIn(s.server, [])).cookie)],
    ];
    for (const [reason, by] of refusals) {
      expect(await by.ask('attendance:record', event)).toMatchObject({ ok: false, reason });
      expect(await by.ask('figures:watch', watch(commune))).toMatchObject({ ok: false, reason });
      expect(await by.ask('door:watch', watch(commune))).toMatchObject({ ok: false, reason });
    }
  });

  test('a host watches no figures above, a session or a bridge that there is not is not found', async () => {
    const host = await hostSocket();
    expect(await host.ask('figures:watch', watch(district))).toMatchObject({
      ok: false,
      reason: 'not-found',
    });
    const organizer = await organizerSocket();
    const ghost = { ...watch(commune), session: 'khong-co' };
    expect(await organizer.ask('figures:watch', ghost as never)).toMatchObject({
      ok: false,
      reason: 'not-found',
    });
    const nowhere = { ...watch(commune), bridge: 'khong-co' as BridgeId };
    expect(await organizer.ask('door:watch', nowhere)).toMatchObject({ ok: false, reason: 'not-found' });
  });
});

describe('watching figures', () => {
  test('begins with the whole figures of a node and its children', async () => {
    const live = await organizerSocket();
    const answer = await live.ask('figures:watch', watch(district));
    const figures = await s.organizer.call(api.figures, {
      params: { conference: s.conference, bridge: district.id, session: s.session },
    });
    expect(answer).toEqual({
      ok: true,
      sequence: figures.sequence,
      nodes: [figures.node, ...figures.children],
    });
    expect(figures.children.map(({ bridge }) => bridge)).toContain(commune.id);
    expect(figures.node).toMatchObject({ bridge: district.id, childCount: figures.children.length });
  });

  test('is told whole figures, at most four times a second, under a rising sequence', async () => {
    const watcher = await organizerSocket();
    const before = await watcher.ask('figures:watch', watch(district));
    const messages = heard(watcher, 'figures:changed');
    const host = await hostSocket();
    const began = performance.now();
    const sent = 12;
    for (let count = 0; count < sent; count++) {
      await host.ask('attendance:record', batch([arriveAt(s, commune.id, somebody())]));
      await wait(60);
    }
    const attended = () =>
      messages.at(-1)?.body.nodes.find(({ bridge }) => bridge === commune.id)?.own.attended;
    const first = before.ok ? before.nodes.find(({ bridge }) => bridge === commune.id)!.own.attended : -1;
    await until(() => attended() === first + sent);
    const seconds = (performance.now() - began) / 1000;
    expect(messages.length).toBeGreaterThan(1);
    expect(messages.length).toBeLessThanOrEqual(Math.ceil(seconds * 4) + 1);
    const sequences = messages.map(({ body }) => body.sequence);
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
    expect(new Set(sequences).size).toBe(sequences.length);
    for (const { body } of messages) {
      expect(body).toMatchObject({ session: s.session, watched: district.id });
      // Only what has moved: the node itself and the one commune, each with everything.
      expect(body.nodes.map(({ bridge }) => bridge)).toEqual([district.id, commune.id]);
      expect(body.nodes[1]!.subtree).toEqual(body.nodes[1]!.own);
    }
  });

  test('ends with unwatching, and nothing is heard of other nodes', async () => {
    const watcher = await organizerSocket();
    await watcher.ask('figures:watch', watch(district));
    await watcher.ask('figures:watch', watch(s.bridge('975')));
    const messages = heard(watcher, 'figures:changed');
    await watcher.ask('figures:unwatch', watch(district));
    await (await hostSocket()).ask('attendance:record', batch([arriveAt(s, commune.id, somebody())]));
    await wait(500);
    expect(messages).toEqual([]);
  });

  test('after a reconnect the same question gives what was missed', async () => {
    const before = await organizerSocket();
    await before.ask('figures:watch', watch(commune));
    before.close();
    const host = await hostSocket();
    await host.ask('attendance:record', batch([arriveAt(s, commune.id, somebody())]));
    const after = await organizerSocket();
    const answer = await after.ask('figures:watch', watch(commune));
    const { node, sequence } = await s.organizer.call(api.figures, {
      params: { conference: s.conference, bridge: commune.id, session: s.session },
    });
    expect(answer).toEqual({ ok: true, sequence, nodes: [node] });
    const messages = heard(after, 'figures:changed');
    await host.ask('attendance:record', batch([arriveAt(s, commune.id, somebody())]));
    await until(() => messages.length > 0);
    expect(messages[0]!.body.sequence).toBe(sequence + 1);
  });
});

describe('two devices of one bridge', () => {
  test('see what the other records', async () => {
    const [one, other] = [await hostSocket(), await hostSocket()];
    const answer = await other.ask('door:watch', watch(commune));
    const messages = heard(other, 'door:changed');
    const person = somebody();
    await one.ask('attendance:record', batch([arriveAt(s, commune.id, person)]));
    await until(() => messages.length > 0);
    const { body } = messages[0]!;
    expect(body.mark.sequence).toBeGreaterThan(answer.ok ? answer.mark.sequence : Infinity);
    expect(body.people).toHaveLength(1);
    expect(body.people[0]).toMatchObject({ person, expectedHere: true, presence: { state: 'present' } });
    const door = await s.organizer.call(api.door, {
      params: { conference: s.conference, bridge: commune.id, session: s.session },
      query: { device },
    });
    expect(body.head).toEqual(door.head);
    await other.ask('door:unwatch', watch(commune));
    await one.ask('attendance:record', batch([arriveAt(s, commune.id, somebody())]));
    await wait(400);
    expect(messages).toHaveLength(1);
  });

  test('an undo tells the one row that it is about; a close tells them all', async () => {
    const [one, other] = [await hostSocket(), await hostSocket()];
    const stranger = 'the-la' as PersonId;
    const scan = arriveAt(s, commune.id, stranger);
    await one.ask('attendance:record', batch([scan]));
    await other.ask('door:watch', watch(commune));
    const messages = heard(other, 'door:changed');
    await one.ask(
      'attendance:record',
      batch([eventAt(s, commune.id, 'void', { target: scan.id, reason: 'quét nhầm' })]),
    );
    await until(() => messages.length > 0);
    expect(messages[0]!.body.people).toMatchObject([
      { person: stranger, expectedHere: false, presence: { state: 'unmarked' } },
    ]);
    s.clock.advance(1000);
    const close = eventAt(s, commune.id, 'close', {});
    await one.ask('attendance:record', batch([close]));
    await until(() => messages.length > 1);
    expect(messages[1]!.body.people.map(({ person }) => person)).toEqual(people);
    expect(messages[1]!.body.head.tally.unmarked).toBe(0);
    await one.ask(
      'attendance:record',
      batch([eventAt(s, commune.id, 'void', { target: close.id, reason: 'đóng nhầm' })]),
    );
    await until(() => messages.length > 2);
    expect(messages[2]!.body.people).toHaveLength(people.length);
    expect(messages[2]!.body.head.tally.absentWithout).toBe(0);
  });

  test('a door hears of its own people at other doors, and of guests who have gone on', async () => {
    const neighbour = s.bridge('97005');
    const door = await hostSocket();
    await door.ask('door:watch', watch(commune));
    const messages = heard(door, 'door:changed');
    const [guest] = await s.seatedAt(neighbour.id);
    const there = await hostSocket(neighbour);
    const own = somebody();
    await there.ask('attendance:record', batch([arriveAt(s, neighbour.id, own)], neighbour));
    await until(() => messages.length > 0);
    expect(messages[0]!.body.people).toMatchObject([
      { person: own, expectedHere: true, presence: { state: 'present', at: neighbour.id } },
    ]);
    await door.ask('attendance:record', batch([arriveAt(s, commune.id, guest!.person)]));
    s.clock.advance(1000);
    await there.ask('attendance:record', batch([arriveAt(s, neighbour.id, guest!.person)], neighbour));
    // Of what it sent itself it is told nothing.
    await until(() => messages.length > 1);
    expect(messages[1]!.body.people).toMatchObject([
      { person: guest!.person, expectedHere: false, presence: { state: 'present', at: neighbour.id } },
    ]);
  });
});

const changedAt = async (machine: string) => {
  const host = await hostSocket();
  const answer = await host.ask('door:watch', { ...watch(commune), device: testMachine(machine).device });
  host.close();
  return answer.ok ? answer.mark.changedAt : -1;
};
const sendAs = async (machine: string) => {
  const host = await hostSocket();
  await host.ask('attendance:record', batch([arriveAt(s, commune.id, somebody(), { device: machine })]));
  host.close();
};

test('what a machine wrote itself is no news to it when it comes back; what others wrote is', async () => {
  await sendAs('may-a');
  const before = await changedAt('may-b');
  await sendAs('may-b');
  await sendAs('may-b');
  expect(await changedAt('may-b')).toBe(before);
  expect(await changedAt('may-a')).toBe(before + 2);
  await sendAs('may-a');
  expect(await changedAt('may-a')).toBe(before + 2);
  expect(await changedAt('may-b')).toBe(before + 3);
});

describe('what another process does', () => {
  test('to the ledger reaches those who watch, within some seconds', async () => {
    const watcher = await organizerSocket();
    const host = await hostSocket();
    await watcher.ask('figures:watch', watch(district));
    await host.ask('door:watch', watch(commune));
    const figures = heard(watcher, 'figures:changed');
    const doors = heard(host, 'door:changed');
    const person = somebody();
    const database = await openDatabase(databaseFile(s.server.data));
    try {
      const context = { ...s.server.context(), database };
      const { conference, bridge } = await operatorOf(context, s.conference, commune.id);
      const recorded = await recordEvents(
        context,
        conference,
        bridge,
        s.session,
        [arriveAt(s, commune.id, person)],
        'vouched',
      );
      expect(recorded.ok && recorded.value.items[0]?.outcome).toBe('recorded');
    } finally {
      await database.close();
    }
    s.clock.advance(2000);
    await until(() => figures.length > 0 && doors.length > 0);
    expect(doors[0]!.body.people).toMatchObject([{ person, presence: { state: 'present' } }]);
    expect(figures[0]!.body.nodes.map(({ bridge }) => bridge)).toEqual([district.id, commune.id]);
  });

  test('a new placement opens the book anew: nobody who was checked in is lost, and the doors learn of it', async () => {
    const host = await hostSocket();
    const person = somebody();
    await host.ask('attendance:record', batch([arriveAt(s, commune.id, person)]));
    await host.ask('door:watch', watch(commune));
    const doors = heard(host, 'door:changed');
    const params = { conference: s.conference, bridge: commune.id, session: s.session };
    const before = await s.organizer.call(api.figures, { params });
    const moved = s.bridge('97005');
    await s.organizer.call(api.place, {
      params: { conference: s.conference },
      body: { settings: { pins: [{ person, bridge: moved.id, note: 'theo phân công' }] } },
    });
    s.clock.advance(2000);
    const after = await s.organizer.call(api.figures, { params });
    expect(after.sequence).toBe(before.sequence);
    expect(after.node.own).toMatchObject({
      summoned: before.node.own.summoned - 1,
      attended: before.node.own.attended,
    });
    await until(() => doors.length > 0);
    expect(doors[0]!.body.people.find((row) => row.person === person)).toMatchObject({
      expectedHere: false,
      presence: { state: 'present', at: commune.id },
    });
    expect(await host.ask('attendance:record', batch([arriveAt(s, commune.id, somebody())]))).toMatchObject({
      ok: true,
    });
  });
});
