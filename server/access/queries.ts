import type { Bridge } from '../../domain/bridges/bridge.ts';
import type { AccountId, BridgeId } from '../../domain/ids.ts';
import { isInForce } from '../../domain/access/grants.ts';
import { personSortKey } from '../../domain/text/names.ts';
import { matches } from '../../domain/text/search.ts';
import type { Account, HeldGrant, Role } from '../../domain/wire/access.ts';
import { lookAtTree } from '../bridges/live.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedAccountId, AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { grantsNow, lookAtGrants } from './live.ts';
import { presentAccount } from './present.ts';
import * as store from './store.ts';

/** Who is signed in, with every role that is in force. */
export async function me(context: Context, account: AuthorizedAccountId): Promise<Account> {
  const db = context.database.read;
  const row = await store.accountById(db, account);
  if (row === undefined) throw new Error('a sign-in of an account that is gone');
  const now = context.clock();
  const grants = await store.grantsOf(db, account);
  return presentAccount(
    row,
    grants.filter((grant) => isInForce(grant, now)),
  );
}

/** Which accounts are looked for. */
export interface AccountSearch {
  /** Part of a name or user name, with or without marks. */
  readonly q?: string | undefined;
  readonly role?: Role | undefined;
  /** A role at this very bridge. */
  readonly bridge?: BridgeId | undefined;
}

/** Somebody with their roles in a conference, and no others. */
export interface Holder {
  readonly row: store.AccountRow;
  readonly grants: readonly HeldGrant[];
}

/** Who has a role in a conference, by name, at most `limit` after one of them; null where that one has gone. */
export async function accountsOf(
  context: Context,
  conference: AuthorizedConferenceId<'people'>,
  search: AccountSearch = {},
  after: AccountId | null = null,
  limit = Infinity,
): Promise<Holder[] | null> {
  return listHolders(context, conference, () => true, search, after, limit);
}

/** Who has a role at a bridge or below it, with their roles there. */
export async function accountsUnder(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'people' | 'below'>,
  search: AccountSearch,
  after: AccountId | null,
  limit: number,
): Promise<Holder[] | null> {
  const there = await lookAtTree(context, conference);
  const tree = there === 'no conference' ? null : there.tree;
  const inside = new Set(tree?.subtree(bridge).map(({ id }) => id));
  const isInside = (grant: HeldGrant): boolean => grant.bridge !== null && inside.has(grant.bridge);
  return listHolders(context, conference, isInside, search, after, limit);
}

/** By given name, as Vietnamese lists are; the key of each is made once. */
function inOrder(rows: readonly store.AccountRow[]): store.AccountRow[] {
  return rows
    .map((row) => ({ row, key: personSortKey(row) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.row.id < b.row.id ? -1 : 1))
    .map(({ row }) => row);
}

/** The bridges that roles are over. */
export async function bridgesIn(
  context: Context,
  conference: AuthorizedConferenceId,
  holders: readonly Holder[],
): Promise<Bridge[]> {
  const there = await lookAtTree(context, conference);
  const tree = there === 'no conference' ? null : there.tree;
  const ids = new Set(holders.flatMap(({ grants }) => grants.map(({ bridge }) => bridge)));
  return [...ids].flatMap((id) => (id === null ? [] : (tree?.get(id) ?? [])));
}

async function listHolders(
  context: Context,
  conference: AuthorizedConferenceId,
  isShown: (grant: HeldGrant) => boolean,
  { q = '', role, bridge }: AccountSearch,
  after: AccountId | null,
  limit: number,
): Promise<Holder[] | null> {
  const db = context.database.read;
  const grants = Map.groupBy(
    (await store.grantsIn(db, conference)).filter(isShown),
    ({ account }) => account,
  );
  const people = inOrder(await store.accountsOf(db, conference));
  const found = people.filter(({ id, name, username }) => {
    const own = grants.get(id);
    if (own === undefined || (q !== '' && !matches(q, name) && !username.includes(q.toLowerCase())))
      return false;
    return own.some(
      (grant) =>
        (role === undefined || grant.role === role) && (bridge === undefined || grant.bridge === bridge),
    );
  });
  const from = after === null ? 0 : found.findIndex(({ id }) => id === after) + 1;
  if (after !== null && from === 0) return null;
  return found.slice(from, from + limit).map((row) => ({ row, grants: grants.get(row.id) ?? [] }));
}

/** Whether whoever acts has a role at this very bridge, and not only at one above it. The operator has every role. */
export async function worksAt(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: BridgeId,
): Promise<boolean> {
  const { actor } = context;
  if (actor === null) return true;
  const grants = grantsNow(context, actor.account) ?? (await lookAtGrants(context, actor.account));
  const now = context.clock();
  return grants.some(
    (grant) => grant.conference === conference && grant.bridge === bridge && isInForce(grant, now),
  );
}

/** How many accounts work at the door of a bridge. */
export async function hostCount(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: BridgeId,
): Promise<number> {
  return store.countHosts(context.database.read, conference, bridge, context.clock());
}

/** How many accounts work at the door of each bridge; a bridge without any is not in the answer. */
export async function hostCounts(
  context: Context,
  conference: AuthorizedConferenceId,
): Promise<ReadonlyMap<BridgeId, number>> {
  return store.countHostsOfAll(context.database.read, conference, context.clock());
}

/** How many accounts have a role at one of some bridges that reaches what is below it. */
export async function reachingCount(
  context: Context,
  conference: AuthorizedConferenceId,
  bridges: readonly BridgeId[],
): Promise<number> {
  return store.countReaching(context.database.read, conference, bridges, context.clock());
}

/** The names by which whoever did something is shown beside it; at most some hundred accounts at a time. */
export async function namesOf(
  context: Context,
  accounts: Iterable<AccountId>,
): Promise<ReadonlyMap<AccountId, string>> {
  return store.namesOf(context.database.read, [...new Set(accounts)]);
}
