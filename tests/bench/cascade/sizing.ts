import { BridgeId } from '../../../domain/ids.ts';
import { assignRelays, RelayId, type Network, type Relay } from '../../../domain/media/cascade.ts';

/** Bridges of a nation by level, the centre first: the numbers of each level, hung evenly under those above. */
export type Levels = readonly { readonly level: string; readonly bridges: number }[];

export interface SizedLevel {
  readonly level: string;
  readonly bridges: number;
  readonly relays: number;
  /** At most, of relays below and of viewers together. */
  readonly fedByOne: number;
}

export interface Sized {
  readonly levels: readonly SizedLevel[];
  readonly unserved: number;
  /** Relays between the hall and a viewer, at most. */
  readonly hops: number;
  readonly assignMs: number;
}

interface Placed {
  readonly id: BridgeId;
  readonly level: number;
  readonly parent: number | null;
}

function nationOf(levels: Levels): Placed[] {
  const all: Placed[] = [];
  let above = { from: 0, count: 0 };
  for (const [level, { bridges }] of levels.entries()) {
    const from = all.length;
    for (let at = 0; at < bridges; at += 1) {
      const parent = above.count === 0 ? null : above.from + (at % above.count);
      all.push({ id: BridgeId.parse(`b${all.length}`), level, parent });
    }
    above = { from, count: bridges };
  }
  return all;
}

/**
 * As few relays as feed everybody, where one feeds `capacity`: from below, a bridge gets as many as those below it that nobody nearer
 * feeds need, as soon as these are more than `least`; the rest views from the next level up. Then the program's own rule says who feeds whom.
 */
export function sizeOf(levels: Levels, capacity: number, least: number): Sized {
  const nation = nationOf(levels);
  const load = nation.map(() => 1);
  const relays: Relay[] = [];
  for (let at = nation.length - 1; at >= 0; at -= 1) {
    const { id, parent } = nation[at]!;
    const own = load[at]!;
    // The bridge itself is one of those that view; at the top everybody who is left is fed.
    const count = parent === null || own - 1 >= least ? Math.max(1, Math.ceil(own / capacity)) : 0;
    for (let one = 0; one < count; one += 1) {
      relays.push({ id: RelayId.parse(`r${at}-${one}`), bridge: id, capacity, isAlive: true });
    }
    if (parent !== null) load[parent]! += count === 0 ? own : count;
  }
  const network: Network = {
    feedParents: new Map(nation.map(({ id, parent }) => [id, parent === null ? null : nation[parent]!.id])),
    relays,
    viewers: nation.map(({ id }) => id),
  };
  const began = performance.now();
  const { feeds, served, unserved } = assignRelays(network);
  const assignMs = performance.now() - began;
  const fed = new Map<RelayId, number>();
  for (const from of [...feeds.values(), ...served.values()]) fed.set(from, (fed.get(from) ?? 0) + 1);
  const depth = (relay: RelayId): number => {
    const from = feeds.get(relay);
    return from === undefined ? 1 : 1 + depth(from);
  };
  const levelOf = new Map(nation.map(({ id, level }) => [id, level]));
  return {
    levels: levels.map(({ level, bridges }, at) => {
      const here = relays.filter(({ bridge }) => levelOf.get(bridge) === at);
      const fedByOne = Math.max(0, ...here.map(({ id }) => fed.get(id) ?? 0));
      return { level, bridges, relays: here.length, fedByOne };
    }),
    unserved: unserved.length,
    hops: Math.max(...[...new Set(served.values())].map(depth)),
    assignMs,
  };
}
