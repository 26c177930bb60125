import type { Knex } from 'knex';

/** Which link of an invitation counts, where it is not the first: whoever has an earlier one is told that there is none. */
export async function personal(connection: Knex): Promise<void> {
  await connection.schema.createTable('personal_link', (table) => {
    table.text('invitation').notNullable().primary().references('invitation.id').onDelete('cascade');
    table.integer('edition').notNullable();
  });
}
