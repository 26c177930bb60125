import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { api } from '../../domain/wire/api.ts';
import { testMachine } from '../machines.ts';
import { hostAt, newId, signIn, type SignedInClient, startTestServer } from '../server/harness.ts';
import {
  allSent,
  answer,
  choosePin,
  everythingKept,
  field,
  inStep,
  kept,
  listIsThere,
  pageIsKept,
  PIN,
  scan,
  setPin,
  typePin,
  pairPage,
} from './at-door.ts';
import { type Scene, setScene } from './scene.ts';
import {
  addAuthenticator,
  expectAccessible,
  expectNoSidewaysScroll,
  openDevice,
  openStage,
  pagesBuilt,
  type Stage,
  startMachine,
} from './stage.ts';

const GUEST = 'Phùng Thị Khách';
const UNIT = 'Báo Mây Ngàn';
const REASON = 'Con ốm nằm viện';

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
  scene = await setScene(stage.server, `mang${scenes}`);
  host = await signIn(stage.server, [hostAt(scene.conference, scene.commune)]);
});

const nameOf = (index: number) => scene.people[index]?.name ?? '';
const idOf = (index: number) => scene.people[index]?.id ?? '';

async function openDoor(look: Parameters<typeof openDevice>[2] = {}, who = host) {
  const device = await openDevice(stage, who, look);
  await device.page.goto('/');
  await pairPage(stage.server, scene.conference, scene.commune, device.page);
  await inStep(device.page);
  await listIsThere(device.page);
  return device;
}

async function ledgerOf(client: SignedInClient, { conference, session, commune: bridge }: Scene) {
  return (await client.call(api.events, { params: { conference, bridge, session } })).items;
}

async function addGuest(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Thêm khách' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Họ và tên').fill(GUEST);
  await dialog.getByLabel('Đơn vị').fill(UNIT);
  await dialog.getByRole('button', { name: 'Ghi khách' }).click();
  await answer(page).getByText(GUEST).waitFor();
}

async function excuse(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Việc khác với ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Ghi xin vắng' }).click();
  await page.getByRole('dialog').getByLabel('Lý do').fill(REASON);
  await page.getByRole('dialog').getByRole('button', { name: 'Ghi xin vắng' }).click();
  await answer(page).getByText(`Xin vắng: ${REASON}.`).waitFor();
}

/** Which of some texts lie on the disk under a folder, in UTF-8 or in UTF-16: databases of browsers write both. */
async function foundOnDisk(folder: string, texts: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name));
    for (const text of texts) {
      if (bytes.includes(text, 0, 'utf8') || bytes.includes(text, 0, 'utf16le')) found.add(text);
    }
  }
  return [...found];
}

/** The server has said that it stops, or the line broke before it could. */
const STOPPED = /Mất mạng\.|Máy chủ đang khởi động lại\./;

test('a whole morning without a server: browser closed, opened again from cold, unlocked, everything sent exactly once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'nhipcau-may-'));
  const data = await mkdtemp(join(tmpdir(), 'nhipcau-morning-'));
  let server = await startTestServer({ data, ...pagesBuilt() });
  const { port } = server;
  const own = await setScene(server, 'sang');
  const chair = await signIn(server, [hostAt(own.conference, own.commune)], 'Lò Văn Chủ');
  let machine = await startMachine(folder, server.url, chair);
  try {
    let { page } = machine;
    await page.goto('/');
    await pairPage(server, own.conference, own.commune, page);
    await inStep(page);
    await pageIsKept(page);
    await setPin(page);
    await page.getByRole('button', { name: 'Mở điểm cầu' }).click();
    await allSent(page, 1);

    await server.close();
    await page.getByText(STOPPED).waitFor();
    await scan(page, own.people[0]?.id ?? '');
    await answer(page).getByText('chờ xác nhận').waitFor();
    await scan(page, own.people[1]?.id ?? '');
    await addGuest(page);
    await excuse(page, own.people[4]?.name ?? '');
    await page.getByText('2/6 có mặt · 1 ngoài danh sách').waitFor();
    await page.getByText('4 lượt chờ gửi').waitFor();
    await machine.context.close();

    // The machine is off. What lies on its disk names nobody but whom it belongs to.
    const secret = [
      ...own.people.flatMap(({ name, position }) => [name, position]),
      GUEST,
      UNIT,
      REASON,
      PIN,
    ];
    // The name of the bridge shows that the search finds what is there in the open.
    expect(await foundOnDisk(folder, [...secret, 'Xã Đồng Ặng'])).toEqual(['Xã Đồng Ặng']);

    machine = await startMachine(folder, server.url, null);
    ({ page } = machine);
    await page.goto('/');
    await page.getByRole('heading', { name: 'Không nối được với máy chủ' }).waitFor();
    await expectAccessible(page);
    await page.getByText('4 chờ gửi').waitFor();
    await page.getByRole('link', { name: 'Xã Đồng Ặng' }).click();
    await page.getByText('4 lượt ghi đang chờ gửi').waitFor();
    expect(await page.locator('body').innerText()).not.toContain(own.people[0]?.name);
    await typePin(page, '918273');
    await page.getByText('Mã PIN chưa đúng.').waitFor();
    await typePin(page);
    await page.getByText('2/6 có mặt · 1 ngoài danh sách').waitFor();
    await page.getByText(GUEST).waitFor();
    await scan(page, own.people[2]?.id ?? '');
    await page.getByText('3/6 có mặt').waitFor();
    await page.getByText('Mất mạng. 5 lượt chờ gửi').waitFor();
    // No other page shows anything.
    await page.goto(`/conferences/${own.conference}/bridges`);
    await page.getByRole('heading', { name: 'Không nối được với máy chủ' }).waitFor();
    await page.goBack();
    await typePin(page);
    await page.getByText('3/6 có mặt').waitFor();

    server = await startTestServer({ data, port, ...pagesBuilt() });
    await inStep(page);
    const items = await ledgerOf(chair, own);
    const events = items.map((item) => item.event);
    expect(events.map(({ kind }) => kind)).toEqual([
      'open',
      'arrive',
      'arrive',
      'walk-in',
      'excuse',
      'arrive',
    ]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(6);
    expect(events).toContainEqual(expect.objectContaining({ name: GUEST, unit: UNIT }));
    expect(events).toContainEqual(expect.objectContaining({ reason: REASON }));
    await page.getByText('3/6 có mặt · 1 ngoài danh sách').waitFor();
    expect(await page.getByText('chờ xác nhận').count()).toBe(0);
    expect(machine.faults).toEqual([]);
  } finally {
    await machine.context.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
    await rm(data, { recursive: true, force: true });
  }
}, 120_000);

test('two machines of one bridge without a line see overlapping people; afterwards both agree, and what came to light is a note', async () => {
  const first = await openDoor();
  const second = await openDoor();
  for (const { context, page } of [first, second]) {
    await context.setOffline(true);
    await page.getByText('Mất mạng.').waitFor();
  }
  for (const index of [0, 1, 2]) await scan(first.page, idOf(index));
  for (const index of [3, 2, 1]) await scan(second.page, idOf(index));
  await first.page.getByText('3/6 có mặt').waitFor();
  await second.page.getByText('3/6 có mặt').waitFor();
  await first.page.getByText(/^Có mặt 3$/).click();
  const row = first.page
    .getByRole('group', { name: 'Danh sách đại biểu' })
    .getByRole('listitem')
    .filter({ hasText: nameOf(0) });
  await row.getByText('chờ xác nhận').waitFor();
  // Meanwhile somebody has been checked in at another bridge.
  const other = await signIn(stage.server, [hostAt(scene.conference, scene.otherCommune)]);
  const { conference, session, otherCommune: bridge } = scene;
  const event = {
    id: newId(),
    session,
    bridge,
    device: testMachine('may-khac').device,
    at: Date.now() - 60_000,
    offset: 0,
    kind: 'arrive',
    person: idOf(0),
    mode: 'in-person',
  };
  await other.call(api.record, {
    params: { conference, bridge },
    body: { session, bridge, language: 'vi', events: [event] },
  });
  // They have gone in by the time the line is back.
  await first.page.waitForTimeout(5500);
  await second.context.setOffline(false);
  await inStep(second.page);
  await first.context.setOffline(false);
  await inStep(first.page);
  await first.page.getByText('4/6 có mặt').waitFor();
  await second.page.getByText('4/6 có mặt').waitFor();

  const items = await ledgerOf(host, scene);
  expect(items.length).toBe(6);
  expect(new Set(items.map((item) => item.event.id)).size).toBe(6);
  const review = first.page.getByRole('region', { name: 'Cần xem lại' });
  await review.getByText(nameOf(0)).waitFor();
  await review.getByText('Có mặt ở hai điểm cầu').waitFor();
  await row.getByText('Có mặt ở hai điểm cầu').waitFor();
  expect(await first.page.getByText('Không ghi được').count()).toBe(0);
  expect(await first.page.getByText('chờ xác nhận').count()).toBe(0);
  await expectAccessible(first.page);
  await review.getByRole('button', { name: `Đã xem: ${nameOf(0)}` }).click();
  await review.waitFor({ state: 'detached' });
  expect(first.faults).toEqual([]);
});

test('what waits says how much and since when', async () => {
  const { page, context } = await openDoor();
  await page.clock.install();
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await scan(page, idOf(0));
  await page.getByText('Mất mạng. 1 lượt chờ gửi.').waitFor();
  await page.clock.fastForward('02:10:30');
  await page.getByText('1 lượt chờ gửi, lâu nhất 2 giờ 10 phút.').waitFor();
  expect(await kept(page)).toMatchObject([{ state: 'waiting' }]);
});

test('in the databases of the browser nobody has a name, before and after sending', async () => {
  const { page, context } = await openDoor();
  await setPin(page);
  await scan(page, idOf(0));
  await allSent(page, 1);
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await addGuest(page);
  await excuse(page, nameOf(4));
  // Also what is shown without being asked for: the list as it is by now.
  await page.waitForTimeout(2500);
  const before = await everythingKept(page);
  expect(before).toMatch(/rosters: 1 /);
  expect(before).toMatch(/events: 3 /);
  await context.setOffline(false);
  await inStep(page);
  const after = await everythingKept(page);
  for (const all of [before, after]) {
    for (const { name, position } of scene.people) {
      expect(all).not.toContain(name);
      expect(all).not.toContain(position);
    }
    for (const text of [GUEST, UNIT, REASON, PIN]) expect(all).not.toContain(text);
  }
  expect((await ledgerOf(host, scene)).map((item) => item.event)).toContainEqual(
    expect.objectContaining({ name: GUEST }),
  );
});

test('a PIN that is guessed first is not taken; wrong ones slow down, also after a reload', async () => {
  const { page, faults } = await openDoor();
  await page.getByRole('button', { name: 'Đặt mã PIN' }).first().click();
  await choosePin(page, '12345');
  await page.getByText('Mã PIN cần ít nhất 6 chữ số.').waitFor();
  await choosePin(page, '123456');
  await page.getByText('Mã này quá dễ đoán.').waitFor();
  await choosePin(page, PIN, '802618');
  await page.getByText('Hai lần nhập chưa giống nhau.').waitFor();
  await expectAccessible(page);
  await choosePin(page, PIN);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.reload();
  for (let attempt = 0; attempt < 3; attempt++) {
    await typePin(page, `90817${attempt}`);
    await page.getByText('Mã PIN chưa đúng.').waitFor();
  }
  await typePin(page);
  await page.getByText(/Hãy thử lại sau \d+ giây\./).waitFor();
  await expectAccessible(page);
  await page.getByText(/Hãy thử lại sau/).waitFor({ state: 'detached' });
  await typePin(page, '908179');
  await page.getByText('Mã PIN chưa đúng.').waitFor();
  await page.reload();
  await typePin(page);
  await page.getByText(/Hãy thử lại sau 1?\d giây\./).waitFor();
  await page.getByText(/Hãy thử lại sau/).waitFor({ state: 'detached' });
  await typePin(page);
  await inStep(page);
  expect(faults).toEqual([]);
});

test('a PIN that was forgotten costs the list and no entry; the old one still opens what was written under it', async () => {
  const { page, context } = await openDoor();
  await setPin(page);
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await scan(page, idOf(0));
  await addGuest(page);
  await context.setOffline(false);
  await inStep(page);
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await scan(page, idOf(1));
  await addGuest(page);
  await pageIsKept(page);
  await page.reload();
  await page.getByText('2 lượt ghi đang chờ gửi').waitFor();
  await page.getByRole('button', { name: 'Quên mã PIN?' }).click();
  await page.getByRole('dialog').getByText('Các lượt ghi đang chờ vẫn được giữ và gửi đi.').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Xoá danh sách, đặt mã mới' }).click();
  await page.getByRole('alert').getByText('Không nối được với máy chủ.').waitFor();
  expect(await everythingKept(page)).toMatch(/rosters: 0 /);

  await context.setOffline(false);
  // The list is loaded anew; ids and codes are sent; the guest's name waits for its PIN.
  await page.getByText('2/6 có mặt').waitFor();
  await page.getByText('1 lượt có tên khách hoặc lý do còn khoá bằng mã PIN cũ').waitFor();
  await page.getByText('Đã nối · 1 chờ gửi').waitFor();
  expect((await ledgerOf(host, scene)).length).toBe(3);
  await page.getByRole('button', { name: 'Nhập mã PIN cũ' }).click();
  await typePin(page);
  await inStep(page);
  const events = (await ledgerOf(host, scene)).map((item) => item.event);
  expect(events.map(({ kind }) => kind)).toEqual(['arrive', 'walk-in', 'arrive', 'walk-in']);
  expect(events.at(-1)).toMatchObject({ name: GUEST });
});

test('where nobody remembers the old PIN, guests are sent without their names rather than not at all', async () => {
  const { page, context } = await openDoor();
  await setPin(page);
  await pageIsKept(page);
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await addGuest(page);
  await page.reload();
  await page.getByRole('button', { name: 'Quên mã PIN?' }).click();
  await page.getByRole('button', { name: 'Xoá danh sách, đặt mã mới' }).click();
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Gửi không kèm tên và lý do' }).click();
  await page.getByRole('dialog').getByText('Số người vẫn được tính.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Gửi không kèm tên và lý do' }).click();
  await inStep(page);
  const [item] = await ledgerOf(host, scene);
  expect(item?.event).toMatchObject({ kind: 'walk-in', name: '(mất vì quên mã PIN)', unit: '' });
});

test('signing out locks and forgets the list, never what waits; another account on the machine sees none of it', async () => {
  const { page, context } = await openDoor();
  await setPin(page);
  // The server is reached, and takes no entries.
  await page.route('**/attendance', (route) => route.abort());
  await context.route('**/attendance', (route) => route.abort());
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await scan(page, idOf(0));
  await answer(page).getByText(nameOf(0)).waitFor();
  const params = { conference: scene.conference, bridge: scene.commune };
  expect(await kept(page)).toMatchObject([{ state: 'waiting' }]);
  // The sign-in ends on the server, and somebody else works at this machine.
  await host.call(api.signOut, {});
  const other = await signIn(stage.server, [hostAt(scene.conference, scene.commune)], 'Sùng Thị Khác');
  await context.setOffline(false);
  await page.getByText('Phiên đăng nhập đã hết. Vẫn điểm danh được; 1 lượt chờ gửi').waitFor();
  await expectAccessible(page);
  const [name = '', value = ''] = other.cookie.split('=');
  await context.addCookies([{ name, value, url: stage.server.url }]);
  await page.evaluate(() => localStorage.removeItem('account'));
  await page.goto('/');
  await inStep(page);
  await page.getByText('0/6 có mặt').waitFor();
  await page.getByText('Chưa có mã PIN').waitFor();
  await page.getByText(/Khi mất mạng/).click();
  await page.getByText('Còn 1 lượt chờ gửi của người khác đã dùng máy này.').waitFor();
  expect(await other.call(api.events, { params: { ...params, session: scene.session } })).toMatchObject({
    items: [],
  });

  await page.getByRole('button', { name: /^Tài khoản/ }).click();
  await page.getByRole('menuitem', { name: 'Đăng xuất' }).click();
  await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
  // Of the one who signed out nothing is left; what the other wrote down still waits.
  expect(await kept(page)).toMatchObject([{ state: 'waiting' }]);
});

test('a passkey opens the list without a PIN', async () => {
  const url = stage.server.url.replace('127.0.0.1', 'localhost');
  const device = await openDevice({ ...stage, server: { ...stage.server, url } }, host);
  const { page, context } = device;
  await addAuthenticator(page, { ctap2Version: 'ctap2_1', hasPrf: true });
  await page.goto(url);
  await pairPage(stage.server, scene.conference, scene.commune, page);
  await inStep(page);
  await pageIsKept(page);
  await page.getByRole('button', { name: 'Đặt mã PIN' }).first().click();
  await page.getByRole('button', { name: 'Dùng khoá truy cập' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText('Chưa có mã PIN').waitFor({ state: 'detached' });
  await scan(page, idOf(0));
  await allSent(page, 1);
  await page.waitForTimeout(2500);
  await context.setOffline(true);
  await page.reload();
  await page.getByRole('button', { name: 'Mở bằng khoá truy cập' }).waitFor();
  expect(await page.getByLabel('Mã PIN của máy này').count()).toBe(0);
  await page.getByRole('button', { name: 'Mở bằng khoá truy cập' }).click();
  await page.getByText('1/6 có mặt').waitFor();
  // A PIN beside it: either opens.
  await page.getByText(/Khi mất mạng/).click();
  await page.getByRole('button', { name: 'Đổi cách mở khoá' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Mở bằng khoá truy cập' }).click();
  await choosePin(page, PIN);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.reload();
  await typePin(page);
  await page.getByText('1/6 có mặt').waitFor();
  expect(device.faults).toEqual([]);
});

test('a key that gives no secret is said to be of no use here, and the PIN still is', async () => {
  const url = stage.server.url.replace('127.0.0.1', 'localhost');
  const { page, faults } = await openDevice({ ...stage, server: { ...stage.server, url } }, host);
  await addAuthenticator(page);
  await page.goto(url);
  await pairPage(stage.server, scene.conference, scene.commune, page);
  await inStep(page);
  await page.getByRole('button', { name: 'Đặt mã PIN' }).first().click();
  await page.getByRole('button', { name: 'Dùng khoá truy cập' }).click();
  await page.getByText('Hãy dùng mã PIN.').waitFor();
  await choosePin(page, PIN);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
});

test('a machine that was revoked forgets the people at once, says so, and its entries are delivered', async () => {
  const { page, context } = await openDoor();
  await setPin(page);
  await pageIsKept(page);
  await scan(page, idOf(0));
  await allSent(page, 1);
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await scan(page, idOf(1));
  await page.getByText('Mất mạng. 1 lượt chờ gửi').waitFor();
  const organizer = await signIn(stage.server);
  const { conference, commune: bridge } = scene;
  const device = await page.evaluate(() => localStorage.getItem('device') ?? '');
  const params = { conference, bridge, device };
  await organizer.call(api.revokeDevice, { params, body: { reason: 'Máy bị mất' } });
  await context.setOffline(false);
  await page.getByText('Máy này đã bị thu hồi quyền điểm danh tại điểm cầu này.').waitFor();
  await page.getByText('1 lượt của máy này đã gửi và đang chờ ban tổ chức xét duyệt.').waitFor();
  await expectAccessible(page);
  const shown = await page.locator('body').innerText();
  for (const { name } of scene.people) expect(shown).not.toContain(name);
  expect(await everythingKept(page)).toMatch(/rosters: 0 /);
  expect((await kept(page)).map(({ state }) => state)).toEqual(['done', 'quarantined']);
  expect((await ledgerOf(host, scene)).length).toBe(1);

  // It stays so without a line, and ends when the machine is let back in.
  await context.setOffline(true);
  await page.reload();
  await typePin(page);
  await page.getByText('Máy này đã bị thu hồi quyền điểm danh tại điểm cầu này.').waitFor();
  await organizer.call(api.restoreDevice, { params, body: { reason: 'Đã tìm thấy máy' } });
  await context.setOffline(false);
  await page.getByText('1/6 có mặt').waitFor();
});

test('the door keeps the last head that it was given, and says when the server tells another history', async () => {
  const { page, context } = await openDoor();
  await scan(page, idOf(0));
  await allSent(page, 1);
  const [first] = await receipts(page);
  expect(first).toMatchObject({ place: 1 });
  await page.getByText(/Khi mất mạng/).click();
  const short = `1 · ${first?.hash.slice(0, 4)} ${first?.hash.slice(4, 8)}`;
  await page.getByText(short).waitFor();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Sao chép' }).click();
  await page.getByText('Đã chép').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(`${scene.commune}:1:${first?.hash}`);
  await expectAccessible(page);

  // A server that has lost its last entries and goes on as if they had never been.
  await page.evaluate(forgeHead);
  await scan(page, idOf(1));
  await page.getByText('Sổ trên máy chủ không khớp với biên nhận mà máy này giữ.').waitFor();
});

/** The receipts that lie on this machine, in the order of their places. */
async function receipts(page: Page): Promise<readonly { place: number; hash: string }[]> {
  const events = (await kept(page)) as unknown as { receipt: { place: number; hash: string } }[];
  return events.map(({ receipt }) => receipt);
}

/** Runs in the page. Another head at the next place than the server is going to give. */
function forgeHead(): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('nhipcau-door');
    opening.addEventListener('success', () => {
      const change = opening.result.transaction('heads', 'readwrite');
      const heads = change.objectStore('heads');
      const all = heads.getAll();
      all.addEventListener('success', () => {
        heads.put({ ...(all.result as object[])[0], place: 2, hash: 'f'.repeat(64) });
      });
      change.addEventListener('complete', () => {
        opening.result.close();
        resolve();
      });
      change.addEventListener('error', () => reject(change.error));
    });
  });
}

test('two tabs send what waits once, and both know it', async () => {
  const { page, context } = await openDoor();
  const second = await context.newPage();
  await second.goto(page.url());
  await inStep(second);
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  for (const index of [0, 1, 2]) await scan(page, idOf(index));
  await addGuest(page);
  await second.getByText('3/6 có mặt · 1 ngoài danh sách').waitFor();
  await context.setOffline(false);
  for (const tab of [page, second]) {
    await inStep(tab);
    await tab.getByText('3/6 có mặt · 1 ngoài danh sách').waitFor();
    await tab.getByText(GUEST).last().waitFor();
  }
  expect((await ledgerOf(host, scene)).length).toBe(4);
});

test.each([
  ['light', false],
  ['dark', true],
] as const)(
  'lock, setting of the PIN and details pass the accessibility rules in %s and fit 360 px',
  async (_, dark) => {
    const { page, context, faults } = await openDoor({ width: 360, height: 740, dark });
    const shots = process.env['SHOTS'];
    const shoot = async (name: string) => {
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      if (shots !== undefined)
        await page.screenshot({ path: join(shots, `${name}-${_}.png`), fullPage: true });
    };
    await shoot('no-vault');
    await page.getByRole('button', { name: 'Đặt mã PIN' }).first().click();
    await shoot('set-pin');
    await choosePin(page, PIN);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await pageIsKept(page);
    await page.getByText(/Khi mất mạng|Sẵn sàng/).click();
    await shoot('details');
    await context.setOffline(true);
    await page.getByText('Mất mạng.').waitFor();
    await field(page).fill('do van on');
    await page.keyboard.press('Enter');
    await addGuest(page);
    await scan(page, idOf(0));
    await answer(page).getByText('chờ xác nhận').waitFor();
    await page.getByText(/^Có mặt 2$/).click();
    await shoot('kept');
    await page.reload();
    await page.getByRole('button', { name: 'Mở khoá', exact: true }).waitFor();
    await shoot('locked');
    await page.goto('/');
    await page.getByRole('heading', { name: 'Không nối được với máy chủ' }).waitFor();
    await shoot('offline-start');
    expect(faults).toEqual([]);
  },
);
