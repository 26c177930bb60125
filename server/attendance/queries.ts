import type { Standing } from '../../domain/attendance/tally.ts';
import type { Person } from '../../domain/composition/person.ts';
import type { Presence } from '../../domain/attendance/presence.ts';
import type { BridgeId, EventId, PersonId, SessionId } from '../../domain/ids.ts';
import { comparePeople } from '../../domain/text/names.ts';
import type { Instant } from '../../domain/time.ts';
import { peopleByIds } from '../people/queries.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import type { LiveSession } from './live.ts';
import { listEvents, type LedgerRow } from './store.ts';

/** One person at the door of a bridge. */
export interface AtDoor {
  readonly id: PersonId;
  /** Null for a walk-in, and for an id that no roster knows. */
  readonly person: Person | null;
  /** Null for somebody who has a seat nowhere. */
  readonly basis: 'summoned' | 'invited' | null;
  readonly expectedHere: boolean;
  readonly presence: Presence;
}

/** Somebody of no list, as the door wrote them down. */
export interface WalkIn {
  readonly event: EventId;
  readonly name: string;
  readonly unit: string;
  readonly since: Instant;
  readonly mode: 'in-person' | 'online';
}

/** Everybody expected at a bridge or last seen there, in official order, without walk-ins. */
export async function peopleAtDoor(
  context: Context,
  conference: AuthorizedConferenceId,
  live: LiveSession,
  bridge: BridgeId,
): Promise<AtDoor[]> {
  const { book } = live;
  const here = new Map<PersonId, Presence>();
  for (const [person, presence] of book.expectedAt(bridge)) here.set(person, presence);
  const expected = new Set(here.keys());
  for (const [person, presence] of book.arrivedAt(bridge)) {
    if (book.standing(person) !== 'walk-in') here.set(person, presence);
  }
  const people = await peopleByIds(context, conference, [...here.keys()]);
  const byId = new Map(people.map((person) => [person.id, person]));
  return [...here]
    .map(([id, presence]): AtDoor => ({
      id,
      person: byId.get(id) ?? null,
      basis: basisOf(book.standing(id)),
      expectedHere: expected.has(id),
      presence,
    }))
    .toSorted((a, b) => comparePeople(a.person ?? { name: a.id }, b.person ?? { name: b.id }));
}

/** Those of the given people as a bridge's door sees them. */
export async function peopleByDoor(
  context: Context,
  conference: AuthorizedConferenceId,
  live: LiveSession,
  bridge: BridgeId,
  ids: ReadonlySet<PersonId>,
): Promise<AtDoor[]> {
  const { book } = live;
  const expected = new Set<PersonId>();
  for (const [person] of book.expectedAt(bridge)) if (ids.has(person)) expected.add(person);
  const people = await peopleByIds(context, conference, [...ids]);
  const byId = new Map(people.map((person) => [person.id, person]));
  return [...ids].flatMap((id): AtDoor[] => {
    const presence = book.presence(id);
    const standing = book.standing(id);
    if (presence === null || standing === 'walk-in') return [];
    return [
      {
        id,
        person: byId.get(id) ?? null,
        basis: basisOf(standing),
        expectedHere: expected.has(id),
        presence,
      },
    ];
  });
}

function basisOf(standing: Standing | null): AtDoor['basis'] {
  return standing === 'summoned' || standing === 'invited' ? standing : null;
}

/** Who of no list is at a bridge, first come first. */
export function walkInsAt(live: LiveSession, bridge: AuthorizedBridgeId<'host'>): WalkIn[] {
  const here = live.walkIns.get(bridge) ?? [];
  return [...here]
    .flatMap(([id, { id: event, name, unit }]): WalkIn[] => {
      const presence = live.book.presence(id);
      if (presence?.state !== 'present') return [];
      return [{ event, name, unit, since: presence.since, mode: presence.mode }];
    })
    .toSorted((a, b) => a.since - b.since);
}

/** A stretch of a bridge's events in order of receipt, one further than `limit`. */
export async function eventsOf(
  context: Context,
  session: SessionId,
  bridge: AuthorizedBridgeId<'host'>,
  after: number,
  limit: number,
): Promise<LedgerRow[]> {
  return listEvents(context.database.read, session, bridge, after, limit + 1);
}
