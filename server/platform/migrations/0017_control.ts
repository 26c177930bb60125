import type { Knex } from 'knex';

/** The control room's day: alerts with who has taken them on, and steps of the agenda that were taken back. */
export async function control(connection: Knex): Promise<void> {
  await connection.schema.createTable('agenda_undo', (table) => {
    table.text('step').notNullable().primary().references('agenda_step.id').onDelete('cascade');
    table.bigInteger('at').notNullable();
    table.text('by').notNullable();
  });

  /** An alert from when it was raised until it was over. */
  await connection.schema.createTable('alert', (table) => {
    table.text('id').notNullable().primary();
    table.text('conference').notNullable();
    table.text('session').notNullable().references('session.id').onDelete('cascade');
    table.text('bridge').notNullable();
    table.text('kind').notNullable();
    table.bigInteger('raised_at').notNullable();
    /** Null while it lasts. */
    table.bigInteger('over_at');
    /** The worst that it came to. */
    table.integer('level').notNullable();
    table.integer('bridges').notNullable();
    table
      .foreign(['conference', 'bridge'], 'alert_bridge')
      .references(['conference', 'id'])
      .inTable('bridge')
      .onDelete('cascade');
    table.index(['session', 'raised_at']);
  });
  // One of a kind lasts at a bridge, whichever process raises it.
  await connection.schema.raw(
    'create unique index alert_lasting on alert (session, bridge, kind) where over_at is null',
  );

  /** Who has taken an alert on, as bad as it was then; whoever was first stands. */
  await connection.schema.createTable('alert_acknowledgement', (table) => {
    table.text('alert').notNullable().references('alert.id').onDelete('cascade');
    table.integer('level').notNullable();
    table.integer('bridges').notNullable();
    table.bigInteger('at').notNullable();
    /** Null once the account is gone. */
    table.text('by').references('account.id').onDelete('set null');
    table.primary(['alert', 'level', 'bridges']);
  });
}
