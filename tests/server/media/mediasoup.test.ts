import { readFileSync, readdirSync } from 'node:fs';
import { createSocket, type Socket } from 'node:dgram';

import { afterEach, beforeEach, expect, test } from 'vitest';

import type { ThreadedEngine } from '../../../server/media/engine-thread.ts';
import type { EngineNotice, MediaEngine } from '../../../server/media/engine.ts';
import { startMediasoupEngine } from '../../../server/media/mediasoup/engine.ts';
import { isWorkerPresent } from '../../../server/media/mediasoup/worker-binary.ts';
import { layPipe } from '../../../server/media/relay/pipes.ts';
import { startEngine } from '../../../server/media/start-engine.ts';
import { ENGINES } from './engines.ts';
import { got, startSource, startViewer } from './feed.ts';

const OPTIONS = {
  listenIp: '127.0.0.1',
  port: 0,
  announced: [{ ip: '127.0.0.1' }],
  most: { transports: 20, streamsPerTransport: 20 },
};
const after: (() => unknown)[] = [];

beforeEach(({ skip }) => {
  if (!isWorkerPresent()) skip(ENGINES.find(({ name }) => name === 'mediasoup')!.missing!);
});
afterEach(async () => {
  for (const end of after.splice(0).toReversed()) await end();
});

async function engineOn(cores: number, port = 0): Promise<ThreadedEngine> {
  const engine = await startMediasoupEngine({ ...OPTIONS, port, cores });
  after.push(() => engine.close());
  return engine;
}

async function sourceAt(engine: MediaEngine): Promise<string> {
  const source = await startSource(engine);
  after.push(source.stop);
  return source.producer;
}

async function viewerAt(engine: MediaEngine, producer: string) {
  const viewer = await startViewer(engine, producer);
  after.push(viewer.close);
  return viewer;
}

/** The native workers of this process, oldest first. */
function workers(): number[] {
  return readdirSync('/proc/self/task')
    .flatMap((task) => readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' '))
    .filter((pid) => pid.trim() !== '')
    .map(Number)
    .toSorted((a, b) => a - b);
}

for (const [above, below] of [
  ['mediasoup', 'mediasoup'],
  ['mediasoup', 'embedded'],
  ['embedded', 'mediasoup'],
]) {
  test(`a feed goes down from ${above} to ${below}`, async () => {
    const start = async (named: string | undefined): Promise<MediaEngine> => {
      const engine = await ENGINES.find(({ name }) => name === named)!.start(OPTIONS, 1);
      after.push(() => engine.close());
      return engine;
    };
    const [upper, lower] = [await start(above), await start(below)];
    const producer = await sourceAt(upper);
    const pipe = got(await layPipe(upper, lower, () => undefined));
    after.push(() => pipe.close());
    const carried = got(await pipe.carry(producer, () => undefined));
    const viewer = await viewerAt(lower, carried.producer);
    await expect.poll(viewer.packets, { timeout: 10_000 }).toBeGreaterThan(50);
  });
}

test('viewers on every core see what comes in on one of them, and are told when it ends', async () => {
  const engine = await engineOn(2);
  const producer = await sourceAt(engine);
  const viewers = [await viewerAt(engine, producer), await viewerAt(engine, producer)];
  for (const { packets } of viewers) await expect.poll(packets, { timeout: 10_000 }).toBeGreaterThan(50);
  const closed: string[] = [];
  engine.listen((notice) => void (notice.notice === 'consumer closed' && closed.push(notice.transport)));
  got(await engine.closeProducer({ producer }));
  await expect.poll(() => closed.toSorted()).toEqual(viewers.map(({ transport }) => transport).toSorted());
});

test('what goes through is counted, and is not lost with the stream', async () => {
  const engine = await engineOn(1);
  const producer = await sourceAt(engine);
  const viewer = await viewerAt(engine, producer);
  await expect.poll(viewer.packets, { timeout: 10_000 }).toBeGreaterThan(50);
  const counted = got(await engine.statistics());
  expect(counted).toMatchObject({ transports: 2, producers: 1, consumers: 1 });
  expect(counted.packetsIn).toBeGreaterThan(20);
  expect(counted.packetsOut).toBeGreaterThan(20);
  expect(counted.bytesOut).toBeGreaterThan(20 * 200);
  got(await engine.closeProducer({ producer }));
  await expect.poll(async () => got(await engine.statistics()).consumers).toBe(0);
  const later = got(await engine.statistics());
  expect(later.packetsOut).toBeGreaterThanOrEqual(counted.packetsOut);
});

test('of a worker that dies only its own core is gone, and what stood on it can come back there', async () => {
  const before = new Set(workers());
  const engine = await engineOn(2);
  const notices: EngineNotice[] = [];
  engine.listen((notice) => notices.push(notice));
  const lines = [got(await engine.createTransport()), got(await engine.createTransport())];
  const own = workers().filter((pid) => !before.has(pid));
  expect(own).toHaveLength(2);
  process.kill(own[0]!, 'SIGKILL');
  await expect
    .poll(() => notices)
    .toEqual([{ notice: 'transport closed', transport: expect.any(String), why: 'part died' }]);
  const [dead] = notices;
  const lost = lines.find(({ id }) => dead?.notice === 'transport closed' && id === dead.transport)!;
  const kept = lines.find((line) => line !== lost)!;
  expect(await engine.restartIce({ transport: lost.id })).toMatchObject({ reason: 'not found' });
  expect(await engine.restartIce({ transport: kept.id })).toMatchObject({ ok: true });
  await expect.poll(() => workers().filter((pid) => !before.has(pid)).length).toBe(2);
  // The core that is back has the fewest lines, and the port that it had.
  const portOf = ({ iceCandidates }: typeof lost) => iceCandidates.map(({ port }) => port);
  await expect
    .poll(async () => portOf(got(await engine.createTransport())), { timeout: 10_000 })
    .toEqual(portOf(lost));
});

test('with the last worker the whole engine is gone, until it is back', async () => {
  const before = new Set(workers());
  const engine = await engineOn(1);
  const notices: string[] = [];
  engine.listen(({ notice }) => notices.push(notice));
  got(await engine.createTransport());
  process.kill(
    workers().find((pid) => !before.has(pid))!,
    'SIGKILL',
  );
  await expect.poll(() => notices, { timeout: 10_000 }).toEqual(['gone', 'back']);
  expect(got(await engine.statistics()).transports).toBe(0);
  got(await engine.createTransport());
});

test('no worker is left when its engine has ended', async () => {
  const before = new Set(workers());
  const engine = await engineOn(2);
  const own = workers().filter((pid) => !before.has(pid));
  expect(own).toHaveLength(2);
  await engine.close();
  expect(workers().filter((pid) => own.includes(pid))).toEqual([]);
});

function taken(): Promise<Socket> {
  const socket = createSocket('udp4');
  after.push(() => socket.close());
  return new Promise((resolve) => void socket.bind(0, '127.0.0.1', () => resolve(socket)));
}

test('where its port is taken it does not start, and says why', async () => {
  const { port } = (await taken()).address();
  await expect(engineOn(1, port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('where no engine is named, one whose worker does not run here gives way to the other', async () => {
  const named = process.env['MEDIASOUP_WORKER_BIN'];
  after.push(() => {
    if (named === undefined) delete process.env['MEDIASOUP_WORKER_BIN'];
    else process.env['MEDIASOUP_WORKER_BIN'] = named;
  });
  const own = await startEngine('auto', OPTIONS);
  after.push(() => own.close());
  expect(own.name).toBe('mediasoup');
  process.env['MEDIASOUP_WORKER_BIN'] = process.execPath;
  const other = await startEngine('auto', OPTIONS);
  after.push(() => other.close());
  expect(other.name).toBe('embedded');
  await expect(startEngine('mediasoup', OPTIONS)).rejects.toBeInstanceOf(Error);
});
