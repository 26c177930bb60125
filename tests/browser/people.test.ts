import { afterAll, beforeAll, expect, test } from 'vitest';

import { api } from '../../domain/wire/api.ts';
import { signIn, type SignedInClient } from '../server/harness.ts';
import { type Scene, setScene } from './scene.ts';
import { expectAccessible, expectNoSidewaysScroll, openDevice, openStage, type Stage } from './stage.ts';

let stage: Stage;
let scene: Scene;
let organizer: SignedInClient;
beforeAll(async () => {
  stage = await openStage();
  scene = await setScene(stage.server);
  organizer = await signIn(stage.server);
});
afterAll(() => stage.close());

const HEAD = 'Họ và tên,Chức vụ,Đơn vị,Mã đơn vị,Số thẻ,Thứ bậc,Đảng viên';
const file = (...rows: string[]) => ({
  name: 'danh-sach.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`\uFEFF${[HEAD, ...rows].join('\r\n')}\r\n`),
});

test('a roster is shown before it is written, with what may be one person twice', async () => {
  const { page, faults } = await openDevice(stage, organizer);
  await page.goto(`/conferences/${scene.conference}/people`);
  await page.getByText('6 người').waitFor();
  await page.getByRole('button', { name: 'Nhập danh sách' }).click();
  await page
    .locator('input[type=file]')
    .setInputFiles(
      file(
        'Phạm Văn Sửu,Chủ tịch UBND xã,Xã Đồng Ặng,,T-01,7,x',
        'Nguyễn Thị Ánh,Phó Chủ tịch UBND xã,Xã Đồng Ặng,,T-02,8,x',
      ),
    );
  await page.getByText('Chưa ghi gì cả.').waitFor();
  await page.getByText('Chỉ cùng tên.').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  const params = { conference: scene.conference };
  expect((await organizer.call(api.people, { params })).items).toHaveLength(6);

  await page.getByRole('button', { name: 'Nhập 2 đại biểu' }).click();
  await page.getByText('8 người').waitFor();
  await page.getByRole('searchbox').fill('suu');
  await page.getByText('1 người', { exact: true }).waitFor();
  await page.getByText('Phạm Văn Sửu').waitFor();
  expect(faults).toEqual([]);
});

test('a roster with errors names the rows and cannot be written', async () => {
  const { page } = await openDevice(stage, organizer);
  await page.goto(`/conferences/${scene.conference}/people`);
  await page.getByRole('button', { name: 'Nhập danh sách' }).click();
  await page.locator('input[type=file]').setInputFiles(file(',Chủ tịch,Xã Đồng Ặng,,T-09,1,x'));
  await page.getByRole('heading', { name: 'Có 1 lỗi' }).waitFor();
  expect(await page.getByRole('button', { name: /^Nhập \d+ đại biểu/ }).isDisabled()).toBe(true);
  await page.getByText('Danh sách hiện có không thay đổi.').waitFor();
});
