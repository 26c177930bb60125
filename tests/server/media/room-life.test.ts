import { createSocket } from 'node:dgram';

import { afterEach, expect, test } from 'vitest';

import type { BridgeId } from '../../../domain/ids.ts';
import { startEmbeddedEngine } from '../../../server/media/embedded/engine.ts';
import type { ThreadedEngine } from '../../../server/media/engine-thread.ts';
import { floorTimes } from '../../../server/media/queries.ts';
import { grantOf, hostAt, LOCAL_MEDIA, signIn, startTestServer, testClock } from '../harness.ts';
import { operatorOf } from '../operator.ts';
import { eventAt, sample, type Sample, type SampleSize } from '../sample.ts';
import { asked, node, openPage, receiving, send, type Page } from './page.ts';

const after: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of after.splice(0).toReversed()) await end();
});

async function scene(size: SampleSize) {
  const s = await sample({ communes: 6, until: 'bridges', ...size });
  after.push(() => s.server.close());
  const [hall, north] = [s.bridges[0]!.id, s.bridge('97004').id];
  return { s, hall, north };
}
async function page(s: Sample, bridge: BridgeId | null): Promise<Page> {
  const grant = bridge === null ? grantOf('control-room', s.conference) : hostAt(s.conference, bridge);
  const opened = await openPage(s, await signIn(s.server, [grant]));
  after.push(() => opened.close());
  return opened;
}
const readiness = async (s: Sample) =>
  (await (await fetch(`${s.server.url}/readyz`)).json()) as {
    status: string;
    checks: Record<string, Record<string, unknown>>;
  };

test('without an engine there is a room with a floor, and pictures are said not to be there', async () => {
  const { s, hall, north } = await scene({});
  const [station, director] = [await page(s, north), await page(s, null)];
  expect(await station.done('media:join-station', node(s, north))).toMatchObject({
    engine: null,
    rtpCapabilities: null,
  });
  expect(await station.refused('media:transport', { direction: 'send' })).toBe('no-media');
  await director.done('media:direct', { ...node(s, north), step: 'put' });
  await expect.poll(() => station.last('media:orders')?.isOnProgram).toBe(true);
  await director.done('media:direct', { ...node(s, hall), step: 'put' });
  expect((await readiness(s)).checks['media']).toMatchObject({ ok: true, engine: 'off', running: false });
});

test('a port that is taken stops nothing but pictures, and they are there once it is free', async () => {
  const taken = createSocket('udp4');
  const port = await new Promise<number>((resolve) =>
    taken.bind(0, '127.0.0.1', () => resolve(taken.address().port)),
  );
  const { s, north } = await scene({ media: { ...LOCAL_MEDIA, port } });
  const station = await page(s, north);
  expect(await station.done('media:join-station', node(s, north))).toMatchObject({ engine: null });
  expect(await readiness(s)).toMatchObject({ status: 'ready', checks: { media: { engine: 'none' } } });
  taken.close();
  await expect
    .poll(() => station.last('media:engine'), { timeout: 6000 })
    .toMatchObject({
      engine: { name: 'embedded', isRunning: true },
      rtpCapabilities: { codecs: [{}, {}, {}, {}, {}] },
    });
  await station.done('media:transport', { direction: 'receive' });
}, 20_000);

test('an engine that dies takes lines and streams with it, is told of, and carries again what is offered anew', async () => {
  let engine: ThreadedEngine | undefined;
  const startMedia: NonNullable<SampleSize['startMedia']> = async ({ listen, port, announced }) => {
    const most = { transports: 100, streamsPerTransport: 20 };
    engine = await startEmbeddedEngine({ listenIp: listen, port, announced, most });
    return engine;
  };
  const { s, north, hall } = await scene({ media: LOCAL_MEDIA, startMedia });
  const [station, viewer, director] = [await page(s, north), await page(s, hall), await page(s, null)];
  await expect.poll(() => engine).toBeDefined();
  await station.done('media:join-station', node(s, north));
  await viewer.done('media:join-station', node(s, hall));
  await director.done('media:direct', { ...node(s, north), step: 'put' });
  const [camera] = await send(station, 'camera');
  const line = await receiving(viewer);
  await viewer.done('media:consume', asked(line, camera!));
  await engine!.kill();
  await expect.poll(() => viewer.last('media:transport-closed')).toEqual({ transport: line });
  await expect.poll(() => viewer.last('media:program')?.streams).toEqual([]);
  await expect.poll(() => station.last('media:engine')?.engine?.isRunning, { timeout: 5000 }).toBe(true);
  expect(station.heard.filter(({ name }) => name === 'media:engine')).toHaveLength(2);
  const [again] = await send(station, 'camera');
  await expect.poll(() => viewer.last('media:program')?.streams).toMatchObject([{ producer: again }]);
  await viewer.done('media:consume', asked(await receiving(viewer), again!));
}, 20_000);

test('an engine that answers nothing, and one that is dead, hold up no check-in, not even on the same line', async () => {
  let engine: ThreadedEngine | undefined;
  const hangs = Promise.withResolvers<{ ok: false; reason: 'engine gone' }>();
  const startMedia: NonNullable<SampleSize['startMedia']> = async ({ listen, port, announced }) => {
    const most = { transports: 100, streamsPerTransport: 20 };
    engine = await startEmbeddedEngine({ listenIp: listen, port, announced, most });
    return { ...engine, createTransport: () => hangs.promise };
  };
  const { s, north } = await scene({ media: LOCAL_MEDIA, startMedia });
  const station = await page(s, north);
  await expect.poll(() => engine).toBeDefined();
  await station.done('media:join-station', node(s, north));
  const waiting = station.line.ask('media:transport', { direction: 'receive' });
  const checkIn = async (name: string) => {
    const event = eventAt(s, north, 'walk-in', { name, unit: 'Bản Mới', mode: 'in-person' });
    const begun = performance.now();
    const { items } = await station.done('attendance:record', {
      conference: s.conference,
      session: s.session,
      bridge: north,
      events: [event],
    });
    return { outcome: items[0]!.outcome, ms: performance.now() - begun };
  };
  const whileItHangs = await checkIn('Lò Thị Ổn');
  await engine!.kill();
  const whileItIsDead = await checkIn('Giàng A Páo');
  expect([whileItHangs.outcome, whileItIsDead.outcome]).toEqual(['recorded', 'recorded']);
  expect(Math.max(whileItHangs.ms, whileItIsDead.ms)).toBeLessThan(2000);
  expect(await Promise.race([waiting, Promise.resolve('no answer yet')])).toBe('no answer yet');
  hangs.resolve({ ok: false, reason: 'engine gone' });
  expect(await waiting).toMatchObject({ ok: false });
});

test('the floor stands as it was when the server comes back, with the times of all turns', async () => {
  const clock = testClock();
  const { s, north, hall } = await scene({ clock });
  const [station, director] = [await page(s, north), await page(s, null)];
  await station.done('media:join-station', node(s, north));
  const began = clock();
  await director.done('media:direct', { ...node(s, hall), step: 'put' });
  clock.advance(60_000);
  await station.done('media:floor', { step: 'ask' });
  await director.done('media:direct', { ...node(s, north), step: 'grant' });
  // A clock that is set back puts no step before the one before it.
  clock.advance(-30_000);
  await director.done('media:direct', { ...node(s, north), step: 'take' });
  await station.done('media:floor', { step: 'ask' });
  const { conference } = await operatorOf(s.server.context(), s.conference, hall);
  const at = began + 60_000;
  expect(await floorTimes(s.server.context(), conference, s.session)).toEqual({
    floor: [{ bridge: north, from: at, to: at }],
    program: [
      { bridge: hall, from: began, to: at },
      { bridge: north, from: at, to: at },
      { bridge: hall, from: at, to: null },
    ],
  });
  const second = await startTestServer({ clock, data: s.server.data, port: 0 });
  after.push(() => second.close());
  const later = await openPage(
    { server: second },
    await signIn(second, [grantOf('control-room', s.conference)]),
  );
  after.push(() => later.close());
  const { board, program } = await later.done('media:join-control', node(s, hall));
  expect(program).toMatchObject({ bridge: hall, streams: [] });
  expect(board.floor).toMatchObject({
    program: hall,
    holder: null,
    asking: [{ bridge: north, at }],
    askingInAll: 1,
  });
});
