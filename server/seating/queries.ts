import { createHash } from 'node:crypto';

import type { BridgeId, ConferenceId, PersonId } from '../../domain/ids.ts';
import type { SeatNumber } from '../../domain/seating/number.ts';
import type { Guest } from '../../domain/seating/numbering.ts';
import { SeatsRevision } from '../../domain/wire/seating.ts';
import { namesOf } from '../access/queries.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import {
  readExpected,
  readLastChange,
  readNumbers,
  readRevisions,
  type Expected,
  type SeatChangeRecord,
} from './store.ts';

/** The people of a bridge and their seat numbers as they are. */
export interface Hall {
  /** In official order. */
  readonly expected: readonly Expected[];
  readonly guests: readonly Guest[];
  readonly revision: SeatsRevision;
}

/** Who is expected at a bridge and on which seat. Inside a transaction by its connection. */
export async function hallOf(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'people'>,
  connection = context.database.read,
): Promise<Hall> {
  const expected = await readExpected(connection, conference, bridge);
  const guests = expected.map(({ person, isChair, number }): Guest => {
    const unit = person.positions[0]?.organisation ?? null;
    return { person: person.id, name: person.name, unit, isChair, number };
  });
  const state = guests.map(({ person, unit, isChair, number }) => [person, unit, isChair, number]);
  const digest = createHash('sha256').update(JSON.stringify(state)).digest('base64url');
  return { expected, guests, revision: SeatsRevision.parse(digest) };
}

/** The last deed of a bridge that stands, with the name of whoever did it; null where there is none. */
export async function lastSeatChange(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'people'>,
): Promise<(SeatChangeRecord & { readonly byName: string | null }) | null> {
  const change = await readLastChange(context.database.read, conference, bridge);
  if (change === null) return null;
  const names = change.by === null ? null : await namesOf(context, [change.by]);
  return { ...change, byName: change.by === null ? null : (names?.get(change.by) ?? null) };
}

/** The seat numbers that some people have at a bridge. Whether each is placed there is for whoever asks to know. */
export async function seatNumbersAt(
  { database }: Context,
  conference: AuthorizedConferenceId,
  bridge: BridgeId,
  people: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, SeatNumber>> {
  return await readNumbers(database.read, conference, bridge, people);
}

/** The bridges whose seat numbers have changed after a revision, in the order in which they did. */
export async function seatingSince(
  { database }: Context,
  conference: ConferenceId,
  after: number,
): Promise<{ readonly bridge: BridgeId; readonly revision: number }[]> {
  return await readRevisions(database.read, conference, after);
}
