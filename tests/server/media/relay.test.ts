import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { Server } from 'socket.io';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import type { BridgeId } from '../../../domain/ids.ts';
import type { Network, RelayId } from '../../../domain/media/cascade.ts';
import type { ThreadedEngine } from '../../../server/media/engine-thread.ts';
import { startEmbeddedEngine } from '../../../server/media/embedded/engine.ts';
import type { EngineNotice, MediaEngine } from '../../../server/media/engine.ts';
import { openCascades, ORIGIN, type Cascades } from '../../../server/media/relay/cascade.ts';
import { newRelay, revokeRelay } from '../../../server/media/relay/commands.ts';
import { createPool, type Pool } from '../../../server/media/relay/pool.ts';
import { relaysOf } from '../../../server/media/relay/queries.ts';
import { startRelay, type RelayEvent } from '../../../server/media/relay/service.ts';
import { relaySockets } from '../../../server/media/relay/sockets.ts';
import { operatorOf } from '../operator.ts';
import { sample, type Sample } from '../sample.ts';
import { got, startSource, startViewer } from './feed.ts';

let s: Sample;
let pool: Pool;
let hub: string;
let origin: ThreadedEngine;
let cascades: Cascades;
/** Cuts what goes between server and relays, without a word. */
let breakLines: () => void;
let feedParents: Network['feedParents'];
/** Hall, the province below it, two communes below that. */
let hall: BridgeId;
let province: BridgeId;
let communes: BridgeId[];
const after: (() => unknown)[] = [];

const OPTIONS = {
  listenIp: '127.0.0.1',
  port: 0,
  announced: [{ ip: '127.0.0.1' }],
  most: { transports: 20, streamsPerTransport: 20 },
};

beforeAll(async () => {
  s = await sample({ communes: 4, until: 'bridges' });
  feedParents = new Map(s.bridges.map(({ id, parent, feedParent }) => [id, feedParent ?? parent]));
  hall = s.bridges.find(({ parent }) => parent === null)!.id;
  province = s.bridge('97').id;
  communes = s.bridges.filter(({ parent }) => parent === province).map(({ id }) => id);
});
afterAll(() => s.server.close());

beforeEach(async () => {
  pool = createPool(1_000);
  const http = createServer();
  const lines = new Set<Socket>();
  http.on('connection', (line) => lines.add(line));
  const sockets = new Server(http, { transports: ['websocket'] });
  breakLines = () => {
    for (const line of lines) line.destroy();
  };
  const job = relaySockets(sockets, pool)(s.server.context());
  await new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', () => resolve()));
  hub = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  origin = await startEmbeddedEngine(OPTIONS);
  cascades = openCascades({ origin, capacity: 10, pool });
  after.push(
    () => origin.close(),
    () => job.stop(),
    () => sockets.close(),
  );
});
afterEach(async () => {
  for (const end of after.splice(0).toReversed()) await end();
});

async function added(bridge: BridgeId) {
  const context = s.server.context();
  const { conference, bridge: at } = await operatorOf(context, s.conference, bridge);
  return await newRelay(context, conference, at);
}

/** A relay in this process. */
async function relayAt(bridge: BridgeId, more: { token?: string; capacity?: number } = {}) {
  const { id, token } = more.token === undefined ? await added(bridge) : { id: null, token: more.token };
  const events: RelayEvent[] = [];
  const engines: ThreadedEngine[] = [];
  const relay = await startRelay({
    hub,
    token,
    capacityOf: () => more.capacity ?? 10,
    startEngine: async () => {
      const engine = await startEmbeddedEngine(OPTIONS);
      engines.push(engine);
      return engine;
    },
    on: (event) => events.push(event),
  });
  after.push(() => relay.close());
  await expect.poll(() => events).not.toEqual([]);
  return { id, token, events, engines, relay };
}

/** A relay in a process of its own, as an operator starts it. */
async function relayProcess(bridge: BridgeId): Promise<ChildProcess> {
  const { id, token } = await added(bridge);
  const flags = ['--hub', hub, '--listen', '127.0.0.1', '--address', '127.0.0.1', '--port', '0'];
  const child = spawn(process.execPath, ['server/relay.ts', ...flags], {
    env: { ...process.env, RELAY_TOKEN: token },
    stdio: 'ignore',
  });
  after.push(() => child.kill('SIGKILL'));
  await expect.poll(() => pool.relays().some((relay) => relay.id === id), { timeout: 10_000 }).toBe(true);
  return child;
}

const join = (bridge: BridgeId): MediaEngine => cascades.join(s.conference, bridge, feedParents)!;
const heardBy = (engine: MediaEngine): EngineNotice[] => {
  const heard: EngineNotice[] = [];
  engine.listen((notice) => heard.push(notice));
  return heard;
};
async function sourceAt(engine: MediaEngine) {
  const source = await startSource(engine);
  after.push(source.stop);
  return source;
}
async function viewerOf(engine: MediaEngine, producer: string) {
  const viewer = await startViewer(engine, producer);
  after.push(viewer.close);
  return viewer;
}

test('a picture goes from the hall through a province and a commune, each in a process of its own', async () => {
  await relayProcess(province);
  await relayProcess(communes[0]!);
  const { producer } = await sourceAt(origin);
  const engine = join(communes[0]!);
  const viewer = await viewerOf(engine, producer);
  expect(viewer.consumed).toMatchObject({ ok: true, value: { producer } });
  await expect.poll(viewer.packets, { timeout: 5_000 }).toBeGreaterThan(20);
  // The way there is two pipes: the origin sends one stream, whoever looks.
  expect(got(await origin.statistics())).toMatchObject({ consumers: 1 });
  await viewerOf(join(communes[0]!), producer);
  expect(got(await origin.statistics())).toMatchObject({ consumers: 1 });
});

test('when a relay is killed its viewers are told, and come back at the one above', async () => {
  const upper = await relayAt(province);
  const child = await relayProcess(communes[0]!);
  const { producer } = await sourceAt(origin);
  const engine = join(communes[0]!);
  const heard = heardBy(engine);
  const viewer = await viewerOf(engine, producer);
  await expect.poll(viewer.packets, { timeout: 5_000 }).toBeGreaterThan(5);
  child.kill('SIGKILL');
  await expect.poll(() => heard.at(-1), { timeout: 5_000 }).toEqual({ notice: 'gone' });
  const next = join(communes[0]!);
  expect(next).not.toBe(engine);
  const again = await viewerOf(next, producer);
  await expect.poll(again.packets, { timeout: 5_000 }).toBeGreaterThan(5);
  expect(cascades.standing(s.conference).viewers).toEqual(new Map([[upper.id, 1]]));
});

test('when a relay dies the ones below it are fed from above, and their viewers begin anew where they were', async () => {
  const upper = await relayAt(province);
  const lower = await relayAt(communes[0]!);
  const { producer } = await sourceAt(origin);
  const engine = join(communes[0]!);
  const heard = heardBy(engine);
  const viewer = await viewerOf(engine, producer);
  await expect.poll(viewer.packets, { timeout: 5_000 }).toBeGreaterThan(5);
  await upper.relay.close();
  const { transport } = viewer;
  await expect.poll(() => heard).toContainEqual({ notice: 'transport closed', transport, why: 'line lost' });
  expect(cascades.standing(s.conference).feeds).toEqual(new Map([[lower.id, ORIGIN]]));
  expect(join(communes[0]!)).toBe(engine);
  const again = await viewerOf(engine, producer);
  await expect.poll(again.packets, { timeout: 5_000 }).toBeGreaterThan(5);
});

test('a stream that ends is gone everywhere, and one that nobody looks at is not carried', async () => {
  const upper = await relayAt(province);
  const { producer } = await sourceAt(origin);
  const other = await sourceAt(origin);
  const engine = join(communes[0]!);
  const heard = heardBy(engine);
  const viewer = await viewerOf(engine, producer);
  const second = await viewerOf(engine, other.producer);
  const carried = async () => got(await upper.engines[0]!.statistics()).producers;
  expect(await carried()).toBe(2);
  await engine.closeTransport({ transport: second.transport });
  await expect.poll(carried).toBe(1);
  await origin.closeProducer({ producer });
  const consumer = got(viewer.consumed).id;
  await expect
    .poll(() => heard)
    .toContainEqual({ notice: 'consumer closed', consumer, transport: viewer.transport });
  await expect.poll(carried).toBe(0);
});

test('a line that breaks for a moment moves nobody', async () => {
  const { events, engines } = await relayAt(province);
  const { producer } = await sourceAt(origin);
  const engine = join(communes[0]!);
  const heard = heardBy(engine);
  const viewer = await viewerOf(engine, producer);
  breakLines();
  await expect
    .poll(() => events.map(({ event }) => event))
    .toEqual(['in service', 'line broken', 'in service']);
  const before = viewer.packets();
  await expect.poll(viewer.packets).toBeGreaterThan(before + 5);
  expect(heard.filter(({ notice }) => notice !== 'transport connected')).toEqual([]);
  expect(engines).toHaveLength(1);
});

test('the engine of a relay that begins anew is one that came anew', async () => {
  const { engines } = await relayAt(province);
  const { producer } = await sourceAt(origin);
  const engine = join(communes[0]!);
  const heard = heardBy(engine);
  await viewerOf(engine, producer);
  await engines[0]!.kill();
  await expect.poll(() => heard.at(-1)).toEqual({ notice: 'gone' });
  // Nobody moves for the sake of a relay that came: who begins anew meanwhile is at the origin.
  expect(join(communes[0]!)).toBe(origin);
  await expect.poll(() => pool.relays().length, { timeout: 5_000 }).toBe(1);
  const viewer = await viewerOf(join(communes[1]!), producer);
  await expect.poll(viewer.packets, { timeout: 5_000 }).toBeGreaterThan(5);
  expect(cascades.standing(s.conference).viewers.size).toBe(2);
});

test('a relay that is not known is told so and ends; one that is revoked within seconds', async () => {
  const stranger = await relayAt(province, { token: 'khong-ai-biet-ma-nay-ca' });
  expect(stranger.events).toEqual([{ event: 'ended', why: 'refused' }]);
  const { id, events } = await relayAt(province);
  const context = s.server.context();
  const { conference } = await operatorOf(context, s.conference, hall);
  expect(await revokeRelay(context, conference, id as RelayId)).toMatchObject({ ok: true });
  await expect.poll(() => events.at(-1), { timeout: 5_000 }).toEqual({ event: 'ended', why: 'revoked' });
  expect(pool.relays()).toEqual([]);
  expect(await revokeRelay(context, conference, id as RelayId)).toEqual({
    ok: false,
    reason: 'no such relay',
  });
  const rows = await relaysOf(context, conference);
  expect(rows.find((row) => row.id === id)).toMatchObject({ bridge: province, came_at: expect.any(Number) });
});

test('two processes with one token are not both let in: the later one stays', async () => {
  const first = await relayAt(province);
  const second = await relayAt(province, { token: first.token });
  await expect.poll(() => first.events.at(-1)).toEqual({ event: 'ended', why: 'replaced' });
  expect(second.events).toMatchObject([{ event: 'in service' }]);
  expect(pool.relays()).toHaveLength(1);
});

test('what a relay answers is held to its form', async () => {
  const hello = {
    token: 'x'.repeat(30),
    run: 'run-of-a-liar',
    engine: 'embedded' as const,
    carries: { simulcast: false, tcp: false, ipv6: false },
    capacity: 5,
  };
  const known = { id: 'liar' as RelayId, conference: s.conference, bridge: province };
  pool.join(
    known,
    hello,
    () => Promise.resolve({ ok: true, value: { id: 7 } }),
    () => undefined,
  );
  const [liar] = pool.relays();
  expect(await liar!.engine.openPipe({ form: 'own' })).toEqual({ ok: false, reason: 'engine gone' });
});
