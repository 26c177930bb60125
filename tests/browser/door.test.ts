import { expect, test } from 'vitest';

import { allSent, answer, field, kept, listIsThere, pairPage, scan } from './at-door.ts';
import { doorScenes } from './door-scene.ts';
import { expectAccessible, openDevice } from './stage.ts';

const at = doorScenes('canh');

test('a host whose only work is one door lands on it, opens it and checks in by a name without marks', async () => {
  const { page, faults } = await openDevice(at.stage, at.host);
  await page.goto('/');
  await pairPage(at.stage.server, at.scene.conference, at.scene.commune, page);
  await listIsThere(page);
  expect(new URL(page.url()).pathname).toBe(
    `/door/${at.scene.conference}/${at.scene.session}/${at.scene.commune}`,
  );
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
  expect((await at.ledger()).map((event) => event.kind)).toEqual(['open', 'arrive']);
  expect(faults).toEqual([]);
});

test('a hand scanner is heard from anywhere on the page, and a second scan says when the first was', async () => {
  const { page } = await at.openDoor();
  await page.locator('body').click({ position: { x: 3, y: 300 } });
  await page.keyboard.type(at.idOf(0));
  await page.keyboard.press('Enter');
  await answer(page).getByText(at.nameOf(0)).waitFor();
  await page.keyboard.type(at.idOf(0));
  await page.keyboard.press('Enter');
  await answer(page).getByText('Đã điểm danh rồi.').waitFor();
  expect(await answer(page).textContent()).toMatch(/lúc \d\d:\d\d/);
  await page.getByText('1/6 có mặt').waitFor();
  // Set, never toggle; and every scan is recorded.
  await allSent(page, 2);
  expect((await at.ledger()).length).toBe(2);
});

test('among several who match nobody is taken by accident; the arrows choose', async () => {
  const { page } = await at.openDoor();
  await field(page).fill('tran thi');
  await page.keyboard.press('Enter');
  await page.getByText('2 người khớp.').waitFor();
  expect(await at.ledger()).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await answer(page).getByText('Trần Thị Hoan').waitFor();
  await page.getByText('1/6 có mặt').waitFor();
});

test('a code that no list knows is recorded and said to be so', async () => {
  const { page } = await at.openDoor();
  await page.keyboard.type('LA999888');
  await page.keyboard.press('Enter');
  await answer(page).getByText('Chưa có trong danh sách, đã ghi lại.').waitFor();
  await allSent(page, 1);
  expect((await at.ledger()).map((event) => event.kind)).toEqual(['arrive']);
});

test('the ledger has the last word: who is here by another device is amber, leaving twice needs a look', async () => {
  const { page, context } = await at.openDoor();
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await at.record({ kind: 'arrive', person: at.idOf(0), mode: 'in-person' });
  await page.keyboard.type(at.idOf(0));
  await page.keyboard.press('Enter');
  await answer(page).getByText('Đã ghi trên máy này. Vừa điểm danh').waitFor();
  await answer(page).getByText('chờ xác nhận').waitFor();
  expect(await answer(page).getAttribute('data-kind')).toBe('kept');
  await context.setOffline(false);
  await answer(page).getByText('Đã điểm danh rồi. Đã điểm danh lúc').waitFor();
  expect(await answer(page).getAttribute('data-kind')).toBe('again');

  await page.getByText('Đã nối · 0 chờ gửi').waitFor();
  await page.getByText('1/6 có mặt').waitFor();
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await at.record({ kind: 'leave', person: at.idOf(0), at: Date.now() });
  await page.getByText(/^Có mặt 1$/).click();
  await page.getByRole('button', { name: `Việc khác với ${at.nameOf(0)}` }).click();
  await page.getByRole('menuitem', { name: 'Ghi đã về' }).click();
  await answer(page).getByText('Đã ghi trên máy này. Đã về lúc').waitFor();
  await context.setOffline(false);
  await answer(page).getByText('Cần xem lại. Đã ghi lại.').waitFor();
  expect(await answer(page).getAttribute('data-kind')).toBe('look');
});

test('an event that the ledger refuses is said at once, stays in sight until it is read, and survives a reload', async () => {
  const { page, context, faults } = await at.openDoor();
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await page.keyboard.type(at.idOf(1));
  await page.keyboard.press('Enter');
  await answer(page).getByText(at.nameOf(1)).waitFor();
  const [waiting] = await kept(page);
  // Another machine has used the same id for somebody else.
  await at.record({ kind: 'arrive', person: at.idOf(2), mode: 'in-person', id: waiting?.id ?? '' });
  await context.setOffline(false);
  await answer(page).getByText('Không ghi được.').waitFor();
  expect(await answer(page).getAttribute('data-kind')).toBe('refused');
  expect(await answer(page).getByRole('button', { name: 'Hoàn tác' }).count()).toBe(0);
  const refused = page
    .getByRole('alert')
    .getByRole('listitem')
    .filter({ hasText: at.nameOf(1) });
  await refused.waitFor();
  await page.getByText('1/6 có mặt').waitFor();
  await expectAccessible(page);

  await page.reload();
  await refused.waitFor();
  expect((await kept(page)).map(({ state }) => state)).toEqual(['refused']);
  await refused.getByRole('button').click();
  await refused.waitFor({ state: 'detached' });
  expect((await at.ledger()).map((event) => 'person' in event && event.person)).toEqual([at.idOf(2)]);
  expect(faults).toEqual([]);
});

test('a second device at the same door sees who was checked in, and undoes it with a reason', async () => {
  const first = await at.openDoor();
  const second = await at.openDoor();
  await field(first.page).fill('nguyen thi anh');
  await first.page.keyboard.press('Enter');
  await second.page.getByText('1/6 có mặt').waitFor();
  await second.page.getByText(/^Có mặt 1$/).click();
  await second.page.getByRole('button', { name: 'Việc khác với Nguyễn Thị Ánh' }).click();
  await second.page.getByRole('menuitem', { name: 'Hoàn tác' }).click();
  await second.page.getByRole('button', { name: 'Nhầm người' }).click();
  await second.page.getByText('0/6 có mặt').waitFor();
  await first.page.getByText('0/6 có mặt').waitFor();
  expect((await at.ledger()).map((event) => event.kind)).toEqual(['arrive', 'void']);
});

test('guests, excuses, leaving and head counts are written down', async () => {
  const { page } = await at.openDoor();
  await page.getByRole('button', { name: 'Mở điểm cầu' }).click();
  await page.getByRole('button', { name: 'Thêm khách' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Họ và tên').fill('Vũ Thị Khách');
  await dialog.getByLabel('Đơn vị').fill('Báo Mây Ngàn');
  await dialog.getByRole('button', { name: 'Ghi khách' }).click();
  await page.getByText('0/6 có mặt · 1 ngoài danh sách').waitFor();

  await page.getByRole('button', { name: `Việc khác với ${at.nameOf(4)}` }).click();
  await page.getByRole('menuitem', { name: 'Ghi xin vắng' }).click();
  await page.getByRole('button', { name: 'Công tác khác' }).click();
  await answer(page).getByText('Xin vắng: Công tác khác.').waitFor();

  await page.getByRole('button', { name: `Điểm danh ${at.nameOf(5)}` }).click();
  await page.getByText('1/6 có mặt').waitFor();
  await page.getByText(/^Có mặt 1$/).click();
  await page.getByRole('button', { name: `Việc khác với ${at.nameOf(5)}` }).click();
  await page.getByRole('menuitem', { name: 'Ghi đã về' }).click();
  await page.getByText('0/6 có mặt').waitFor();

  await page.getByRole('button', { name: 'Đếm số người' }).click();
  const more = page.getByRole('button', { name: 'Thêm một: Đảng viên' });
  for (let tap = 0; tap < 3; tap++) await more.click();
  await page.getByText('Cả điểm cầu: 3').waitFor();
  await allSent(page, 6);
  const kinds = (await at.ledger()).map((event) => event.kind);
  expect(kinds).toEqual(['open', 'walk-in', 'excuse', 'arrive', 'leave', 'count']);

  await page.getByRole('button', { name: 'Đóng điểm cầu' }).click();
  await page.getByText('Còn 4 người chưa điểm danh.').waitFor();
  await page.getByRole('button', { name: 'Đóng sổ' }).click();
  await page.getByText('Điểm cầu đã đóng sổ.').waitFor();
});

test('a closed book opens again by taking back its close', async () => {
  const { page } = await at.openDoor();
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
  expect((await at.ledger()).map((event) => event.kind)).toEqual(['open', 'close', 'void']);
});

test('each answer is heard after the first touch, a second scan otherwise than the first, and not at all once it is off', async () => {
  const { page, faults } = await at.openDoor();
  await page.evaluate(() => {
    const heard: number[] = [];
    const start = Object.getOwnPropertyDescriptor(AudioScheduledSourceNode.prototype, 'start')
      ?.value as () => void;
    AudioScheduledSourceNode.prototype.start = function tone(this: AudioScheduledSourceNode, ...when) {
      if (this instanceof OscillatorNode) heard.push(this.frequency.value);
      start.apply(this, when as []);
    };
    Object.assign(window, { heard });
  });
  const heard = () => page.evaluate(() => (window as unknown as { heard: number[] }).heard.map(Math.round));
  await scan(page, at.idOf(0));
  await answer(page).getByText('Vừa điểm danh').waitFor();
  // The speaker of a machine takes a moment to start.
  await expect.poll(heard).toEqual([660, 990]);
  await scan(page, at.idOf(0));
  await answer(page).getByText('Đã điểm danh rồi.').waitFor();
  await expect.poll(heard).toEqual([660, 990, 440, 440]);
  await page.getByRole('button', { name: 'Âm báo' }).click();
  await scan(page, at.idOf(1));
  await answer(page).getByText(at.nameOf(1)).waitFor();
  expect(await heard()).toEqual([660, 990, 440, 440]);
  expect(faults).toEqual([]);
});

test('a substitute is a guest in the name of who sent them; who goes to another bridge is told where they are checked in', async () => {
  const { page, faults } = await at.openDoor();
  await page.getByRole('button', { name: `Việc khác với ${at.nameOf(0)}` }).click();
  await page.getByRole('menuitem', { name: 'Có người đi thay' }).click();
  const dialog = page.getByRole('dialog', { name: `Đi thay ${at.nameOf(0)}` });
  await dialog.getByLabel('Họ và tên').fill('Vũ Thị Thay');
  await dialog.getByRole('button', { name: 'Ghi khách' }).click();
  await answer(page)
    .getByText(`Đi thay ${at.nameOf(0)}, đã ghi lúc`)
    .waitFor();
  await page.getByText('0/6 có mặt · 1 ngoài danh sách').waitFor();
  await scan(page, at.idOf(1));
  await page.getByText('1/6 có mặt · 1 ngoài danh sách').waitFor();
  await page.getByText(/^Có mặt 1$/).click();
  await page.getByRole('button', { name: `Việc khác với ${at.nameOf(1)}` }).click();
  await page.getByRole('menuitem', { name: 'Sang điểm cầu khác' }).click();
  await answer(page).getByText('Đến điểm cầu kia, điểm danh lại ở cửa bên đó.').waitFor();
  await allSent(page, 4);
  // What is written in one moment is sent in either order.
  const written = (await at.ledger()).toSorted((a, b) => a.kind.localeCompare(b.kind));
  expect(written).toMatchObject([
    { kind: 'arrive', person: at.idOf(1) },
    { kind: 'excuse', person: at.idOf(0), reason: 'Cử Vũ Thị Thay đi thay' },
    { kind: 'leave', person: at.idOf(1) },
    { kind: 'walk-in', name: 'Vũ Thị Thay', unit: `Đi thay ${at.nameOf(0)}, Xóm 1` },
  ]);
  expect(faults).toEqual([]);
});
