import type { BridgeTree } from '../bridges/bridge.ts';
import type { BridgeId, DeviceId, EventId, PersonId } from '../ids.ts';
import type { Instant } from '../time.ts';
import { FLAGS } from './event.ts';
import type { AttendanceEvent, Counts, Flag, RecordedEvent } from './event.ts';
import { CLOCK_OFF_BIT, KINDS, ONLINE_BIT, openLog, openPeople } from './log.ts';
import { OPENS } from './node.ts';
import type { NodeAttendance } from './node.ts';
import { clockIsOff, instantFrom, timeOf } from './order.ts';
import { personIn, placeOf, presenceOf } from './person.ts';
import type { Expected, Presence } from './presence.ts';
import { foldStay } from './stay.ts';
import type { OnFlag, Sighting, Stay } from './stay.ts';
import type { Standing } from './tally.ts';
import { codeOf, openTotals, STANDINGS, STATES } from './totals.ts';
import { trackUndos } from './undo.ts';

/** The scan that another one repeats or contradicts. */
export interface Clash {
  readonly event: EventId;
  readonly bridge: BridgeId;
  readonly device: DeviceId;
  readonly time: Instant;
}

/** Attendance of one session while it goes on: at every moment what `foldAttendance` says of the events so far. */
export interface AttendanceBook {
  /** Takes one event in; a repetition changes nothing. Returns the bridges whose figures moved. */
  add(recorded: RecordedEvent): readonly BridgeId[];
  addAll(recorded: Iterable<RecordedEvent>): readonly BridgeId[];
  /** Different events. */
  readonly size: number;
  /** Null for an id that is neither expected nor spoken of by any event that stands. */
  presence(person: PersonId): Presence | null;
  /** As what a person is known; null for an id that the book never heard of. */
  standing(person: PersonId): Standing | null;
  /** Everybody expected and everybody seen; a walk-in under the id of its event. */
  people(): Iterable<readonly [PersonId, Presence]>;
  /** Everybody expected at a bridge. */
  expectedAt(bridge: BridgeId): Iterable<readonly [PersonId, Presence]>;
  /** Everybody whose last arrival was at a bridge, expected there or not. Looks through all people of the book. */
  arrivedAt(bridge: BridgeId): Iterable<readonly [PersonId, Presence]>;
  /** Of whom an event speaks; an undo speaks of whom the event does that it undoes. Null where that is nobody, or unknown yet. */
  subject(event: EventId): PersonId | null;
  flags(event: EventId): readonly Flag[];
  /** The events that have flags. */
  flagged(): Iterable<readonly [EventId, readonly Flag[]]>;
  /** Of an event flagged `already-present` or `present-elsewhere`: the scan it clashes with. Null otherwise. */
  clash(event: EventId): Clash | null;
  /** Figures of a bridge, own and subtree. */
  node(bridge: BridgeId): NodeAttendance;
}

/** The counts that one counting point was set to, in the order in which they came in. */
interface Point {
  readonly bridge: number;
  readonly events: number[];
  stands: Counts | null;
}

/**
 * Opens the book of a session. An event costs a fold of its one person and a walk up two paths of the tree; memory
 * is some tens of bytes an event beside its id.
 *
 * @param listed people of the roster who have a seat nowhere
 */
export function openBook(
  tree: BridgeTree,
  expected: Iterable<Expected>,
  listed: Iterable<PersonId> = [],
): AttendanceBook {
  const totals = openTotals(tree);
  const log = openLog();
  const people = openPeople();
  const personIds: PersonId[] = [];
  const reasons = new Map<number, string>();
  const counts = new Map<number, Counts>();
  const points = new Map<string, Point>();
  const pointOf = new Map<number, Point>();
  const closes = new Map<number, number[]>();
  const undos = trackUndos({
    find: log.find,
    mayUndo: (by, target) => totals.covers(log.bridge(by), log.bridge(target)),
    turned(event, voided) {
      if (OPENS.has(log.kind(event))) totals.addActivity(log.bridge(event), voided ? -1 : 1);
      refresh(event);
    },
  });

  for (const seat of expected) {
    if (people.find(seat.person) !== undefined) throw new Error(`expected twice: ${seat.person}`);
    const bridge = totals.node(seat.bridge);
    totals.expect(bridge, seat.basis);
    const code = codeOf({ as: seat.basis, state: 'unmarked', online: false });
    people.place(enter(seat.person, seat.basis, bridge), code, -1);
    totals.addPlace(bridge, code, -1, 1);
  }
  for (const person of listed) if (people.find(person) === undefined) enter(person, 'listed', -1);
  totals.takeChanged();

  function enter(id: PersonId, as: Standing, seat: number): number {
    personIds.push(id);
    return people.add(id, STANDINGS.indexOf(as), seat);
  }

  function take(record: RecordedEvent): void {
    const { event, receivedAt } = record;
    const known = log.find(event.id);
    if (known !== undefined) {
      if (receivedAt >= log.received(known)) return;
      log.receiveEarlier(known, receivedAt, clockIsOff(record));
      if (event.kind === 'close') refreshClose(log.bridge(known));
      return;
    }
    const bridge = totals.node(event.bridge);
    const id = personIn(event);
    const who = id === null ? -1 : (people.find(id) ?? enter(id, 'unknown', -1));
    const at = log.add(event.id, event.device, whatOf(record), timeOf(event), receivedAt, bridge, who);
    if (who >= 0) people.setLatest(who, log.insert(at, people.latest(who)));
    if (event.kind === 'excuse') reasons.set(at, event.reason);
    if (event.kind === 'count') keepCount(at, event);
    if (event.kind === 'close') {
      const others = closes.get(bridge);
      if (others === undefined) closes.set(bridge, [at]);
      else others.push(at);
    }
    if (OPENS.has(event.kind)) totals.addActivity(bridge, 1);
    undos.arrived(at, event.id, event.kind === 'void' ? event.target : null);
    refresh(at);
  }

  function keepCount(at: number, event: Extract<AttendanceEvent, { kind: 'count' }>): void {
    const key = `${event.bridge}\n${event.point}`;
    const point = points.get(key) ?? { bridge: log.bridge(at), events: [], stands: null };
    points.set(key, point);
    point.events.push(at);
    pointOf.set(at, point);
    counts.set(at, event.counts);
  }

  /** Brings the figures up to date with an event that came in, was taken back or restored. */
  function refresh(event: number): void {
    if (log.person(event) >= 0) refreshPerson(log.person(event));
    else if (log.kind(event) === 'count') refreshPoint(pointOf.get(event)!);
    else if (log.kind(event) === 'close') refreshClose(log.bridge(event));
  }

  function refreshPerson(who: number): void {
    if (people.seat(who) < 0 && STANDINGS[people.as(who)] !== 'listed') {
      people.setAs(who, STANDINGS.indexOf(walkedIn(who) ? 'walk-in' : 'unknown'));
    }
    const stay = stayOf(who);
    const { state, online } = placeOf(stay, asOf(who), isClosed(people.seat(who)));
    place(who, state, stay.at ?? -1, online);
  }

  function place(who: number, state: (typeof STATES)[number], at: number, online: boolean): void {
    const code = codeOf({ as: asOf(who), state, online });
    if (people.code(who) === code && people.at(who) === at) return;
    const seat = people.seat(who);
    totals.addPlace(seat, people.code(who), people.at(who), -1);
    totals.addPlace(seat, code, at, 1);
    people.place(who, code, at);
  }

  function refreshPoint(point: Point): void {
    let stands = -1;
    for (const event of point.events) {
      if (!undos.isVoided(event) && (stands < 0 || log.compare(event, stands) > 0)) stands = event;
    }
    const next = counts.get(stands) ?? null;
    if (next === point.stands) return;
    if (point.stands !== null) totals.addCounts(point.bridge, point.stands, -1);
    if (next !== null) totals.addCounts(point.bridge, next, 1);
    point.stands = next;
  }

  function refreshClose(bridge: number): void {
    const wasClosed = isClosed(bridge);
    let receivedAt = Infinity;
    for (const event of closes.get(bridge) ?? []) {
      if (!undos.isVoided(event)) receivedAt = Math.min(receivedAt, log.received(event));
    }
    totals.setClosed(bridge, receivedAt);
    if (wasClosed !== isClosed(bridge)) for (const who of people.expectedAt(bridge)) refreshPerson(who);
  }

  function numberOf(id: BridgeId): number {
    const bridge = totals.find(id);
    if (bridge < 0) throw new Error(`no bridge ${id} in this book`);
    return bridge;
  }

  const isClosed = (bridge: number): boolean => bridge >= 0 && totals.closedAt(bridge) < Infinity;
  const asOf = (who: number): Standing => STANDINGS[people.as(who)]!;

  function walkedIn(who: number): boolean {
    return standing(who).some((event) => log.kind(event) === 'walk-in');
  }

  /** The events of a person that stand, in order. */
  function standing(who: number): number[] {
    const events: number[] = [];
    for (let event = people.latest(who); event >= 0; event = log.before(event)) {
      if (!undos.isVoided(event)) events.push(event);
    }
    return events.toReversed();
  }

  function stayOf(who: number, events = standing(who), onFlag?: OnFlag): Stay<number> {
    const seat = people.seat(who);
    return foldStay(events.map(sighting), seat < 0 ? null : seat, onFlag);
  }

  function sighting(event: number): Sighting<number> {
    const bridge = log.bridge(event);
    const time = instantFrom(log.time(event));
    switch (log.kind(event)) {
      case 'leave':
        return { kind: 'leave', bridge, time };
      case 'excuse':
        return { kind: 'excuse', bridge, time, reason: reasons.get(event) ?? '' };
      default:
        return { kind: 'arrive', bridge, time, mode: log.what(event) & ONLINE_BIT ? 'online' : 'in-person' };
    }
  }

  function presenceAt(who: number): Presence | null {
    const events = standing(who);
    if (events.length === 0 && people.seat(who) < 0) return null;
    const stay = stayOf(who, events);
    const { state } = placeOf(stay, asOf(who), isClosed(people.seat(who)));
    return presenceOf({ ...stay, at: stay.at === null ? null : totals.idOf(stay.at) }, state);
  }

  function* presences(whom: Iterable<number>): Iterable<readonly [PersonId, Presence]> {
    for (const who of whom) {
      const presence = presenceAt(who);
      if (presence !== null) yield [personIds[who]!, presence];
    }
  }

  /** Tells the flags of all events of a person. */
  function flagPerson(who: number, flag: (event: number, flag: Flag, other: number | null) => void): void {
    const events = standing(who);
    if (asOf(who) === 'listed' || asOf(who) === 'unknown') {
      for (const event of events) flag(event, 'not-on-list', null);
    }
    stayOf(who, events, (index, value, other) => {
      flag(events[index]!, value, other === null ? null : events[other]!);
    });
  }

  function withOwnFlags(event: number, flags: Set<Flag>): readonly Flag[] {
    const aim = undos.aimOf(event);
    const found = aim === undefined ? undefined : log.find(aim);
    if (found !== undefined && undos.targetOf(event) === undefined) flags.add('other-bridge');
    const closedAt = totals.closedAt(log.bridge(found ?? event));
    if (log.kind(event) !== 'close' && log.received(event) > closedAt) flags.add('late-upload');
    if (log.what(event) & CLOCK_OFF_BIT) flags.add('clock-off');
    return FLAGS.filter((flag) => flags.has(flag));
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
    presence(person) {
      const who = people.find(person);
      return who === undefined ? null : presenceAt(who);
    },
    standing(person) {
      const who = people.find(person);
      return who === undefined ? null : asOf(who);
    },
    people: () => presences(personIds.keys()),
    expectedAt: (bridge) => presences(people.expectedAt(numberOf(bridge))),
    arrivedAt: (bridge) => presences(people.arrivedAt(numberOf(bridge))),
    subject(id) {
      const seen = new Set<number>();
      let event = log.find(id);
      // Undos of undos may form a ring.
      while (event !== undefined && !seen.has(event)) {
        const who = log.person(event);
        if (who >= 0) return personIds[who]!;
        seen.add(event);
        const aim = undos.aimOf(event);
        event = aim === undefined ? undefined : log.find(aim);
      }
      return null;
    },
    flags(id) {
      const event = log.find(id);
      if (event === undefined) return [];
      const flags = new Set<Flag>();
      const who = log.person(event);
      if (who >= 0) flagPerson(who, (flagged, flag) => flagged === event && flags.add(flag));
      return withOwnFlags(event, flags);
    },
    *flagged() {
      const flags = new Map<number, Set<Flag>>();
      for (const who of personIds.keys()) {
        flagPerson(who, (event, flag) => flags.set(event, (flags.get(event) ?? new Set()).add(flag)));
      }
      for (let event = 0; event < log.size; event++) {
        const all = withOwnFlags(event, flags.get(event) ?? new Set());
        if (all.length > 0) yield [log.idOf(event), all] as const;
      }
    },
    clash(id) {
      const event = log.find(id);
      let found: number | null = null;
      if (event === undefined || log.person(event) < 0) return null;
      flagPerson(log.person(event), (flagged, _, other) => {
        if (flagged === event && other !== null) found ??= other;
      });
      return found === null ? null : clashAt(found);
    },
    node: (bridge) => totals.read(numberOf(bridge)),
  };

  function clashAt(event: number): Clash {
    return {
      event: log.idOf(event),
      bridge: totals.idOf(log.bridge(event)),
      device: log.device(event),
      time: instantFrom(log.time(event)),
    };
  }
}

function whatOf(record: RecordedEvent): number {
  const { event } = record;
  const online = 'mode' in event && event.mode === 'online' ? ONLINE_BIT : 0;
  return KINDS.indexOf(event.kind) | online | (clockIsOff(record) ? CLOCK_OFF_BIT : 0);
}
