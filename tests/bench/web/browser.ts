import type { CDPSession, Page } from 'playwright-core';

import { at } from '../load/figures.ts';

/** How much slower than this machine an old laptop is taken to be. */
export const SLOWER = 4;

/** Makes the processor of a page so many times slower. */
export async function slowDown(page: Page, times: number): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: times });
  return session;
}

/** What came over the network for a page: compressed, with its headers. */
export interface Came {
  /** Of all that has come until now. */
  readonly bytes: number;
  readonly answers: number;
  /** Of the API alone: what a list weighs depends on who is in it. */
  readonly apiBytes: number;
}

/** Counts what comes over the network for a page, as it comes. Workers of the page are not counted. */
export async function countBytes(page: Page): Promise<() => Came> {
  const session = await page.context().newCDPSession(page);
  const api = new Set<string>();
  let [bytes, answers, apiBytes] = [0, 0, 0];
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (new URL(request.url).pathname.startsWith('/api/')) api.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes += encodedDataLength;
    answers += 1;
    if (api.has(requestId)) apiBytes += encodedDataLength;
  });
  await session.send('Network.enable');
  return () => ({ bytes, answers, apiBytes });
}

/** Has a page note when an element that fits a selector first stands in it, before anything that begins with it. */
export async function noteWhenThere(page: Page, selector: string): Promise<void> {
  await page.addInitScript((wanted) => {
    const observer = new MutationObserver(() => {
      if (document.querySelector(wanted) === null) return;
      observer.disconnect();
      Object.assign(window, { thereAt: performance.now() });
    });
    observer.observe(document, { childList: true, subtree: true });
  }, selector);
}

/** What was asked for until that element stood there: what a page fetches behind its first screen is not counted. */
export async function cameUntilThere(page: Page): Promise<Came> {
  await page.waitForFunction(() => 'thereAt' in window);
  await page.waitForLoadState('networkidle');
  return await page.evaluate(() => {
    const end = (window as unknown as { thereAt: number }).thereAt;
    const files = [
      ...performance.getEntriesByType('navigation'),
      ...performance.getEntriesByType('resource').filter(({ startTime }) => startTime < end),
    ] as PerformanceResourceTiming[];
    const api = files.filter(({ name }) => new URL(name).pathname.startsWith('/api/'));
    // The browser counts 300 for the headers of each, whatever they are.
    const sum = (all: typeof files) =>
      all.reduce((bytes, { encodedBodySize }) => bytes + encodedBodySize + 300, 0);
    return { bytes: sum(files), answers: files.length, apiBytes: sum(api) };
  });
}

/** Has every page of the browser note when an element that fits a selector is first painted, in ms since its navigation. */
export async function notePainted(page: Page, selector: string): Promise<() => Promise<number>> {
  await page.addInitScript((wanted) => {
    const look = (): void => {
      if (document.querySelector(wanted) === null) return void requestAnimationFrame(look);
      // The frame that shows it is drawn after the next callback has begun.
      requestAnimationFrame(() => Object.assign(window, { paintedAt: performance.now() }));
    };
    look();
  }, selector);
  return async () => {
    const found = await page.waitForFunction(() => (window as { paintedAt?: number }).paintedAt);
    return Number(await found.jsonValue());
  };
}

/** Ms between the frames of a page while something is done in it. */
export async function framesWhile(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const times: number[] = [];
    const tick = (time: number): void => {
      times.push(time);
      if ('frameTimes' in window) requestAnimationFrame(tick);
    };
    Object.assign(window, { frameTimes: times });
    requestAnimationFrame(tick);
  });
  await act();
  const times = await page.evaluate(() => {
    const { frameTimes } = window as unknown as { frameTimes: number[] };
    delete (window as { frameTimes?: unknown }).frameTimes;
    return frameTimes;
  });
  return times.slice(1).map((time, index) => time - (times[index] ?? time));
}

/** Median, 99th percentile and worst of some times. */
export function spread(times: readonly number[]): { p50: number; p99: number; worst: number } {
  const inOrder = times.toSorted((a, b) => a - b);
  return { p50: at(0.5, inOrder), p99: at(0.99, inOrder), worst: inOrder.at(-1) ?? NaN };
}
