import { shapeOf } from '../../domain/composition/columns.ts';
import { differencesOf, joined } from '../../domain/composition/merge.ts';
import type { Person } from '../../domain/composition/person.ts';
import type { RosterField } from '../../domain/composition/roster.ts';
import type { PersonId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import { givenName } from '../../domain/text/names.ts';
import { nfc } from '../../domain/text/normalize.ts';
import type { ImportKind, ImportPreview, PersonDraft } from '../../domain/wire/people.ts';
import type { TableFailure } from '../documents/table.ts';
import type { Stopped, ThreadFailure } from '../documents/thread.ts';
import type { Context } from '../platform/context.ts';
import { transaction, type Connection } from '../platform/database.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { differing } from '../platform/trail.ts';
import { wasDeleted } from '../retention/queries.ts';
import { packed, unpacked, type ReadEntry } from './import-content.ts';
import { whileReading } from './live.ts';
import { readRosterFile } from './reading.ts';
import {
  countParts,
  countPeople,
  deletePeople,
  dropPreviews,
  findInUse,
  insertImport,
  insertRosterChange,
  markRosterUndone,
  readBefore,
  readImport,
  readKnownColumns,
  readPart,
  readPeople,
  readRosterStretches,
  rememberColumns,
  settleImport,
  writePeople,
  type InUse,
  type RosterChange,
  type StoredImport,
} from './store.ts';

type Organizing = AuthorizedConferenceId<'organize'>;

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

/** What it takes to take a change back: who is to go, and who is to be as they were. */
interface Before {
  readonly added: readonly PersonId[];
  readonly before: readonly Person[];
}

/** Keeps a change of the roster so that it can be taken back. */
async function keep(
  context: Context,
  connection: Connection,
  conference: Organizing,
  change: Pick<RosterChange, 'kind' | 'what' | 'people'> & Before,
): Promise<void> {
  const { kind, what, people, added, before } = change;
  const undo: Before = { added, before };
  await insertRosterChange(connection, conference, {
    at: context.clock(),
    by: context.actor?.name ?? '',
    kind,
    what,
    people,
    before: await packed(undo),
  });
}

export type PersonFailure =
  | { readonly reason: 'no such person' }
  | { readonly reason: 'names deleted' }
  /** Somebody else has changed them since. */
  | { readonly reason: 'changed meanwhile' }
  | { readonly reason: 'the same person' }
  | { readonly reason: 'in use'; readonly by: InUse['by'] };

/** Adds one person. */
export async function addPerson(
  context: Context,
  conference: Organizing,
  draft: PersonDraft,
): Promise<Result<Person, PersonFailure>> {
  if (await wasDeleted(context, conference, 'people')) return { ok: false, reason: 'names deleted' };
  const person = personFrom(context.newId() as PersonId, draft);
  await transaction(context.database, async (connection) => {
    await writePeople(connection, conference, [person]);
    const { id, name } = person;
    await keep(context, connection, conference, {
      kind: 'added',
      what: name,
      people: 1,
      added: [id],
      before: [],
    });
  });
  context.audit.note({ on: { person: person.id }, after: person });
  return ok(person);
}

/** Changes one person, if they still are as they were read. */
export async function changePerson(
  context: Context,
  conference: Organizing,
  id: PersonId,
  { was, now }: { readonly was: PersonDraft; readonly now: PersonDraft },
): Promise<Result<Person, PersonFailure>> {
  if (await wasDeleted(context, conference, 'people')) return { ok: false, reason: 'names deleted' };
  return await transaction(context.database, async (connection) => {
    const [known] = await readPeople(connection, conference, [id]);
    if (known === undefined) return { ok: false, reason: 'no such person' };
    if (differencesOf(known, { ...was, id }).length > 0) return { ok: false, reason: 'changed meanwhile' };
    const person = personFrom(id, now);
    await writePeople(connection, conference, [person]);
    const change = { kind: 'changed', what: person.name, people: 1, added: [], before: [known] } as const;
    await keep(context, connection, conference, change);
    context.audit.note({ on: { person: id }, ...differing(known, person) });
    return ok(person);
  });
}

/**
 * Makes one person out of two entries: the first keeps their id and takes what the second has besides. Of two of whom one chairs
 * a bridge or has been checked in, that one's id stays, whoever was named first.
 */
export async function mergePerson(
  context: Context,
  conference: Organizing,
  id: PersonId,
  otherId: PersonId,
): Promise<Result<Person, PersonFailure>> {
  if (id === otherId) return { ok: false, reason: 'the same person' };
  return await transaction(context.database, async (connection) => {
    const both = await readPeople(connection, conference, [id, otherId]);
    const named = both.find((person) => person.id === id);
    const other = both.find((person) => person.id === otherId);
    if (named === undefined || other === undefined) return { ok: false, reason: 'no such person' };
    const [otherUse] = await findInUse(connection, conference, [otherId]);
    const [ownUse] = otherUse === undefined ? [] : await findInUse(connection, conference, [id]);
    if (otherUse !== undefined && ownUse !== undefined)
      return { ok: false, reason: 'in use', by: otherUse.by };
    const gone = otherUse === undefined ? other : named;
    const person = { ...joined(named, other), id: otherUse === undefined ? id : otherId };
    await writePeople(connection, conference, [person]);
    await deletePeople(connection, conference, [gone.id]);
    await keep(context, connection, conference, {
      kind: 'merged',
      what: person.name,
      people: 2,
      added: [],
      before: [named, other],
    });
    context.audit.note({ on: { person: [id, otherId] }, before: { named, other }, after: person });
    return ok(person);
  });
}

/** Takes somebody out of the roster, with the reason in the audit trail. Who chairs or has been checked in stays. */
export async function removePerson(
  context: Context,
  conference: Organizing,
  id: PersonId,
  reason: string,
): Promise<Result<null, PersonFailure>> {
  return await transaction(context.database, async (connection) => {
    const [known] = await readPeople(connection, conference, [id]);
    if (known === undefined) return { ok: false, reason: 'no such person' };
    const [use] = await findInUse(connection, conference, [id]);
    if (use !== undefined) return { ok: false, reason: 'in use', by: use.by };
    await deletePeople(connection, conference, [id]);
    const change = { kind: 'removed', what: known.name, people: 1, added: [], before: [known] } as const;
    await keep(context, connection, conference, change);
    context.audit.note({ on: { person: id }, before: known, after: { reason } });
    return ok(null);
  });
}

export type UndoFailure =
  | { readonly reason: 'nothing to undo' }
  | { readonly reason: 'names deleted' }
  | { readonly reason: 'in use'; readonly by: InUse['by'] };

/** Takes back the last change of the roster, if it still is the one that was looked at. Seats are to be given anew. */
export async function undoRoster(
  context: Context,
  conference: Organizing,
  place: number,
): Promise<Result<{ readonly removed: number; readonly restored: number }, UndoFailure>> {
  if (await wasDeleted(context, conference, 'people')) return { ok: false, reason: 'names deleted' };
  const kept = await readBefore(context.database.read, conference, place);
  if (kept === null) return { ok: false, reason: 'nothing to undo' };
  const { added, before } = await unpacked<Before>(kept);
  return await transaction(context.database, async (connection) => {
    if ((await readBefore(connection, conference, place)) === null)
      return { ok: false, reason: 'nothing to undo' };
    const [use] = await findInUse(connection, conference, added);
    if (use !== undefined) return { ok: false, reason: 'in use', by: use.by };
    await deletePeople(connection, conference, added);
    await writePeople(connection, conference, before);
    await markRosterUndone(connection, conference, place);
    const undone = { removed: added.length, restored: before.length };
    context.audit.note({ after: undone });
    return ok(undone);
  });
}

function personFrom(id: PersonId, draft: PersonDraft): Person {
  const name = nfc(draft.name.trim());
  return {
    ...draft,
    id,
    name,
    sortGiven: nfc(draft.sortGiven.trim()) || givenName(name),
    identity: textOrNone(draft.identity),
    phone: textOrNone(draft.phone),
    email: textOrNone(draft.email),
    positions: draft.positions.map((position) => ({
      ...position,
      text: nfc(position.text.trim()),
      organisation: textOrNone(position.organisation),
    })),
  };
}

function textOrNone(value: string | null): string | null {
  return value === null ? null : nfc(value.trim()) || null;
}
