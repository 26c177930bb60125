import { createSocket, type Socket } from 'node:dgram';
import { fileURLToPath } from 'node:url';

import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { EngineCalls, EngineNotice, TransportOffer } from '../../server/media/engine.ts';
import type { ThreadedEngine } from '../../server/media/engine-thread.ts';
import { ENGINES } from '../server/media/engines.ts';
import { got } from '../server/media/feed.ts';
import { CHROMIUM, FLAGS } from './stage.ts';

const ADDRESS = 'http://localhost:4999/';
const FAKE_DEVICES = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

let browser: Browser;
let script: string;
const after: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const { build } = await import('vite');
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('./media-page.ts', import.meta.url)),
        formats: ['iife'],
        name: 'page',
      },
    },
  });
  const [first] = Array.isArray(built) ? built : [built];
  if (first === undefined || !('output' in first)) throw new Error('the page was not built');
  script = first.output[0].code;
  browser = await chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, ...FAKE_DEVICES] });
});
afterEach(async () => {
  for (const end of after.splice(0).toReversed()) await end();
});
afterAll(() => browser.close());

/** `ways` are those that the page is told of; a network may let only one through. */
async function openPage(engine: ThreadedEngine, ways = ['udp', 'tcp']): Promise<Page> {
  const page = await browser.newPage();
  after.push(() => page.close());
  await page.exposeFunction('ask', async (call: keyof EngineCalls, input: unknown) => {
    const answer = await (engine[call] as (input: unknown) => ReturnType<ThreadedEngine['capabilities']>)(
      input,
    );
    if (!answer.ok) throw new Error(answer.reason);
    if (call !== 'createTransport') return answer.value;
    const offer = answer.value as unknown as TransportOffer;
    return {
      ...offer,
      iceCandidates: offer.iceCandidates.filter(({ protocol }) => ways.includes(protocol)),
    };
  });
  await page.route(ADDRESS, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><body><script>${script.replaceAll('</script', '<\\/script')}</script>`,
    }),
  );
  await page.goto(ADDRESS);
  return page;
}

const produce = (page: Page): Promise<string[]> => page.evaluate('media.produce()');
const consume = (page: Page, producers: readonly string[]): Promise<number> =>
  page.evaluate(`media.consume(${JSON.stringify(producers)})`);
interface Received {
  readonly frames: number;
  readonly width: number;
  readonly lost: number;
  readonly repaired: number;
  readonly sound: number;
}
const received = (page: Page): Promise<Received> => page.evaluate('media.received()');

/** Waits until more pictures and sound have come than now. */
async function expectMore(page: Page, frames = 20): Promise<void> {
  const now = await received(page);
  await expect
    .poll(
      async () =>
        received(page).then((later) => later.frames - now.frames >= frames && later.sound > now.sound),
      {
        timeout: 15_000,
      },
    )
    .toBe(true);
}

async function viewer(engine: ThreadedEngine, producers: readonly string[]): Promise<Page> {
  const page = await openPage(engine);
  await consume(page, producers);
  return page;
}

function bound(socket: Socket): Promise<number> {
  return new Promise((resolve) => void socket.bind(0, '127.0.0.1', () => resolve(socket.address().port)));
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  const port = await bound(socket);
  await new Promise<void>((resolve) => void socket.close(() => resolve()));
  return port;
}

/** A way to the engine on which packets are lost: every so many-eth, so that no run is luckier than another. */
async function lossyWay(port: number, share: number): Promise<number> {
  const front = createSocket('udp4');
  const backs = new Map<string, Socket>();
  const every = Math.round(1 / share);
  let counted = 0;
  const isLost = (): boolean => (counted += 1) % every === 0;
  front.on('message', (datagram, { address, port: from }) => {
    let back = backs.get(`${address}:${from}`);
    if (back === undefined) {
      back = createSocket('udp4');
      back.on('message', (answer) => void (isLost() || front.send(answer, from, address)));
      backs.set(`${address}:${from}`, back);
    }
    if (!isLost()) back.send(datagram, port, '127.0.0.1');
  });
  after.push(async () => {
    front.close();
    for (const back of backs.values()) back.close();
  });
  return bound(front);
}

async function startOne(
  start: (typeof ENGINES)[number]['start'],
  port = 0,
  announcedPort?: number,
): Promise<ThreadedEngine> {
  const announced = [{ ip: '127.0.0.1', ...(announcedPort !== undefined && { port: announcedPort }) }];
  const most = { transports: 20, streamsPerTransport: 20 };
  // Before a way of one port there stands one core.
  const cores = announcedPort === undefined ? 2 : 1;
  const engine = await start({ listenIp: '127.0.0.1', port, announced, most }, cores);
  after.push(() => engine.close());
  return engine;
}

describe.for(ENGINES)('$name', ({ missing, start }) => {
  beforeEach(({ skip }) => {
    if (missing !== null) skip(missing);
  });

  test('whoever comes late sees a picture within a second, and goes on seeing and hearing', async () => {
    const engine = await startOne(start);
    const hall = await openPage(engine);
    const producers = await produce(hall);
    await expectMore(await viewer(engine, producers));
    const times: number[] = [];
    for (let late = 0; late < 3; late += 1) times.push(await consume(await openPage(engine), producers));
    console.info(`first picture of late joiners after ${times.map(Math.round).join(', ')} ms`);
    expect(times.toSorted((a, b) => a - b)[1]).toBeLessThan(1_000);
  });

  test('ICE is restarted without a break, and a producer that closes is told to those who see it', async () => {
    const engine = await startOne(start);
    const notices: EngineNotice[] = [];
    engine.listen((notice) => notices.push(notice));
    const hall = await openPage(engine);
    const producers = await produce(hall);
    const page = await viewer(engine, producers);
    await page.evaluate('media.restartIce()');
    await hall.evaluate('media.restartIce()');
    await expectMore(page);
    for (const producer of producers) await engine.closeProducer({ producer });
    await expect.poll(() => notices.filter(({ notice }) => notice === 'consumer closed').length).toBe(2);
    expect(await engine.statistics()).toMatchObject({ value: { producers: 0, consumers: 0 } });
  });

  test('where UDP does not pass, pictures come over TCP', async ({ skip }) => {
    const engine = await startOne(start);
    if (!engine.carries.tcp) skip('it carries nothing over TCP');
    const producers = await produce(await openPage(engine, ['tcp']));
    const page = await openPage(engine, ['tcp']);
    await consume(page, producers);
    await expectMore(page);
    expect((await received(page)).lost).toBe(0);
  });

  test('of a camera that sends two sizes everybody gets the one that is wanted', async ({ skip }) => {
    const engine = await startOne(start);
    if (!engine.carries.simulcast) skip('it carries one size of each picture');
    const hall = await openPage(engine);
    const page = await viewer(engine, await hall.evaluate('media.produce(2)'));
    const wide = async (): Promise<number> => (await received(page)).width;
    const consumers: string[] = await page.evaluate('media.consumed');
    const prefer = async (spatialLayer: number): Promise<void> => {
      for (const consumer of consumers) got(await engine.preferLayers({ consumer, spatialLayer }));
    };
    await expect.poll(wide, { timeout: 20_000 }).toBe(640);
    await prefer(0);
    await expect.poll(wide, { timeout: 20_000 }).toBe(320);
    await prefer(1);
    await expect.poll(wide, { timeout: 20_000 }).toBe(640);
  });

  test('an engine that is killed is back by itself, and carries again what is offered anew', async () => {
    const engine = await startOne(start);
    const notices: string[] = [];
    engine.listen(({ notice }) => notices.push(notice));
    await produce(await openPage(engine));
    await engine.kill();
    expect(await engine.createTransport()).toEqual({ ok: false, reason: 'engine gone' });
    await expect
      .poll(() => notices.filter((one) => one === 'gone' || one === 'back'))
      .toEqual(['gone', 'back']);
    const producers = await produce(await openPage(engine));
    await expectMore(await viewer(engine, producers));
  });

  test('a feed goes down a pipe from one engine to the next', async () => {
    const [upper, lower] = [await startOne(start), await startOne(start)];
    const producers = await produce(await openPage(upper));
    const [down, up] = [
      got(await upper.openPipe({ form: 'own' })),
      got(await lower.openPipe({ form: 'own' })),
    ];
    got(await lower.connectPipe({ pipe: up.id, remote: down }));
    got(await upper.connectPipe({ pipe: down.id, remote: up }));
    const rtpCapabilities = got(await lower.capabilities());
    const passed: string[] = [];
    for (const producer of producers) {
      const offer = got(
        await upper.consume({ transport: down.id, producer, rtpCapabilities, isPaused: false }),
      );
      const { kind, rtpParameters } = offer;
      passed.push(got(await lower.produce({ transport: up.id, kind, rtpParameters })).id);
    }
    const page = await viewer(lower, passed);
    await expectMore(page);
    expect((await received(page)).lost).toBe(0);
  });

  test('with one packet in twenty lost each way pictures go on, and what was lost is sent again', async () => {
    const port = await freePort();
    const announced = await lossyWay(port, 0.05);
    const engine = await startOne(start, port, announced);
    const page = await viewer(engine, await produce(await openPage(engine)));
    await expectMore(page, 60);
    const { repaired } = await received(page);
    expect(repaired).toBeGreaterThan(0);
  });
});
