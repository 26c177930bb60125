import type { Bridge, BridgeTree } from '../bridges/bridge.ts';
import type { BridgeId, ConferenceId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Grant } from '../wire/access.ts';
import { isInForce } from './grants.ts';
import { reachesBelow } from './rights.ts';

/** One bridge that somebody has a role at, and whether they see what is below it. */
export interface SeenNode {
  readonly bridge: Bridge;
  readonly below: boolean;
}

/** Which bridges of a conference somebody sees. */
export interface Sight {
  /** Whether they see all of them. */
  readonly whole: boolean;
  /** Where their view begins, in tree order, none of them below another that reaches it; the root where they see all. */
  readonly tops: readonly SeenNode[];
  /** Every bridge that they see, in tree order. */
  bridges(): readonly Bridge[];
  sees(bridge: BridgeId): boolean;
  /** Whether they also see everything below it. */
  seesBelow(bridge: BridgeId): boolean;
}

/** What somebody with these roles sees of a conference: every role reads at its node. */
export function sightOf(
  grants: readonly Grant[],
  conference: ConferenceId,
  tree: BridgeTree | null,
  now: Instant,
): Sight {
  const own = grants.filter(
    (grant) => isInForce(grant, now) && (grant.conference === null || grant.conference === conference),
  );
  return own.some(({ bridge }) => bridge === null) ? wholeSight(tree) : partSight(own, tree);
}

/** Everything there is. */
export function wholeSight(tree: BridgeTree | null): Sight {
  const isThere = (bridge: BridgeId): boolean => tree?.get(bridge) !== undefined;
  const tops = tree === null ? [] : [{ bridge: tree.root, below: true }];
  return { whole: true, tops, bridges: () => tree?.bridges ?? [], sees: isThere, seesBelow: isThere };
}

function partSight(own: readonly Grant[], tree: BridgeTree | null): Sight {
  const reach = new Map<BridgeId, boolean>();
  for (const { role, bridge } of own) {
    if (bridge !== null && tree?.get(bridge) !== undefined)
      reach.set(bridge, (reach.get(bridge) ?? false) || reachesBelow(role));
  }
  const above = (id: BridgeId): BridgeId | null => tree?.get(id)?.parent ?? null;
  /** Whether a role at the bridge or above it reaches down over it. */
  const isUnder = (id: BridgeId | null): boolean => {
    for (let at = id; at !== null; at = above(at)) if (reach.get(at) === true) return true;
    return false;
  };
  const isTop = (id: BridgeId): boolean => reach.has(id) && !isUnder(above(id));
  const tops = (reach.size === 0 ? [] : (tree?.bridges ?? []))
    .filter(({ id }) => isTop(id))
    .map((bridge) => ({ bridge, below: reach.get(bridge.id) === true }));
  const sees = (id: BridgeId): boolean => reach.has(id) || isUnder(id);
  return {
    whole: false,
    tops,
    bridges: () => (tree?.bridges ?? []).filter(({ id }) => sees(id)),
    sees,
    seesBelow: (id) => isUnder(id) || (reach.has(id) && (tree?.children(id).length ?? 0) === 0),
  };
}
