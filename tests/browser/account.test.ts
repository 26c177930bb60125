import { mkdirSync } from 'node:fs';

import { Secret, TOTP } from 'otpauth';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { ConferenceId } from '../../domain/ids.ts';
import { organizerOf } from '../server/harness.ts';
import { addConference } from '../server/rows.ts';
import { PASSWORD, person, type Person } from '../server/sign-in/browser.ts';
import { CLIENT, startProvider, type RunningProvider } from '../server/single-sign-on/provider.ts';
import {
  addAuthenticator,
  expectAccessible,
  expectNoSidewaysScroll,
  openDevice,
  openStage,
  type Stage,
} from './stage.ts';

/** Where screenshots go, for whoever wants to look at them. */
const SHOTS = process.env['SHOTS'];
const conference = ConferenceId.parse('hoi-nghi');
let stage: Stage;
let provider: RunningProvider;
/** Passkeys belong to a name: not to the number of an address. */
let address: string;
beforeAll(async () => {
  // A free port that the provider knows before the server has it.
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  address = `http://localhost:${port}`;
  provider = await startProvider(`${address}/sign-in/return`);
  stage = await openStage({
    port,
    publicUrl: address,
    singleSignOn: {
      issuer: provider.issuer,
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
      name: 'Cổng cán bộ',
      linkBy: 'email',
    },
  });
  await addConference(stage.server.database.write, conference);
  if (SHOTS !== undefined) mkdirSync(SHOTS, { recursive: true });
});
afterAll(async () => {
  await stage.close();
  await provider.close();
});

async function shoot(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 800 });
    await page.screenshot({ path: `${SHOTS}/${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

const codeOf = (secret: string, ahead = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate({
    timestamp: Date.now() + ahead * 30_000,
  });

async function open(): Promise<{ page: Page; context: BrowserContext; faults: readonly string[] }> {
  const { page, context, faults } = await openDevice(stage, null);
  await page.goto(`${address}/sign-in?next=%2Faccount`);
  return { page, context, faults };
}

async function signIn(page: Page, { username }: Person): Promise<void> {
  await page.getByLabel('Tên đăng nhập').fill(username);
  await page.getByRole('textbox', { name: 'Mật khẩu' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
}

const section = (page: Page, name: string) => page.getByRole('region', { name });

test('a passkey is made and named on the own page, lets in without a name, and is removed', async () => {
  const who = await person(stage.server, [organizerOf(conference)]);
  const { page, faults } = await open();
  await addAuthenticator(page);
  await shoot(page, 'sign-in');
  await expectAccessible(page);
  await signIn(page, who);
  await page.getByRole('heading', { name: 'Tài khoản của tôi' }).waitFor();
  const passkeys = section(page, 'Khoá truy cập');
  await passkeys.getByText('Chưa có khoá truy cập nào.').waitFor();
  await passkeys.getByRole('button', { name: 'Thêm khoá truy cập' }).click();
  await page.getByLabel('Tên khoá').fill('Máy cơ quan');
  await page.getByRole('dialog').getByRole('button', { name: 'Thêm khoá truy cập' }).click();
  await passkeys.getByText('Máy cơ quan').waitFor();
  await passkeys.getByRole('button', { name: 'Đổi tên Máy cơ quan' }).click();
  await page.getByLabel('Tên khoá').fill('Máy ở nhà');
  await page.getByRole('dialog').getByRole('button', { name: 'Đổi tên' }).click();
  await passkeys.getByText('Máy ở nhà').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await shoot(page, 'account');

  await page.getByRole('button', { name: /^Tài khoản / }).click();
  await page.getByRole('menuitem', { name: 'Đăng xuất' }).click();
  await page.getByRole('heading', { name: 'Đăng nhập', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Đăng nhập bằng khoá truy cập' }).click();
  await page.getByRole('button', { name: /^Tài khoản / }).waitFor();
  await page.goto(`${address}/account`);
  await section(page, 'Nơi đang đăng nhập').getByText('bằng khoá truy cập').waitFor();
  await section(page, 'Khoá truy cập').getByRole('button', { name: 'Xoá Máy ở nhà' }).click();
  await page.getByText('Chưa có khoá truy cập nào.').waitFor();
  expect(faults).toEqual([]);
});

test('a passkey that nobody knows any more is refused in a sentence, and so is none at all', async () => {
  const { page } = await open();
  await page.getByRole('button', { name: 'Đăng nhập bằng khoá truy cập' }).waitFor();
  await addAuthenticator(page);
  await page.getByRole('button', { name: 'Đăng nhập bằng khoá truy cập' }).click();
  expect(await page.getByRole('alert').innerText()).toMatch(/Chưa đăng nhập được/);
});

test('a second factor is set up on the own page, asked for at the next sign-in, and a recovery code replaces it once', async () => {
  const who = await person(stage.server, [organizerOf(conference)]);
  const { page, faults } = await open();
  await signIn(page, who);
  const factor = section(page, 'Bước xác nhận thứ hai');
  await factor.getByRole('button', { name: 'Bật' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('img', { name: 'Mã QR để thiết lập ứng dụng tạo mã' }).waitFor();
  const secret = await dialog.locator('code').innerText();
  await expectAccessible(page);
  await shoot(page, 'factor-setup');
  await dialog.getByLabel('Mã xác nhận').fill(codeOf(secret));
  await dialog.getByRole('button', { name: 'Xác nhận' }).click();
  const codes = page.getByRole('dialog', { name: 'Mã dự phòng' });
  await codes.getByRole('listitem').first().waitFor();
  const [first = ''] = await codes.getByRole('listitem').allInnerTexts();
  await expectAccessible(page);
  await shoot(page, 'recovery-codes');
  await codes.getByRole('button', { name: 'Tôi đã cất các mã' }).click();
  await factor.getByText('Còn 10 mã dự phòng.').waitFor();

  const other = await open();
  await signIn(other.page, who);
  await other.page.getByRole('heading', { name: 'Bước xác nhận thứ hai' }).waitFor();
  await expectAccessible(other.page);
  await expectNoSidewaysScroll(other.page);
  await shoot(other.page, 'code');
  await other.page.getByLabel('Mã xác nhận').fill('000 000');
  await other.page.getByRole('button', { name: 'Xác nhận' }).click();
  await other.page.getByRole('alert').waitFor();
  await other.page.getByLabel('Mã xác nhận').fill(codeOf(secret, 1));
  await other.page.getByRole('button', { name: 'Xác nhận' }).click();
  await other.page.getByRole('heading', { name: 'Tài khoản của tôi' }).waitFor();

  const lost = await open();
  await signIn(lost.page, who);
  await lost.page.getByLabel('Mã xác nhận').fill(first);
  await lost.page.getByRole('button', { name: 'Xác nhận' }).click();
  await section(lost.page, 'Bước xác nhận thứ hai').getByText('Còn 9 mã dự phòng.').waitFor();
  await lost.page.getByText('Đăng xuất mọi nơi khác').click();
  await lost.page.getByText('Đã đăng xuất 2 nơi.').waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Đăng nhập', exact: true }).waitFor();
  expect([...faults, ...other.faults, ...lost.faults]).toEqual([]);
});

test('who must have a second factor is led to set it up, and sees nothing before', async () => {
  const boss = await person(stage.server, [{ role: 'organizer', conference: null, bridge: null }]);
  const first = await open();
  await signIn(first.page, boss);
  const rule = section(first.page, 'Ai phải có bước xác nhận thứ hai');
  await rule.getByLabel('Kiểm tra, giám sát').check();
  await rule.getByRole('button', { name: 'Lưu yêu cầu' }).click();
  const who = await person(stage.server, [{ role: 'auditor', conference, bridge: null }]);
  const { page, faults } = await open();
  await signIn(page, who);
  await page.getByRole('heading', { name: 'Thiết lập bước xác nhận thứ hai' }).waitFor();
  const secret = await page.locator('code').innerText();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await shoot(page, 'enrol');
  await page.goto(`${address}/account`);
  await page.getByRole('heading', { name: 'Thiết lập bước xác nhận thứ hai' }).waitFor();
  const again = await page.locator('code').innerText();
  expect(again).not.toBe(secret);
  await page.getByLabel('Mã xác nhận').fill(codeOf(again));
  await page.getByRole('button', { name: 'Xác nhận' }).click();
  await page.getByRole('button', { name: 'Tôi đã cất các mã' }).click();
  await section(page, 'Bước xác nhận thứ hai').getByText('Vai trò được giao yêu cầu bước này.').waitFor();
  expect(faults).toEqual([]);
});

test('a single sign-on goes to the provider and comes back signed in, without the code in the address', async () => {
  await person(stage.server, [organizerOf(conference)], 'can.bo@tinh.vn');
  const { page, context, faults } = await open();
  const begun = page.waitForRequest((request) => request.url().startsWith(`${provider.issuer}/auth`));
  await page.getByRole('button', { name: 'Đăng nhập qua Cổng cán bộ' }).click();
  // The provider's own pages belong to somebody else: its person goes through them beside the browser.
  await page.getByPlaceholder('Enter any login').waitFor();
  const who = { sub: 'can-bo', email: 'can.bo@tinh.vn', email_verified: true };
  const back = await provider.visit((await begun).url(), who);
  await page.goto(back);
  await page.getByRole('heading', { name: 'Tài khoản của tôi' }).waitFor();
  await section(page, 'Đăng nhập qua Cổng cán bộ').getByText('Đã nối với tài khoản').waitFor();
  expect(page.url()).not.toContain('code=');
  await page.goto(back);
  await page.getByRole('heading', { name: 'Chưa đăng nhập được' }).waitFor();
  await expectAccessible(page);
  await shoot(page, 'sso-refused');
  expect(context.pages()).toHaveLength(1);
  expect(faults).toEqual([]);
});

test('a change of the ways in asks first who is there, once some time has passed', async () => {
  const who = await person(stage.server, [organizerOf(conference)]);
  const { page, faults } = await open();
  await signIn(page, who);
  await page.getByRole('heading', { name: 'Tài khoản của tôi' }).waitFor();
  await stage.server.database
    .write('sign_in')
    .where({ account: who.account })
    .update({ proved_at: Date.now() - 3_600_000 });
  const password = section(page, 'Mật khẩu');
  await password.getByRole('textbox', { name: 'Mật khẩu mới' }).fill('một mật khẩu mới hẳn');
  await password.getByRole('button', { name: 'Đổi mật khẩu' }).click();
  const dialog = page.getByRole('dialog', { name: 'Xác nhận lại chính mình' });
  await dialog.getByRole('textbox', { name: 'Mật khẩu' }).fill(PASSWORD);
  await expectAccessible(page);
  await shoot(page, 'confirm');
  await dialog.getByRole('button', { name: 'Xác nhận' }).click();
  await password.getByText('Đã đổi mật khẩu.').waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Tài khoản của tôi' }).waitFor();
  expect(faults).toEqual([]);
});

test('the pages of signing in and of the own account are whole in English', async () => {
  const who = await person(stage.server, [{ role: 'organizer', conference: null, bridge: null }]);
  const { page } = await open();
  await page.getByText('EN', { exact: true }).click();
  await page.getByLabel('User name').fill(who.username);
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'My account' }).waitFor();
  await section(page, 'Where you are signed in').waitFor();
  const words = (await page.locator('main').innerText())
    .replaceAll('Ngô Thị Thử', '')
    .replaceAll('Cổng cán bộ', '');
  expect(words).not.toMatch(/[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i);
});
