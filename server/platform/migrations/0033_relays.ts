import type { Knex } from 'knex';

/** Relays (máy chuyển tiếp): which may come, at which bridge they stand, and when they were there last. */
export async function relays(connection: Knex): Promise<void> {
  await connection.schema.createTable('relay', (table) => {
    table.text('id').notNullable().primary();
    table.text('conference').notNullable();
    table.text('bridge').notNullable();
    /** Of the token, which is told once and not kept. */
    table.text('hash').notNullable().unique();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('came_at');
    table.bigInteger('revoked_at');
    table.index(['conference', 'created_at']);
    table
      .foreign(['conference', 'bridge'], 'relay_bridge')
      .references(['conference', 'id'])
      .inTable('bridge')
      .onDelete('cascade');
  });
}
