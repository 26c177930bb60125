import { afterAll, beforeAll, expect, test } from 'vitest';

import { Instant } from '../../domain/time.ts';
import { api } from '../../domain/wire/api.ts';
import { remindersWait } from '../../server/reminders/live.ts';
import { hostAt, signIn, type SignedInClient } from '../server/harness.ts';
import { setScene, type Scene } from './scene.ts';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  openDevice,
  openStage,
  type Device,
  type Stage,
} from './stage.ts';

/** Runs ahead of the real one by as much as the test lets go by. */
let ahead = 0;
const clock = (): Instant => Instant.parse(Date.now() + ahead);
let stage: Stage;
let scene: Scene;
let organizer: SignedInClient;
beforeAll(async () => {
  stage = await openStage({ clock });
  scene = await setScene(stage.server);
  organizer = await signIn(stage.server, undefined, 'Trần Văn Tổng');
  const params = { conference: scene.conference, bridge: scene.province };
  await organizer.call(api.setInnerDeadline, {
    params,
    body: { dueBefore: Instant.parse(clock() + 26 * 3_600_000) },
  });
  await organizer.call(api.changeBridge, {
    params: { conference: scene.conference, bridge: scene.commune },
    body: { contacts: { organizer: { name: 'Lò Văn Mối', phone: '0912 345 678' } } },
  });
});
afterAll(() => stage.close());

const path = (rest: string) => `/conferences/${scene.conference}/${rest}`;
const stateOf = async () => {
  const params = { conference: scene.conference, bridge: scene.commune };
  return (await organizer.call(api.headcount, { params })).report?.state ?? null;
};

test('a report goes its whole way: reminded, sent from a phone, returned, reminded, sent again, accepted', async () => {
  const office = await openDevice(stage, organizer);
  const { page } = office;
  await page.goto(path('reports'));
  await page.getByText('Còn 1 ngày 1 giờ').waitFor();
  await page.getByRole('button', { name: '4 chưa gửi' }).waitFor();
  await page.getByRole('link', { name: 'Gọi Lò Văn Mối, 0912 345 678' }).waitFor();
  await page.getByPlaceholder('Tìm điểm cầu, không cần dấu').fill('dong ang');
  await expect.poll(() => page.locator('[data-row]').allInnerTexts()).toEqual(['Xã Đồng Ặng']);
  await expectAccessible(page);

  // Taken back within its minute, it reaches nobody.
  await askFor(office, 'Đề nghị gửi trước 17 giờ');
  await page.getByText(/gửi sau \d+ giây/).waitFor();
  await page.getByRole('button', { name: 'Rút lại' }).click();
  await page.getByText(/đã được rút lại/).waitFor();
  await askFor(office, 'Đề nghị gửi trước 17 giờ');
  await page.getByText(/gửi sau \d+ giây/).waitFor();

  const unit = await signIn(stage.server, [hostAt(scene.conference, scene.commune)], 'Vi Văn Cửa');
  const phone = await openDevice(stage, unit, { width: 360, height: 740 });
  await phone.page.goto(path(`bridges/${scene.commune}/headcount`));
  await phone.page.getByText('Còn 1 ngày 1 giờ').waitFor();
  expect(await phone.page.getByText('Đề nghị gửi trước 17 giờ').count()).toBe(0);
  minuteGoesBy();
  // The form stands open: what goes out is on it without a hand.
  await phone.page.getByText('Đề nghị gửi trước 17 giờ').waitFor();
  await phone.page.getByText('Trần Văn Tổng nhắc gửi báo cáo này.').waitFor();
  await page.getByText(/Đã đôn đốc 3 nơi .* 1 nơi đã xem/).waitFor({ timeout: 30_000 });
  await expectAccessible(phone.page);
  await expectNoSidewaysScroll(phone.page);

  await phone.page.getByLabel('Đảng viên', { exact: true }).fill('40');
  await phone.page.getByRole('button', { name: 'Thêm một: Người ngoài Đảng' }).click();
  await phone.page.getByRole('button', { name: 'Thêm một: Người ngoài Đảng' }).click();
  expect(await phone.page.getByLabel('Tổng số đại biểu').innerText()).toBe('42');
  await phone.page.getByText('Đã lưu nháp.').waitFor();
  // Nothing that is typed is lost with the network.
  await phone.context.setOffline(true);
  await phone.page.getByLabel('Ghi chú').fill('Có 2 khách mời');
  await phone.page.getByText('Số liệu đang giữ trên máy này').waitFor();
  await phone.context.setOffline(false);
  await phone.page.getByText('Đã lưu nháp.').waitFor();
  await phone.page.getByRole('button', { name: 'Gửi báo cáo: 42 đại biểu' }).click();
  await phone.page.getByRole('heading', { name: /^Đã gửi \d\d:\d\d/ }).waitFor();
  await phone.page.getByText('Tiếp theo: Tỉnh Mây Ngàn xem và nhận báo cáo.').waitFor();

  // The office sees it come in, and returns it by one key.
  await page.getByRole('button', { name: '1 đã gửi, chờ nhận' }).click();
  await page.locator('[data-row="0"]').focus();
  await page.keyboard.press('t');
  await page.getByRole('button', { name: 'Thiếu người chủ trì' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Trả lại', exact: true }).click();
  await page.getByText('Đã trả lại báo cáo của Xã Đồng Ặng.').waitFor();
  // Beside the field, and above the form.
  await phone.page.getByText('Người chủ trì: Thiếu người chủ trì').waitFor();
  await phone.page.getByText('Thiếu người chủ trì', { exact: true }).waitFor();

  await page.getByRole('button', { name: '1 trả lại' }).waitFor();
  await askFor(office, '', 'nơi bị trả lại');
  await page.getByText(/gửi sau \d+ giây/).waitFor();
  minuteGoesBy();
  await phone.page.getByText('Đã được nhắc 2 lần.').waitFor();
  await phone.page.getByLabel('Người chủ trì', { exact: true }).fill('Bí thư Đảng ủy xã');
  await phone.page.getByRole('button', { name: 'Gửi lại báo cáo: 42 đại biểu' }).click();
  await phone.page.getByRole('heading', { name: /^Đã gửi/ }).waitFor();

  await page.getByRole('button', { name: '1 đã gửi, chờ nhận' }).waitFor();
  await page.locator('[data-row="0"]').focus();
  await page.keyboard.press('n');
  await page.getByText('Đã nhận báo cáo của Xã Đồng Ặng.').waitFor();
  await expect.poll(stateOf).toBe('accepted');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Rút lại' }).click();
  await expect.poll(stateOf).toBe('submitted');
  await page.locator('[data-row="0"]').focus();
  await page.keyboard.press('n');
  await phone.page.getByText('Tỉnh Mây Ngàn đã nhận báo cáo này.').waitFor();
  await page.getByRole('button', { name: '1 đã nhận' }).waitFor();

  // On the report's own page it is decided in the same way, and taken back.
  await page.goto(path(`bridges/${scene.commune}/headcount`));
  await page.getByRole('button', { name: 'Trả lại', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Ý kiến khi trả lại').fill('Số đảng viên chưa khớp');
  await dialog.getByLabel('Lý do nói về mục nào').selectOption({ label: 'Tổng số đại biểu' });
  await dialog.getByRole('button', { name: 'Trả lại', exact: true }).click();
  await page.getByText('Đã trả lại báo cáo của Xã Đồng Ặng.').waitFor();
  await phone.page.getByText('Tổng số đại biểu: Số đảng viên chưa khớp').waitFor();
  await page.getByRole('button', { name: 'Rút lại' }).click();
  await expect.poll(stateOf).toBe('accepted');
  await expectAccessible(page);
  expect(office.faults).toEqual([]);
  expect(phone.faults.filter((fault) => !/ERR_INTERNET_DISCONNECTED/.test(fault))).toEqual([]);
});

test('sums go down the tree and back by the keys of the browser, each beside how many have reported', async () => {
  const { page, faults } = await openDevice(stage, organizer, { width: 390, height: 844 });
  await page.goto(path('reports?view=levels'));
  await page.getByText('1/4 điểm cầu đã báo cáo').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Tỉnh Mây Ngàn' }).click();
  await page.getByText('1/3 điểm cầu đã báo cáo').waitFor();
  await page.goBack();
  await page.getByText('1/4 điểm cầu đã báo cáo').waitFor();
  await page.goForward();
  await page.getByText('1/3 điểm cầu đã báo cáo').waitFor();
  expect(faults).toEqual([]);
});

function minuteGoesBy(): void {
  ahead += 61_000;
  remindersWait(stage.server.database);
}

async function askFor({ page }: Device, words: string, who = 'tất cả nơi chưa trả lời'): Promise<void> {
  await page.getByRole('button', { name: 'Đôn đốc…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(who).check();
  await dialog.getByLabel(/Bỏ qua nơi đã đôn đốc hôm nay/).uncheck();
  await dialog.getByLabel('Lời nhắn thêm').fill(words);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: /^Đôn đốc \d+ nơi/ }).click();
  await dialog.waitFor({ state: 'detached' });
}
