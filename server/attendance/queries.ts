import type { RecordedEvent } from '../../domain/attendance/event.ts';
import type { Presence } from '../../domain/attendance/presence.ts';
import type { Bridge } from '../../domain/bridges/bridge.ts';
import type { Person } from '../../domain/composition/person.ts';
import type { BridgeId, EventId, PersonId, SessionId } from '../../domain/ids.ts';
import {
  conferenceFigures,
  followUpAudience,
  type ConferenceFigures,
  type FollowUpRule,
} from '../../domain/reports/conference.ts';
import { takesPart } from '../../domain/schedule/session.ts';
import type { SeatNumber } from '../../domain/seating/number.ts';
import { comparePeople } from '../../domain/text/names.ts';
import { searchFor, searchKeyOf } from '../../domain/text/search.ts';
import type { Instant } from '../../domain/time.ts';
import { expectedOf } from '../composition/queries.ts';
import { peopleByIds } from '../people/queries.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { sessionsOf, type SessionRecord } from '../schedule/queries.ts';
import { seatNumbersAt } from '../seating/queries.ts';
import { takingIn } from './expected.ts';
import { mainBooks, type LiveSession } from './live.ts';
import { listEvents, readCounts, type LedgerRow } from './store.ts';

/** One person at the door of a bridge. */
export interface AtDoor {
  readonly id: PersonId;
  /** Null for an id that no roster knows. */
  readonly person: Person | null;
  /** Null for somebody who has a seat nowhere. */
  readonly basis: 'summoned' | 'invited' | null;
  readonly expectedHere: boolean;
  readonly presence: Presence;
  /** Of their pass, where it was issued again; null otherwise. */
  readonly serial: number | null;
  /** Where they are expected here and have one; null otherwise. */
  readonly seatNumber: SeatNumber | null;
}

/** Somebody of no list, as the door wrote them down. */
export interface WalkIn {
  readonly event: EventId;
  readonly name: string;
  readonly unit: string;
  readonly since: Instant;
  readonly mode: 'in-person' | 'online';
}

/** Somebody whom a door shows, and their place in its list. */
export interface DoorPlace {
  readonly id: PersonId;
  readonly place: number;
}

/**
 * Whom a door shows from a place on, at most `limit`: everybody expected there in official order, then whoever else is
 * there, first come first. A place stays the same while the book is open. Walk-ins stand apart.
 */
export function listDoor(
  { visitors, book }: LiveSession,
  bridge: BridgeId,
  from: number,
  limit: number,
): DoorPlace[] {
  const seats = book.expectedCount(bridge);
  const others = visitors.get(bridge) ?? [];
  const shown = book
    .expectedAt(bridge, from, Math.min(from + limit, seats))
    .map((id, at): DoorPlace => ({ id, place: from + at }));
  for (let at = Math.max(0, from - seats); at < others.length && shown.length < limit; at++) {
    const id = others[at];
    if (id === undefined || book.standing(id) === 'walk-in' || !isThere(book.presence(id), bridge)) continue;
    shown.push({ id, place: seats + at });
  }
  return shown;
}

function isThere(presence: Presence | null, bridge: BridgeId): boolean {
  return presence !== null && 'at' in presence && presence.at === bridge;
}

const NO_NUMBERS: ReadonlyMap<PersonId, SeatNumber> = new Map();

/** The given people as a bridge's door sees them, in the order given; walk-ins are left out. */
export async function peopleAtDoor(
  context: Context,
  conference: AuthorizedConferenceId,
  { book, serials, seating }: LiveSession,
  bridge: BridgeId,
  ids: readonly PersonId[],
): Promise<AtDoor[]> {
  const [people, numbers] = await Promise.all([
    peopleByIds(context, conference, ids),
    // Most rooms have no numbers, and no door of theirs waits for any.
    seating.has(bridge) ? seatNumbersAt(context, conference, bridge, ids) : NO_NUMBERS,
  ]);
  const byId = new Map(people.map((person) => [person.id, person]));
  return ids.flatMap((id): AtDoor[] => {
    const standing = book.standing(id);
    if (standing === 'walk-in') return [];
    const expectedHere = book.seat(id) === bridge;
    return [
      {
        id,
        person: byId.get(id) ?? null,
        basis: standing === 'summoned' || standing === 'invited' ? standing : null,
        expectedHere,
        // Null is an id of no list whose every scan was undone: the door that showed it learns that nobody is there.
        presence: book.presence(id) ?? { state: 'unmarked' },
        serial: serials.get(id) ?? null,
        seatNumber: expectedHere ? (numbers.get(id) ?? null) : null,
      },
    ];
  });
}

/** Who of no list is at a bridge, first come first. */
export function walkInsAt({ book, walkIns }: LiveSession, bridge: BridgeId): WalkIn[] {
  return [...(walkIns.get(bridge) ?? [])]
    .flatMap(([id, { id: event, name, unit }]): WalkIn[] => {
      const presence = book.presence(id);
      if (presence?.state !== 'present' || presence.at !== bridge) return [];
      return [{ event, name, unit, since: presence.since, mode: presence.mode }];
    })
    .toSorted((a, b) => a.since - b.since);
}

/** Attendance of a subtree over all sessions of a conference; null before bridges and sessions are there. */
export async function attendanceOver(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'read' | 'below'>,
): Promise<ConferenceFigures | null> {
  const books = await mainBooks(context, conference);
  const tree = books[0]?.whole;
  if (tree === undefined) return null;
  const expected = await expectedOf(context, conference);
  const together = conferenceFigures(
    tree,
    expected,
    books.map(({ book }) => book),
    (id) => books.filter((live) => isOf(live, id)).length,
  );
  return together.get(bridge) ?? null;
}

/** Whether any bridge of a subtree takes part in a session. */
function isOf({ whole, book }: LiveSession, bridge: BridgeId): boolean {
  return whole.get(bridge) !== undefined && book.node(bridge).progress.bridges > 0;
}

/** Somebody who was not there, and where they had been expected. */
export interface Absentee {
  readonly person: Person;
  readonly bridge: Bridge;
}

/** Which of those who were not there: `below` false leaves out who was expected below the bridge. */
export interface Missed {
  readonly missed: FollowUpRule;
  readonly below: boolean;
}

/** Summoned people of a subtree who were at no session, or missed one or more, in official order. */
export async function absenteesOf(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'people' | 'below'>,
  { missed, below }: Missed,
): Promise<Absentee[]> {
  const books = await mainBooks(context, conference);
  const tree = books[0]?.whole;
  if (tree === undefined) return [];
  const inside = new Map(
    tree.subtree(bridge).flatMap((one) => (below || one.id === bridge ? [[one.id, one] as const] : [])),
  );
  const seats = new Map<PersonId, Bridge>();
  for (const seat of await expectedOf(context, conference)) {
    const at = inside.get(seat.bridge);
    if (at !== undefined && seat.basis === 'summoned') seats.set(seat.person, at);
  }
  const missing = followUpAudience(
    seats.keys(),
    books.map(({ book }) => book),
    missed,
  );
  const people = await peopleByIds(context, conference, [...missing]);
  return people.toSorted(comparePeople).flatMap((person) => {
    const at = seats.get(person.id);
    return at === undefined ? [] : [{ person, bridge: at }];
  });
}

/** A session that a bridge takes part in. */
export type OtherSession = Pick<SessionRecord, 'id' | 'title' | 'startsAt'>;

/** The sessions that a bridge does take part in, by start; null where the given one is among them. */
export async function otherSessions(
  context: Context,
  conference: AuthorizedConferenceId,
  { whole, taking }: LiveSession,
  bridge: BridgeId,
): Promise<readonly OtherSession[] | null> {
  if (takesPart(taking, bridge)) return null;
  const sessions = await sessionsOf(context, conference);
  return sessions.filter(({ bridges }) => takesPart(takingIn(bridges, whole), bridge));
}

/** Those of whom name, positions or bridge answer a search, marks set aside. */
export function searchAbsentees(absentees: readonly Absentee[], query: string): readonly Absentee[] {
  if (query.trim() === '') return absentees;
  const answers = searchFor(query);
  return absentees.filter(({ person, bridge }) => {
    const words = [person.name, ...person.positions.map(({ text }) => text), bridge.name];
    return answers(searchKeyOf(words.join(' '))) !== null;
  });
}

/** A stretch of a bridge's events in order of receipt, one further than `limit`. */
export async function eventsOf(
  context: Context,
  session: SessionId,
  bridge: AuthorizedBridgeId<'people'>,
  after: number,
  limit: number,
): Promise<LedgerRow[]> {
  return listEvents(context.database.read, session, bridge, after, limit + 1);
}

/** A head count out of the ledger. */
export type CountEvent = Extract<RecordedEvent['event'], { kind: 'count' }>;

/** The head counts of a session, in order of receipt; those that were undone are among them. */
export async function countsOf({ database }: Context, session: SessionId): Promise<CountEvent[]> {
  const rows = await readCounts(database.read, session);
  return rows.flatMap(({ recorded: { event } }) => (event.kind === 'count' ? [event] : []));
}
