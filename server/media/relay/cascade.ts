import type { BridgeId, ConferenceId } from '../../../domain/ids.ts';
import { openCascade, RelayId, type Network, type OpenCascade } from '../../../domain/media/cascade.ts';
import type { MediaEngine } from '../engine.ts';
import { originBranch, relayBranch, type Branch } from './branch.ts';
import type { LiveRelay, Pool } from './pool.ts';

export interface CascadeParts {
  /** The engine that everybody sends to. */
  readonly origin: MediaEngine;
  /** How many it can feed, relays and viewers together. */
  readonly capacity: number;
  readonly pool: Pool;
}

/** From where each one in a conference takes its picture. */
export interface Standing {
  readonly feeds: ReadonlyMap<RelayId, RelayId>;
  /** How many bridges view from each, the origin (`ORIGIN`) among them. */
  readonly viewers: ReadonlyMap<RelayId, number>;
}

export interface Cascades {
  /**
   * The engine from which a bridge views from now on, the nearest above it that has room. Null where nobody has any. It keeps its
   * place, also while its page begins anew, until it leaves. `feedParents` of the conference as they are now.
   */
  join(conference: ConferenceId, bridge: BridgeId, feedParents: Network['feedParents']): MediaEngine | null;
  leave(conference: ConferenceId, bridge: BridgeId): void;
  standing(conference: ConferenceId): Standing;
  close(): void;
}

export const ORIGIN = RelayId.parse('origin');

/** One conference's cascade. */
interface Area {
  feedParents: Network['feedParents'];
  cascade: OpenCascade;
  readonly branches: Map<RelayId, { readonly branch: Branch; fedBy: RelayId | null }>;
}

/** Keeps who feeds whom, as relays come and go: one cascade for each conference that has viewers. */
export function openCascades({ origin, capacity, pool }: CascadeParts): Cascades {
  const areas = new Map<ConferenceId, Area>();
  const top = originBranch(origin);

  const relaysOf = (conference: ConferenceId): LiveRelay[] =>
    pool.relays().filter((relay) => relay.conference === conference);
  const cascadeOf = (
    conference: ConferenceId,
    feedParents: Network['feedParents'],
    before: Pick<OpenCascade, 'feeds' | 'served'>,
  ): OpenCascade => {
    const root = [...feedParents].find(([, parent]) => parent === null)?.[0];
    const relays = relaysOf(conference).map((relay) => ({ ...relay, isAlive: true }));
    const first = root === undefined ? [] : [{ id: ORIGIN, bridge: root, capacity, isAlive: true }];
    const network = { feedParents, relays: [...first, ...relays], viewers: [...before.served.keys()] };
    return openCascade(network, { ...before, origin: ORIGIN });
  };

  /** Lays the pipes anew where somebody is fed from elsewhere than before. */
  const follow = (conference: ConferenceId, area: Area): void => {
    const { branches, cascade } = area;
    const alive = new Map(relaysOf(conference).map((relay) => [relay.id, relay]));
    const dead = [...branches].filter(([id, { branch }]) => alive.get(id)?.engine !== branch.bare);
    for (const [id] of dead) branches.delete(id);
    const moved = new Set<RelayId>();
    // Whoever feeds stands before those that it feeds.
    for (const [id, from] of cascade.feeds) {
      const relay = alive.get(id);
      if (relay === undefined) continue;
      const known = branches.get(id);
      const one = known ?? { branch: relayBranch(relay.engine), fedBy: null };
      branches.set(id, one);
      if (known !== undefined && known.fedBy === from && !moved.has(from)) continue;
      moved.add(id);
      one.fedBy = from;
      one.branch.feedFrom(from === ORIGIN ? top : (branches.get(from)?.branch ?? null));
    }
    for (const [id, one] of branches) {
      if (cascade.feeds.has(id) || one.fedBy === null) continue;
      one.fedBy = null;
      one.branch.feedFrom(null);
    }
    // Last: whoever is told so comes back at once, and is to find everything as it is now.
    for (const [, { branch }] of dead) branch.end();
  };
  const reopen = (conference: ConferenceId, area: Area): void => {
    area.cascade = cascadeOf(conference, area.feedParents, area.cascade);
    follow(conference, area);
  };

  const ends = [
    pool.listen(({ relay: { conference } }) => {
      const area = areas.get(conference);
      if (area !== undefined) reopen(conference, area);
    }),
    origin.listen(({ notice }) => {
      if (notice !== 'gone') return;
      // What came from it is gone on every relay.
      for (const [conference, area] of areas) {
        for (const one of area.branches.values()) one.fedBy = null;
        follow(conference, area);
      }
    }),
  ];
  return {
    join: (conference, bridge, feedParents) => {
      let area = areas.get(conference);
      if (area === undefined) {
        const cascade = cascadeOf(conference, feedParents, { feeds: new Map(), served: new Map() });
        area = { feedParents, cascade, branches: new Map() };
        areas.set(conference, area);
        follow(conference, area);
      } else if (area.feedParents !== feedParents) {
        area.feedParents = feedParents;
        reopen(conference, area);
      }
      const from = area.cascade.join(bridge);
      if (from === null) return null;
      return from === ORIGIN ? origin : (area.branches.get(from)?.branch.engine ?? null);
    },
    leave: (conference, bridge) => areas.get(conference)?.cascade.leave(bridge),
    standing: (conference) => {
      const { feeds = new Map(), served = new Map<BridgeId, RelayId>() } =
        areas.get(conference)?.cascade ?? {};
      const viewers = new Map<RelayId, number>();
      for (const from of served.values()) viewers.set(from, (viewers.get(from) ?? 0) + 1);
      return { feeds, viewers };
    },
    close: () => {
      for (const end of ends) end();
      for (const { branches } of areas.values()) for (const { branch } of branches.values()) branch.end();
      areas.clear();
    },
  };
}
