/*
 * The cascade with real relays, each a process as an operator starts it: the hall's engine feeds a province's, which feeds a district's,
 * which viewers of a megabit look at. How much later the picture comes with each hop, what a relay costs, how soon somebody sees the
 * first packet, and how soon again after a relay was killed. Then how many relays a nation needs.
 *
 *   npm run bench:cascade       VIEWERS=100 SECONDS=10 CAPACITY=400
 */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { Server } from 'socket.io';

import type { BridgeId } from '../../domain/ids.ts';
import { CAPABILITIES } from '../../server/media/embedded/capabilities.ts';
import { startEmbeddedEngine } from '../../server/media/embedded/engine.ts';
import type { MediaEngine } from '../../server/media/engine.ts';
import { originBranch, relayBranch } from '../../server/media/relay/branch.ts';
import { openCascades } from '../../server/media/relay/cascade.ts';
import { newRelay } from '../../server/media/relay/commands.ts';
import { createPool, type LiveRelay, type Pool } from '../../server/media/relay/pool.ts';
import { relaySockets } from '../../server/media/relay/sockets.ts';
import { got, startViewer } from '../server/media/feed.ts';
import { operatorOf } from '../server/operator.ts';
import { sample, type Sample } from '../server/sample.ts';
import {
  load,
  PACKETS_PER_SECOND,
  SOURCE_KEY,
  SSRC,
  type LoadOrders,
  type LoadSeen,
} from './cascade/load.ts';
import { sizeOf, type Levels } from './cascade/sizing.ts';

const VIEWERS = Number(process.env['VIEWERS'] ?? 100);
const SECONDS = Number(process.env['SECONDS'] ?? 10);
const CAPACITY = Number(process.env['CAPACITY'] ?? 400);
const HOPS = 3;
const IP = '127.0.0.1';
const TICKS_PER_SECOND = 100;
const LONGEST_MS = 10_000;

interface Running {
  readonly child: ChildProcess;
  readonly live: LiveRelay;
}

/** Seconds of processor that a process has used; Linux only. */
function processorOf({ pid = 0 }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
function memoryOf({ pid = 0 }: ChildProcess): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}

async function openHub(s: Sample) {
  const pool = createPool();
  const http = createServer();
  const sockets = new Server(http, { transports: ['websocket'] });
  const job = relaySockets(sockets, pool)(s.server.context());
  await new Promise<void>((resolve) => void http.listen(0, IP, () => resolve()));
  const hub = `http://${IP}:${(http.address() as AddressInfo).port}`;
  const children: ChildProcess[] = [];
  return {
    pool,
    async start(bridge: BridgeId): Promise<Running> {
      const context = s.server.context();
      const scope = await operatorOf(context, s.conference, bridge);
      const { id, token } = await newRelay(context, scope.conference, scope.bridge);
      const flags = ['--hub', hub, '--listen', IP, '--address', IP, '--port', '0', '--capacity', '1000'];
      const child = spawn(process.execPath, ['server/relay.ts', ...flags], {
        env: { ...process.env, RELAY_TOKEN: token },
        stdio: 'ignore',
      });
      children.push(child);
      for (;;) {
        const live = pool.relays().find((relay) => relay.id === id);
        if (live !== undefined) return { child, live };
        await wait(20);
      }
    },
    async close() {
      for (const child of children) child.kill('SIGKILL');
      await job.stop();
      await sockets.close();
    },
  };
}

/** A viewer at a port of the load: a pipe, sealed and sent like a browser's line. Gives the key that it is sent with. */
async function viewAt(engine: MediaEngine, producer: string, port: number): Promise<string> {
  const pipe = got(await engine.openPipe({ form: 'own' }));
  const remote = { ip: IP, port, keyBase64: SOURCE_KEY.toString('base64') };
  got(await engine.connectPipe({ pipe: pipe.id, remote }));
  const transport = pipe.id;
  got(await engine.consume({ transport, producer, rtpCapabilities: CAPABILITIES, isPaused: false }));
  return pipe.keyBase64;
}

async function produceAt(engine: MediaEngine, port: number) {
  const pipe = got(await engine.openPipe({ form: 'own' }));
  const remote = { ip: IP, port, keyBase64: SOURCE_KEY.toString('base64') };
  got(await engine.connectPipe({ pipe: pipe.id, remote }));
  const codecs = [{ mimeType: 'video/VP8', payloadType: 101, clockRate: 90_000 }];
  const rtpParameters = { codecs, encodings: [{ ssrc: SSRC }] };
  const made = await engine.produce({ transport: pipe.id, kind: 'video', rtpParameters });
  return { to: pipe.port, producer: got(made).id };
}

const round = (value: number, digits = 1): number => Number(value.toFixed(digits));
const at = (share: number, list: readonly number[]): number =>
  round(list.toSorted((a, b) => a - b)[Math.floor(list.length * share)] ?? NaN);

async function measureChain(relays: readonly Running[]) {
  const engines = relays.map(({ live }) => live.engine);
  const child = fork(import.meta.filename, ['load'], { execArgv: [] });
  const said = <Message>(): Promise<Message> =>
    new Promise((resolve) => void child.once('message', (message) => resolve(message as Message)));
  const [source = 0, others = 0, ...watched] = await said<number[]>();
  const { to, producer } = await produceAt(engines[0]!, source);
  let above = originBranch(engines[0]!);
  const watchedKeys: string[] = [];
  const carryMs: number[] = [];
  for (const [hop, engine] of engines.entries()) {
    const branch = hop === 0 ? above : relayBranch(engine);
    if (hop > 0) branch.feedFrom(above);
    above = branch;
    const began = performance.now();
    const here = got(await branch.take(producer));
    carryMs.push(round(performance.now() - began));
    watchedKeys.push(await viewAt(engine, here, watched[hop] ?? 0));
    if (hop < engines.length - 1) continue;
    for (let viewer = 1; viewer < VIEWERS; viewer += 1) await viewAt(engine, here, others);
  }
  child.send({ to, watchedKeys } satisfies LoadOrders);
  await wait(3_000);
  child.send('reset');
  await said();
  const before = relays.map((relay) => processorOf(relay.child));
  const began = performance.now();
  await wait(SECONDS * 1_000);
  const elapsed = (performance.now() - began) / 1_000;
  const cores = relays.map((relay, hop) => round((processorOf(relay.child) - before[hop]!) / elapsed, 3));
  child.send('count');
  const { packets, delays } = await said<LoadSeen>();
  child.kill();
  const due = (VIEWERS - 1) * PACKETS_PER_SECOND * elapsed;
  return {
    cores,
    memoryMb: relays.map((relay) => round(memoryOf(relay.child), 0)),
    arrived: round((packets / due) * 100),
    delayP50: delays.map((list) => at(0.5, list)),
    delayP99: delays.map((list) => at(0.99, list)),
    carryMs,
  };
}

/** How long a page that sees the program from the lowest of four engines is without it when that one is killed. */
async function measureMove(s: Sample, pool: Pool, lowest: Running) {
  const feedParents = new Map(s.bridges.map(({ id, parent, feedParent }) => [id, feedParent ?? parent]));
  const child = fork(import.meta.filename, ['load'], { execArgv: [] });
  const [source = 0] = await new Promise<number[]>(
    (resolve) => void child.once('message', (message) => resolve(message as number[])),
  );
  const most = { transports: 100, streamsPerTransport: 100 };
  const origin = await startEmbeddedEngine({ listenIp: IP, port: 0, announced: [{ ip: IP }], most });
  const { to, producer } = await produceAt(origin, source);
  child.send({ to, watchedKeys: [] } satisfies LoadOrders);
  const cascades = openCascades({ origin, capacity: 1_000, pool });
  const join = (): MediaEngine => cascades.join(s.conference, lowest.live.bridge, feedParents)!;
  const seesIt = async (): Promise<void> => {
    const viewer = await startViewer(join(), producer);
    for (let tries = 0; viewer.packets() === 0 && tries < LONGEST_MS; tries += 2) await wait(2);
    viewer.close();
  };
  const firstAt = performance.now();
  await seesIt();
  const firstMs = performance.now() - firstAt;
  const told = new Promise<void>((resolve) => {
    join().listen(({ notice }) => {
      if (notice === 'gone') resolve();
    });
  });
  const killedAt = performance.now();
  lowest.child.kill('SIGKILL');
  await told;
  const toldMs = performance.now() - killedAt;
  await seesIt();
  const againMs = performance.now() - killedAt;
  cascades.close();
  child.kill();
  await origin.close();
  return { firstMs: round(firstMs, 0), toldMs: round(toldMs, 0), againMs: round(againMs, 0) };
}

/** As it was published for 13/01/2025, as it has been since 01/07/2025, and 40,000 with a level below the commune. */
const NATIONS: Readonly<Record<string, Levels>> = {
  '15,345, three levels below the centre': [
    { level: 'centre', bridges: 1 },
    { level: 'province', bridges: 63 },
    { level: 'district', bridges: 696 },
    { level: 'commune', bridges: 14_585 },
  ],
  '3,356, two levels below the centre': [
    { level: 'centre', bridges: 1 },
    { level: 'province', bridges: 34 },
    { level: 'commune', bridges: 3_321 },
  ],
  '40,000, with bridges below the commune': [
    { level: 'centre', bridges: 1 },
    { level: 'province', bridges: 34 },
    { level: 'commune', bridges: 3_321 },
    { level: 'below the commune', bridges: 36_644 },
  ],
};

function sizeNations() {
  return Object.entries(NATIONS).map(([nation, levels]) => {
    const sized = sizeOf(levels, CAPACITY, Math.ceil(CAPACITY / 8));
    console.log(`\n${nation}, one relay feeds ${CAPACITY}; assigned in ${round(sized.assignMs, 0)} ms`);
    for (const { level, bridges, relays, fedByOne } of sized.levels)
      console.log(`  ${level}: ${bridges} bridges, ${relays} relays, one feeds at most ${fedByOne}`);
    console.log(`  at most ${sized.hops} relays between hall and viewer; without a place: ${sized.unserved}`);
    return { nation, ...sized };
  });
}

async function main(): Promise<void> {
  const s = await sample({ communes: 4, until: 'bridges' });
  const hub = await openHub(s);
  try {
    const hall = s.bridges.find(({ parent }) => parent === null)!.id;
    const [province, commune] = [s.bridge('97').id, s.bridge('97004').id];
    const relays: Running[] = [];
    for (const bridge of [hall, province, commune]) relays.push(await hub.start(bridge));
    const chain = await measureChain(relays);
    const last = relays[HOPS - 1]!;
    console.log(`${VIEWERS} viewers of a megabit at the third engine; arrived ${chain.arrived} %`);
    for (let hop = 0; hop < HOPS; hop += 1) {
      console.log(
        `  engine ${hop + 1}: delay p50 ${chain.delayP50[hop]} ms, p99 ${chain.delayP99[hop]} ms; ${chain.cores[hop]} cores, ` +
          `${chain.memoryMb[hop]} MB; the stream taken there in ${chain.carryMs[hop]} ms`,
      );
    }
    const move = await measureMove(s, hub.pool, last);
    console.log(
      `a page sees the first packet after ${move.firstMs} ms; its relay killed: told after ${move.toldMs} ms, sees it again after ${move.againMs} ms`,
    );
    const nations = sizeNations();
    console.log(JSON.stringify({ viewers: VIEWERS, ...chain, ...move, capacity: CAPACITY, nations }));
  } finally {
    await hub.close();
    await s.server.close();
  }
}

if (process.argv[2] === 'load') await load(HOPS);
else {
  await main();
  process.exit(0);
}
