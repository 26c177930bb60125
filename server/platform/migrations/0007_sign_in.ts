import type { Knex } from 'knex';

/** What lets somebody in beside a password: second factors, passkeys, and accounts of a single sign-on. */
export async function signIn(connection: Knex): Promise<void> {
  await connection.schema.createTable('one_time_code', (table) => {
    table.text('account').notNullable().primary().references('account.id').onDelete('cascade');
    /**
     * The secret of the app's codes, sealed: who has the database alone cannot make codes. Null until the person has shown that
     * their app makes the right ones.
     */
    table.text('secret');
    /** A secret that is being set up, sealed; and since when. */
    table.text('next_secret');
    table.bigInteger('next_at');
    /** The last step of 30 s whose code was used: no code works twice. */
    table.bigInteger('used_step').notNullable();
  });

  await connection.schema.createTable('recovery_code', (table) => {
    /** SHA-256 of the code; the code itself is nowhere. */
    table.text('hash').notNullable().primary();
    table.text('account').notNullable().references('account.id').onDelete('cascade').index();
    table.bigInteger('used_at');
  });

  await connection.schema.createTable('factor_requirement', (table) => {
    /** Null is the whole installation. */
    table.text('conference').references('conference.id').onDelete('cascade');
    table.text('role').notNullable();
  });
  // Two nulls are equal here.
  await connection.schema.raw(
    `create unique index factor_requirement_once on factor_requirement (coalesce(conference, ''), role)`,
  );

  await connection.schema.createTable('passkey', (table) => {
    /** As the authenticator names it, in base64url. */
    table.text('id').notNullable().primary();
    table.text('account').notNullable().references('account.id').onDelete('cascade').index();
    table.text('name').notNullable();
    /** COSE key in base64url. */
    table.text('public_key').notNullable();
    /** How often it signed, as far as it counts: a copy of it shows. */
    table.bigInteger('counter').notNullable();
    /** JSON list of how a browser reaches it. */
    table.text('transports').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('used_at');
  });

  await connection.schema.createTable('single_sign_on', (table) => {
    table.text('issuer').notNullable();
    /** Who it is for the provider: stays the same when a name or an address changes. */
    table.text('subject').notNullable();
    table.text('account').notNullable().references('account.id').onDelete('cascade');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('used_at').notNullable();
    table.primary(['issuer', 'subject']);
    table.unique(['account', 'issuer']);
  });
}
