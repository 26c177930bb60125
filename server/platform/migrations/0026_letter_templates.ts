import type { Knex } from 'knex';

/** Letters in an office's own words, and the code that a letter brings along as a picture. */
export async function letterTemplates(connection: Knex): Promise<void> {
  /** Added to and never changed: the highest version stands. Without words it is the program's own letter again. */
  await connection.schema.createTable('letter_template', (table) => {
    table.text('conference').notNullable().references('conference.id').onDelete('cascade');
    table.text('kind').notNullable();
    table.integer('version').notNullable();
    table.text('subject');
    table.text('body');
    table.text('by');
    table.bigInteger('at').notNullable();
    table.primary(['conference', 'kind', 'version']);
  });
  await connection.schema.alterTable('letter', (table) => {
    /** What the QR code of the letter says; null where it has none. */
    table.text('qr_code');
  });
}
