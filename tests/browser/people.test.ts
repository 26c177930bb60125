import { afterAll, beforeAll, expect, test } from 'vitest';

import { api } from '../../domain/wire/api.ts';
import { newId } from '../server/harness.ts';
import { allPeople, sample, type Sample } from '../server/sample.ts';
import { chromium } from 'playwright-core';
import {
  CHROMIUM,
  expectAccessible,
  expectNoSidewaysScroll,
  FLAGS,
  openDevice,
  type Stage,
} from './stage.ts';

let s: Sample;
let stage: Stage;
beforeAll(async () => {
  s = await sample({ communes: 4 });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  stage = { server: s.server, browser, close: () => browser.close() };
});
afterAll(async () => {
  await stage?.close();
  await s?.server.close();
});

const file = (...rows: string[]) => ({
  name: 'danh-sach.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`\uFEFF${rows.join('\r\n')}\r\n`),
});

test('a roster comes in by columns that a person corrects, and goes again', async () => {
  // A file of this shape was never read before, whatever ran here earlier.
  const who = `Ông bà ${newId().slice(-4)}`;
  const { page, faults } = await openDevice(stage, s.organizer);
  await page.goto(`/conferences/${s.conference}/people`);
  await page.getByRole('searchbox').waitFor();
  await page.getByRole('button', { name: 'Nhập danh sách' }).click();
  await page
    .locator('input[type=file]')
    .setInputFiles(
      file(
        `${who},Chức vụ,Thẻ`,
        'Phạm Văn Sửu,Trưởng thôn 9,T-01',
        ',Trưởng thôn 8,T-02',
        'Lò Thị Ổn,Bí thư chi bộ thôn 7,T-03',
      ),
    );
  await page.getByText('Chưa ghi gì cả.').waitFor();
  await page.getByLabel(`Cột “${who}” hiểu là`).selectOption({ label: 'Họ và tên' });
  await page.getByLabel('Cột “Thẻ” hiểu là').selectOption({ label: 'Số thẻ, mã cán bộ' });
  await page.getByRole('button', { name: 'Đọc lại với các cột này' }).click();
  await page.getByText('Thiếu họ và tên.').first().waitFor();
  await page.getByText('bạn đã chọn').first().waitFor();
  await page.getByRole('button', { name: 'Tải 1 dòng lỗi về để sửa' }).waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.getByRole('button', { name: 'Nhập 2 dòng đúng' }).click();

  // By keys alone: what they do, the search, down to what it found, and open it.
  await page.getByRole('searchbox').waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Phím tắt' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('/');
  await page.keyboard.type('suu truong thon');
  await page.getByText('1 người', { exact: true }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('Chưa xếp chỗ từ khi có người này').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Sửa', exact: true }).click();
  await page.getByLabel('Điện thoại').fill('0900 000 001');
  await page.getByRole('button', { name: 'Lưu' }).click();
  await page.getByText('Thay đổi gần nhất: Sửa Phạm Văn Sửu').click();
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await page.getByText('Thay đổi gần nhất: Nhập 2 người từ tệp “danh-sach.csv”').waitFor();
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await page.getByText('Không có ai khớp.').waitFor();
  expect(await allPeople(s.organizer, s.conference)).toHaveLength(s.roster.length);
  expect(faults).toEqual([]);
});

test('a clause is changed in words with its effect shown first, taken back, and somebody seated by hand', async () => {
  const { page, faults } = await openDevice(stage, s.organizer);
  await page.goto(`/conferences/${s.conference}/placement`);
  await page.getByRole('region', { name: 'Theo điểm cầu' }).waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  const { items } = await s.organizer.call(api.clauses, { params: { conference: s.conference } });
  const clause = items.find(({ counts, rules }) => (counts?.seated ?? 0) > 0 && rules[0]?.kind === 'office')!;
  await page.getByText('Thành phần', { exact: true }).click();
  const card = page.getByRole('article', { name: clause.clause, exact: true });
  await card.getByText('Xem trong văn bản').click();
  await card.locator('mark').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await card.getByRole('button', { name: `Sửa cách hiểu mục ${clause.clause}` }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Là', { exact: true }).first().selectOption({ label: 'báo cáo viên' });
  await form.getByText('Sẽ hiểu là:').waitFor();
  await expectAccessible(page);
  await form.getByRole('button', { name: 'Xem kết quả' }).click();
  await page.getByText(/người đổi chỗ\./).waitFor();
  await page.getByText('Ai đi đâu').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Áp dụng' }).click();

  await page.getByText(`Thay đổi gần nhất: ${clause.clause}: sửa cách hiểu.`).click();
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await page.getByText('đã hoàn tác').waitFor();

  await page.getByText('Theo người', { exact: true }).click();
  const [first] = s.roster;
  await page.getByRole('searchbox').fill(first!.name);
  await page
    .getByRole('button', { name: `Xếp tay ${first!.name}` })
    .first()
    .click();
  await page.getByLabel('Không xếp chỗ').check();
  await page.getByRole('textbox', { name: 'Lý do' }).fill('đi học');
  await page.getByRole('button', { name: 'Xem kết quả' }).click();
  await page.getByRole('button', { name: 'Áp dụng' }).click();
  await page.getByText(`Không xếp chỗ cho ${first!.name}. Lý do: đi học.`).first().waitFor();
  await page.getByText('Ban tổ chức không xếp chỗ. Lý do: đi học.').waitFor();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);
  expect(faults).toEqual([]);
});
