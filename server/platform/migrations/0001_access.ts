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
    /** SHA-256 of the part of the cookie that stays the same: names the sign-in, and opens nothing. */
    table.text('key').notNullable().primary();
    /** SHA-256 of the cookie's secret. */
    table.text('hash').notNullable();
    /** The secret that was sent out to follow it, until the browser has come with it. */
    table.text('next_hash');
    table.bigInteger('next_at');
    /** The secret before it, good for a moment more. */
    table.text('previous_hash');
    /** Since when `hash` is the secret. */
    table.bigInteger('rotated_at').notNullable();
    table.text('account').notNullable().references('account.id').onDelete('cascade').index();
    table.text('how').notNullable();
    /** How the browser calls itself. */
    table.text('browser').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('last_seen_at').notNullable();
    /** When the person last proved who they are: changes of what lets them in ask for it. */
    table.bigInteger('proved_at').notNullable();
    /** Whether they did so with two factors. */
    table.boolean('strong').notNullable();
  });
}
