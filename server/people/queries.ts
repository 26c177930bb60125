import type { Person } from '../../domain/composition/person.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { listPeople, readPeople, readRoster, type PersonPlace } from './store.ts';

/** The whole roster of a conference, in official order. */
export async function peopleOf(context: Context, conference: AuthorizedConferenceId): Promise<Person[]> {
  return readRoster(context.database.read, conference);
}

/** Those of the given people whom the roster has, in no order that matters. */
export async function peopleByIds(
  context: Context,
  conference: AuthorizedConferenceId,
  ids: readonly PersonId[],
): Promise<Person[]> {
  return readPeople(context.database.read, conference, ids);
}

/** A stretch of the roster in official order, one person further than `limit`. */
export async function findPeople(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  query: string | null,
  after: PersonPlace | null,
  limit: number,
): Promise<{ readonly person: Person; readonly place: PersonPlace }[]> {
  return listPeople(context.database.read, conference, query, after, limit + 1);
}
