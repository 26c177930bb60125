import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

import { startTestServer, type SignedInClient, type TestServer } from '../server/harness.ts';

export const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
/** A folder of pages that were built elsewhere, in the place of `client/dist`. */
const BUILT = process.env['PAGES'];
/**
 * Chromium's own windows draw their menus as pages: two more for every machine that a test opens, 0.7 s of a processor each time.
 * Of such lists the last one counts: the rest is what playwright turns off by itself.
 */
const WITHOUT = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${WITHOUT.join(',')}`,
];

/** A real server and a real browser. */
export interface Stage {
  readonly server: TestServer;
  readonly browser: Browser;
  close(): Promise<void>;
}

export async function openStage(
  parts: Parameters<typeof startTestServer>[0] = {},
  flags: readonly string[] = [],
): Promise<Stage> {
  const server = await startTestServer({ ...pagesBuilt(), ...parts });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, ...flags] });
  return {
    server,
    browser,
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/** For a server that a test starts itself. */
export function pagesBuilt(): { pages?: string } {
  return BUILT === undefined ? {} : { pages: BUILT };
}

export interface Device {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors of scripts and of the policy that the pages met with; none is ever fine. */
  readonly faults: readonly string[];
}

/** Machines that tests have opened, by the test. */
const opened = new WeakMap<
  Browser,
  { readonly context: BrowserContext; readonly test: string | undefined }[]
>();

/** Closes what earlier tests left open: it would go on asking, and take its part of the processor. */
async function closeEarlier(browser: Browser, context: BrowserContext): Promise<void> {
  const test = expect.getState().currentTestName;
  const known = opened.get(browser) ?? [];
  const over = known.filter((one) => one.test !== undefined && one.test !== test);
  opened.set(browser, [...known.filter((one) => !over.includes(one)), { context, test }]);
  await Promise.all(over.map((one) => one.context.close()));
}

interface Has extends Looks {
  /** Whether the pages are put away on the machine, as they are for people: takes some seconds of both cores, so only where a test is about it. */
  readonly keepsPages?: boolean;
}

/** A browser of its own, as one machine in an office: with somebody signed in, or nobody. It is closed when the next test opens one. */
export async function openDevice(
  stage: Stage,
  who: SignedInClient | null,
  { keepsPages = false, ...options }: Has = {},
): Promise<Device> {
  const context = await stage.browser.newContext({
    baseURL: stage.server.url,
    serviceWorkers: keepsPages ? 'allow' : 'block',
    ...looks(options),
  });
  await closeEarlier(stage.browser, context);
  await leaveNothingToChance(context);
  if (who !== null) await signInOn(context, who, stage.server.url);
  const page = await context.newPage();
  return { context, page, faults: faultsOf(page) };
}

/** Machines come back at moments that chance spreads over seconds, as a country of them does so at once; one in a test at the first. */
async function leaveNothingToChance(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    let drawn = 0;
    Math.random = () => (drawn = (drawn + 1) % 1000) / 100_000;
  });
}

interface Looks {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
}

function looks({ width = 1280, height = 800, dark = false }: Looks) {
  return {
    locale: 'vi-VN',
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  } as const;
}

async function signInOn(context: BrowserContext, who: SignedInClient, url: string): Promise<void> {
  const [name = '', value = ''] = who.cookie.split('=');
  // A cookie of one run of the browser would be gone with it; the server gives its own for a week.
  const expires = Math.floor(Date.now() / 1000) + 86_400;
  const { hostname } = new URL(url);
  await context.addCookies([
    { name, value, domain: hostname, path: '/', httpOnly: true, sameSite: 'Lax', expires },
  ]);
}

/**
 * A machine whose browser keeps what it has in a folder: closed and started again with the same folder, it finds
 * everything as after a restart of the machine. Whoever starts it closes its context.
 */
export async function startMachine(
  folder: string,
  url: string,
  who: SignedInClient | null,
  options: Looks = {},
): Promise<Device> {
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: CHROMIUM,
    args: FLAGS,
    baseURL: url,
    ...looks(options),
  });
  if (who !== null) await signInOn(context, who, url);
  const page = context.pages()[0] ?? (await context.newPage());
  return { context, page, faults: faultsOf(page) };
}

function faultsOf(page: Page): readonly string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    // A refused or failed request, and a line that is down, are logged by the browser itself; the page says it in a sentence.
    const text = message.text();
    const own = /^Failed to load resource|net::ERR_INTERNET_DISCONNECTED|net::ERR_CONNECTION_REFUSED/.test(
      text,
    );
    if (message.type() === 'error' && !own) faults.push(text);
  });
  return faults;
}

/** Rules of WCAG 2.2 AA that a machine can check; of a dark page the colours alone, the rest is the same as in light. */
export async function expectAccessible(page: Page): Promise<void> {
  const scheme = await page.locator('html').getAttribute('data-mantine-color-scheme');
  // Without frames of others nothing has to be put together on a second page, and what is right is not told of: a third of the time.
  const builder = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await (
    scheme === 'dark'
      ? builder.withRules(['color-contrast'])
      : builder.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
  ).analyze();
  const said = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  );
  expect(said).toEqual([]);
}

/** A page as it stands, in light and in dark, and on the narrowest phone. It was opened in light. */
export async function expectFitForAll(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('html[data-mantine-color-scheme=dark]').waitFor({ state: 'attached' });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.locator('html[data-mantine-color-scheme=light]').waitFor({ state: 'attached' });
}

/** Nothing sticks out sideways on the narrowest phone. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  const out = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect(out).toBeLessThanOrEqual(0);
  if (size !== null) await page.setViewportSize(size);
}

/** Gives a page an authenticator as Chromium plays one, with finger or PIN; `more` is what else it can do. */
export async function addAuthenticator(page: Page, more: object = {}): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      ...more,
    },
  });
}
