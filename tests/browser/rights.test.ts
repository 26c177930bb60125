import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Role } from '../../domain/wire/access.ts';
import { grantOf, signIn } from '../server/harness.ts';
import { type Scene, setScene } from './scene.ts';
import { openDevice, openStage, type Stage } from './stage.ts';

let stage: Stage;
let scene: Scene;
beforeAll(async () => {
  stage = await openStage();
  scene = await setScene(stage.server);
});
afterAll(() => stage.close());

/** What pages offer follows from rights: a role that is not an organizer's may have some of them. */
async function openAs(role: Role) {
  const person = await signIn(stage.server, [grantOf(role, scene.conference, scene.province)]);
  const { page } = await openDevice(stage, person);
  const count = (kind: 'link' | 'button', name: string | RegExp) =>
    page.getByRole(kind, { name, exact: typeof name === 'string' }).count();
  return { page, count };
}

test('an auditor of a subtree takes its report away and reads its versions, and neither freezes nor pairs', async () => {
  const { page, count } = await openAs('auditor');
  const address = `/conferences/${scene.conference}/live/${scene.province}`;
  await page.goto(`${address}?session=${scene.session}`);
  await page.getByRole('region', { name: 'Báo cáo tham dự' }).getByRole('link').first().waitFor();
  expect(await count('link', 'Máy điểm danh')).toBe(0);
  await page.goto(`${address}/versions?session=${scene.session}`);
  await page.getByText('Chưa có bản nào').waitFor();
  expect(await count('button', /^Chốt/)).toBe(0);
  await page.goto(`/conferences/${scene.conference}/bridges/${scene.commune}/headcount`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await count('button', /Nhận|Trả lại/)).toBe(0);
});

test('a technician is led to the machines, and to no list of people', async () => {
  const { page } = await openAs('technician');
  await page.goto(`/conferences/${scene.conference}/bridges`);
  await page.getByRole('treeitem').first().click();
  const detail = page.getByRole('complementary');
  await detail.getByRole('link', { name: 'Máy điểm danh' }).waitFor();
  const offered = await detail.getByRole('link').allInnerTexts();
  for (const way of ['Trang điểm danh', 'Báo cáo số lượng', 'Bản tổng hợp để ký', 'Thẻ đại biểu'])
    expect(offered).not.toContain(way);
  await detail.getByRole('link', { name: 'Máy điểm danh' }).click();
  await page.getByRole('button', { name: /mã ghép/i }).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
});
