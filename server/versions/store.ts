import { setImmediate as breathe } from 'node:timers/promises';

import type { Knex } from 'knex';

import type { BridgeId, ConferenceId, SessionId } from '../../domain/ids.ts';
import {
  applyDifferences,
  type FigureDifference,
  type FrozenReport,
} from '../../domain/reports/attendance-report.ts';
import { FIGURES, type Figure, type FigureValues } from '../../domain/reports/figures.ts';
import type { Instant } from '../../domain/time.ts';

/** Rows read or written without a pause for whoever is at a door. */
export const ROWS_AT_A_TIME = 500;

/** A report of so few bridges is kept whole in every version; of more, now and then, and the differences in between. */
const SMALL = 50;
const WHOLE_EVERY = 25;

interface FrozenRow {
  readonly bridge: BridgeId;
  readonly version: number;
  readonly sequence: number;
  readonly at: Instant;
  readonly figures: string | null;
  readonly differences: string;
  readonly differing: number;
}

const COLUMNS = ['bridge', 'version', 'sequence', 'at', 'figures', 'differences'] as const;

/**
 * The last version of the attendance report of each of some bridges, at most some hundred; those without one are not in
 * the answer.
 */
export async function lastReports(
  db: Knex,
  session: SessionId,
  bridges: readonly BridgeId[],
): Promise<Map<BridgeId, FrozenReport>> {
  // Each from its last whole version on: what lies between is said by the differences.
  const rows = await db('attendance_report as report')
    .where('report.session', session)
    .whereIn('report.bridge', bridges)
    .where(
      'report.version',
      '>=',
      db('attendance_report as whole')
        .whereRaw('whole.session = report.session and whole.bridge = report.bridge')
        .whereNotNull('whole.figures')
        .max('whole.version'),
    )
    .orderBy(['report.bridge', 'report.version'])
    .select<FrozenRow[]>(...COLUMNS.map((column) => `report.${column}`));
  const reports = new Map<BridgeId, FrozenReport>();
  for (const row of rows) {
    const before = reports.get(row.bridge)?.figures ?? new Map<BridgeId, FigureValues>();
    const figures = row.figures === null ? new Map(before) : await readFigures(row.figures);
    const differences = differencesOf(row.differences);
    if (row.figures === null) applyDifferences(figures, differences);
    reports.set(row.bridge, {
      version: row.version,
      sequence: row.sequence,
      at: row.at,
      figures,
      differences,
    });
  }
  return reports;
}

/** One version to be written. */
export interface NewVersion {
  readonly bridge: BridgeId;
  readonly report: FrozenReport;
}

/** Versions as they are written: made before the transaction, which is held no longer than writing takes. */
export async function packReports(
  conference: ConferenceId,
  session: SessionId,
  news: readonly NewVersion[],
): Promise<object[]> {
  const rows: object[] = [];
  for (const { bridge, report } of news) {
    const { version, sequence, at, figures, differences } = report;
    const whole = figures.size <= SMALL || version % WHOLE_EVERY === 1;
    rows.push({
      conference,
      session,
      bridge,
      version,
      sequence,
      at,
      figures: whole ? await writeFigures(figures) : null,
      differences: differences.map(lineOf).join('\n'),
      differing: differences.length,
    });
  }
  return rows;
}

/** Adds versions. A unique violation says that somebody else has just frozen one of them. */
export async function addReports(db: Knex, rows: readonly object[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 50) await db('attendance_report').insert(rows.slice(at, at + 50));
}

/** The names of the figures in the first line, then a line for each bridge: figures that come later do not shift them. */
async function writeFigures(figures: FrozenReport['figures']): Promise<string> {
  const lines = [JSON.stringify(FIGURES)];
  for (const [bridge, values] of figures) {
    lines.push(JSON.stringify([bridge, ...FIGURES.map((figure) => values[figure])]));
    if (lines.length % ROWS_AT_A_TIME === 0) await breathe();
  }
  return lines.join('\n');
}

async function readFigures(text: string): Promise<Map<BridgeId, FigureValues>> {
  const [head = '[]', ...lines] = text.split('\n');
  const names = JSON.parse(head) as Figure[];
  const figures = new Map<BridgeId, FigureValues>();
  for (const line of lines) {
    const [bridge, ...numbers] = JSON.parse(line) as [BridgeId, ...number[]];
    const values = Object.fromEntries(names.map((name, at) => [name, numbers[at] ?? 0]));
    figures.set(bridge, values as FigureValues);
    if (figures.size % ROWS_AT_A_TIME === 0) await breathe();
  }
  return figures;
}

/** One version as lists show it: how many differences it has, and the first of them. */
export interface ListedReport extends Omit<FrozenReport, 'figures'> {
  readonly differing: number;
}

/** Of a version with thousands of differences, a list reads no more than some hundred. */
const LISTED_CHARACTERS = 20_000;

/** Versions of an attendance report, last first, before one of them, at most `limit`. */
export async function listReports(
  db: Knex,
  conference: ConferenceId,
  session: SessionId,
  bridge: BridgeId,
  before: number | null,
  limit: number,
): Promise<ListedReport[]> {
  const query = db('attendance_report').where({ conference, session, bridge });
  if (before !== null) void query.where('version', '<', before);
  const rows = await query
    .orderBy('version', 'desc')
    .limit(limit)
    .select<Omit<FrozenRow, 'figures' | 'bridge'>[]>(
      'version',
      'sequence',
      'at',
      'differing',
      db.raw('substr(differences, 1, ?) as differences', [LISTED_CHARACTERS]),
    );
  return rows.map((row) => ({ ...row, differences: differencesOf(row.differences).slice(0, row.differing) }));
}

type Line = readonly [BridgeId, Figure, number, number];

function lineOf({ bridge, figure, before, after }: FigureDifference): string {
  return JSON.stringify([bridge, figure, before, after] satisfies Line);
}

/** The differences that stand in whole lines; a last line that was cut is left out. */
function differencesOf(text: string): FigureDifference[] {
  return text.split('\n').flatMap((line) => {
    if (!line.endsWith(']')) return [];
    const [bridge, figure, before, after] = JSON.parse(line) as Line;
    return [{ bridge, figure, before, after }];
  });
}

/** The bridges whose attendance report is frozen. */
export async function frozenBridges(db: Knex, session: SessionId): Promise<BridgeId[]> {
  const rows = await db('attendance_report')
    .where({ session, version: 1 })
    .select<{ bridge: BridgeId }[]>('bridge');
  return rows.map(({ bridge }) => bridge);
}

export async function readMark(db: Knex): Promise<number> {
  const row = await db('report_mark').first<{ sequence: number } | undefined>('sequence');
  return row?.sequence ?? 0;
}

export async function writeMark(db: Knex, sequence: number): Promise<void> {
  await db('report_mark').update({ sequence });
}

/** The ledger's last place; 0 while it is empty. */
export async function lastSequence(db: Knex): Promise<number> {
  const row = await db('attendance_event').max<{ last: number | null }>({ last: 'seq' }).first();
  return row?.last ?? 0;
}

/** The sessions of which the ledger has events after one place and up to another, with their conferences. */
export async function sessionsWithNews(
  db: Knex,
  after: number,
  upTo: number,
): Promise<{ readonly session: SessionId; readonly conference: ConferenceId }[]> {
  return await db('session')
    .whereIn(
      'id',
      db('attendance_event').where('seq', '>', after).where('seq', '<=', upTo).distinct('session'),
    )
    .select({ session: 'id', conference: 'conference' });
}

/** The conference of a session; its attendance has just been spoken of, so that it is there. */
export async function conferenceOf(db: Knex, session: SessionId): Promise<ConferenceId> {
  const row = await db('session')
    .where({ id: session })
    .first<{ conference: ConferenceId } | undefined>('conference');
  if (row === undefined) throw new Error(`no session ${session}`);
  return row.conference;
}

/** Everything in one version that differs from the one before; null where there is no such version. */
export async function readDifferences(
  db: Knex,
  conference: ConferenceId,
  session: SessionId,
  bridge: BridgeId,
  version: number,
): Promise<FigureDifference[] | null> {
  const row = await db('attendance_report')
    .where({ conference, session, bridge, version })
    .first<{ differences: string } | undefined>('differences');
  return row === undefined ? null : differencesOf(row.differences);
}
