import { afterAll, beforeAll, expect, test } from 'vitest';

import { signIn, type SignedInClient } from '../server/harness.ts';
import { type Scene, setScene } from './scene.ts';
import { openDevice, openStage, type Stage } from './stage.ts';

let stage: Stage;
let scene: Scene;
let organizer: SignedInClient;
beforeAll(async () => {
  stage = await openStage();
  scene = await setScene(stage.server);
  organizer = await signIn(stage.server);
});
afterAll(() => stage.close());

test('all figures have one width, so that columns align and moving numbers push nothing', async () => {
  const { page } = await openDevice(stage, null);
  await page.goto('/sign-in');
  const widths = await page.evaluate(() =>
    [400, 600].map((weight) =>
      Array.from('0123456789', (figure) => {
        const span = document.createElement('span');
        span.textContent = figure.repeat(50);
        span.style.fontWeight = String(weight);
        document.body.append(span);
        const { width } = span.getBoundingClientRect();
        span.remove();
        return Math.round(width);
      }),
    ),
  );
  for (const ofWeight of widths) expect(new Set(ofWeight).size).toBe(1);
});

test('nothing is cut off of letters with two marks', async () => {
  const { page } = await openDevice(stage, organizer);
  await page.goto(`/conferences/${scene.conference}/live/${scene.province}`);
  await page.getByRole('link', { name: /Xã Lũng Ữ/ }).waitFor();
  // A line must be as high as its tallest letter with marks: 1.3 of the font's size in Be Vietnam Pro.
  const low = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((part) => [...part.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()))
      .filter((part) => /[À-ỹ]/.test(part.innerText ?? '') && part.offsetParent !== null)
      .map((part) => {
        const { lineHeight, fontSize } = getComputedStyle(part);
        return {
          text: part.innerText.slice(0, 40),
          ratio: Number.parseFloat(lineHeight) / Number.parseFloat(fontSize),
        };
      })
      .filter(({ ratio }) => ratio < 1.3),
  );
  expect(low).toEqual([]);
});

/** What moved of its own accord after the first paint; under 0.02 nobody notices. */
test.each([1280, 360])('pages do not jump while they come up, at %i px', async (width) => {
  const { page } = await openDevice(stage, organizer, { width });
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
      })[]) {
        if (!entry.hadRecentInput) shifts.push(entry.value);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const door = `/door/${scene.conference}/${scene.session}/${scene.commune}`;
  const pages = ['plan', 'bridges', 'people', 'placement', 'reports', 'live'];
  for (const path of ['/', door, ...pages.map((rest) => `/conferences/${scene.conference}/${rest}`)]) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    const moved = await page.evaluate(() => {
      const { shifts } = window as unknown as { shifts: number[] };
      return shifts.reduce((sum, shift) => sum + shift, 0);
    });
    expect({ path, jumps: moved >= 0.02 }).toEqual({ path, jumps: false });
  }
});
