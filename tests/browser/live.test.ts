import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { signIn, type SignedInClient } from '../server/harness.ts';
import { arrive, type Scene, setScene } from './scene.ts';
import { expectFitForAll, openDevice, openStage, type Stage } from './stage.ts';

let stage: Stage;
let scene: Scene;
let organizer: SignedInClient;

beforeAll(async () => {
  stage = await openStage();
  organizer = await signIn(stage.server);
});
afterAll(() => stage.close());

let scenes = 0;
beforeEach(async () => {
  scene = await setScene(stage.server, `canh-${++scenes}`);
});

test('the live tree counts up by itself, leads down, and back with the browser’s own key', async () => {
  const { page, faults } = await openDevice(stage, organizer);
  await page.goto(`/conferences/${scene.conference}/live`);
  await page.getByRole('heading', { level: 1, name: 'Diễn biến: Điểm cầu Trung ương' }).waitFor();
  await page.getByText('Đang cập nhật.').waitFor();
  const present = page.getByTestId('present');
  expect(await present.textContent()).toBe('0');
  await arrive(scene, organizer, 0);
  await page.waitForFunction(() => document.querySelector('[data-testid=present]')?.textContent === '1');

  await page.getByRole('link', { name: /Tỉnh Mây Ngàn/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Diễn biến: Tỉnh Mây Ngàn' }).waitFor();
  await arrive(scene, organizer, 1);
  await page.waitForFunction(() => document.querySelector('[data-testid=present]')?.textContent === '2');
  const commune = page.getByRole('link', { name: /Xã Đồng Ặng/ });
  await commune.getByText('33,33 %').waitFor();
  await page.getByText('Có mặt trên số triệu tập').waitFor();
  await page.getByText('Tất cả người dự trên số đã báo cáo').waitFor();

  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'Diễn biến: Điểm cầu Trung ương' }).waitFor();
  await page.waitForFunction(() => document.querySelector('[data-testid=present]')?.textContent === '2');
  expect(faults).toEqual([]);
});

test('figures are right again after the line was lost', async () => {
  const { page, context } = await openDevice(stage, organizer);
  await page.goto(`/conferences/${scene.conference}/live`);
  await page.getByText('Đang cập nhật.').waitFor();
  await context.setOffline(true);
  await page.getByText('Mất kết nối; số dưới đây là số cũ.').waitFor();
  await arrive(scene, organizer, 2);
  await context.setOffline(false);
  await page.getByText('Đang cập nhật.').waitFor();
  await expect.poll(() => page.getByTestId('present').textContent()).toBe('1');
});

test('the live tree passes the accessibility rules in light and dark and fits a phone', async () => {
  const { page, faults } = await openDevice(stage, organizer);
  await page.goto(`/conferences/${scene.conference}/live/${scene.province}`);
  await page.getByText('Đang cập nhật.').waitFor();
  await page.getByRole('link', { name: /Xã Đồng Ặng/ }).waitFor();
  await expectFitForAll(page);
  expect(faults).toEqual([]);
});

test('who was not there is named, at a bridge alone or below it too, and found without marks', async () => {
  const { page, faults } = await openDevice(stage, organizer);
  await arrive(scene, organizer, 0);
  await page.goto(`/conferences/${scene.conference}/live/${scene.province}`);
  await page.getByRole('link', { name: 'Danh sách người vắng' }).click();
  await page.getByRole('heading', { level: 1, name: 'Người vắng: Tỉnh Mây Ngàn' }).waitFor();
  await page.getByText('5 người', { exact: true }).waitFor();
  const names = page.getByRole('group', { name: 'Danh sách người vắng' }).getByRole('listitem');
  await page.getByPlaceholder('Tìm theo tên, chức vụ, điểm cầu, không cần dấu').fill('do van on dong ang');
  await expect.poll(() => names.count()).toBe(1);
  expect(await names.innerText()).toContain('Đỗ Văn Ổn');
  expect(await page.getByRole('link', { name: 'Tải Excel' }).getAttribute('href')).toContain('format=xlsx');
  await page.getByLabel('Ở', { exact: true }).selectOption({ label: 'riêng điểm cầu này' });
  await page.getByText('Không có ai khớp.').waitFor();
  await page.getByLabel('Ở', { exact: true }).selectOption({ label: 'điểm cầu này và bên dưới' });
  await expect.poll(() => names.count()).toBe(1);
  await expectFitForAll(page);
  expect(faults).toEqual([]);
});
