import type { BridgeId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { AttendanceEvent } from './event.ts';
import { compareMoments, timeOf } from './order.ts';
import type { BridgeState, Progress, Tally } from './presence.ts';
import { noSums, tallyOf } from './tally.ts';
import type { Sums } from './tally.ts';

/** What a fold says of one bridge. */
export interface NodeAttendance {
  /** Whether the session is one of this bridge. A level above those that take part only adds them up. */
  readonly takesPart: boolean;
  readonly state: BridgeState;
  readonly own: Tally;
  readonly subtree: Tally;
  readonly progress: Progress;
}

/** Kinds of events that say that a bridge is open, whether or not somebody said so. */
export const OPENS: ReadonlySet<AttendanceEvent['kind']> = new Set(['open', 'arrive', 'walk-in', 'count']);

type Count = Extract<AttendanceEvent, { kind: 'count' }>;

/** One bridge while a fold goes on. */
export interface Node {
  readonly takesPart: boolean;
  readonly own: Sums;
  readonly subtree: Sums;
  /** Receipt of the first close that stands; infinite while the bridge is not closed. */
  closedAt: number;
  active: boolean;
  /** The count that stands, for each counting point. */
  readonly points: Map<string, Count>;
}

export function newNode(takesPart: boolean): Node {
  const sums = { own: noSums(), subtree: noSums() };
  return { takesPart, ...sums, closedAt: Infinity, active: false, points: new Map() };
}

export function closeNode(node: Node, receivedAt: Instant): void {
  node.closedAt = Math.min(node.closedAt, receivedAt);
}

/** A head count is set for its counting point, not added to what was there: the latest one stands. */
export function keepCount(node: Node, event: Count): void {
  const before = node.points.get(event.point);
  if (before !== undefined && compareMoments(timeOf(before), before.id, timeOf(event), event.id) > 0) return;
  node.points.set(event.point, event);
}

/** The finished figures: heads and progress go up the tree here, persons have done so before. */
export function figuresOf(
  nodes: ReadonlyMap<BridgeId, Node>,
  pathOf: (id: BridgeId) => readonly BridgeId[],
): ReadonlyMap<BridgeId, NodeAttendance> {
  const heads = new Map<BridgeId, Map<string, number>>();
  const progress = new Map<BridgeId, { bridges: number; opened: number; closed: number }>();
  for (const [id, node] of nodes) {
    const own = headsOf(node);
    const state = stateOf(node);
    for (const above of pathOf(id)) {
      const sum = heads.get(above) ?? new Map<string, number>();
      heads.set(above, sum);
      for (const [category, count] of own) sum.set(category, (sum.get(category) ?? 0) + count);
      const far = progress.get(above) ?? { bridges: 0, opened: 0, closed: 0 };
      progress.set(above, far);
      if (!node.takesPart) continue;
      far.bridges++;
      if (state !== 'unopened') far.opened++;
      if (state === 'closed') far.closed++;
    }
  }
  const figures = (id: BridgeId, node: Node): NodeAttendance => ({
    takesPart: node.takesPart,
    state: stateOf(node),
    own: tallyOf(node.own, headsOf(node)),
    subtree: tallyOf(node.subtree, heads.get(id) ?? new Map()),
    progress: progress.get(id) ?? { bridges: 0, opened: 0, closed: 0 },
  });
  return new Map(Array.from(nodes, ([id, node]) => [id, figures(id, node)]));
}

function stateOf(node: Node): BridgeState {
  if (node.closedAt < Infinity) return 'closed';
  return node.active ? 'open' : 'unopened';
}

/** Heads by category, summed over the counting points. */
function headsOf(node: Node): Map<string, number> {
  const heads = new Map<string, number>();
  for (const { counts } of node.points.values()) {
    for (const [category, count] of Object.entries(counts))
      heads.set(category, (heads.get(category) ?? 0) + count);
  }
  return heads;
}
