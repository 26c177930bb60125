import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readConfig } from '../../server/platform/config.ts';
import { createLog } from '../../server/platform/log.ts';
import { startServer, type RunningServer } from '../../server/server.ts';
import { NAME, testAuthority, type TestAuthority } from '../server/operation/authority.ts';
import { signIn } from '../server/harness.ts';
import { CHROMIUM, FLAGS, pagesBuilt } from './stage.ts';

/** Only root can give a program a folder of settings of its own. */
const canTrust = process.getuid?.() === 0 && existsSync('/usr/bin/unshare');

let made: TestAuthority;
let server: RunningServer;
let trusting: string;

beforeAll(async () => {
  made = await testAuthority();
  const environment = {
    DATA: join(made.folder, 'data'),
    PORT: '0',
    HTTP_PORT: '0',
    TLS_CERT: made.files.cert,
    TLS_KEY: made.files.key,
    PUBLIC_URL: `https://${NAME}`,
  };
  server = await startServer(readConfig(environment, []), { log: createLog('silent'), ...pagesBuilt() });
  trusting = await trustingBrowser();
});
afterAll(async () => {
  await server.close();
  await made.remove();
});

/**
 * A browser that trusts the authority as a host's does, by the settings that an administrator gives it; nobody else's browser
 * on this machine sees them.
 */
async function trustingBrowser(): Promise<string> {
  const [folder, program] = [join(made.folder, 'policies'), join(made.folder, 'chromium')];
  await mkdir(folder);
  const authority = new X509Certificate(await readFile(made.files.authority));
  const policy = { CACertificates: [authority.raw.toString('base64')] };
  await writeFile(join(folder, 'trust.json'), JSON.stringify(policy));
  const within = [
    'mount -t tmpfs none /etc/chromium',
    'mkdir -p /etc/chromium/policies/managed',
    `cp ${folder}/trust.json /etc/chromium/policies/managed/`,
    `exec ${CHROMIUM} "$@"`,
  ].join(' && ');
  await writeFile(program, `#!/bin/sh\nexec unshare --mount sh -c '${within}' sh "$@"\n`);
  await chmod(program, 0o755);
  return program;
}

async function open(program: string): Promise<Browser> {
  // The name is an invented one: it leads to this machine.
  const names = `--host-resolver-rules=MAP *.local 127.0.0.1`;
  return await chromium.launch({ executablePath: program, args: [...FLAGS, names] });
}

describe.skipIf(!canTrust)('a browser that trusts the private authority', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await open(trusting);
  });
  afterAll(() => browser.close());

  test('opens the server as a secure context, with its service worker, its line, and what cameras need', async () => {
    const { cookie } = await signIn(server);
    const at = cookie.indexOf('=');
    const url = `https://${NAME}:${server.port}`;
    const context = await browser.newContext({ locale: 'vi-VN' });
    const [name, value] = [cookie.slice(0, at), cookie.slice(at + 1)];
    await context.addCookies([{ name, value, domain: NAME, path: '/', secure: true, httpOnly: true }]);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    await page.goto(`${url}/`);
    expect(await page.evaluate(() => isSecureContext)).toBe(true);
    expect(await page.evaluate(() => typeof navigator.mediaDevices.getUserMedia)).toBe('function');
    expect(await page.evaluate(() => typeof crypto.subtle.digest)).toBe('function');
    const worker = await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.scriptURL);
    expect(worker).toBe(`${url}/sw.js`);
    const opened = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const line = new WebSocket(`wss://${location.host}/socket.io/?EIO=4&transport=websocket`);
          line.addEventListener('message', ({ data }) => resolve(String(data).slice(0, 1)));
          line.addEventListener('error', () => resolve('refused'));
        }),
    );
    expect(opened).toBe('0');
    expect(faults).toEqual([]);
    await context.close();
  });

  test('refuses it under a name that the certificate is not for', async () => {
    const page = await browser.newPage();
    await expect(page.goto(`https://khac.local:${server.port}/`)).rejects.toThrow(
      /ERR_CERT_COMMON_NAME_INVALID/,
    );
    await page.close();
  });
});

describe('a browser that does not trust it', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await open(CHROMIUM);
  });
  afterAll(() => browser.close());

  test('refuses the server', async () => {
    const page = await browser.newPage();
    await expect(page.goto(`https://${NAME}:${server.port}/`)).rejects.toThrow(/ERR_CERT_AUTHORITY_INVALID/);
    await page.close();
  });

  test('shows the page that says how to trust it, without a script', async () => {
    const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(`http://${NAME}:${server.plainPort}/trust`);
    expect(await page.locator('h1').innerText()).toBe('Để máy này tin máy chủ Nhịp Cầu');
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(sideways).toBeLessThanOrEqual(0);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'nhipcau-authority.crt' }).first().click(),
    ]);
    const authority = new X509Certificate(await readFile(await file.path()));
    const told = (await page.locator('.mark').first().innerText()).replaceAll(/\s/g, '');
    expect(told).toContain(authority.fingerprint256.replaceAll(':', ''));
    expect(complaints).toEqual([]);
    const shots = process.env['SHOTS'];
    if (shots !== undefined) {
      await page.screenshot({ path: join(shots, 'trust-390.png'), fullPage: true });
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.screenshot({ path: join(shots, 'trust-1280.png') });
      await page.pdf({ path: join(shots, 'trust.pdf') });
    }
    await page.close();
  });
});
