import { afterAll, beforeAll, expect, test } from 'vitest';

import { signIn } from '../server/harness.ts';
import { setScene, type Scene } from './scene.ts';
import { expectAccessible, expectNoSidewaysScroll, openDevice, openStage, type Stage } from './stage.ts';

let stage: Stage;
let scene: Scene;
beforeAll(async () => {
  stage = await openStage();
  scene = await setScene(stage.server, 'mau-thu');
});
afterAll(() => stage.close());

test('an office writes its own letter, sees it as it will go, is told what is wrong, and goes back', async () => {
  const { page, faults } = await openDevice(stage, await signIn(stage.server));
  await page.goto(`/conferences/${scene.conference}/invitations`);
  await page.getByRole('link', { name: 'Mẫu thư' }).click();
  await page.getByText('Đang dùng mẫu có sẵn.').waitFor();
  await page.getByLabel('Loại thư').selectOption('invitation');
  const body = page.getByRole('textbox', { name: 'Nội dung thư' });
  const letter = page.frameLocator('iframe');
  await letter.getByText('Trân trọng kính mời đồng chí tới dự:').waitFor();
  await expectAccessible(page);

  await body.fill('Kính gửi {họ tên},\nKính mời đồng chí {tên gọi} tới dự.\n\n{bảng thông tin}\n\n');
  await page.getByText('Dòng 2: Không có chỗ điền nào tên là {tên gọi}.').waitFor();
  await page.getByText('Thư còn thiếu {trang riêng}.').waitFor();
  const save = page.getByRole('button', { name: 'Lưu mẫu thư' });
  expect(await save.isDisabled()).toBe(true);
  await body.fill('Kính gửi {họ tên},\nKính mời đồng chí tới dự.\n\n{bảng thông tin}\n\n');
  await body.press('Control+End');
  await page.getByRole('button', { name: 'trang riêng' }).click();
  await letter.getByText('Kính mời đồng chí tới dự.').waitFor();
  await expect.poll(() => body.inputValue()).toMatch(/\{trang riêng\}$/);
  await expect.poll(() => save.isEnabled()).toBe(true);
  await save.click();
  await page.getByText(/^Sửa lúc /).waitFor();
  expect(await page.getByLabel('Loại thư').locator('option:checked').textContent()).toBe('Giấy mời (đã sửa)');
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);

  await page.getByRole('button', { name: 'Dùng lại mẫu có sẵn' }).click();
  await page.getByText(/^Dùng lại mẫu có sẵn từ /).waitFor();
  await letter.getByText('Trân trọng kính mời đồng chí tới dự:').waitFor();
  expect(faults).toEqual([]);
});
