import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect, test } from 'vitest';

import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import { foldAttendance } from '../../../domain/attendance/fold.ts';
import type { Expected } from '../../../domain/attendance/presence.ts';
import { bridgeTree } from '../../../domain/bridges/tree.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';
import { api } from '../../../domain/wire/api.ts';
import type { NodeFigures } from '../../../domain/wire/attendance.ts';
import {
  client,
  signIn,
  socket,
  startTestServer,
  testClock,
  type Client,
  type TestClock,
} from '../harness.ts';
import { BARE_ENVIRONMENT } from '../../environment.ts';
import { machineNamed, pair } from '../paired.ts';
import { arriveAt, eventAt, everyPage, sample, type Sample } from '../sample.ts';

const MAIN = fileURLToPath(new URL('../../../server/main.ts', import.meta.url));

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'nhipcau-crowd-'));
});
afterEach(async () => {
  await rm(data, { recursive: true, force: true });
});

/** The machine's own clock, for what another process must believe too. */
const realClock: TestClock = Object.assign(() => Date.now() as Instant, { advance: () => {}, set: () => {} });

/** Check-ins of a morning: everybody of the roster once, each at one of twenty bridges. */
function checkIns(s: Sample, count: number): Map<BridgeId, AttendanceEvent[]> {
  const doors = s.bridges.slice(0, 20).map(({ id }) => id);
  const events = s.roster.slice(0, count).map(({ id }, at) => arriveAt(s, doors[at % doors.length]!, id));
  if (events.length < count) throw new Error(`the roster has only ${events.length} people`);
  return Map.groupBy(events, ({ bridge }) => bridge);
}

async function figures(by: Client, s: Sample): Promise<{ sequence: number; nodes: NodeFigures[] }> {
  const nodes: NodeFigures[] = [];
  let sequence = -1;
  for (const { id } of s.bridges) {
    const params = { conference: s.conference, bridge: id, session: s.session };
    const found = await by.call(api.figures, { params });
    nodes.push(found.node);
    sequence = found.sequence;
  }
  return { sequence, nodes };
}

async function eventsOf(by: Client, s: Sample): Promise<{ event: AttendanceEvent; receivedAt: Instant }[]> {
  const all: { event: AttendanceEvent; receivedAt: Instant }[] = [];
  for (const { id } of s.bridges) {
    const params = { conference: s.conference, bridge: id, session: s.session };
    all.push(
      ...(await everyPage((cursor) => by.call(api.events, { params, query: { limit: 1000, ...cursor } }))),
    );
  }
  return all;
}

test('two thousand check-ins over fifty sockets at once are all acknowledged and counted once, whoever sends them twice', async () => {
  const s = await sample({ communes: 16 });
  try {
    const sockets = await Promise.all(Array.from({ length: 50 }, () => socket(s.server, s.organizer.cookie)));
    const sent = [...checkIns(s, 2000)];
    const answers = await Promise.all(
      sent.flatMap(([bridge, events]) =>
        events.flatMap((event, at) =>
          // Forty on each socket; one in sixteen is sent by two sockets at once.
          [sockets[at % 50]!, ...(event.id.endsWith('3') ? [sockets[(at + 1) % 50]!] : [])].map((by) =>
            by.ask('attendance:record', {
              conference: s.conference,
              session: s.session,
              bridge,
              events: [event],
            }),
          ),
        ),
      ),
    );
    for (const one of sockets) one.close();
    expect(answers.length).toBeGreaterThan(2050);
    expect(answers.every((answer) => answer.ok && answer.items[0]?.outcome === 'recorded')).toBe(true);
    const { nodes, sequence } = await figures(s.organizer, s);
    expect(sequence).toBe(2000);
    expect(nodes[0]!.subtree).toMatchObject({ attended: 2000, named: 2000, inRoom: 2000, toResolve: 0 });
    expect(nodes.reduce((sum, { own }) => sum + own.attended, 0)).toBe(2000);
  } finally {
    await s.server.close();
  }
});

test('after a restart the book says what it said, and what a fold of the ledger says', async () => {
  const clock = testClock('2025-01-13T07:00:00+07:00');
  const s = await sample({ communes: 12, data, clock });
  for (const [bridge, events] of checkIns(s, 400)) {
    clock.advance(977);
    const excused = (await s.seatedAt(bridge)).slice(0, 2);
    const more = [
      eventAt(s, bridge, 'walk-in', { name: 'Lò Văn Ước', unit: 'Xóm 3', mode: 'online' }),
      eventAt(s, bridge, 'count', { point: 'cửa 1', counts: { partyMember: 12 } }),
      eventAt(s, bridge, 'void', { target: events[0]!.id, reason: 'quét nhầm' }),
      ...excused.map(({ person }) => eventAt(s, bridge, 'excuse', { person, reason: 'đi viện' })),
      ...(bridge.endsWith('1') || bridge.endsWith('2') ? [eventAt(s, bridge, 'close', {})] : []),
      events[1],
    ];
    for (const batch of [more, events]) {
      await s.organizer.call(api.record, {
        params: { conference: s.conference, bridge },
        body: { session: s.session, bridge, events: batch },
      });
      clock.advance(1013);
    }
  }
  const before = await figures(s.organizer, s);
  const { cookie } = s.organizer;
  await s.server.close();

  const again = await startTestServer({ clock, data });
  try {
    const organizer = client(again, cookie);
    const after = await figures(organizer, s);
    expect(after).toEqual(before);

    const seated = await everyPage((cursor) =>
      organizer.call(api.placements, {
        params: { conference: s.conference },
        body: { limit: 1000, ...cursor },
      }),
    );
    const tree = bridgeTree(s.bridges);
    if (!tree.ok) throw new Error(tree.reason);
    const folded = foldAttendance({
      bridges: tree.value,
      expected: seated.flatMap(({ person, bridge, basis }): Expected[] =>
        bridge === null ? [] : [{ person, bridge, basis: basis === 'invited' ? 'invited' : 'summoned' }],
      ),
      events: await eventsOf(organizer, s),
      listed: seated.flatMap(({ person, bridge }) => (bridge === null ? [person] : [])),
    });
    for (const node of after.nodes) {
      const { own, subtree, state, progress } = folded.nodes.get(node.bridge)!;
      expect(node).toMatchObject({ own, subtree, state, ...progress });
    }
  } finally {
    await again.close();
  }
});

/** The program in a process of its own, which can be killed. */
async function program(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [MAIN, '--data', data, '--port', '0'], {
    env: { ...BARE_ENVIRONMENT, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    said += chunk.toString();
    const url = /Nhịp Cầu: (\S+)/.exec(said)?.[1];
    if (url !== undefined) return { child, url };
  }
  throw new Error(`the program did not start: ${said}`);
}

test('what was acknowledged is there after the process was killed, and sending all again loses and doubles nothing', async () => {
  const s = await sample({ communes: 16, data, clock: realClock });
  const { cookie } = await signIn(s.server);
  for (const { id } of s.bridges) await pair(s.server, s.conference, id, machineNamed('may-1'));
  await s.server.close();
  const sent = [...checkIns(s, 2000)];
  const message = (bridge: BridgeId, events: AttendanceEvent[]) => ({
    conference: s.conference,
    session: s.session,
    bridge,
    events,
  });

  const first = await program();
  const acknowledged = new Set<string>();
  const sockets = await Promise.all(sent.map(() => socket(first, cookie)));
  const killed = once(first.child, 'exit');
  await Promise.all(
    sent.map(async ([bridge, events], at) => {
      for (const event of events) {
        const answer = await sockets[at]!.ask('attendance:record', message(bridge, [event])).catch(
          () => null,
        );
        if (answer === null) return;
        if (answer.ok && answer.items[0]?.outcome === 'recorded') acknowledged.add(event.id);
        if (acknowledged.size === 700) first.child.kill('SIGKILL');
      }
    }),
  );
  await killed;
  for (const one of sockets) one.close();
  expect(acknowledged.size).toBeGreaterThanOrEqual(700);
  expect(acknowledged.size).toBeLessThan(2000);

  const second = await program();
  try {
    const organizer = client(second, cookie);
    const kept = new Set((await eventsOf(organizer, s)).map(({ event }) => event.id as string));
    expect([...acknowledged].filter((id) => !kept.has(id))).toEqual([]);
    for (const [bridge, events] of sent) {
      const body = { session: s.session, bridge, events };
      const { items } = await organizer.call(api.record, {
        params: { conference: s.conference, bridge },
        body,
      });
      expect(items.every(({ outcome }) => outcome === 'recorded')).toBe(true);
    }
    const { sequence, nodes } = await figures(organizer, s);
    expect(sequence).toBe(2000);
    expect(nodes[0]!.subtree.attended).toBe(2000);
  } finally {
    second.child.kill('SIGKILL');
  }
}, 120_000);
