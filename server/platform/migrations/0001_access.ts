import type { Knex } from 'knex';

/** Accounts, one-time links and sign-ins. Who may do what is in `grant_`, beside the conferences it speaks of. */
export async function access(connection: Knex): Promise<void> {
  await connection.schema.createTable('account', (table) => {
    table.text('id').notNullable().primary();
    table.text('username').notNullable().unique();
    table.text('name').notNullable();
    /** Null until the person has chosen a password. */
    table.text('password_hash');
    table.bigInteger('created_at').notNullable();
  });

  await connection.schema.createTable('one_time_token', (table) => {
    /** SHA-256 of the token; the token itself is nowhere. */
    table.text('hash').notNullable().primary();
    table.text('purpose').notNullable().checkIn(['setup', 'activation'], 'one_time_token_purpose');
    table.text('account').references('account.id').onDelete('cascade').index();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('expires_at').notNullable();
    /** When it was used, or replaced by a newer one. */
    table.bigInteger('used_at');
    table.check("(purpose = 'setup') = (account is null)", [], 'one_time_token_account');
  });

  await connection.schema.createTable('sign_in', (table) => {
    /** SHA-256 of the cookie's value. */
    table.text('hash').notNullable().primary();
    table.text('account').notNullable().references('account.id').onDelete('cascade').index();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('last_seen_at').notNullable();
  });
}
