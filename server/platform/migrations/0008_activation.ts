import type { Knex } from 'knex';

/** Activation codes of hosts, and how long what is personal in a conference is kept. */
export async function activation(connection: Knex): Promise<void> {
  /** Codes that were made together, for a bridge and everything below it. */
  await connection.schema.createTable('activation_batch', (table) => {
    table.text('id').notNullable().primary();
    table.text('conference').notNullable();
    table.text('bridge').notNullable();
    table.bigInteger('at').notNullable();
    /** Null at the command line. */
    table.text('by');
    table.bigInteger('expires_at').notNullable();
    table.integer('codes').notNullable();
    table
      .foreign(['conference', 'bridge'], 'activation_batch_bridge')
      .references(['conference', 'id'])
      .inTable('bridge')
      .onDelete('cascade');
    table.index(['conference', 'at']);
  });

  await connection.schema.createTable('activation_code', (table) => {
    /** SHA-256 of the code; the code itself is on paper and nowhere else. */
    table.text('hash').notNullable().primary();
    table.text('conference').notNullable();
    table.text('bridge').notNullable();
    table
      .text('batch')
      .notNullable()
      .references('activation_batch.id')
      .onDelete('cascade')
      .index('activation_code_batch');
    table.bigInteger('expires_at').notNullable();
    table.bigInteger('used_at');
    /** Whose role it became. */
    table.text('used_by').references('account.id').onDelete('set null');
    table.bigInteger('ended_at');
    table.text('ended').checkIn(['replaced', 'revoked'], 'activation_code_ended');
    table
      .foreign(['conference', 'bridge'], 'activation_code_bridge')
      .references(['conference', 'id'])
      .inTable('bridge')
      .onDelete('cascade');
    table.check('(ended_at is null) = (ended is null)', [], 'activation_code_end');
    table.check('used_at is null or ended_at is null', [], 'activation_code_used_or_ended');
  });
  // A bridge has one code that can be used, whoever makes more of them at the same moment.
  await connection.schema.raw(
    `create unique index activation_code_open on activation_code (conference, bridge)
     where used_at is null and ended_at is null`,
  );

  /** How many days after its last day what is personal in a conference is kept; null is without end. */
  await connection.schema.createTable('retention', (table) => {
    table.text('conference').notNullable().primary().references('conference.id').onDelete('cascade');
    for (const kind of ['people', 'texts', 'accounts', 'audit']) table.integer(`${kind}_days`);
    table.bigInteger('at').notNullable();
    /** Null at the command line. */
    table.text('by');
  });

  /** That something was deleted: what, how much, when, by whom and why, and never what it said. */
  await connection.schema.createTable('retention_deletion', (table) => {
    table.text('id').notNullable().primary();
    table.text('conference').notNullable().references('conference.id').onDelete('cascade');
    table
      .text('kind')
      .notNullable()
      .checkIn(['people', 'texts', 'accounts', 'audit'], 'retention_deletion_kind');
    table.bigInteger('at').notNullable();
    /** Null at the command line, and where the period was over. */
    table.text('by');
    /** Null where the period was over. */
    table.text('reason');
    /** Names and texts that went. */
    table.integer('entries').notNullable();
    table.index(['conference', 'kind']);
  });
}
