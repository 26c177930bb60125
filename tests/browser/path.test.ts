import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { BridgeId, ConferenceId } from '../../domain/ids.ts';
import { api } from '../../domain/wire/api.ts';
import { signIn, type SignedInClient } from '../server/harness.ts';
import { pairPage } from './at-door.ts';
import { openDevice, openStage, type Stage } from './stage.ts';

let stage: Stage;
let organizer: SignedInClient;
beforeAll(async () => {
  stage = await openStage();
  organizer = await signIn(stage.server);
});
afterAll(() => stage.close());

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));

const ROSTER = [
  'Họ và tên,Chức vụ,Đơn vị,Mã đơn vị,Số thẻ,Thứ bậc,Đảng viên',
  'Lý Thị Ngân,"Bí thư chi bộ xóm Mới, xã Yên Lãng",,05773,T-01,1,x',
  'Hứa Văn Sơn,"Trưởng xóm Mới, xã Yên Lãng",,05773,T-02,2,x',
  'Kiều Thị Thu,Nhân viên bưu điện,,05773,T-03,3,',
].join('\r\n');

test('the whole path: a plan document becomes a conference, a tree, seats, a door and a report', async () => {
  const units = await readFile(fixture('units/three-level.csv'));
  await organizer.call(api.importUnits, {
    query: { dryRun: 'false' },
    body: { name: 'three-level.csv', bytes: new Uint8Array(units) },
  });
  const { page, faults } = await openDevice(stage, organizer);

  await page.goto('/');
  await page.getByRole('link', { name: 'Hội nghị mới' }).click();
  await page.locator('input[type=file]').setInputFiles(fixture('plans/national-clean.md'));
  await page.getByRole('button', { name: 'Tạo hội nghị' }).click();
  await page.getByRole('button', { name: 'Tạo hội nghị này' }).click();
  await page.getByRole('heading', { level: 1, name: 'Kế hoạch' }).waitFor();

  await page.getByRole('link', { name: 'Điểm cầu', exact: true }).click();
  await page.getByRole('button', { name: 'Dựng cây điểm cầu' }).click();
  await page.getByRole('treeitem', { name: /Trung ương/ }).waitFor();

  await page.getByRole('link', { name: 'Đại biểu', exact: true }).click();
  await page.getByRole('button', { name: 'Nhập danh sách' }).first().click();
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'roster.csv', mimeType: 'text/csv', buffer: Buffer.from(`\uFEFF${ROSTER}\r\n`) });
  await page.getByRole('button', { name: 'Nhập 3 đại biểu' }).click();
  await page.getByText('3 người', { exact: true }).waitFor();

  await page.getByRole('link', { name: 'Xếp chỗ', exact: true }).click();
  await page.getByRole('button', { name: 'Xếp chỗ' }).click();
  await page.getByText('Theo người', { exact: true }).click();
  await page
    .getByText(/Được triệu tập dự tại .*Yên Lãng/)
    .first()
    .waitFor();
  await page.getByLabel('Hiện', { exact: true }).selectOption({ label: 'Chưa có chỗ (1)' });
  await page.getByText('1 người', { exact: true }).waitFor();
  await page.getByText('Kiều Thị Thu').waitFor();

  await page.getByRole('link', { name: 'Điểm cầu', exact: true }).click();
  await page.getByRole('searchbox').fill('yen lang');
  // There are two communes of this name; only one has people.
  await page.getByRole('treeitem', { name: /Yên Lãng.*2 đại biểu/ }).click();
  await page.getByRole('link', { name: 'Trang điểm danh' }).click();
  await page.waitForURL('**/door/**');
  const [, , conference, , bridge] = new URL(page.url()).pathname.split('/');
  await pairPage(stage.server, ConferenceId.parse(conference), BridgeId.parse(bridge), page);
  await page.getByText('0/2 có mặt').waitFor();
  await page.getByRole('button', { name: 'Mở điểm cầu' }).click();
  await page.keyboard.type('ly thi ngan');
  await page.keyboard.press('Enter');
  await page.getByText('1/2 có mặt').waitFor();
  await page.getByText('Đã nối · 0 chờ gửi').waitFor();

  await page.goto('/');
  await page.getByRole('link', { name: /đột phá/ }).click();
  await page.getByRole('link', { name: 'Diễn biến', exact: true }).click();
  await expect.poll(() => page.getByTestId('present').textContent()).toBe('1');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Theo điểm cầu · Excel' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
  expect(await download.failure()).toBeNull();
  expect(faults).toEqual([]);
});
