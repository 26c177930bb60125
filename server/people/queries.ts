import type { Person } from '../../domain/composition/person.ts';
import type { PersonId } from '../../domain/ids.ts';
import { tidy } from '../../domain/text/normalize.ts';
import { fold } from '../../domain/text/search.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { countImports, listPeople, readPeople, readRoster, readRosterIds } from './store.ts';

/** The whole roster of a conference, in official order. */
export async function peopleOf(context: Context, conference: AuthorizedConferenceId): Promise<Person[]> {
  return readRoster(context.database.read, conference);
}

/** The ids of a conference's whole roster, in official order. */
export async function rosterIds(context: Context, conference: AuthorizedConferenceId): Promise<PersonId[]> {
  return readRosterIds(context.database.read, conference);
}

/** Those of the given people whom the roster has, in no order that matters. */
export async function peopleByIds(
  context: Context,
  conference: AuthorizedConferenceId,
  ids: readonly PersonId[],
): Promise<Person[]> {
  return readPeople(context.database.read, conference, ids);
}

/** The words of a search, folded: each has to begin a word of a search key (`an nguyen` finds Nguyễn Thị Ánh). */
export function searchWords(query: string): string[] {
  const folded = tidy(fold(query)).replaceAll(/[%_]/g, '');
  return folded.split(' ').filter((word) => word !== '');
}

/** A stretch of the roster in official order after a person, one further than `limit`. */
export async function findPeople(
  context: Context,
  conference: AuthorizedConferenceId<'people'>,
  query: string,
  after: PersonId | null,
  limit: number,
): Promise<Person[]> {
  return listPeople(context.database.read, conference, searchWords(query), after, limit + 1);
}

/** Rises whenever the roster of a conference changes. */
export async function rosterRevision(context: Context, conference: AuthorizedConferenceId): Promise<number> {
  return countImports(context.database.read, conference);
}
