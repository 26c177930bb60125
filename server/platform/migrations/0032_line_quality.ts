import type { Knex } from 'knex';

/** How the program arrived at the bridges during a session: sums of the samples, and what went wrong, from when to when. */
export async function lineQuality(connection: Knex): Promise<void> {
  await connection.schema.createTable('line_quality', (table) => {
    table.text('session').notNullable().references('session.id').onDelete('cascade');
    table.text('conference').notNullable();
    table.text('bridge').notNullable();
    table.bigInteger('first_at').notNullable();
    table.bigInteger('last_at').notNullable();
    /** Samples by how good they were. */
    table.integer('good').notNullable();
    table.integer('fair').notNullable();
    table.integer('poor').notNullable();
    table.float('worst_loss').notNullable();
    table.float('worst_jitter_ms').notNullable();
    table.float('worst_delay_ms').notNullable();
    table.primary(['session', 'bridge']);
    table
      .foreign(['conference', 'bridge'], 'line_quality_bridge')
      .references(['conference', 'id'])
      .inTable('bridge')
      .onDelete('cascade');
  });

  await connection.schema.createTable('line_incident', (table) => {
    table.text('session').notNullable().references('session.id').onDelete('cascade');
    table.text('conference').notNullable();
    table.text('bridge').notNullable();
    table.text('kind').notNullable().checkIn(['dropped', 'poor'], 'line_incident_kind');
    table.bigInteger('from_at').notNullable();
    /** Null while it goes on. */
    table.bigInteger('to_at');
    table.primary(['session', 'bridge', 'kind', 'from_at']);
    table
      .foreign(['conference', 'bridge'], 'line_incident_bridge')
      .references(['conference', 'id'])
      .inTable('bridge')
      .onDelete('cascade');
  });
}
