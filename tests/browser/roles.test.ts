import { afterAll, beforeAll, expect, test } from 'vitest';

import { api } from '../../domain/wire/api.ts';
import { hostAt, organizerOf, signIn, unitOrganizerAt, type SignedInClient } from '../server/harness.ts';
import { type Scene, setScene } from './scene.ts';
import { expectAccessible, expectNoSidewaysScroll, openDevice, openStage, type Stage } from './stage.ts';

let stage: Stage;
let scene: Scene;
let organizer: SignedInClient;
let unit: SignedInClient;
beforeAll(async () => {
  stage = await openStage();
  scene = await setScene(stage.server);
  organizer = await signIn(stage.server, [organizerOf(scene.conference)], 'Vũ Tổ Chức');
  unit = await signIn(stage.server, [unitOrganizerAt(scene.conference, scene.province)], 'Lê Đầu Mối');
});
afterAll(() => stage.close());

const SHOTS = process.env['SHOTS'];

test('an organizer gives a role over the conference, sees who holds it, and takes it away', async () => {
  const { page, faults } = await openDevice(stage, organizer);
  await page.goto(`/conferences/${scene.conference}/roles`);
  await page.getByRole('heading', { name: 'Ai có vai trò gì' }).waitFor();
  const form = page.getByRole('region', { name: 'Giao vai trò' });
  await form.getByLabel('Họ và tên').fill('Đinh Điều Hành');
  await form.getByLabel('Tên đăng nhập').fill('dieu-hanh');
  await form.getByLabel('Đến hết ngày').fill('2099-12-31');
  await form.getByRole('button', { name: 'Giao vai trò' }).click();
  await form.getByText('/activate#').waitFor();
  const row = page.getByRole('listitem').filter({ hasText: 'Đinh Điều Hành' });
  await row.getByText('đến hết 31/12/2099').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  if (SHOTS !== undefined) {
    await page.screenshot({ path: `${SHOTS}/roles-1280.png`, fullPage: true });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: `${SHOTS}/roles-390.png`, fullPage: true });
    await page.setViewportSize({ width: 1280, height: 800 });
  }
  await row.getByRole('button', { name: 'Thu hồi' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Thu hồi' }).click();
  await row.waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
});

test('a unit organizer sees their own part, and gives roles at a bridge of it', async () => {
  const { page, faults } = await openDevice(stage, unit);
  await page.goto(`/conferences/${scene.conference}/bridges`);
  const tree = page.getByRole('tree');
  await tree.getByRole('treeitem').first().waitFor();
  expect(await tree.getByRole('treeitem').first().getAttribute('aria-level')).toBe('1');
  await tree.getByRole('treeitem').nth(1).click();
  const detail = page.getByRole('complementary');
  await detail.getByLabel('Họ và tên').fill('Hồ Phụ Trách');
  await detail.getByLabel('Tên đăng nhập').fill('phu-trach-moi');
  await detail.getByRole('button', { name: 'Giao vai trò' }).click();
  await detail.getByText('/activate#').waitFor();
  await detail.getByRole('listitem').filter({ hasText: 'Hồ Phụ Trách' }).waitFor();
  await expectAccessible(page);
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/bridge-roles.png`, fullPage: true });
  await page.getByRole('link', { name: 'Phân quyền' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Hồ Phụ Trách' }).waitFor();
  expect(await page.getByRole('listitem').filter({ hasText: 'Vũ Tổ Chức' }).count()).toBe(0);
  expect(faults).toEqual([]);
});

test('a host sees one bridge, and no page of roles', async () => {
  const { items } = await organizer.call(api.bridges, {
    params: { conference: scene.conference },
    query: { parent: scene.province },
  });
  const [commune, other] = items;
  const host = await signIn(stage.server, [
    hostAt(scene.conference, commune!.id),
    hostAt(scene.conference, other!.id),
  ]);
  const { page, faults } = await openDevice(stage, host);
  await page.goto(`/conferences/${scene.conference}/bridges`);
  const lines = page.getByRole('treeitem');
  await lines.nth(1).waitFor();
  expect(await lines.count()).toBe(2);
  await page.getByText(commune!.name).first().waitFor();
  expect(await page.getByRole('link', { name: 'Phân quyền' }).count()).toBe(0);
  await page.goto(`/conferences/${scene.conference}/live`);
  await page.getByRole('heading', { name: new RegExp(commune!.name) }).waitFor();
  expect(faults).toEqual([]);
});
