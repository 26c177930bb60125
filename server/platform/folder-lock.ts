import { join } from 'node:path';

import sqlite3 from 'sqlite3';

/** Held on a data folder until it is given back, or its process ends in whatever way. */
export interface FolderLock {
  /** Safe to call twice. */
  release(): Promise<void>;
}

/**
 * Who holds a data folder. The lock is one of the operating system's, taken through SQLite on an empty file of its own:
 * it goes with the process that holds it, also when that is killed, so that no stale note of it can be left behind.
 *
 * @param how `shared`: together with others who work on the folder. `alone`: nobody else, as for putting another database there
 * @param patience milliseconds to wait for others
 * @returns null where others hold it
 */
export async function lockFolder(
  data: string,
  how: 'shared' | 'alone',
  patience: number,
): Promise<FolderLock | null> {
  const connection = await openFile(join(data, 'nhipcau.lock'));
  const take = how === 'alone' ? 'begin exclusive' : 'begin; select count(*) from sqlite_master';
  try {
    connection.configure('busyTimeout', patience);
    await exec(connection, take);
  } catch (error) {
    await close(connection);
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') return null;
    throw error;
  }
  let released: Promise<void> | undefined;
  return { release: () => (released ??= close(connection)) };
}

function openFile(file: string): Promise<sqlite3.Database> {
  return new Promise((resolve, reject) => {
    const connection = new sqlite3.Database(file, (error) =>
      error === null ? resolve(connection) : reject(error),
    );
  });
}

function exec(connection: sqlite3.Database, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.exec(sql, (error) => (error === null ? resolve() : reject(error)));
  });
}

function close(connection: sqlite3.Database): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.close((error) => (error === null ? resolve() : reject(error)));
  });
}
