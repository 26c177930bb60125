import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';

import {
  proposeColumns,
  shapeOf,
  withFields,
  type ProposedColumn,
} from '../../domain/composition/columns.ts';
import { proposeDuplicates, type Candidate } from '../../domain/composition/duplicates.ts';
import { differencesOf, joined } from '../../domain/composition/merge.ts';
import type { Person } from '../../domain/composition/person.ts';
import { readRosterRow, sayRosterFault, type RosterFault } from '../../domain/composition/roster.ts';
import type { PersonId } from '../../domain/ids.ts';
import { ok } from '../../domain/result.ts';
import type { Duplicate, ImportKind } from '../../domain/wire/people.ts';
import type { Fault } from '../../domain/wire/problem.ts';
import { readRows } from '../documents/rows.ts';
import { sayRowProblem } from '../documents/sentences.ts';
import type { ReadRow, Table } from '../documents/table.ts';
import { tellProgress } from '../documents/thread.ts';
import { uuidv7Maker } from '../platform/ids.ts';
import { packContent, type FaultyEntry, type Other, type ReadEntry } from './import-content.ts';
import type { RosterAnswer, RosterFile } from './reading.ts';

/** Beyond every roster of one file, 100,000 people with ten columns (10 MB of CSV), and little enough to be held in memory. */
const LIMITS = { bytes: 30_000_000, unpackedBytes: 200_000_000, rows: 100_000, columns: 100, cell: 5000 };
/** Errors beyond these are counted, not listed: nobody reads on. */
const MOST_LISTED = 1000;
const MOST_DUPLICATES = 2000;
const SAMPLE = 20;
/** Rows by whose cells columns are told. */
const ROWS_TO_LEARN_FROM = 100;
const ROWS_SHOWN = 5;
/** Letters of a cell in what is shown of a file. */
const CELL_SHOWN = 80;
const ROWS_PER_WORD = 2000;

/** Reads one roster file and answers; the thread ends with it. */
async function readRoster(file: RosterFile): Promise<RosterAnswer> {
  const table = await readRows(file.bytes, file.fileName, { limits: LIMITS });
  if (!table.ok) return table;
  const { columns, candidates, errors, errorCount, notes, count, faulty, head } = await readPeople(
    table.value,
    file,
  );
  const roster = file.roster.flatMap((some) => JSON.parse(new TextDecoder().decode(some)) as Person[]);
  const duplicates = proposeDuplicates(roster, candidates);
  const read = sorted(roster, candidates, duplicates);
  const counts = { ...lengthsOf(read), faulty: faulty.length };
  return ok({
    preview: {
      rows: count,
      people: candidates.length,
      columns: columns.map((column) => ({ ...column })),
      head,
      counts,
      sample: candidates.slice(0, SAMPLE).map(({ person }) => person),
      errors,
      errorCount,
      notes,
      duplicates: duplicates.slice(0, MOST_DUPLICATES),
      duplicateCount: duplicates.length,
    },
    parts: await packContent({ read, faulty }),
  });
}

interface Rows {
  readonly first: readonly ReadRow[];
  readonly all: AsyncIterable<ReadRow>;
}

/** The first rows of a table, and all of them. */
async function begin({ rows }: Table): Promise<Rows> {
  const iterator = rows[Symbol.asyncIterator]();
  const first: ReadRow[] = [];
  while (first.length < ROWS_TO_LEARN_FROM) {
    const next = await iterator.next();
    if (next.done === true) break;
    first.push(next.value);
  }
  return { first, all: goOn(first, iterator) };
}

async function* goOn(first: readonly ReadRow[], rest: AsyncIterator<ReadRow>): AsyncGenerator<ReadRow> {
  yield* first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

async function readPeople(table: Table, { language, now, fields, remembered }: RosterFile) {
  const { header } = table;
  const { first, all } = await begin(table);
  const cellsOf = (row: ReadRow): string[] => (row.ok ? header.map((name) => row.cells[name] ?? '') : []);
  const learned = first.filter((row) => row.ok).map(cellsOf);
  const columns: ProposedColumn[] =
    fields !== null && fields.length === header.length
      ? withFields(header, fields, 'given')
      : proposeColumns(header, learned, remembered.get(shapeOf(header)) ?? null);
  const head = learned
    .slice(0, ROWS_SHOWN)
    .map((cells) => cells.map((cell) => cell.slice(0, CELL_SHOWN).toWellFormed()));
  const tools = { newId: uuidv7Maker(() => now), hashCitizenNumber };
  const candidates: Candidate[] = [];
  const faulty: FaultyEntry[] = [];
  const errors: Fault[] = [];
  const notes: Fault[] = [];
  let errorCount = 0;
  let count = 0;
  const say = (fault: RosterFault): Fault => sayRosterFault(fault, language);
  const fail = (faults: readonly Fault[]): void => {
    errorCount += faults.length;
    errors.push(...faults.slice(0, MOST_LISTED - errors.length));
  };
  if (columns.every(({ field }) => field !== 'name')) {
    fail([say({ kind: 'no-name-column' })]);
    return { columns, head, candidates, faulty, errors, errorCount, notes, count };
  }
  for await (const read of all) {
    count += 1;
    if (count % ROWS_PER_WORD === 0) tellProgress(count);
    if (!read.ok) {
      const fault = sayRowProblem(read.problem, language);
      fail([fault]);
      faulty.push({ row: read.problem.row, cells: [], faults: [fault] });
      continue;
    }
    const { person, faults } = readRosterRow(columns, read, tools);
    if (person === null) {
      const said = faults.map(say);
      fail(said);
      faulty.push({ row: read.row, cells: cellsOf(read), faults: said });
    } else {
      candidates.push({ row: read.row, person });
      if (notes.length < MOST_LISTED) notes.push(...faults.map(say));
    }
  }
  return { columns, head, candidates, faulty, errors, errorCount, notes, count };
}

type Sorted = Record<Exclude<ImportKind, 'faulty'>, ReadEntry[]>;

/** Everybody of the file by what becomes of them, and with whom they may be one. */
function sorted(
  roster: readonly Person[],
  candidates: readonly Candidate[],
  duplicates: readonly Duplicate[],
): Sorted {
  const byId = new Map<PersonId, Person>(roster.map((person) => [person.id, person]));
  const byRow = new Map(candidates.map(({ row, person }) => [row, person]));
  const proposals = new Map(duplicates.map((proposal) => [proposal.row, proposal]));
  const into: Sorted = { added: [], changed: [], untouched: [], likely: [], perhaps: [] };
  for (const { row, person } of candidates) {
    const proposal = proposals.get(row);
    const other = proposal === undefined ? null : otherOf(proposal, byId, byRow);
    const entry: ReadEntry = { row, person, other };
    if (proposal === undefined || other === null) into.added.push(entry);
    else if (proposal.certainty !== 'same') into[proposal.certainty].push(entry);
    else if (differencesOf(other.person, joined(other.person, person)).length > 0) into.changed.push(entry);
    else into.untouched.push(entry);
  }
  return into;
}

function otherOf(
  { other }: Duplicate,
  byId: ReadonlyMap<PersonId, Person>,
  byRow: ReadonlyMap<number, Person>,
): Other | null {
  const person = 'row' in other ? byRow.get(other.row) : byId.get(other.person);
  if (person === undefined) return null;
  return 'row' in other ? { row: other.row, person } : { person };
}

function lengthsOf({ added, changed, untouched, likely, perhaps }: Sorted) {
  return {
    added: added.length,
    changed: changed.length,
    untouched: untouched.length,
    likely: likely.length,
    perhaps: perhaps.length,
  };
}

/**
 * A citizen's number is kept as a one-way hash that tells two people apart. Twelve digits can be tried out by whoever
 * holds the database; it keeps the number off screens and exports, not from the administrator.
 */
function hashCitizenNumber(digits: string): string {
  return `cccd:${createHash('sha256').update(`nhipcau citizen number ${digits}`).digest('base64url')}`;
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
parentPort?.postMessage(await readRoster(workerData as RosterFile));
