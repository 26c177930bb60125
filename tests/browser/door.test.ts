import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { api } from '../../domain/wire/api.ts';
import { testMachine } from '../machines.ts';
import { hostAt, newId, signIn, type SignedInClient } from '../server/harness.ts';
import {
  allSent,
  answer,
  field,
  inStep,
  kept,
  pageIsKept,
  setPin,
  typePin,
  listIsThere,
  pairPage,
} from './at-door.ts';
import { type Scene, setScene } from './scene.ts';
import { expectAccessible, expectNoSidewaysScroll, openDevice, openStage, type Stage } from './stage.ts';

let stage: Stage;
let scene: Scene;
let host: SignedInClient;
let scenes = 0;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(async () => {
  scenes += 1;
  scene = await setScene(stage.server, `canh${scenes}`);
  host = await signIn(stage.server, [hostAt(scene.conference, scene.commune)]);
});

const nameOf = (index: number) => scene.people[index]?.name ?? '';
const idOf = (index: number) => scene.people[index]?.id ?? '';

async function openDoor(context?: Parameters<typeof openDevice>[2]) {
  const device = await openDevice(stage, host, context);
  await device.page.goto('/');
  await pairPage(stage.server, scene.conference, scene.commune, device.page);
  await device.page.getByRole('heading', { level: 1, name: /Xã Đồng Ặng/ }).waitFor();
  await device.page.getByText('Đã nối · 0 chờ gửi').waitFor();
  await listIsThere(device.page);
  return device;
}

/** What the ledger holds for the commune, in the order of receipt. */
async function ledger() {
  const params = { conference: scene.conference, bridge: scene.commune, session: scene.session };
  return (await host.call(api.events, { params })).items.map((item) => item.event);
}

/** Another machine at the same door records something; a minute ago, where nothing else is said. */
async function record(happening: Record<string, unknown>): Promise<void> {
  const { conference, session, commune: bridge } = scene;
  const made = {
    id: newId(),
    session,
    bridge,
    device: testMachine('may-khac').device,
    at: Date.now() - 60_000,
    offset: 0,
  };
  const body = { session, bridge, language: 'vi' as const, events: [{ ...made, ...happening }] };
  const { items } = await host.call(api.record, { params: { conference, bridge }, body });
  expect(items.map(({ outcome }) => outcome)).toEqual(['recorded']);
}

test('a host whose only work is one door lands on it, opens it and checks in by a name without marks', async () => {
  const { page, faults } = await openDoor();
  expect(new URL(page.url()).pathname).toBe(`/door/${scene.conference}/${scene.session}/${scene.commune}`);
  await page.getByRole('button', { name: 'Mở điểm cầu' }).click();
  await page.getByText('đã mở', { exact: true }).waitFor();
  await field(page).fill('do van on');
  await page.keyboard.press('Enter');
  await answer(page).getByText('Đỗ Văn Ổn').waitFor();
  await answer(page)
    .getByText(/Có mặt\. Vừa điểm danh lúc \d\d:\d\d:\d\d\./)
    .waitFor();
  await page.getByText('1/6 có mặt').waitFor();
  await page.getByText('Đã nối · 0 chờ gửi').waitFor();
  expect((await ledger()).map((event) => event.kind)).toEqual(['open', 'arrive']);
  expect(faults).toEqual([]);
});

test('a hand scanner is heard from anywhere on the page, and a second scan says when the first was', async () => {
  const { page } = await openDoor();
  await page.locator('body').click({ position: { x: 3, y: 300 } });
  await page.keyboard.type(idOf(0));
  await page.keyboard.press('Enter');
  await answer(page).getByText(nameOf(0)).waitFor();
  await page.keyboard.type(idOf(0));
  await page.keyboard.press('Enter');
  await answer(page).getByText('Đã điểm danh rồi.').waitFor();
  expect(await answer(page).textContent()).toMatch(/lúc \d\d:\d\d/);
  await page.getByText('1/6 có mặt').waitFor();
  // Set, never toggle; and every scan is recorded.
  await allSent(page, 2);
  expect((await ledger()).length).toBe(2);
});

test('among several who match nobody is taken by accident; the arrows choose', async () => {
  const { page } = await openDoor();
  await field(page).fill('tran thi');
  await page.keyboard.press('Enter');
  await page.getByText('2 người khớp.').waitFor();
  expect(await ledger()).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await answer(page).getByText('Trần Thị Hoan').waitFor();
  await page.getByText('1/6 có mặt').waitFor();
});

test('a code that no list knows is recorded and said to be so', async () => {
  const { page } = await openDoor();
  await page.keyboard.type('LA999888');
  await page.keyboard.press('Enter');
  await answer(page).getByText('Chưa có trong danh sách, đã ghi lại.').waitFor();
  await allSent(page, 1);
  expect((await ledger()).map((event) => event.kind)).toEqual(['arrive']);
});

test('the ledger has the last word: who is here by another device is amber, leaving twice needs a look', async () => {
  const { page, context } = await openDoor();
  await offline(context, true);
  await page.getByText('Mất mạng.').waitFor();
  await record({ kind: 'arrive', person: idOf(0), mode: 'in-person' });
  await page.keyboard.type(idOf(0));
  await page.keyboard.press('Enter');
  await answer(page).getByText('Đã ghi trên máy này. Vừa điểm danh').waitFor();
  await answer(page).getByText('chờ xác nhận').waitFor();
  expect(await answer(page).getAttribute('data-kind')).toBe('kept');
  await offline(context, false);
  await answer(page).getByText('Đã điểm danh rồi. Đã điểm danh lúc').waitFor();
  expect(await answer(page).getAttribute('data-kind')).toBe('again');

  await page.getByText('Đã nối · 0 chờ gửi').waitFor();
  await page.getByText('1/6 có mặt').waitFor();
  await offline(context, true);
  await page.getByText('Mất mạng.').waitFor();
  await record({ kind: 'leave', person: idOf(0), at: Date.now() });
  await page.getByText(/^Có mặt 1$/).click();
  await page.getByRole('button', { name: `Việc khác với ${nameOf(0)}` }).click();
  await page.getByRole('menuitem', { name: 'Ghi đã về' }).click();
  await answer(page).getByText('Đã ghi trên máy này. Đã về lúc').waitFor();
  await offline(context, false);
  await answer(page).getByText('Cần xem lại. Đã ghi lại.').waitFor();
  expect(await answer(page).getAttribute('data-kind')).toBe('look');
});

test('an event that the ledger refuses is said at once, stays in sight until it is read, and survives a reload', async () => {
  const { page, context, faults } = await openDoor();
  await offline(context, true);
  await page.getByText('Mất mạng.').waitFor();
  await page.keyboard.type(idOf(1));
  await page.keyboard.press('Enter');
  await answer(page).getByText(nameOf(1)).waitFor();
  const [waiting] = await kept(page);
  // Another machine has used the same id for somebody else.
  await record({ kind: 'arrive', person: idOf(2), mode: 'in-person', id: waiting?.id ?? '' });
  await offline(context, false);
  await answer(page).getByText('Không ghi được.').waitFor();
  expect(await answer(page).getAttribute('data-kind')).toBe('refused');
  expect(await answer(page).getByRole('button', { name: 'Hoàn tác' }).count()).toBe(0);
  const refused = page
    .getByRole('alert')
    .getByRole('listitem')
    .filter({ hasText: nameOf(1) });
  await refused.waitFor();
  await page.getByText('1/6 có mặt').waitFor();
  await expectAccessible(page);

  await page.reload();
  await refused.waitFor();
  expect((await kept(page)).map(({ state }) => state)).toEqual(['refused']);
  await refused.getByRole('button').click();
  await refused.waitFor({ state: 'detached' });
  expect((await ledger()).map((event) => 'person' in event && event.person)).toEqual([idOf(2)]);
  expect(faults).toEqual([]);
});

test('a second device at the same door sees who was checked in, and undoes it with a reason', async () => {
  const first = await openDoor();
  const second = await openDoor();
  await field(first.page).fill('nguyen thi anh');
  await first.page.keyboard.press('Enter');
  await second.page.getByText('1/6 có mặt').waitFor();
  await second.page.getByText(/^Có mặt 1$/).click();
  await second.page.getByRole('button', { name: 'Việc khác với Nguyễn Thị Ánh' }).click();
  await second.page.getByRole('menuitem', { name: 'Hoàn tác' }).click();
  await second.page.getByRole('button', { name: 'Nhầm người' }).click();
  await second.page.getByText('0/6 có mặt').waitFor();
  await first.page.getByText('0/6 có mặt').waitFor();
  expect((await ledger()).map((event) => event.kind)).toEqual(['arrive', 'void']);
});

test('a list that was under way while somebody checked in still tells of those before them', async () => {
  const { page, context } = await openDoor();
  await offline(context, true);
  await page.getByText('Mất mạng.').waitFor();
  await record({ kind: 'arrive', person: idOf(0), mode: 'in-person' });
  const read = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  await page.route('**/door?limit=1000*', async (route) => {
    const response = await route.fetch();
    read.resolve();
    await held.promise;
    await route.fulfill({ response });
  });
  await offline(context, false);
  await read.promise;
  await record({ kind: 'arrive', person: idOf(1), mode: 'in-person' });
  await page.getByText('1/6 có mặt').waitFor();
  held.resolve();
  await page.getByText('2/6 có mặt').waitFor();
  expect((await ledger()).map((event) => event.kind)).toEqual(['arrive', 'arrive']);
});

test('guests, excuses, leaving and head counts are written down', async () => {
  const { page } = await openDoor();
  await page.getByRole('button', { name: 'Mở điểm cầu' }).click();
  await page.getByRole('button', { name: 'Thêm khách' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Họ và tên').fill('Vũ Thị Khách');
  await dialog.getByLabel('Đơn vị').fill('Báo Mây Ngàn');
  await dialog.getByRole('button', { name: 'Ghi khách' }).click();
  await page.getByText('0/6 có mặt · 1 ngoài danh sách').waitFor();

  await page.getByRole('button', { name: `Việc khác với ${nameOf(4)}` }).click();
  await page.getByRole('menuitem', { name: 'Ghi xin vắng' }).click();
  await page.getByRole('button', { name: 'Công tác khác' }).click();
  await answer(page).getByText('Xin vắng: Công tác khác.').waitFor();

  await page.getByRole('button', { name: `Điểm danh ${nameOf(5)}` }).click();
  await page.getByText('1/6 có mặt').waitFor();
  await page.getByText(/^Có mặt 1$/).click();
  await page.getByRole('button', { name: `Việc khác với ${nameOf(5)}` }).click();
  await page.getByRole('menuitem', { name: 'Ghi đã về' }).click();
  await page.getByText('0/6 có mặt').waitFor();

  await page.getByRole('button', { name: 'Đếm số người' }).click();
  const more = page.getByRole('button', { name: 'Thêm một: Đảng viên' });
  for (let tap = 0; tap < 3; tap++) await more.click();
  await page.getByText('Cả điểm cầu: 3').waitFor();
  const kinds = (await ledger()).map((event) => event.kind);
  expect(kinds).toEqual(['open', 'walk-in', 'excuse', 'arrive', 'leave', 'count']);

  await page.getByRole('button', { name: 'Đóng điểm cầu' }).click();
  await page.getByText('Còn 4 người chưa điểm danh.').waitFor();
  await page.getByRole('button', { name: 'Đóng sổ' }).click();
  await page.getByText('Điểm cầu đã đóng sổ.').waitFor();
});

async function offline(context: BrowserContext, off: boolean): Promise<void> {
  await context.setOffline(off);
}

test('without a line everything goes on, survives a reload, and is sent once when the line is back', async () => {
  const { page, context } = await openDoor();
  await pageIsKept(page);
  await page.reload();
  await inStep(page);
  await setPin(page);

  await offline(context, true);
  await page.getByText('Mất mạng.').waitFor();
  for (const index of [0, 1, 2]) {
    await page.keyboard.type(idOf(index));
    await page.keyboard.press('Enter');
    await answer(page).getByText(nameOf(index)).waitFor();
  }
  const waiting = page.getByText('Mất mạng. 3 lượt chờ gửi. Đang lưu trên máy này, sẽ tự gửi khi có mạng.');
  await waiting.waitFor();
  expect(await ledger()).toEqual([]);

  await page.reload();
  await typePin(page);
  await page.getByRole('heading', { level: 1, name: /Xã Đồng Ặng/ }).waitFor();
  await page.getByText('3/6 có mặt').waitFor();
  await waiting.waitFor();

  await offline(context, false);
  await inStep(page);
  const events = await ledger();
  expect(events.map((event) => event.kind)).toEqual(['arrive', 'arrive', 'arrive']);
  expect(new Set(events.map((event) => event.id)).size).toBe(3);
  await page.getByText('3/6 có mặt').waitFor();
});

test('the page settles its own entries by itself: the server is asked for the list once, and not again', async () => {
  const device = await openDoor();
  const asked: string[] = [];
  device.page.on('request', (request) => {
    if (/\/door\?/.test(request.url())) asked.push(request.url());
  });
  const { page } = device;
  await page.goto('/');
  await inStep(page);
  await page.getByRole('button', { name: 'Mở điểm cầu' }).click();
  await page.getByText('đã mở', { exact: true }).waitFor();
  await page.keyboard.type(idOf(0));
  await page.keyboard.press('Enter');
  await page.getByText('1/6 có mặt').waitFor();
  await page.getByRole('button', { name: 'Thêm khách' }).click();
  await page.getByRole('dialog').getByLabel('Họ và tên').fill('Vũ Thị Khách');
  await page.getByRole('button', { name: 'Ghi khách' }).click();
  await page.getByText('1/6 có mặt · 1 ngoài danh sách').waitFor();
  await page.getByRole('button', { name: 'Đếm số người' }).click();
  await page.getByRole('button', { name: 'Thêm một: Đảng viên' }).click();
  await page.getByText('Cả điểm cầu: 1').waitFor();
  await allSent(page, 4);
  await page.waitForTimeout(1500);
  expect(asked.length).toBe(1);
});

test('a line that comes back brings the list again only where somebody else changed something', async () => {
  const { page, context } = await openDoor();
  const asked: string[] = [];
  page.on('request', (request) => {
    if (/\/door\?/.test(request.url())) asked.push(request.url());
  });
  await offline(context, true);
  await page.getByText('Mất mạng.').waitFor();
  await offline(context, false);
  await inStep(page);
  // Longer than the lists of a whole country are spread over.
  await page.waitForTimeout(4000);
  expect(asked).toEqual([]);
  await offline(context, true);
  await page.getByText('Mất mạng.').waitFor();
  await record({ kind: 'arrive', person: idOf(0), mode: 'in-person' });
  await offline(context, false);
  await page.getByText('1/6 có mặt').waitFor();
  expect(asked.length).toBe(1);
});

test('a closed book opens again by taking back its close', async () => {
  const { page } = await openDoor();
  await page.getByRole('button', { name: 'Mở điểm cầu' }).click();
  await page.getByRole('button', { name: 'Đóng điểm cầu' }).click();
  await page.getByRole('button', { name: 'Đóng sổ' }).click();
  await page.getByText('Điểm cầu đã đóng sổ.').waitFor();
  await allSent(page, 2);
  await page.getByRole('button', { name: 'Mở lại' }).click();
  await page.getByText('đã mở', { exact: true }).waitFor();
  await allSent(page, 3);
  // The server says so too.
  await page.reload();
  await page.getByText('đã mở', { exact: true }).waitFor();
  expect((await ledger()).map((event) => event.kind)).toEqual(['open', 'close', 'void']);
});

test('signing out with entries that wait says so, keeps them, and does not pretend without a line', async () => {
  const { page, context } = await openDoor();
  await offline(context, true);
  await page.getByText('Mất mạng.').waitFor();
  await page.keyboard.type(idOf(3));
  await page.keyboard.press('Enter');
  await answer(page).getByText(nameOf(3)).waitFor();
  await page.getByRole('button', { name: /^Tài khoản/ }).click();
  await page.getByRole('menuitem', { name: 'Đăng xuất' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Còn 1 lượt điểm danh chưa gửi.').waitFor();
  await dialog.getByRole('button', { name: 'Đăng xuất' }).click();
  await dialog.getByText('Không nối được với máy chủ.').waitFor();
  await dialog.getByRole('button', { name: 'Thôi' }).click();
  await page.getByText('1/6 có mặt').waitFor();
  await offline(context, false);
  await allSent(page, 1);
  expect((await ledger()).length).toBe(1);
});

test.each([
  ['light', false],
  ['dark', true],
] as const)('the door passes the accessibility rules in %s and fits a phone of 360 px', async (_, dark) => {
  const { page, faults } = await openDoor({ dark });
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Mở điểm cầu' }).click();
  await page.keyboard.type(idOf(0));
  await page.keyboard.press('Enter');
  await answer(page).getByText(nameOf(0)).waitFor();
  await field(page).fill('th');
  await page.getByRole('listbox').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Đếm số người' }).click();
  await page.getByRole('button', { name: 'Thêm khách' }).click();
  await page.getByRole('dialog').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectAccessible(page);
  expect(faults).toEqual([]);
});

test('every target of the door is at least 44 px high on a phone', async () => {
  const { page } = await openDoor({ width: 360, height: 740 });
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, a, input:not([type=radio])')]
      .map((target) => ({
        name: target.textContent || target.ariaLabel,
        box: target.getBoundingClientRect(),
      }))
      .filter(({ box }) => box.width > 0 && box.height < 43.5)
      .map(({ name, box }) => `${name} ${box.height}`),
  );
  expect(small).toEqual([]);
});
