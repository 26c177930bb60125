import { afterAll, beforeAll, expect, test } from 'vitest';

import { guestContracts } from '../../domain/wire/guests.ts';
import { signIn, type SignedInClient } from '../server/harness.ts';
import { settingsFor, startPost, type Post } from '../server/mail/post.ts';
import { csv } from '../server/sample.ts';
import { type Scene, setScene } from './scene.ts';
import { expectAccessible, expectNoSidewaysScroll, openDevice, openStage, type Stage } from './stage.ts';

let stage: Stage;
let scene: Scene;
let post: Post;
let office: SignedInClient;
beforeAll(async () => {
  post = await startPost();
  stage = await openStage({ mail: settingsFor(post.port) });
  scene = await setScene(stage.server, 'khach');
  const { conference } = scene;
  office = await signIn(stage.server);
  for (const [name, email] of [
    ['Ngô Thị Ẵng', 'ang@vien.example'],
    ['Ưng Văn Ổn', null],
  ] as const) {
    const guest = { name, organisation: 'Viện Mây Ngàn', post: 'Tiến sĩ', card: null, phone: null, email };
    await office.call(guestContracts.addGuest, {
      params: { conference },
      body: { list: 'scientists', guest },
    });
  }
});
afterAll(async () => {
  await stage.close();
  await post.close();
});

const file = (rows: readonly object[]) => ({
  name: 'bao-chi.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(csv(rows)),
});
const row = (agency: string, name: string, email: string) => ({
  'Cơ quan': agency,
  'Họ và tên': name,
  Email: email,
});

test('an office writes its list of the press, mends what is wrong, imports a file, and takes somebody off', async () => {
  const { page, faults } = await openDevice(stage, office);
  await page.goto(`/conferences/${scene.conference}/guests`);
  const press = page.getByRole('region', { name: 'Báo chí' });
  await press.getByText('Chưa có ai trong danh sách').waitFor();
  await press.getByRole('button', { name: 'Thêm khách' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Họ và tên').fill('Lò Thị Ổn');
  await dialog.getByLabel('Cơ quan').fill('Báo Mây Ngàn');
  await dialog.getByLabel('Thư điện tử').fill('on@');
  await dialog.getByRole('button', { name: 'Lưu' }).click();
  await dialog.getByText('Đây không phải địa chỉ thư điện tử').waitFor();
  await expectAccessible(page);
  await dialog.getByLabel('Thư điện tử').fill('on@baomayngan.example');
  await dialog.getByRole('button', { name: 'Lưu' }).click();
  await press.getByText('Lò Thị Ổn').waitFor();

  await press.getByRole('button', { name: 'Nhập từ tệp' }).click();
  const chosen = press.locator('input[type=file]');
  const known = row('Báo Mây Ngàn', 'Lò Thị Ổn', '');
  await chosen.setInputFiles(file([known, row('Đài Mây Ngàn', '', 'sai')]));
  await press.getByRole('alert').getByText('dòng 3, cột Email').waitFor();
  await chosen.setInputFiles(file([known, row('Đài Mây Ngàn', '', '')]));
  await press.getByText('thêm 1 khách, 1 người đã có').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await press.getByRole('button', { name: 'Thêm 1 khách' }).click();
  await press.getByText('Đài Mây Ngàn').waitFor();
  await press.getByText('2 khách').waitFor();

  await press.getByRole('button', { name: 'Sửa Đài Mây Ngàn' }).click();
  await dialog.getByRole('button', { name: 'Bỏ khỏi danh sách' }).click();
  await dialog.getByText('Đài Mây Ngàn sẽ không còn').waitFor();
  await dialog.getByRole('button', { name: 'Bỏ khỏi danh sách' }).click();
  await press.getByText('1 khách').waitFor();
  expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
});

test('an office sends scientists their invitations, notes who answers, and ticks off who has come', async () => {
  const { page, faults } = await openDevice(stage, office, { width: 360 });
  await page.goto(`/conferences/${scene.conference}/guests`);
  const scientists = page.getByRole('region', { name: 'Nhà khoa học' });
  await scientists.getByRole('button', { name: 'Gửi giấy mời' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('phải giao giấy tận tay: Ưng Văn Ổn').waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Gửi', exact: true }).click();
  await dialog.getByText('1 thư đã vào hàng đợi').waitFor();
  await dialog.getByRole('button', { name: 'Đóng' }).last().click();
  await expect.poll(() => post.got.length).toBe(1);
  await page.reload();
  await scientists.getByText('Giấy mời: đã gửi').waitFor();
  await scientists.getByLabel('Trả lời của Ngô Thị Ẵng').selectOption('Sẽ đến');
  await scientists.getByText('1 sẽ đến, 0 đã đến').waitFor();
  await scientists.getByRole('button', { name: 'Ưng Văn Ổn: Đã đến' }).click();
  await scientists.getByText('1 sẽ đến, 1 đã đến').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  expect(faults).toEqual([]);
});
