import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';

import { loadEnvFile } from '../../../server/platform/env-file.ts';
import { openDesk, start, type Desk } from './run.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.clear());

const Shown = z.object({
  authority: z.object({ file: z.string(), sha256: z.string(), sha1: z.string(), validUntil: z.string() }),
  server: z.object({
    cert: z.string(),
    key: z.string(),
    names: z.array(z.string()),
    validUntil: z.string(),
    days: z.int(),
  }),
});
const NAMES = ['--name', 'nhipcau.xa-thu.local', '--address', '10.0.0.5'];

test('one command makes an authority and a certificate, and says what to do with them; renewing keeps the authority', async () => {
  const made = await desk.run('certificates', 'make', ...NAMES, '--organization', 'Xã Thử Nghiệm');
  expect(made).toMatchObject({ code: 0, err: '' });
  for (const line of [
    'TLS_CERT=',
    'TLS_KEY=',
    'PUBLIC_URL=https://nhipcau.xa-thu.local',
    'http://nhipcau.xa-thu.local/trust',
  ])
    expect(made.out).toContain(line);
  expect(made.out).not.toContain('PRIVATE KEY');

  const { value: first } = await desk.json(Shown, 'certificates', 'show');
  expect(first.server.names).toEqual(['nhipcau.xa-thu.local', '10.0.0.5']);
  expect(first.server.days).toBeGreaterThan(790);
  expect(statSync(first.server.key).mode & 0o777).toBe(0o600);
  // As it is told: the key of the authority goes somewhere else.
  const key = desk.file('usb.key');
  await rename(join(desk.data, 'certificates', 'private', 'authority.key'), key);
  expect(await desk.run('certificates', 'renew')).toMatchObject({ code: 2 });
  const { code, value: renewed } = await desk.json(
    Shown,
    'certificates',
    'renew',
    '--authority-key',
    key,
    '--days',
    '90',
  );
  expect(code).toBe(0);
  expect(renewed.authority).toEqual(first.authority);
  expect(renewed.server.days).toBe(89);

  const again = await desk.run('--language', 'en', 'certificates', 'make', ...NAMES);
  expect(again).toMatchObject({ code: 2, out: '' });
  expect(again.err).toContain('There is an authority');
  const other = await desk.run(
    '--language',
    'en',
    'certificates',
    'renew',
    '--authority-key',
    key,
    '--name',
    'ngan-hang.vn',
  );
  expect(other).toMatchObject({ code: 2 });
  expect(other.err).toContain('may not vouch for "ngan-hang.vn"');
});

test('without a name nothing is made', async () => {
  expect(await desk.run('certificates', 'make')).toMatchObject({ code: 2 });
  expect(existsSync(join(desk.data, 'certificates'))).toBe(false);
});

test('the settings that a start would use are shown with where they come from, secrets masked', async () => {
  const shown = await start(['--language', 'en', 'config', 'check', '--', '--port', '8080'], {
    METRICS_TOKEN: 'mot-ma-bi-mat-dai-2025',
    PUBLIC_URL: 'https://nhipcau.example',
  });
  expect(shown).toMatchObject({ code: 0, err: '' });
  expect(shown.out).toMatch(/^PORT +8080 +flag$/m);
  expect(shown.out).toMatch(/^PUBLIC_URL +https:\/\/nhipcau\.example +environment$/m);
  expect(shown.out).toMatch(/^HOST +127\.0\.0\.1 +default$/m);
  expect(shown.out).toMatch(/^TLS_CERT +- +not set$/m);
  expect(shown.out).toMatch(/^METRICS_TOKEN +\*{8} +environment$/m);
  expect(shown.out + shown.err).not.toContain('bi-mat');
});

test('settings that cannot be are all named at once, those of files among them', async () => {
  const wrong = await start(['config', 'check'], {
    PORT: 'x',
    METRICS_FROM: '10.0.0.0/40',
    METRICS_TOKEN: 'ngắn',
    TLS_CERT: '/khong/co.crt',
    TLS_KEY: '/khong/co.key',
    DATA: join(process.cwd(), 'package.json'),
  });
  expect(wrong).toMatchObject({ code: 2, out: '' });
  for (const name of ['PORT', 'METRICS_FROM', 'METRICS_TOKEN', 'TLS_CERT', 'TLS_KEY', 'DATA'])
    expect(wrong.err).toMatch(new RegExp(`^${name}\\b.*: .*\\w`, 'm'));
  expect(wrong.err).not.toContain('ngắn');
});

test('settings stand in a file .env as well, below what is set already', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'nhipcau-env-'));
  try {
    const file = join(folder, '.env');
    expect(loadEnvFile(file)).toBeNull();
    await writeFile(file, 'NHIPCAU_TEST_A=tu tep\nNHIPCAU_TEST_B="https://a b"\n');
    process.env['NHIPCAU_TEST_A'] = 'da co';
    expect(loadEnvFile(file)).toBeNull();
    expect([process.env['NHIPCAU_TEST_A'], process.env['NHIPCAU_TEST_B']]).toEqual(['da co', 'https://a b']);
    // A folder of that name cannot be read.
    expect(loadEnvFile(folder)).toContain('cannot be read');
  } finally {
    delete process.env['NHIPCAU_TEST_A'];
    delete process.env['NHIPCAU_TEST_B'];
    await rm(folder, { recursive: true });
  }
});
