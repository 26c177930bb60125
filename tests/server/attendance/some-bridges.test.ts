import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import type { BridgeId, SessionId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import type { PlacedPerson } from '../../../domain/wire/placement.ts';
import type { ServerBody } from '../../../domain/wire/sockets.ts';
import { testMachine } from '../../machines.ts';
import { instant, socket, type TestSocket } from '../harness.ts';
import { arriveAt, eventAt, sample, type Sample } from '../sample.ts';

let s: Sample;
let root: BridgeId;
let [taking, stranger]: BridgeRow[] = [];
let seated: PlacedPerson[];
let followUp: SessionId;
let lines: TestSocket[] = [];
const { device } = testMachine('cửa');

beforeAll(async () => {
  s = await sample({ communes: 4 });
  root = s.first('central').id;
  [taking, stranger] = s.bridges.filter((bridge) => bridge.class === 'commune');
  seated = await s.seatedAt(taking!.id);
  s.clock.set('2025-01-13T08:00:00+07:00');
  await record(s.session, taking!.id, seated.slice(0, 3));
  const added = await s.organizer.call(api.addSession, {
    params: { conference: s.conference },
    body: {
      kind: 'follow-up',
      title: 'Buổi học bù của xã',
      startsAt: instant('2025-01-13T13:30:00+07:00'),
      endsAt: instant('2025-01-13T16:00:00+07:00'),
      bridges: { tops: [taking!.id], below: false },
    },
  });
  followUp = added.session.id;
  s.clock.set('2025-01-13T13:25:00+07:00');
});
afterAll(() => s.server.close());
afterEach(() => {
  for (const line of lines.splice(0)) line.close();
});

async function record(session: SessionId, bridge: BridgeId, people: readonly PlacedPerson[]) {
  const at = { ...s, session };
  const events = [
    eventAt(at, bridge, 'open', {}),
    ...people.map(({ person }) => arriveAt(at, bridge, person)),
  ];
  const { items } = await s.organizer.call(api.record, {
    params: { conference: s.conference, bridge },
    body: { session, bridge, events },
  });
  return items;
}
const figures = (bridge: BridgeId) =>
  s.organizer.call(api.figures, { params: { conference: s.conference, bridge, session: followUp } });
const door = (bridge: BridgeId) =>
  s.organizer.call(api.door, {
    params: { conference: s.conference, bridge, session: followUp },
    query: { device, limit: 500 },
  });
async function connect(): Promise<TestSocket> {
  const opened = await socket(s.server, s.organizer.cookie);
  lines = [...lines, opened];
  return opened;
}
async function board(bridge: BridgeId) {
  const answer = await (
    await connect()
  ).ask('control:watch', {
    conference: s.conference,
    session: followUp,
    bridge,
  });
  if (!answer.ok) throw new Error(answer.message);
  return answer.board;
}
async function table(by: 'bridge' | 'level') {
  const answer = await s.organizer.response(api.exportReport, {
    params: { conference: s.conference, bridge: root, session: followUp },
    query: { format: 'json', by },
  });
  return (await answer.json()) as Record<string, unknown>[];
}

test('only the bridges that take part are waited for, with the levels above them', async () => {
  const { node, children } = await figures(root);
  expect(node).toMatchObject({ takesPart: false, bridges: 1, opened: 0 });
  const ways = s.bridges.filter(({ id, parent }) => parent === root && id !== root);
  expect(children.length).toBeLessThan(ways.length);
  const { node: tile, tiles, alerts } = await board(root);
  expect(tile).toMatchObject({ bridges: 1, lateBridges: 1, neverBridges: 1 });
  expect(tiles.map(({ bridges }) => bridges)).toEqual([1]);
  expect(alerts.items.map(({ bridge }) => bridge)).toEqual([taking!.id]);
});

test('expected at a follow-up are those who were summoned there and not at the session', async () => {
  const summoned = seated.filter(({ basis }) => basis !== 'invited').map(({ person }) => person);
  const was = new Set(seated.slice(0, 3).map(({ person }) => person));
  const { items, head } = await door(taking!.id);
  expect(head.others).toBeNull();
  expect(new Set(items.map(({ person }) => person))).toEqual(
    new Set(summoned.filter((person) => !was.has(person))),
  );
  const preview = await s.organizer.call(api.previewSession, {
    params: { conference: s.conference },
    body: { session: followUp, input: {} },
  });
  expect(preview.audience).toBe(items.length);
  expect((await figures(root)).node.subtree).toMatchObject({ summoned: items.length, invited: 0 });
});

test('the door of a bridge that takes no part says in which sessions it does', async () => {
  const { items, head } = await door(stranger!.id);
  expect(items).toEqual([]);
  expect(head.others?.map(({ id }) => id)).toEqual([s.session]);
});

test('no report is made of a bridge that takes no part, and it is said why', async () => {
  const params = { conference: s.conference, bridge: stranger!.id, session: followUp };
  for (const refusal of [
    await s.organizer.refusal(api.freezeReport, { params }),
    await s.organizer.refusal(api.bridgeSummary, { params }),
    await s.organizer.refusal(api.exportReport, { params, query: { format: 'json' } }),
  ]) {
    expect(refusal).toMatchObject({ code: 'wrong-state' });
    expect(refusal.detail).toContain('không dự buổi này');
  }
  expect((await figures(stranger!.id)).node).toMatchObject({ takesPart: false, bridges: 0 });
  expect((await board(stranger!.id)).node).toMatchObject({ takesPart: false, bridges: 0 });
});

test('what a bridge that takes no part records is kept with a flag, beside what is expected, and seen at once', async () => {
  const screen = await connect();
  const told: ServerBody<'control:changed'>[] = [];
  screen.socket.on('control:changed', (change) => told.push(change));
  const above = s.bridges.find(({ id }) => id === stranger!.parent)!.id;
  await screen.ask('control:watch', { conference: s.conference, session: followUp, bridge: above });

  const before = await figures(root);
  const [away] = (await door(taking!.id)).items;
  const items = await record(
    followUp,
    stranger!.id,
    seated.filter(({ person }) => person === away!.person),
  );
  expect(items.map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded']);
  expect(items[1]!.flags).toEqual(['other-bridge', 'not-taking-part']);
  expect(items[1]!.tone).toBe('look');

  const { node } = await figures(root);
  expect(node).toMatchObject({ bridges: 1, opened: 0 });
  expect(node.subtree).toMatchObject({ summoned: before.node.subtree.summoned, attended: 1 });
  expect((await figures(taking!.id)).node.own.attendedElsewhere).toBe(1);
  await expect
    .poll(() => told.flatMap(({ below }) => below ?? []), { timeout: 8000, interval: 50 })
    .toContain(stranger!.id);
  const tile = told.flatMap(({ tiles }) => tiles).find(({ bridge }) => bridge === stranger!.id);
  expect(tile).toMatchObject({ takesPart: false, bridges: 0, present: 1 });
});

test('the report has the bridges that take part or recorded, and adds up', async () => {
  const rows = await table('bridge');
  const own = rows.filter(({ scope }) => scope === 'own');
  const path = new Set<string>();
  for (const start of [taking!.id, stranger!.id]) {
    for (let at: BridgeId | null = start; at !== null;) {
      path.add(at);
      at = s.bridges.find(({ id }) => id === at)?.parent ?? null;
    }
  }
  expect(new Set(own.map(({ bridge }) => bridge))).toEqual(path);
  const whole = rows.at(-1)!;
  for (const figure of ['bridges', 'summoned', 'attended', 'chairs']) {
    expect(own.reduce((sum, row) => sum + Number(row[figure]), 0)).toBe(whole[figure]);
  }
  expect(whole).toMatchObject({ bridges: 1, headcount: null });
  expect((await table('level')).map(({ level }) => level)).toEqual(['commune', null]);
});

test('a session that is given other bridges has them on every screen and at every door', async () => {
  const [screen, host] = [await connect(), await connect()];
  const heard: ServerBody<'figures:changed'>[] = [];
  const doors: ServerBody<'door:changed'>[] = [];
  screen.socket.on('figures:changed', (change) => heard.push(change));
  host.socket.on('door:changed', (change) => doors.push(change));
  const on = { conference: s.conference, session: followUp };
  await screen.ask('figures:watch', { ...on, bridge: root });
  await host.ask('door:watch', { ...on, bridge: stranger!.id, device });
  const { session } = await s.organizer.call(api.session, { params: on });
  await s.organizer.call(api.changeSession, {
    params: on,
    body: { revision: session.revision, change: { bridges: 'all' } },
  });
  s.clock.advance(3000);
  await expect.poll(() => heard.at(-1)?.nodes[0]?.bridges, { timeout: 8000 }).toBe(s.bridges.length);
  const below = s.bridges.filter(({ parent }) => parent === root).map(({ id }) => id);
  expect(heard.at(-1)?.below).toEqual(below);
  await expect.poll(() => doors.at(-1)?.head.others, { timeout: 8000 }).toBeNull();
  expect((await figures(root)).node).toMatchObject({ takesPart: true, opened: 1 });
});

test('who turns out to have been there after all is no longer expected at the follow-up', async () => {
  const late = seated.slice(3, 5);
  await record(s.session, taking!.id, late);
  s.clock.advance(60_000);
  const here = (await door(taking!.id)).items.filter(({ expectedHere }) => expectedHere);
  expect(here.map(({ person }) => person)).not.toContain(late[0]!.person);
});
