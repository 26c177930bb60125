import type { Knex } from 'knex';

/** Papers of conferences, each in parts: a large file is never one statement that others have to wait for. */
export async function papers(connection: Knex): Promise<void> {
  await connection.schema.createTable('paper', (table) => {
    table.text('id').notNullable().primary();
    table.text('conference').notNullable().references('conference.id').onDelete('cascade');
    table.text('name').notNullable();
    table.text('kind').notNullable();
    table.integer('size').notNullable();
    table.bigInteger('added_at').notNullable();
    /** False until all of its parts are there: nobody is shown it before. */
    table.boolean('is_whole').notNullable();
    table.unique(['conference', 'name']);
  });

  await connection.schema.createTable('paper_part', (table) => {
    table.text('paper').notNullable().references('paper.id').onDelete('cascade');
    table.integer('place').notNullable();
    table.binary('bytes').notNullable();
    table.primary(['paper', 'place']);
  });
}
