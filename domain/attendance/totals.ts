import type { BridgeTree } from '../bridges/bridge.ts';
import type { BridgeId } from '../ids.ts';
import type { Counts } from './event.ts';
import type { NodeAttendance } from './node.ts';
import type { BridgeState, Tally } from './presence.ts';
import { FIELDS, figuresWhereCame, figureWhereExpected, noSums, tallyOf } from './tally.ts';
import type { Field, Place, Standing } from './tally.ts';

/*
 * The figures of every bridge, own and subtree, in flat rows of numbers: a person adds and takes along one path of the
 * tree, some tens of nanoseconds, whatever the size of the tree.
 */

export const STANDINGS = [
  'summoned',
  'invited',
  'listed',
  'walk-in',
  'unknown',
] as const satisfies Standing[];
export const STATES = [
  'unmarked',
  'excused',
  'in-room',
  'left',
  'absent-with-reason',
  'absent-without',
] as const satisfies Place['state'][];

/** A place as one small number. */
export function codeOf(place: Place): number {
  const as = STANDINGS.indexOf(place.as);
  return (as * STATES.length + STATES.indexOf(place.state)) * 2 + (place.online ? 1 : 0);
}

const PLACES: readonly Place[] = STANDINGS.flatMap((as) =>
  STATES.flatMap((state) => [
    { as, state, online: false },
    { as, state, online: true },
  ]),
);
const indexOf = (field: Field | null): number => (field === null ? -1 : FIELDS.indexOf(field));
/** By code of a place, the figures that `tally.ts` says it adds to. */
const CAME = PLACES.map((place) => figuresWhereCame(place).map(indexOf));
const INSIDE = Int8Array.from(PLACES, (place) => indexOf(figureWhereExpected(place, true)));
const OUTSIDE = Int8Array.from(PLACES, (place) => indexOf(figureWhereExpected(place, false)));

const WIDTH = FIELDS.length;

interface Heads {
  count: number;
  /** Counting points that name the category; none left, and the category is gone: zero is a count, nothing is none. */
  points: number;
}

export type Totals = ReturnType<typeof openTotals>;

/** Empty figures over a tree. Bridges go by number here; one that the tree does not know hangs right below the root. */
export function openTotals(tree: BridgeTree) {
  const ids: BridgeId[] = [];
  const numbers = new Map<BridgeId, number>();
  let capacity = tree.bridges.length + 16;
  let parent = new Int32Array(capacity);
  let depth = new Int32Array(capacity);
  let own = new Int32Array(capacity * WIDTH);
  let subtree = new Int32Array(capacity * WIDTH);
  let bridges = new Int32Array(capacity);
  let opened = new Int32Array(capacity);
  let closed = new Int32Array(capacity);
  let activity = new Int32Array(capacity);
  let closedAt = new Float64Array(capacity).fill(Infinity);
  let touched = new Uint8Array(capacity);
  let changed: number[] = [];
  const ownHeads = new Map<number, Map<string, Heads>>();
  const subtreeHeads = new Map<number, Map<string, Heads>>();

  for (const bridge of tree.bridges) addNode(bridge.id, bridge.parent === null ? -1 : find(bridge.parent));

  function find(id: BridgeId): number {
    return numbers.get(id) ?? -1;
  }

  function node(id: BridgeId): number {
    return numbers.get(id) ?? addNode(id, 0);
  }

  function addNode(id: BridgeId, above: number): number {
    const at = ids.push(id) - 1;
    if (at === capacity) grow();
    numbers.set(id, at);
    parent[at] = above;
    depth[at] = above < 0 ? 0 : depth[above]! + 1;
    for (let n = at; n >= 0; n = parent[n]!) {
      bridges[n]!++;
      touch(n);
    }
    return at;
  }

  function grow(): void {
    const old = { parent, depth, own, subtree, bridges, opened, closed, activity, closedAt, touched };
    capacity *= 2;
    (parent = new Int32Array(capacity)).set(old.parent);
    (depth = new Int32Array(capacity)).set(old.depth);
    (own = new Int32Array(capacity * WIDTH)).set(old.own);
    (subtree = new Int32Array(capacity * WIDTH)).set(old.subtree);
    (bridges = new Int32Array(capacity)).set(old.bridges);
    (opened = new Int32Array(capacity)).set(old.opened);
    (closed = new Int32Array(capacity)).set(old.closed);
    (activity = new Int32Array(capacity)).set(old.activity);
    (closedAt = new Float64Array(capacity).fill(Infinity)).set(old.closedAt);
    (touched = new Uint8Array(capacity)).set(old.touched);
  }

  function touch(at: number): void {
    if (touched[at] === 1) return;
    touched[at] = 1;
    changed.push(at);
  }

  /** Adds (`by` 1) or takes (-1) one person expected at `seat`, or nowhere (-1), who stands as `code` at `at`, or never came (-1). */
  function addPlace(seat: number, code: number, at: number, by: number): void {
    const came = CAME[code]!;
    if (at >= 0 && came.length > 0) {
      for (const field of came) own[at * WIDTH + field]! += by;
      for (let n = at; n >= 0; n = parent[n]!) {
        for (const field of came) subtree[n * WIDTH + field]! += by;
        touch(n);
      }
    }
    if (seat < 0) return;
    const inside = INSIDE[code]!;
    const outside = OUTSIDE[code]!;
    const here = at === seat ? inside : outside;
    if (here >= 0) own[seat * WIDTH + here]! += by;
    const meeting = at < 0 ? -1 : meet(seat, at);
    let field = outside;
    for (let n = seat; n >= 0; n = parent[n]!) {
      if (n === meeting) field = inside;
      if (field >= 0) subtree[n * WIDTH + field]! += by;
      touch(n);
    }
  }

  /** The lowest bridge above both, or one of them: from there up a person came inside the subtree. */
  function meet(a: number, b: number): number {
    let [left, right] = [a, b];
    while (left !== right) {
      if (depth[left]! >= depth[right]!) left = parent[left]!;
      else right = parent[right]!;
    }
    return left;
  }

  function expect(seat: number, basis: 'summoned' | 'invited'): void {
    const field = indexOf(basis);
    own[seat * WIDTH + field]!++;
    for (let n = seat; n >= 0; n = parent[n]!) subtree[n * WIDTH + field]!++;
  }

  /** Adds or takes what one counting point last said. */
  function addCounts(at: number, counts: Counts, by: 1 | -1): void {
    for (const [category, count] of Object.entries(counts)) {
      addHeads(ownHeads, at, category, count * by, by);
      for (let n = at; n >= 0; n = parent[n]!) {
        addHeads(subtreeHeads, n, category, count * by, by);
        touch(n);
      }
    }
  }

  function stateOf(at: number): BridgeState {
    if (closedAt[at]! < Infinity) return 'closed';
    return activity[at]! > 0 ? 'open' : 'unopened';
  }

  /** Runs a change that may open or close a bridge, and carries the difference up. */
  function withProgress(at: number, change: () => void): void {
    const before = stateOf(at);
    change();
    const after = stateOf(at);
    if (before === after) return;
    const open = Number(after !== 'unopened') - Number(before !== 'unopened');
    const shut = Number(after === 'closed') - Number(before === 'closed');
    for (let n = at; n >= 0; n = parent[n]!) {
      opened[n]! += open;
      closed[n]! += shut;
      touch(n);
    }
  }

  function read(at: number): NodeAttendance {
    return {
      state: stateOf(at),
      own: tallyAt(own, at, ownHeads),
      subtree: tallyAt(subtree, at, subtreeHeads),
      progress: { bridges: bridges[at]!, opened: opened[at]!, closed: closed[at]! },
    };
  }

  return {
    find,
    node,
    idOf: (at: number): BridgeId => ids[at]!,
    addPlace,
    addCounts,
    expect,
    /** Adds or takes one event that says that the bridge is open. */
    addActivity: (at: number, by: 1 | -1): void => withProgress(at, () => (activity[at]! += by)),
    /** Sets the receipt of the first close that stands; infinite opens the bridge again. */
    setClosed: (at: number, receivedAt: number): void => withProgress(at, () => (closedAt[at] = receivedAt)),
    closedAt: (at: number): number => closedAt[at]!,
    /** Whether `upper` is `lower` or somewhere above it. */
    covers(upper: number, lower: number): boolean {
      let n = lower;
      while (n >= 0 && n !== upper) n = parent[n]!;
      return n >= 0;
    },
    read,
    /** The bridges whose figures moved since the last call. */
    takeChanged(): readonly BridgeId[] {
      const moved = changed;
      changed = [];
      for (const at of moved) touched[at] = 0;
      return moved.map((at) => ids[at]!);
    },
  };
}

function addHeads(
  all: Map<number, Map<string, Heads>>,
  at: number,
  category: string,
  count: number,
  points: number,
): void {
  const byCategory = all.get(at) ?? new Map<string, Heads>();
  all.set(at, byCategory);
  const heads = byCategory.get(category) ?? { count: 0, points: 0 };
  byCategory.set(category, heads);
  heads.count += count;
  heads.points += points;
  if (heads.points === 0) byCategory.delete(category);
}

function tallyAt(
  sums: Int32Array,
  at: number,
  heads: ReadonlyMap<number, ReadonlyMap<string, Heads>>,
): Tally {
  const fields = noSums();
  for (const [index, field] of FIELDS.entries()) fields[field] = sums[at * WIDTH + index]!;
  const counted = new Map<string, number>();
  for (const [category, { count }] of heads.get(at) ?? []) counted.set(category, count);
  return tallyOf(fields, counted);
}
