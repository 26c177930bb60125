import type { Knex } from 'knex';

/** Seat numbers: who sits on which chair of a bridge, and what was done to all of them at once, to be taken back. */
export async function seating(connection: Knex): Promise<void> {
  await connection.schema.createTable('seat_number', (table) => {
    table.text('conference').notNullable();
    table.text('person').notNullable();
    table.text('bridge').notNullable();
    table.text('number').notNullable();
    table.primary(['conference', 'person']);
    table.unique(['conference', 'bridge', 'number']);
    table
      .foreign(['conference', 'person'], 'seat_number_person')
      .references(['conference', 'id'])
      .inTable('person')
      .onDelete('cascade');
    table
      .foreign(['conference', 'bridge'], 'seat_number_bridge')
      .references(['conference', 'id'])
      .inTable('bridge')
      .onDelete('cascade');
  });

  /** When the seat numbers of a bridge changed last, counted over the conference: a process reads what is new to it. */
  await connection.schema.createTable('seat_revision', (table) => {
    table.text('conference').notNullable();
    table.text('bridge').notNullable();
    table.integer('revision').notNullable();
    table.primary(['conference', 'bridge']);
    table.index(['conference', 'revision']);
    table
      .foreign(['conference', 'bridge'], 'seat_revision_bridge')
      .references(['conference', 'id'])
      .inTable('bridge')
      .onDelete('cascade');
  });

  await connection.schema.createTable('seat_change', (table) => {
    table.text('id').notNullable().primary();
    table.text('conference').notNullable();
    table.text('bridge').notNullable();
    table.bigInteger('at').notNullable();
    /** Null at the command line. */
    table.text('by').references('account.id').onDelete('set null');
    table.text('deed').notNullable().checkIn(['numbered', 'cleared', 'imported'], 'seat_change_deed');
    table.integer('people').notNullable();
    /** Each person's number before and after, as JSON. */
    table.text('traces').notNullable();
    table.bigInteger('undone_at');
    table.index(['conference', 'bridge', 'at']);
    table
      .foreign(['conference', 'bridge'], 'seat_change_bridge')
      .references(['conference', 'id'])
      .inTable('bridge')
      .onDelete('cascade');
  });
}
