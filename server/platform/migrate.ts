import type { Knex } from 'knex';

import type { Migration } from './migrations/list.ts';

const TABLE = 'migration';

/** A newer version of the program has changed the database: this one would not understand it. */
export class DatabaseTooNew extends Error {
  constructor(unknown: readonly string[]) {
    super(
      'Cơ sở dữ liệu đã được một phiên bản mới hơn của chương trình nâng cấp; hãy chạy phiên bản đó. / ' +
        'The database was upgraded by a newer version of the program; run that version. ' +
        `(${unknown.join(', ')})`,
    );
    this.name = 'DatabaseTooNew';
  }
}

/** Migrations of this program that a database has not had yet: to open it would bring its tables up to date. */
export function pendingIn(names: readonly string[], migrations: readonly Migration[]): string[] {
  const done = new Set(names);
  return migrations.map(({ name }) => name).filter((name) => !done.has(name));
}

/**
 * Brings the tables up to date, forward only, each migration in a transaction of its own with the note that it was
 * done. A program that is killed in between leaves no lock behind: the next start goes on where this one ended.
 */
export async function migrate(write: Knex, migrations: readonly Migration[]): Promise<void> {
  if (!(await write.schema.hasTable(TABLE))) {
    await write.schema.createTable(TABLE, (table) => {
      table.text('name').notNullable().primary();
      table.bigInteger('at').notNullable();
    });
  }
  const done = new Set(await write(TABLE).pluck<string[]>('name'));
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = [...done].filter((name) => !known.has(name));
  if (unknown.length > 0) throw new DatabaseTooNew(unknown);

  for (const migration of migrations) {
    if (done.has(migration.name)) continue;
    await write.transaction(async (connection) => {
      await migration.up(connection);
      await connection(TABLE).insert({ name: migration.name, at: Date.now() });
    });
  }
}
