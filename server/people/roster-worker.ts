import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';

import { proposeDuplicates, type Candidate } from '../../domain/composition/duplicates.ts';
import type { Person } from '../../domain/composition/person.ts';
import {
  readColumns,
  readRosterRow,
  sayRosterFault,
  type RosterFault,
} from '../../domain/composition/roster.ts';
import { ok } from '../../domain/result.ts';
import type { Fault } from '../../domain/wire/problem.ts';
import { readRows } from '../documents/rows.ts';
import { sayRowProblem } from '../documents/sentences.ts';
import type { Table } from '../documents/table.ts';
import { uuidv7Maker } from '../platform/ids.ts';
import { packContent } from './import-content.ts';
import type { RosterAnswer, RosterFile } from './reading.ts';

/** Beyond every roster of one file, 100,000 people with ten columns (10 MB of CSV), and little enough to be held in memory. */
const LIMITS = { bytes: 30_000_000, unpackedBytes: 200_000_000, rows: 100_000, columns: 100, cell: 5000 };
/** Errors beyond these are counted, not listed: nobody reads on. */
const MOST_LISTED = 1000;
const SAMPLE = 20;

/** Reads one roster file and answers; the thread ends with it. */
async function readRoster(file: RosterFile): Promise<RosterAnswer> {
  const table = await readRows(file.bytes, file.fileName, { limits: LIMITS });
  if (!table.ok) return table;
  const { columns, candidates, errors, errorCount, notes, count } = await readPeople(table.value, file);
  const roster = JSON.parse(new TextDecoder().decode(file.roster)) as readonly Person[];
  const duplicates = proposeDuplicates(roster, candidates);
  const kept = errorCount === 0 ? { candidates, duplicates } : { candidates: [], duplicates: [] };
  return ok({
    preview: {
      rows: count,
      people: candidates.length,
      columns,
      sample: candidates.slice(0, SAMPLE).map(({ person }) => person),
      errors,
      errorCount,
      notes,
      duplicates,
    },
    content: await packContent({ ...kept, errors: errorCount }),
  });
}

async function readPeople({ header, rows }: Table, { language, now }: RosterFile) {
  const columns = readColumns(header);
  const tools = { newId: uuidv7Maker(() => now), hashCitizenNumber };
  const candidates: Candidate[] = [];
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
    return { columns, candidates, errors, errorCount, notes, count };
  }
  for await (const read of rows) {
    count += 1;
    if (!read.ok) {
      fail([sayRowProblem(read.problem, language)]);
      continue;
    }
    const { person, faults } = readRosterRow(columns, read, tools);
    if (person === null) fail(faults.map(say));
    else {
      candidates.push({ row: read.row, person });
      if (notes.length < MOST_LISTED) notes.push(...faults.map(say));
    }
  }
  return { columns, candidates, errors, errorCount, notes, count };
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
