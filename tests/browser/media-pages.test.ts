import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { BridgeId } from '../../domain/ids.ts';
import { startEmbeddedEngine } from '../../server/media/embedded/engine.ts';
import { hasFfmpeg } from '../../server/media/hls/encoder.ts';
import {
  grantOf,
  hostAt,
  LOCAL_MEDIA,
  signIn,
  socket,
  startTestServer,
  type SignedInClient,
} from '../server/harness.ts';
import { type Scene, setScene } from './scene.ts';
import { expectFitForAll, openDevice, pagesBuilt, openStage, type Stage } from './stage.ts';

const FAKE_DEVICES = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
const MOST = { transports: 100, streamsPerTransport: 100 };

let stage: Stage;
let engine: Awaited<ReturnType<typeof startEmbeddedEngine>>;
let scene: Scene;
let director: SignedInClient;
const faults: (readonly string[])[] = [];

beforeAll(async () => {
  stage = await openStage(
    {
      media: LOCAL_MEDIA,
      startMedia: async ({ listen: listenIp, port, announced }) =>
        (engine = await startEmbeddedEngine({ listenIp, port, announced, most: MOST })),
    },
    FAKE_DEVICES,
  );
});
afterAll(() => stage.close());

let scenes = 0;
beforeEach(async () => {
  scene = await setScene(stage.server, `hinh-${++scenes}`);
  director = await signIn(stage.server, [grantOf('control-room', scene.conference)], 'Đạo Diễn Hình');
  faults.length = 0;
});

const pathOf = (bridge: BridgeId) => `/station/${scene.conference}/${scene.session}/${bridge}`;

/** A machine beside a projector, as far as its camera is looked at. */
async function openStation(bridge: BridgeId, on = stage): Promise<Page> {
  const host = await signIn(on.server, [hostAt(scene.conference, bridge)]);
  const { page, faults: own } = await openDevice(on, host);
  faults.push(own);
  await page.goto(pathOf(bridge));
  await page.getByRole('button', { name: 'Bắt đầu xem' }).waitFor();
  return page;
}
/** A network that lets no pictures through: what the page is told of the engine leads nowhere. */
async function blockPictures(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.RTCPeerConnection = class extends RTCPeerConnection {
      override async setRemoteDescription(described: RTCSessionDescriptionInit): Promise<void> {
        const { type, sdp = '' } = described;
        const nowhere = sdp.replaceAll(/(a=candidate:\S+ \d+ udp \d+ \S+) \d+/gi, '$1 9');
        await super.setRemoteDescription({ type, sdp: nowhere });
      }
    };
  });
}
async function begin(page: Page): Promise<Page> {
  await page.getByRole('button', { name: 'Bắt đầu xem' }).click();
  await page.getByTestId('station').waitFor();
  return page;
}
async function openStudio(): Promise<Page> {
  const { page, faults: own } = await openDevice(stage, director);
  faults.push(own);
  await page.goto(`/conferences/${scene.conference}/studio`);
  await page.getByRole('region', { name: 'Xem trước' }).waitFor();
  return page;
}
/** What a station says in large letters. */
const says = (page: Page, text: string | RegExp) => page.getByRole('status').getByText(text).waitFor();
const programOf = (page: Page, name: string) =>
  page.getByRole('img', { name: `Đang phát: ${name}`, exact: true });

/** A picture that moves. */
async function expectMoving(page: Page, name: string): Promise<void> {
  const video = programOf(page, name).locator('video');
  const at = () => video.evaluate((element: HTMLVideoElement) => element.currentTime);
  const before = await at();
  await expect.poll(at, { timeout: 10_000 }).toBeGreaterThan(before);
}

/** Sound that is not silence, in one of the players of a page. */
async function expectHeard(page: Page): Promise<void> {
  await page.locator('audio').first().waitFor({ state: 'attached' });
  await page.evaluate(async () => {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    for (const { srcObject } of document.querySelectorAll('audio'))
      context.createMediaStreamSource(srcObject as MediaStream).connect(analyser);
    const heard = new Float32Array(analyser.fftSize);
    for (let loudest = 0; loudest < 0.01;) {
      await new Promise(requestAnimationFrame);
      analyser.getFloatTimeDomainData(heard);
      loudest = Math.max(...heard.map(Math.abs));
    }
    await context.close();
  });
}

test('a hall is put on program, a commune asks for the floor, is seen and heard by all, and gives it back', async () => {
  const [hall, commune] = [await openStation(scene.centre), await openStation(scene.commune)];
  await expectFitForAll(commune);
  await begin(hall);
  await begin(commune);
  await says(commune, 'Chương trình chưa bắt đầu');
  await expectFitForAll(commune);
  const studio = await openStudio();
  await studio.getByRole('button', { name: /^Điểm cầu Trung ương/ }).click();
  await studio.getByRole('img', { name: 'Hình từ Điểm cầu Trung ương', exact: true }).waitFor();
  await studio.keyboard.press('p');
  await says(hall, 'Điểm cầu này đang lên hình.');
  await says(commune, 'Đang xem: Điểm cầu Trung ương');
  await expectMoving(commune, 'Điểm cầu Trung ương');
  await expectHeard(commune);

  await commune.keyboard.press('p');
  await says(commune, 'Đã xin phát biểu, thứ tự 1.');
  const asking = studio.getByRole('region', { name: 'Xin phát biểu' });
  await asking.getByText('Xã Đồng Ặng').waitFor();
  await asking.getByRole('img', { name: 'Hình từ Xã Đồng Ặng', exact: true }).waitFor();
  await expectFitForAll(studio);
  await asking.getByRole('button', { name: 'Mời phát biểu' }).click();
  await says(commune, 'Mời phát biểu. Cả hội nghị đang nghe điểm cầu này.');
  await expectMoving(hall, 'Xã Đồng Ặng');
  await expectHeard(hall);
  // It does not hear itself: its hall would ring.
  expect(await commune.locator('audio').count()).toBe(0);
  await commune.keyboard.press('m');
  await says(commune, 'Đến lượt phát biểu, nhưng micrô đang tắt.');
  await commune.keyboard.press('m');

  await commune.getByRole('button', { name: 'Kết thúc phát biểu' }).click();
  await says(commune, 'Đang xem: Điểm cầu Trung ương');
  await studio.getByText('Chưa ai phát biểu').waitFor();
  await expectMoving(commune, 'Điểm cầu Trung ương');
  expect(faults.flat()).toEqual([]);
});

test('whoever comes late sees the picture within a second, and an engine that is killed is back without a hand', async () => {
  const hall = await begin(await openStation(scene.centre));
  const line = await socket(stage.server, director.cookie);
  const { conference, session, centre: bridge } = scene;
  await line.ask('media:direct', { conference, session, bridge, step: 'put' });
  await says(hall, 'Điểm cầu này đang lên hình.');
  const late = await openStation(scene.commune);
  await begin(late);
  await expectMoving(late, 'Điểm cầu Trung ương');
  // From then on it begins by itself, as after a power cut.
  await late.addInitScript(() => {
    const times: Record<string, number> = {};
    Object.assign(window, { times });
    const looked = {
      station: '[data-testid=station]',
      picture: '[data-testid=station] main > [data-picture=shown]',
    };
    new MutationObserver(() => {
      for (const [name, selector] of Object.entries(looked))
        if (document.querySelector(selector) !== null) times[name] ??= performance.now();
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
  const waited: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    await late.reload();
    await programOf(late, 'Điểm cầu Trung ương').waitFor();
    waited.push(await late.evaluate('times.picture - times.station'));
  }
  console.info(`first picture of a page that begins anew after ${waited.map(Math.round).join(', ')} ms`);
  expect(waited.toSorted((a, b) => a - b)[1]).toBeLessThan(1_000);

  await engine.kill();
  await programOf(late, 'Điểm cầu Trung ương').waitFor({ state: 'detached' });
  await programOf(late, 'Điểm cầu Trung ương').waitFor();
  await expectMoving(late, 'Điểm cầu Trung ương');
  line.close();
  expect(faults.flat()).toEqual([]);
});

test('the wall of pictures turns its pages, and what it shows and counts is everybody', async () => {
  const { conference, session } = scene;
  const names = Array.from({ length: 9 }, (_, n) => `Xã Mây ${n + 1}`);
  for (const [ord, name] of names.entries())
    await stage.server.database.write('bridge').insert({
      id: `${conference}-may-${ord}`,
      conference,
      parent: scene.province,
      class: 'commune',
      name,
      ord: 10 + ord,
      search_key: name.toLowerCase(),
    });
  const { page: wall, faults: own } = await openDevice(stage, director);
  await wall.goto(`/tiles/${conference}?only=${scene.centre}`);
  await wall.getByText('Chưa điểm cầu nào đã chọn nối vào').waitFor();
  await wall.getByText('1 điểm cầu đã chọn chưa nối vào').waitFor();
  await wall.getByRole('button', { name: 'Đang chọn 1 điểm cầu' }).click();
  await wall.getByRole('button', { name: 'Hiện mọi điểm cầu đã nối' }).click();
  await wall.getByText('Không có máy chiếu nào đang nối').waitFor();
  const lines = await Promise.all(
    names.map(async (_, n) => {
      const bridge = BridgeId.parse(`${conference}-may-${n}`);
      const line = await socket(
        stage.server,
        (await signIn(stage.server, [hostAt(conference, bridge)])).cookie,
      );
      const joined = await line.ask('media:join-station', { conference, session, bridge });
      expect(joined.ok).toBe(true);
      return line;
    }),
  );
  await begin(await openStation(scene.commune));
  const tiles = wall.getByRole('listitem');
  await wall.getByLabel('Số hình một trang').selectOption('4');
  await wall.getByText('và 6 điểm cầu nữa').waitFor();
  expect(await tiles.count()).toBe(4);
  await wall.keyboard.press('ArrowRight');
  await wall.getByText('4 điểm cầu ở các trang trước').waitFor();
  await wall.getByText('và 2 điểm cầu nữa').waitFor();
  await wall.getByRole('button', { name: 'Trang sau' }).click();
  await wall.getByText('8 điểm cầu ở các trang trước').waitFor();
  expect(await tiles.count()).toBe(2);
  // Its camera is asked for as soon as somebody looks.
  await wall.getByRole('img', { name: 'Hình từ Xã Đồng Ặng', exact: true }).waitFor();
  await expectFitForAll(wall);

  // Any of them, and what is chosen stands in the address.
  await wall.getByRole('button', { name: 'Chọn điểm cầu' }).click();
  await wall.getByRole('searchbox', { name: 'Tìm điểm cầu' }).fill('xa may 3');
  await wall.getByRole('button', { name: 'Chọn cả 1 điểm cầu tìm thấy' }).click();
  await wall.getByRole('searchbox', { name: 'Tìm điểm cầu' }).fill('');
  await wall.getByRole('checkbox', { name: 'Xã Đồng Ặng' }).check();
  await expectFitForAll(wall);
  await wall.getByRole('button', { name: 'Chỉ hiện các điểm cầu này' }).click();
  await wall.getByText('8 điểm cầu không chọn').waitFor();
  expect(await tiles.count()).toBe(2);
  for (const name of ['Xã Mây 3', 'Xã Đồng Ặng']) await tiles.filter({ hasText: name }).waitFor();
  await wall.reload();
  await wall.getByRole('button', { name: 'Đang chọn 2 điểm cầu' }).waitFor();
  lines[2]?.close();
  await tiles.filter({ hasText: 'Xã Mây 3' }).getByText('mất kết nối').waitFor();
  expect(await tiles.count()).toBe(2);
  await wall.getByRole('button', { name: 'Đang chọn 2 điểm cầu' }).click();
  await wall.getByRole('button', { name: 'Hiện mọi điểm cầu đã nối' }).click();

  for (const line of lines) line.close();
  await wall.getByText('9 điểm cầu mất kết nối').waitFor();
  await wall.getByText('Trang 1/1').waitFor();
  expect(await tiles.count()).toBe(1);
  expect([...own, ...faults.flat()]).toEqual([]);
});

test('a station says that a server carries no pictures, and after a restart with them shows the program by itself', async () => {
  const data = await mkdtemp(join(tmpdir(), 'nhipcau-hinh-'));
  let server = await startTestServer({ data, media: LOCAL_MEDIA, ...pagesBuilt() });
  const { port } = server;
  try {
    scene = await setScene(server, 'lai');
    const own = { ...stage, server };
    const [hall, commune] = [await openStation(scene.centre, own), await openStation(scene.commune, own)];
    await begin(hall);
    await begin(commune);
    const line = await socket(server, (await signIn(server)).cookie);
    const { conference, session, centre: bridge } = scene;
    await line.ask('media:direct', { conference, session, bridge, step: 'put' });
    line.close();
    await expectMoving(commune, 'Điểm cầu Trung ương');
    await server.close();
    await says(commune, 'Mất kết nối với máy chủ. Máy đang tự nối lại.');
    server = await startTestServer({ data, port, ...pagesBuilt() });
    await says(commune, 'Máy chủ này không truyền hình.');
    await server.close();
    server = await startTestServer({ data, port, media: LOCAL_MEDIA, ...pagesBuilt() });
    await says(commune, 'Đang xem: Điểm cầu Trung ương');
    await expectMoving(commune, 'Điểm cầu Trung ương');
    await says(hall, 'Điểm cầu này đang lên hình.');
    expect(faults.flat()).toEqual([]);
  } finally {
    await server.close();
    await rm(data, { recursive: true, force: true });
  }
});

test.skipIf(!(await hasFfmpeg()))(
  'where the network lets no pictures through, a station plays the program some seconds late',
  async () => {
    const hall = await begin(await openStation(scene.centre));
    const line = await socket(stage.server, director.cookie);
    const { conference, session, centre: bridge } = scene;
    await line.ask('media:direct', { conference, session, bridge, step: 'put' });
    line.close();
    await says(hall, 'Điểm cầu này đang lên hình.');
    const commune = await openStation(scene.commune);
    await blockPictures(commune);
    await commune.reload();
    await begin(commune);
    await commune.getByText('hình chậm vài giây').waitFor();
    const video = commune.locator('video[data-late]');
    const played = () => video.evaluate((element: HTMLVideoElement) => element.currentTime);
    await expect.poll(played, { timeout: 20_000 }).toBeGreaterThan(1);
    expect(faults.flat()).toEqual([]);
  },
);
