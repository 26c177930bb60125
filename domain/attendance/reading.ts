import type { BridgeId, DeviceId, EventId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Flag, Mode } from './event.ts';
import { FLAG_BITS, flagsIn } from './flags.ts';
import { CLOCK_OFF_BIT, ONLINE_BIT } from './log.ts';
import type { Log } from './log.ts';
import { instantFrom } from './order.ts';
import type { People } from './people.ts';
import { placeOf, presenceOf } from './person.ts';
import { placeAt } from './place.ts';
import type { Presence } from './presence.ts';
import { foldStay } from './stay.ts';
import type { OnFlag, Sighting, Stay } from './stay.ts';
import type { Standing } from './tally.ts';
import type { Totals } from './totals.ts';
import type { Undos } from './undo.ts';

/** The scan that another one repeats or contradicts. */
export interface Clash {
  readonly event: EventId;
  readonly bridge: BridgeId;
  readonly device: DeviceId;
  readonly time: Instant;
}

/** One arrival of a person. */
export interface Arrival extends Clash {
  readonly mode: Mode;
}

/** What the book says of one event, and of its person after all events so far. */
export interface EventFacts {
  readonly flags: readonly Flag[];
  /** Of an event flagged `already-present` or `present-elsewhere`: the scan it clashes with. */
  readonly clash: Clash | null;
  /** Null for an event that speaks of nobody, and for somebody without a seat of whom no event that stands speaks. */
  readonly presence: Presence | null;
  /** Where the person is expected; null for an event that speaks of nobody, and for those without a seat. */
  readonly seat: BridgeId | null;
}

interface Books {
  readonly log: Log;
  readonly people: People;
  readonly undos: Undos;
  readonly totals: Totals;
  /** Why somebody was excused, by event. */
  readonly reasons: ReadonlyMap<number, string>;
}

/**
 * What a book says of one person and of one event, read from the person's events when somebody asks. Nearly everybody has
 * one event, their arrival, and is answered without a fold. Events, people and bridges go by number.
 */
export function openReading({ log, people, undos, totals, reasons }: Books) {
  const asOf = (who: number): Standing => placeAt(people.code(who)).as;

  function isClosed(bridge: number): boolean {
    return bridge >= 0 && totals.closedAt(bridge) < Infinity;
  }

  /** Whether an event is the only one of its person. */
  function isAlone(event: number, who: number): boolean {
    return log.before(event) < 0 && people.latest(who) === event;
  }

  /** The events of a person that stand, in order. */
  function standing(who: number): number[] {
    const events: number[] = [];
    for (let event = people.latest(who); event >= 0; event = log.before(event)) {
      if (!undos.isVoided(event)) events.push(event);
    }
    return events.toReversed();
  }

  function stayOf(who: number, events: readonly number[], onFlag?: OnFlag): Stay<number> {
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

  /** Null for somebody without a seat of whom no event that stands speaks. */
  function presence(who: number): Presence | null {
    const latest = people.latest(who);
    if (latest >= 0 && isAlone(latest, who) && !undos.isVoided(latest)) {
      const told = sighting(latest);
      if (told.kind === 'arrive') {
        return { state: 'present', at: totals.idOf(told.bridge), since: told.time, mode: told.mode };
      }
    }
    const events = standing(who);
    return presenceFrom(who, events, stayOf(who, events));
  }

  function presenceFrom(who: number, events: readonly number[], stay: Stay<number>): Presence | null {
    if (events.length === 0 && people.seat(who) < 0) return null;
    const { state } = placeOf(stay, asOf(who), isClosed(people.seat(who)));
    return presenceOf({ ...stay, at: stay.at === null ? null : totals.idOf(stay.at) }, state);
  }

  /** Folds a person once more, for the flags that the events have for what the others say, as bits. */
  function flagPerson(
    who: number,
    events: readonly number[],
    flag: (event: number, flags: number, other: number) => void,
  ): Stay<number> {
    if (isOnNoList(who)) for (const event of events) flag(event, FLAG_BITS['not-on-list'], -1);
    return stayOf(who, events, (index, value, other) => {
      flag(events[index]!, FLAG_BITS[value], other === null ? -1 : events[other]!);
    });
  }

  function isOnNoList(who: number): boolean {
    const as = asOf(who);
    return as === 'listed' || as === 'unknown';
  }

  /** What `flagPerson` would tell of the only event of a person. */
  function flagsAlone(event: number, who: number): number {
    if (undos.isVoided(event)) return 0;
    const seat = people.seat(who);
    const notHere = log.kind(event) === 'leave';
    const notOnList = isOnNoList(who) ? FLAG_BITS['not-on-list'] : 0;
    if (notHere) return notOnList | FLAG_BITS['not-here'];
    return notOnList | (seat >= 0 && seat !== log.bridge(event) ? FLAG_BITS['other-bridge'] : 0);
  }

  function isLate(event: number): boolean {
    const aim = undos.aimOf(event);
    // An undo is late for the book that it changes, from wherever it is sent.
    const closedAt = totals.closedAt(log.bridge(aim < 0 ? event : aim));
    return log.received(event) > closedAt && log.kind(event) !== 'close';
  }

  /** Flags that an event has whatever else happened to its person. */
  function ownFlags(event: number): number {
    const aim = undos.aimOf(event);
    let flags = aim >= 0 && !undos.reaches(event) ? FLAG_BITS['other-bridge'] : 0;
    if (!totals.takes(log.bridge(aim < 0 ? event : aim))) flags |= FLAG_BITS['not-taking-part'];
    if (isLate(event)) flags |= FLAG_BITS['late-upload'];
    if (log.what(event) & CLOCK_OFF_BIT) flags |= FLAG_BITS['clock-off'];
    return flags;
  }

  function scan(event: number): Clash {
    return {
      event: log.idOf(event),
      bridge: totals.idOf(log.bridge(event)),
      device: log.device(event),
      time: instantFrom(log.time(event)),
    };
  }

  function seatOf(who: number): BridgeId | null {
    const seat = people.seat(who);
    return seat < 0 ? null : totals.idOf(seat);
  }

  /** All flags of an event that is the only one of its person or speaks of nobody, as bits. */
  function flagsOf(event: number, who: number): number {
    return ownFlags(event) | (who < 0 ? 0 : flagsAlone(event, who));
  }

  function facts(event: number): EventFacts {
    const who = log.person(event);
    if (who < 0) return { flags: flagsIn(ownFlags(event)), clash: null, presence: null, seat: null };
    const seat = seatOf(who);
    if (isAlone(event, who)) {
      return { flags: flagsIn(flagsOf(event, who)), clash: null, presence: presence(who), seat };
    }
    let flags = ownFlags(event);
    let clash = -1;
    const events = standing(who);
    const stay = flagPerson(who, events, (flagged, more, other) => {
      if (flagged !== event) return;
      flags |= more;
      if (clash < 0) clash = other;
    });
    return {
      flags: flagsIn(flags),
      clash: clash < 0 ? null : scan(clash),
      presence: presenceFrom(who, events, stay),
      seat,
    };
  }

  return {
    asOf,
    isClosed,
    standing,
    stayOf,
    presence,
    seatOf,
    facts,
    isLate,
    flags(event: number): readonly Flag[] {
      const who = log.person(event);
      const asks = who >= 0 && !isAlone(event, who);
      return asks ? facts(event).flags : flagsIn(flagsOf(event, who));
    },
    /** Flags of all events, as bits. */
    allFlags(): Uint8Array {
      const flags = Uint8Array.from({ length: log.size }, (_, event) => ownFlags(event));
      for (let who = 0; who < people.size; who++) {
        const latest = people.latest(who);
        if (latest < 0) continue;
        if (isAlone(latest, who)) flags[latest]! |= flagsAlone(latest, who);
        else flagPerson(who, standing(who), (event, more) => (flags[event]! |= more));
      }
      return flags;
    },
    clash(event: number): Clash | null {
      const who = log.person(event);
      return who < 0 || isAlone(event, who) ? null : facts(event).clash;
    },
    /** The arrivals of a person that stand, first come first. */
    arrivals(who: number): Arrival[] {
      return standing(who)
        .filter((event) => log.kind(event) === 'arrive')
        .map((event) => {
          const mode = log.what(event) & ONLINE_BIT ? 'online' : 'in-person';
          return { ...scan(event), mode };
        });
    },
    /** Of whom an event speaks, or the event that it undoes; -1 where that is nobody. */
    subject(first: number): number {
      const seen = new Set<number>();
      // Undos of undos may form a ring.
      for (let event = first; event >= 0 && !seen.has(event); event = undos.aimOf(event)) {
        if (log.person(event) >= 0) return log.person(event);
        seen.add(event);
      }
      return -1;
    },
  };
}
