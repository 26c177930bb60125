import type { Knex } from 'knex';

function ofBridge(table: Knex.CreateTableBuilder, name: string): void {
  table.text('conference').notNullable();
  table.text('bridge').notNullable();
  table
    .foreign(['conference', 'bridge'], `${name}_bridge`)
    .references(['conference', 'id'])
    .inTable('bridge')
    .onDelete('cascade');
}

/** Reminders of headcount reports, and verdicts on reports that are taken back or are about one field. */
export async function reminders(connection: Knex): Promise<void> {
  // SQLite changes no check in place: the steps move into a table that allows one more.
  await connection.schema.raw('drop index headcount_step_conference_bridge_step_index');
  await connection.schema.renameTable('headcount_step', 'headcount_step_before');
  await connection.schema.createTable('headcount_step', (table) => {
    table.text('id').notNullable().primary();
    ofBridge(table, 'headcount_step');
    table.integer('revision').notNullable();
    table
      .text('step')
      .notNullable()
      .checkIn(['draft', 'submit', 'return', 'accept', 'withdraw'], 'headcount_step_step');
    table.bigInteger('at').notNullable();
    table.text('by').notNullable();
    table.text('remark');
    /** Of a report that was returned: the field that the remark is about. */
    table.text('about');
    table.integer('total').notNullable();
    /** What the report said at this step. */
    table.text('content').notNullable();
    // With the step in it, how many there are beside drafts is counted in the index alone.
    table.index(['conference', 'bridge', 'step']);
  });
  const columns = 'id, conference, bridge, revision, step, at, by, remark, total, content';
  await connection.schema.raw(
    `insert into headcount_step (${columns}) select ${columns} from headcount_step_before order by rowid`,
  );
  await connection.schema.dropTable('headcount_step_before');

  /** A reminder to all below a bridge that have not answered. */
  await connection.schema.createTable('reminder', (table) => {
    table.text('id').notNullable().primary();
    ofBridge(table, 'reminder');
    table.text('whom').notNullable();
    table.integer('skip_today').notNullable();
    table.text('words');
    table.text('by').notNullable();
    table.bigInteger('asked_at').notNullable();
    table.bigInteger('goes_at').notNullable();
    /** Null while it waits, and for ever where it was taken back. */
    table.bigInteger('sent_at');
    table.bigInteger('withdrawn_at');
    table.check('sent_at is null or withdrawn_at is null', [], 'reminder_once');
    table.index(['conference', 'asked_at']);
  });
  await connection.schema.raw(
    'create index reminder_waiting on reminder (goes_at) where sent_at is null and withdrawn_at is null',
  );
  /** Whom it reached. */
  await connection.schema.createTable('reminder_to', (table) => {
    table.text('reminder').notNullable().references('reminder.id').onDelete('cascade');
    ofBridge(table, 'reminder_to');
    table.bigInteger('at').notNullable();
    table.bigInteger('seen_at');
    table.primary(['reminder', 'bridge']);
    table.index(['conference', 'bridge']);
  });

  /** When whoever works at a bridge first had its form before them. */
  await connection.schema.createTable('headcount_opening', (table) => {
    ofBridge(table, 'headcount_opening');
    table.bigInteger('at').notNullable();
    table.primary(['conference', 'bridge']);
  });
}
