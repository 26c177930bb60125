import type { Person } from '../../domain/composition/person.ts';
import type { PersonId } from '../../domain/ids.ts';
import { tidy } from '../../domain/text/normalize.ts';
import { fold } from '../../domain/text/search.ts';
import type { ImportKind } from '../../domain/wire/people.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { unpacked, type FaultyEntry, type ReadEntry } from './import-content.ts';
import { countParts, readImport, readPart } from './import-store.ts';
import {
  listPeople,
  readNames,
  readPeople,
  readRoster,
  readRosterIds,
  readRosterRevision,
  readRosterStretches,
  type PeopleSearch,
} from './store.ts';
import { listRosterChanges, type RosterChange } from './change-store.ts';

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

/** The whole roster as it goes into a thread. */
export async function rosterForThread(
  context: Context,
  conference: AuthorizedConferenceId,
): Promise<Uint8Array[]> {
  return readRosterStretches(context.database.read, conference);
}

/** The names of those of the given people whom the roster has. */
export async function namesOfPeople(
  context: Context,
  conference: AuthorizedConferenceId<'people'>,
  ids: readonly PersonId[],
): Promise<Map<PersonId, string>> {
  return readNames(context.database.read, conference, ids);
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
  { q, show = null }: { readonly q: string; readonly show?: PeopleSearch['show'] },
  after: PersonId | null,
  limit: number,
): Promise<Person[]> {
  const search = { words: searchWords(q), show };
  return listPeople(context.database.read, conference, search, after, limit + 1);
}

/** Rises whenever the roster of a conference changes. */
export async function rosterRevision(context: Context, conference: AuthorizedConferenceId): Promise<number> {
  return readRosterRevision(context.database.read, conference);
}

const CHANGES_SHOWN = 20;

/** The last changes of a roster, newest first. */
export async function rosterChanges(
  context: Context,
  conference: AuthorizedConferenceId<'people'>,
): Promise<RosterChange[]> {
  return listRosterChanges(context.database.read, conference, CHANGES_SHOWN);
}

interface ImportPage<Entry> {
  readonly entries: readonly Entry[];
  readonly next: number | null;
}

/** A page of a previewed import: the rows of one part, and whether there is another. Null where the import is none any more. */
export async function importPage(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  id: string,
  kind: ImportKind,
  part: number,
): Promise<ImportPage<ReadEntry | FaultyEntry> | null> {
  const { read } = context.database;
  const found = await readImport(read, conference, id);
  if (found?.state !== 'previewed') return null;
  const [rows, parts] = await Promise.all([readPart(read, id, kind, part), countParts(read, id, kind)]);
  const entries = rows === null ? [] : await unpacked<(ReadEntry | FaultyEntry)[]>(rows);
  return { entries, next: part + 1 < parts ? part + 1 : null };
}

/** The headers of the file of a previewed import, and what it was called; null where the import is none any more. */
export async function importedFile(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  id: string,
): Promise<{ readonly fileName: string; readonly headers: readonly string[] } | null> {
  const found = await readImport(context.database.read, conference, id);
  if (found?.state !== 'previewed') return null;
  const { headers } = await unpacked<{ headers: string[] }>(found.content);
  return { fileName: found.fileName, headers };
}
