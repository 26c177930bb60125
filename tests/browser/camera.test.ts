import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { encode } from 'uqr';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { api } from '../../domain/wire/api.ts';
import { hostAt, signIn, type SignedInClient } from '../server/harness.ts';
import { answer, field, listIsThere, pairPage } from './at-door.ts';
import { type Scene, setScene } from './scene.ts';
import { expectAccessible, expectNoSidewaysScroll, openDevice, openStage, type Stage } from './stage.ts';

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES_A_SECOND = 10;

let stage: Stage;
let scene: Scene;
let organizer: SignedInClient;
let folder: string;
let video: string;
let scenes = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nhipcau-camera-'));
  // The browser reads it when the camera is turned on.
  video = join(folder, 'camera.y4m');
  stage = await openStage({}, [
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${video}`,
  ]);
  organizer = await signIn(stage.server);
});
afterAll(async () => {
  await stage.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  scenes += 1;
  scene = await setScene(stage.server, `anh${scenes}`);
});

const idOf = (index: number) => scene.people[index]?.id ?? '';
const nameOf = (index: number) => scene.people[index]?.name ?? '';

async function passOf(index: number): Promise<string> {
  const params = { conference: scene.conference, bridge: scene.commune };
  const { items } = await organizer.call(api.passes, { params });
  return items.find(({ person }) => person === idOf(index))?.code ?? '';
}

/** What a camera sees: each code for some frames, then nothing for one. YUV4MPEG2, in grey. */
async function film(codes: readonly string[], frames: number): Promise<void> {
  const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FRAMES_A_SECOND}:1 Ip A1:1 C420jpeg\n`);
  const shown = codes.flatMap((code) => {
    const frame = pictureOf(code);
    return [...Array.from({ length: frames }, () => frame), pictureOf(null)];
  });
  await writeFile(video, Buffer.concat([header, ...shown]));
}

function pictureOf(code: string | null): Buffer {
  const light = Buffer.alloc(WIDTH * HEIGHT, 200);
  if (code !== null) {
    const { data, size } = encode(code, { ecc: 'M', boostEcc: false, border: 0 });
    const side = Math.floor((HEIGHT - 60) / size);
    const [left, top] = [Math.floor((WIDTH - side * size) / 2), Math.floor((HEIGHT - side * size) / 2)];
    for (let y = 0; y < side * size; y++) {
      for (let x = 0; x < side * size; x++) {
        if (data[Math.floor(y / side)]?.[Math.floor(x / side)] === true) {
          light[(top + y) * WIDTH + left + x] = 30;
        }
      }
    }
  }
  const colours = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  return Buffer.concat([Buffer.from('FRAME\n'), light, colours]);
}

async function openDoor(look: Parameters<typeof openDevice>[2] = {}) {
  const host = await signIn(stage.server, [hostAt(scene.conference, scene.commune)]);
  const device = await openDevice(stage, host, look);
  await device.page.goto(`/door/${scene.conference}/${scene.session}/${scene.commune}`);
  await pairPage(stage.server, scene.conference, scene.commune, device.page);
  await listIsThere(device.page);
  return device;
}

async function arrivals() {
  const params = { conference: scene.conference, bridge: scene.commune, session: scene.session };
  const { items } = await organizer.call(api.events, { params });
  return items.map(({ event }) => ('person' in event ? event.person : event.kind));
}

test('passes held to the camera check people in, each once however long it is held there', async () => {
  await film([await passOf(0), await passOf(1)], 8);
  const { page, context, faults } = await openDoor();
  await context.grantPermissions(['camera']);
  await page.getByRole('button', { name: 'Quét bằng máy ảnh' }).click();
  await page.getByText('Đưa mã QR trên thẻ').waitFor();
  await page.getByText('2/6 có mặt').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  // The film goes round and round, and nobody is scanned twice.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 2500)));
  expect((await arrivals()).toSorted()).toEqual([idOf(0), idOf(1)]);
  // The field still hears a scanner.
  await page.keyboard.type(idOf(2));
  await page.keyboard.press('Enter');
  await answer(page).getByText(nameOf(2)).waitFor();
  await page
    .getByRole('region', { name: 'Quét bằng máy ảnh' })
    .getByRole('button', { name: 'Tắt máy ảnh' })
    .click();
  await page.locator('video').waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
});

test('a camera that may not be used is said in a sentence with what to do, and names can still be typed', async () => {
  await film([await passOf(0)], 8);
  const { page, context, faults } = await openDoor({ width: 390, height: 740 });
  const browser = await stage.browser.newBrowserCDPSession();
  await browser.send('Browser.setPermission', {
    permission: { name: 'camera' },
    setting: 'denied',
    origin: stage.server.url,
  });
  await page.getByRole('button', { name: 'Quét bằng máy ảnh' }).click();
  await page.getByText('Trình duyệt chưa cho trang này dùng máy ảnh.').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await field(page).fill('nguyen thi anh');
  await page.keyboard.press('Enter');
  await page.getByText('1/6 có mặt').waitFor();
  await context.grantPermissions(['camera'], { origin: stage.server.url });
  await page.getByRole('button', { name: 'Thử lại' }).click();
  await answer(page).getByText('Đã điểm danh rồi.').waitFor();
  expect(faults).toEqual([]);
});
