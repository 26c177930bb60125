import { DateTime } from 'luxon';

import { civilDateOf, ZONE } from '../../domain/time.ts';
import type { Instant } from '../../domain/time.ts';

/** How the values of a column are shown. */
export type ColumnKind = 'text' | 'number' | 'percent' | 'date' | 'datetime';

export interface SheetColumn {
  readonly header: string;
  readonly kind?: ColumnKind;
  /** In letters, as Excel counts. */
  readonly width?: number;
}

/**
 * What a cell holds: a text; a number, or for `percent` a part of one; for `date` a civil date, for `datetime` an instant.
 * Null and the empty text leave it empty.
 */
export type SheetValue = string | number | null;

/** What Excel holds in a cell. */
const LONGEST_CELL = 32_767;
/** Excel's own bound. */
export const MOST_ROWS = 1_048_576;
const PIECE = 65_536;

/** Places in `cellXfs` of the styles below. */
const STYLES: Readonly<Record<ColumnKind, number>> = { text: 0, number: 2, percent: 3, date: 4, datetime: 5 };
const HEADER_STYLE = 1;

export const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** Plain cells, bold headers that wrap, whole numbers in groups, percents, dates, dates with hours. */
export const STYLES_XML =
  `${DECLARATION}<styleSheet xmlns="${MAIN}">` +
  '<numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>' +
  '<numFmt numFmtId="165" formatCode="dd/mm/yyyy hh:mm"/></numFmts>' +
  '<fonts count="2"><font><sz val="11"/><name val="Times New Roman"/></font>' +
  '<font><b/><sz val="11"/><name val="Times New Roman"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill>' +
  '<fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="6">' +
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">' +
  '<alignment horizontal="center" vertical="center" wrapText="1"/></xf>' +
  [3, 10, 164, 165]
    .map((id) => `<xf numFmtId="${id}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`)
    .join('') +
  '</cellXfs></styleSheet>';

/** What is written of one sheet: where it stops, the next one takes over. */
export interface SheetSource {
  readonly columns: readonly SheetColumn[];
  /** The next row; undefined at the end. */
  readonly next: () => Promise<readonly SheetValue[] | undefined>;
}

/** A sheet with its header frozen, in pieces; it ends with the rows or when it is full. */
export async function* writeSheet(
  { columns, next }: SheetSource,
  mostRows = MOST_ROWS,
): AsyncGenerator<Buffer, void, undefined> {
  const cols = columns
    .map(({ width, header }) => width ?? Math.min(40, Math.max(10, header.length + 2)))
    .map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`)
    .join('');
  let text =
    `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<sheetFormatPr defaultRowHeight="15"/>${cols === '' ? '' : `<cols>${cols}</cols>`}<sheetData><row r="1">${columns
      .map(({ header }, at) => stringCell(placeOf(at, 1), header, HEADER_STYLE))
      .join('')}</row>`;
  for (let row = 2; row <= mostRows; row++) {
    const values = await next();
    if (values === undefined) break;
    text += `<row r="${row}">`;
    for (let at = 0; at < columns.length; at++) {
      text += cellOf(placeOf(at, row), values[at] ?? null, columns[at]?.kind ?? 'text');
    }
    text += '</row>';
    if (text.length > PIECE) {
      yield Buffer.from(text);
      text = '';
    }
  }
  yield Buffer.from(`${text}</sheetData></worksheet>`);
}

function cellOf(place: string, value: SheetValue, kind: ColumnKind): string {
  if (value === null || value === '') return '';
  const number = typeof value === 'number' ? numberOf(value, kind) : kind === 'date' ? serialOf(value) : null;
  // Whatever a text begins with, it stays a text: no formula comes out of what people typed.
  return number === null
    ? stringCell(place, String(value), 0)
    : `<c r="${place}" s="${STYLES[kind]}"><v>${number}</v></c>`;
}

function numberOf(value: number, kind: ColumnKind): number | null {
  if (!Number.isFinite(value)) return null;
  return kind === 'datetime' ? serialOfInstant(value) : value;
}

/** The day's number in Excel's count. Null where a text is no date: it then stands as it is. */
function serialOf(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const days = Date.parse(`${date}T00:00:00Z`) / 86_400_000 + 25_569;
  // Before 01/03/1900 Excel's calendar is not ours.
  return days >= 61 ? days : null;
}

function serialOfInstant(ms: number): number | null {
  const instant = ms as Instant;
  const day = serialOf(civilDateOf(instant));
  const time = DateTime.fromMillis(instant, { zone: ZONE });
  return day === null ? null : day + (time.hour * 60 + time.minute) / 1440;
}

function stringCell(place: string, text: string, style: number): string {
  const shown = text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL - 1)}…` : text;
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeText(shown)}</t></is></c>`;
}

const LETTERS = Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at));

function placeOf(column: number, row: number): string {
  const own = LETTERS[column % 26] ?? '';
  return column < 26 ? `${own}${row}` : `${LETTERS[Math.floor(column / 26) - 1] ?? ''}${own}${row}`;
}

const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Text as XML holds it. Characters that it cannot hold become �; what looks like Excel's own escape stays as typed. */
export function escapeText(text: string): string {
  return text
    .replace(NOT_XML, '\uFFFD')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>"]/g, (sign) =>
      sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : sign === '>' ? '&gt;' : '&quot;',
    );
}
