import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { EventId, type ConferenceId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import { ledgerOf } from '../../../server/attendance/ledger.ts';
import { KEY_FILES } from '../../../server/platform/backup.ts';
import { databaseFile, openDatabase } from '../../../server/platform/database.ts';
import { checkLedger } from '../../../server/platform/ledger-check.ts';
import { migrations } from '../../../server/platform/migrations/list.ts';
import { openSqlite } from '../../../server/platform/sqlite-file.ts';
import { newId, signIn, startTestServer } from '../harness.ts';
import { arriveAt, sample } from '../sample.ts';

/** What a folder holds: every row of every table. */
type Rows = Readonly<Record<string, readonly unknown[]>>;

let filled: string;
let conference: ConferenceId;
let bridges: number;
const folders: string[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nhipcau-upgrade-'));
  folders.push(folder);
  return folder;
}

beforeAll(async () => {
  filled = await newFolder();
  const s = await sample({ communes: 4, data: filled });
  const commune = s.first('commune');
  const events = (await s.seatedAt(commune.id)).map(({ person }) => arriveAt(s, commune.id, person));
  const context = s.server.context();
  // Straight into the ledger: whose machine may record is a matter of a later version than the oldest one here.
  await ledgerOf(context.database).append(
    events.map((event) => ({
      event: { ...event, id: EventId.parse(newId()) },
      receivedAt: s.clock(),
      known: false,
    })),
  );
  conference = s.conference;
  bridges = s.bridges.length;
  await s.server.close();
});
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

function tablesOf(database: DatabaseSync): string[] {
  return database
    .prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name`)
    .all()
    .map(({ name }) => String(name));
}

function columnsOf(database: DatabaseSync, table: string): string[] {
  return database
    .prepare('select name from pragma_table_info(?)')
    .all(table)
    .map(({ name }) => String(name));
}

function rowsIn(data: string, like?: Rows): Rows {
  const database = new DatabaseSync(databaseFile(data), { readOnly: true });
  const tables = (like === undefined ? tablesOf(database) : Object.keys(like)).filter(
    (name) => name !== 'migration',
  );
  const rows = Object.fromEntries(
    tables.map((table) => {
      const [first] = like?.[table] ?? [];
      const columns = first === undefined ? columnsOf(database, table) : Object.keys(first as object);
      const list = columns.map((name) => `"${name}"`).join(', ');
      return [table, database.prepare(`select ${list} from "${table}" order by ${list}`).all()] as const;
    }),
  );
  database.close();
  return rows;
}

/** A folder as a version with so many migrations would have left it: the rows of a whole conference in its tables. */
async function folderOfLevel(level: number): Promise<string> {
  const data = await newFolder();
  const old = await openDatabase(databaseFile(data), migrations.slice(0, level));
  await old.close();
  const database = new DatabaseSync(databaseFile(data), { enableForeignKeyConstraints: false });
  database.exec(`attach '${databaseFile(filled)}' as filled`);
  for (const table of tablesOf(database).filter((name) => name !== 'migration')) {
    const list = columnsOf(database, table)
      .map((name) => `"${name}"`)
      .join(', ');
    database.exec(`insert or replace into main."${table}" (${list}) select ${list} from filled."${table}"`);
  }
  database.close();
  for (const key of KEY_FILES) await copyFile(join(filled, key), join(data, key));
  return data;
}

describe('an upgrade', () => {
  test.each(migrations.slice(0, -1).map(({ name }, at) => [name, at + 1] as const))(
    'from the version that ended with %s keeps every row',
    async (_, level) => {
      const data = await folderOfLevel(level);
      const before = rowsIn(data);
      const opened = await openDatabase(databaseFile(data));
      expect(await opened.read('migration').pluck('name')).toEqual(migrations.map(({ name }) => name));
      expect(await opened.read.raw('pragma foreign_key_check')).toEqual([]);
      await opened.close();
      expect(rowsIn(data, before)).toEqual(before);
      expect(before['account']).not.toEqual([]);
    },
  );

  test('from a version without pairing, activation and audit gives a server that is ready, with its conference and its ledger', async () => {
    const level = migrations.findIndex(({ name }) => name.startsWith('0006')) + 1;
    const data = await folderOfLevel(level);
    expect(rowsIn(data)['attendance_event']?.length).toBeGreaterThan(5);
    const server = await startTestServer({ data });
    try {
      expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
      const organizer = await signIn(server);
      const { items } = await organizer.call(api.bridges, { params: { conference } });
      expect(items).toHaveLength(bridges);
      const file = await openSqlite(databaseFile(data), 'read');
      expect(await checkLedger(file)).toMatchObject({ bad: null, cut: false });
      await file.close();
    } finally {
      await server.close();
    }
  });
});
