import { argon2Sync, scryptSync } from 'node:crypto';

import { expect, test } from 'vitest';

import { isOutdated, passwordFits } from '../../../server/sign-in/passwords.ts';
import { hashed } from './hashed.ts';

const password = 'hoa đào nở sớm';
const fits = async (kept: string | null, word: string): Promise<boolean> => {
  const made = await passwordFits(kept, word);
  return made.ok && made.value;
};

test('a password fits what was kept of it, another does not', async () => {
  const kept = await hashed(password);
  expect(kept).not.toContain(password);
  expect(await fits(kept, password)).toBe(true);
  expect(await fits(kept, password.normalize('NFD'))).toBe(true);
  for (const other of ['', 'hoa đào nở muộn', `${password} `]) expect(await fits(kept, other)).toBe(false);
});

test('two people with one password have nothing in common that is kept', async () => {
  expect(await hashed(password)).not.toBe(await hashed(password));
});

test('what was kept on a machine without argon2 still fits', async () => {
  const salt = Buffer.alloc(16, 7);
  const key = scryptSync(password, salt, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 });
  const kept = `scrypt$${salt.toString('base64url')}$${key.toString('base64url')}`;
  expect(await fits(kept, password)).toBe(true);
  expect(await fits(kept, 'khác')).toBe(false);
  expect(isOutdated(kept)).toBe(true);
  expect(isOutdated(await hashed(password))).toBe(false);
});

test('what was kept at lower costs still fits, and is known to be outdated', async () => {
  const salt = Buffer.alloc(16, 9);
  const key = argon2Sync('argon2id', {
    memory: 8192,
    passes: 1,
    parallelism: 1,
    tagLength: 32,
    message: password,
    nonce: salt,
  });
  const kept = `argon2id:8192,1,1$${salt.toString('base64url')}$${key.toString('base64url')}`;
  expect(await fits(kept, password)).toBe(true);
  expect(await fits(kept, 'khác')).toBe(false);
  expect(isOutdated(kept)).toBe(true);
});

test('where nothing was kept no password fits, and it takes as long to say so', async () => {
  const kept = await hashed(password);
  await fits(null, 'sai');
  let [known, unknown] = [Infinity, Infinity];
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    expect(await fits(kept, 'sai')).toBe(false);
    const between = performance.now();
    expect(await fits(null, 'sai')).toBe(false);
    known = Math.min(known, between - start);
    unknown = Math.min(unknown, performance.now() - between);
  }
  // The same work: a shortcut would be a thousand times faster, a noisy machine is not.
  expect(unknown).toBeGreaterThan(known / 5);
});

test('what is kept in a form that nobody knows is a fault of the machine, not of the person', async () => {
  await expect(fits('md5$abc', 'x')).rejects.toThrow('no known kind');
});
