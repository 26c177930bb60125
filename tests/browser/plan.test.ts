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

async function begin(page: Page, name: string): Promise<void> {
  await page.goto('/conferences/new');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('input[type=file]').setInputFiles(fixture(name));
  await page.waitForURL('**/drafts/*');
  await page.getByRole('heading', { level: 2, name: 'Thành phần' }).waitFor();
}

async function expectFocusOn(page: Page, path: string): Promise<void> {
  await page.locator(`[data-field="${path}"]:focus`).waitFor();
}

test.each(['national-clean.md', 'national.docx'])(
  'a plan document (%s) is read, and each field lights the passage that it rests on',
  async (name) => {
    const { page, faults } = await openDevice(stage, organizer);
    await begin(page, name);
    await page.getByText('08:00 thứ Hai, 13/01/2025').first().waitFor();
    const document = page.getByRole('region', { name: 'Văn bản kế hoạch' });
    const venue = page.locator('[data-field="venue"]');
    await venue.focus();
    const lit = document.locator('mark[data-lit]');
    await expect.poll(async () => (await lit.allTextContents()).join(' ')).toContain('Diên Hồng');
    // And the other way round: a passage leads to its field.
    await lit.first().click();
    await expectFocusOn(page, 'venue');
    // The marks of Markdown are for machines.
    expect(await document.textContent()).not.toMatch(/\*\*|\(_|_\)|^#/m);
    expect(faults).toEqual([]);
  },
);

test('a document becomes a plan by keys alone, the plan a conference, and the conference is corrected in the same way', async () => {
  const { page, faults } = await openDevice(stage, organizer);
  await begin(page, 'three-level.txt');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);

  // What waits is gone to with a key, corrected, taken back, and accepted as it was read.
  const path = 'clauses.3.quota';
  const quota = page.locator(`[data-field="${path}"]`);
  await page.keyboard.press('n');
  await expectFocusOn(page, path);
  await page.keyboard.press('e');
  await quota.locator('input').fill('4');
  await page.keyboard.press('Enter');
  await page.locator(`[data-field="${path}"]:not([data-open])`, { hasText: '4' }).waitFor();
  await page.getByText('Đã lưu.').waitFor();
  await expectFocusOn(page, path);
  await page.keyboard.press('u');
  await page.locator(`[data-field="${path}"][data-open]`, { hasText: '2' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator(`[data-field="${path}"]:not([data-open])`, { hasText: '2' }).waitFor();
  await page.getByText('Đã lưu.').waitFor();

  // Another machine finds it as it was left.
  const elsewhere = await openDevice(stage, organizer, { width: 390, dark: true });
  await elsewhere.page.goto(new URL(page.url()).pathname);
  await elsewhere.page.locator(`[data-field="${path}"]:not([data-open])`).waitFor();
  await expectAccessible(elsewhere.page);
  await elsewhere.page.getByRole('button', { name: 'Văn bản kế hoạch' }).click();
  await elsewhere.page.getByRole('region', { name: 'Văn bản kế hoạch' }).waitFor();
  await elsewhere.context.close();

  await page.getByRole('button', { name: 'Tạo hội nghị' }).click();
  await page.getByText(/^Buổi họp được lập lúc 14:00/).waitFor();
  await page.getByRole('button', { name: 'Tạo hội nghị này' }).click();
  await page.getByRole('heading', { level: 1, name: 'Kế hoạch' }).waitFor();

  const ends = page.locator('[data-field="endsAt"]');
  await ends.focus();
  await page.keyboard.press('e');
  await ends.locator('input').fill('17h30 32/8');
  await page.keyboard.press('Enter');
  await ends.getByText('Không đọc được “17h30 32/8”.', { exact: false }).waitFor();
  await ends.locator('input').fill('17h30 15/8/25');
  await page.keyboard.press('Enter');
  await page.getByText(/chưa áp dụng/).waitFor();
  await page.getByRole('button', { name: 'Áp dụng sửa đổi' }).click();
  await page.getByText('Buổi họp dời theo giờ mới, cùng chương trình.').waitFor();
  await page.getByRole('button', { name: 'Áp dụng vào hội nghị' }).click();
  await page.getByText(/chưa áp dụng/).waitFor({ state: 'detached' });
  await expectAccessible(page);
  const { items } = await organizer.call(api.conferences, {});
  const conference = items[0]?.id ?? '';
  const { plan } = await organizer.call(api.plan, { params: { conference } });
  expect(plan.endsAt).toBe('2025-08-15T17:30:00+07:00');
  expect(plan.clauses[3]?.quota).toBe(2);

  await page.getByRole('button', { name: 'Ban hành', exact: true }).click();
  await page.getByRole('button', { name: 'Ban hành kế hoạch' }).click();
  await page.getByText(/^Đã ban hành lúc \d\d:\d\d/).waitFor();
  expect(faults).toEqual([]);
});

test('two who edit one field at once: the slower is told, and keeps what they typed', async () => {
  const { page } = await openDevice(stage, organizer);
  await begin(page, 'national-clean.md');
  const id = page.url().split('/').at(-1) ?? '';
  const other = await signIn(stage.server, undefined, 'Hồ Thị Sửa');
  const venue = page.locator('[data-field="venue"]');
  await venue.focus();
  await page.keyboard.press('e');
  await venue.locator('textarea').fill('Hội trường của tôi');
  const params = { draft: id };
  const { draft } = await other.call(api.draft, { params, query: {} });
  const was = draft?.copy.venue.value ?? null;
  const deed = { do: 'set', path: 'venue', was, value: 'Hội trường bên kia' } as const;
  await other.call(api.changeDraft, { params, body: { revision: draft?.revision ?? 0, deed } });
  await page.keyboard.press('Enter');
  const told = page.getByRole('alert');
  await told.getByText('Đồng chí nhập: Hội trường của tôi').waitFor();
  await told.getByText('Hiện là: Hội trường bên kia').waitFor();
  await told.getByRole('button', { name: 'Ghi bản của tôi' }).click();
  await told.waitFor({ state: 'detached' });
  await page.getByText('Đã lưu.').waitFor();
  const after = await other.call(api.draft, { params, query: {} });
  expect(after.draft?.copy.venue.value).toBe('Hội trường của tôi');
});

test('a file that is no document gets a sentence, and nothing is kept', async () => {
  const { page } = await openDevice(stage, organizer);
  await page.goto('/conferences/new');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  const before = (await organizer.call(api.drafts)).items.length;
  await page.locator('input[type=file]').setInputFiles({
    name: 'hong.docx',
    mimeType: 'application/zip',
    buffer: Buffer.from('PK\u0003\u0004 không phải tệp Word'),
  });
  const refusal = page.getByRole('alert');
  await refusal.waitFor();
  expect(await refusal.textContent()).not.toMatch(/\d{3}|null|error/i);
  expect((await organizer.call(api.drafts)).items).toHaveLength(before);
});
