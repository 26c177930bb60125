import type { Candidate, DuplicateProposal } from '../../domain/composition/duplicates.ts';
import type { Person } from '../../domain/composition/person.ts';
import type { PersonId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { ImportPreview } from '../../domain/wire/people.ts';
import type { TableFailure } from '../documents/table.ts';
import type { ThreadFailure } from '../documents/thread.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { wasDeleted } from '../retention/queries.ts';
import { readRosterFile } from './reading.ts';
import {
  countPeople,
  dropPreviews,
  insertImport,
  readImport,
  readPeople,
  readRosterText,
  settleImport,
  writePeople,
  type StoredImport,
} from './store.ts';

export type FileFailure = TableFailure | ThreadFailure;

/**
 * Reads a roster file and keeps what it comes to, to be confirmed as a whole. Nothing of the roster changes. What has errors can
 * be looked at and never be confirmed.
 */
export async function previewPeople(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  fileName: string,
  bytes: Uint8Array,
): Promise<Result<ImportPreview, FileFailure>> {
  const { database, language } = context;
  const roster = await readRosterText(database.read, conference);
  const read = await readRosterFile({ bytes, fileName, language, now: context.clock(), roster });
  if (!read.ok) return read;
  const { preview, content } = read.value;
  const id = context.newId();
  const by = context.actor?.name ?? '';
  await transaction(database, async (connection) => {
    await dropPreviews(connection, conference);
    const kept = { id, at: context.clock(), by, fileName, content: Buffer.from(content) };
    await insertImport(connection, conference, kept);
  });
  context.audit.note({ on: { import: id }, after: { file: fileName } });
  return ok({ id, ...preview });
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

/**
 * Writes a previewed import, all of it or nothing. Rows in `merge` become the person that the preview proposed for them:
 * that person keeps their id and the posts they had, and takes the file's other values.
 */
export async function confirmPeople(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  id: string,
  merge: readonly number[],
): Promise<Result<Confirmed, ConfirmFailure>> {
  if (await wasDeleted(context, conference, 'people')) return { ok: false, reason: 'names deleted' };
  const found = await readImport(context.database.read, conference, id);
  if (found?.state !== 'previewed') return { ok: false, reason: goneBecause(found) };
  const { candidates, duplicates, errors } = found.content;
  if (errors > 0) return { ok: false, reason: 'has errors', errors };
  const proposals = new Map(duplicates.map((proposal) => [proposal.row, proposal]));
  const strangers = merge.filter((row) => !proposals.has(row));
  if (strangers.length > 0) return { ok: false, reason: 'nobody to merge with', rows: strangers };
  const agreed = merge.flatMap((row) => proposals.get(row) ?? []);

  return await transaction(context.database, async (connection) => {
    // Of two who confirm at once, one finds it still to be settled.
    if (!(await settleImport(connection, conference, id))) {
      return { ok: false, reason: goneBecause(await readImport(connection, conference, id)) };
    }
    const known = await readPeople(connection, conference, knownAmong(agreed));
    const { people, merged } = mergePeople(known, candidates, agreed);
    await writePeople(connection, conference, people);
    const total = await countPeople(connection, conference);
    const came = { added: candidates.length - merged, merged, total };
    context.audit.note({ before: { total: total - came.added }, after: came });
    return ok(came);
  });
}

function goneBecause(found: StoredImport | null): 'no such import' | 'confirmed before' | 'replaced' {
  if (found === null) return 'no such import';
  return found.state === 'confirmed' ? 'confirmed before' : 'replaced';
}

function knownAmong(proposals: readonly DuplicateProposal[]): PersonId[] {
  return [...new Set(proposals.flatMap(({ other }) => ('person' in other ? [other.person] : [])))];
}

/** The people to write: everybody of the file, those who are somebody known joined with them. */
function mergePeople(
  roster: readonly Person[],
  candidates: readonly Candidate[],
  agreed: readonly DuplicateProposal[],
): { readonly people: Person[]; readonly merged: number } {
  if (agreed.length === 0) return { people: candidates.map(({ person }) => person), merged: 0 };
  const others = new Map(agreed.map(({ row, other }) => [row, other]));
  const byId = new Map<PersonId, Person>(roster.map((person) => [person.id, person]));
  const idOfRow = new Map<number, PersonId>();
  const written = new Set<PersonId>();
  let merged = 0;
  for (const { row, person } of candidates) {
    const other = others.get(row);
    const id = other === undefined ? undefined : 'row' in other ? idOfRow.get(other.row) : other.person;
    const known = id === undefined ? undefined : byId.get(id);
    const result = known === undefined ? person : joined(known, person);
    if (known !== undefined) merged += 1;
    idOfRow.set(row, result.id);
    byId.set(result.id, result);
    written.add(result.id);
  }
  return { people: [...written].flatMap((id) => byId.get(id) ?? []), merged };
}

/** One person out of two entries: the id and posts of the first, the posts and values of the second added. */
function joined(known: Person, more: Person): Person {
  const had = new Set(known.positions.map((position) => position.text));
  return {
    ...more,
    id: known.id,
    identity: more.identity ?? known.identity,
    birthDate: more.birthDate ?? known.birthDate,
    precedence: more.precedence ?? known.precedence,
    partyMember: more.partyMember ?? known.partyMember,
    collectiveLeadership: more.collectiveLeadership || known.collectiveLeadership,
    namedInPlan: more.namedInPlan || known.namedInPlan,
    phone: more.phone ?? known.phone,
    email: more.email ?? known.email,
    positions: [...known.positions, ...more.positions.filter((position) => !had.has(position.text))].slice(
      0,
      20,
    ),
  };
}
