import type { Knex } from 'knex';

import type { AccountId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

export interface PasskeyRow {
  readonly id: string;
  readonly account: AccountId;
  readonly name: string;
  /** COSE key in base64url. */
  readonly public_key: string;
  readonly counter: number;
  /** JSON list. */
  readonly transports: string;
  readonly created_at: Instant;
  readonly used_at: Instant | null;
}

export async function passkeysOf(db: Knex, account: AccountId): Promise<PasskeyRow[]> {
  return await db<PasskeyRow>('passkey').where({ account }).orderBy('created_at').orderBy('id');
}

export async function passkeyById(db: Knex, id: string): Promise<PasskeyRow | undefined> {
  return await db<PasskeyRow>('passkey').where({ id }).first();
}

/** Adds a passkey. Throws where it is somebody's already. */
export async function addPasskey(db: Knex, row: PasskeyRow): Promise<void> {
  await db('passkey').insert(row);
}

export async function notePasskey(db: Knex, id: string, counter: number, at: Instant): Promise<void> {
  await db('passkey').where({ id }).update({ counter, used_at: at });
}

/** False where it is none of the account's. */
export async function namePasskey(db: Knex, account: AccountId, id: string, name: string): Promise<boolean> {
  return (await db('passkey').where({ account, id }).update({ name })) === 1;
}

export async function removePasskey(db: Knex, account: AccountId, id: string): Promise<boolean> {
  return (await db('passkey').where({ account, id }).delete()) === 1;
}

export async function removePasskeys(db: Knex, account: AccountId): Promise<number> {
  return await db('passkey').where({ account }).delete();
}
