import type { BridgeTree } from '../bridges/bridge.ts';
import type { BridgeId, EventId, PersonId } from '../ids.ts';
import { takesPart, type Taking } from '../schedule/session.ts';
import type { AttendanceEvent, Flag, RecordedEvent } from './event.ts';
import { flagsIn } from './flags.ts';
import { CLOCK_OFF_BIT, KINDS, ONLINE_BIT, openLog } from './log.ts';
import { OPENS } from './node.ts';
import type { NodeAttendance } from './node.ts';
import { clockIsOff, timeOf } from './order.ts';
import { openPeople } from './people.ts';
import { personIn, placeOf } from './person.ts';
import { codeOf, placeAt } from './place.ts';
import { openPoints } from './points.ts';
import type { Expected, Presence } from './presence.ts';
import { openReading } from './reading.ts';
import type { Arrival, Clash, EventFacts } from './reading.ts';
import type { Standing } from './tally.ts';
import { openTotals } from './totals.ts';
import { trackUndos } from './undo.ts';

export type { Arrival, Clash, EventFacts } from './reading.ts';

/** Attendance of one session while it goes on: at every moment what `foldAttendance` says of the events so far. */
export interface AttendanceBook {
  /** Takes one event in; a repetition changes nothing. Returns the bridges whose figures moved. */
  add(recorded: RecordedEvent): readonly BridgeId[];
  /** The same for many; a bridge that moved is told once. */
  addAll(recorded: Iterable<RecordedEvent>): readonly BridgeId[];
  /** Different events. */
  readonly size: number;
  /** Whether an event has been taken in. */
  knows(event: EventId): boolean;
  /** Null for an id that is neither expected nor spoken of by any event that stands. */
  presence(person: PersonId): Presence | null;
  /** As what a person is known; null for an id that the book never heard of. */
  standing(person: PersonId): Standing | null;
  /** Where a person is expected; null for those who have a seat nowhere. */
  seat(person: PersonId): BridgeId | null;
  /** Everybody expected and everybody seen; a walk-in under the id of its event. */
  people(): Iterable<readonly [PersonId, Presence]>;
  /** How many are expected at a bridge; nobody at one that the tree does not have. */
  expectedCount(bridge: BridgeId): number;
  /** Who is expected at a bridge, in the order of the roster, from one place of that order up to another. */
  expectedAt(bridge: BridgeId, from?: number, to?: number): PersonId[];
  /** Of whom an event speaks; an undo speaks of whom the event does that it undoes. Null where that is nobody, or unknown yet. */
  subject(event: EventId): PersonId | null;
  /** In the order of `FLAGS`; where there are none, one empty list that all share. */
  flags(event: EventId): readonly Flag[];
  /** Whether an event came after its bridge, or that of what it undoes, had closed: the flag `late-upload` alone, without a fold. */
  isLate(event: EventId): boolean;
  /** The events that have flags. */
  flagged(): Iterable<readonly [EventId, readonly Flag[]]>;
  /** Of an event flagged `already-present` or `present-elsewhere`: the scan it clashes with. Null otherwise. */
  clash(event: EventId): Clash | null;
  /** The arrivals of a person that stand, wherever they were, first come first. */
  arrivals(person: PersonId): readonly Arrival[];
  /** All that an answer at the door rests on, read at once; null for an event that has not been taken in. */
  facts(event: EventId): EventFacts | null;
  /** Figures of a bridge, own and subtree. */
  node(bridge: BridgeId): NodeAttendance;
}

const UNKNOWN = codeOf('unknown', 'unmarked', false);
const LISTED = codeOf('listed', 'unmarked', false);
const SEATED = {
  summoned: codeOf('summoned', 'unmarked', false),
  invited: codeOf('invited', 'unmarked', false),
} as const;

/** Room for walk-ins and ids that nobody knows, and for who is recorded twice: a morning is not to wait while rows are moved. */
const PEOPLE_PER_NAME = 1.125;
const EVENTS_PER_PERSON = 1.25;

/**
 * Opens the book of a session. An arrival costs one or two microseconds: ids are looked up, a row is written, and figures go
 * up one path of the tree. Only what comes out of order, and undos, fold the events of their one person again.
 *
 * @param roster everybody in the lists, in official order, with a seat or without; those expected may be left out, and
 *   come after the others then
 * @param taking the bridges that take part: nobody is expected at any other, nor is it waited for
 */
export function openBook(
  tree: BridgeTree,
  expected: Iterable<Expected>,
  roster: Iterable<PersonId> = [],
  taking: Taking = 'all',
): AttendanceBook {
  const totals = openTotals(tree, taking);
  const people = openPeople(Array.isArray(roster) ? Math.ceil(roster.length * PEOPLE_PER_NAME) : 0);
  for (const person of roster) people.enter(person, LISTED);
  for (const { person, bridge, basis } of expected) {
    if (!takesPart(taking, bridge)) {
      people.enter(person, LISTED);
      continue;
    }
    const who = people.enter(person, SEATED[basis]);
    if (people.seat(who) >= 0) throw new Error(`expected twice: ${person}`);
    const seat = totals.node(bridge);
    people.sit(who, seat, SEATED[basis]);
    totals.expect(seat, SEATED[basis]);
  }
  people.settle(totals.size);
  totals.settle();

  const log = openLog(Math.ceil(people.size * EVENTS_PER_PERSON));
  const reasons = new Map<number, string>();
  const closes = new Map<number, number[]>();
  const undos = trackUndos({
    find: log.find,
    mayUndo: (by, target) => totals.covers(log.bridge(by), log.bridge(target)),
    turned(event, voided) {
      if (OPENS.has(log.kind(event))) totals.addActivity(log.bridge(event), voided ? -1 : 1);
      if (log.person(event) >= 0) refreshPerson(log.person(event));
      else if (log.kind(event) === 'count') points.refresh(event);
      else if (log.kind(event) === 'close') refreshClose(log.bridge(event));
    },
  });
  const points = openPoints({
    isVoided: undos.isVoided,
    compare: log.compare,
    addCounts: totals.addCounts,
  });
  const reading = openReading({ log, people, undos, totals, reasons });

  function take(record: RecordedEvent): void {
    const { event, receivedAt } = record;
    const time = timeOf(event);
    const what = whatOf(record);
    const known = log.size;
    const at = log.number(event.id);
    if (at < known) {
      repeat(at, record);
      return;
    }
    const bridge = totals.node(event.bridge);
    const id = personIn(event);
    const who = id === null ? -1 : people.enter(id, UNKNOWN);
    log.write(at, event.device, what, time, receivedAt, bridge, who);
    if (OPENS.has(event.kind)) totals.addActivity(bridge, 1);
    if (who >= 0) takePerson(at, who, event);
    else if (event.kind === 'count') {
      points.keep(at, bridge, event.point, event.counts);
      points.refresh(at);
    } else if (event.kind === 'close') {
      const others = closes.get(bridge);
      if (others === undefined) closes.set(bridge, [at]);
      else others.push(at);
      refreshClose(bridge);
    }
    undos.arrived(at, event.id, event.kind === 'void' ? event.target : null);
  }

  /** An event that is known already: of several receipts the earliest counts. */
  function repeat(at: number, record: RecordedEvent): void {
    if (record.receivedAt >= log.received(at)) return;
    log.receiveEarlier(at, record.receivedAt, clockIsOff(record));
    if (record.event.kind === 'close') refreshClose(log.bridge(at));
  }

  function takePerson(at: number, who: number, event: AttendanceEvent): void {
    const latest = log.insert(at, people.latest(who));
    people.setLatest(who, latest);
    if (event.kind === 'excuse') reasons.set(at, event.reason);
    if (latest === at) advance(who, at, event);
    else refreshPerson(who);
  }

  /** What an event makes of its person's place where it comes last in their order: the same as folding all of them again. */
  function advance(who: number, at: number, event: AttendanceEvent): void {
    const before = placeAt(people.code(who));
    const where = people.at(who);
    switch (event.kind) {
      case 'arrive':
        place(who, codeOf(before.as, 'in-room', event.mode === 'online'), log.bridge(at));
        break;
      case 'walk-in': {
        const as = before.as === 'unknown' ? 'walk-in' : before.as;
        place(who, codeOf(as, 'in-room', event.mode === 'online'), log.bridge(at));
        break;
      }
      case 'leave':
        if (before.state === 'in-room' && where === log.bridge(at)) {
          place(who, codeOf(before.as, 'left', before.online), where);
        }
        break;
      default:
        // An excuse changes nothing for whoever came.
        if (where < 0) refreshPerson(who);
    }
  }

  function refreshPerson(who: number): void {
    const events = reading.standing(who);
    const stay = reading.stayOf(who, events);
    const as = standingOf(who, events);
    const { state, online } = placeOf(stay, as, reading.isClosed(people.seat(who)));
    place(who, codeOf(as, state, online), stay.at ?? -1);
  }

  function standingOf(who: number, events: readonly number[]): Standing {
    const as = reading.asOf(who);
    if (people.seat(who) >= 0 || as === 'listed') return as;
    return events.some((event) => log.kind(event) === 'walk-in') ? 'walk-in' : 'unknown';
  }

  function place(who: number, code: number, at: number): void {
    const codeBefore = people.code(who);
    const atBefore = people.at(who);
    if (codeBefore === code && atBefore === at) return;
    const seat = people.seat(who);
    if (atBefore < 0 && at === seat) totals.arrive(seat, codeBefore, code);
    else {
      totals.addPlace(seat, codeBefore, atBefore, -1);
      totals.addPlace(seat, code, at, 1);
    }
    people.place(who, code, at);
  }

  function refreshClose(bridge: number): void {
    const wasClosed = reading.isClosed(bridge);
    let receivedAt = Infinity;
    for (const event of closes.get(bridge) ?? []) {
      if (!undos.isVoided(event)) receivedAt = Math.min(receivedAt, log.received(event));
    }
    totals.setClosed(bridge, receivedAt);
    if (wasClosed === reading.isClosed(bridge)) return;
    // Whoever came is where they are, closed or not.
    for (const who of people.expectedAt(bridge)) if (people.at(who) < 0) refreshPerson(who);
  }

  function numberOf(id: BridgeId): number {
    const bridge = totals.find(id);
    if (bridge < 0) throw new Error(`no bridge ${id} in this book`);
    return bridge;
  }

  return {
    add(recorded) {
      take(recorded);
      return totals.takeChanged();
    },
    addAll(recorded) {
      for (const record of recorded) take(record);
      return totals.takeChanged();
    },
    get size() {
      return log.size;
    },
    knows: (event) => log.find(event) >= 0,
    presence(person) {
      const who = people.find(person);
      return who < 0 ? null : reading.presence(who);
    },
    standing(person) {
      const who = people.find(person);
      return who < 0 ? null : reading.asOf(who);
    },
    seat(person) {
      const who = people.find(person);
      return who < 0 ? null : reading.seatOf(who);
    },
    *people() {
      for (let who = 0; who < people.size; who++) {
        const presence = reading.presence(who);
        if (presence !== null) yield [people.idOf(who), presence] as const;
      }
    },
    expectedCount: (bridge) => people.expectedAt(totals.find(bridge)).length,
    expectedAt: (bridge, from, to) =>
      Array.from(people.expectedAt(totals.find(bridge)).subarray(from, to), people.idOf),
    subject(id) {
      const who = reading.subject(log.find(id));
      return who < 0 ? null : people.idOf(who);
    },
    flags(id) {
      const event = log.find(id);
      return event < 0 ? flagsIn(0) : reading.flags(event);
    },
    isLate(id) {
      const event = log.find(id);
      return event >= 0 && reading.isLate(event);
    },
    *flagged() {
      for (const [event, flags] of reading.allFlags().entries()) {
        if (flags !== 0) yield [log.idOf(event), flagsIn(flags)] as const;
      }
    },
    clash(id) {
      const event = log.find(id);
      return event < 0 ? null : reading.clash(event);
    },
    arrivals(person) {
      const who = people.find(person);
      return who < 0 ? [] : reading.arrivals(who);
    },
    facts(id) {
      const event = log.find(id);
      return event < 0 ? null : reading.facts(event);
    },
    node: (bridge) => totals.read(numberOf(bridge)),
  };
}

function whatOf(record: RecordedEvent): number {
  const { event } = record;
  const online = 'mode' in event && event.mode === 'online' ? ONLINE_BIT : 0;
  return KINDS.indexOf(event.kind) | online | (clockIsOff(record) ? CLOCK_OFF_BIT : 0);
}
