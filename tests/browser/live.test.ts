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
