import { join } from 'node:path';

import { openSqlite } from './sqlite-file.ts';

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
  const file = await openSqlite(join(data, 'nhipcau.lock'), 'make', patience);
  try {
    if (how === 'alone') await file.run('begin exclusive');
    else {
      await file.run('begin');
      // Only reading takes the lock; it stays until the transaction ends.
      await file.all('select * from sqlite_master');
    }
  } catch (error) {
    await file.close();
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') return null;
    throw error;
  }
  return { release: () => file.close() };
}
