import type { Knex } from 'knex';

import type { AccountId, BridgeId, ConferenceId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Grant, HeldGrant } from '../../domain/wire/access.ts';

export interface AccountRow {
  readonly id: AccountId;
  readonly username: string;
  readonly name: string;
  readonly password_hash: string | null;
  readonly created_at: Instant;
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

/** Everybody with a role in a conference, in the order of their names, standing organizers left out. */
export async function accountsOf(db: Knex, conference: ConferenceId): Promise<AccountRow[]> {
  const ids = db('grant_').where({ conference }).select('account');
  return await db<AccountRow>('account').whereIn('id', ids).orderBy('name').orderBy('id');
}

const HELD = ['id', 'role', 'conference', 'bridge', 'from_at as from', 'until_at as until'] as const;

/** A role of somebody. */
export type GrantRow = HeldGrant & { readonly account: AccountId };

/** Every role of an account. */
export async function grantsOf(db: Knex, account: AccountId): Promise<HeldGrant[]> {
  return await db('grant_').where({ account }).select(HELD).orderBy('id');
}

/** Every role in a conference, with whose it is. */
export async function grantsIn(db: Knex, conference: ConferenceId): Promise<GrantRow[]> {
  return await db('grant_')
    .where({ conference })
    .select('account', ...HELD)
    .orderBy('id');
}

/** One role by its number. */
export async function grantById(db: Knex, id: number): Promise<GrantRow | undefined> {
  return await db('grant_')
    .where({ id })
    .first<GrantRow | undefined>('account', ...HELD);
}

/** How many have the role of host at a bridge. */
export async function countHosts(
  db: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
  now: Instant,
): Promise<number> {
  const row = await db('grant_')
    .where({ conference, bridge, role: 'host' })
    .where((open) => void open.whereNull('until_at').orWhere('until_at', '>', now))
    .count<{ count: number | string }>({ count: '*' })
    .first();
  return Number(row?.count ?? 0);
}

/** How many accounts work at the door of each bridge of a conference. */
export async function countHostsOfAll(
  db: Knex,
  conference: ConferenceId,
  now: Instant,
): Promise<ReadonlyMap<BridgeId, number>> {
  const rows = await db('grant_')
    .where({ conference, role: 'host' })
    .whereNotNull('bridge')
    .where((open) => void open.whereNull('until_at').orWhere('until_at', '>', now))
    .groupBy('bridge')
    .select<{ bridge: BridgeId; count: number | string }[]>('bridge', db.raw('count(*) as count'));
  return new Map(rows.map(({ bridge, count }) => [bridge, Number(count)]));
}

/** How many accounts have a role at one of some bridges that reaches below it. */
export async function countReaching(
  db: Knex,
  conference: ConferenceId,
  bridges: readonly BridgeId[],
  now: Instant,
): Promise<number> {
  const row = await db('grant_')
    .where({ conference })
    .whereIn('bridge', bridges)
    .whereNot({ role: 'host' })
    .where((open) => void open.whereNull('until_at').orWhere('until_at', '>', now))
    .countDistinct<{ count: number | string }>({ count: 'account' })
    .first();
  return Number(row?.count ?? 0);
}

/**
 * The accounts whose roles have changed since a change, with all the roles that each has now, and the last change that is
 * in it; null where nothing has changed. From 0 on it is everybody who ever had a role.
 */
export async function grantsSince(
  db: Knex,
  since: number,
): Promise<{ readonly change: number | null; readonly changed: ReadonlyMap<AccountId, HeldGrant[]> }> {
  type Row = { readonly account: AccountId; readonly change: number } & (HeldGrant | { readonly id: null });
  const rows = await db.raw<Row[]>(
    `select grant_change.account, grant_change.change, grant_.id, role, conference, bridge,
            from_at as "from", until_at as "until"
     from grant_change left join grant_ on grant_.account = grant_change.account
     where grant_change.change > ?
     order by grant_change.change, grant_.id`,
    [since],
  );
  const changed = new Map<AccountId, HeldGrant[]>();
  for (const { account, change: _, ...grant } of rows) {
    const own = changed.get(account) ?? [];
    changed.set(account, own);
    if (grant.id !== null) own.push(grant);
  }
  return { change: rows.at(-1)?.change ?? null, changed };
}

/** A role that is given: without times from the beginning and without end. */
export type GivenGrant = Pick<Grant, 'role' | 'conference' | 'bridge'> & Partial<Grant>;

/** Gives a role; one that is there already takes the new times. */
export async function addGrant(db: Knex, account: AccountId, grant: GivenGrant, at: Instant): Promise<void> {
  const { role, conference, bridge, from = null, until = null } = grant;
  await db.raw(
    `insert into grant_ (account, role, conference, bridge, from_at, until_at, created_at)
     values (?, ?, ?, ?, ?, ?, ?)
     on conflict (account, role, coalesce(conference, ''), coalesce(bridge, ''))
     do update set from_at = excluded.from_at, until_at = excluded.until_at`,
    [account, role, conference, bridge, from, until, at],
  );
}

/** Takes a role away. False where it is gone already. */
export async function removeGrant(db: Knex, id: number): Promise<boolean> {
  return (await db('grant_').where({ id }).delete()) === 1;
}

/** Names of accounts, as far as they are known. */
export async function namesOf(db: Knex, ids: readonly AccountId[]): Promise<Map<AccountId, string>> {
  const rows = await db<AccountRow>('account').whereIn('id', ids).select('id', 'name');
  return new Map(rows.map((row) => [row.id, row.name]));
}
