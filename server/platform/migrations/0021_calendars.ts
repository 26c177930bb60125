import type { Knex } from 'knex';

/** Calendars that people subscribe to, each with an address that only its owner knows. */
export async function calendars(connection: Knex): Promise<void> {
  await connection.schema.createTable('calendar_feed', (table) => {
    table.text('id').notNullable().primary();
    table.text('account').notNullable().references('account.id').onDelete('cascade');
    /** Both null for all that the account sees. */
    table.text('conference');
    table.text('bridge');
    table.text('language').notNullable();
    /** Of the key in its address, which is not kept. */
    table.text('hash').notNullable().unique();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('read_at');
    table.index(['account', 'created_at']);
    table
      .foreign(['conference', 'bridge'], 'calendar_feed_bridge')
      .references(['conference', 'id'])
      .inTable('bridge')
      .onDelete('cascade');
  });
}
