import type { AttendanceBook } from '../attendance/book.ts';
import type { Expected } from '../attendance/presence.ts';
import type { BridgeTree } from '../bridges/bridge.ts';
import type { BridgeId, PersonId } from '../ids.ts';

/** Attendance of one session, as far as a conference asks of it. */
export type SessionPresence = Pick<AttendanceBook, 'presence' | 'standing' | 'people' | 'seat'>;

/**
 * Figures of a whole conference over a subtree. Every one of them says over which sessions: `AtAny` is present at one
 * session or more (dự ít nhất một buổi), `AtAll` at every one (dự đủ các buổi) that the person's bridge takes part in.
 */
export interface ConferenceFigures {
  /** Those in which any bridge of the subtree takes part. */
  readonly sessions: number;
  /** To one session or more. */
  readonly summoned: number;
  /** Of the summoned, present inside the subtree. */
  readonly presentAtAny: number;
  readonly presentAtAll: number;
  /** Of the summoned, at no session anywhere: with `AtAny` and those who came only elsewhere they add up to `summoned`. */
  readonly presentAtNone: number;
  readonly presentElsewhere: number;
  /** Everybody with a name who came inside the subtree, guests and walk-ins included. */
  readonly attendedAny: number;
  readonly attendedAll: number;
}

type Mutable = { -readonly [Key in keyof ConferenceFigures]: ConferenceFigures[Key] };

/** The bridges where a person was, one for each session that they attended. */
export function attendedAt(person: PersonId, sessions: readonly SessionPresence[]): readonly BridgeId[] {
  return sessions.flatMap((session) => {
    const presence = session.presence(person);
    return presence !== null && 'at' in presence ? [presence.at] : [];
  });
}

/**
 * Figures over all sessions of a conference, for every bridge with everything below it; each person counts once.
 *
 * @param sessionsAt in how many of the sessions any bridge of a subtree takes part; by default in all
 */
export function conferenceFigures(
  tree: BridgeTree,
  expected: Iterable<Expected>,
  sessions: readonly SessionPresence[],
  sessionsAt: (bridge: BridgeId) => number = () => sessions.length,
): ReadonlyMap<BridgeId, ConferenceFigures> {
  const figures = new Map<BridgeId, Mutable>(
    tree.bridges.map((bridge) => [bridge.id, none(sessionsAt(bridge.id))]),
  );
  const pathOf = (id: BridgeId): readonly BridgeId[] => {
    const path = tree.path(id).map((bridge) => bridge.id);
    return path.length > 0 ? path : [tree.root.id];
  };

  for (const { person, bridge, basis } of expected) {
    if (basis !== 'summoned') continue;
    const asked = sessions.filter((session) => session.seat(person) !== null);
    if (asked.length === 0) continue;
    const visits = visitsTo(attendedAt(person, sessions), pathOf);
    const kept = asked.length === sessions.length ? visits : visitsTo(attendedAt(person, asked), pathOf);
    for (const id of pathOf(bridge)) {
      const sums = figures.get(id);
      if (sums === undefined) continue;
      const inside = visits.times.get(id) ?? 0;
      sums.summoned++;
      if (inside > 0) sums.presentAtAny++;
      else if (visits.total > 0) sums.presentElsewhere++;
      else sums.presentAtNone++;
      if (kept.times.get(id) === asked.length) sums.presentAtAll++;
    }
  }

  for (const person of everybodySeen(sessions)) {
    for (const [id, times] of visitsTo(attendedAt(person, sessions), pathOf).times) {
      const sums = figures.get(id);
      if (sums === undefined) continue;
      sums.attendedAny++;
      if (times >= sums.sessions && sums.sessions > 0) sums.attendedAll++;
    }
  }
  return figures;
}

/** How many of the sessions a person attended inside each subtree. */
function visitsTo(bridges: readonly BridgeId[], pathOf: (id: BridgeId) => readonly BridgeId[]) {
  const times = new Map<BridgeId, number>();
  for (const bridge of bridges) for (const id of pathOf(bridge)) times.set(id, (times.get(id) ?? 0) + 1);
  return { times, total: bridges.length };
}

function everybodySeen(sessions: readonly SessionPresence[]): ReadonlySet<PersonId> {
  const seen = new Set<PersonId>();
  for (const session of sessions) {
    for (const [person, presence] of session.people()) {
      // An id that nobody knows is no person yet: it may be anybody, perhaps somebody already counted.
      if ('at' in presence && session.standing(person) !== 'unknown') seen.add(person);
    }
  }
  return seen;
}

function none(sessions: number): Mutable {
  return {
    sessions,
    summoned: 0,
    presentAtAny: 0,
    presentAtAll: 0,
    presentAtNone: 0,
    presentElsewhere: 0,
    attendedAny: 0,
    attendedAll: 0,
  };
}

/** `none`: who attended no session at all; `incomplete`: who missed one or more of those that they were asked to. */
export type FollowUpRule = 'none' | 'incomplete';

/**
 * The audience of the follow-up sessions: those of a population who were not there. "không bao gồm các đồng chí đã tham
 * gia": what counts is who came, at whichever bridge, never who was invited.
 *
 * @param population all who must have heard it: the summoned, or all members of a committee
 */
export function* followUpAudience(
  population: Iterable<PersonId>,
  sessions: readonly SessionPresence[],
  rule: FollowUpRule = 'none',
): Iterable<PersonId> {
  const given = new Set<PersonId>();
  for (const person of population) {
    if (given.has(person)) continue;
    given.add(person);
    const hasMissed = (session: SessionPresence): boolean =>
      session.seat(person) !== null && attendedAt(person, [session]).length === 0;
    const isAbsent = attendedAt(person, sessions).length === 0;
    if (isAbsent || (rule === 'incomplete' && sessions.some(hasMissed))) yield person;
  }
}

/** Who is expected at a follow-up session: of those with a seat, the summoned who were at no session before it. */
export function* followUpExpected(
  seats: Iterable<Expected>,
  sessions: readonly SessionPresence[],
): Iterable<Expected> {
  for (const seat of seats) {
    if (seat.basis === 'summoned' && attendedAt(seat.person, sessions).length === 0) yield seat;
  }
}
