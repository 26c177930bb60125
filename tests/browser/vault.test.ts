import { expect, test } from 'vitest';

import {
  addGuest,
  allSent,
  choosePin,
  everythingKept,
  excuse,
  GUEST,
  inStep,
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
import { addAuthenticator, expectAccessible, openDevice } from './stage.ts';

const at = doorScenes('khoa');

test('in the databases of the browser nobody has a name, before and after sending', async () => {
  const { page, context } = await at.openDoor();
  await setPin(page);
  await scan(page, at.idOf(0));
  await allSent(page, 1);
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await addGuest(page);
  await excuse(page, at.nameOf(4));
  // Also what is shown without being asked for: the list as it is by now.
  await page.waitForTimeout(2500);
  const before = await everythingKept(page);
  expect(before).toMatch(/rosters: 1 /);
  expect(before).toMatch(/events: 3 /);
  await context.setOffline(false);
  await inStep(page);
  const after = await everythingKept(page);
  for (const all of [before, after]) {
    for (const { name, position } of at.scene.people) {
      expect(all).not.toContain(name);
      expect(all).not.toContain(position);
    }
    for (const text of [GUEST, UNIT, REASON, PIN]) expect(all).not.toContain(text);
  }
  expect(await at.ledger()).toContainEqual(expect.objectContaining({ name: GUEST }));
});

test('a PIN that is guessed first is not taken; wrong ones slow down, also after a reload', async () => {
  const { page, faults } = await at.openDoor();
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
  await page.getByRole('textbox', { name: 'Mã PIN của máy này' }).waitFor();
  await page.clock.install();
  for (let attempt = 0; attempt < 3; attempt++) {
    await typePin(page, `90817${attempt}`);
    await page.getByText('Mã PIN chưa đúng.').waitFor();
  }
  await typePin(page);
  await page.getByText(/Hãy thử lại sau \d+ giây\./).waitFor();
  await expectAccessible(page);
  await page.clock.fastForward(30_000);
  await page.getByText(/Hãy thử lại sau/).waitFor({ state: 'detached' });
  await typePin(page, '908179');
  await page.getByText('Mã PIN chưa đúng.').waitFor();
  await page.reload();
  await typePin(page);
  await page.getByText(/Hãy thử lại sau 1?\d giây\./).waitFor();
  await page.clock.fastForward(30_000);
  await page.getByText(/Hãy thử lại sau/).waitFor({ state: 'detached' });
  await typePin(page);
  await inStep(page);
  expect(faults).toEqual([]);
});

test('a PIN that was forgotten costs the list and no entry; the old one still opens what was written under it', async () => {
  const { page, context } = await at.openDoor({ keepsPages: true });
  await setPin(page);
  await pageIsKept(page);
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await scan(page, at.idOf(0));
  await addGuest(page);
  await context.setOffline(false);
  await inStep(page);
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await scan(page, at.idOf(1));
  await addGuest(page);
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
  expect((await at.ledger()).length).toBe(3);
  await page.getByRole('button', { name: 'Nhập mã PIN cũ' }).click();
  await typePin(page);
  await inStep(page);
  const events = await at.ledger();
  expect(events.map(({ kind }) => kind)).toEqual(['arrive', 'walk-in', 'arrive', 'walk-in']);
  expect(events.at(-1)).toMatchObject({ name: GUEST });
});

test('where nobody remembers the old PIN, guests are sent without their names rather than not at all', async () => {
  const { page, context } = await at.openDoor({ keepsPages: true });
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
  const [item] = await at.ledger();
  expect(item).toMatchObject({ kind: 'walk-in', name: '(mất vì quên mã PIN)', unit: '' });
});

test('a passkey opens the list without a PIN', async () => {
  const url = at.stage.server.url.replace('127.0.0.1', 'localhost');
  const localStage = { ...at.stage, server: { ...at.stage.server, url } };
  const device = await openDevice(localStage, at.host, { keepsPages: true });
  const { page, context } = device;
  await addAuthenticator(page, { ctap2Version: 'ctap2_1', hasPrf: true });
  await page.goto(url);
  await pairPage(at.stage.server, at.scene.conference, at.scene.commune, page);
  await inStep(page);
  await pageIsKept(page);
  await page.getByRole('button', { name: 'Đặt mã PIN' }).first().click();
  await page.getByRole('button', { name: 'Dùng khoá truy cập' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText('Chưa có mã PIN').waitFor({ state: 'detached' });
  await scan(page, at.idOf(0));
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
  const url = at.stage.server.url.replace('127.0.0.1', 'localhost');
  const { page, faults } = await openDevice({ ...at.stage, server: { ...at.stage.server, url } }, at.host);
  await addAuthenticator(page);
  await page.goto(url);
  await pairPage(at.stage.server, at.scene.conference, at.scene.commune, page);
  await inStep(page);
  await page.getByRole('button', { name: 'Đặt mã PIN' }).first().click();
  await page.getByRole('button', { name: 'Dùng khoá truy cập' }).click();
  await page.getByText('Hãy dùng mã PIN.').waitFor();
  await choosePin(page, PIN);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
});
