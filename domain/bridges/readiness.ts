import type { BridgeId } from '../ids.ts';
import { READINESS_ITEMS } from './bridge.ts';
import type { Bridge, BridgeTree, ReadinessItem } from './bridge.ts';

/** What a bridge still lacks before the day. */
export type Missing =
  | { readonly kind: 'chair' }
  | { readonly kind: 'capacity' }
  | { readonly kind: 'hosts' }
  | { readonly kind: 'item'; readonly item: Exclude<ReadinessItem, 'host'> };

/**
 * What is missing at a bridge, in the order of the checklist: who chairs it ("a bridge without chair is not ready"), how
 * many seats it has, who works at its door, and each item that nobody has ticked. `hosts` is the number of accounts that
 * work at the bridge; ticking `host` says that somebody stands ready without one.
 */
export function missingAt(bridge: Bridge, hosts: number): readonly Missing[] {
  const missing: Missing[] = [];
  if (bridge.chair === null) missing.push({ kind: 'chair' });
  if (bridge.capacity === null) missing.push({ kind: 'capacity' });
  for (const item of READINESS_ITEMS) {
    if (bridge.ready.includes(item)) continue;
    if (item !== 'host') missing.push({ kind: 'item', item });
    else if (hosts === 0) missing.push({ kind: 'hosts' });
  }
  return missing;
}

export interface ReadyCount {
  readonly ready: number;
  readonly total: number;
}

/** How many bridges are ready, at each bridge and everything below it. One pass over the tree. */
export function readinessBelow(
  tree: BridgeTree,
  hostsAt: (id: BridgeId) => number,
): ReadonlyMap<BridgeId, ReadyCount> {
  const counts = new Map<BridgeId, ReadyCount>();
  for (const bridge of tree.bridges.toReversed()) {
    let ready = missingAt(bridge, hostsAt(bridge.id)).length === 0 ? 1 : 0;
    let total = 1;
    for (const child of tree.children(bridge.id)) {
      const below = counts.get(child.id);
      ready += below?.ready ?? 0;
      total += below?.total ?? 0;
    }
    counts.set(bridge.id, { ready, total });
  }
  return counts;
}
