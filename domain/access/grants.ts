import type { BridgeTree } from '../bridges/bridge.ts';
import type { BridgeId, ConferenceId } from '../ids.ts';
import { ok, type Result } from '../result.ts';
import type { Instant } from '../time.ts';
import type { Grant } from '../wire/access.ts';
import type { Right } from '../wire/contract.ts';
import { hasRight, LEVELS_OF, reachesBelow, RIGHTS_OF, type Level } from './rights.ts';

/** What must be known of a conference's bridges to say who reaches what. */
export type Tree = Pick<BridgeTree, 'get' | 'children'>;

/** Of what somebody asks: everything (`conference` null), a whole conference (`bridge` null), or one bridge of it. */
export interface Node {
  readonly conference: ConferenceId | null;
  readonly bridge: BridgeId | null;
}

/** Over what a role is. */
export function levelOf({ conference, bridge }: Node): Level {
  return conference === null ? 'standing' : bridge === null ? 'conference' : 'bridge';
}

/** Whether a role counts at a moment: before its start and from its end on it does not exist. */
export function isInForce({ from, until }: Grant, now: Instant): boolean {
  return (from === null || from <= now) && (until === null || now < until);
}

/** Whether a role holds at a node: it is over the node itself or over one above it that it reaches down from. */
export function covers(
  grant: Grant,
  conference: ConferenceId | null,
  bridge: BridgeId | null,
  tree: Tree | null,
): boolean {
  if (grant.conference === null) return true;
  if (grant.conference !== conference) return false;
  if (grant.bridge === null) return true;
  if (bridge === null) return false;
  if (grant.bridge === bridge) return true;
  if (tree === null || !reachesBelow(grant.role)) return false;
  for (let at = tree.get(bridge)?.parent ?? null; at !== null; at = tree.get(at)?.parent ?? null) {
    if (at === grant.bridge) return true;
  }
  return false;
}

/** Whether a role that covers a bridge holds for everything below it as well. */
export function coversBelow(grant: Grant, bridge: BridgeId, tree: Tree | null): boolean {
  return reachesBelow(grant.role) || (tree !== null && tree.children(bridge).length === 0);
}

/** Whether somebody with these roles has a right at a node. */
export function holds(
  grants: readonly Grant[],
  right: Right,
  node: Node,
  tree: Tree | null,
  now: Instant,
): boolean {
  return grants.some(
    (grant) =>
      hasRight(grant.role, right) &&
      isInForce(grant, now) &&
      covers(grant, node.conference, node.bridge, tree),
  );
}

export type GrantFailure = {
  readonly reason:
    | 'not-yours'
    | 'more-than-held'
    | 'own-level'
    | 'longer-than-held'
    | 'wrong-node'
    | 'no-time';
};

/** In the order in which they are said: the one that comes nearest to being allowed. */
const NEARNESS = ['not-yours', 'more-than-held', 'own-level', 'longer-than-held'] as const;

/**
 * Whether somebody may give a role. One of their own roles must allow all of it: it has `organize` at the node, every right
 * that the given one has, and lasts as long; and a role of its own kind is given strictly below its own node, not at it.
 * What the level above has to decide nobody decides for themselves: so nobody is given more than the giver holds,
 * by however long a chain.
 */
export function mayGrant(
  own: readonly Grant[],
  given: Grant,
  tree: Tree | null,
  now: Instant,
): Result<null, GrantFailure> {
  const formal = wellFormed(given, now);
  if (!formal.ok) return formal;
  let nearest = 0;
  for (const grant of own) {
    const fault = faultOf(grant, given, tree, now);
    if (fault === null) return ok(null);
    nearest = Math.max(nearest, NEARNESS.indexOf(fault));
  }
  return { ok: false, reason: NEARNESS[nearest] ?? 'not-yours' };
}

/** Whether somebody may take a role away: whoever could give it, however long it lasts. */
export function mayTake(own: readonly Grant[], held: Grant, tree: Tree | null, now: Instant): boolean {
  return own.some((grant) => {
    const fault = faultOf(grant, held, tree, now);
    return fault === null || fault === 'longer-than-held';
  });
}

function wellFormed(given: Grant, now: Instant): Result<null, GrantFailure> {
  const { role, from, until } = given;
  if (!LEVELS_OF[role].includes(levelOf(given))) return { ok: false, reason: 'wrong-node' };
  if (until !== null && until <= Math.max(now, from ?? now)) return { ok: false, reason: 'no-time' };
  return ok(null);
}

function faultOf(
  grant: Grant,
  given: Grant,
  tree: Tree | null,
  now: Instant,
): (typeof NEARNESS)[number] | null {
  if (
    !isInForce(grant, now) ||
    !hasRight(grant.role, 'organize') ||
    !covers(grant, given.conference, given.bridge, tree)
  )
    return 'not-yours';
  if (!RIGHTS_OF[given.role].every((right) => hasRight(grant.role, right))) return 'more-than-held';
  const sameNode = grant.conference === given.conference && grant.bridge === given.bridge;
  if (grant.role === given.role && sameNode) return 'own-level';
  if (grant.until !== null && (given.until === null || given.until > grant.until)) return 'longer-than-held';
  return null;
}
