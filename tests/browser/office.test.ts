import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { Instant } from '../../domain/time.ts';
import { api } from '../../domain/wire/api.ts';
import { signIn, unitOrganizerAt, type SignedInClient } from '../server/harness.ts';
import { type Scene, setScene } from './scene.ts';
import { expectAccessible, expectFitForAll, openDevice, openStage, type Stage } from './stage.ts';

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

const path = (rest: string) => `/conferences/${scene.conference}/${rest}`;

test('the bridge tree unfolds by keys alone and tells of each bridge what it lacks', async () => {
  const { page, faults } = await openDevice(stage, organizer);
  await page.goto(path('bridges'));
  const tree = page.getByRole('tree');
  await page.getByRole('treeitem', { name: /Tỉnh Mây Ngàn/ }).waitFor();
  await tree.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.getByRole('treeitem', { name: /Xã Lũng Ữ/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 2, name: 'Xã Đồng Ặng' }).waitFor();
  await page.getByRole('heading', { name: 'Còn thiếu' }).waitFor();
  expect(await page.getByRole('navigation', { name: 'Các cấp trên' }).innerText()).toBe(
    'Điểm cầu Trung ương › Tỉnh Mây Ngàn › Xã Đồng Ặng',
  );
  expect(faults).toEqual([]);
});

test('/ goes to the search, which finds bridges without marks', async () => {
  const { page } = await openDevice(stage, organizer);
  await page.goto(path('bridges'));
  await page.getByRole('treeitem', { name: /Tỉnh Mây Ngàn/ }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('lung u');
  const found = page.getByRole('tree', { name: 'Điểm cầu tìm thấy' }).getByRole('treeitem');
  await found.getByText('Xã Lũng Ữ').waitFor();
  expect(await found.count()).toBe(1);
});

test('what is changed of a bridge is kept as soon as the field is left', async () => {
  const { page } = await openDevice(stage, organizer);
  await page.goto(path('bridges'));
  await page.getByRole('treeitem', { name: /Tỉnh Mây Ngàn/ }).click();
  await page.getByLabel('Số chỗ ngồi').fill('1200');
  await page.keyboard.press('Tab');
  await page.getByText('Đã lưu Tỉnh Mây Ngàn.').waitFor();
  await page.getByRole('treeitem', { name: /0 đại biểu \/ 1\.200 chỗ/ }).waitFor();
  const params = { conference: scene.conference, bridge: scene.province };
  expect((await organizer.call(api.bridge, { params })).bridge.capacity).toBe(1200);
});

const figures = (total: number) => ({
  total,
  byClause: {},
  byCategory: {},
  chairName: null,
  chairPost: null,
  remark: null,
});

test('what was changed since sending waits as a draft; the level above decides on what was sent', async () => {
  const params = { conference: scene.conference, bridge: scene.otherCommune };
  const unit = await signIn(stage.server, [unitOrganizerAt(scene.conference, scene.otherCommune)]);
  await unit.call(api.submitHeadcount, { params, body: figures(80) });
  const form = path(`bridges/${scene.otherCommune}/headcount`);
  const phone = await openDevice(stage, unit, { width: 360, height: 740 });
  await phone.page.goto(form);
  const figure = phone.page.getByLabel('Chưa phân loại', { exact: true });
  await phone.page.getByRole('button', { name: 'Sửa số liệu' }).click();
  await figure.focus();
  await phone.page.keyboard.press('Tab');
  expect((await unit.call(api.headcount, { params })).report?.draft).toBeNull();
  await figure.fill('75');
  const waits = phone.page.getByText('Cấp trên vẫn thấy bản gửi lần 1: 80 đại biểu.');
  await waits.waitFor();

  const office = await openDevice(stage, organizer);
  await office.page.goto(form);
  await shownTotal(office.page, 80).waitFor();
  await phone.page.reload();
  await waits.waitFor();
  expect(await figure.inputValue()).toBe('75');
  await phone.page.getByRole('button', { name: 'Gửi lại báo cáo' }).click();
  await phone.page.getByRole('heading', { name: /^Đã gửi/ }).waitFor();
  expect(await waits.count()).toBe(0);

  // The page of the office has the new one without a hand.
  await shownTotal(office.page, 75).waitFor();
  expect((await unit.call(api.headcount, { params })).report?.state).toBe('submitted');
  await office.page.getByRole('button', { name: 'Nhận báo cáo' }).click();
  await office.page.getByText('đã nhận', { exact: true }).waitFor();
  await expectAccessible(office.page);

  await phone.page.reload();
  await phone.page.getByText('Muốn sửa, hãy đề nghị cấp trên trả lại.').waitFor();
  expect(await figure.count()).toBe(0);
  await office.page.getByRole('button', { name: 'Trả lại', exact: true }).click();
  const dialog = office.page.getByRole('dialog');
  await dialog.getByLabel('Ý kiến khi trả lại').fill('Thiếu hai đại biểu');
  await dialog.getByRole('button', { name: 'Trả lại', exact: true }).click();
  await office.page.getByText('trả lại', { exact: true }).waitFor();
  expect(phone.faults).toEqual([]);
  expect(office.faults).toEqual([]);
});

test('a report is late by its first revision that was not sent back, as the server judges it', async () => {
  const above = { conference: scene.conference, bridge: scene.province };
  const [first, second] = [scene.commune, scene.otherCommune].map((bridge) => ({
    conference: scene.conference,
    bridge,
  }));
  if (first === undefined || second === undefined) throw new Error('two communes');
  await organizer.call(api.submitHeadcount, { params: first, body: figures(80) });
  await expect.poll(() => Date.now()).toBeGreaterThan(await sentAt(first));
  const dueBefore = Instant.parse(Date.now());
  await organizer.call(api.setInnerDeadline, { params: above, body: { dueBefore } });
  // Corrected after the deadline; but nobody sent the first one back.
  await organizer.call(api.submitHeadcount, { params: first, body: figures(81) });
  await organizer.call(api.submitHeadcount, { params: second, body: figures(7) });

  const { page } = await openDevice(stage, organizer);
  const late = page.getByText(/^chậm/);
  await page.goto(`/conferences/${scene.conference}/bridges/${scene.commune}/headcount`);
  await shownTotal(page, 81).waitFor();
  expect(await late.count()).toBe(0);
  await page.goto(`/conferences/${scene.conference}/bridges/${scene.otherCommune}/headcount`);
  await page.getByText('chậm 1 phút', { exact: true }).waitFor();
});

/** The figure that stands for a report where what was sent is read. */
function shownTotal(page: Page, people: number) {
  return page.locator('dd strong', { hasText: new RegExp(`^${people}$`) });
}

async function sentAt(params: { conference: string; bridge: string }): Promise<number> {
  return (await organizer.call(api.headcount, { params })).report?.submittedAt ?? Infinity;
}

test('pages that no test of their own goes through pass the accessibility rules in light and dark and fit a phone', async () => {
  const { page, faults } = await openDevice(stage, organizer);
  await page.goto('/');
  await page
    .getByRole('link', { name: /Hội nghị toàn quốc/ })
    .first()
    .waitFor();
  await expectFitForAll(page);
  for (const rest of ['plan', 'reports', `bridges/${scene.commune}/headcount`]) {
    await page.goto(path(rest));
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await expectFitForAll(page);
  }
  expect(faults).toEqual([]);
});
