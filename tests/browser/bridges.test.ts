import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { api } from '../../domain/wire/api.ts';
import type { BridgeId } from '../../domain/ids.ts';
import { signIn, type SignedInClient } from '../server/harness.ts';
import { type Scene, setScene } from './scene.ts';
import { expectAccessible, expectFitForAll, openDevice, openStage, type Stage } from './stage.ts';

let stage: Stage;
let scene: Scene;
let organizer: SignedInClient;

beforeAll(async () => {
  stage = await openStage();
  organizer = await signIn(stage.server);
});
afterAll(() => stage.close());

let scenes = 0;
beforeEach(async () => {
  scene = await setScene(stage.server, `cay-${++scenes}`);
});

const look = async (bridge: BridgeId) =>
  (await organizer.call(api.bridge, { params: { conference: scene.conference, bridge } })).bridge;

test('a bridge is edited where it stands; what is refused says so at its field, what was kept is taken back', async () => {
  const { page, faults } = await openDevice(stage, organizer);
  await page.goto(`/conferences/${scene.conference}/bridges?bridge=${scene.otherCommune}`);
  await page.getByRole('heading', { level: 2, name: 'Xã Lũng Ữ' }).waitFor();
  const technician = page.getByRole('group', { name: 'Cán bộ kỹ thuật' });
  await technician.getByLabel('Số điện thoại').fill('chưa rõ');
  await page.keyboard.press('Enter');
  await technician.getByText('"chưa rõ" không phải là số điện thoại.').waitFor();
  await technician.getByLabel('Số điện thoại').fill('0912 345 678');
  await page.keyboard.press('Enter');
  await page.getByText('Đã lưu Xã Lũng Ữ.').waitFor();
  const seats = page.getByLabel('Số chỗ ngồi');
  await seats.fill('nhiều');
  await page.keyboard.press('Tab');
  await page.getByText('Số chỗ là số nguyên từ 0 đến 100.000. Số cũ vẫn giữ.').waitFor();
  await seats.fill('1.200');
  await page.keyboard.press('Tab');
  await page.getByRole('treeitem', { name: /Xã Lũng Ữ.*1\.200 chỗ/ }).waitFor();
  await expect.poll(async () => (await look(scene.otherCommune)).capacity).toBe(1200);
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await page.getByText('Đã hoàn tác ở 1 điểm cầu.').waitFor();
  expect(await look(scene.otherCommune)).toMatchObject({
    capacity: null,
    contacts: { technical: { name: null, phone: '0912 345 678' }, organizer: null },
  });
  expect(faults).toEqual([]);
});

test('by keys alone: find, add below, move after seeing what it changes, take out, and take that back', async () => {
  const { page, faults } = await openDevice(stage, organizer);
  await page.goto(`/conferences/${scene.conference}/bridges`);
  const tree = page.getByRole('tree', { name: 'Điểm cầu' });
  await tree.focus();
  // The name is typed where the keyboard stands, marks set aside.
  await page.keyboard.press('*');
  await page.keyboard.type('dong');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 2, name: 'Xã Đồng Ặng' }).waitFor();
  await tree.focus();
  await page.keyboard.press('Insert');
  await page.getByRole('dialog').getByLabel('Tên điểm cầu').fill('Điểm cầu Nhà máy Sợi');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 2, name: 'Điểm cầu Nhà máy Sợi' }).waitFor();
  await expectAccessible(page);

  await tree.focus();
  await page.keyboard.press('F4');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Đến dưới điểm cầu').fill('lung u');
  await page.keyboard.press('Enter');
  await dialog.getByText('1 điểm cầu chuyển theo, với 0 đại biểu.').waitFor();
  await dialog.getByText('Xã Lũng Ữ: từ 0 thành 1 điểm cầu bên dưới.').waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Chuyển', exact: true }).click();
  await page.getByText('Đã chuyển Điểm cầu Nhà máy Sợi đến dưới Xã Lũng Ữ.').waitFor();
  await page.getByRole('treeitem', { name: /Nhà máy Sợi/ }).waitFor();

  await tree.focus();
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'Bỏ 1 điểm cầu' }).click();
  await page.getByText('Đã bỏ Điểm cầu Nhà máy Sợi (tất cả 1 điểm cầu).').waitFor();
  const gone = page.getByRole('treeitem', { name: /Nhà máy Sợi/ });
  await gone.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await gone.waitFor();
  await page.keyboard.press('?');
  await page.getByRole('heading', { name: 'Phím tắt' }).waitFor();
  expect(faults).toEqual([]);
});

test('a bridge dragged over another asks before it moves there', async () => {
  const { page } = await openDevice(stage, organizer);
  await page.goto(`/conferences/${scene.conference}/bridges`);
  const row = (name: RegExp) => page.getByRole('treeitem', { name });
  await row(/Tỉnh Mây Ngàn/).waitFor();
  await page.getByRole('button', { name: 'Mở hết' }).click();
  await row(/Xã Lũng Ữ/).dragTo(row(/Xã Đồng Ặng/));
  const dialog = page.getByRole('dialog', { name: 'Chuyển Xã Lũng Ữ' });
  await dialog.getByText(/Báo cáo số lượng của Xã Lũng Ữ từ nay gửi lên Xã Đồng Ặng/).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect((await look(scene.otherCommune)).parent).toBe(scene.province);
});

test('those that are not ready are changed at once and taken back, in light and dark', async () => {
  const { page, faults } = await openDevice(stage, organizer);
  await page.goto(`/conferences/${scene.conference}/bridges?lack=room`);
  const found = page.getByRole('tree', { name: 'Điểm cầu tìm thấy' });
  await found.waitFor();
  await expectFitForAll(page);
  await page.getByRole('button', { name: /^Sửa cùng lúc \d điểm cầu…$/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Việc cần làm').click();
  await page.getByRole('option', { name: 'Xác nhận đã sẵn sàng' }).click();
  await dialog.getByLabel('Phòng họp').check();
  await dialog.getByLabel('Cấp xã').uncheck();
  await expectFitForAll(page);
  await dialog.getByRole('button', { name: /^Áp dụng cho \d điểm cầu$/ }).click();
  await page.getByText(/^Đã sửa \d điểm cầu\.$/).waitFor();
  expect((await look(scene.province)).ready).toEqual(['room']);
  expect((await look(scene.commune)).ready).toEqual([]);
  await page.getByRole('button', { name: 'Việc khác' }).click();
  await page.getByRole('menuitem', { name: 'Thay đổi gần đây' }).click();
  const changes = page.getByRole('dialog', { name: 'Thay đổi gần đây' });
  await changes
    .getByText(/^Sửa mức sẵn sàng của /)
    .first()
    .waitFor();
  await expectFitForAll(page);
  await changes.getByRole('button', { name: 'Hoàn tác' }).first().click();
  await expect.poll(async () => (await look(scene.province)).ready).toEqual([]);
  expect(faults).toEqual([]);
});
