import type { Knex } from 'knex';

/** The ledger of attendance with its checkpoints, and the reports frozen out of it. */
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
    table.bigInteger('received_at').notNullable();
    /** Place in the chain of its bridge, and the chain's head after it. */
    table.integer('place').notNullable();
    table.binary('hash').notNullable();
    /** The event in the ledger's form: ids, codes and digests. */
    table.text('form').notNullable();
    table.check('length(id) = 16 and length(hash) = 32', [], 'attendance_event_bytes');
  });
  for (const change of ['update', 'delete']) {
    await connection.schema.raw(
      `create trigger attendance_event_no_${change} before ${change} on attendance_event
       begin select raise(abort, 'attendance_event is append only'); end`,
    );
  }

  /** What people wrote in an event. It can be erased: the chain holds a digest of it, salted so that it tells nothing. */
  await connection.schema.createTable('attendance_text', (table) => {
    /** Of the event in the ledger. */
    table.integer('seq').primary();
    table.text('salt').notNullable();
    table.text('texts').notNullable();
  });

  /** Signed statements over the heads of all chains, as of one place in the ledger. */
  await connection.schema.createTable('checkpoint', (table) => {
    table.integer('number').primary();
    /** The last event that it covers. */
    table.integer('seq').notNullable();
    table.bigInteger('at').notNullable();
    table.text('statement').notNullable();
    table.text('signature').notNullable();
  });
  /** How the head of a bridge that closed is found under a checkpoint: kept, as later ones do not show it. */
  await connection.schema.createTable('checkpoint_proof', (table) => {
    table.text('session').notNullable();
    table.text('bridge').notNullable();
    table.integer('checkpoint').notNullable().references('checkpoint.number');
    table.integer('place').notNullable();
    table.text('proof').notNullable();
    table.primary(['session', 'bridge', 'checkpoint']);
  });
  for (const change of ['update', 'delete']) {
    await connection.schema.raw(
      `create trigger checkpoint_no_${change} before ${change} on checkpoint
       begin select raise(abort, 'checkpoint is append only'); end`,
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
    /** Rows of figures, one a line; null where the version before with the differences says the same. */
    table.text('figures');
    /** Against the version before, one a line, and how many. */
    table.text('differences').notNullable();
    table.integer('differing').notNullable();
    table.primary(['session', 'bridge', 'version']);
    table
      .foreign(['conference', 'bridge'], 'attendance_report_bridge')
      .references(['conference', 'id'])
      .inTable('bridge');
  });

  for (const change of ['update', 'delete']) {
    await connection.schema.raw(
      `create trigger attendance_report_no_${change} before ${change} on attendance_report
       begin select raise(abort, 'a frozen report never changes'); end`,
    );
  }

  /** How far into the ledger frozen reports were held against it: where to look again after a crash. */
  await connection.schema.createTable('report_mark', (table) => {
    table.integer('sequence').notNullable();
  });
  await connection('report_mark').insert({ sequence: 0 });
}
