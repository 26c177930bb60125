import type { BridgeId } from '../ids.ts';
import { tidy } from '../text/normalize.ts';
import { LINE_STANDINGS, type LineStanding } from '../media/line-standing.ts';
import { fold, matchQuality } from '../text/search.ts';
import type { BridgeTable } from '../wire/bridges.ts';
import { READINESS_ITEMS, type BridgeClass, type ReadinessItem } from './bridge.ts';
import { lacksOf, sumBelow, type Lack } from './readiness.ts';

/** A bridge as somebody's page knows all of theirs. Places count in tree order from 0. */
export interface BridgeNode {
  readonly place: number;
  readonly id: BridgeId;
  readonly name: string;
  readonly class: BridgeClass;
  readonly unit: string | null;
  /** Place of the bridge above, -1 where none is seen. */
  readonly parent: number;
  readonly level: number;
  /** The place after the last bridge below it: everything below stands from `place + 1` up to here. */
  readonly end: number;
  /** Counting from 1 among those under the same bridge, and how many those are. */
  readonly position: number;
  readonly siblings: number;
  readonly capacity: number | null;
  readonly chair: string | null;
  readonly ready: readonly ReadinessItem[];
  readonly hosts: number;
  readonly hasContact: boolean;
  readonly line: LineStanding;
  /** People placed at it. */
  readonly expected: number;
  readonly lacks: readonly Lack[];
}

/** All bridges that somebody sees, in tree order; more than one tree where their roles begin at several bridges. */
export interface Forest {
  readonly nodes: readonly BridgeNode[];
  readonly placeOf: ReadonlyMap<BridgeId, number>;
  readonly classes: readonly BridgeClass[];
  /** At each place, how many bridges there and below lack nothing. */
  readonly readyBelow: Int32Array;
}

const READY_SETS = Array.from({ length: 1 << READINESS_ITEMS.length }, (_, bits) =>
  READINESS_ITEMS.filter((_item, at) => (bits & (1 << at)) !== 0),
);

/** Reads the table of all bridges. */
export function forestOf(table: BridgeTable): Forest {
  const { ids, names, classes, parents } = table;
  const count = ids.length;
  const levels = new Int32Array(count);
  const ends = new Int32Array(count);
  const positions = new Int32Array(count);
  const children = new Map<number, number>();
  for (let place = 0; place < count; place++) {
    const parent = parents[place] ?? -1;
    levels[place] = parent < 0 ? 0 : (levels[parent] ?? 0) + 1;
    const position = (children.get(parent) ?? 0) + 1;
    children.set(parent, position);
    positions[place] = position;
  }
  for (let place = count - 1; place >= 0; place--) {
    const end = Math.max(ends[place] ?? 0, place + 1);
    ends[place] = end;
    const parent = parents[place] ?? -1;
    if (parent >= 0) ends[parent] = Math.max(ends[parent] ?? 0, end);
  }
  const nodes = ids.map((id, place): BridgeNode => {
    const parent = parents[place] ?? -1;
    return judged({
      place,
      id,
      name: names[place] ?? '',
      class: classes[table.classOf[place] ?? 0] ?? ('' as BridgeClass),
      unit: table.units[place] ?? null,
      parent,
      level: levels[place] ?? 0,
      end: ends[place] ?? place + 1,
      position: positions[place] ?? 1,
      siblings: children.get(parent) ?? 1,
      capacity: table.capacities[place] ?? null,
      chair: table.chairs[place] ?? null,
      ready: READY_SETS[table.ready[place] ?? 0] ?? [],
      hosts: table.hosts[place] ?? 0,
      hasContact: table.reachable[place] === 1,
      line: LINE_STANDINGS[table.lines[place] ?? -1] ?? 'untested',
      expected: table.expected[place] ?? 0,
    });
  });
  return {
    nodes,
    classes,
    placeOf: new Map(ids.map((id, place) => [id, place])),
    readyBelow: sumReady(nodes),
  };
}

function judged(node: Omit<BridgeNode, 'lacks'>): BridgeNode {
  return { ...node, lacks: lacksOf({ ...node, hasChair: node.chair !== null }) };
}

function sumReady(nodes: readonly BridgeNode[]): Int32Array {
  return sumBelow(
    nodes.map(({ parent }) => parent),
    nodes.map(({ lacks }) => (lacks.length === 0 ? 1 : 0)),
  );
}

/** What can be changed of a bridge without changing the shape of the tree. */
export type NodeChange = Partial<
  Pick<BridgeNode, 'name' | 'class' | 'capacity' | 'chair' | 'ready' | 'hasContact'>
>;

/** The same forest with one bridge changed, as a page shows it before the server has answered. */
export function withChange(forest: Forest, id: BridgeId, change: NodeChange): Forest {
  const place = forest.placeOf.get(id);
  const node = place === undefined ? undefined : forest.nodes[place];
  if (place === undefined || node === undefined) return forest;
  const nodes = [...forest.nodes];
  nodes[place] = judged({ ...node, ...change });
  const classes = [...new Set([...forest.classes, ...(change.class === undefined ? [] : [change.class])])];
  return { ...forest, nodes, classes, readyBelow: sumReady(nodes) };
}

/** The places that stand in sight: everything but what is below a folded bridge. */
export function unfoldedPlaces(forest: Forest, isUnfolded: (id: BridgeId) => boolean): readonly number[] {
  const places: number[] = [];
  let place = 0;
  while (place < forest.nodes.length) {
    const node = forest.nodes[place];
    if (node === undefined) break;
    places.push(place);
    place = isUnfolded(node.id) ? place + 1 : node.end;
  }
  return places;
}

export interface BridgeFilter {
  /** Words of a name, with or without marks, or the code of a unit. */
  readonly query: string;
  readonly class: string | null;
  /** What a bridge lacks; `any` for every one that is not ready. */
  readonly lack: Lack | 'any' | null;
  /** Only this bridge and what is below it. */
  readonly top: BridgeId | null;
}

const keys = new WeakMap<readonly BridgeNode[], readonly string[]>();

/** Names as they are searched: a nation's are folded once, the next search finds them. */
function searchKeys({ nodes }: Forest): readonly string[] {
  const known = keys.get(nodes) ?? nodes.map(({ name }) => fold(name));
  keys.set(nodes, known);
  return known;
}

/**
 * The places of the bridges that a filter lets through. With words, names that have the marks of the query come first; else
 * those that lack most, where what they lack is asked for; else in tree order.
 */
export function filterPlaces(forest: Forest, filter: BridgeFilter): readonly number[] {
  const { lack, class: wanted } = filter;
  const query = tidy(filter.query);
  const top = filter.top === null ? undefined : forest.nodes[forest.placeOf.get(filter.top) ?? -1];
  const [from, to] = top === undefined ? [0, forest.nodes.length] : [top.place, top.end];
  const [first = ''] = fold(query).split(' ');
  const names = query === '' ? [] : searchKeys(forest);
  const exact: number[] = [];
  const others: number[] = [];
  for (let place = from; place < to; place++) {
    const node = forest.nodes[place];
    if (node === undefined) continue;
    if (wanted !== null && node.class !== wanted) continue;
    if (lack !== null && (lack === 'any' ? node.lacks.length === 0 : !node.lacks.includes(lack))) continue;
    if (query === '') others.push(place);
    else if (node.unit === query) exact.push(place);
    else if (names[place]?.includes(first) === true) {
      const quality = matchQuality(query, node.name);
      if (quality !== null) (quality === 'exact' ? exact : others).push(place);
    }
  }
  const found = [...exact, ...others];
  if (lack === null || query !== '') return found;
  const lacking = (place: number): number => forest.nodes[place]?.lacks.length ?? 0;
  return found.toSorted((a, b) => lacking(b) - lacking(a) || a - b);
}

/** The bridges above one, the nearest first. */
export function above(forest: Forest, node: BridgeNode): readonly BridgeNode[] {
  const path: BridgeNode[] = [];
  for (let up = forest.nodes[node.parent]; up !== undefined; up = forest.nodes[up.parent]) path.push(up);
  return path;
}

/** The lowest bridge at or above all of some places; undefined where they stand in several trees. */
export function commonTop(forest: Forest, places: readonly number[]): BridgeNode | undefined {
  const [first, ...others] = places;
  let top = first === undefined ? undefined : forest.nodes[first];
  let [low, high] = [first ?? 0, first ?? 0];
  for (const place of others) [low, high] = [Math.min(low, place), Math.max(high, place)];
  while (top !== undefined && !(top.place <= low && high < top.end)) top = forest.nodes[top.parent];
  return top;
}
