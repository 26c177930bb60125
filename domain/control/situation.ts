import type { BridgeTree } from '../bridges/bridge.ts';
import type { BridgeId } from '../ids.ts';
import type { LineStanding } from '../media/line-standing.ts';
import type { Feed } from '../media/quality.ts';
import {
  conditionOf,
  isLate,
  neverConnected,
  untoldStanding,
  type BridgeLine,
  type BridgeStanding,
  type Moment,
} from './standing.ts';

/** How many bridges of a subtree, the one at its top among them, are in which condition. `lost` are among `opened`. */
export interface ConditionCounts {
  readonly bridges: number;
  readonly opened: number;
  readonly closed: number;
  readonly lost: number;
  readonly late: number;
  readonly never: number;
}

const FIELDS = ['bridges', 'opened', 'closed', 'lost', 'late', 'never'] as const;
const WIDTH = FIELDS.length;

type Figures = Pick<BridgeStanding, 'takesPart' | 'state' | 'present' | 'came' | 'summoned'>;

/** Every bridge of a session as the control room knows it, with what adds up over each subtree. */
export interface Situation {
  /** In tree order. */
  readonly standings: readonly BridgeStanding[];
  standing(bridge: BridgeId): BridgeStanding | undefined;
  takeFigures(bridge: BridgeId, figures: Figures): void;
  takeLine(bridge: BridgeId, line: BridgeLine): void;
  takeFeed(bridge: BridgeId, feed: Feed | null): void;
  takeLineTest(bridge: BridgeId, lineTest: LineStanding | null): void;
  /** Counts conditions anew, as they are at a moment. One pass over the tree. */
  count(moment: Moment): void;
  /** As counted last; nothing for a bridge that the tree does not have. */
  counts(bridge: BridgeId): ConditionCounts;
}

type Mutable<Thing> = { -readonly [Field in keyof Thing]: Thing[Field] };

/** A situation in which nothing has happened. */
export function openSituation(tree: BridgeTree): Situation {
  const place = new Map(tree.bridges.map(({ id }, at) => [id, at]));
  const parent = Int32Array.from(tree.bridges, (bridge) =>
    bridge.parent === null ? -1 : (place.get(bridge.parent) ?? -1),
  );
  const standings = tree.bridges.map((bridge): Mutable<BridgeStanding> => untoldStanding(bridge, true));
  const sums = new Int32Array(standings.length * WIDTH);
  const at = (bridge: BridgeId): Mutable<BridgeStanding> | undefined => standings[place.get(bridge) ?? -1];

  return {
    standings,
    standing: at,
    takeFigures(bridge, { takesPart, state, present, came, summoned }) {
      const standing = at(bridge);
      if (standing === undefined) return;
      standing.takesPart = takesPart;
      standing.state = state;
      standing.present = present;
      standing.came = came;
      standing.summoned = summoned;
    },
    takeLine(bridge, line) {
      const standing = at(bridge);
      if (standing !== undefined) standing.line = line;
    },
    takeFeed(bridge, feed) {
      const standing = at(bridge);
      if (standing !== undefined) standing.feed = feed;
    },
    takeLineTest(bridge, lineTest) {
      const standing = at(bridge);
      if (standing !== undefined) standing.lineTest = lineTest;
    },
    count(moment) {
      for (const [index, standing] of standings.entries()) {
        const row = index * WIDTH;
        const counts = Number(standing.takesPart);
        sums[row] = counts;
        sums[row + 1] = counts * Number(standing.state !== 'unopened');
        sums[row + 2] = counts * Number(standing.state === 'closed');
        sums[row + 3] = counts * Number(conditionOf(standing, moment) === 'lost');
        sums[row + 4] = Number(isLate(standing, moment));
        sums[row + 5] = Number(neverConnected(standing));
      }
      // Each bridge stands after its parent: from the end on, whatever is below has been added already.
      for (let index = standings.length - 1; index > 0; index--) {
        const above = (parent[index] ?? -1) * WIDTH;
        if (above < 0) continue;
        for (let field = 0; field < WIDTH; field++) sums[above + field]! += sums[index * WIDTH + field]!;
      }
    },
    counts(bridge) {
      const row = (place.get(bridge) ?? -1) * WIDTH;
      const [bridges = 0, opened = 0, closed = 0, lost = 0, late = 0, never = 0] =
        row < 0 ? [] : sums.subarray(row, row + WIDTH);
      return { bridges, opened, closed, lost, late, never };
    },
  };
}
