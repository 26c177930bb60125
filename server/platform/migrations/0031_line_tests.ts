import type { Knex } from 'knex';

/** Two-minute tests of lines (kiểm tra đường truyền), as they were measured at the bridges. */
export async function lineTests(connection: Knex): Promise<void> {
  await connection.schema.createTable('line_test', (table) => {
    /** Made by the page, so that sending twice makes one. */
    table.text('id').notNullable().primary();
    table.text('conference').notNullable();
    table.text('bridge').notNullable();
    table.bigInteger('at').notNullable();
    /** Null once the account is gone. */
    table.text('by').references('account.id').onDelete('set null');
    table.integer('seconds').notNullable();
    /** Null is what could not be measured. */
    table.float('up_kbps');
    table.float('down_kbps');
    table.float('loss');
    table.float('jitter_ms');
    table.float('delay_ms');
    table.integer('camera');
    table.integer('sound');
    table
      .foreign(['conference', 'bridge'], 'line_test_bridge')
      .references(['conference', 'id'])
      .inTable('bridge')
      .onDelete('cascade');
    table.index(['conference', 'bridge', 'at']);
  });
}
