import type { BridgeNode, Forest } from '../bridges/forest.ts';
import type { BridgeClass } from '../bridges/bridge.ts';
import type { BridgeId } from '../ids.ts';
import { tidy } from '../text/normalize.ts';
import { fold, matchQuality } from '../text/search.ts';
import { civilDateOf, type Instant } from '../time.ts';
import type { DueTable } from '../wire/headcount.ts';
import type { Remindable } from './reminders.ts';
/** How a report stands, as a page shows it: chưa gửi, đã gửi, trả lại, đã nhận. Every bridge is in exactly one of them. */

export type ReportState = 'unsent' | 'returned' | 'submitted' | 'accepted';

/** One bridge with its report, as a page knows it. Places count in tree order from 0. */
export interface DueNode extends Remindable {
  readonly place: number;
  readonly id: BridgeId;
  readonly name: string;
  readonly class: BridgeClass;
  /** Place of the bridge above, -1 at the top of the list. */
  readonly parent: number;
  /** The place after the last bridge below it. */
  readonly end: number;
  readonly standing: ReportState;
  /** The submission that the level above decides on; 0 where there is none of its own. */
  readonly revision: number;
  readonly dueBefore: Instant | null;
  readonly sentAt: Instant | null;
  /** By how long what was received was late; null while nothing is, and it grows by itself. */
  readonly lateBy: number | null;
  /** Null is a gap, not a zero. */
  readonly total: number | null;
  /** People placed there. */
  readonly expected: number;
  readonly reminded: number;
  /** Whether the last reminder was seen. */
  readonly seen: boolean;
}

/** Sums over a bridge and everything below it, each beside how many have reported and how old it is. */
export interface DueSums {
  bridges: number;
  /** Sent or accepted: what was returned waits for its unit. */
  reported: number;
  returned: number;
  people: number;
  /** When the last of the reports in it was sent. */
  latest: Instant | null;
}

export interface DueList {
  readonly nodes: readonly DueNode[];
  readonly placeOf: ReadonlyMap<BridgeId, number>;
  /** At each place, of the bridge there and everything below. */
  readonly sums: readonly DueSums[];
}

/** Puts the table of reports and the bridges together. Of bridges that are not known yet nothing is said. */
export function dueListOf(table: DueTable, forest: Forest): DueList {
  const known: { readonly node: BridgeNode; readonly row: number }[] = [];
  for (const [row, id] of table.ids.entries()) {
    const node = forest.nodes[forest.placeOf.get(id) ?? -1];
    if (node !== undefined) known.push({ node, row });
  }
  const placeOf = new Map(known.map(({ node }, place) => [node.id, place]));
  const parents = known.map(({ node }) => {
    const above = forest.nodes[node.parent];
    return above === undefined ? -1 : (placeOf.get(above.id) ?? -1);
  });
  const ends = endsOf(parents);
  const nodes = known.map(({ node, row }, place): DueNode => {
    const state = table.states[row] ?? null;
    const late = table.lateBy[row] ?? -1;
    return {
      place,
      id: node.id,
      name: node.name,
      class: node.class,
      parent: parents[place] ?? -1,
      end: ends[place] ?? place + 1,
      state,
      standing: state === null || state === 'draft' ? 'unsent' : state,
      revision: table.revisions[row] ?? 0,
      dueBefore: table.deadlines[table.deadlineOf[row] ?? -1] ?? null,
      sentAt: table.sentAt[row] ?? null,
      lateBy: late < 0 ? null : late,
      total: table.totals[row] ?? null,
      expected: node.expected,
      opened: table.opened[row] === 1,
      reminded: table.reminded[row] ?? 0,
      remindedAt: table.remindedAt[row] ?? null,
      seen: table.seen[row] === 1,
    };
  });
  return { nodes, placeOf, sums: sumsOf(nodes) };
}

function endsOf(parents: readonly number[]): readonly number[] {
  const ends = parents.map((_, place) => place + 1);
  for (let place = parents.length - 1; place >= 0; place--) {
    const parent = parents[place] ?? -1;
    if (parent >= 0) ends[parent] = Math.max(ends[parent] ?? 0, ends[place] ?? 0);
  }
  return ends;
}

function ownSums({ standing, total, sentAt }: DueNode): DueSums {
  return {
    bridges: 1,
    reported: standing === 'submitted' || standing === 'accepted' ? 1 : 0,
    returned: standing === 'returned' ? 1 : 0,
    people: total ?? 0,
    latest: sentAt,
  };
}

function add(to: DueSums, from: DueSums): void {
  to.bridges += from.bridges;
  to.reported += from.reported;
  to.returned += from.returned;
  to.people += from.people;
  if (to.latest === null || (from.latest !== null && from.latest > to.latest)) to.latest = from.latest;
}

function sumsOf(nodes: readonly DueNode[]): readonly DueSums[] {
  const sums = nodes.map(ownSums);
  for (const { place, parent } of nodes.toReversed()) {
    const [above, own] = [sums[parent], sums[place]];
    if (above !== undefined && own !== undefined) add(above, own);
  }
  return sums;
}

/** Sums by class of bridge over a subtree, in the order in which the classes first come in it. */
export function sumsByClass(list: DueList, top: DueNode): ReadonlyMap<BridgeClass, DueSums> {
  const found = new Map<BridgeClass, DueSums>();
  for (const node of list.nodes.slice(top.place, top.end)) {
    const known = found.get(node.class);
    if (known === undefined) found.set(node.class, ownSums(node));
    else add(known, ownSums(node));
  }
  return found;
}

/** The bridges right below one. */
export function childrenOf({ nodes }: DueList, top: DueNode): readonly DueNode[] {
  const children: DueNode[] = [];
  for (let at = top.place + 1; at < top.end;) {
    const child = nodes[at];
    if (child === undefined) break;
    children.push(child);
    at = child.end;
  }
  return children;
}

/** The bridges from the top of the list down to one, with itself. */
export function wayTo({ nodes }: DueList, node: DueNode): readonly DueNode[] {
  const way: DueNode[] = [];
  for (let up: DueNode | undefined = node; up !== undefined; up = nodes[up.parent]) way.unshift(up);
  return way;
}

/** By how long a report is late at a moment, in milliseconds; 0 while it is not. */
export function lateness({ lateBy, dueBefore }: DueNode, now: Instant): number {
  if (lateBy !== null) return lateBy;
  // At the very instant of the deadline it is late already, and the mark says so.
  return dueBefore === null || now < dueBefore ? 0 : Math.max(1, now - dueBefore);
}

/**
 * By when those right below a bridge report: the last of their deadlines; where none of them is bound, the last of those further
 * down. Null where nothing binds anybody below.
 */
export function collectingDeadline(list: DueList, top: DueNode): Instant | null {
  return lastDeadline(childrenOf(list, top)) ?? lastDeadline(list.nodes.slice(top.place + 1, top.end));
}

function lastDeadline(nodes: readonly DueNode[]): Instant | null {
  let last: Instant | null = null;
  for (const { dueBefore } of nodes)
    if (dueBefore !== null && (last === null || dueBefore > last)) last = dueBefore;
  return last;
}

/** How many bridges there are in each state; the states add up to `all`, and `late` is a mark beside any of them. */
export type Tallies = Readonly<Record<ReportState | 'all' | 'late', number>>;

export function talliesOf({ nodes }: DueList, top: DueNode, now: Instant): Tallies {
  const tallies = { all: 0, unsent: 0, returned: 0, submitted: 0, accepted: 0, late: 0 };
  for (let place = top.place; place < top.end; place++) {
    const node = nodes[place];
    if (node === undefined) break;
    tallies.all += 1;
    tallies[node.standing] += 1;
    if (lateness(node, now) > 0) tallies.late += 1;
  }
  return tallies;
}

export interface DueFilter {
  readonly state: ReportState | 'late' | null;
  /** Words of a name, with or without marks. */
  readonly query: string;
}

const keys = new WeakMap<readonly DueNode[], readonly string[]>();

/** Names as they are searched: a nation's are folded once, the next search finds them. */
function searchKeys({ nodes }: DueList): readonly string[] {
  const known = keys.get(nodes) ?? nodes.map(({ name }) => fold(name));
  keys.set(nodes, known);
  return known;
}

/**
 * The places at or below a bridge that a filter lets through, worst first: what is overdue longest, and of those the one below
 * which most are missing; then what was returned, what is not due yet, what waits for the level above (longest first), what is done.
 */
export function duePlaces(list: DueList, top: DueNode, filter: DueFilter, now: Instant): readonly number[] {
  const query = tidy(filter.query);
  const [first = ''] = fold(query).split(' ');
  const names = query === '' ? [] : searchKeys(list);
  const found: DueNode[] = [];
  for (let place = top.place; place < top.end; place++) {
    const node = list.nodes[place];
    if (node === undefined) break;
    if (
      filter.state === 'late'
        ? lateness(node, now) === 0
        : filter.state !== null && node.standing !== filter.state
    )
      continue;
    if (query !== '' && !(names[place]?.includes(first) === true && matchQuality(query, node.name) !== null))
      continue;
    found.push(node);
  }
  return found.toSorted((a, b) => worstFirst(list, a, b, now)).map(({ place }) => place);
}

function worstFirst(list: DueList, a: DueNode, b: DueNode, now: Instant): number {
  const [inA, inB] = [groupOf(a, now), groupOf(b, now)];
  if (inA !== inB) return inA - inB;
  if (inA === DECIDABLE) return (a.sentAt ?? 0) - (b.sentAt ?? 0) || a.place - b.place;
  if (inA === DONE) return a.place - b.place;
  const dues = (a.dueBefore ?? Infinity) - (b.dueBefore ?? Infinity);
  return (Number.isNaN(dues) ? 0 : dues) || missingIn(list, b) - missingIn(list, a) || a.place - b.place;
}

/** The groups of the list, worst first. */
const OVERDUE = 0;
const RETURNED = 1;
const OPEN = 2;
const DECIDABLE = 3;
const DONE = 4;

function groupOf({ standing, lateBy, dueBefore }: DueNode, now: Instant): number {
  if (standing === 'submitted') return DECIDABLE;
  if (standing === 'accepted') return DONE;
  if (lateBy === null && dueBefore !== null && now >= dueBefore) return OVERDUE;
  return standing === 'returned' ? RETURNED : OPEN;
}

/** How many at and below a bridge have not answered. */
export function missingIn({ sums }: DueList, { place }: DueNode): number {
  const sum = sums[place];
  return sum === undefined ? 0 : sum.bridges - sum.reported;
}

/** Whether two moments are of one day in the conference's zone. */
export function isSameDay(a: Instant, b: Instant): boolean {
  return civilDateOf(a) === civilDateOf(b);
}
