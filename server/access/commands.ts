import { mayGrant, mayTake, type GrantFailure } from '../../domain/access/grants.ts';
import type { BridgeTree } from '../../domain/bridges/bridge.ts';
import { AccountId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { Account, Grant, HeldGrant, Role } from '../../domain/wire/access.ts';
import { lookAtTree } from '../bridges/live.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import type {
  AuthorizedBridgeId,
  AuthorizedConferenceId,
  AuthorizedInstallation,
} from '../platform/scopes.ts';
import { newActivationLink } from '../sign-in/links.ts';
import { grantsChanged, lookAtGrants } from './live.ts';
import { presentAccount } from './present.ts';
import * as store from './store.ts';

/** Over what a role is given or taken away: everything, a whole conference, or one bridge of it. */
export type Place =
  | { readonly at: 'installation'; readonly installation: AuthorizedInstallation }
  | { readonly at: 'conference'; readonly conference: AuthorizedConferenceId<'organize'> }
  | {
      readonly at: 'bridge';
      readonly conference: AuthorizedConferenceId;
      readonly bridge: AuthorizedBridgeId<'organize'>;
    };

/** A role for a person: for whom, which, and from when until when. */
export interface Giving {
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  readonly from?: Instant | null;
  readonly until?: Instant | null;
}

/** What the one who gives or takes holds; whoever works at the machine itself needs nothing. */
interface Giver {
  readonly own: readonly Grant[] | 'operator';
  readonly tree: BridgeTree | null;
  readonly now: Instant;
}

/**
 * Gives a person a role. Whoever has an account keeps it, with its name; one who has the role already has it from now on
 * for the time that is given. Somebody new, or one who never came in and has nothing that the giver could not take away, gets
 * a link (`token`) to choose a password with: nobody gets at the account of somebody who is more than they are.
 */
export async function addAccount(
  context: Context,
  place: Place,
  giving: Giving,
): Promise<Result<{ readonly account: Account; readonly token: string | null }, GrantFailure>> {
  const giver = await giverIn(context, place);
  const { now } = giver;
  const given = grantAt(place, giving);
  const may = mayGrant(giver.own === 'operator' ? EVERYTHING : giver.own, given, giver.tree, now);
  // At the machine the one rule that does not hold is that nobody makes somebody of their own kind.
  if (!may.ok && !(giver.own === 'operator' && may.reason === 'own-level')) return may;
  const added = await transaction(context.database, async (db) => {
    const fresh = {
      id: AccountId.parse(context.newId()),
      username: giving.username,
      name: giving.name,
      password_hash: null,
      created_at: now,
    };
    const row = (await store.accountByUsername(db, giving.username)) ?? fresh;
    if (row === fresh) await store.addAccount(db, fresh);
    const before = await store.grantsOf(db, row.id);
    await store.addGrant(db, row.id, given, now);
    const grants = await store.grantsOf(db, row.id);
    const isTheirs = before.every((grant) => mayTakeAway(giver, grant));
    const token = row.password_hash === null && isTheirs ? await newActivationLink(db, row.id, now) : null;
    const had = before.find((grant) => isSameNode(grant, given)) ?? null;
    const has = grants.find((grant) => isSameNode(grant, given)) ?? null;
    context.audit.note({ on: { account: row.id }, before: had, after: has });
    // Of their roles elsewhere the giver is told nothing.
    const shown = grants.filter(({ conference }) => conference === given.conference);
    return { account: presentAccount(row, shown), token };
  });
  await grantsChanged(context);
  return ok(added);
}

export type TakeFailure = { readonly reason: 'no such role' | 'not yours' };

/**
 * Takes a role away: one over the place or, at a conference or a bridge, below it. Whoever could have given it may; what they
 * do not see they are told nothing of.
 */
export async function takeRole(
  context: Context,
  place: Place,
  id: number,
): Promise<Result<HeldGrant, TakeFailure>> {
  const giver = await giverIn(context, place);
  const held = await store.grantById(context.database.read, id);
  if (held === undefined || !isUnder(held, place, giver.tree)) return { ok: false, reason: 'no such role' };
  context.audit.note({ on: { account: held.account }, before: held });
  if (!mayTakeAway(giver, held)) return { ok: false, reason: 'not yours' };
  const isFirst = await store.removeGrant(context.database.write, id);
  await grantsChanged(context);
  return isFirst ? ok(held) : { ok: false, reason: 'no such role' };
}

const EVERYTHING: readonly Grant[] = [
  { role: 'organizer', conference: null, bridge: null, from: null, until: null },
];

async function giverIn(context: Context, place: Place): Promise<Giver> {
  const { actor } = context;
  const there = place.at === 'installation' ? null : await lookAtTree(context, place.conference);
  return {
    own: actor === null ? 'operator' : await lookAtGrants(context, actor.account),
    tree: there === null || there === 'no conference' ? null : there.tree,
    now: context.clock(),
  };
}

function mayTakeAway({ own, tree, now }: Giver, held: Grant): boolean {
  return own === 'operator' || mayTake(own, held, tree, now);
}

function grantAt(place: Place, { role, from = null, until = null }: Giving): Grant {
  const conference = place.at === 'installation' ? null : place.conference;
  return { role, conference, bridge: place.at === 'bridge' ? place.bridge : null, from, until };
}

function isSameNode(held: Grant, given: Grant): boolean {
  return held.role === given.role && held.conference === given.conference && held.bridge === given.bridge;
}

function isUnder(held: Grant, place: Place, tree: BridgeTree | null): boolean {
  switch (place.at) {
    case 'installation':
      return held.conference === null;
    case 'conference':
      return held.conference === place.conference;
    case 'bridge': {
      if (held.conference !== place.conference) return false;
      for (let at = held.bridge; at !== null; at = tree?.get(at)?.parent ?? null) {
        if (at === place.bridge) return true;
      }
      return false;
    }
    default:
      return place satisfies never;
  }
}
