import type { Knex } from 'knex';

import type { AccountId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

export interface TokenRow {
  readonly hash: string;
  readonly purpose: 'setup' | 'activation';
  readonly account: AccountId | null;
  readonly created_at: Instant;
  readonly expires_at: Instant;
  readonly used_at: Instant | null;
}

export interface SignInRow {
  readonly hash: string;
  readonly account: AccountId;
  readonly created_at: Instant;
  readonly last_seen_at: Instant;
}

export async function setPassword(db: Knex, id: AccountId, hash: string): Promise<void> {
  await db('account').where({ id }).update({ password_hash: hash });
}

export async function addToken(db: Knex, row: TokenRow): Promise<void> {
  await db('one_time_token').insert(row);
}

export async function tokenByHash(db: Knex, hash: string): Promise<TokenRow | undefined> {
  return await db<TokenRow>('one_time_token').where({ hash }).first();
}

/** Marks a token as used. False when somebody was faster. */
export async function useToken(db: Knex, hash: string, at: Instant): Promise<boolean> {
  return (await db('one_time_token').where({ hash }).whereNull('used_at').update({ used_at: at })) === 1;
}

/** Ends every open link of a kind, or of an account: a newer one takes its place. */
export async function retireTokens(
  db: Knex,
  of: { readonly purpose: 'setup' } | { readonly purpose: 'activation'; readonly account: AccountId },
  at: Instant,
): Promise<void> {
  await db('one_time_token').where(of).whereNull('used_at').update({ used_at: at });
}

export async function addSignIn(db: Knex, row: SignInRow): Promise<void> {
  await db('sign_in').insert(row);
}

/** Those of some sign-ins that are still good, with whose they are; for each in order. */
export async function signInsByHash(
  db: Knex,
  hashes: readonly string[],
  after: { readonly seen: Instant; readonly created: Instant },
): Promise<((SignInRow & { readonly name: string }) | undefined)[]> {
  const rows = await db.raw<(SignInRow & { readonly name: string })[]>(
    `select sign_in.*, account.name
     from json_each(?) as asked
     join sign_in on sign_in.hash = asked.value
     join account on account.id = sign_in.account
     where sign_in.last_seen_at > ? and sign_in.created_at > ?`,
    [JSON.stringify(hashes), after.seen, after.created],
  );
  const found = new Map(rows.map((row) => [row.hash, row]));
  return hashes.map((hash) => found.get(hash));
}

export async function touchSignIns(db: Knex, hashes: readonly string[], at: Instant): Promise<void> {
  await db.raw(`update sign_in set last_seen_at = ? where hash in (select value from json_each(?))`, [
    at,
    JSON.stringify(hashes),
  ]);
}

export async function removeSignIn(db: Knex, hash: string): Promise<void> {
  await db('sign_in').where({ hash }).delete();
}

export async function removeOldSignIns(db: Knex, seenBefore: Instant): Promise<void> {
  await db('sign_in').where('last_seen_at', '<=', seenBefore).delete();
}
