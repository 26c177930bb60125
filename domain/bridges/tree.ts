import type { BridgeId } from '../ids.ts';
import { ok } from '../result.ts';
import type { Result } from '../result.ts';
import type { Bridge, BridgeTree } from './bridge.ts';

/** Why bridges do not make a tree, with the bridges at fault. */
export type BridgeTreeFailure =
  | { readonly reason: 'no bridges' }
  | { readonly reason: 'duplicate id'; readonly bridge: Bridge }
  | { readonly reason: 'unknown parent'; readonly bridge: Bridge }
  | { readonly reason: 'unknown feed parent'; readonly bridge: Bridge }
  /** Each bridge hangs under the next, the last under the first. */
  | { readonly reason: 'cycle'; readonly bridges: readonly Bridge[] }
  | { readonly reason: 'several roots'; readonly bridges: readonly Bridge[] }
  /** Each bridge takes its picture from the next, the last from the first. */
  | { readonly reason: 'feed cycle'; readonly bridges: readonly Bridge[] };

/** Where a bridge's picture comes from: its own source where it has one, else the bridge above it. Null at the top. */
export function feedOf(bridge: Bridge): BridgeId | null {
  return bridge.feedParent ?? bridge.parent;
}

/**
 * The tree of a conference's bridges. Checks that there is one root, that every bridge reaches it, and that every
 * picture comes from the root in the end. Linear in the number of bridges, at any depth.
 */
export function bridgeTree(given: readonly Bridge[]): Result<BridgeTree, BridgeTreeFailure> {
  const place = new Map<BridgeId, number>();
  for (const [at, bridge] of given.entries()) {
    if (place.has(bridge.id)) return { ok: false, reason: 'duplicate id', bridge };
    place.set(bridge.id, at);
  }
  const above = new Int32Array(given.length).fill(-1);
  const feed = new Int32Array(given.length).fill(-1);
  const roots: Bridge[] = [];
  const below = new Map<BridgeId, Bridge[]>();
  for (const [at, bridge] of given.entries()) {
    const source = feedOf(bridge);
    if (bridge.parent === null) {
      roots.push(bridge);
    } else {
      const parent = place.get(bridge.parent);
      if (parent === undefined) return { ok: false, reason: 'unknown parent', bridge };
      above[at] = parent;
      const siblings = below.get(bridge.parent);
      if (siblings === undefined) below.set(bridge.parent, [bridge]);
      else siblings.push(bridge);
    }
    if (source !== null) {
      const from = place.get(source);
      if (from === undefined) return { ok: false, reason: 'unknown feed parent', bridge };
      feed[at] = from;
    }
  }
  const cycle = cycleIn(above);
  if (cycle !== null) return { ok: false, reason: 'cycle', bridges: pick(given, cycle) };
  const [root] = roots;
  if (root === undefined) return { ok: false, reason: 'no bridges' };
  if (roots.length > 1) return { ok: false, reason: 'several roots', bridges: roots };
  const feedCycle = cycleIn(feed);
  if (feedCycle !== null) return { ok: false, reason: 'feed cycle', bridges: pick(given, feedCycle) };

  // Each bridge after its parent and everything below it in one stretch, so that a subtree is a slice.
  const bridges: Bridge[] = [];
  const start = new Map<BridgeId, number>();
  const waiting: Bridge[] = [root];
  for (let bridge = waiting.pop(); bridge !== undefined; bridge = waiting.pop()) {
    start.set(bridge.id, bridges.length);
    bridges.push(bridge);
    const children = below.get(bridge.id) ?? [];
    for (let at = children.length - 1; at >= 0; at--) {
      const child = children[at];
      if (child !== undefined) waiting.push(child);
    }
  }
  const sizes = new Int32Array(bridges.length).fill(1);
  for (let at = bridges.length - 1; at > 0; at--) {
    const parent = bridges[at]?.parent;
    const to = parent === undefined || parent === null ? undefined : start.get(parent);
    if (to !== undefined) sizes[to] = (sizes[to] ?? 1) + (sizes[at] ?? 1);
  }
  const get = (id: BridgeId): Bridge | undefined => bridges[start.get(id) ?? -1];
  return ok({
    root,
    bridges,
    get,
    children: (id) => below.get(id) ?? [],
    path(id) {
      const path: Bridge[] = [];
      let bridge = get(id);
      while (bridge !== undefined) {
        path.push(bridge);
        bridge = bridge.parent === null ? undefined : get(bridge.parent);
      }
      return path;
    },
    subtree(id) {
      const from = start.get(id);
      return from === undefined ? [] : bridges.slice(from, from + (sizes[from] ?? 1));
    },
  });
}

/** The bridges named and all that is above them, as a tree of their own; where they hang, and in which order, stays. */
export function partOfTree(tree: BridgeTree, named: Iterable<BridgeId>): BridgeTree {
  const kept = new Set<BridgeId>([tree.root.id]);
  for (const id of named) {
    for (const bridge of tree.path(id)) {
      if (kept.has(bridge.id)) break;
      kept.add(bridge.id);
    }
  }
  const isKept = ({ id }: Bridge): boolean => kept.has(id);
  return {
    root: tree.root,
    bridges: tree.bridges.filter(isKept),
    get: (id) => (kept.has(id) ? tree.get(id) : undefined),
    children: (id) => (kept.has(id) ? tree.children(id).filter(isKept) : []),
    path: (id) => (kept.has(id) ? tree.path(id) : []),
    subtree: (id) => (kept.has(id) ? tree.subtree(id).filter(isKept) : []),
  };
}

/** The places on one cycle of a graph in which each node has at most one way on (-1 for none); null where there is none. */
function cycleIn(next: Int32Array): number[] | null {
  const walkedIn = new Int32Array(next.length).fill(-1);
  for (let walk = 0; walk < next.length; walk++) {
    let at = walk;
    while (at !== -1 && walkedIn[at] === -1) {
      walkedIn[at] = walk;
      at = next[at] ?? -1;
    }
    if (at === -1 || walkedIn[at] !== walk) continue;
    const cycle: number[] = [];
    const met = at;
    do {
      cycle.push(at);
      at = next[at] ?? -1;
    } while (at !== met);
    return cycle;
  }
  return null;
}

function pick(bridges: readonly Bridge[], places: readonly number[]): Bridge[] {
  return places.map((at) => bridges[at]).filter((bridge) => bridge !== undefined);
}
