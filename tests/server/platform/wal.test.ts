import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { openSqlite, type SqliteFile } from '../../../server/platform/sqlite-file.ts';
import { inspectWal } from '../../../server/platform/wal.ts';

let folder: string;
let database: SqliteFile;
let log: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nhipcau-wal-'));
  database = await openSqlite(join(folder, 'x.sqlite'), 'make');
  await database.run('pragma journal_mode = wal');
  await database.run('create table t (n integer primary key, text text)');
  for (let n = 0; n < 12; n++) await add(3000);
  log = join(folder, 'x.sqlite-wal');
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

async function add(size: number): Promise<void> {
  await database.run('insert into t (text) values (?)', 'x'.repeat(size));
}

/** A copy of the log with one byte changed. */
function changed(at: number): string {
  const copy = join(folder, 'copy-wal');
  const bytes = readFileSync(log);
  bytes[at] = bytes[at]! ^ 0x10;
  writeFileSync(copy, bytes);
  return copy;
}

const FRAME = 24 + 4096;

test('a log that ends where a commit ended is whole, also after a new round over an old one', async () => {
  const found = await inspectWal(log);
  expect(found).toMatchObject({ state: 'whole', damaged: 0, pageSize: 4096 });
  expect(found!.frames.at(-1)!.commit).toBeGreaterThan(0);
  const before = found!.frames.length;
  await database.run('pragma wal_checkpoint(restart)');
  await add(10);
  const again = await inspectWal(log);
  expect(again!.state).toBe('whole');
  expect(again!.frames.length).toBeLessThan(before);
});

test('no log, and an empty one, are nothing', async () => {
  expect(await inspectWal(join(folder, 'none'))).toBeNull();
  const copy = join(folder, 'empty');
  writeFileSync(copy, '');
  expect(await inspectWal(copy)).toBeNull();
});

test('a log that was cut anywhere is a shorter one: a kill within a write leaves that', async () => {
  const { length } = readFileSync(log);
  for (let size = 0; size < length; size += 1777) {
    const copy = join(folder, 'cut');
    cpSync(log, copy);
    truncateSync(copy, size);
    expect((await inspectWal(copy))?.state ?? 'whole').toBe('whole');
  }
});

test('a byte that changed before the last commit is damage, wherever it is', async () => {
  const frames = (await inspectWal(log))!.frames;
  const lastCommits = frames.filter(({ commit }) => commit !== 0).slice(-2);
  for (let index = 0; index <= lastCommits[0]!.index; index++) {
    for (const at of [2, 9, 18, 24, 2000, FRAME - 1]) {
      const found = await inspectWal(changed(32 + index * FRAME + at));
      expect({ index, at, state: found!.state }).toEqual({ index, at, state: 'damaged' });
      // What stands behind it is good for itself.
      expect(found!.frames.length).toBeGreaterThanOrEqual(frames.length - 2);
      expect(found!.soundUpTo).toBe(index);
    }
  }
});

test('a byte that changed in the header is damage', async () => {
  for (const at of [0, 9, 13, 17, 25, 31]) {
    expect((await inspectWal(changed(at)))!.state).toBe('damaged');
  }
});

test('a byte that changed in the last commit may be what a power failure leaves', async () => {
  const { frames } = (await inspectWal(log))!;
  const found = await inspectWal(changed(frames.at(-1)!.at + 100));
  expect(found).toMatchObject({ state: 'torn', damaged: 1 });
});
