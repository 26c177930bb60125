import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Instant } from '../../domain/time.ts';
import { unitContracts } from '../../domain/wire/units.ts';
import { readRows } from '../../server/documents/rows.ts';
import { codesIn } from '../server/activation/sheets.ts';
import { instant, signIn, type SignedInClient } from '../server/harness.ts';
import { addGuest, answer, excuse, GUEST, inStep, REASON, scan } from './at-door.ts';
import { type Device, openDevice, openStage, type Stage } from './stage.ts';

/** Before the units have to report, as the plan document says; and half an hour before it opens the conference. */
const PREPARING = '2025-01-09T08:00:00+07:00';
const MORNING = '2025-01-13T07:30:00+07:00';
const clock = { begun: Date.now(), from: instant(PREPARING) };
const now = () => (clock.from + Date.now() - clock.begun) as Instant;

let stage: Stage;
const faults: Device['faults'][] = [];
beforeAll(async () => {
  stage = await openStage({ clock: now });
  const organizer = await signIn(stage.server);
  await organizer.call(unitContracts.importUnits, {
    query: { dryRun: 'false' },
    body: {
      name: 'three-level.csv',
      bytes: new Uint8Array(await readFile(fixture('units/three-level.csv'))),
    },
  });
});
afterAll(() => stage.close());

function fixture(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
}

const BRIDGE = 'Yên Lãng';
const SECRETARY = 'Lý Thị Ngân';
const HEAD = 'Hứa Văn Sơn';
const DEPUTY = 'Ma Thị Len';
const NEIGHBOUR = 'Nông Văn Bền';
const ROSTER = [
  'Họ và tên,Chức vụ,Đơn vị,Mã đơn vị,Số thẻ,Thứ bậc,Đảng viên',
  `${SECRETARY},"Bí thư chi bộ xóm Mới, xã Yên Lãng",,05773,T-01,1,x`,
  `${HEAD},"Trưởng xóm Mới, xã Yên Lãng",,05773,T-02,2,x`,
  `${DEPUTY},"Phó trưởng xóm Mới, xã Yên Lãng",,05773,T-03,3,x`,
  `${NEIGHBOUR},"Bí thư chi bộ xóm Khuôn, xã Yên Lãng",,05773,T-04,4,x`,
  'Kiều Thị Thu,Nhân viên bưu điện,,05773,T-05,5,',
].join('\r\n');
const HOST = 'dinh.thi.vao';
const CONTROL = 'dieu-hanh';
const PASSWORD = 'một mật khẩu đủ dài';

test('a conference from its plan to its report: an office prepares it, a commune checks in, a control room follows', async () => {
  turnTheClockTo(PREPARING);
  let office = await machineOf(await signIn(stage.server));
  await takeInThePlan(office);
  await buildTheBridges(office);
  await importThePeople(office);
  await placeThem(office);
  let host = await machineOf(null);
  await comeInByCode(host, await makeActivationCode(office));
  let room = await machineOf(null);
  await comeInByLink(room, await giveControlRoom(office));
  await reportHeadcount(host);
  await acceptReport(office);
  await leave(office, host, room);

  turnTheClockTo(MORNING);
  office = await machineOf(await signIn(stage.server));
  host = await machineOf(null, { width: 1024, height: 768 });
  await signInAs(host, HOST);
  await pair(host, await makePairingCode(office));
  const phone = await machineOf(null, { width: 390, height: 844 });
  await signInAs(phone, HOST);
  await pair(phone, await showPairingCode(host));
  room = await machineOf(null, { width: 1920, height: 1080 });
  await signInAs(room, CONTROL);
  await followInControlRoom(room);
  await openTheBridge(host);
  await checkIn(host, SECRETARY);
  await expectPresent(room, 1);

  await loseNetwork(host, phone);
  await checkIn(host, HEAD);
  await excuse(host, DEPUTY);
  // Nobody at the other door sees what happens at this one: the head is checked in at both.
  await checkIn(phone, HEAD);
  await checkIn(phone, NEIGHBOUR);
  await addGuest(phone);
  await expectPresent(room, 1);
  await regainNetwork(phone);
  await expectPresent(room, 4);
  await regainNetwork(host);
  for (const door of [host, phone]) await expectAtDoor(door, '3/4 có mặt · 1 ngoài danh sách');
  await expectPresent(room, 4);

  await closeTheBridge(host);
  await expectClosed(room);
  await readTheSummary(host);
  await takeOutTheReport(office);
  expect(faults.flat()).toEqual([]);
}, 180_000);

/** A browser of its own whose clock is the server's, signed in as somebody or as nobody. */
async function machineOf(
  who: SignedInClient | null,
  size: { width?: number; height?: number } = {},
): Promise<Page> {
  const device = await openDevice(stage, who, size);
  await device.context.clock.install({ time: now() });
  device.page.setDefaultTimeout(20_000);
  faults.push(device.faults);
  return device.page;
}

/** For the server at once, and for whoever opens a browser from then on. */
function turnTheClockTo(time: string): void {
  Object.assign(clock, { begun: Date.now(), from: instant(time) });
}

/** Days go by; nobody's sign-in lasts until then. */
async function leave(...pages: readonly Page[]): Promise<void> {
  await Promise.all(pages.map((page) => page.context().close()));
}

async function takeInThePlan(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('link', { name: 'Hội nghị mới' }).click();
  await page.locator('input[type=file]').setInputFiles(fixture('plans/national-clean.md'));
  await page.getByRole('button', { name: 'Tạo hội nghị' }).click();
  await page.getByRole('button', { name: 'Tạo hội nghị này' }).click();
  await page.getByRole('heading', { level: 1, name: 'Kế hoạch' }).waitFor();
}

async function buildTheBridges(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Điểm cầu', exact: true }).click();
  await page.getByRole('button', { name: 'Dựng cây điểm cầu' }).click();
  await page.getByRole('treeitem', { name: /Trung ương/ }).waitFor();
}

async function importThePeople(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Đại biểu', exact: true }).click();
  await page.getByRole('button', { name: 'Nhập danh sách' }).first().click();
  const buffer = Buffer.from(`\uFEFF${ROSTER}\r\n`);
  await page.locator('input[type=file]').setInputFiles({ name: 'roster.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Nhập 5 đại biểu' }).click();
  await page.getByText('5 người', { exact: true }).waitFor();
}

async function placeThem(page: Page): Promise<void> {
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
}

/** The page of bridges with the commune chosen. There are two of this name; only one has people. */
async function chooseTheBridge(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Điểm cầu', exact: true }).click();
  await page.getByRole('searchbox').fill('yen lang');
  await page.getByRole('treeitem', { name: /Yên Lãng.*4 đại biểu/ }).click();
  await page.getByRole('heading', { level: 2, name: BRIDGE }).waitFor();
}

/** A way from the chosen bridge to a page of its own. */
function ofTheBridge(page: Page, name: string): Locator {
  return page.getByRole('complementary', { name: 'Thông tin điểm cầu' }).getByRole('link', { name });
}

async function makeActivationCode(page: Page): Promise<string> {
  await chooseTheBridge(page);
  await ofTheBridge(page, 'Người phụ trách, mã kích hoạt').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Làm 1 mã và tải về' }).click(),
  ]);
  const [code = ''] = codesIn(await readFile(await download.path())).values();
  return code;
}

async function comeInByCode(page: Page, code: string): Promise<void> {
  await page.goto(`/code#${code.replaceAll('-', '')}`);
  await page.getByLabel('Họ và tên').fill('Đinh Thị Vào');
  await page.getByLabel('Mật khẩu tự đặt').fill(PASSWORD);
  await page.getByRole('button', { name: 'Nhận điểm cầu' }).click();
  await page.getByText(HOST, { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Vào làm việc' }).click();
  await page.getByRole('heading', { name: 'Báo cáo còn phải gửi' }).waitFor();
}

async function giveControlRoom(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Phân quyền', exact: true }).click();
  const form = page.getByRole('region', { name: 'Giao vai trò' });
  await form.getByLabel('Họ và tên').fill('Đinh Điều Hành');
  await form.getByLabel('Tên đăng nhập').fill(CONTROL);
  await form.getByLabel('Vai trò').selectOption({ label: 'Phòng điều hành' });
  await form.getByRole('button', { name: 'Giao vai trò' }).click();
  return await form.getByText('/activate#').innerText();
}

async function comeInByLink(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Mật khẩu mới').fill(PASSWORD);
  await page.getByRole('button', { name: 'Đặt mật khẩu' }).click();
  await page
    .getByRole('link', { name: /đột phá/ })
    .first()
    .waitFor();
}

/** Before the day a host finds what their bridge still owes. */
async function reportHeadcount(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Điền báo cáo' }).click();
  const oneMore = page.getByRole('button', { name: /^Thêm một: / }).first();
  for (let person = 1; person <= 4; person++) await oneMore.click();
  await page.getByLabel('Người chủ trì', { exact: true }).fill(SECRETARY);
  await page.getByRole('button', { name: 'Gửi báo cáo: 4 đại biểu' }).click();
  await page.getByText('đã gửi', { exact: true }).first().waitFor();
}

async function acceptReport(page: Page): Promise<void> {
  await chooseTheBridge(page);
  await ofTheBridge(page, 'Báo cáo số lượng').click();
  await page.locator('dd strong', { hasText: /^4$/ }).waitFor();
  await page.getByRole('button', { name: 'Nhận báo cáo' }).click();
  await page.getByText('đã nhận', { exact: true }).waitFor();
  await page.getByRole('navigation').getByRole('link', { name: 'Báo cáo số lượng' }).click();
  await page.getByRole('button', { name: /^1 đã nhận/ }).waitFor();
}

async function openTheConference(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('link', { name: /đột phá/ }).click();
}

async function makePairingCode(page: Page): Promise<string> {
  await openTheConference(page);
  await chooseTheBridge(page);
  await ofTheBridge(page, 'Máy điểm danh').click();
  await page.getByRole('button', { name: 'Tạo mã ghép máy' }).click();
  return await shownCode(page);
}

async function showPairingCode(page: Page): Promise<string> {
  await page.getByText('Khi mất mạng: còn').click();
  await page.getByRole('button', { name: 'Ghép thêm một máy' }).click();
  return await shownCode(page);
}

async function shownCode(page: Page): Promise<string> {
  const dialog = page.getByRole('dialog');
  const code = await dialog.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).innerText();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  return code;
}

async function signInAs(page: Page, username: string): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Tên đăng nhập').fill(username);
  const password = page.getByRole('textbox', { name: 'Mật khẩu' });
  await password.fill(PASSWORD);
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await password.waitFor({ state: 'detached' });
}

async function pair(page: Page, code: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Mã ghép máy' }).fill(code);
  await page.getByRole('button', { name: 'Ghép máy này' }).click();
  await expectAtDoor(page, '0/4 có mặt');
  await inStep(page);
}

async function followInControlRoom(page: Page): Promise<void> {
  await openTheConference(page);
  await page.getByRole('link', { name: 'Điều hành', exact: true }).click();
  await page.getByText('Đang cập nhật.').waitFor();
  await expectPresent(page, 0);
}

async function expectPresent(page: Page, count: number): Promise<void> {
  await expect.poll(() => page.getByTestId('present').textContent(), { timeout: 15_000 }).toBe(`${count}`);
}

async function openTheBridge(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Mở điểm cầu' }).click();
  await answer(page).getByText('Đã mở lúc').waitFor();
}

async function checkIn(page: Page, name: string): Promise<void> {
  await scan(page, name);
  await answer(page).getByText(name).waitFor();
}

async function loseNetwork(...pages: readonly Page[]): Promise<void> {
  for (const page of pages) {
    await page.context().setOffline(true);
    await page.getByText('Mất mạng.').first().waitFor();
  }
}

async function regainNetwork(page: Page): Promise<void> {
  await page.context().setOffline(false);
  await inStep(page);
}

async function expectAtDoor(page: Page, count: string): Promise<void> {
  await page.getByText(count, { exact: true }).waitFor();
}

async function closeTheBridge(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Đóng điểm cầu' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Đóng sổ' }).click();
  await answer(page).getByText('Đã đóng sổ lúc').waitFor();
}

async function expectClosed(page: Page): Promise<void> {
  await page
    .getByRole('listitem')
    .filter({ hasText: /^đã đóng 1$/ })
    .waitFor();
}

async function readTheSummary(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Bản tổng hợp để ký' }).click();
  await page.getByTestId('fingerprint').waitFor({ timeout: 20_000 });
  const text = (await page.getByRole('article').innerText()).replaceAll(/\s+/g, ' ');
  for (const said of ['Có mặt trên số triệu tập 3/4 (75 %)', `Vắng có lý do (1) ${DEPUTY}`, REASON, GUEST])
    expect(text).toContain(said);
  // Both machines have sent all they had.
  expect(text).not.toContain('chưa gửi');
}

async function takeOutTheReport(page: Page): Promise<void> {
  await openTheConference(page);
  await page.getByRole('link', { name: 'Diễn biến', exact: true }).click();
  await expectPresent(page, 4);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Theo người · Excel' }).click(),
  ]);
  const read = await readRows(await readFile(await download.path()), download.suggestedFilename());
  if (!read.ok) throw new Error(read.reason);
  const rows: string[] = [];
  for await (const row of read.value.rows) rows.push(JSON.stringify(row));
  for (const name of [SECRETARY, HEAD, DEPUTY, NEIGHBOUR, GUEST])
    expect(rows.filter((row) => row.includes(name))).toHaveLength(1);
}
