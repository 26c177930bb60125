import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import {
  isUniqueViolation,
  openDatabase,
  transaction,
  type Database,
} from '../../../server/platform/database.ts';
import type { Migration } from '../../../server/platform/migrations/list.ts';
import { runPrepared } from '../../../server/platform/prepared.ts';

const notes: Migration = {
  name: '001_notes',
  up: (connection) =>
    connection.raw('create table note (id integer primary key, words text not null) strict'),
};
const INSERT = 'insert into note (id, words) values (?, ?)';

let folder: string;
let database: Database;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nhipcau-prepared-'));
  database = await openDatabase(join(folder, 'test.sqlite'), [notes]);
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const ids = async (): Promise<number[]> => database.read('note').orderBy('id').pluck('id');

test('runs again and again, each time a commit that others see', async () => {
  await runPrepared(database.write, INSERT, [1, 'một']);
  expect(await ids()).toEqual([1]);
  await runPrepared(database.write, INSERT, [2, 'hai']);
  expect(await database.read('note').orderBy('id')).toEqual([
    { id: 1, words: 'một' },
    { id: 2, words: 'hai' },
  ]);
});

test('after a failure it writes nothing of that run, says why, and runs again', async () => {
  await runPrepared(database.write, INSERT, [1, 'một']);
  const error: unknown = await runPrepared(database.write, INSERT, [1, 'lại một']).catch(
    (why: unknown) => why,
  );
  expect(isUniqueViolation(error)).toBe(true);
  await runPrepared(database.write, INSERT, [2, 'hai']);
  expect(await ids()).toEqual([1, 2]);
});

test('a statement that cannot be read fails, and does not hold the connection', async () => {
  await expect(runPrepared(database.write, 'insert into nowhere values (?)', [1])).rejects.toThrow(/nowhere/);
  await runPrepared(database.write, INSERT, [1, 'một']);
  expect(await ids()).toEqual([1]);
});

test('given up as another process holds the file, it stands in the way of no commit after it', async () => {
  await runPrepared(database.write, INSERT, [1, 'một']);
  await database.write.raw('PRAGMA busy_timeout = 0');
  const other = await openDatabase(join(folder, 'test.sqlite'), [notes]);
  await transaction(other, async () => {
    await expect(runPrepared(database.write, INSERT, [2, 'hai'])).rejects.toMatchObject({
      code: 'SQLITE_BUSY',
    });
  });
  await other.close();
  await transaction(database, async (connection) => {
    await connection('note').insert({ id: 3, words: 'ba' });
  });
  await database.write('note').insert({ id: 4, words: 'bốn' });
  expect(await ids()).toEqual([1, 3, 4]);
});

test('waits for a transaction that has begun, and is no part of it', async () => {
  let written: Promise<void> | undefined;
  await transaction(database, async (connection) => {
    written = runPrepared(database.write, INSERT, [2, 'hai']);
    await connection('note').insert({ id: 1, words: 'một' });
    throw new Error('thought better of it');
  }).catch(() => undefined);
  await written;
  expect(await ids()).toEqual([2]);
});

test('whoever listens to queries hears of those that went well and those that did not', async () => {
  const heard: string[] = [];
  database.write.on('query-response', (_told: unknown, { sql }: { sql: string }) =>
    heard.push(`well ${sql}`),
  );
  database.write.on('query-error', (error: Error, { sql }: { sql: string }) =>
    heard.push(`${(error as Error & { code: string }).code} ${sql}`),
  );
  await runPrepared(database.write, INSERT, [1, 'một']);
  await runPrepared(database.write, INSERT, [1, 'một']).catch(() => undefined);
  expect(heard).toEqual([`well ${INSERT}`, `SQLITE_CONSTRAINT ${INSERT}`]);
});
