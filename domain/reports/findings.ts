import type { BridgeTree } from '../bridges/bridge.ts';
import type { BridgeId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { InnerDeadlines, OwnDeadline } from './due.ts';
import type { StandingLine } from './standing.ts';

/** What a person should look at in the headcounts of one bridge. Closed; `sentences.ts` has the words. */
export type HeadcountFinding =
  /** An upper unit has reported, and said nothing of this bridge, which has not reported either. */
  | { readonly kind: 'gap'; readonly bridge: BridgeId; readonly upper: BridgeId }
  | {
      readonly kind: 'upper differs';
      readonly bridge: BridgeId;
      readonly total: number;
      readonly upper: BridgeId;
      readonly upperTotal: number;
    }
  | { readonly kind: 'no chair'; readonly bridge: BridgeId }
  | {
      readonly kind: 'over capacity';
      readonly bridge: BridgeId;
      readonly total: number;
      readonly capacity: number;
    }
  /** People who come outside every clause of the plan. */
  | {
      readonly kind: 'outside clauses';
      readonly bridge: BridgeId;
      readonly total: number;
      readonly sum: number;
    }
  | {
      readonly kind: 'fewer than summoned';
      readonly bridge: BridgeId;
      readonly total: number;
      readonly summoned: number;
    }
  /** The plan, or a unit further up, moved its deadline after this one was set. */
  | {
      readonly kind: 'inner deadline too late';
      readonly bridge: BridgeId;
      readonly inner: Instant;
      readonly own: Instant;
    };

/**
 * What does not add up in the headcounts, bridge by bridge in tree order.
 *
 * @param summonedAt how many people the placement summons at a bridge; null where it says nothing
 */
export function* headcountFindings(
  tree: BridgeTree,
  lines: ReadonlyMap<BridgeId, StandingLine>,
  summonedAt: (bridge: BridgeId) => number | null = () => null,
): Iterable<HeadcountFinding> {
  const reporters = new Set(Array.from(lines.values(), ({ owner }) => owner));
  for (const { id: bridge, capacity } of tree.bridges) {
    const said = lines.get(bridge);
    if (said === undefined) {
      const upper = tree.path(bridge).find(({ id }) => reporters.has(id));
      if (upper !== undefined) yield { kind: 'gap', bridge, upper: upper.id };
      continue;
    }
    const { total, byClause, chairName } = said.line;
    for (const other of said.others) {
      if (other.line.total === total) continue;
      yield { kind: 'upper differs', bridge, total, upper: other.owner, upperTotal: other.line.total };
    }
    if ((chairName ?? '') === '') yield { kind: 'no chair', bridge };
    if (capacity !== null && total > capacity) yield { kind: 'over capacity', bridge, total, capacity };
    const clauses = Object.values(byClause);
    const sum = clauses.reduce((all, count) => all + count, 0);
    if (clauses.length > 0 && sum < total) yield { kind: 'outside clauses', bridge, total, sum };
    const summoned = summonedAt(bridge);
    if (summoned !== null && total < summoned) yield { kind: 'fewer than summoned', bridge, total, summoned };
  }
}

/** Inner deadlines that no longer leave the unit that set them any time. */
export function* deadlineFindings(
  inner: InnerDeadlines,
  deadlines: ReadonlyMap<BridgeId, OwnDeadline>,
): Iterable<HeadcountFinding> {
  for (const [bridge, set] of inner) {
    const own = deadlines.get(bridge);
    if (own !== undefined && set >= own.dueBefore) {
      yield { kind: 'inner deadline too late', bridge, inner: set, own: own.dueBefore };
    }
  }
}
