import { z } from 'zod';

import type { BridgeId } from '../ids.ts';

/** One engine that passes the feed on (máy chuyển tiếp). */
export const RelayId = z.string().min(1).max(64).brand<'RelayId'>();
export type RelayId = z.infer<typeof RelayId>;

export interface Relay {
  readonly id: RelayId;
  /** The bridge on whose host it runs. */
  readonly bridge: BridgeId;
  /** How many it can feed, relays below it and viewers together. */
  readonly capacity: number;
  readonly isAlive: boolean;
}

export interface Network {
  /** The bridge that each one takes its feed from (điểm cầu cấp tín hiệu); null for the top. */
  readonly feedParents: ReadonlyMap<BridgeId, BridgeId | null>;
  readonly relays: readonly Relay[];
  /** The bridges that want to see the program. */
  readonly viewers: readonly BridgeId[];
}

export interface Cascade {
  /** The relay that the hall produces to; null where none is alive. */
  readonly origin: RelayId | null;
  /** From which relay each one takes the feed; the origin is not among them, nor a relay that nobody has room for. */
  readonly feeds: ReadonlyMap<RelayId, RelayId>;
  readonly served: ReadonlyMap<BridgeId, RelayId>;
  /** Who has no relay with room above them. */
  readonly unserved: readonly BridgeId[];
}

/** A cascade that goes on: bridges come and go one by one, without anybody else moving. */
export interface OpenCascade extends Omit<Cascade, 'unserved'> {
  /** From which relay a bridge takes the feed from now on; the one that it has, where it has one. Null where nobody above it has room. */
  join(bridge: BridgeId): RelayId | null;
  leave(bridge: BridgeId): void;
}

/**
 * Who feeds whom. A relay takes the feed from the nearest one above it that has room, and in the end from the origin; a viewer from
 * the nearest at its own bridge or above. Who was fed before stays where they are as long as that relay lives, has the feed and is
 * on their way up: only those whose relay died move.
 */
export function openCascade(
  network: Network,
  earlier: Pick<Cascade, 'origin' | 'feeds' | 'served'> | null = null,
): OpenCascade {
  const alive = network.relays.filter(({ isAlive }) => isAlive);
  const ways = new Ways(network.feedParents);
  const ranked = alive
    .map((relay) => ({ relay, depth: ways.depth(relay.bridge) }))
    .toSorted((a, b) => a.depth - b.depth || (a.relay.id < b.relay.id ? -1 : 1))
    .map(({ relay }) => relay);
  const origin = ranked.find(({ id }) => id === earlier?.origin) ?? ranked[0];
  const feeds = new Map<RelayId, RelayId>();
  const served = new Map<BridgeId, RelayId>();
  if (origin === undefined) {
    return { origin: null, feeds, served, join: () => null, leave: () => undefined };
  }
  const room = new Room(origin);
  for (const relay of ranked) {
    if (relay === origin) continue;
    const above = ways.above(relay.bridge);
    const from = room.take([...above, origin.bridge], earlier?.feeds.get(relay.id));
    if (from === null) continue;
    feeds.set(relay.id, from);
    room.open(relay);
  }
  const wayOf = (bridge: BridgeId): readonly BridgeId[] => [bridge, ...ways.above(bridge), origin.bridge];
  const join = (bridge: BridgeId): RelayId | null => {
    const had = served.get(bridge);
    if (had !== undefined) return had;
    const from = room.take(wayOf(bridge));
    if (from !== null) served.set(bridge, from);
    return from;
  };
  const stays = (bridge: BridgeId): boolean => earlier?.served.has(bridge) === true;
  // Those who are fed already keep their place; whoever is new takes what is left.
  const viewers = network.viewers.toSorted((a, b) => Number(stays(b)) - Number(stays(a)));
  for (const bridge of viewers) {
    const had = earlier?.served.get(bridge);
    const from = had === undefined ? null : room.takeOnly(wayOf(bridge), had);
    if (from !== null) served.set(bridge, from);
  }
  for (const bridge of viewers) join(bridge);
  return {
    origin: origin.id,
    feeds,
    served,
    join,
    leave: (bridge) => {
      const had = served.get(bridge);
      if (had === undefined) return;
      served.delete(bridge);
      room.leave(had);
    },
  };
}

/** The same for all viewers at once, with those for whom nobody has room. */
export function assignRelays(network: Network, earlier: Cascade | null = null): Cascade {
  const { origin, feeds, served } = openCascade(network, earlier);
  return { origin, feeds, served, unserved: network.viewers.filter((bridge) => !served.has(bridge)) };
}

/** The way of the feed, up from a bridge. A ring in it, which checks of the bridges forbid, ends where it closes. */
class Ways {
  readonly #parents: ReadonlyMap<BridgeId, BridgeId | null>;
  constructor(parents: ReadonlyMap<BridgeId, BridgeId | null>) {
    this.#parents = parents;
  }
  above(bridge: BridgeId): readonly BridgeId[] {
    const way: BridgeId[] = [];
    const seen = new Set([bridge]);
    let next = this.#parents.get(bridge) ?? null;
    while (next !== null && !seen.has(next)) {
      seen.add(next);
      way.push(next);
      next = this.#parents.get(next) ?? null;
    }
    return way;
  }
  depth(bridge: BridgeId): number {
    return this.above(bridge).length;
  }
}

/** Relays that have the feed, by bridge, with the places that they have left. */
class Room {
  readonly #at = new Map<BridgeId, RelayId[]>();
  readonly #free = new Map<RelayId, number>();
  constructor(origin: Relay) {
    this.open(origin);
  }
  open({ id, bridge, capacity }: Relay): void {
    this.#free.set(id, Math.max(0, capacity));
    this.#at.set(bridge, [...(this.#at.get(bridge) ?? []), id]);
  }
  /** A place at the relay that somebody had, where it is still on the way and has one left. */
  takeOnly(way: readonly BridgeId[], had: RelayId | undefined): RelayId | null {
    if (had === undefined || !way.some((bridge) => this.#at.get(bridge)?.includes(had))) return null;
    return this.#occupy(had);
  }
  /** A place at the nearest relay on the way; at one bridge, where most is left. */
  take(way: readonly BridgeId[], had?: RelayId): RelayId | null {
    const kept = this.takeOnly(way, had);
    if (kept !== null) return kept;
    for (const bridge of way) {
      const free = (id: RelayId): number => this.#free.get(id) ?? 0;
      const [best] = (this.#at.get(bridge) ?? []).toSorted((a, b) => free(b) - free(a));
      if (best !== undefined && this.#occupy(best) !== null) return best;
    }
    return null;
  }
  leave(id: RelayId): void {
    this.#free.set(id, (this.#free.get(id) ?? 0) + 1);
  }
  #occupy(id: RelayId): RelayId | null {
    const left = this.#free.get(id) ?? 0;
    if (left === 0) return null;
    this.#free.set(id, left - 1);
    return id;
  }
}
