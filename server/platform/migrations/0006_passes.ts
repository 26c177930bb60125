import type { Knex } from 'knex';

/** Passes that were issued again. The first pass of a person needs no row: it is the signature of what is known anyway. */
export async function passes(connection: Knex): Promise<void> {
  await connection.schema.createTable('pass_reissue', (table) => {
    table.text('conference').notNullable();
    table.text('person').notNullable();
    table.integer('serial').notNullable();
    table.bigInteger('at').notNullable();
    /** Null at the command line. */
    table.text('by');
    table.text('reason').notNullable();
    table.primary(['conference', 'person', 'serial']);
    table
      .foreign(['conference', 'person'], 'pass_reissue_person')
      .references(['conference', 'id'])
      .inTable('person')
      .onDelete('cascade');
    table.check('serial >= 2', [], 'pass_reissue_serial');
  });
}
