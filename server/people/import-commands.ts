import { shapeOf } from '../../domain/composition/columns.ts';
import { differencesOf, joined } from '../../domain/composition/merge.ts';
import type { Person } from '../../domain/composition/person.ts';
import type { RosterField } from '../../domain/composition/roster.ts';
import type { PersonId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { ImportKind, ImportPreview } from '../../domain/wire/people.ts';
import type { TableFailure } from '../documents/table.ts';
import type { Stopped, ThreadFailure } from '../documents/thread.ts';
import type { Context } from '../platform/context.ts';
import { transaction, type Connection } from '../platform/database.ts';
import { wasDeleted } from '../retention/queries.ts';
import { keep, type Organizing } from './commands.ts';
import { packed, unpacked, type ReadEntry } from './import-content.ts';
import { whileReading } from './live.ts';
import { readRosterFile } from './reading.ts';
import {
  countParts,
  dropPreviews,
  insertImport,
  readImport,
  readKnownColumns,
  readPart,
  rememberColumns,
  settleImport,
  type StoredImport,
} from './import-store.ts';
import { countPeople, readPeople, readRosterStretches, writePeople } from './store.ts';

export type FileFailure = TableFailure | ThreadFailure | Stopped;

/** A file that somebody sends, and how they want it read. */
export interface SentFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** By column; null where nothing is said, and the program proposes. */
  readonly fields?: readonly (RosterField | null)[] | null;
  readonly reading?: string | undefined;
  /** Ends the reading. */
  readonly signal?: AbortSignal | undefined;
}

/** What is kept of an import beside its rows. */
interface Kept {
  readonly headers: readonly string[];
  readonly errors: number;
}

/**
 * Reads a roster file and keeps what it comes to, to be confirmed as a whole. Nothing of the roster changes. Columns that
 * somebody has corrected are remembered for the next file of the same shape.
 */
export async function previewPeople(
  context: Context,
  conference: Organizing,
  { fileName, bytes, fields = null, reading, signal }: SentFile,
): Promise<Result<ImportPreview, FileFailure>> {
  const { database, language } = context;
  const [roster, remembered] = await Promise.all([
    readRosterStretches(database.read, conference),
    readKnownColumns(database.read),
  ]);
  const read = await whileReading(conference, reading, (onProgress) =>
    readRosterFile(
      { bytes, fileName, language, now: context.clock(), roster, fields, remembered },
      { signal, onProgress },
    ),
  );
  if (!read.ok) return read;
  const { preview, parts } = read.value;
  const id = context.newId();
  const headers = preview.columns.map(({ header }) => header);
  const kept: Kept = { headers, errors: preview.errorCount };
  const content = await packed(kept);
  await transaction(database, async (connection) => {
    await dropPreviews(connection, conference);
    const row = { id, at: context.clock(), by: context.actor?.name ?? '', fileName, content };
    await insertImport(connection, conference, row, parts);
    if (fields !== null) await rememberColumns(connection, shapeOf(headers), fieldsOf(preview));
  });
  context.audit.note({ on: { import: id }, after: { file: fileName } });
  return ok({ id, ...preview });
}

function fieldsOf({ columns }: Pick<ImportPreview, 'columns'>): (RosterField | null)[] {
  return columns.map(({ field }) => field as RosterField | null);
}

export type ConfirmFailure =
  | { readonly reason: 'no such import' }
  | { readonly reason: 'confirmed before' }
  /** A later file has taken its place. */
  | { readonly reason: 'replaced' }
  | { readonly reason: 'has errors'; readonly errors: number }
  /** Deleted after their retention period: none come in anew. */
  | { readonly reason: 'names deleted' }
  | { readonly reason: 'nobody to merge with'; readonly rows: readonly number[] };

export interface Confirmed {
  readonly added: number;
  readonly merged: number;
  readonly total: number;
}

/** What somebody says of a preview. */
export interface Confirmation {
  /** Rows that become the person that the preview proposed for them. */
  readonly merge?: readonly number[];
  /** All that have the card of the proposed one, but for `apart`. */
  readonly mergeSame?: boolean;
  readonly apart?: readonly number[];
  /** Imports the rows without errors. */
  readonly leaveFaulty?: boolean;
}

/**
 * Writes a previewed import, all of it or nothing. Who is merged keeps the id and the posts of the one who is known, and takes
 * the file's other values; whoever comes out as they were is not written.
 */
export async function confirmPeople(
  context: Context,
  conference: Organizing,
  id: string,
  said: Confirmation = {},
): Promise<Result<Confirmed, ConfirmFailure>> {
  if (await wasDeleted(context, conference, 'people')) return { ok: false, reason: 'names deleted' };
  const found = await readImport(context.database.read, conference, id);
  if (found?.state !== 'previewed') return { ok: false, reason: goneBecause(found) };
  const { errors } = await unpacked<Kept>(found.content);
  if (errors > 0 && said.leaveFaulty !== true) return { ok: false, reason: 'has errors', errors };
  const entries = await entriesOf(context.database.read, id);
  const strangers = strangersAmong(said.merge ?? [], entries);
  if (strangers.length > 0) return { ok: false, reason: 'nobody to merge with', rows: strangers };
  const agreed = agreedIn(entries, said);

  return await transaction(context.database, async (connection) => {
    // Of two who confirm at once, one finds it still to be settled.
    if (!(await settleImport(connection, conference, id))) {
      return { ok: false, reason: goneBecause(await readImport(connection, conference, id)) };
    }
    const known = await readPeople(connection, conference, knownAmong(agreed));
    const { people, added, merged } = mergePeople(known, entries, agreed);
    await writePeople(connection, conference, people);
    const changed = new Set(people.map((person) => person.id));
    await keep(context, connection, conference, {
      kind: 'import',
      what: found.fileName,
      people: people.length,
      added,
      before: known.filter((person) => changed.has(person.id)),
    });
    const total = await countPeople(connection, conference);
    const came = { added: added.length, merged, total };
    context.audit.note({ before: { total: total - came.added }, after: came });
    return ok(came);
  });
}

type Entry = ReadEntry & { readonly isSame: boolean };

/** Everybody of an import, in the order of the file. */
async function entriesOf(connection: Connection, id: string): Promise<Entry[]> {
  const kinds: readonly ImportKind[] = ['added', 'changed', 'untouched', 'likely', 'perhaps'];
  const entries: Entry[] = [];
  for (const kind of kinds) {
    const isSame = kind === 'changed' || kind === 'untouched';
    const parts = await countParts(connection, id, kind);
    for (let part = 0; part < parts; part += 1) {
      const rows = await readPart(connection, id, kind, part);
      if (rows === null) continue;
      for (const entry of await unpacked<ReadEntry[]>(rows)) entries.push({ ...entry, isSame });
    }
  }
  return entries.toSorted((a, b) => a.row - b.row);
}

function strangersAmong(merge: readonly number[], entries: readonly Entry[]): number[] {
  if (merge.length === 0) return [];
  const proposed = new Set(entries.filter(({ other }) => other !== null).map(({ row }) => row));
  return merge.filter((row) => !proposed.has(row));
}

function agreedIn(
  entries: readonly Entry[],
  { merge = [], mergeSame = false, apart = [] }: Confirmation,
): ReadonlyMap<number, NonNullable<ReadEntry['other']>> {
  const chosen = new Set(merge);
  const parted = new Set(apart);
  return new Map(
    entries.flatMap(({ row, other, isSame }) =>
      other !== null && (chosen.has(row) || (mergeSame && isSame && !parted.has(row))) ? [[row, other]] : [],
    ),
  );
}

function goneBecause(found: StoredImport | null): 'no such import' | 'confirmed before' | 'replaced' {
  if (found === null) return 'no such import';
  return found.state === 'confirmed' ? 'confirmed before' : 'replaced';
}

function knownAmong(agreed: ReadonlyMap<number, NonNullable<ReadEntry['other']>>): PersonId[] {
  return [...new Set([...agreed.values()].flatMap((other) => ('row' in other ? [] : [other.person.id])))];
}

/** The people to write: everybody new of the file, and those who are somebody known where anything of them changes. */
function mergePeople(
  roster: readonly Person[],
  entries: readonly Entry[],
  agreed: ReadonlyMap<number, NonNullable<ReadEntry['other']>>,
): { readonly people: Person[]; readonly added: PersonId[]; readonly merged: number } {
  const byId = new Map<PersonId, Person>(roster.map((person) => [person.id, person]));
  const idOfRow = new Map<number, PersonId>();
  const written = new Set<PersonId>();
  const added: PersonId[] = [];
  let merged = 0;
  for (const { row, person } of entries) {
    const other = agreed.get(row);
    const id = other === undefined ? undefined : 'row' in other ? idOfRow.get(other.row) : other.person.id;
    const known = id === undefined ? undefined : byId.get(id);
    const result = known === undefined ? person : joined(known, person);
    idOfRow.set(row, result.id);
    byId.set(result.id, result);
    if (known === undefined) added.push(result.id);
    else merged += 1;
    if (known === undefined || differencesOf(known, result).length > 0) written.add(result.id);
  }
  return { people: [...written].flatMap((id) => byId.get(id) ?? []), added, merged };
}
