import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { api } from '../../domain/wire/api.ts';
import { organizerOf, signIn, type SignedInClient } from '../server/harness.ts';
import { codesIn } from '../server/activation/sheets.ts';
import { type Scene, setScene } from './scene.ts';
import {
  addAuthenticator,
  expectAccessible,
  expectNoSidewaysScroll,
  openDevice,
  openStage,
  type Stage,
} from './stage.ts';

let stage: Stage;
let scene: Scene;
let organizer: SignedInClient;
beforeAll(async () => {
  stage = await openStage();
  scene = await setScene(stage.server);
  organizer = await signIn(stage.server, [organizerOf(scene.conference)]);
});
afterAll(() => stage.close());

/** Pictures of the pages for whoever wants to look at them: into the folder that `SHOTS` names. */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

const LOOKS = [
  ['1280', { width: 1280 }],
  ['390', { width: 390, height: 844 }],
] as const;

test('codes are made on a page, a host comes in with one by link, and the page counts them', async () => {
  const office = await openDevice(stage, organizer);
  await office.page.goto(`/conferences/${scene.conference}/bridges/${scene.centre}/hosts`);
  await office.page.getByRole('button', { name: 'Làm 4 mã và tải về' }).waitFor();
  const [download] = await Promise.all([
    office.page.waitForEvent('download'),
    office.page.getByRole('button', { name: 'Làm 4 mã và tải về' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^Mã kích hoạt - .*\.zip$/);
  const codes = codesIn(await readFile(await download.path()));
  expect(codes.size).toBe(4);
  await office.page.getByText(/^Đã tải về/).waitFor();
  await shoot(office.page, 'hosts-made-1280');

  const code = codes.get('Xã Đồng Ặng')!;
  const phone = await openDevice(stage, null, { width: 390, height: 844 });
  await phone.page.goto(`/code#${code.replaceAll('-', '')}`);
  const field = phone.page.getByLabel('Mã trên phiếu');
  await field.waitFor();
  expect(await field.inputValue()).toBe(code);
  expect(phone.page.url()).not.toContain(code.slice(0, 4));
  await expectAccessible(phone.page);
  await expectNoSidewaysScroll(phone.page);
  await field.fill(`${code.slice(0, -1)}${code.endsWith('2') ? '3' : '2'}`);
  await phone.page.getByText('Mã gõ chưa đúng.').waitFor();
  await shoot(phone.page, 'code-mistyped-390');
  await field.fill(code.toLowerCase());
  await phone.page.getByLabel('Họ và tên').fill('Đinh Thị Vào');
  await phone.page.getByLabel('Mật khẩu tự đặt').fill('một mật khẩu đủ dài');
  await shoot(phone.page, 'code-filled-390');
  await phone.page.getByRole('button', { name: 'Nhận điểm cầu' }).click();
  await phone.page.getByText('dinh.thi.vao', { exact: true }).waitFor();
  await shoot(phone.page, 'code-done-390');
  await phone.page.getByRole('button', { name: 'Vào làm việc' }).click();
  await phone.page.waitForURL(/\/(door\/|pair\/|$)/);

  await office.page.reload();
  await office.page.getByRole('cell', { name: 'Đinh Thị Vào' }).waitFor();
  await expectAccessible(office.page);
  expect(office.faults).toEqual([]);
  // A new device is not signed in before it comes in; the pages ask who it is, and are told.
  expect(phone.faults.filter((fault) => !fault.includes('401'))).toEqual([]);
});

test('a host comes in with the finger of their phone in the place of a password', async () => {
  const params = { conference: scene.conference, bridge: scene.centre };
  const made = await organizer.response(api.makeCodes, { params, body: { for: 'without-host' } });
  const code =
    codesIn(Buffer.from(await made.arrayBuffer()))
      .values()
      .next().value ?? '';
  // Passkeys belong to a name, and the stage is reached by its number.
  const named = stage.server.url.replace('127.0.0.1', 'localhost');
  const { page, faults } = await openDevice(stage, null, { width: 390, height: 844 });
  await addAuthenticator(page);
  await page.goto(`${named}/code#${code.replaceAll('-', '')}`);
  const button = page.getByRole('button', { name: 'Nhận điểm cầu, không đặt mật khẩu' });
  await button.waitFor();
  expect(await button.isDisabled()).toBe(true);
  await page.getByLabel('Họ và tên').fill('Giàng Thị Vân');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await shoot(page, 'code-passkey-390');
  await button.click();
  await page.getByText('giang.thi.van', { exact: true }).waitFor();
  await shoot(page, 'code-passkey-done-390');
  await page.getByRole('button', { name: 'Vào làm việc' }).click();
  await page.waitForURL(/\/(door\/|pair\/|$)/);
  expect(faults.filter((fault) => !fault.includes('401'))).toEqual([]);
});

test.each(LOOKS)(
  'who has come in, and for how long names are kept, are shown at %s px',
  async (name, looks) => {
    const { page, faults } = await openDevice(stage, organizer, looks);
    await page.goto(`/conferences/${scene.conference}/bridges/${scene.centre}/hosts`);
    await page.getByRole('heading', { name: 'Từng điểm cầu' }).waitFor();
    await page.waitForLoadState('networkidle');
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await shoot(page, `hosts-${name}`);
    // The conference is long over.
    const times = { starts_at: Date.UTC(2025, 0, 13, 1), ends_at: Date.UTC(2025, 0, 13, 4) };
    await stage.server.database.write('session').where({ conference: scene.conference }).update(times);
    await page.goto(`/conferences/${scene.conference}/retention`);
    await page.getByLabel('Tên người: Giữ trong (ngày)').fill('1');
    await page.getByText('Đã quá hạn: xóa trong vòng một giờ').waitFor();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await shoot(page, `retention-${name}`);
    await page.getByRole('button', { name: 'Lưu thời hạn' }).click();
    await page.getByRole('dialog').getByText('Có phần đã quá thời hạn này').waitFor();
    await shoot(page, `retention-asks-${name}`);
    await page.keyboard.press('Escape');
    expect(faults).toEqual([]);
  },
);

test('what is deleted now is asked for with a reason, and said afterwards', async () => {
  const { page, faults } = await openDevice(stage, organizer);
  await page.goto(`/conferences/${scene.conference}/retention`);
  await page.getByRole('checkbox', { name: /^Tên người/ }).check();
  await page.getByRole('button', { name: 'Xóa ngay' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Không còn cần dùng' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Xóa ngay' }).click();
  await page.getByText(/^Đã xóa \d+ mục/).waitFor();
  await page.getByRole('heading', { name: 'Đã xóa' }).waitFor();
  await shoot(page, 'retention-done-1280');
  await page.goto(`/conferences/${scene.conference}/people`);
  await page.getByText('tên đã xóa theo thời hạn lưu').first().waitFor();
  expect(faults).toEqual([]);
});

test('in English no word of these pages is Vietnamese', async () => {
  const { page } = await openDevice(stage, organizer);
  await page.goto('/');
  await page.getByText('EN', { exact: true }).click();
  for (const rest of [`bridges/${scene.centre}/hosts`, 'retention']) {
    await page.goto(`/conferences/${scene.conference}/${rest}`);
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    const words = await page.evaluate(() =>
      [...document.querySelectorAll('h2, button, label, thead th')].map((part) => part.textContent ?? ''),
    );
    expect(words.filter((word) => /[ăđơưạảấầẩậắằặẹẻẽếềểễệỉịọỏốồổộớờởợụủứừửựỳỵỷỹ]/i.test(word))).toEqual([]);
    await shoot(page, `english-${rest.split('/').at(-1)}`);
  }
});
