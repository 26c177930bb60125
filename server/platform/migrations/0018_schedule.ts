import type { Knex } from 'knex';

/** Who takes part in a session and when its doors open, and what was changed of it, so that it can be taken back. */
export async function schedule(connection: Knex): Promise<void> {
  await connection.schema.alterTable('session', (table) => {
    table.bigInteger('doors_at');
    /** A person of the roster. */
    table.text('chair');
    /** JSON: which bridges, and whether with those below; null for all of the conference. */
    table.text('bridges');
    table.integer('revision').notNullable().defaultTo(1);
    table.bigInteger('cancelled_at');
    table.text('cancelled_reason');
    // The schedule asks for a stretch of time over all conferences.
    table.index(['starts_at']);
  });
  await connection.schema.createTable('session_change', (table) => {
    table.text('id').notNullable().primary();
    table.text('conference').notNullable().references('conference.id').onDelete('cascade');
    /** No reference: a session that was taken back can be brought back. */
    table.text('session').notNullable();
    table.bigInteger('at').notNullable();
    /** Null at the command line. */
    table.text('by').references('account.id').onDelete('set null');
    table.text('kind').notNullable();
    /** The session before and after, as JSON; null where there was none. Empty where names were deleted. */
    table.text('before');
    table.text('after');
    table.bigInteger('undone_at');
    table.index(['session', 'at']);
    table.index(['conference']);
  });
}
