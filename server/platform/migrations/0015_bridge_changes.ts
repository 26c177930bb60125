import type { Knex } from 'knex';

/** Whom to call at a bridge, and what was changed of a conference's bridges, so that it can be taken back. */
export async function bridgeChanges(connection: Knex): Promise<void> {
  await connection.schema.alterTable('bridge', (table) => {
    /** JSON by kind of contact; null while nobody is named. */
    table.text('contacts');
    // Taking a bridge out asks which others take their picture from it.
    table.index(['conference', 'feed_parent']);
  });
  await connection.schema.createTable('bridge_change', (table) => {
    table.text('id').notNullable().primary();
    table.text('conference').notNullable().references('conference.id').onDelete('cascade');
    /** The bridge under which it was made: whoever organizes there may take it back. */
    table.text('top').notNullable();
    table.bigInteger('at').notNullable();
    /** Null at the command line. */
    table.text('by').references('account.id').onDelete('set null');
    table.text('kind').notNullable();
    /** Name of the first bridge that it changed, and how many it did. */
    table.text('first').notNullable();
    table.integer('count').notNullable();
    /** Names of the fields, as JSON. */
    table.text('fields').notNullable();
    /** What each bridge was before and is after, as JSON; empty where names were deleted. */
    table.text('traces').notNullable();
    table.bigInteger('undone_at');
    table.index(['conference', 'at']);
  });
}
