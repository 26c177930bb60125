import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { BridgeId } from '../../../domain/ids.ts';
import {
  assignRelays,
  openCascade,
  RelayId,
  type Cascade,
  type Network,
  type Relay,
} from '../../../domain/media/cascade.ts';

const bridge = (id: string) => BridgeId.parse(id);
const relayAt = (id: string, at: string, capacity = 10): Relay => ({
  id: RelayId.parse(id),
  bridge: bridge(at),
  capacity,
  isAlive: true,
});
const parents = (list: Readonly<Record<string, string | null>>): Network['feedParents'] =>
  new Map(Object.entries(list).map(([id, parent]) => [bridge(id), parent === null ? null : bridge(parent)]));

/** Hall, a province, its two communes, and a commune of another province that has no relay. */
const network: Network = {
  feedParents: parents({
    hall: null,
    province: 'hall',
    c1: 'province',
    c2: 'province',
    far: 'other',
    other: 'hall',
  }),
  relays: [relayAt('R0', 'hall'), relayAt('R1', 'province')],
  viewers: ['c1', 'c2', 'far'].map(bridge),
};

const dying = ({ relays, ...rest }: Network, dead: string): Network => ({
  ...rest,
  relays: relays.map((relay) => (relay.id === dead ? { ...relay, isAlive: false } : relay)),
});

describe('the cascade', () => {
  test('each bridge is fed by the nearest relay above it', () => {
    const { origin, feeds, served, unserved } = assignRelays(network);
    expect(origin).toBe('R0');
    expect(Object.fromEntries(feeds)).toEqual({ R1: 'R0' });
    expect(Object.fromEntries(served)).toEqual({ c1: 'R1', c2: 'R1', far: 'R0' });
    expect(unserved).toEqual([]);
  });

  test('when a relay dies its viewers go one further up, and nobody else moves', () => {
    const before = assignRelays(network);
    const after = assignRelays(dying(network, 'R1'), before);
    expect(Object.fromEntries(after.served)).toEqual({ c1: 'R0', c2: 'R0', far: 'R0' });
  });

  test('when the origin dies the highest that is left takes its place', () => {
    const after = assignRelays(dying(network, 'R0'), assignRelays(network));
    expect(after.origin).toBe('R1');
    expect(after.unserved).toEqual([]);
    expect(assignRelays(dying(dying(network, 'R0'), 'R1')).unserved).toHaveLength(3);
  });

  test('a full relay sends on to the next above it, and who finds no place is said', () => {
    const full = { ...network, relays: [relayAt('R0', 'hall', 2), relayAt('R1', 'province', 1)] };
    const { served, unserved } = assignRelays(full);
    expect(Object.fromEntries(served)).toEqual({ c1: 'R1', c2: 'R0' });
    expect(unserved).toEqual(['far']);
  });

  test('whoever comes takes the nearest place, keeps it, and leaves it to the next', () => {
    const small = {
      ...network,
      relays: [relayAt('R0', 'hall', 2), relayAt('R1', 'province', 1)],
      viewers: [],
    };
    const cascade = openCascade(small);
    expect(['c1', 'c1', 'c2', 'far'].map((id) => cascade.join(bridge(id)))).toEqual(['R1', 'R1', 'R0', null]);
    cascade.leave(bridge('c1'));
    cascade.leave(bridge('c1'));
    expect(['far', 'c1'].map((id) => cascade.join(bridge(id)))).toEqual([null, 'R1']);
  });

  test('a ring of feed parents ends the way up', () => {
    const ring = { ...network, feedParents: parents({ c1: 'c2', c2: 'c1', far: null }) };
    expect(assignRelays(ring).unserved).toEqual([]);
  });

  test('in any tree: no place is given twice, the feed comes from the origin, and a death moves only who it orphaned', () => {
    const tree = fc
      .array(fc.nat(), { minLength: 2, maxLength: 40 })
      .map((draws) => draws.map((draw, at) => [`b${at}`, at === 0 ? null : `b${draw % at}`] as const));
    const spread = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 8 })), {
      minLength: 1,
      maxLength: 10,
    });
    fc.assert(
      fc.property(tree, spread, fc.nat(), (edges, places, victim) => {
        const relays = places.map(([at, capacity], id) =>
          relayAt(`r${id}`, `b${at % edges.length}`, capacity),
        );
        const whole: Network = {
          feedParents: parents(Object.fromEntries(edges)),
          relays,
          viewers: edges.map(([id]) => bridge(id)),
        };
        const before = assignRelays(whole);
        expect(faultsOf(before, whole)).toEqual([]);
        const dead = relays[victim % relays.length]!.id;
        const after = assignRelays(dying(whole, dead), before);
        expect(faultsOf(after, whole)).toEqual([]);
        // A relay that takes another's place for its feed may push a viewer out; where none has to, nobody moves.
        const orphansRelays = dead === before.origin || [...before.feeds.values()].includes(dead);
        fc.pre(!orphansRelays && before.feeds.size === relays.length - 1);
        const moved = [...before.served].filter(([who, from]) => after.served.get(who) !== from);
        expect(moved.filter(([, from]) => from !== dead)).toEqual([]);
      }),
    );
  });
});

/** What must never be: a place given twice, a feed that does not come from the origin, a viewer who is neither served nor said. */
function faultsOf({ origin, feeds, served, unserved }: Cascade, { relays, viewers }: Network): string[] {
  const faults: string[] = [];
  const taken = [...feeds.values(), ...served.values()];
  for (const { id, capacity } of relays) {
    if (taken.filter((from) => from === id).length > capacity) faults.push(`${id} is overfull`);
  }
  for (const start of feeds.keys()) {
    let at: RelayId | undefined = start;
    for (let steps = 0; at !== origin && steps <= relays.length; steps += 1) at = at && feeds.get(at);
    if (at !== origin) faults.push(`${start} has no feed`);
  }
  for (const from of served.values())
    if (from !== origin && !feeds.has(from)) faults.push(`${from} serves nothing`);
  if (served.size + unserved.length !== viewers.length) faults.push('somebody is forgotten');
  return faults;
}
