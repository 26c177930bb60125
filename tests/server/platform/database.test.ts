import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import {
  deferForeignKeys,
  isUniqueViolation,
  openDatabase,
  transaction,
  type Database,
} from '../../../server/platform/database.ts';
import { DatabaseTooNew } from '../../../server/platform/migrate.ts';
import { migrations, type Migration } from '../../../server/platform/migrations/list.ts';

let folder: string;
let database: Database;
const open: Database[] = [];

async function reopen(list?: readonly Migration[]): Promise<Database> {
  const opened = await openDatabase(join(folder, 'deep', 'er', 'test.sqlite'), list);
  open.push(opened);
  return opened;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nhipcau-db-'));
  database = await reopen();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((opened) => opened.close()));
  await rm(folder, { recursive: true });
});

const level = { id: 'commune', ord: 4, name_vi: 'Xã', name_en: 'Commune', types: '["Xã"]' };

async function pragma(name: string): Promise<unknown> {
  return Object.values((await database.write.raw(`PRAGMA ${name}`))[0])[0];
}

describe('opening', () => {
  test('the file is written ahead, safely, with foreign keys', async () => {
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('synchronous')).toBe(2);
    expect(await pragma('foreign_keys')).toBe(1);
    expect(await pragma('recursive_triggers')).toBe(1);
  });

  test('a connection for reading cannot write', async () => {
    await expect(database.read('level').insert(level)).rejects.toThrow(/readonly/);
  });

  test('no table lets a key be null, and every foreign key points at something', async () => {
    expect(await database.write.raw('PRAGMA foreign_key_check')).toEqual([]);
    const columns: { table_name: string; name: string; type: string; notnull: number; pk: number }[] =
      await database.read.raw(
        `select m.name as table_name, c.* from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table'`,
      );
    const nullableKeys = columns.filter(
      (column) => column.pk > 0 && column.notnull === 0 && column.type.toLowerCase() !== 'integer',
    );
    expect(nullableKeys).toEqual([]);
  });
});

describe('migrations', () => {
  test('run once: a second start finds them done and keeps what was written', async () => {
    await database.write('level').insert(level);
    const before = await database.read('migration').orderBy('name');
    expect(before.map((row) => row.name)).toEqual(migrations.map((migration) => migration.name));
    await database.close();
    const again = await reopen();
    expect(await again.read('migration').orderBy('name')).toEqual(before);
    expect(await again.read('level')).toEqual([level]);
  });

  test('a later version adds its own and no more', async () => {
    await database.close();
    const later = await reopen([
      ...migrations,
      {
        name: '9999_later',
        up: async (connection) => {
          await connection.schema.createTable('later', (table) => {
            table.text('id').notNullable().primary();
          });
        },
      },
    ]);
    expect(await later.read('later')).toEqual([]);
  });

  test('a database that a newer version has been at refuses to start, and is left as it is', async () => {
    await database.write('migration').insert({ name: '9999_later', at: 0 });
    await database.close();
    await expect(reopen()).rejects.toThrow(DatabaseTooNew);
    await expect(reopen()).rejects.toThrow(/newer version.*9999_later/);
  });

  test('one that fails leaves nothing behind, and the next start tries it again', async () => {
    await database.close();
    let attempts = 0;
    const half: Migration = {
      name: '9999_half',
      up: async (connection) => {
        attempts += 1;
        await connection('level').insert(level);
        if (attempts === 1) throw new Error('the disk is full');
      },
    };
    await expect(reopen([...migrations, half])).rejects.toThrow('the disk is full');
    const healed = await reopen([...migrations, half]);
    expect(await healed.read('level')).toHaveLength(1);
  });
});

/** Adds a level whose order is the number of those that were there before. */
function addNext(on: Database, i: number): Promise<void> {
  return transaction(on, async (db) => {
    const [row] = await db('level').count({ n: '*' });
    await db('level').insert({ ...level, id: `level-${i}`, ord: Number(row?.['n']) });
  });
}

describe('a transaction', () => {
  test('writes all or nothing', async () => {
    const broken = transaction(database, async (db) => {
      await db('level').insert(level);
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    expect(await database.read('level')).toEqual([]);
    expect(
      await transaction(database, async (db) => {
        await db('level').insert(level);
        return 'done';
      }),
    ).toBe('done');
    expect(await database.read('level')).toEqual([level]);
  });

  test('that fails at its commit is rolled back, and the next one works', async () => {
    const dangling = transaction(database, async (db) => {
      await deferForeignKeys(db);
      await db('one_time_token').insert({
        hash: 'x',
        purpose: 'activation',
        account: 'nobody',
        created_at: 0,
        expires_at: 0,
      });
    });
    await expect(dangling).rejects.toThrow(/FOREIGN KEY/);
    await transaction(database, async (db) => {
      await db('level').insert(level);
    });
    expect(await database.read('level')).toEqual([level]);
    expect(await database.read('one_time_token')).toEqual([]);
  });

  test('that SQLite has rolled back by itself tells of the full disk, not of the rollback', async () => {
    const [pages] = await database.write.raw<{ page_count: number }[]>('PRAGMA page_count');
    await database.write.raw(`PRAGMA max_page_count = ${pages!.page_count}`);
    const full = transaction(database, async (db) => {
      await db('level').insert({ ...level, name_vi: 'x'.repeat(100_000) });
    });
    await expect(full).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    await database.write.raw('PRAGMA max_page_count = 1000000');
    await addNext(database, 0);
    expect(await database.read('level')).toHaveLength(1);
  });

  test('does not put what was written into the words of its failure', async () => {
    const twice = transaction(database, async (db) => {
      await db('level').insert(level);
      await db('level').insert({ ...level, name_vi: 'Tên Riêng' });
    });
    await expect(twice).rejects.toThrow(/UNIQUE/);
    await expect(twice).rejects.not.toThrow(/Tên Riêng/);
  });

  test('that cannot begin does nothing, also not to the one after it', async () => {
    const beside = await reopen();
    await database.write.raw('PRAGMA busy_timeout = 0');
    let isRun = false;
    const later = Promise.withResolvers<void>();
    await transaction(beside, async () => {
      const refused = transaction(database, async (db) => {
        isRun = true;
        await later.promise;
        await db('level').insert(level);
      });
      await expect(refused).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
    });
    const next = transaction(database, async (db) => {
      await db('level').insert(level);
      later.resolve();
      await new Promise((resolve) => void setTimeout(resolve, 20));
      await db('level').insert({ ...level, id: 'again', ord: 5 });
      throw new Error('thought better of it');
    });
    await expect(next).rejects.toThrow('thought better of it');
    expect(await database.read('level')).toEqual([]);
    expect(isRun).toBe(false);
  });

  test('waits for another process instead of failing', async () => {
    const beside = await reopen();
    await Promise.all(Array.from({ length: 40 }, (_, i) => addNext(i % 2 === 0 ? database : beside, i)));
    const orders = await database.read('level').orderBy('ord').pluck<number[]>('ord');
    // Each saw what all before it had written.
    expect(orders).toEqual(Array.from({ length: 40 }, (_, i) => i));
  });

  test('does not hold up reading', async () => {
    await transaction(database, async (db) => {
      await db('level').insert(level);
      expect(await database.read('level')).toEqual([]);
    });
  });
});

test('a key that exists is told from any other failure', async () => {
  await database.write('level').insert(level);
  const twice = await database
    .write('level')
    .insert(level)
    .catch((error: unknown) => error);
  expect(isUniqueViolation(twice)).toBe(true);
  const missing = await database
    .write('level')
    .insert({ id: 'x' })
    .catch((error: unknown) => error);
  expect(missing).toBeInstanceOf(Error);
  expect(isUniqueViolation(missing)).toBe(false);
  expect(isUniqueViolation(undefined)).toBe(false);
});

function event(fill: number): Record<string, unknown> {
  return {
    id: Buffer.alloc(16, fill),
    session: 's',
    bridge: 'b',
    received_at: 1_736_730_000_000,
    place: 1,
    hash: Buffer.alloc(32, fill),
    form: '[]',
  };
}

describe('the ledger', () => {
  test('numbers events in the order of receipt', async () => {
    for (const fill of [3, 1, 2]) await database.write('attendance_event').insert(event(fill));
    const rows = await database.read('attendance_event').orderBy('seq');
    expect(rows.map((row) => [row.seq, row.id[0]])).toEqual([
      [1, 3],
      [2, 1],
      [3, 2],
    ]);
  });

  test.each([
    ['changed', `update attendance_event set form = '[]'`],
    ['removed', 'delete from attendance_event'],
    [
      'replaced by its number',
      `insert or replace into attendance_event values (1, zeroblob(16), 's', 'b', 0, 1, zeroblob(32), '')`,
    ],
    [
      'replaced by its id',
      `insert or replace into attendance_event select 9, id, 's', 'b', 0, 1, hash, '' from attendance_event`,
    ],
  ])('an event is never %s', async (_, sql) => {
    await database.write('attendance_event').insert(event(1));
    const before = await database.read('attendance_event');
    await expect(database.write.raw(sql)).rejects.toThrow('append only');
    expect(await database.read('attendance_event')).toEqual(before);
  });

  test('an id that is no sixteen bytes is refused', async () => {
    const short = { ...event(1), id: Buffer.alloc(15) };
    await expect(database.write('attendance_event').insert(short)).rejects.toThrow(/CHECK/);
  });
});
