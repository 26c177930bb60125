import type { Knex } from 'knex';

/** Who was put on program, asked for the floor and had it, one step after the other; none is ever changed. */
export async function floor(connection: Knex): Promise<void> {
  await connection.schema.createTable('floor_step', (table) => {
    table.text('session').notNullable().references('session.id').onDelete('cascade');
    /** From 1 in each session. */
    table.integer('place').notNullable();
    table.text('step').notNullable();
    // Without a reference: what was shown was shown, also of a bridge that is no more.
    table.text('bridge').notNullable();
    table.bigInteger('at').notNullable();
    /** Null for what befell, and once the account is gone. */
    table.text('by').references('account.id').onDelete('set null');
    table.primary(['session', 'place']);
  });
}
