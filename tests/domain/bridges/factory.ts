import { BridgeClass } from '../../../domain/bridges/bridge.ts';
import type { Bridge, BridgeTree } from '../../../domain/bridges/bridge.ts';
import { bridgeTree } from '../../../domain/bridges/tree.ts';
import { BridgeId, PersonId } from '../../../domain/ids.ts';
import { valueOf } from '../units/lists.ts';

export const bridgeId = (text: string): BridgeId => BridgeId.parse(text);
export const personId = (text: string): PersonId => PersonId.parse(text);
export const bridgeClass = (text: string): BridgeClass => BridgeClass.parse(text);

/** A bridge of which only its place is known: `child < parent`. */
export function bridge(id: string, parent: string | null, values: Partial<Bridge> = {}): Bridge {
  return {
    id: bridgeId(id),
    class: bridgeClass('grassroots'),
    name: `Điểm cầu ${id}`,
    unit: null,
    organisation: null,
    parent: parent === null ? null : bridgeId(parent),
    feedParent: null,
    capacity: null,
    chair: null,
    address: null,
    ready: [],
    contacts: { technical: null, organizer: null },
    ...values,
  };
}

export function treeOf(bridges: readonly Bridge[]): BridgeTree {
  return valueOf(bridgeTree(bridges));
}

/** Ids `b1`, `b2`, ... */
export function counter(): () => BridgeId {
  let last = 0;
  return () => bridgeId(`b${(last += 1)}`);
}

export const idsOf = (bridges: readonly Bridge[]): string[] => bridges.map((one) => one.id);
