import type { Knex } from 'knex';

/** The codes by which machines are paired to bridges. */
export async function pairing(connection: Knex): Promise<void> {
  await connection.schema.createTable('pairing_code', (table) => {
    /** Of the bridge and the code, under a secret of the installation: the code itself is kept nowhere. */
    table.text('hash').notNullable().primary();
    table.text('conference').notNullable();
    table.text('bridge').notNullable();
    table.bigInteger('made_at').notNullable();
    /** Null at the command line. */
    table.text('made_by').references('account.id').onDelete('set null');
    table.bigInteger('expires_at').notNullable();
    /** 1 on a printed sheet: the next sheet takes its place. */
    table.integer('printed').notNullable();
    table.bigInteger('used_at');
    /** Which machine it paired: a repeated request of the same machine is answered as the first one was. */
    table.text('device');
    table
      .foreign(['conference', 'bridge'], 'pairing_code_bridge')
      .references(['conference', 'id'])
      .inTable('bridge')
      .onDelete('cascade');
    table.index('bridge');
    table.index('expires_at');
    table.check('(used_at is null) = (device is null)', [], 'pairing_code_used');
  });
}
