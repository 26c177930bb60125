import { covers, coversBelow, isInForce } from '../../domain/access/grants.ts';
import { hasRight, reachesBelow } from '../../domain/access/rights.ts';
import { sightOf, wholeSight, type Sight } from '../../domain/access/sight.ts';
import type { BridgeTree } from '../../domain/bridges/bridge.ts';
import type { AccountId, BridgeId, ConferenceId } from '../../domain/ids.ts';
import { ok, type Result, type Soon } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { Grant } from '../../domain/wire/access.ts';
import type { Right } from '../../domain/wire/contract.ts';
import { lookAtTree, treeNow, type TreeInMemory } from '../bridges/live.ts';
import type { Context } from '../platform/context.ts';
import type {
  AnsweringInvitationId,
  AuthorizedAccountId,
  AuthorizedBridgeId,
  AuthorizedConferenceId,
  AuthorizedInstallation,
  Gate,
  GateRefusal,
  Mark,
} from '../platform/scopes.ts';
import { grantsNow, lookAtGrants } from './live.ts';

/** Whoever works at the machine itself may do everything; what does not exist is still told. */
export interface Operator {
  readonly installation: AuthorizedInstallation<Mark>;
  conference(id: ConferenceId): Promise<Result<AuthorizedConferenceId<Mark>, NotFound>>;
  bridge(conference: ConferenceId, id: BridgeId): Promise<Result<AuthorizedBridgeId<Mark>, NotFound>>;
}
type NotFound = { readonly reason: 'not-found' };

export interface AccessGate extends Gate {
  /** For the command line only: routes and sockets have `Gate`, which does not know of it. */
  operator(context: Context): Operator;
}

/** Where a right at a bridge is looked for: at it, at it and all below it, at the level above it. */
type Reach = 'own' | 'below' | 'above';

/**
 * The only place that lets anybody in, and the only one that mints scopes. What it knows of roles and bridges it has in
 * memory (`live.ts`, `../bridges/live.ts`); a yes comes out of it at once, with a few comparisons. Before it says no it looks
 * at the database: a role that was given a moment ago by another process counts at once, one that was taken away there is
 * gone within two seconds.
 */
export function createGate(): AccessGate {
  return {
    account,
    installation,
    conference,
    bridge: (context, of, id, right) => bridge(context, of, id, right, 'own'),
    subtree: (context, of, id, right) => bridge(context, of, id, right, 'below'),
    fromAbove: (context, of, id, right) => bridge(context, of, id, right, 'above'),
    answering: ({ id, conference: of }, by) => ({
      id: id as AnsweringInvitationId,
      conference: of as AuthorizedConferenceId,
      by,
    }),
    sight,
    operator,
  };
}

/** Whoever is signed in. */
function account({ actor }: Context): Result<AuthorizedAccountId, GateRefusal> {
  return actor === null ? NOT_SIGNED_IN : ok(actor.account as AuthorizedAccountId);
}

function installation<R extends Right>(
  context: Context,
  right: R,
): Soon<Result<AuthorizedInstallation<R>, GateRefusal>> {
  const { actor } = context;
  if (actor === null) return NOT_SIGNED_IN;
  const known = grantsNow(context, actor.account);
  if (known !== undefined && isStandingWith(known, right, context.clock()))
    return ok({} as AuthorizedInstallation<R>);
  return lookAtGrants(context, actor.account).then((grants) =>
    isStandingWith(grants, right, context.clock()) ? ok({} as AuthorizedInstallation<R>) : FORBIDDEN,
  );
}

function conference<R extends Right | 'belong'>(
  context: Context,
  id: ConferenceId,
  right: R,
): Soon<Result<AuthorizedConferenceId<R>, GateRefusal>> {
  const { actor } = context;
  if (actor === null) return NOT_SIGNED_IN;
  const known = grantsNow(context, actor.account);
  if (known !== undefined) {
    const found = atConference(known, id, right, context.clock());
    if (found === 'yes' || (found === 'if it exists' && isThere(treeNow(context, id))))
      return ok(id as AuthorizedConferenceId<R>);
  }
  return conferenceAnew(context, actor.account, id, right);
}

async function conferenceAnew<R extends Right | 'belong'>(
  context: Context,
  asks: AccountId,
  id: ConferenceId,
  right: R,
): Promise<Result<AuthorizedConferenceId<R>, GateRefusal>> {
  const found = atConference(await lookAtGrants(context, asks), id, right, context.clock());
  if (found === 'nothing') return NOT_FOUND;
  if (!isThere(await treeFor(context, id))) return NOT_FOUND;
  return found === 'no' ? FORBIDDEN : ok(id as AuthorizedConferenceId<R>);
}

/** What roles are worth at a conference: those over a bridge of it only let somebody belong. */
function atConference(
  grants: readonly Grant[],
  id: ConferenceId,
  right: Right | 'belong',
  now: Instant,
): 'yes' | 'if it exists' | 'no' | 'nothing' {
  let found: 'if it exists' | 'no' | 'nothing' = 'nothing';
  for (const grant of grants) {
    if ((grant.conference !== null && grant.conference !== id) || !isInForce(grant, now)) continue;
    const isEnough = right === 'belong' || (grant.bridge === null && hasRight(grant.role, right));
    // A role in a conference proves that it exists; a standing one does not.
    if (isEnough && grant.conference !== null) return 'yes';
    if (isEnough) found = 'if it exists';
    else if (found === 'nothing') found = 'no';
  }
  return found;
}

function bridge<R extends Right>(
  context: Context,
  of: ConferenceId,
  id: BridgeId,
  right: R,
  reach: Reach,
): Soon<Result<AuthorizedBridgeId<R | 'below' | 'above'>, GateRefusal>> {
  const { actor } = context;
  if (actor === null) return NOT_SIGNED_IN;
  const known = grantsNow(context, actor.account);
  if (known !== undefined) {
    const now = context.clock();
    // A role at a bridge names it together with its conference: it proves that the bridge is there.
    if (reach !== 'above' && isNamed(known, of, id, right, reach, now))
      return ok(id as AuthorizedBridgeId<R | 'below' | 'above'>);
    const there = treeNow(context, of);
    if (isThere(there) && atBridge(known, there.tree, of, id, right, reach, now) === 'yes')
      return ok(id as AuthorizedBridgeId<R | 'below' | 'above'>);
  }
  return bridgeAnew(context, actor.account, of, id, right, reach);
}

async function bridgeAnew<R extends Right>(
  context: Context,
  asks: AccountId,
  of: ConferenceId,
  id: BridgeId,
  right: R,
  reach: Reach,
): Promise<Result<AuthorizedBridgeId<R | 'below' | 'above'>, GateRefusal>> {
  const grants = await lookAtGrants(context, asks);
  // Of a conference that they have nothing to do with nobody makes the server read the bridges.
  if (atConference(grants, of, 'belong', context.clock()) === 'nothing') return NOT_FOUND;
  const there = await lookAtTree(context, of);
  if (!isThere(there)) return NOT_FOUND;
  const found = atBridge(grants, there.tree, of, id, right, reach, context.clock());
  if (found === 'yes') return ok(id as AuthorizedBridgeId<R | 'below' | 'above'>);
  return found === 'no' ? FORBIDDEN : NOT_FOUND;
}

/** Whether a role names the very bridge: the usual case of a door, for which no tree is needed. */
function isNamed(
  grants: readonly Grant[],
  of: ConferenceId,
  id: BridgeId,
  right: Right,
  reach: Reach,
  now: Instant,
): boolean {
  for (const grant of grants) {
    if (grant.bridge !== id || grant.conference !== of || !hasRight(grant.role, right)) continue;
    if (isInForce(grant, now) && (reach === 'own' || reachesBelow(grant.role))) return true;
  }
  return false;
}

/** What roles are worth at a bridge. A bridge that nobody of them sees is not there, as one that does not exist. */
function atBridge(
  grants: readonly Grant[],
  tree: BridgeTree | null,
  of: ConferenceId,
  id: BridgeId,
  right: Right,
  reach: Reach,
  now: Instant,
): 'yes' | 'no' | 'nothing' {
  const at = tree?.get(id);
  if (at === undefined) return 'nothing';
  const where = reach === 'above' ? at.parent : id;
  let found: 'no' | 'nothing' = 'nothing';
  for (const grant of grants) {
    if (!isInForce(grant, now)) continue;
    const isOver = covers(grant, of, where, tree) && (reach !== 'below' || coversBelow(grant, id, tree));
    if (isOver && hasRight(grant.role, right) && (reach !== 'above' || reachesBelow(grant.role)))
      return 'yes';
    if (found === 'nothing' && covers(grant, of, id, tree)) found = 'no';
  }
  return found;
}

function sight(context: Context, of: AuthorizedConferenceId): Soon<Sight> {
  const { actor } = context;
  const there = treeNow(context, of);
  const grants = actor === null ? NO_GRANTS : grantsNow(context, actor.account);
  if (there === undefined || grants === undefined) return sightAnew(context, of);
  return sightIn(context, of, grants, there);
}

async function sightAnew(context: Context, of: AuthorizedConferenceId): Promise<Sight> {
  const { actor } = context;
  const grants = actor === null ? NO_GRANTS : await lookAtGrants(context, actor.account);
  return sightIn(context, of, grants, await lookAtTree(context, of));
}

function sightIn(
  context: Context,
  of: AuthorizedConferenceId,
  grants: readonly Grant[],
  there: TreeInMemory,
): Sight {
  const tree = there === 'no conference' ? null : there.tree;
  // Somebody without an account who has a scope is whoever works at the machine.
  return context.actor === null ? wholeSight(tree) : sightOf(grants, of, tree, context.clock());
}

function operator(context: Context): Operator {
  return {
    installation: {} as AuthorizedInstallation<Mark>,
    conference: async (id) =>
      isThere(await lookAtTree(context, id)) ? ok(id as AuthorizedConferenceId<Mark>) : NOT_FOUND,
    bridge: async (of, id) => {
      const there = await lookAtTree(context, of);
      const found = isThere(there) ? there.tree?.get(id) : undefined;
      return found === undefined ? NOT_FOUND : ok(id as AuthorizedBridgeId<Mark>);
    },
  };
}

function treeFor(context: Context, id: ConferenceId): Soon<TreeInMemory> {
  return treeNow(context, id) ?? lookAtTree(context, id);
}

function isThere(found: TreeInMemory | undefined): found is Exclude<TreeInMemory, 'no conference'> {
  return found !== undefined && found !== 'no conference';
}

function isStandingWith(grants: readonly Grant[], right: Right, now: Instant): boolean {
  return grants.some(
    (grant) => grant.conference === null && hasRight(grant.role, right) && isInForce(grant, now),
  );
}

const NO_GRANTS: readonly Grant[] = [];
const NOT_SIGNED_IN = { ok: false, reason: 'not-signed-in' } as const;
const FORBIDDEN = { ok: false, reason: 'forbidden' } as const;
const NOT_FOUND = { ok: false, reason: 'not-found' } as const;
