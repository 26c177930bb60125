import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { z } from 'zod';

import { api } from '../../domain/wire/api.ts';
import type { AnswerOf, Contract } from '../../domain/wire/contract.ts';
import { requestOf, type CallInput } from '../../domain/wire/request.ts';
import { CHROMIUM, FLAGS } from '../browser/stage.ts';
import { openCamera } from './camera.ts';
import { startDemo, type Demo } from '../demo.ts';
import { PAGES, type Places, type Shown } from './pages.ts';

/**
 * Pictures of every main page of the demo, in both languages, on a phone, a laptop and a wall: `npm run screenshots`. They go
 * to `docs/screenshots/<language>/<size>/<page>.webp`; names after the command take those pages alone.
 */
const FOLDER = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const SIZES = {
  phone: { width: 390, height: 844 },
  laptop: { width: 1366, height: 768 },
  wall: { width: 1920, height: 1080 },
};
/** Of the three minutes in which the demo's bridges fill, the moment at which half have. */
const HALF_FULL_MS = 100_000;

const wanted = process.argv.slice(2);
const demo = await startDemo();
const personal: Shown = { name: 'personal', path: () => demo.personal };
const pages = [...PAGES, personal].filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
try {
  if (wanted.length === 0) await rm(FOLDER, { recursive: true, force: true });
  const context = await newContext(browser, demo);
  const page = await context.newPage();
  await signIn(page, demo);
  const places = await placesIn(page, demo);
  await pairDoor(page, places);
  await pause(Math.max(0, demo.openedAt + HALF_FULL_MS - Date.now()));
  const camera = await openCamera(browser);
  let bytes = 0;
  for (const shown of pages)
    for (const language of ['vi', 'en'] as const) {
      await page.evaluate((chosen) => localStorage.setItem('language', chosen), language);
      // The page of somebody who is invited is none of the application: its language stands in its address.
      await page.goto(shown.path(places) + (shown === personal ? `&language=${language}` : ''));
      for (const [size, viewport] of Object.entries(SIZES)) {
        await page.setViewportSize(viewport);
        await settled(page);
        bytes += await camera.take(page, `${FOLDER}${language}/${size}/${shown.name}.webp`);
      }
    }
  await camera.close();
  console.log(
    `${pages.length} pages, ${pages.length * 6} pictures, ${Math.round(bytes / 1000)} kB in docs/screenshots`,
  );
} finally {
  await browser.close();
  demo.stop();
}

function newContext(own: Browser, { url }: Demo): Promise<BrowserContext> {
  return own.newContext({ baseURL: url, locale: 'vi-VN', reducedMotion: 'reduce', colorScheme: 'light' });
}

async function signIn(page: Page, { username, password }: Demo): Promise<void> {
  await page.goto('/sign-in');
  await page.locator('input[autocomplete^=username]').fill(username);
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForURL((url) => url.pathname === '/');
}

/** Asks the API as the page would. */
async function ask<C extends Contract>(page: Page, contract: C, input: CallInput<C>): Promise<AnswerOf<C>> {
  const { url, method, headers } = requestOf(contract, input, 'vi');
  const text = await page.evaluate(async (request) => (await fetch(request.url, request)).text(), {
    url,
    method,
    headers,
  });
  return z.parse(contract.answer as z.ZodType, JSON.parse(text)) as AnswerOf<C>;
}

async function placesIn(page: Page, { conference }: Demo): Promise<Places> {
  const params = { conference };
  const sessions = await ask(page, api.sessions, { params });
  const bridges = await ask(page, api.bridges, { params, query: { limit: 1000 } });
  const first = (kind: string): string => idOf(bridges.items.find((bridge) => bridge.class === kind));
  return {
    conference,
    session: idOf(sessions.items.find(({ kind }) => kind === 'session')),
    province: first('province'),
    commune: first('commune'),
  };
}

function idOf(found: { readonly id: string } | undefined): string {
  if (found === undefined) throw new Error('The demo has no such thing.');
  return found.id;
}

/** Pairs this browser with the door of the commune, so that its page shows people. */
async function pairDoor(page: Page, { conference, session, commune }: Places): Promise<void> {
  const { code } = await ask(page, api.newPairingCode, { params: { conference, bridge: commune } });
  await page.goto(`/door/${conference}/${session}/${commune}`);
  await page.getByRole('textbox', { name: 'Mã ghép máy' }).fill(code);
  await page.getByRole('button', { name: 'Ghép máy này' }).click();
  await page
    .getByText(/có mặt/)
    .first()
    .waitFor();
}

/** Nothing loads any more, and what came is on the screen. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => undefined);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await pause(300);
}
