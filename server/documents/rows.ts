import type { SheetRow } from '../../domain/units/columns.ts';
import { ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { fits, nfc, shorten, tidy } from '../../domain/text/normalize.ts';
import { openCsv } from './csv.ts';
import { TABLE_LIMITS } from './table.ts';
import type { RawCell, RawRow, ReadRow, RowProblem, Table, TableFailure, TableLimits } from './table.ts';
import { openXlsx } from './xlsx.ts';

export interface ReadOptions {
  /** Which sheet of a workbook; by default the first that is not hidden. */
  readonly sheet?: string;
  readonly limits?: Partial<TableLimits>;
  /** Tells the header among the first rows, for an importer that knows its columns. */
  readonly isHeader?: (names: readonly string[]) => boolean;
}

/** Titles, dates and mottos that offices set above a table rarely take more than ten. */
const ROWS_AT_TOP = 30;
const LONGEST_NAME = 100;

/**
 * Opens a table file, CSV or XLSX by what is in it, whatever its name says, and finds its header below the titles that
 * offices set above a table. Rows come as they are read; a row that cannot be given on comes as a problem that names it.
 * Texts are in NFC, without blanks around them.
 */
export async function readRows(
  bytes: Uint8Array,
  filename: string,
  options: ReadOptions = {},
): Promise<Result<Table, TableFailure>> {
  const limits: TableLimits = { ...TABLE_LIMITS, ...options.limits };
  if (bytes.length === 0) return { ok: false, reason: 'empty' };
  if (bytes.length > limits.bytes) return { ok: false, reason: 'too large', most: limits.bytes };
  const foreign = foreignKind(bytes, filename);
  if (foreign !== null) return { ok: false, reason: foreign };

  let kind: Table['kind'] = 'csv';
  let sheet: string | null = null;
  let sheets: readonly string[] = [];
  let source: AsyncGenerator<RawRow, void, undefined>;
  if (startsWith(bytes, 'PK')) {
    const opened = await openXlsx(bytes, limits, options.sheet ?? null);
    if (!opened.ok) return opened;
    kind = 'xlsx';
    ({ sheet, sheets, rows: source } = opened.value);
  } else {
    const opened = openCsv(bytes);
    if (!opened.ok) return opened;
    source = opened.value;
  }

  const found = await findHeader(source, limits, options.isHeader);
  if (!found.ok) {
    await source.return();
    return found;
  }
  const { row: headerRow, names: header } = found.value;
  return ok({ kind, sheet, sheets, header, headerRow, rows: rowsBelow(source, found.value, limits) });
}

/** All rows of a table and all problems, where they fit into memory: at most `mostProblems` problems are kept. */
export async function collectRows(
  table: Table,
  mostProblems = 1000,
): Promise<{ readonly rows: readonly SheetRow[]; readonly problems: readonly RowProblem[] }> {
  const rows: SheetRow[] = [];
  const problems: RowProblem[] = [];
  for await (const read of table.rows) {
    if (read.ok) rows.push({ row: read.row, cells: read.cells });
    else if (problems.push(read.problem) >= mostProblems) break;
  }
  return { rows, problems };
}

function startsWith(bytes: Uint8Array, signature: string): boolean {
  return Buffer.from(bytes.subarray(0, signature.length)).toString('latin1') === signature;
}

/** Files that people take for tables. */
function foreignKind(
  bytes: Uint8Array,
  filename: string,
): 'encrypted' | 'old excel' | 'pdf' | 'web page' | 'unknown kind' | null {
  if (startsWith(bytes, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) {
    // A workbook with a password stands in the container of old Office files, under this name.
    const name = Buffer.from('EncryptedPackage', 'utf16le');
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(name)
      ? 'encrypted'
      : 'old excel';
  }
  if (startsWith(bytes, '%PDF')) return 'pdf';
  const start = Buffer.from(bytes.subarray(0, 1000))
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart();
  // Many systems write a web page and call it .xls.
  if (/^<(?:!doctype|html|head|meta|table|style|\?xml)/i.test(start)) return 'web page';
  // Pictures, sounds and programs, which may pass for text at the start.
  const isImage =
    startsWith(bytes, '\x89PNG') || startsWith(bytes, '\xff\xd8\xff') || startsWith(bytes, 'GIF8');
  return isImage || (/\.(?:docx?|pptx?|pdf|jpe?g|png|mp4|exe)$/i.test(filename) && !startsWith(bytes, 'PK'))
    ? 'unknown kind'
    : null;
}

function isBlank(cell: RawCell | undefined): boolean {
  return cell === undefined || (typeof cell === 'string' && cell.trim() === '');
}

interface Header {
  readonly row: number;
  readonly names: readonly string[];
  /** Rows that were read in order to find it, and stand below it. */
  readonly below: readonly RawRow[];
}

/**
 * The row that the importer knows for a header, else the first that fills three quarters of what rows at the top usually
 * fill, and two cells at least: above it stand titles, often two beside each other (the office on the left, the State's
 * motto on the right); a few rows below it may be fuller, by a note beside the table.
 */
async function findHeader(
  source: AsyncGenerator<RawRow, void, undefined>,
  limits: TableLimits,
  isHeader: ReadOptions['isHeader'],
): Promise<Result<Header, TableFailure>> {
  const top: RawRow[] = [];
  while (top.length < ROWS_AT_TOP) {
    const next = await source.next();
    if (next.done === true) break;
    if (next.value.fault !== null || !next.value.cells.every(isBlank)) top.push(next.value);
  }
  if (top.length === 0) return { ok: false, reason: 'empty' };
  const filled = top.map(({ cells }) => cells.filter((cell) => !isBlank(cell)).length);
  const fullest = filled.filter((count) => count >= 2).toSorted((a, b) => b - a);
  const usual = fullest[Math.min(Math.max(1, Math.floor(fullest.length / 3)), fullest.length - 1)] ?? 2;
  const enough = Math.max(2, Math.ceil(usual * 0.75));
  const known = isHeader === undefined ? -1 : top.findIndex(({ cells }) => isHeader(namesOf(cells)));
  const at = known === -1 ? filled.findIndex((count) => count >= enough) : known;
  const row = top[at];
  const isTooWide = top.find(
    ({ cells, fault }) => fault === 'too many columns' || cells.length > limits.columns,
  );
  if (isTooWide !== undefined && (row === undefined || isTooWide.row <= row.row)) {
    return { ok: false, reason: 'too many columns', most: limits.columns };
  }
  const torn = top.slice(0, at === -1 ? top.length : at + 1).find(({ fault }) => fault === 'broken quotes');
  if (torn !== undefined) return { ok: false, reason: 'broken quotes', row: torn.row };
  if (row === undefined) return { ok: false, reason: top[0]?.fault === 'damaged' ? 'damaged' : 'no header' };
  return ok({ row: row.row, names: namesOf(row.cells), below: top.slice(at + 1) });
}

/** What the columns are called: tidied, each once; one without a name by its letter. */
function namesOf(cells: readonly (RawCell | undefined)[]): readonly string[] {
  const names = new Set<string>();
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at];
    const own = typeof cell === 'string' ? shorten(tidy(cell.slice(0, 8 * LONGEST_NAME)), LONGEST_NAME) : '';
    const name = own === '' ? letterOf(at) : own;
    let unique = name;
    for (let again = 2; names.has(unique); again++) unique = `${name} (${again})`;
    names.add(unique);
  }
  return [...names];
}

/** `A` for the first column, `AA` for the 27th. */
function letterOf(column: number): string {
  const own = String.fromCharCode(65 + (column % 26));
  return column < 26 ? own : letterOf(Math.floor(column / 26) - 1) + own;
}

async function* rowsBelow(
  source: AsyncGenerator<RawRow, void, undefined>,
  { names, below }: Header,
  limits: TableLimits,
): AsyncGenerator<ReadRow, void, undefined> {
  try {
    let count = 0;
    for await (const raw of chain(below, source)) {
      if (raw.fault === null && raw.cells.every(isBlank)) continue;
      count += 1;
      if (count > limits.rows) {
        yield {
          ok: false,
          problem: { row: raw.row, column: null, reason: 'too many rows', most: limits.rows },
        };
        return;
      }
      yield rowOf(raw, names, limits);
    }
  } finally {
    await source.return();
  }
}

async function* chain<Item>(
  first: readonly Item[],
  then: AsyncIterable<Item>,
): AsyncGenerator<Item, void, undefined> {
  yield* first;
  yield* then;
}

function rowOf(raw: RawRow, names: readonly string[], limits: TableLimits): ReadRow {
  const { row } = raw;
  if (raw.fault === 'too many columns' || raw.cells.length > limits.columns) {
    return { ok: false, problem: { row, column: null, reason: 'too many columns', most: limits.columns } };
  }
  if (raw.fault !== null) return { ok: false, problem: { row, column: null, reason: raw.fault } };
  const entries: [string, string][] = [];
  for (let at = 0; at < Math.max(names.length, raw.cells.length); at++) {
    const column = names[at] ?? letterOf(at);
    const cell = raw.cells[at] ?? '';
    if (typeof cell !== 'string') {
      const fault = cell.reason === 'cell too long' ? { reason: cell.reason, most: limits.cell } : cell;
      return { ok: false, problem: { row, column, ...fault } };
    }
    if (!fits(cell, limits.cell)) {
      return { ok: false, problem: { row, column, reason: 'cell too long', most: limits.cell } };
    }
    // What stands right of the table has no name; it is given on where it is.
    if (at < names.length || cell !== '') entries.push([column, nfc(cell).trim()]);
  }
  // Not by assignment: a column may be called `__proto__`.
  return { ok: true, row, cells: Object.fromEntries(entries) };
}
