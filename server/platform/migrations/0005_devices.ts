import type { Knex } from 'knex';

/** The machines of the doors, what a revoked one still sent, and the erasures of what people wrote. */
export async function devices(connection: Knex): Promise<void> {
  /** A machine at a bridge. One that is carried from one bridge to another is two, each with a standing of its own. */
  await connection.schema.createTable('device', (table) => {
    table.text('conference').notNullable();
    table.text('bridge').notNullable();
    /** Follows from its key. */
    table.text('device').notNullable();
    /** Its number at the bridge, by which it is called while nobody has named it. */
    table.integer('number').notNullable();
    table.text('name');
    /** Who was signed in at it last. */
    table.text('account').references('account.id').onDelete('set null');
    /** What its browser says of itself. */
    table.text('browser').notNullable().defaultTo('');
    /** The public half of its key, 65 bytes in base64url; it never had another. */
    table.text('public_key').notNullable();
    table.bigInteger('paired_at').notNullable();
    /** Who typed the code. */
    table.text('paired_by').references('account.id').onDelete('set null');
    /** The revoked machine whose place it takes, where its page said so. */
    table.text('replaces');
    table.bigInteger('first_contact');
    table.bigInteger('last_contact');
    /** How many events it said wait on it, and since when the oldest does. */
    table.integer('waiting').notNullable().defaultTo(0);
    table.bigInteger('waiting_since');
    table.bigInteger('revoked_at');
    table.text('revoke_reason');
    /** 1 once it was revoked for the first time, and ever after: what it sends is held against the quarantine first. */
    table.integer('watched').notNullable().defaultTo(0);
    table.primary(['bridge', 'device']);
    table
      .foreign(['conference', 'bridge'], 'device_bridge')
      .references(['conference', 'id'])
      .inTable('bridge')
      .onDelete('cascade');
    table.index(['conference', 'bridge']);
    table.check('revoked_at is null or (watched = 1 and revoke_reason is not null)', [], 'device_revoked');
  });
  await connection.schema.raw(
    'create index device_watched on device (bridge, device, revoked_at) where watched = 1',
  );

  /** Who paired, revoked, restored or named a machine, and why. */
  await connection.schema.createTable('device_step', (table) => {
    table.text('id').notNullable().primary();
    table.text('conference').notNullable();
    table.text('bridge').notNullable();
    table.text('device').notNullable();
    table.text('step').notNullable().checkIn(['pair', 'name', 'revoke', 'restore'], 'device_step_step');
    table.bigInteger('at').notNullable();
    /** Null at the command line. */
    table.text('by');
    /** The reason of a revocation, or the name. */
    table.text('text');
    table.index(['bridge', 'device']);
  });

  /**
   * What was sent by a revoked machine, by one that is not paired at the bridge, or in another machine's name: outside ledger
   * and figures until a person decides. The form is the ledger's, ids, codes and digests; what people wrote stands beside it
   * and can be erased, here as there.
   */
  await connection.schema.createTable('quarantine', (table) => {
    table.binary('id').notNullable().primary();
    table.text('conference').notNullable();
    table.text('bridge').notNullable();
    table.text('session').notNullable();
    /** Whose event it says it is. */
    table.text('device').notNullable();
    /** Why it is held. */
    table
      .text('cause')
      .notNullable()
      .checkIn(['revoked', 'unpaired', 'unproven', 'other-machine'], 'quarantine_cause');
    table.bigInteger('received_at').notNullable();
    table.text('form').notNullable();
    table.text('salt');
    table.text('texts');
    /**
     * `waiting` for a decision; `accepting` is decided and not yet in the ledger, `accepted` is in it; `refused`;
     * `conflict`: decided, but the ledger has another event under this id.
     */
    table
      .text('state')
      .notNullable()
      .checkIn(['waiting', 'accepting', 'accepted', 'refused', 'conflict'], 'quarantine_state')
      .defaultTo('waiting');
    table.bigInteger('decided_at');
    /** Null at the command line. */
    table.text('decided_by');
    table.text('reason');
    // No cascade: a bridge of which something is held here stays.
    table
      .foreign(['conference', 'bridge'], 'quarantine_bridge')
      .references(['conference', 'id'])
      .inTable('bridge');
    table.index(['conference', 'bridge', 'device'], 'quarantine_at');
    table.check('length(id) = 16', [], 'quarantine_id_bytes');
    table.check("state = 'waiting' or decided_at is not null", [], 'quarantine_decided');
  });
  await connection.schema.raw(
    "create index quarantine_accepting on quarantine (conference) where state = 'accepting'",
  );

  /** That what people wrote was erased: when, by whom and why, and never what it was. */
  await connection.schema.createTable('text_erasure', (table) => {
    table.text('id').notNullable().primary();
    table.text('conference').notNullable().index();
    table.bigInteger('at').notNullable();
    /** Null at the command line. */
    table.text('by');
    table.text('reason').notNullable();
    /** Of which person or event; both null where it was everything of the conference. */
    table.text('person');
    table.text('event');
    /** How many events of the ledger and of the quarantine lost their texts. */
    table.integer('events').notNullable();
    table.integer('held').notNullable();
  });
}
