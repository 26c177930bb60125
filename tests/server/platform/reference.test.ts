import { existsSync } from 'node:fs';

import { chromium } from 'playwright-core';
import { expect, test } from 'vitest';

import { contracts } from '../../../domain/wire/api.ts';
import { startTestServer } from '../harness.ts';

const BROWSER = '/usr/bin/chromium';

test.skipIf(!existsSync(BROWSER))(
  'the reference page shows every route, and its own rules stop nothing of it',
  async () => {
    const server = await startTestServer();
    const browser = await chromium.launch({
      executablePath: BROWSER,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
    });
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
      const elsewhere: string[] = [];
      page.on('request', (request) => {
        if (!request.url().startsWith(server.url) && !request.url().startsWith('data:'))
          elsewhere.push(request.url());
      });
      await page.goto(`${server.url}/api/reference`);
      await page.waitForSelector('.opblock');
      // Of more than a hundred it has only those in its page that are in sight.
      const seen = new Set<string>();
      for (let isAtEnd = false; !isAtEnd;) {
        for (const line of await page.locator('.opblock-summary-control').allInnerTexts()) seen.add(line);
        isAtEnd = await page.evaluate(() => {
          window.scrollBy(0, window.innerHeight / 2);
          return window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 1;
        });
        await page.waitForTimeout(50);
      }
      for (const line of await page.locator('.opblock-summary-control').allInnerTexts()) seen.add(line);
      expect(seen.size).toBe(Object.keys(contracts).length);
      expect(await page.locator('.info .title').innerText()).toContain('Nhịp Cầu');
      expect(complaints).toEqual([]);
      expect(elsewhere).toEqual([]);
    } finally {
      await browser.close();
      await server.close();
    }
  },
);
