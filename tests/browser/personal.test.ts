import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { personalUrl, signLink } from '../../server/personal/links.ts';
import { personalSite } from '../../server/personal/site.ts';
import { contentWith, INVITATION, invitedParts } from '../server/personal/invited.ts';
import { expectAccessible, expectNoSidewaysScroll, openDevice, openStage, type Stage } from './stage.ts';

const parts = invitedParts();
let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ sites: [personalSite(parts)] });
});
afterAll(() => stage.close());
beforeEach(() => Object.assign(parts, { shown: contentWith() }));

const address = () =>
  personalUrl(signLink(stage.server.context(), { invitation: INVITATION, edition: 1 }), 'vi');

test.each([
  [320, false],
  [390, true],
])(
  'on a phone of %i px without scripts somebody reads, is told what is missing, proposes a substitute, and comes after all',
  async (width, dark) => {
    const context = await stage.browser.newContext({
      baseURL: stage.server.url,
      javaScriptEnabled: false,
      viewport: { width, height: 640 },
      colorScheme: dark ? 'dark' : 'light',
    });
    try {
      const page = await context.newPage();
      page.setDefaultTimeout(8000);
      const refused: string[] = [];
      page.on('console', (message) => {
        if (/security policy/i.test(message.text())) refused.push(message.text());
      });
      await page.goto(address());
      await page.getByRole('heading', { level: 1, name: 'Thông báo triệu tập' }).waitFor();
      await page.getByText('B12').waitFor();
      await page.getByRole('img', { name: 'Mã thẻ của bạn' }).waitFor();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(width);

      await page.getByText('Đề nghị người dự thay').click();
      await page.getByLabel('Họ và tên người dự thay').fill('Đỗ Văn Ổn');
      await page.getByLabel('Điện thoại').fill('gọi sau');
      await page.getByRole('button', { name: 'Gửi đề nghị' }).click();
      const faults = page.getByRole('alert');
      await faults.getByRole('link', { name: 'Điện thoại: chưa đúng. Ví dụ: 0912 345 678.' }).waitFor();
      expect(await page.getByLabel('Họ và tên người dự thay').inputValue()).toBe('Đỗ Văn Ổn');
      await expectNoSidewaysScroll(page);
      await faults.getByRole('link', { name: /Chức vụ/ }).click();
      await page.getByLabel('Chức vụ').fill('Phó Trưởng xóm');
      await page.getByLabel('Điện thoại').fill('0912 345 678');
      await page.getByLabel('Lý do bạn không dự được').fill('Bận họp ở tỉnh');
      await page.getByRole('button', { name: 'Gửi đề nghị' }).click();
      await page.getByRole('status').getByText('Đã nhận câu trả lời của bạn.').waitFor();
      await page.getByText('Đơn vị chưa quyết định. Người dự thay: Đỗ Văn Ổn').waitFor();

      await page.getByRole('button', { name: 'Tôi sẽ dự' }).click();
      await page.getByText('Bạn đã trả lời: sẽ dự.').waitFor();

      const coming = page.waitForEvent('download');
      await page.getByRole('link', { name: '1. Chương trình Hội nghị.pdf' }).click();
      expect((await coming).suggestedFilename()).toBe('Chương trình.pdf');
      await page.getByRole('link', { name: 'English' }).click();
      await page.getByRole('heading', { level: 1, name: 'Summons' }).waitFor();
      await page.getByText('You answered: coming.').waitFor();
      expect(parts.said.splice(0).map(({ answer }) => answer)).toEqual(['substitute', 'coming']);
      expect(refused).toEqual([]);
    } finally {
      await context.close();
    }
  },
);

test.each([false, true])('it can be read and filled in by everybody, in the dark too (%s)', async (dark) => {
  const { page, faults } = await openDevice(stage, null, { width: 390, dark });
  await page.goto(address());
  await page.getByText('Đề nghị người dự thay').click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Gửi đề nghị' }).click();
  await page.getByRole('alert').getByText('Chưa gửi được').waitFor();
  await expectAccessible(page);
  expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
});
