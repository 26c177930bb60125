import { fileURLToPath } from 'node:url';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { api } from '../../domain/wire/api.ts';
import { signIn, type SignedInClient } from '../server/harness.ts';
import { expectAccessible, expectNoSidewaysScroll, openDevice, openStage, type Stage } from './stage.ts';

let stage: Stage;
let organizer: SignedInClient;
beforeAll(async () => {
  stage = await openStage();
  organizer = await signIn(stage.server);
});
afterAll(() => stage.close());

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/plans/${name}`, import.meta.url));

async function read(page: Page, name: string): Promise<void> {
  await page.goto('/conferences/new');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('input[type=file]').setInputFiles(fixture(name));
  await page.getByRole('heading', { level: 2, name: 'Thành phần' }).waitFor();
}

test.each(['national-clean.md', 'national-scanned.txt', 'national.docx'])(
  'a plan document (%s) is read, and each field lights the passage that it rests on',
  async (name) => {
    const { page, faults } = await openDevice(stage, organizer);
    await read(page, name);
    await page.getByText('08:00 thứ Hai, 13/01/2025').waitFor();
    const document = page.getByRole('region', { name: 'Văn bản kế hoạch' });
    const venue = page.getByRole('group', { name: 'Địa điểm' });
    await venue.focus();
    const lit = document.locator('mark[data-lit]');
    await expect.poll(async () => (await lit.allTextContents()).join(' ')).toContain('Diên Hồng');
    // And the other way round: a passage leads to its field.
    await lit.first().click();
    await expect.poll(() => venue.evaluate((row) => row === row.ownerDocument.activeElement)).toBe(true);
    expect(faults).toEqual([]);
  },
);

test('an accepted plan becomes a conference, a correction is kept, and issuing says what it does', async () => {
  const { page, faults } = await openDevice(stage, organizer);
  await read(page, 'national-clean.md');
  await page.getByRole('button', { name: 'Nhận và tạo hội nghị' }).click();
  await page.getByRole('heading', { level: 1, name: 'Kế hoạch' }).waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);

  await page.getByRole('button', { name: 'Sửa: Truyền hình' }).click();
  await page.getByRole('textbox', { name: 'Truyền hình' }).fill('Truyền hình tỉnh');
  await page.keyboard.press('Enter');
  await page.getByText('Đã lưu.').waitFor();
  const { items } = await organizer.call(api.conferences, {});
  const conference = items[0]?.id ?? '';
  const { plan } = await organizer.call(api.plan, { params: { conference } });
  expect(plan.broadcast).toBe('Truyền hình tỉnh');

  await page.getByRole('button', { name: 'Ban hành', exact: true }).click();
  await page.getByRole('button', { name: 'Ban hành kế hoạch' }).click();
  await page.getByText(/^Đã ban hành lúc \d\d:\d\d/).waitFor();
  await page.goto('/');
  await page.getByText('đã ban hành').waitFor();
  expect(faults).toEqual([]);
});

test('a file that is no document gets a sentence, and nothing is kept', async () => {
  const { page } = await openDevice(stage, organizer);
  await page.goto('/conferences/new');
  const before = (await organizer.call(api.conferences, {})).items.length;
  await page.locator('input[type=file]').setInputFiles({
    name: 'hong.docx',
    mimeType: 'application/zip',
    buffer: Buffer.from('PK\u0003\u0004 không phải tệp Word'),
  });
  const refusal = page.getByRole('alert');
  await refusal.waitFor();
  expect(await refusal.textContent()).not.toMatch(/\d{3}|null|error/i);
  expect((await organizer.call(api.conferences, {})).items).toHaveLength(before);
});
