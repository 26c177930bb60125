import type { BridgeClass, BridgeTree } from '../bridges/bridge.ts';
import type { BridgeId } from '../ids.ts';
import type { StandingLine } from './standing.ts';

/** Bridges and people of one class inside a subtree. */
export interface ClassHeadcount {
  readonly bridges: number;
  /** Of the bridges, those of which a report stands. */
  readonly reported: number;
  /** Of the bridges, those whose report was sent back: their last figure counts, until a better one comes. */
  readonly returned: number;
  readonly people: number;
}

/**
 * Headcounts of a bridge and everything below it. No total goes without `reported` of `bridges`: what is missing is a
 * gap, and a sum over gaps is no total.
 */
export interface HeadcountRollUp extends ClassHeadcount {
  /** Bridges whose report names a chair (chủ trì). */
  readonly chairs: number;
  readonly byClass: ReadonlyMap<BridgeClass, ClassHeadcount>;
  readonly byClause: ReadonlyMap<string, number>;
  readonly byCategory: ReadonlyMap<string, number>;
}

type Mutable = { -readonly [Key in keyof ClassHeadcount]: number };

interface Sums extends Mutable {
  chairs: number;
  readonly byClass: Map<BridgeClass, Mutable>;
  readonly byClause: Map<string, number>;
  readonly byCategory: Map<string, number>;
}

/**
 * Rolls the headcounts up, for every bridge of the tree in one pass from the leaves to the root. A line that an upper
 * unit gave for a bridge counts like the bridge's own; zero counts as reported.
 */
export function rollUpHeadcounts(
  tree: BridgeTree,
  lines: ReadonlyMap<BridgeId, Pick<StandingLine, 'line' | 'state'>>,
): ReadonlyMap<BridgeId, HeadcountRollUp> {
  const sums = new Map<BridgeId, Sums>();
  for (const bridge of tree.bridges) sums.set(bridge.id, ownSums(bridge.class, lines.get(bridge.id)));
  // Every bridge comes after its parent: backwards, it is complete before it is added to what is above.
  for (const bridge of tree.bridges.toReversed()) {
    const own = sums.get(bridge.id);
    const above = bridge.parent === null ? undefined : sums.get(bridge.parent);
    if (own !== undefined && above !== undefined) addSums(above, own);
  }
  return sums;
}

function ownSums(bridgeClass: BridgeClass, said: Pick<StandingLine, 'line' | 'state'> | undefined): Sums {
  const line = said?.line;
  const returned = said?.state === 'returned' ? 1 : 0;
  const own = {
    bridges: 1,
    reported: said === undefined ? 0 : 1 - returned,
    returned,
    people: line?.total ?? 0,
  };
  return {
    ...own,
    chairs: (line?.chairName ?? '') === '' ? 0 : 1,
    byClass: new Map([[bridgeClass, { ...own }]]),
    byClause: new Map(Object.entries(line?.byClause ?? {})),
    byCategory: new Map(Object.entries(line?.byCategory ?? {})),
  };
}

function addSums(to: Sums, from: Sums): void {
  addHeads(to, from);
  to.chairs += from.chairs;
  for (const [bridgeClass, more] of from.byClass) {
    const known = to.byClass.get(bridgeClass);
    if (known === undefined) to.byClass.set(bridgeClass, { ...more });
    else addHeads(known, more);
  }
  addCounts(to.byClause, from.byClause);
  addCounts(to.byCategory, from.byCategory);
}

function addHeads(to: Mutable, from: ClassHeadcount): void {
  to.bridges += from.bridges;
  to.reported += from.reported;
  to.returned += from.returned;
  to.people += from.people;
}

function addCounts(to: Map<string, number>, from: ReadonlyMap<string, number>): void {
  for (const [key, count] of from) to.set(key, (to.get(key) ?? 0) + count);
}
