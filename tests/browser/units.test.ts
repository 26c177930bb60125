import { afterAll, beforeAll, expect, test } from 'vitest';

import { provinceUnits } from '../../fixtures/sample/units.ts';
import { signIn } from '../server/harness.ts';
import { expectAccessible, expectNoSidewaysScroll, openDevice, openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

/** The list of a province as a file; one row may be otherwise. */
function listOf(replace: (line: string) => string): Buffer {
  const rows = provinceUnits(12);
  const columns = Object.keys(rows[0] ?? {}) as (keyof (typeof rows)[number])[];
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))].map((line) =>
    line.join(','),
  );
  return Buffer.from(lines.map(replace).join('\r\n'));
}

test.each([
  ['light', false],
  ['dark', true],
] as const)(
  'an official list is looked at with its faults and differences before it is applied, in %s',
  async (_, dark) => {
    const { page, faults } = await openDevice(stage, await signIn(stage.server), { dark });
    await page.goto('/units');
    await page.getByLabel('Danh mục có hiệu lực vào ngày').fill('13/01/2025');
    const chooser = page.locator('input[type="file"]');
    await chooser.setInputFiles({
      name: 'danh-muc.csv',
      mimeType: 'text/csv',
      buffer: listOf((line) => line.replace(/^97003,3,Xã/, '97003,3,Xóm')),
    });
    await page.getByText(/dòng \d+, cột type/).waitFor();
    expect(await page.getByRole('button', { name: /^Áp dụng/ }).isDisabled()).toBe(true);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.getByRole('button', { name: 'Chọn tệp khác' }).click();
    await chooser.setInputFiles({
      name: 'danh-muc-2.csv',
      mimeType: 'text/csv',
      buffer: listOf((line) => (dark ? line.replaceAll('Đảo Mây', 'Đảo Gió') : line)),
    });
    const what = dark ? '1 đơn vị đổi tên hoặc đổi loại' : '23 đơn vị mới';
    await page.getByText(what).click();
    await page
      .getByText(dark ? /Đảo Mây \(970\): nay là .*Đảo Gió/ : /Đảo Mây \(970\), thuộc Tỉnh Sông Cầu/)
      .waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Áp dụng từ ngày 01/01/2020' }).click();
    await page.getByText('Đã áp dụng danh mục').waitFor();
    await page.getByText('23 đơn vị: cấp tỉnh, cấp huyện, cấp xã.').waitFor();
    expect(faults).toEqual([]);
  },
);
