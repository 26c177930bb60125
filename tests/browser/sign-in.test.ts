import { afterAll, beforeAll, expect, test } from 'vitest';

import { expectFitForAll, openDevice, openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

test('the link of the first start makes the first organizer, who can sign out and in again', async () => {
  const { page, faults } = await openDevice(stage, null);
  const link = stage.server.setupLink;
  if (link === null) throw new Error('no link');
  await page.goto(link);
  await page.getByLabel('Họ và tên').fill('Đỗ Thị Ữ Ổ Ặ');
  await page.getByLabel('Tên đăng nhập').fill('to.chuc');
  await page.getByRole('textbox', { name: 'Mật khẩu' }).fill('một câu dài dễ nhớ');
  await page.getByRole('button', { name: 'Tạo tài khoản' }).click();
  await page.getByRole('heading', { name: 'Chưa có hội nghị nào' }).waitFor();
  expect(page.url()).not.toContain('#');

  await page.getByRole('button', { name: /^Tài khoản/ }).click();
  await page.getByRole('menuitem', { name: 'Đăng xuất' }).click();
  await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();

  await page.getByLabel('Tên đăng nhập').fill('to.chuc');
  await page.getByRole('textbox', { name: 'Mật khẩu' }).fill('sai mật khẩu rồi');
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  const refusal = page.getByRole('alert');
  await refusal.waitFor();
  expect(await refusal.textContent()).not.toMatch(/\d{3}|null|undefined|error/i);

  await page.getByRole('textbox', { name: 'Mật khẩu' }).fill('một câu dài dễ nhớ');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Chưa có hội nghị nào' }).waitFor();
  expect(faults).toEqual([]);
});

test('who asks for a page without being signed in comes back to it after signing in', async () => {
  const { page } = await openDevice(stage, null);
  await page.goto('/conferences/new');
  await page.getByLabel('Tên đăng nhập').fill('to.chuc');
  await page.getByRole('textbox', { name: 'Mật khẩu' }).fill('một câu dài dễ nhớ');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Hội nghị mới' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/conferences/new');
});

test('a link without its code says so instead of failing later', async () => {
  const { page } = await openDevice(stage, null);
  await page.goto('/activate');
  await page.getByText('Đường dẫn này thiếu mã.').waitFor();
  expect(await page.getByRole('button', { name: 'Đặt mật khẩu' }).isDisabled()).toBe(true);
});

test('the language changes at once, is remembered, and leaves nothing of the other behind', async () => {
  const { page } = await openDevice(stage, null);
  await page.goto('/sign-in');
  await page.getByText('EN', { exact: true }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await page.reload();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  const words = (await page.locator('body').innerText()).replace('Nhịp Cầu', '');
  expect(words).not.toMatch(/[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i);
});

test('the pages before signing in pass the accessibility rules in light and dark', async () => {
  const { page, faults } = await openDevice(stage, null);
  for (const path of ['/sign-in', '/setup', '/activate', '/khong-co-trang-nay']) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectFitForAll(page);
  }
  expect(faults).toEqual([]);
});
