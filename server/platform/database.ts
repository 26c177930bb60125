import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import knex, { type Knex } from 'knex';

import { enterFolder } from './data-folder.ts';
import { migrate } from './migrate.ts';
import { migrations as allMigrations, type Migration } from './migrations/list.ts';
import { finalizeAtClose } from './prepared.ts';
import { DataRefused, TOLD_AT_CONSOLE, type Tell } from './storage-trouble.ts';

/** What a store's statements go to, to hand on: a transaction, or a connection. */
export type Connection = Knex;

export interface Database {
  /** One connection: whoever writes waits for the one before. */
  readonly write: Knex;
  /** Connections that only read, each seeing what was committed when its statement began. */
  readonly read: Knex;
  close(): Promise<void>;
}

/**
 * How long a statement waits for another process (the command line beside the server) to finish its own: shorter than the ten
 * seconds for which a page waits, so that it learns why.
 */
const BUSY_TIMEOUT_MS = 7000;
/** Above it, a query that waits for a connection is a bug: something holds a transaction open. */
const POOL_TIMEOUT_MS = 30_000;

type Run = (connection: { exec(sql: string, done: (error: Error | null) => void): void }, done: Done) => void;
type Done = (error: Error | null, connection?: unknown) => void;

function withPragmas(...pragmas: string[]): Run {
  return (connection, done) => {
    connection.exec(pragmas.map((pragma) => `PRAGMA ${pragma};`).join(''), (error) =>
      done(error, connection),
    );
  };
}

function connect(file: string, pool: Knex.PoolConfig): Knex {
  return knex({
    client: 'sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
    // An error names its statement, never what was in it: names of people are in there, and thousands of events.
    compileSqlOnError: false,
    acquireConnectionTimeout: POOL_TIMEOUT_MS,
    pool,
    log: { warn: () => undefined },
  });
}

/** What knex 3.3 has inside a transaction, as far as it is mended here. */
interface KnexTransaction {
  begin: (on: unknown) => Promise<unknown>;
  commit: (on: unknown, value: unknown) => Promise<unknown>;
  rollback: (on: unknown, error: unknown) => Promise<unknown>;
  _completed: boolean;
  _resolver(value: unknown): void;
  _rejecter(error: unknown): void;
}
interface KnexClient {
  transaction(...args: unknown[]): KnexTransaction;
  query(on: unknown, sql: string): Promise<unknown>;
}

/**
 * What knex leaves open for SQLite. Transactions take the write lock when they begin, not at their first
 * write: one that has read before another process wrote would be refused without waiting. One that cannot begin is not run:
 * knex runs it all the same, and rolls back in the end whatever transaction has the connection by then. A commit that fails
 * (a deferred foreign key, a full disk) is rolled back: SQLite leaves the transaction open, and the one writing
 * connection would never be free again. Where a disk is full or fails, SQLite has rolled back by itself: knex would then
 * tell of that, and not of the disk.
 */
function mendTransactions(connection: Knex): void {
  const client = connection.client as KnexClient;
  const start = client.transaction.bind(client);
  client.transaction = (...args) => {
    const begun = start(...args);
    begun.begin = (on) => client.query(on, 'BEGIN IMMEDIATE;');
    begun.commit = async (on, value) => {
      try {
        await client.query(on, 'COMMIT;');
      } catch (error) {
        return begun.rollback(on, error);
      }
      // oxlint-disable no-underscore-dangle -- knex's own names
      begun._completed = true;
      begun._resolver(value);
      // oxlint-enable no-underscore-dangle
      return undefined;
    };
    const rollback = begun.rollback.bind(begun);
    begun.rollback = async (on, error) => {
      if (!(error instanceof Error)) return await rollback(on, error);
      // Whether there was anything left to roll back: the error that led here is the one to tell.
      await client.query(on, 'ROLLBACK;').catch(() => undefined);
      // oxlint-disable no-underscore-dangle -- knex's own names
      begun._completed = true;
      begun._rejecter(error);
      // oxlint-enable no-underscore-dangle
      return undefined;
    };
    return begun;
  };
}

/** File of the database inside the data folder. */
export function databaseFile(data: string): string {
  return join(data, 'nhipcau.sqlite');
}

/**
 * Opens the SQLite file, makes it where there is none, and brings its tables up to date.
 * Throws `DatabaseTooNew` when a newer version of the program has been at the file, `DataRefused` when it must not be opened.
 */
export async function openDatabase(
  file: string,
  migrations: readonly Migration[] = allMigrations,
  tell: Tell = () => undefined,
): Promise<Database> {
  await mkdir(dirname(file), { recursive: true });
  const folder = await enterFolder(file, tell);
  const write = connect(file, {
    min: 1,
    max: 1,
    afterCreate: withPragmas(
      `busy_timeout=${BUSY_TIMEOUT_MS}`,
      'journal_mode=WAL',
      // A commit returns after the disk has it: what was acknowledged survives a crash of the machine.
      'synchronous=FULL',
      'foreign_keys=ON',
      // Without it `INSERT OR REPLACE` would remove rows behind the back of triggers that forbid deleting.
      'recursive_triggers=ON',
    ),
  });
  mendTransactions(write);
  finalizeAtClose(write);
  const read = connect(file, {
    min: 0,
    max: 2,
    afterCreate: withPragmas(`busy_timeout=${BUSY_TIMEOUT_MS}`, 'query_only=ON'),
  });
  const close = async (): Promise<void> => {
    await read.destroy();
    await write.destroy();
    await folder.release();
  };
  try {
    await migrate(write, migrations);
  } catch (error) {
    await close();
    throw error;
  }
  return { write, read, close };
}

/**
 * Looks through the pages of a file that was just opened (half a second for a million events). Throws `DataRefused` where they
 * do not fit together: writing on would spread the damage.
 */
export async function refuseDamaged({ read }: Database): Promise<void> {
  const found = await read.raw<{ quick_check: string }[]>('PRAGMA quick_check(1)');
  if (found[0]?.quick_check !== 'ok') throw new DataRefused(TOLD_AT_CONSOLE.damaged);
}

/**
 * Runs `work` in one transaction: all of it is committed when it returns, none when it throws. Inside, every statement
 * must go to the given connection; `database.write` would wait for the transaction to end.
 */
export function transaction<Value>(
  database: Database,
  work: (connection: Knex) => Promise<Value>,
): Promise<Value> {
  return database.write.transaction((connection) => work(connection));
}

/**
 * For the rest of a transaction, foreign keys are checked at its commit: rows that name each other (a bridge and the
 * one its picture comes from) may be written in any order.
 */
export async function deferForeignKeys(connection: Knex): Promise<void> {
  await connection.raw('PRAGMA defer_foreign_keys=ON');
}

/** Whether an error says that a row with such a key exists. A caught violation replaces check-then-insert. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  return code === '23505' || (code === 'SQLITE_CONSTRAINT' && /UNIQUE constraint failed/.test(error.message));
}
