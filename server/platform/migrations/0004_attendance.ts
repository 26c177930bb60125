import type { Knex } from 'knex';

/** The ledger of attendance, and the reports frozen out of it. */
export async function attendance(connection: Knex): Promise<void> {
  /**
   * Every event as it came in, in the order of receipt. One unique time-ordered id and nothing else is indexed, and
   * nothing is looked up by a foreign key: each further index more than halves what the ledger can take in. Whatever a
   * screen needs beside it is a read model that can be rebuilt.
   */
  await connection.schema.createTable('attendance_event', (table) => {
    table.integer('seq').primary();
    table.binary('id').notNullable().unique();
    table.text('session').notNullable();
    table.text('bridge').notNullable();
    table.text('device').notNullable();
    table.bigInteger('received_at').notNullable();
    /** The event in its canonical form: equal content has equal text. */
    table.text('body').notNullable();
    table
      .text('outcome')
      .notNullable()
      .checkIn(['recorded', 'conflict', 'refused'], 'attendance_event_outcome');
    table.check('length(id) = 16', [], 'attendance_event_id_bytes');
  });
  for (const change of ['update', 'delete']) {
    await connection.schema.raw(
      `create trigger attendance_event_no_${change} before ${change} on attendance_event
       begin select raise(abort, 'attendance_event is append only'); end`,
    );
  }

  await connection.schema.createTable('attendance_report', (table) => {
    table.text('conference').notNullable();
    table.text('session').notNullable().references('session.id');
    table.text('bridge').notNullable();
    table.integer('version').notNullable();
    /** The ledger's last event that the figures know of. */
    table.integer('sequence').notNullable();
    table.bigInteger('at').notNullable();
    table.text('figures').notNullable();
    table.text('differences').notNullable();
    table.primary(['session', 'bridge', 'version']);
    table
      .foreign(['conference', 'bridge'], 'attendance_report_bridge')
      .references(['conference', 'id'])
      .inTable('bridge');
  });
}
