import type { BridgeTree } from '../bridges/bridge.ts';
import type { BridgeId, EventId, PersonId } from '../ids.ts';
import { takesPart, type Taking } from '../schedule/session.ts';
import type { AttendanceEvent, Flag, RecordedEvent } from './event.ts';
import { FLAGS } from './event.ts';
import { closeNode, figuresOf, keepCount, newNode, OPENS } from './node.ts';
import type { Node, NodeAttendance } from './node.ts';
import { clockIsOff, compareMoments, timeOf } from './order.ts';
import { personIn, placeOf, presenceOf, sightingOf } from './person.ts';
import type { Expected, Presence } from './presence.ts';
import { foldStay } from './stay.ts';
import { figuresWhereCame, figureWhereExpected } from './tally.ts';
import type { Place, Standing } from './tally.ts';
import { mayUndo, voidedEvents } from './voids.ts';

/** What a fold starts from. The events are those of one session. */
export interface AttendanceInput {
  readonly bridges: BridgeTree;
  readonly expected: Iterable<Expected>;
  readonly events: Iterable<RecordedEvent>;
  /** People of the roster who have a seat nowhere: not on the list, but no riddle either when they come. */
  readonly listed?: Iterable<PersonId>;
  /** The bridges that take part; by default all. */
  readonly taking?: Taking;
}

export interface Attendance {
  /** Everybody expected and everybody seen; a walk-in under the id of its event. */
  readonly presence: ReadonlyMap<PersonId, Presence>;
  /** Of the events that have any, in the order of `FLAGS`. */
  readonly flags: ReadonlyMap<EventId, readonly Flag[]>;
  /** Own and subtree figures of every bridge. */
  readonly nodes: ReadonlyMap<BridgeId, NodeAttendance>;
  /** Different events; a replay is none. */
  readonly events: number;
}

interface Person {
  readonly seat: Expected | null;
  readonly events: AttendanceEvent[];
}

/**
 * Folds a set of events to presence, flags and tallies, all at once. Any order, any split and any repetition of the
 * events gives the same. A bridge that is not in the tree is taken as one right below the root: nothing is dropped.
 */
export function foldAttendance(input: AttendanceInput): Attendance {
  const records = unique(input.events);
  const events = new Map(Array.from(records, ([id, record]) => [id, record.event]));
  const pathOf = pathsOf(input.bridges);
  const voided = voidedEvents(events, pathOf);
  const listed = new Set(input.listed);
  const { taking = 'all' } = input;

  const nodes = new Map<BridgeId, Node>();
  const nodeOf = (id: BridgeId): Node => {
    const node = nodes.get(id) ?? newNode(takesPart(taking, id));
    nodes.set(id, node);
    return node;
  };
  for (const bridge of input.bridges.bridges) nodeOf(bridge.id);

  const people = new Map<PersonId, Person>();
  for (const seat of input.expected) {
    if (!takesPart(taking, seat.bridge)) {
      listed.add(seat.person);
      continue;
    }
    if (people.has(seat.person)) throw new Error(`expected twice: ${seat.person}`);
    people.set(seat.person, { seat, events: [] });
    nodeOf(seat.bridge).own[seat.basis]++;
    for (const id of pathOf(seat.bridge)) nodeOf(id).subtree[seat.basis]++;
  }

  for (const { event, receivedAt } of records.values()) {
    const node = nodeOf(event.bridge);
    if (voided.has(event.id)) continue;
    if (OPENS.has(event.kind)) node.active = true;
    if (event.kind === 'close') closeNode(node, receivedAt);
    if (event.kind === 'count') keepCount(node, event);
    const id = personIn(event);
    if (id === null) continue;
    const person = people.get(id) ?? { seat: null, events: [] };
    people.set(id, person);
    person.events.push(event);
  }

  const flags = new Map<EventId, Set<Flag>>();
  const flag = (id: EventId | undefined, value: Flag): void => {
    if (id !== undefined) flags.set(id, (flags.get(id) ?? new Set()).add(value));
  };
  const presence = new Map<PersonId, Presence>();
  for (const [id, { seat, events: unsorted }] of people) {
    const own = unsorted.toSorted((a, b) => compareMoments(timeOf(a), a.id, timeOf(b), b.id));
    const as = standingOf(seat, own, listed.has(id));
    if (as === 'listed' || as === 'unknown') for (const event of own) flag(event.id, 'not-on-list');
    const sightings = own.map(sightingOf).filter((sighting) => sighting !== null);
    const stay = foldStay(sightings, seat?.bridge ?? null, (index, value) => flag(own[index]?.id, value));
    const place = placeOf(stay, as, seat !== null && nodeOf(seat.bridge).closedAt < Infinity);
    presence.set(id, presenceOf(stay, place.state));
    count(seat?.bridge ?? null, place, stay.at, nodeOf, pathOf);
  }

  for (const record of records.values()) {
    const { event } = record;
    const target = event.kind === 'void' ? events.get(event.target) : undefined;
    if (target !== undefined && !mayUndo(event.bridge, pathOf(target.bridge))) flag(event.id, 'other-bridge');
    // An undo is late for the book that it changes, from wherever it is sent.
    const { closedAt, takesPart: isAsked } = nodeOf((target ?? event).bridge);
    if (!isAsked) flag(event.id, 'not-taking-part');
    if (event.kind !== 'close' && record.receivedAt > closedAt) flag(event.id, 'late-upload');
    if (clockIsOff(record)) flag(event.id, 'clock-off');
  }

  return {
    presence,
    flags: new Map(Array.from(flags, ([id, values]) => [id, FLAGS.filter((value) => values.has(value))])),
    nodes: figuresOf(nodes, pathOf),
    events: records.size,
  };
}

/** One record for each id; of a repetition the earliest receipt counts. */
function unique(recorded: Iterable<RecordedEvent>): ReadonlyMap<EventId, RecordedEvent> {
  const records = new Map<EventId, RecordedEvent>();
  for (const record of recorded) {
    const before = records.get(record.event.id);
    if (before === undefined || record.receivedAt < before.receivedAt) records.set(record.event.id, record);
  }
  return records;
}

/** From a bridge up to the root, by id. */
function pathsOf(tree: BridgeTree): (id: BridgeId) => readonly BridgeId[] {
  const paths = new Map<BridgeId, readonly BridgeId[]>();
  return (id) => {
    const known = paths.get(id);
    if (known !== undefined) return known;
    const path = tree.get(id) === undefined ? [id, tree.root.id] : tree.path(id).map((bridge) => bridge.id);
    paths.set(id, path);
    return path;
  };
}

function standingOf(seat: Expected | null, events: readonly AttendanceEvent[], listed: boolean): Standing {
  if (seat !== null) return seat.basis;
  if (listed) return 'listed';
  return events.some((event) => event.kind === 'walk-in') ? 'walk-in' : 'unknown';
}

/** Adds one person to the figures of where they came and of where they were expected, and of everything above. */
function count(
  seat: BridgeId | null,
  place: Place,
  at: BridgeId | null,
  nodeOf: (id: BridgeId) => Node,
  pathOf: (id: BridgeId) => readonly BridgeId[],
): void {
  const came = at === null ? [] : pathOf(at);
  if (at !== null) {
    for (const field of figuresWhereCame(place)) {
      nodeOf(at).own[field]++;
      for (const id of came) nodeOf(id).subtree[field]++;
    }
  }
  if (seat === null) return;
  const own = figureWhereExpected(place, at === seat);
  if (own !== null) nodeOf(seat).own[own]++;
  for (const id of pathOf(seat)) {
    const field = figureWhereExpected(place, came.includes(id));
    if (field !== null) nodeOf(id).subtree[field]++;
  }
}
