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

/** Headcount reports with their history, inner deadlines, and difficulties. */
export async function reports(connection: Knex): Promise<void> {
  await connection.schema.createTable('headcount_report', (table) => {
    ofBridge(table, 'headcount_report');
    table
      .text('state')
      .notNullable()
      .checkIn(['draft', 'submitted', 'returned', 'accepted'], 'headcount_report_state');
    table.integer('revision').notNullable();
    table.text('content').notNullable();
    table.text('returned_with');
    table.bigInteger('submitted_at');
    table.primary(['conference', 'bridge']);
    table.check("state in ('draft', 'returned') or submitted_at is not null", [], 'headcount_report_sent');
  });

  await connection.schema.createTable('headcount_step', (table) => {
    table.text('id').notNullable().primary();
    ofBridge(table, 'headcount_step');
    table.integer('revision').notNullable();
    table.text('step').notNullable().checkIn(['draft', 'submit', 'return', 'accept'], 'headcount_step_step');
    table.bigInteger('at').notNullable();
    table.text('by').notNullable();
    table.text('remark');
    table.integer('total').notNullable();
    /** What the report said at this step. */
    table.text('content').notNullable();
    // With the step in it, how many there are beside drafts is counted in the index alone.
    table.index(['conference', 'bridge', 'step']);
  });

  await connection.schema.createTable('inner_deadline', (table) => {
    ofBridge(table, 'inner_deadline');
    table.bigInteger('due_before').notNullable();
    table.primary(['conference', 'bridge']);
  });

  /** A level's headcount summary as it stood at its deadline, and every change of it after that. */
  await connection.schema.createTable('headcount_version', (table) => {
    ofBridge(table, 'headcount_version');
    table.integer('version').notNullable();
    table.bigInteger('due_before').notNullable();
    table.bigInteger('at').notNullable();
    table.text('totals').notNullable();
    /** 1 where `lines` has every line, 0 where only those that the version before has otherwise. */
    table.integer('whole').notNullable();
    table.text('lines').notNullable();
    /** Bridges of the version before that this one has no more. */
    table.text('gone').notNullable();
    /** Against the version before, one a line, and how many. */
    table.text('differences').notNullable();
    table.integer('differing').notNullable();
    table.primary(['conference', 'bridge', 'version']);
  });
  await connection.schema.raw(
    `create trigger headcount_version_no_update before update on headcount_version
     begin select raise(abort, 'a frozen summary never changes'); end`,
  );
  /** Up to which state of a conference its summaries were looked at; absent before the first deadline. */
  await connection.schema.createTable('headcount_mark', (table) => {
    table.text('conference').notNullable().primary().references('conference.id').onDelete('cascade');
    table.text('state').notNullable();
  });

  await connection.schema.createTable('difficulty', (table) => {
    table.text('id').notNullable().primary();
    ofBridge(table, 'difficulty');
    table.text('text').notNullable();
    table.text('via');
    table.text('addressee');
    table.bigInteger('at').notNullable();
    table.text('by').notNullable();
    table.index(['conference', 'bridge']);
  });
}
