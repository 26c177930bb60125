import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { notePainted } from '../bench/web/browser.ts';
import { hostAt, signIn } from '../server/harness.ts';
import { pairPage } from './at-door.ts';
import { setScene } from './scene.ts';
import { openDevice, openStage, type Stage } from './stage.ts';

/** Compressed, in bytes, without headers: what the pages weigh, and a little air. Whoever needs more says here for what. */
const SIGN_IN = 207_000;
const DOOR = 290_000;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

test('a machine that was never here fetches no more than it needs to show the page to sign in', async () => {
  const { page } = await openDevice(stage, null, { keepsPages: false });
  const painted = await notePainted(page, 'input[autocomplete^="username"]');
  await page.goto('/sign-in');
  expect(await bytesUntil(await painted(), page)).toBeLessThan(SIGN_IN);
});

test('a machine that was never here fetches no more than it needs to pair and show the list of its door', async () => {
  const { conference, session, commune } = await setScene(stage.server, 'nang');
  const host = await signIn(stage.server, [hostAt(conference, commune)]);
  const { page } = await openDevice(stage, host, { keepsPages: false });
  const painted = await notePainted(page, '[aria-label="Danh sách đại biểu"]');
  await page.goto(`/door/${conference}/${session}/${commune}`);
  await pairPage(stage.server, conference, commune, page);
  expect(await bytesUntil(await painted(), page)).toBeLessThan(DOOR);
});

/** What was asked for before a moment, page, program, styles and fonts together; what the API says is not counted. */
async function bytesUntil(moment: number, page: Page): Promise<number> {
  await page.waitForLoadState('networkidle');
  return await page.evaluate((end) => {
    const [own] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const files = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(
      ({ name, startTime }) => startTime < end && !new URL(name).pathname.startsWith('/api/'),
    );
    return [own, ...files].reduce((sum, file) => sum + (file?.encodedBodySize ?? 0), 0);
  }, moment);
}
