import type { BridgeTree } from '../bridges/bridge.ts';
import type { BridgeId } from '../ids.ts';
import { takesPart, type Taking } from '../schedule/session.ts';
import type { Counts } from './event.ts';
import type { NodeAttendance } from './node.ts';
import type { BridgeState } from './presence.ts';
import { openNumbering } from './numbering.ts';
import { CAME, EXPECTED, EXPECTED_INSIDE, EXPECTED_OUTSIDE } from './place.ts';
import { FIELDS, tallyAt } from './tally.ts';

/*
 * The figures of every bridge, own and subtree, in flat rows of numbers: a person adds and takes along one path of the
 * tree, some tens of nanoseconds, whatever the size of the tree.
 */

const WIDTH = FIELDS.length;

interface Heads {
  count: number;
  /** Counting points that name the category; none left, and the category is gone: zero is a count, nothing is none. */
  points: number;
}

/**
 * Empty figures over a tree. Bridges go by number here; one that the tree does not know hangs right below the root. Those that
 * take no part count people who came all the same, and are no bridges of the progress.
 */
export function openTotals(tree: BridgeTree, taking: Taking = 'all') {
  const ids: BridgeId[] = [];
  const numbers = openNumbering<BridgeId>(tree.bridges.length + 16);
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
    return numbers.find(id);
  }

  function node(id: BridgeId): number {
    const at = numbers.find(id);
    return at < 0 ? addNode(id, 0) : at;
  }

  function addNode(id: BridgeId, above: number): number {
    const at = ids.push(id) - 1;
    if (at === capacity) grow();
    numbers.add(id);
    parent[at] = above;
    depth[at] = above < 0 ? 0 : depth[above]! + 1;
    if (!takesPart(taking, id)) return at;
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
    const inside = EXPECTED_INSIDE[code]!;
    const outside = EXPECTED_OUTSIDE[code]!;
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

  /** What nearly everybody does: comes, for the first time, where they are expected. One walk in the place of three. */
  function arrive(seat: number, before: number, after: number): void {
    const came = CAME[after]!;
    const noMore = EXPECTED_OUTSIDE[before]!;
    const now = EXPECTED_INSIDE[after]!;
    addArrival(own, seat * WIDTH, came, noMore, now);
    for (let n = seat; n >= 0; n = parent[n]!) {
      addArrival(subtree, n * WIDTH, came, noMore, now);
      touch(n);
    }
  }

  /** The lowest bridge above both, or one of them: from there up a person came inside the subtree. */
  function meet(a: number, b: number): number {
    let left = a;
    let right = b;
    while (left !== right) {
      if (depth[left]! >= depth[right]!) left = parent[left]!;
      else right = parent[right]!;
    }
    return left;
  }

  /** Counts somebody who is expected at `seat` and has not come; what is above is to be summed up by `settle`. */
  function expect(seat: number, code: number): void {
    const row = seat * WIDTH;
    own[row + EXPECTED[code]!]!++;
    const field = EXPECTED_OUTSIDE[code]!;
    if (field >= 0) own[row + field]!++;
  }

  /** Sums up everybody expected along the tree, once, before the first event: in the rows every bridge follows its parent. */
  function settle(): void {
    subtree.set(own);
    for (let at = ids.length - 1; at > 0; at--) {
      const row = at * WIDTH;
      const above = parent[at]! * WIDTH;
      for (let field = 0; field < WIDTH; field++) subtree[above + field]! += subtree[row + field]!;
    }
    takeChanged();
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

  function takes(at: number): boolean {
    return taking === 'all' || taking.has(ids[at]!);
  }

  function stateOf(at: number): BridgeState {
    if (closedAt[at]! < Infinity) return 'closed';
    return activity[at]! > 0 ? 'open' : 'unopened';
  }

  /** Carries up the tree that a bridge, which was in another state before, has opened or closed, or no longer has. */
  function tellState(at: number, before: BridgeState): void {
    const after = stateOf(at);
    if (before === after) return;
    if (!takes(at)) {
      touch(at);
      return;
    }
    const open = Number(after !== 'unopened') - Number(before !== 'unopened');
    const shut = Number(after === 'closed') - Number(before === 'closed');
    for (let n = at; n >= 0; n = parent[n]!) {
      opened[n]! += open;
      closed[n]! += shut;
      touch(n);
    }
  }

  function addActivity(at: number, by: 1 | -1): void {
    const before = stateOf(at);
    activity[at]! += by;
    tellState(at, before);
  }

  function setClosed(at: number, receivedAt: number): void {
    const before = stateOf(at);
    closedAt[at] = receivedAt;
    tellState(at, before);
  }

  function read(at: number): NodeAttendance {
    return {
      takesPart: takes(at),
      state: stateOf(at),
      own: tallyAt(own, at * WIDTH, ownHeads.get(at)),
      subtree: tallyAt(subtree, at * WIDTH, subtreeHeads.get(at)),
      progress: { bridges: bridges[at]!, opened: opened[at]!, closed: closed[at]! },
    };
  }

  /** The bridges whose figures moved since the last call. */
  function takeChanged(): readonly BridgeId[] {
    const moved: BridgeId[] = [];
    for (const at of changed) {
      touched[at] = 0;
      moved.push(ids[at]!);
    }
    changed = [];
    return moved;
  }

  return {
    get size(): number {
      return ids.length;
    },
    find,
    node,
    idOf: (at: number): BridgeId => ids[at]!,
    takes,
    addPlace,
    arrive,
    addCounts,
    expect,
    settle,
    /** Adds or takes one event that says that the bridge is open. */
    addActivity,
    /** Sets the receipt of the first close that stands; infinite opens the bridge again. */
    setClosed,
    closedAt: (at: number): number => closedAt[at]!,
    /** Whether `upper` is `lower` or somewhere above it. */
    covers(upper: number, lower: number): boolean {
      let n = lower;
      while (n >= 0 && n !== upper) n = parent[n]!;
      return n >= 0;
    },
    read,
    takeChanged,
  };
}

export type Totals = ReturnType<typeof openTotals>;

function addArrival(
  sums: Int32Array,
  row: number,
  came: readonly number[],
  noMore: number,
  now: number,
): void {
  for (const field of came) sums[row + field]!++;
  if (noMore >= 0) sums[row + noMore]!--;
  if (now >= 0) sums[row + now]!++;
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
