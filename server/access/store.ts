import type { Knex } from 'knex';

import type { AccountId, BridgeId, ConferenceId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Grant } from '../../domain/wire/access.ts';

export interface AccountRow {
  readonly id: AccountId;
  readonly username: string;
  readonly name: string;
  readonly password_hash: string | null;
  readonly created_at: Instant;
}

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

export async function anyAccount(db: Knex): Promise<boolean> {
  return (await db('account').first('id')) !== undefined;
}

export async function accountById(db: Knex, id: AccountId): Promise<AccountRow | undefined> {
  return await db<AccountRow>('account').where({ id }).first();
}

export async function accountByUsername(db: Knex, username: string): Promise<AccountRow | undefined> {
  return await db<AccountRow>('account').where({ username }).first();
}

export async function addAccount(db: Knex, row: AccountRow): Promise<void> {
  await db('account').insert(row);
}

export async function setPassword(db: Knex, id: AccountId, hash: string): Promise<void> {
  await db('account').where({ id }).update({ password_hash: hash });
}

/** Everybody with a role in a conference, in the order of their names, standing organizers left out. */
export async function accountsOf(db: Knex, conference: ConferenceId): Promise<AccountRow[]> {
  const ids = db('grant_').where({ conference }).select('account');
  return await db<AccountRow>('account').whereIn('id', ids).orderBy('name').orderBy('id');
}

/** Every role of an account. */
export async function grantsOf(db: Knex, account: AccountId): Promise<Grant[]> {
  return await db('grant_').where({ account }).select('role', 'conference', 'bridge').orderBy('created_at');
}

/** Every role in a conference, with whose it is. */
export async function grantsIn(
  db: Knex,
  conference: ConferenceId,
): Promise<(Grant & { readonly account: AccountId })[]> {
  return await db('grant_')
    .where({ conference })
    .select('account', 'role', 'conference', 'bridge')
    .orderBy('created_at');
}

/** How many have the role of host at a bridge. */
export async function countHosts(db: Knex, conference: ConferenceId, bridge: BridgeId): Promise<number> {
  const row = await db('grant_')
    .where({ conference, bridge, role: 'host' })
    .count<{ count: number | string }>({ count: '*' })
    .first();
  return Number(row?.count ?? 0);
}

/** The roles that an account has over everything or in one conference. */
export async function grantsAt(db: Knex, account: AccountId, conference: ConferenceId): Promise<Grant[]> {
  return await db('grant_')
    .where({ account })
    .whereRaw('(conference = ? or conference is null)', [conference])
    .select('role', 'conference', 'bridge');
}

/** Adds a role; one that is there already stays as it is. */
export async function addGrant(db: Knex, account: AccountId, grant: Grant, at: Instant): Promise<void> {
  await db.raw(
    `insert into grant_ (account, role, conference, bridge, created_at) values (?, ?, ?, ?, ?) on conflict do nothing`,
    [account, grant.role, grant.conference, grant.bridge, at],
  );
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

/** A sign-in that is still good, with whose it is. */
export async function signInByHash(
  db: Knex,
  hash: string,
  after: { readonly seen: Instant; readonly created: Instant },
): Promise<(SignInRow & { readonly name: string }) | undefined> {
  return await db('sign_in')
    .join('account', 'account.id', 'sign_in.account')
    .where('sign_in.hash', hash)
    .where('sign_in.last_seen_at', '>', after.seen)
    .where('sign_in.created_at', '>', after.created)
    .first('sign_in.*', 'account.name');
}

export async function touchSignIn(db: Knex, hash: string, at: Instant): Promise<void> {
  await db('sign_in').where({ hash }).update({ last_seen_at: at });
}

export async function removeSignIn(db: Knex, hash: string): Promise<void> {
  await db('sign_in').where({ hash }).delete();
}

export async function removeOldSignIns(db: Knex, seenBefore: Instant): Promise<void> {
  await db('sign_in').where('last_seen_at', '<=', seenBefore).delete();
}

export async function conferenceExists(db: Knex, id: ConferenceId): Promise<boolean> {
  return (await db('conference').where({ id }).first('id')) !== undefined;
}

/** The bridge itself and those above it, bottom up; empty where the conference has no such bridge. */
export async function bridgePath(db: Knex, conference: ConferenceId, id: BridgeId): Promise<BridgeId[]> {
  const rows: { id: BridgeId }[] = await db
    .withRecursive('above', ['id', 'parent', 'depth'], (query) => {
      void query
        .select('id', 'parent', db.raw('0'))
        .from('bridge')
        .where({ conference, id })
        .unionAll((next) => {
          // A cycle is refused where bridges are written; the bound keeps a broken tree from hanging every request.
          void next
            .select('bridge.id', 'bridge.parent', db.raw('above.depth + 1'))
            .from('bridge')
            .join('above', 'bridge.id', 'above.parent')
            .where('above.depth', '<', 100);
        });
    })
    .select('id')
    .from('above')
    .orderBy('depth');
  return rows.map((row) => row.id);
}

/** Names of accounts, as far as they are known. */
export async function namesOf(db: Knex, ids: readonly AccountId[]): Promise<Map<AccountId, string>> {
  const rows = await db<AccountRow>('account').whereIn('id', ids).select('id', 'name');
  return new Map(rows.map((row) => [row.id, row.name]));
}
