import { setImmediate as breathe } from 'node:timers/promises';

import type { Knex } from 'knex';

import type { BridgeId, ConferenceId } from '../../domain/ids.ts';
import {
  stepBetween,
  type FrozenSummary,
  type SummaryDifference,
  type SummaryLine,
  type SummaryTotals,
} from '../../domain/reports/headcount-summary.ts';
import type { Instant } from '../../domain/time.ts';

/** Rows read or written without a pause for whoever is at a door. */
export const ROWS_AT_A_TIME = 500;

/** A summary of so few bridges is kept whole in every version; of more, now and then, and the changes in between. */
const SMALL = 50;
const WHOLE_EVERY = 25;

interface VersionRow {
  readonly version: number;
  readonly due_before: Instant;
  readonly at: Instant;
  readonly totals: string;
  readonly whole: number;
  readonly lines: string;
  readonly gone: string;
  readonly differences: string;
  readonly differing: number;
}

/** One version of a bridge's summary, or its last one; null where there is none. */
export async function readSummary(
  db: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
  version: number | null,
): Promise<FrozenSummary | null> {
  const upTo = version ?? Number.MAX_SAFE_INTEGER;
  const rows = await db('headcount_version')
    .where({ conference, bridge })
    .where('version', '<=', upTo)
    .where(
      'version',
      '>=',
      db('headcount_version')
        .where({ conference, bridge, whole: 1 })
        .where('version', '<=', upTo)
        .max('version'),
    )
    .orderBy('version')
    .select<VersionRow[]>();
  const last = rows.at(-1);
  if (last === undefined || (version !== null && last.version !== version)) return null;
  const lines = new Map<BridgeId, SummaryLine>();
  for (const row of rows) {
    for (const bridgeGone of JSON.parse(row.gone) as BridgeId[]) lines.delete(bridgeGone);
    for await (const line of readLines(row.lines)) {
      const said = line as SummaryLine;
      lines.set(said.bridge, said);
    }
  }
  const differences: SummaryDifference[] = [];
  for await (const one of readLines(last.differences)) differences.push(one as SummaryDifference);
  return { ...headOf(last), lines, differences };
}

function headOf(row: VersionRow): Pick<FrozenSummary, 'version' | 'dueBefore' | 'at' | 'totals'> {
  const { version, at } = row;
  return { version, at, dueBefore: row.due_before, totals: JSON.parse(row.totals) as SummaryTotals };
}

async function* readLines(text: string): AsyncGenerator {
  let read = 0;
  for (const line of text === '' ? [] : text.split('\n')) {
    yield JSON.parse(line) as unknown;
    read += 1;
    if (read % ROWS_AT_A_TIME === 0) await breathe();
  }
}

async function writeLines(values: Iterable<object>): Promise<string> {
  const lines: string[] = [];
  for (const value of values) {
    lines.push(JSON.stringify(value));
    if (lines.length % ROWS_AT_A_TIME === 0) await breathe();
  }
  return lines.join('\n');
}

/** A version as it is written: made before the transaction, which is held no longer than writing takes. */
export async function packSummary(
  conference: ConferenceId,
  bridge: BridgeId,
  before: FrozenSummary | null,
  summary: FrozenSummary,
): Promise<object> {
  const { version, dueBefore, at, totals, lines, differences } = summary;
  const whole = before === null || lines.size <= SMALL || version % WHOLE_EVERY === 1;
  const { changed, gone } = before === null ? { changed: [], gone: [] } : stepBetween(before.lines, summary);
  return {
    conference,
    bridge,
    version,
    due_before: dueBefore,
    at,
    totals: JSON.stringify(totals),
    whole: whole ? 1 : 0,
    lines: await writeLines(whole ? lines.values() : changed),
    gone: JSON.stringify(whole ? [] : gone),
    differences: await writeLines(differences),
    differing: differences.length,
  };
}

/** Adds versions. A unique violation says that somebody else has just frozen one of them. */
export async function addSummaries(db: Knex, rows: readonly object[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 50) await db('headcount_version').insert(rows.slice(at, at + 50));
}

/** The number of each bridge's last version, and when it was made. */
export async function lastVersions(
  db: Knex,
  conference: ConferenceId,
): Promise<Map<BridgeId, { readonly version: number; readonly at: Instant }>> {
  const rows = await db('headcount_version')
    .where({ conference })
    .groupBy('bridge')
    .select<{ bridge: BridgeId; version: number; at: Instant }[]>(
      'bridge',
      db.raw('max(version) as version'),
      // Versions follow each other in time, so that the last one is the latest.
      db.raw('max(at) as at'),
    );
  return new Map(rows.map(({ bridge, ...last }) => [bridge, last]));
}

/** One version as lists show it: without its lines, and with the first of its differences. */
export interface ListedSummary extends Omit<FrozenSummary, 'lines'> {
  readonly differing: number;
}

/** Of a version with thousands of differences, a list reads no more than some dozens. */
const LISTED_CHARACTERS = 20_000;

/** Versions of a bridge's summary, last first, before one of them, at most `limit`. */
export async function listSummaries(
  db: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
  before: number | null,
  limit: number,
): Promise<ListedSummary[]> {
  const query = db('headcount_version').where({ conference, bridge });
  if (before !== null) void query.where('version', '<', before);
  const rows = await query
    .orderBy('version', 'desc')
    .limit(limit)
    .select<VersionRow[]>(
      'version',
      'due_before',
      'at',
      'totals',
      'differing',
      db.raw('substr(differences, 1, ?) as differences', [LISTED_CHARACTERS]),
    );
  return rows.map((row) => {
    const lines = row.differences.split('\n').filter((line) => line !== '');
    // The last one may have been cut.
    const shown = row.differences.length < LISTED_CHARACTERS ? lines : lines.slice(0, -1);
    const differences = shown.map((line) => JSON.parse(line) as SummaryDifference);
    return { ...headOf(row), differing: row.differing, differences };
  });
}

/** Every conference, with the state up to which its summaries were looked at. */
export async function readConferences(
  db: Knex,
): Promise<{ readonly id: ConferenceId; readonly state: string | null }[]> {
  return await db('conference')
    .leftJoin('headcount_mark', 'headcount_mark.conference', 'conference.id')
    .select({ id: 'conference.id', state: 'headcount_mark.state' });
}

export async function writeMark(db: Knex, conference: ConferenceId, state: string): Promise<void> {
  await db('headcount_mark').insert({ conference, state }).onConflict('conference').merge();
}
