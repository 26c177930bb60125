import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { signIn } from '../server/harness.ts';
import { pageIsKept } from './at-door.ts';
import { openDevice, openStage, pagesBuilt, type Stage } from './stage.ts';

let stage: Stage;
let pages: string;

beforeAll(async () => {
  pages = await mkdtemp(join(tmpdir(), 'nhipcau-pages-'));
  await cp(pagesBuilt().pages ?? 'client/dist', pages, { recursive: true });
  stage = await openStage({ pages });
});
afterAll(async () => {
  await stage.close();
  await rm(pages, { recursive: true });
});

/** So long a worker of these tests installs and takes over: slow machines are like that. */
const SLOWLY_MS = 1000;
const SLOW_WORKER = `
const slowly = (event) => event.waitUntil(new Promise((resolve) => setTimeout(resolve, ${SLOWLY_MS})));
self.addEventListener('install', slowly);
self.addEventListener('activate', slowly);
`;

/** Leaves a mark on a page that is gone once the page is loaded anew. */
const mark = (page: Page) => page.evaluate(() => Object.assign(window, { marked: true }));
const isMarked = (page: Page) => page.evaluate(() => 'marked' in window);
const isHeld = (page: Page) => page.evaluate(() => navigator.serviceWorker.controller !== null);

async function toAnotherPage(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Nhịp Cầu, trang đầu' }).click();
  await page.getByRole('heading', { name: 'Chưa có hội nghị nào' }).waitFor();
}

test('a new version takes nothing from who signs in while it comes, and is there with the next page', async () => {
  const link = stage.server.setupLink ?? '';
  const { page } = await openDevice(stage, null, { keepsPages: true });
  await page.goto(link);
  await page.getByLabel('Họ và tên').fill('Đỗ Thị Ữ');
  await page.getByLabel('Tên đăng nhập').fill('to.chuc');
  await pageIsKept(page);
  await mark(page);
  await appendFile(join(pages, 'sw.js'), '\n// the next version\n');
  await page.evaluate(async () => {
    const taken = new Promise((resolve) => {
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true });
    });
    await (await navigator.serviceWorker.getRegistration())?.update();
    await taken;
  });
  await page.getByRole('textbox', { name: 'Mật khẩu' }).fill('một câu dài dễ nhớ');
  await page.getByRole('button', { name: 'Tạo tài khoản' }).click();
  await page.getByRole('heading', { name: 'Chưa có hội nghị nào' }).waitFor();
  expect(await isMarked(page)).toBe(true);
  await page.getByRole('link', { name: 'Hội nghị mới' }).click();
  await page.waitForFunction(() => !('marked' in window));
});

test('pages that could not be put away on the machine are put away when the line is back', async () => {
  const worker = join(pages, 'sw.js');
  const whole = await readFile(worker);
  const { page, context } = await openDevice(stage, null, { keepsPages: true });
  await writeFile(worker, 'throw new Error("the line broke");');
  await page.goto('/sign-in');
  // One after the other: when this one is refused, the page's own has been.
  const own = page.evaluate(() =>
    navigator.serviceWorker.register('/sw.js').then(
      () => 'kept',
      () => 'refused',
    ),
  );
  expect(await own).toBe('refused');
  await writeFile(worker, whole);
  await context.setOffline(true);
  await context.setOffline(false);
  await pageIsKept(page);
});

test('a first visit is not loaded anew, however late the pages are put away on the machine', async () => {
  await appendFile(join(pages, 'sw.js'), SLOW_WORKER);
  const { page: first, context } = await openDevice(stage, await signIn(stage.server), { keepsPages: true });
  const second = await context.newPage();
  // It came without a worker, and its program begins in the middle of one taking over.
  const held = Promise.withResolvers<void>();
  await second.route('**/assets/*.js', async (route) => {
    await held.promise;
    await route.continue();
  });
  await first.goto('/account');
  await second.goto('/account', { waitUntil: 'commit' });
  expect(await isHeld(second)).toBe(false);
  await second.waitForFunction(() => navigator.serviceWorker.controller !== null);
  held.resolve();
  await second.getByRole('heading', { level: 1 }).waitFor();
  await pageIsKept(second);
  for (const page of [first, second]) {
    await mark(page);
    await toAnotherPage(page);
    expect(await isMarked(page)).toBe(true);
  }
});
