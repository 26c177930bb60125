import type { AccountId, BridgeId } from '../../domain/ids.ts';
import { isInForce } from '../../domain/access/grants.ts';
import type { Account } from '../../domain/wire/access.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedAccountId, AuthorizedConferenceId } from '../platform/scopes.ts';
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

/** Who has a role in a conference, with their roles in it and no others. */
export async function accountsOf(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
): Promise<Account[]> {
  const db = context.database.read;
  const grants = Map.groupBy(await store.grantsIn(db, conference), (grant) => grant.account);
  const rows = await store.accountsOf(db, conference);
  return rows.map((row) => presentAccount(row, grants.get(row.id) ?? []));
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
  return store.countHosts(context.database.read, conference, bridge);
}

/** The names by which whoever did something is shown beside it; at most some hundred accounts at a time. */
export async function namesOf(
  context: Context,
  accounts: Iterable<AccountId>,
): Promise<ReadonlyMap<AccountId, string>> {
  return store.namesOf(context.database.read, [...new Set(accounts)]);
}
