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
  const [grants = []] = await grantsOfMany(db, [{ account, conference }]);
  return grants;
}

/** The same for many, each in order. SQLite's own way of giving a statement a list (`json_each`). */
export async function grantsOfMany(
  db: Knex,
  asked: readonly { readonly account: AccountId; readonly conference: ConferenceId }[],
): Promise<Grant[][]> {
  const list = JSON.stringify(asked.map(({ account, conference }) => [account, conference]));
  const rows = await db.raw<(Grant & { readonly asked: number })[]>(
    `select asked.key as asked, grant_.role, grant_.conference, grant_.bridge
     from json_each(?) as asked join grant_ on grant_.account = asked.value ->> 0
     where grant_.conference is null or grant_.conference = asked.value ->> 1`,
    [list],
  );
  const found = asked.map((): Grant[] => []);
  for (const { asked: at, role, conference, bridge } of rows) found[at]!.push({ role, conference, bridge });
  return found;
}

/** Adds a role; one that is there already stays as it is. */
export async function addGrant(db: Knex, account: AccountId, grant: Grant, at: Instant): Promise<void> {
  await db.raw(
    `insert into grant_ (account, role, conference, bridge, created_at) values (?, ?, ?, ?, ?) on conflict do nothing`,
    [account, grant.role, grant.conference, grant.bridge, at],
  );
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
