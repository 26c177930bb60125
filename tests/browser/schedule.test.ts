import { afterAll, beforeAll, expect, test } from 'vitest';

import type { ConferenceId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import { conferenceContracts } from '../../domain/wire/conferences.ts';
import type { BodyInput } from '../../domain/wire/contract.ts';
import { scheduleContracts } from '../../domain/wire/schedule.ts';
import { readWithIcalJs } from '../calendar-readers.ts';
import { signIn, type SignedInClient } from '../server/harness.ts';
import { samplePlan } from '../server/plans/sample.ts';
import { expectAccessible, expectNoSidewaysScroll, openDevice, openStage, type Stage } from './stage.ts';

let stage: Stage;
let organizer: SignedInClient;
let conference: ConferenceId;

const at = (iso: string): Instant => Date.parse(`${iso}:00+07:00`) as Instant;
const add = (body: BodyInput<typeof scheduleContracts.addSession>, to = conference) =>
  organizer.call(scheduleContracts.addSession, { params: { conference: to }, body });
const create = async (title: string, venue: string) => {
  const plan = samplePlan({ title, venue });
  const body = { text: null, plan, treeDate: null };
  return (await organizer.call(conferenceContracts.createConference, { body })).conference.id;
};
const sessions = async () =>
  (await organizer.call(scheduleContracts.sessions, { params: { conference } })).items;

beforeAll(async () => {
  stage = await openStage();
  organizer = await signIn(stage.server);
  conference = await create('Hội nghị toàn quốc về chuyển đổi số', 'Phòng họp số 1');
  const other = await create('Hội nghị tổng kết công tác năm', 'Phòng họp số 2');
  await add(
    {
      kind: 'line-test',
      title: 'Thử đường truyền cấp tỉnh',
      startsAt: at('2025-01-09T13:00'),
      endsAt: at('2025-01-09T15:00'),
      venue: 'Hội trường B',
    },
    other,
  );
});
afterAll(() => stage.close());

test('a rehearsal is added by keys, its conflict seen before, moved by the mouse, taken back, and called off', async () => {
  const { page, faults } = await openDevice(stage, organizer);
  await page.goto(`/conferences/${conference}/schedule`);
  const month = page.getByRole('grid', { name: 'Lịch tháng 01/2025' });
  await month.getByRole('gridcell', { name: /^thứ Hai, 13\/01\/2025/ }).focus();
  // Four days back.
  for (const _ of [1, 2, 3, 4]) await page.keyboard.press('ArrowLeft');
  const thursday = month.getByRole('gridcell', { name: /^thứ Năm, 09\/01\/2025/ });
  await expect.poll(() => thursday.evaluate((cell) => cell === document.activeElement)).toBe(true);
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'Thêm buổi vào lịch' });
  await dialog.getByLabel('Tên').fill('Tổng duyệt cấp tỉnh');
  await dialog.getByLabel('Phòng, hội trường').fill('hội trường b');
  await dialog.getByRole('textbox', { name: 'Giờ', exact: true }).fill('14h');
  await dialog
    .getByText(
      /“Thử đường truyền cấp tỉnh” \(13:00-15:00; Hội nghị tổng kết công tác năm\) và “Tổng duyệt cấp tỉnh” \(14:00-16:00; Hội nghị toàn quốc về chuyển đổi số\) cùng dùng Hội trường B, trùng lúc 13:30-15:00 thứ Năm, 09\/01\/2025/,
    )
    .waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Vẫn lưu' }).click();
  await dialog.waitFor({ state: 'detached' });

  const entry = thursday.getByRole('button', { name: /Tổng duyệt cấp tỉnh/ });
  await entry.waitFor();
  await page.getByRole('heading', { name: '1 chỗ trùng lịch cần xem' }).waitFor();
  await expectAccessible(page);
  await entry.dragTo(month.getByRole('gridcell', { name: /^thứ Sáu, 10\/01\/2025/ }));
  const move = page.getByRole('dialog', { name: 'Chuyển Tổng duyệt cấp tỉnh' });
  await move.getByText('Không trùng phòng, người chủ trì').waitFor();
  await move.getByRole('button', { name: 'Chuyển', exact: true }).click();
  await page.getByText('Đã chuyển Tổng duyệt cấp tỉnh sang 14:00-16:00 thứ Sáu, 10/01/2025.').waitFor();
  await page.getByRole('heading', { name: /chỗ trùng lịch/ }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await page.getByText('Đã hoàn tác.').waitFor();

  // The sentence leads to the session.
  await page.getByRole('button', { name: /cùng dùng Hội trường B/ }).click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await entry.click();
  await page.getByRole('button', { name: 'Hủy buổi này' }).click();
  await page.getByRole('button', { name: 'Thời tiết xấu' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Hủy buổi này' }).click();
  await page.getByText('Đã hủy Tổng duyệt cấp tỉnh.').waitFor();
  await thursday.getByRole('button', { name: /Tổng duyệt cấp tỉnh.*đã hủy/ }).waitFor();
  expect((await sessions()).map(({ title }) => title)).toEqual(['Hội nghị toàn quốc về chuyển đổi số']);
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await page.getByText('Đã hoàn tác.').waitFor();
  await expect.poll(async () => (await sessions()).length).toBe(2);
  expect(faults).toEqual([]);
});

test('hours and deadlines of the plan are changed from the schedule, with their effect said, and taken back', async () => {
  // Of its own, for each try.
  const own = await create('Hội nghị toàn quốc về phòng thủ dân sự', 'Phòng họp số 3');
  const { page, faults } = await openDevice(stage, organizer, { dark: true });
  await page.goto(`/conferences/${own}/schedule?view=timeline&day=2025-01-13&reach=week`);
  await page.getByRole('button', { name: /^Buổi họp: Hội nghị toàn quốc/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Giờ', exact: true }).fill('08:30');
  await dialog.getByText('Giờ trong kế hoạch sẽ đổi theo.').waitFor();
  await dialog.getByRole('button', { name: /^(Lưu|Vẫn lưu)$/ }).click();
  await page.getByText('Đã sửa Hội nghị toàn quốc về phòng thủ dân sự.').waitFor();
  const start = async () => {
    const { plan } = await organizer.call(conferenceContracts.plan, { params: { conference: own } });
    return plan.startsAt;
  };
  expect(await start()).toBe('2025-01-13T08:30:00+07:00');
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await page.getByText('Đã hoàn tác.').waitFor();
  expect(await start()).toBe('2025-01-13T08:00:00+07:00');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);

  // The page has to see that it is wide again: a list on a phone goes by months.
  await page.getByRole('button', { name: 'Tuần trước' }).waitFor();
  await page.keyboard.press('PageUp');
  await page.getByRole('button', { name: /^Hạn:/ }).click();
  await page.getByText('Hạn này ghi trong kế hoạch').waitFor();
  await page.getByLabel('Chậm nhất hết ngày').fill('11/01/2025');
  await page.getByText(/Ngày cuối 11\/01\/2025 là thứ Bảy/).waitFor();
  await page.getByRole('button', { name: 'Đặt hạn này' }).click();
  await page.getByText('chậm nhất hết thứ Bảy, 11/01/2025.').waitFor();
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await page.getByText('Đã hoàn tác.').waitFor();
  const { plan } = await organizer.call(conferenceContracts.plan, { params: { conference: own } });
  expect(plan.duties.find(({ deadline }) => deadline?.dueBefore != null)?.deadline?.dueBefore).toBe(
    '2025-01-10T00:00:00+07:00',
  );
  expect(faults).toEqual([]);
});

test('on a phone the schedule of all conferences is a list by day', async () => {
  const { page, faults } = await openDevice(stage, organizer, { width: 360, height: 740 });
  await page.goto('/schedule?day=2025-01-01');
  await page.getByRole('heading', { level: 2, name: 'thứ Năm, 09/01/2025' }).waitFor();
  await page
    .getByRole('button', { name: /^Thử đường truyền: Thử đường truyền cấp tỉnh, 13:00-15:00/ })
    .waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Thêm buổi' }).click();
  await page.getByRole('dialog', { name: 'Thêm buổi vào lịch' }).getByLabel('Hội nghị').waitFor();
  await expectNoSidewaysScroll(page);
  expect(faults).toEqual([]);
});

test('a link for calendar programs is made, copied, read, and ended', async () => {
  // A calendar has the last quarter and the next two years.
  const startsAt = (Date.now() + 3 * 86_400_000) as Instant;
  const endsAt = (startsAt + 3_600_000) as Instant;
  await add({ kind: 'line-test', title: 'Thử với các tỉnh', startsAt, endsAt });
  const { page, context, faults } = await openDevice(stage, organizer, { width: 390, height: 844 });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/schedule');
  await page.getByRole('button', { name: 'Đưa vào ứng dụng lịch' }).click();
  const dialog = page.getByRole('dialog', { name: 'Đưa lịch này vào ứng dụng lịch của bạn' });
  await dialog.getByRole('button', { name: 'Tạo liên kết' }).click();
  await dialog.getByText('Đã tạo liên kết cho Lịch của tôi').waitFor();
  await dialog.getByRole('img', { name: 'Mã QR của liên kết lịch' }).waitFor();
  await dialog.getByText('chưa ứng dụng nào đọc').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);

  await dialog.getByRole('button', { name: 'Sao chép liên kết' }).click();
  await dialog.getByRole('button', { name: 'Đã sao chép' }).waitFor();
  const address = await page.evaluate(() => navigator.clipboard.readText());
  expect(await dialog.getByRole('link', { name: 'Mở bằng ứng dụng lịch' }).getAttribute('href')).toBe(
    address.replace('http:', 'webcal:'),
  );
  const { events } = readWithIcalJs(await (await fetch(address)).text());
  expect(events.map(({ summary }) => summary)).toContain(
    'Thử đường truyền: Thử với các tỉnh - Hội nghị toàn quốc về chuyển đổi số',
  );

  await dialog.getByRole('button', { name: /^Thu hồi liên kết Lịch của tôi/ }).click();
  await dialog.getByText('Các liên kết đang dùng').waitFor({ state: 'detached' });
  expect((await fetch(address)).status).toBe(404);
  expect(faults).toEqual([]);
});
