import { mkdirSync } from 'node:fs';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { api } from '../../domain/wire/api.ts';
import { grantOf, hostAt, organizerOf, signIn, type SignedInClient } from '../server/harness.ts';
import { type Scene, setScene } from './scene.ts';
import { expectAccessible, expectNoSidewaysScroll, openDevice, openStage, type Stage } from './stage.ts';

/** Where screenshots go, for whoever wants to look at them. */
const SHOTS = process.env['SHOTS'];

let stage: Stage;
let scene: Scene;
let auditor: SignedInClient;
let organizer: SignedInClient;
beforeAll(async () => {
  stage = await openStage();
  scene = await setScene(stage.server);
  const { conference } = scene;
  auditor = await signIn(stage.server, [grantOf('auditor', conference)], 'Lê Thị Kiểm');
  organizer = await signIn(stage.server, [organizerOf(conference)], 'Nguyễn Thị Thử');
  const host = await signIn(stage.server, [hostAt(conference, scene.otherCommune)], 'Lý Thị Ở Cửa');
  await organizer.call(api.people, { params: { conference }, body: { q: 'Ánh' } });
  await organizer.call(api.changeBridge, {
    params: { conference, bridge: scene.commune },
    body: { address: 'Hội trường tầng 2, nhà văn hóa' },
  });
  await host.refusal(api.people, { params: { conference } });
  if (SHOTS !== undefined) mkdirSync(SHOTS, { recursive: true });
});
afterAll(() => stage.close());

const shot = (name: string) => (SHOTS === undefined ? {} : { path: `${SHOTS}/${name}.png`, fullPage: true });

test('an auditor reads who looked and who changed, narrows it down, and takes it away', async () => {
  const { page, faults } = await openDevice(stage, auditor);
  const addresses: string[] = [];
  page.on('request', (request) => void addresses.push(decodeURIComponent(request.url())));
  await page.goto(`/conferences/${scene.conference}/bridges`);
  await page.getByRole('link', { name: 'Nhật ký kiểm tra' }).click();
  await page.getByRole('heading', { name: 'Nhật ký kiểm tra' }).waitFor();
  const rows = page.getByRole('list', { name: 'Nhật ký kiểm tra' }).getByRole('listitem');
  await rows.first().waitFor();
  const changed = rows.filter({ hasText: 'Nguyễn Thị Thử sửa điểm cầu' });
  expect(await changed.innerText()).toMatch(/Nguyễn Thị Thử sửa điểm cầu Xã Đồng Ặng lúc/);
  await changed.locator('summary').click();
  await changed.getByRole('rowheader', { name: 'địa chỉ', exact: true }).waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  if (SHOTS !== undefined) await page.screenshot(shot('audit'));

  await changed.getByRole('button', { name: 'Mọi mục về điểm cầu Xã Đồng Ặng' }).click();
  await page.getByText('Chỉ các mục về: Xã Đồng Ặng').waitFor();
  await expect.poll(() => rows.filter({ hasText: 'danh sách người' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Xem tất cả' }).click();
  await page.getByRole('searchbox', { name: 'Ai: họ tên' }).fill('ly thi o cua');
  await expect.poll(() => rows.count()).toBe(1);
  expect(await rows.first().innerText()).toMatch(/Lý Thị Ở Cửa định xem danh sách người.*Bị từ chối:/);
  await rows.first().locator('summary').click();
  await rows.first().getByRole('button', { name: 'Mọi việc của Lý Thị Ở Cửa' }).click();
  await page.getByText('Chỉ các mục về: Lý Thị Ở Cửa').waitFor();
  // Whoever was looked for stands in no address, of the page or of what it asks.
  addresses.push(decodeURIComponent(page.url()));
  expect(addresses.some((address) => address.includes('/audit/search'))).toBe(true);
  expect(addresses.filter((address) => /ly thi|cua|Lý|Cửa/i.test(address))).toEqual([]);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Tải dạng kiểm tra được' }).click();
  expect((await download).suggestedFilename()).toMatch(/^Nhật ký kiểm tra - .*\.ndjson$/);

  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto(`/conferences/${scene.conference}/audit`);
  await rows.first().waitFor();
  await changed.locator('summary').click();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  if (SHOTS !== undefined) await page.screenshot(shot('audit-phone'));
  expect(faults).toEqual([]);
});

test('who is no auditor is not offered it, and is told so', async () => {
  const { page } = await openDevice(
    stage,
    await signIn(stage.server, [
      hostAt(scene.conference, scene.commune),
      hostAt(scene.conference, scene.otherCommune),
    ]),
  );
  await page.goto(`/conferences/${scene.conference}/audit`);
  await page.getByText('Bạn chưa được giao vai trò kiểm tra, giám sát').waitFor();
  expect(await page.getByRole('link', { name: 'Nhật ký kiểm tra' }).count()).toBe(0);
});
