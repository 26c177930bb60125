import type { Knex } from 'knex';

/** Lists of the press and of scientists: people of no roster, in no seat and in no total. */
export async function guests(connection: Knex): Promise<void> {
  await connection.schema.createTable('guest', (table) => {
    table.text('id').notNullable().primary();
    table.text('conference').notNullable().references('conference.id').onDelete('cascade');
    table.text('list').notNullable().checkIn(['press', 'scientists'], 'guest_list');
    /** Name and organisation, folded: nobody is in a list twice. */
    table.text('key').notNullable();
    /** As JSON. */
    table.text('data').notNullable();
    table.bigInteger('at').notNullable();
    table.text('answer').checkIn(['coming', 'not-coming'], 'guest_answer');
    table.bigInteger('arrived_at');
    table.unique(['conference', 'list', 'key']);
  });
}
