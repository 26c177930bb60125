import type { AttendanceBook } from '../attendance/book.ts';
import type { NodeAttendance } from '../attendance/node.ts';
import type { Presence } from '../attendance/presence.ts';
import { allPresent, countedHeads } from '../attendance/ratios.ts';
import type { Bridge, BridgeClass, BridgeTree } from '../bridges/bridge.ts';
import type { BridgeId, PersonId } from '../ids.ts';

/** What reports ask of attendance: of an open book, or of anything that folds the same events. */
export type FiguresSource = Pick<AttendanceBook, 'node' | 'presence'>;

/**
 * The figures of an attendance report to the upper level, in the order in which offices give them. One list for pages,
 * exports and differences, so that none of them can leave one out.
 */
export const FIGURES = [
  'bridges',
  'opened',
  'closed',
  'chairs',
  'chairsPresent',
  'summoned',
  'ofExpected',
  'attendedElsewhere',
  'excused',
  'absentWithReason',
  'absentWithout',
  'unmarked',
  'invited',
  'ofInvited',
  'walkIn',
  'named',
  'attended',
  'counted',
  'allPresent',
  'online',
  'inRoom',
  'toResolve',
] as const;
export type Figure = (typeof FIGURES)[number];
export type FigureValues = Readonly<Record<Figure, number>>;

/** The figures of one bridge: its own, and with everything below it, where each person counts once. */
export interface BridgeFigures {
  readonly bridge: Bridge;
  readonly own: FigureValues;
  readonly subtree: FigureValues;
  /** Where the chair stands; null while no chair is assigned, or the bridge takes no part. A chair who sits elsewhere is not present here. */
  readonly chair: Presence | null;
}

/** The figures of all bridges of one class. A summoned person who came to another bridge is in `attendedElsewhere`. */
export interface LevelFigures {
  readonly class: BridgeClass;
  readonly values: FigureValues;
}

interface Chairs {
  assigned: number;
  present: number;
}

/** Figures of a bridge and of every bridge below it, in tree order, one at a time. */
export function* bridgeFigures(
  tree: BridgeTree,
  source: FiguresSource,
  under: BridgeId = tree.root.id,
): Iterable<BridgeFigures> {
  const bridges = tree.subtree(under);
  const chairOf = (bridge: Bridge): Presence | null =>
    bridge.chair === null || !source.node(bridge.id).takesPart
      ? null
      : (source.presence(bridge.chair) ?? { state: 'unmarked' });
  const ownChairs = (bridge: Bridge): Chairs => {
    const chair = chairOf(bridge);
    const came = chair !== null && 'at' in chair && chair.at === bridge.id;
    return { assigned: chair === null ? 0 : 1, present: came ? 1 : 0 };
  };
  // Chairs are no events: they are summed here, from the leaves up, as every bridge comes after its parent; what is above `under` is not in the list.
  const chairs = new Map<BridgeId, Chairs>(bridges.map((bridge) => [bridge.id, ownChairs(bridge)]));
  for (const bridge of bridges.toReversed()) {
    const above = bridge.parent === null ? undefined : chairs.get(bridge.parent);
    const own = chairs.get(bridge.id);
    if (above === undefined || own === undefined) continue;
    above.assigned += own.assigned;
    above.present += own.present;
  }
  for (const bridge of bridges) {
    const node = source.node(bridge.id);
    yield {
      bridge,
      own: ownValues(node, ownChairs(bridge)),
      subtree: subtreeValues(node, chairs.get(bridge.id) ?? { assigned: 0, present: 0 }),
      chair: chairOf(bridge),
    };
  }
}

/**
 * The figures of a bridge and of every bridge below it, each with everything below it, worked out a stretch at a time:
 * of a whole nation at once would hold up everybody at a door.
 */
export interface FiguresInWork {
  /** Every bridge, the lowest first: the order in which they are taken at first. */
  readonly order: readonly BridgeId[];
  /** Works out some bridges, for the first time or once more because their figures have moved. */
  take(bridges: Iterable<BridgeId>): void;
  /** Of those that were taken, in tree order: first the bridge that all of them are below. */
  values(): Map<BridgeId, FigureValues>;
}

/** Begins with the figures of a subtree: none is worked out yet. */
export function figuresInWork(tree: BridgeTree, source: FiguresSource, under: BridgeId): FiguresInWork {
  const order = tree
    .subtree(under)
    .map(({ id }) => id)
    .toReversed();
  const places = new Map(order.map((id, place) => [id, place]));
  const found = new Map<BridgeId, FigureValues>();
  const chairsOf = (bridge: Bridge): Chairs => {
    const chair = source.node(bridge.id).takesPart ? bridge.chair : null;
    const came = chair === null ? null : source.presence(chair);
    const sums = {
      assigned: chair === null ? 0 : 1,
      present: came !== null && 'at' in came && came.at === bridge.id ? 1 : 0,
    };
    for (const { id } of tree.children(bridge.id)) {
      const below = found.get(id);
      if (below === undefined) continue;
      sums.assigned += below.chairs;
      sums.present += below.chairsPresent;
    }
    return sums;
  };
  return {
    order,
    values() {
      const inTreeOrder = new Map<BridgeId, FigureValues>();
      for (const id of order.toReversed()) {
        const figures = found.get(id);
        if (figures !== undefined) inTreeOrder.set(id, figures);
      }
      return inTreeOrder;
    },
    take(bridges) {
      const inside = Array.from(bridges).filter((id) => places.has(id));
      // What is above adds up what is below.
      for (const id of inside.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0))) {
        const bridge = tree.get(id);
        if (bridge !== undefined) found.set(id, subtreeValues(source.node(id), chairsOf(bridge)));
      }
    },
  };
}

function ownValues(node: NodeAttendance, chairs: Chairs): FigureValues {
  if (!node.takesPart) return values(node.own, { bridges: 0, opened: 0, closed: 0 }, chairs);
  const opened = node.state === 'unopened' ? 0 : 1;
  const closed = node.state === 'closed' ? 1 : 0;
  return values(node.own, { bridges: 1, opened, closed }, chairs);
}

function subtreeValues(node: NodeAttendance, chairs: Chairs): FigureValues {
  return values(node.subtree, node.progress, chairs);
}

function values(
  tally: NodeAttendance['own'],
  progress: NodeAttendance['progress'],
  chairs: Chairs,
): FigureValues {
  const { counted: _, ...sums } = tally;
  return {
    ...sums,
    ...progress,
    chairs: chairs.assigned,
    chairsPresent: chairs.present,
    counted: countedHeads(tally),
    allPresent: allPresent(tally),
  };
}

/**
 * Figures by level, in the order in which the classes first come in the tree: the sums of the bridges' own figures. A level
 * of which no bridge takes part, and where nothing was recorded, is none of the report.
 */
export function levelFigures(rows: Iterable<BridgeFigures>): readonly LevelFigures[] {
  const levels = new Map<BridgeClass, Record<Figure, number>>();
  for (const { bridge, own } of rows) {
    if (own.bridges === 0 && own.allPresent === 0 && own.toResolve === 0) continue;
    const sums = levels.get(bridge.class);
    if (sums === undefined) levels.set(bridge.class, { ...own });
    else for (const figure of FIGURES) sums[figure] += own[figure];
  }
  return Array.from(levels, ([of, sums]) => ({ class: of, values: sums }));
}

/** Category of a person in the figures, `partyMember` or `other` or the conference's own; null where the roster does not say. */
export type CategoryOf = (person: PersonId) => string | null;

export interface CategoryFigures {
  /** Named people who came, by category; a person without one is under `unknown`. */
  readonly named: Readonly<Record<string, number>>;
  /** Heads counted beside them. */
  readonly counted: Readonly<Record<string, number>>;
}

/**
 * Party members and others separately (đảng viên; cán bộ, quần chúng), for every bridge with everything below it, in one
 * pass over the people. The named add up to `attended`: ids that nobody knows are in neither.
 */
export function categoryFigures(
  tree: BridgeTree,
  book: Pick<AttendanceBook, 'node' | 'people' | 'standing'>,
  categoryOf: CategoryOf,
): ReadonlyMap<BridgeId, CategoryFigures> {
  const sums = new Map<BridgeId, Map<string, number>>(tree.bridges.map((bridge) => [bridge.id, new Map()]));
  for (const [person, presence] of book.people()) {
    if (!('at' in presence) || book.standing(person) === 'unknown') continue;
    const own = sums.get(presence.at) ?? sums.get(tree.root.id);
    const category = categoryOf(person) ?? 'unknown';
    own?.set(category, (own.get(category) ?? 0) + 1);
  }
  for (const bridge of tree.bridges.toReversed()) {
    const above = bridge.parent === null ? undefined : sums.get(bridge.parent);
    if (above === undefined) continue;
    for (const [category, count] of sums.get(bridge.id) ?? []) {
      above.set(category, (above.get(category) ?? 0) + count);
    }
  }
  return new Map(
    Array.from(sums, ([id, named]) => [
      id,
      { named: Object.fromEntries(named), counted: book.node(id).subtree.counted },
    ]),
  );
}
