import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { api } from '../../domain/wire/api.ts';
import { testMachine } from '../machines.ts';
import { hostAt, newId, signIn, startTestServer, type SignedInClient } from '../server/harness.ts';
import {
  addGuest,
  allSent,
  answer,
  excuse,
  GUEST,
  inStep,
  kept,
  pageIsKept,
  pairPage,
  PIN,
  REASON,
  scan,
  setPin,
  typePin,
  UNIT,
} from './at-door.ts';
import { doorScenes } from './door-scene.ts';
import { type Scene, setScene } from './scene.ts';
import { expectAccessible, pagesBuilt, startMachine } from './stage.ts';

const at = doorScenes('mang');

/** The server has said that it stops, or the line broke before it could. */
const STOPPED = /Mất mạng\.|Máy chủ đang khởi động lại\./;

async function ledgerOf(client: SignedInClient, { conference, session, commune: bridge }: Scene) {
  return (await client.call(api.events, { params: { conference, bridge, session } })).items;
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
  const first = await at.openDoor();
  const second = await at.openDoor();
  await first.page.clock.install();
  for (const { context, page } of [first, second]) {
    await context.setOffline(true);
    await page.getByText('Mất mạng.').waitFor();
  }
  for (const index of [0, 1, 2]) await scan(first.page, at.idOf(index));
  for (const index of [3, 2, 1]) await scan(second.page, at.idOf(index));
  await first.page.getByText('3/6 có mặt').waitFor();
  await second.page.getByText('3/6 có mặt').waitFor();
  await first.page.getByText(/^Có mặt 3$/).click();
  const row = first.page
    .getByRole('group', { name: 'Danh sách đại biểu' })
    .getByRole('listitem')
    .filter({ hasText: at.nameOf(0) });
  await row.getByText('chờ xác nhận').waitFor();
  // Meanwhile somebody has been checked in at another bridge.
  const other = await signIn(at.stage.server, [hostAt(at.scene.conference, at.scene.otherCommune)]);
  const { conference, session, otherCommune: bridge } = at.scene;
  const event = {
    id: newId(),
    session,
    bridge,
    device: testMachine('may-khac').device,
    at: Date.now() - 60_000,
    offset: 0,
    kind: 'arrive',
    person: at.idOf(0),
    mode: 'in-person',
  };
  await other.call(api.record, {
    params: { conference, bridge },
    body: { session, bridge, language: 'vi', events: [event] },
  });
  // They have gone in by the time the line is back.
  await first.page.clock.fastForward(6000);
  await second.context.setOffline(false);
  await inStep(second.page);
  await first.context.setOffline(false);
  await inStep(first.page);
  await first.page.getByText('4/6 có mặt').waitFor();
  await second.page.getByText('4/6 có mặt').waitFor();

  const items = await at.ledger();
  expect(items.length).toBe(6);
  expect(new Set(items.map(({ id }) => id)).size).toBe(6);
  const review = first.page.getByRole('region', { name: 'Cần xem lại' });
  await review.getByText(at.nameOf(0)).waitFor();
  await review.getByText('Có mặt ở hai điểm cầu').waitFor();
  await row.getByText('Có mặt ở hai điểm cầu').waitFor();
  expect(await first.page.getByText('Không ghi được').count()).toBe(0);
  expect(await first.page.getByText('chờ xác nhận').count()).toBe(0);
  await expectAccessible(first.page);
  await review.getByRole('button', { name: `Đã xem: ${at.nameOf(0)}` }).click();
  await review.waitFor({ state: 'detached' });
  expect(first.faults).toEqual([]);
});

test('what waits says how much and since when', async () => {
  const { page, context } = await at.openDoor();
  await page.clock.install();
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await scan(page, at.idOf(0));
  await page.getByText('Mất mạng. 1 lượt chờ gửi.').waitFor();
  await page.clock.fastForward('02:10:30');
  await page.getByText('1 lượt chờ gửi, lâu nhất 2 giờ 10 phút.').waitFor();
  expect(await kept(page)).toMatchObject([{ state: 'waiting' }]);
});

test('signing out locks and forgets the list, never what waits; another account on the machine sees none of it', async () => {
  const { page, context } = await at.openDoor();
  await setPin(page);
  // The server is reached, and takes no entries.
  await page.route('**/attendance', (route) => route.abort());
  await context.route('**/attendance', (route) => route.abort());
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await scan(page, at.idOf(0));
  await answer(page).getByText(at.nameOf(0)).waitFor();
  const params = { conference: at.scene.conference, bridge: at.scene.commune };
  expect(await kept(page)).toMatchObject([{ state: 'waiting' }]);
  // The sign-in ends on the server, and somebody else works at this machine.
  await at.host.call(api.signOut, {});
  const other = await signIn(
    at.stage.server,
    [hostAt(at.scene.conference, at.scene.commune)],
    'Sùng Thị Khác',
  );
  await context.setOffline(false);
  await page.getByText('Phiên đăng nhập đã hết. Vẫn điểm danh được; 1 lượt chờ gửi').waitFor();
  await expectAccessible(page);
  const [name = '', value = ''] = other.cookie.split('=');
  await context.addCookies([{ name, value, url: at.stage.server.url }]);
  await page.evaluate(() => localStorage.removeItem('account'));
  await page.goto('/');
  await inStep(page);
  await page.getByText('0/6 có mặt').waitFor();
  await page.getByText('Chưa có mã PIN').waitFor();
  await page.getByText(/Khi mất mạng/).click();
  await page.getByText('Còn 1 lượt chờ gửi của người khác đã dùng máy này.').waitFor();
  expect(await other.call(api.events, { params: { ...params, session: at.scene.session } })).toMatchObject({
    items: [],
  });

  await page.getByRole('button', { name: /^Tài khoản/ }).click();
  await page.getByRole('menuitem', { name: 'Đăng xuất' }).click();
  await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
  // Of the one who signed out nothing is left; what the other wrote down still waits.
  expect(await kept(page)).toMatchObject([{ state: 'waiting' }]);
});

test('two tabs send what waits once, and both know it', async () => {
  const { page, context } = await at.openDoor();
  const second = await context.newPage();
  await second.goto(page.url());
  await inStep(second);
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  for (const index of [0, 1, 2]) await scan(page, at.idOf(index));
  await addGuest(page);
  await second.getByText('3/6 có mặt · 1 ngoài danh sách').waitFor();
  await context.setOffline(false);
  for (const tab of [page, second]) {
    await inStep(tab);
    await tab.getByText('3/6 có mặt · 1 ngoài danh sách').waitFor();
    await tab.getByText(GUEST).last().waitFor();
  }
  expect((await at.ledger()).length).toBe(4);
});

test('without a line everything goes on, survives a reload, and is sent once when the line is back', async () => {
  const { page, context } = await at.openDoor({ keepsPages: true });
  await pageIsKept(page);
  await page.reload();
  await inStep(page);
  await setPin(page);

  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  for (const index of [0, 1, 2]) {
    await page.keyboard.type(at.idOf(index));
    await page.keyboard.press('Enter');
    await answer(page).getByText(at.nameOf(index)).waitFor();
  }
  const waiting = page.getByText('Mất mạng. 3 lượt chờ gửi. Đang lưu trên máy này, sẽ tự gửi khi có mạng.');
  await waiting.waitFor();
  expect(await at.ledger()).toEqual([]);

  await page.reload();
  await typePin(page);
  await page.getByRole('heading', { level: 1, name: /Xã Đồng Ặng/ }).waitFor();
  await page.getByText('3/6 có mặt').waitFor();
  await waiting.waitFor();

  await context.setOffline(false);
  await inStep(page);
  const events = await at.ledger();
  expect(events.map((event) => event.kind)).toEqual(['arrive', 'arrive', 'arrive']);
  expect(new Set(events.map((event) => event.id)).size).toBe(3);
  await page.getByText('3/6 có mặt').waitFor();
});

test('signing out with entries that wait says so, keeps them, and does not pretend without a line', async () => {
  const { page, context } = await at.openDoor();
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await page.keyboard.type(at.idOf(3));
  await page.keyboard.press('Enter');
  await answer(page).getByText(at.nameOf(3)).waitFor();
  await page.getByRole('button', { name: /^Tài khoản/ }).click();
  await page.getByRole('menuitem', { name: 'Đăng xuất' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Còn 1 lượt điểm danh chưa gửi.').waitFor();
  await dialog.getByRole('button', { name: 'Đăng xuất' }).click();
  await dialog.getByText('Không nối được với máy chủ.').waitFor();
  await dialog.getByRole('button', { name: 'Thôi' }).click();
  await page.getByText('1/6 có mặt').waitFor();
  await context.setOffline(false);
  await allSent(page, 1);
  expect((await at.ledger()).length).toBe(1);
});
