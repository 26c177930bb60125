import type { Knex } from 'knex';

import type { AccountId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { How } from '../../domain/wire/sign-in.ts';

export interface TokenRow {
  readonly hash: string;
  readonly purpose: 'setup' | 'activation';
  readonly account: AccountId | null;
  readonly created_at: Instant;
  readonly expires_at: Instant;
  readonly used_at: Instant | null;
}

export interface SignInRow {
  readonly key: string;
  readonly hash: string;
  readonly next_hash: string | null;
  readonly next_at: Instant | null;
  readonly previous_hash: string | null;
  readonly rotated_at: Instant;
  readonly account: AccountId;
  readonly how: How;
  readonly browser: string;
  readonly created_at: Instant;
  readonly last_seen_at: Instant;
  readonly proved_at: Instant;
  /** SQLite has no booleans of its own. */
  readonly strong: boolean | 0 | 1;
}

/** A sign-in with what decides how far it goes. */
export interface KnownSignIn extends SignInRow {
  readonly name: string;
  /** Whether the person has a second factor. */
  readonly has_factor: 0 | 1;
  /** Whether one of their roles asks for one. */
  readonly needs_factor: 0 | 1;
}

export async function setPassword(db: Knex, id: AccountId, hash: string): Promise<void> {
  await db('account').where({ id }).update({ password_hash: hash });
}

/** Puts a better hash of the same password in the place of another; not where it was changed meanwhile. */
export async function replacePassword(
  db: Knex,
  id: AccountId,
  hashes: { readonly from: string; readonly to: string },
): Promise<void> {
  await db('account').where({ id, password_hash: hashes.from }).update({ password_hash: hashes.to });
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

/** Sign-ins older than these are over. */
export interface Limits {
  readonly seen: Instant;
  readonly created: Instant;
}

/**
 * Those of some sign-ins that are still good, with whose they are; for each in order. Whether a role asks for a second factor is
 * looked up each time: a role that is given, or that begins at its hour, counts from then on.
 */
export async function signInsByKey(
  db: Knex,
  keys: readonly string[],
  after: Limits,
  now: Instant,
): Promise<(KnownSignIn | undefined)[]> {
  const rows = await db.raw<KnownSignIn[]>(
    `select sign_in.*, account.name,
       exists (select 1 from one_time_code
               where one_time_code.account = sign_in.account and secret is not null) as has_factor,
       exists (select 1 from factor_requirement as asked
               join grant_ on grant_.account = sign_in.account and grant_.role = asked.role
                 and (asked.conference is null or asked.conference = grant_.conference)
               where (grant_.from_at is null or grant_.from_at <= :now)
                 and (grant_.until_at is null or grant_.until_at > :now)) as needs_factor
     from json_each(:keys) as wanted
     join sign_in on sign_in.key = wanted.value
     join account on account.id = sign_in.account
     where sign_in.last_seen_at > :seen and sign_in.created_at > :created`,
    { keys: JSON.stringify(keys), now, ...after },
  );
  const found = new Map(rows.map((row) => [row.key, row]));
  return keys.map((key) => found.get(key));
}

/** Every sign-in of an account that is still good, the last used first. */
export async function signInsOf(db: Knex, account: AccountId, after: Limits): Promise<SignInRow[]> {
  return await db<SignInRow>('sign_in')
    .where({ account })
    .where('last_seen_at', '>', after.seen)
    .where('created_at', '>', after.created)
    .orderBy('last_seen_at', 'desc')
    .orderBy('key');
}

export async function touchSignIns(db: Knex, keys: readonly string[], at: Instant): Promise<void> {
  await db.raw(`update sign_in set last_seen_at = ? where key in (select value from json_each(?))`, [
    at,
    JSON.stringify(keys),
  ]);
}

/** Notes the secret that is to follow. False where the sign-in has ended, or has another secret by now. */
export async function noteNext(
  db: Knex,
  { key, hash }: Pick<SignInRow, 'key' | 'hash'>,
  next: string,
  at: Instant,
): Promise<boolean> {
  return (await db('sign_in').where({ key, hash }).update({ next_hash: next, next_at: at })) === 1;
}

/** The browser has come with the secret that was to follow: from now on it is the secret. */
export async function takeNext(db: Knex, key: string, next: string, at: Instant): Promise<void> {
  await db('sign_in')
    .where({ key, next_hash: next })
    .update({
      previous_hash: db.ref('hash'),
      hash: next,
      next_hash: null,
      next_at: null,
      rotated_at: at,
    });
}

/** Ends a sign-in, unless it has another secret by now. */
export async function removeReused(
  db: Knex,
  { key, hash }: Pick<SignInRow, 'key' | 'hash'>,
): Promise<boolean> {
  return (await db('sign_in').where({ key, hash }).delete()) === 1;
}

/** Ends sign-ins of an account, all or some. Answers with the keys of those that were there. */
export async function removeSignIns(
  db: Knex,
  account: AccountId,
  which: { readonly only?: string; readonly except?: string | null } = {},
): Promise<string[]> {
  const ended = await db.raw<{ key: string }[]>(
    `delete from sign_in
     where account = :account and (:only is null or key = :only) and (:except is null or key <> :except)
     returning key`,
    { account, only: which.only ?? null, except: which.except ?? null },
  );
  return ended.map(({ key }) => key);
}

export async function removeSignIn(db: Knex, key: string): Promise<void> {
  await db('sign_in').where({ key }).delete();
}

export async function removeOldSignIns(db: Knex, seenBefore: Instant): Promise<void> {
  await db('sign_in').where('last_seen_at', '<=', seenBefore).delete();
}
