import { createHash } from 'node:crypto';

import { proposeDuplicates, type Candidate } from '../../domain/composition/duplicates.ts';
import type { Person } from '../../domain/composition/person.ts';
import {
  readColumns,
  readRosterRow,
  sayRosterFault,
  type RosterFault,
  type SheetRow,
} from '../../domain/composition/roster.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { ImportPreview } from '../../domain/wire/people.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { countPeople, dropPreviews, insertImport, readRoster, takeImport, writePeople } from './store.ts';

/** Errors and duplicates beyond these are counted, not listed: nobody reads on. */
const MOST_LISTED = 1000;
const SAMPLE = 20;

/**
 * Reads the rows of a roster file and keeps what they come to, to be confirmed as a whole. Nothing of the roster changes.
 * With errors it is kept too, so that the numbers can be looked at, and can never be confirmed.
 */
export async function previewPeople(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  fileName: string,
  headers: readonly string[],
  rows: AsyncIterable<SheetRow> | Iterable<SheetRow>,
): Promise<ImportPreview> {
  const { language } = context;
  const columns = readColumns(headers);
  const candidates: Candidate[] = [];
  const errors: RosterFault[] = [];
  const notes: RosterFault[] = [];
  let errorCount = 0;
  let count = 0;
  if (columns.every((column) => column.field !== 'name')) {
    errors.push({ kind: 'no-name-column' });
    errorCount = 1;
  } else {
    const tools = { newId: context.newId, hashCitizenNumber };
    for await (const row of rows) {
      count += 1;
      const { person, faults } = readRosterRow(columns, row, tools);
      if (person === null) {
        errorCount += faults.length;
        if (errors.length < MOST_LISTED) errors.push(...faults);
      } else {
        candidates.push({ row: row.row, person });
        if (notes.length < MOST_LISTED) notes.push(...faults);
      }
    }
  }
  const roster = await readRoster(context.database.read, conference);
  const duplicates = proposeDuplicates(roster, candidates);
  const id = context.newId();
  await transaction(context.database, async (connection) => {
    await dropPreviews(connection, conference);
    await insertImport(connection, {
      id,
      conference,
      at: context.clock(),
      by: context.actor?.name ?? '',
      fileName,
      candidates,
      errors: errorCount,
    });
  });
  const say = (fault: RosterFault) => sayRosterFault(fault, language);
  return {
    id,
    rows: count,
    people: candidates.length,
    columns,
    sample: candidates.slice(0, SAMPLE).map((candidate) => candidate.person),
    errors: errors.slice(0, MOST_LISTED).map(say),
    errorCount,
    notes: notes.slice(0, MOST_LISTED).map(say),
    duplicates: duplicates.slice(0, MOST_LISTED),
  };
}

export type ConfirmFailure =
  | { readonly reason: 'no such import' }
  | { readonly reason: 'has errors'; readonly errors: number }
  | { readonly reason: 'nobody to merge with'; readonly rows: readonly number[] };

export interface Confirmed {
  readonly added: number;
  readonly merged: number;
  readonly total: number;
}

/**
 * Writes a previewed import, all of it or nothing. Rows in `merge` become the person that was proposed for them: that
 * person keeps their id and the posts they had, and takes the file's other values.
 */
export async function confirmPeople(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  id: string,
  merge: readonly number[],
): Promise<Result<Confirmed, ConfirmFailure>> {
  const outcome = await transaction(context.database, async (connection) => {
    const taken = await takeImport(connection, conference, id);
    if (taken === null) return { ok: false, reason: 'no such import' } as const;
    if (taken.errors > 0) return undo({ ok: false, reason: 'has errors', errors: taken.errors });
    // The roster may have changed since the preview: whom a row is merged with is settled now.
    const roster = await readRoster(connection, conference);
    const { people, merged, strangers } = mergePeople(roster, taken.candidates, new Set(merge));
    if (strangers.length > 0) return undo({ ok: false, reason: 'nobody to merge with', rows: strangers });
    await writePeople(connection, conference, people);
    const total = await countPeople(connection, conference);
    return ok({ added: taken.candidates.length - merged, merged, total });
  }).catch((error: unknown) => {
    if (error instanceof Undone) return error.failure;
    throw error;
  });
  return outcome;
}

/** Takes a transaction back together with what was found: a refused import can be mended and confirmed again. */
class Undone extends Error {
  readonly failure: { readonly ok: false } & ConfirmFailure;
  constructor(failure: { readonly ok: false } & ConfirmFailure) {
    super(failure.reason);
    this.failure = failure;
  }
}
function undo(failure: { readonly ok: false } & ConfirmFailure): never {
  throw new Undone(failure);
}

function mergePeople(
  roster: readonly Person[],
  candidates: readonly Candidate[],
  merge: ReadonlySet<number>,
): { readonly people: Person[]; readonly merged: number; readonly strangers: number[] } {
  const proposals = new Map(
    proposeDuplicates(roster, candidates).map((proposal) => [proposal.row, proposal]),
  );
  const byId = new Map<string, Person>(roster.map((person) => [person.id, person]));
  const byRow = new Map<number, Person>();
  const written = new Map<string, Person>();
  const strangers = [...merge].filter((row) => !proposals.has(row));
  let merged = 0;
  for (const { row, person } of candidates) {
    const other = merge.has(row) ? proposals.get(row)?.other : undefined;
    const known =
      other === undefined ? undefined : 'row' in other ? byRow.get(other.row) : byId.get(other.person);
    const result = known === undefined ? person : joined(written.get(known.id) ?? known, person);
    if (known !== undefined) merged += 1;
    byRow.set(row, result);
    written.set(result.id, result);
  }
  return { people: [...written.values()], merged, strangers };
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

/**
 * A citizen's number is kept as a one-way hash that tells two people apart. Twelve digits can be tried out by whoever
 * holds the database; it keeps the number off screens and exports, not from the administrator.
 */
function hashCitizenNumber(digits: string): string {
  return `cccd:${createHash('sha256').update(`nhipcau citizen number ${digits}`).digest('base64url')}`;
}
