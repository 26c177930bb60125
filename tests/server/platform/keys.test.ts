import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { openKeys } from '../../../server/platform/keys.ts';

const KEYS = fileURLToPath(new URL('../../../server/platform/keys.ts', import.meta.url));

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'nhipcau-keys-'));
});
afterEach(() => rmSync(data, { recursive: true }));

/** Opens the keys in a process of its own; `before` runs in it first. */
function open(before = ''): ReturnType<typeof spawn> {
  const code = `${before}; const { openKeys } = await import(${JSON.stringify(KEYS)}); console.log(openKeys(${JSON.stringify(data)}).ledger.publicKey)`;
  return spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

test('keys are made once, for their owner only, and found again', () => {
  const made = openKeys(data);
  expect(openKeys(data).ledger.publicKey).toBe(made.ledger.publicKey);
  expect(made.passes.publicKey).not.toBe(made.ledger.publicKey);
  for (const name of ['ledger.key', 'passes.key']) {
    expect(statSync(join(data, name)).mode & 0o777).toBe(0o600);
  }
  expect(readdirSync(data).toSorted()).toEqual(['ledger.key', 'passes.key']);
});

test('a process that is killed while it writes a key leaves none, and the next one makes it', async () => {
  // As a kill does: it ends in the middle of the first write.
  const dying = `
    const fs = (await import('node:module')).createRequire('/')('node:fs');
    const write = fs.writeFileSync;
    fs.writeFileSync = (file, text, options) => { write(file, text.slice(0, 20), options); process.kill(process.pid, 'SIGKILL'); };
    (await import('node:module')).syncBuiltinESMExports()`;
  await once(open(dying), 'close');
  expect(readdirSync(data)).toHaveLength(1);
  expect(existsSync(join(data, 'ledger.key'))).toBe(false);
  expect(openKeys(data).ledger.publicKey).toMatch(/^[\w-]{43}$/);
});

test('of processes that start together all have the same key', async () => {
  const said = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const child = open();
      let out = '';
      child.stdout!.setEncoding('utf8').on('data', (text: string) => (out += text));
      await once(child, 'close');
      return out.trim();
    }),
  );
  expect(new Set(said)).toEqual(new Set([openKeys(data).ledger.publicKey]));
});
