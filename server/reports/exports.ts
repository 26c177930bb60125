import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { SessionId } from '../../domain/ids.ts';
import { rollUpHeadcounts } from '../../domain/reports/roll-up.ts';
import { ok, type Result } from '../../domain/result.ts';
import { formatDate, formatTime } from '../../domain/text/dates.ts';
import type { Language } from '../../domain/text/language.ts';
import { shorten } from '../../domain/text/normalize.ts';
import { formatPercent } from '../../domain/text/numbers.ts';
import { civilDateOf, isoOf, type Instant } from '../../domain/time.ts';
import { whyNotIn } from '../attendance/expected.ts';
import { liveSession, type LiveSession } from '../attendance/live.ts';
import { absenteesOf, type Missed } from '../attendance/queries.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import { writeCsv } from '../documents/csv.ts';
import type { SheetColumn, SheetValue } from '../documents/sheet-writer.ts';
import { writeWorkbook } from '../documents/xlsx.ts';
import { peopleByIds } from '../people/queries.ts';
import type { Context } from '../platform/context.ts';
import type { Document } from '../platform/endpoint.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { sessionOf, type SessionRecord } from '../schedule/queries.ts';
import { incidentsBelow } from '../lines/queries.ts';
import { absenteeTable } from './absentee-table.ts';
import { incidentTable } from './incident-table.ts';
import { headcountsOf, type Headcounts } from './queries.ts';
import { ABSENTEE_NAMES, INCIDENTS_NAME, REPORT_NAMES } from './sentences.ts';
import { personTable } from './person-table.ts';
import { bridgeTable, levelTable, type Column, type Sources, type Table } from './tables.ts';

export interface ExportAsked {
  readonly format: 'xlsx' | 'csv' | 'json';
  /** What one line of the table tells of. */
  readonly by: 'bridge' | 'level' | 'person';
  readonly language: Language;
}

/** Media types by format. */
export const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
  json: 'application/json',
} as const satisfies Record<ExportAsked['format'], string>;

/** The attendance report of a bridge and everything below it as a file, written as it is read. */
export async function exportReport(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'people' | 'below'>,
  session: SessionId,
  asked: ExportAsked,
): Promise<Result<Document, { readonly reason: 'no such session' | 'no bridges' | 'takes no part' }>> {
  const held = await sessionOf(context, conference, session);
  if (held === null) return { ok: false, reason: 'no such session' };
  const live = await liveSession(context, conference, session);
  const node = live?.tree.get(bridge);
  if (live === null || node === undefined)
    return { ok: false, reason: whyNotIn(live, bridge) ?? 'no bridges' };
  const asOf = context.clock();
  const sources: Sources = {
    live,
    headcounts: asked.by === 'person' ? null : await reportedFor(context, conference, held, live, asOf),
    people: (ids) => peopleByIds(context, conference, ids),
    lines: asked.by === 'bridge' ? await incidentsBelow(context, conference, bridge, session) : null,
    under: bridge,
    asOf,
    language: asked.language,
  };
  return ok({
    type: TYPES[asked.format],
    filename: fileName(REPORT_NAMES[asked.by][asked.language], node.name, held.startsAt, asked.format),
    write: (out) => writeReport(sources, asked, out),
  });
}

/**
 * What was reported beforehand of the bridges of a session. Units report how many come to the conference: of a follow-up
 * session nobody has said anything.
 */
async function reportedFor(
  context: Context,
  conference: AuthorizedConferenceId,
  { kind }: SessionRecord,
  { tree, taking }: LiveSession,
  asOf: Instant,
): Promise<Headcounts | null> {
  if (kind === 'follow-up') return null;
  const all = await headcountsOf(context, conference, asOf);
  if (all === null || taking === 'all') return all;
  const lines = new Map([...all.lines].filter(([bridge]) => taking.has(bridge)));
  return { ...all, lines, rollUps: rollUpHeadcounts(tree, lines) };
}

/** Those of a bridge and below who were not there, as a file; null before the bridges are built. */
export async function exportAbsentees(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'people' | 'below'>,
  {
    format,
    language,
    ...asked
  }: Missed & Pick<ExportAsked, 'language'> & { readonly format: 'xlsx' | 'csv' },
): Promise<Document | null> {
  const node = (await bridgeTreeOf(context, conference))?.get(bridge);
  if (node === undefined) return null;
  const table = absenteeTable(await absenteesOf(context, conference, bridge, asked), language);
  const name = ABSENTEE_NAMES[asked.missed][language];
  return {
    type: TYPES[format],
    filename: fileName(name, node.name, context.clock(), format),
    write: (out) => writeTable(table, format, name, language, out),
  };
}

/** `Báo cáo điểm danh - Huyện Đại Từ - 13-01-2025.xlsx`: without what Windows or a header cannot hold in a name. */
export function fileName(report: string, bridge: string, on: Instant, format: ExportAsked['format']): string {
  const name = bridge
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"/\\|?*]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const short = shorten(name, 80);
  const day = formatDate(civilDateOf(on)).replaceAll('/', '-');
  return `${report} - ${short} - ${day}.${format}`;
}

async function writeReport(sources: Sources, { format, by }: ExportAsked, out: Writable): Promise<void> {
  const name = REPORT_NAMES[by][sources.language];
  switch (by) {
    case 'bridge': {
      const table = await bridgeTable(sources);
      const { live, lines, language } = sources;
      if (format !== 'xlsx' || lines === null || lines.incidents.length === 0)
        return writeTable(table, format, name, language, out);
      const incidents = incidentTable(live, lines.incidents, lines.until, language);
      return writeWorkbook([sheetOf(table, name), sheetOf(incidents, INCIDENTS_NAME[language])], out);
    }
    case 'level':
      return writeTable(levelTable(sources), format, name, sources.language, out);
    default:
      return writeTable(personTable(sources), format, name, sources.language, out);
  }
}

/** Writes one table, no faster than the other end takes it. */
export async function writeTable<Row>(
  table: Table<Row>,
  format: ExportAsked['format'],
  name: string,
  language: Language,
  out: Writable,
): Promise<void> {
  const { columns, rows } = table;
  switch (format) {
    case 'xlsx':
      return writeWorkbook([sheetOf(table, name)], out);
    case 'csv': {
      const header = columns.map((column) => column.header);
      return writeCsv(
        header,
        rowsAs(rows, columns, (column, row) => csvValue(column, row, language)),
        out,
      );
    }
    default:
      return pipeline(Readable.from(jsonOf(table)), out);
  }
}

function sheetOf<Row>({ columns, rows }: Table<Row>, name: string) {
  return { name, columns: columns.map(sheetColumn), rows: rowsAs(rows, columns, sheetValue) };
}

async function* rowsAs<Row, Value>(
  rows: Table<Row>['rows'],
  columns: readonly Column<Row>[],
  valueOf: (column: Column<Row>, row: Row) => Value,
): AsyncGenerator<Value[], void, undefined> {
  for await (const row of rows) yield columns.map((column) => valueOf(column, row));
}

const KINDS = { text: 'text', count: 'number', share: 'percent', moment: 'datetime' } as const;

function sheetColumn<Row>({ header, kind, width }: Column<Row>): SheetColumn {
  return { header, kind: KINDS[kind], ...(width !== undefined && { width }) };
}

/** Numbers stay numbers, so that a spreadsheet can go on counting with them. There is no ratio of nothing. */
function sheetValue<Row>(column: Column<Row>, row: Row): SheetValue {
  if (column.kind !== 'share') return column.value(row);
  const share = column.value(row);
  return share === null || share.whole === 0 ? null : share.part / share.whole;
}

/** Counts without groups, which a program reads in one way only; ratios and hours as a person writes them. */
function csvValue<Row>(column: Column<Row>, row: Row, language: Language): string | number | null {
  switch (column.kind) {
    case 'share': {
      const share = column.value(row);
      // There is no ratio of nothing; "-" would be taken for the beginning of a formula.
      return share === null || share.whole === 0 ? null : formatPercent(share.part, share.whole, language);
    }
    case 'moment': {
      const at = column.value(row);
      return at === null ? null : `${formatTime(at)} ${formatDate(civilDateOf(at))}`;
    }
    default:
      return column.value(row);
  }
}

/** For programs: codes in the place of words, ratios as their two numbers, instants with their offset. */
function jsonValue<Row>(column: Column<Row>, row: Row): unknown {
  if (column.kind === 'text') return (column.code ?? column.value)(row);
  if (column.kind !== 'moment') return column.value(row);
  const at = column.value(row);
  return at === null ? null : isoOf(at);
}

/** An array with one object for each row, in pieces that are worth sending. */
async function* jsonOf<Row>({ columns, ids, rows }: Table<Row>): AsyncGenerator<string, void, undefined> {
  let text = '[';
  let isFirst = true;
  for await (const row of rows) {
    const values = columns.map((column) => [column.key, jsonValue(column, row)] as const);
    const entry = { ...ids(row), ...Object.fromEntries(values) };
    text += `${isFirst ? '' : ','}\n${JSON.stringify(entry)}`;
    isFirst = false;
    if (text.length > 16_384) {
      yield text;
      text = '';
    }
  }
  yield `${text}\n]\n`;
}
