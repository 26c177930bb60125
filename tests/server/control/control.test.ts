import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import type { BridgeId, PersonId, SessionId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import type { AlertRow, ControlBoard, ControlTile } from '../../../domain/wire/control.ts';
import type { ServerBody } from '../../../domain/wire/sockets.ts';
import { curveOf, openControlRoom } from '../../../server/control/live.ts';
import { operatorOf } from '../operator.ts';
import { testMachine } from '../../machines.ts';
import { grantOf, hostAt, signIn, socket, type SignedInClient, type TestSocket } from '../harness.ts';
import { arriveAt, eventAt, sample, type Sample } from '../sample.ts';

let s: Sample;
let commune: BridgeRow;
let district: BridgeRow;
let root: BridgeId;
let people: PersonId[];
let room: SignedInClient;
const open: TestSocket[] = [];
beforeAll(async () => {
  s = await sample({ communes: 36 });
  commune = s.bridge('97004');
  district = s.bridge('974');
  root = s.bridges.find(({ parent }) => parent === null)!.id;
  people = (await s.seatedAt(commune.id)).map(({ person }) => person);
  room = await signIn(s.server, [grantOf('control-room', s.conference)], 'Trực Điều Hành');
  s.clock.set('2025-01-13T07:40:00+07:00');
});
afterAll(() => s.server.close());
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

/** A control room at a node: its board as it came, kept up by what it is told. */
async function watch(bridge: BridgeId, by = room, session: SessionId = s.session) {
  const line = await socket(s.server, by.cookie);
  open.push(line);
  const answer = await line.ask('control:watch', { conference: s.conference, session, bridge });
  if (!answer.ok) throw new Error(answer.message);
  const screen: { board: ControlBoard; heard: number } = { board: answer.board, heard: 0 };
  line.socket.on('control:changed', (change: ServerBody<'control:changed'>) => {
    const changed = new Map(change.tiles.map((tile) => [tile.bridge, tile]));
    const latest = (tile: ControlTile) => changed.get(tile.bridge) ?? tile;
    const { board } = screen;
    screen.heard++;
    screen.board = {
      ...board,
      sequence: change.sequence,
      node: latest(board.node),
      tiles: board.tiles.map(latest),
      alerts: change.alerts ?? board.alerts,
      curve: change.curve ?? board.curve,
    };
  });
  return screen;
}
const record = async (events: ReturnType<typeof eventAt>[], bridge = commune.id): Promise<void> => {
  const { items } = await s.organizer.call(api.record, {
    params: { conference: s.conference, bridge },
    body: { session: s.session, bridge, events },
  });
  expect(items.map(({ outcome }) => outcome)).toEqual(events.map(() => 'recorded'));
};
const alertAt = (board: ControlBoard, bridge: BridgeId): AlertRow | undefined =>
  board.alerts.items.find((alert) => alert.bridge === bridge);
/** The room as a server that has just started opens it: out of nothing but the ledger and the tables. */
async function openedAnew() {
  const context = s.server.context();
  const { conference } = await operatorOf(context, s.conference, root);
  const anew = await openControlRoom(context, conference, s.session);
  if (anew === null) throw new Error('there is no such room');
  return anew;
}
async function eventually(check: () => unknown, value: unknown): Promise<void> {
  await expect.poll(check, { timeout: 8000, interval: 50 }).toEqual(value);
}

test('a screen sees bridges open and people come, at the node and at every tile', async () => {
  const nation = await watch(root);
  const below = await watch(district.id);
  expect(nation.board.node).toMatchObject({ bridges: s.bridges.length, opened: 0, present: 0 });
  expect(nation.board.node.neverBridges).toBe(s.bridges.length);
  await record([eventAt(s, commune.id, 'open', {}), arriveAt(s, commune.id, people[0]!)]);
  await record([arriveAt(s, commune.id, people[1]!), arriveAt(s, commune.id, people[0]!)]);
  await eventually(() => below.board.tiles.find(({ bridge }) => bridge === commune.id)?.present, 2);
  await eventually(() => nation.board.node.present, 2);
  expect(nation.board.node).toMatchObject({ opened: 1, came: 2 });
  expect(below.board.tiles.find(({ bridge }) => bridge === commune.id)).toMatchObject({
    condition: 'open',
    late: false,
    feed: null,
    never: false,
    changedAt: s.clock(),
  });
  // What stands at the node itself and in all tiles adds up.
  for (const { board } of [nation, below]) {
    for (const field of ['present', 'summoned'] as const) {
      const tiles = board.tiles.reduce((sum, tile) => sum + tile[field], 0);
      expect(tiles + board.node.own[field]).toBe(board.node[field]);
    }
  }
});

const last = (board: ControlBoard) => board.curve.points.at(-1);

describe('the arrival curve', () => {
  test('ends in what is present, also after undoing, counting, and moving on', async () => {
    const { board: before } = await watch(root);
    expect(last(before)).toBe(before.node.present);
    const [third, fourth, fifth] = people.slice(2, 5) as [PersonId, PersonId, PersonId];
    const wrong = arriveAt(s, commune.id, third);
    await record([wrong, arriveAt(s, commune.id, fourth), arriveAt(s, commune.id, fifth)]);
    await record([eventAt(s, commune.id, 'void', { target: wrong.id, reason: 'nhầm người' })]);
    const beside = s.bridge('97005').id;
    await record([arriveAt(s, beside, fifth, { at: s.clock() + 1000 })], beside);
    await record([eventAt(s, beside, 'count', { point: 'cửa 1', counts: { partyMember: 20 } })], beside);
    await record([eventAt(s, commune.id, 'walk-in', { name: 'Khách Mẫu', unit: 'Hội', mode: 'in-person' })]);
    const { board } = await watch(root);
    expect(board.node.present).toBe(before.node.present + 2 + 1 + 20);
    expect(last(board)).toBe(board.node.present);
    const { points } = board.curve;
    expect(points).toEqual(points.toSorted((a, b) => a - b));
  });

  test('puts those who were sent late where they came, and is the same when it is read anew from the ledger', async () => {
    const early = s.clock() - 20 * 60_000;
    await record([arriveAt(s, commune.id, people[6]!, { at: early })]);
    const grown = (await watch(commune.id)).board.curve;
    const bin = Math.floor((early - grown.from) / grown.stepMs);
    expect(grown.points[bin - 1]).toBe(0);
    expect(grown.points[bin]).toBe(1);
    // Another process has nothing but the ledger.
    const anew = await openedAnew();
    const read = curveOf(anew, anew.arrivals, commune.id, s.clock());
    anew.close();
    expect(read.points).toEqual(grown.points);
  });
});

describe('alerts', () => {
  test('say who has not opened, and whom to call; many below one bridge are one', async () => {
    s.clock.set('2025-01-13T07:50:00+07:00');
    const below = await watch(district.id);
    await eventually(() => below.board.alerts.items.some(({ level }) => level === 2), true);
    const quiet = s.bridges.filter(({ parent, id }) => parent === district.id && id !== commune.id);
    const own = quiet.map(({ id }) => alertAt(below.board, id)).filter((alert) => alert !== undefined);
    expect(own.length).toBeGreaterThan(0);
    for (const alert of own) {
      expect(alert).toMatchObject({ kind: 'never-connected', level: 2, bridges: 1, acknowledged: null });
      expect(alert.underName).toBe(district.name);
      expect(alert.contact?.name).toBeTruthy();
    }
    const nation = await watch(root);
    const groups = nation.board.alerts.items.filter(({ bridges }) => bridges > 1);
    expect(groups.length).toBeGreaterThan(0);
    expect(nation.board.alerts.total).toBeGreaterThanOrEqual(nation.board.alerts.items.length);
  });

  test('are taken on by name, which every control room sees, and come back when they get worse', async () => {
    const [one, other] = [await watch(district.id), await watch(root)];
    const quiet = s.bridges.find(
      ({ parent, id }) => parent === district.id && id !== commune.id && alertAt(one.board, id) !== undefined,
    );
    const seen = alertAt(one.board, quiet!.id)!;
    const params = { conference: s.conference, bridge: quiet!.id, session: s.session, alert: seen.id };
    const body = { level: seen.level, bridges: seen.bridges };
    const taken = await room.call(api.acknowledgeAlert, { params, body });
    expect(taken).toEqual({ by: 'Trực Điều Hành', at: s.clock() });
    const byOf = (board: ControlBoard) => alertAt(board, quiet!.id)?.acknowledged?.by;
    await eventually(() => byOf(one.board), 'Trực Điều Hành');
    await eventually(() => byOf(other.board), 'Trực Điều Hành');
    // Whoever was first stands.
    expect((await s.organizer.call(api.acknowledgeAlert, { params, body })).by).toBe('Trực Điều Hành');

    s.clock.set('2025-01-13T08:01:00+07:00');
    await eventually(() => alertAt(one.board, quiet!.id)?.level, 3);
    expect(alertAt(one.board, quiet!.id)).toMatchObject({ id: seen.id, acknowledged: null });

    await record([eventAt(s, quiet!.id, 'open', {})], quiet!.id);
    await eventually(() => one.board.alerts.items.some(({ id }) => id === seen.id), false);
    expect((await room.refusal(api.acknowledgeAlert, { params, body })).code).toBe('wrong-state');
    const { items } = await room.call(api.alertLog, {
      params: { conference: s.conference, bridge: district.id, session: s.session },
    });
    expect(items.find(({ id }) => id === seen.id)).toMatchObject({
      kind: 'never-connected',
      level: 3,
      overAt: s.clock(),
      acknowledged: [{ by: 'Trực Điều Hành', level: 2 }],
    });
  });

  test('say that the line of an open bridge is lost once its machines have been silent for a minute', async () => {
    const screen = await watch(district.id);
    const host = await signIn(s.server, [hostAt(s.conference, commune.id)]);
    const machine = await socket(s.server, host.cookie);
    const { device } = testMachine('may-phong-hop');
    const hello = {
      conference: s.conference,
      bridge: commune.id,
      device,
      waiting: 7,
      waitingSince: s.clock(),
    };
    expect((await machine.ask('device:hello', hello)).ok).toBe(true);
    const tile = () => screen.board.tiles.find(({ bridge }) => bridge === commune.id);
    const before = screen.heard;
    await eventually(() => screen.heard > before + 2, true);
    machine.close();
    await eventually(() => screen.heard > before + 4, true);
    expect(tile()?.condition).toBe('open');
    s.clock.advance(61_000);
    await eventually(() => tile()?.condition, 'lost');
    await eventually(() => alertAt(screen.board, commune.id)?.kind, 'line-lost');
    expect(alertAt(screen.board, commune.id)?.waiting).toBe(7);
  });

  test('outlive the server, with who took them on', async () => {
    const first = await watch(root);
    const [alert] = first.board.alerts.items;
    const params = { conference: s.conference, session: s.session, bridge: alert!.bridge, alert: alert!.id };
    await room.call(api.acknowledgeAlert, { params, body: { level: alert!.level, bridges: alert!.bridges } });
    const anew = await openedAnew();
    const again = anew.raised.all().find(({ id }) => id === alert!.id);
    anew.close();
    expect(again?.acknowledged?.by).toBe('Trực Điều Hành');
  });
});

test('a unit organizer sees the situation of their own district, and no other', async () => {
  const own = await signIn(s.server, [grantOf('unit-organizer', s.conference, district.id)]);
  expect((await watch(district.id, own)).board.node.name).toBe(district.name);
  const line = await socket(s.server, own.cookie);
  open.push(line);
  const answer = await line.ask('control:watch', {
    conference: s.conference,
    session: s.session,
    bridge: root,
  });
  expect(answer).toMatchObject({ ok: false, reason: 'not-found' });
});
