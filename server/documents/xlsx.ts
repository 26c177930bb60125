import { Readable } from 'node:stream';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { DECLARATION, escapeText, MOST_ROWS, STYLES_XML, writeSheet } from './sheet-writer.ts';
import type { SheetColumn, SheetValue } from './sheet-writer.ts';
import { readSheet } from './sheet.ts';
import type { RawRow, TableFailure, TableLimits } from './table.ts';
import { readWorkbook } from './workbook.ts';
import type { Sheet, Workbook } from './workbook.ts';
import { XmlDamage } from './xml.ts';
import { writeZip } from './zip-writer.ts';
import type { ZipPart } from './zip-writer.ts';
import { listZip, ZIP_LIMITS, ZipDamage } from './zip.ts';

export interface OpenWorkbook {
  readonly sheet: string;
  /** Those that are not hidden. */
  readonly sheets: readonly string[];
  readonly rows: AsyncGenerator<RawRow, void, undefined>;
}

/** Bytes of a cell's text for each letter that it may have: four in UTF-8, and as much again for marks and escapes. */
const BYTES_PER_LETTER = 32;

/**
 * Opens a workbook and one of its sheets: that of the given name, else the first that is not hidden. Only parts that are
 * needed are unpacked, none further than the archive declares.
 */
export async function openXlsx(
  bytes: Uint8Array,
  limits: TableLimits,
  wanted: string | null,
): Promise<Result<OpenWorkbook, TableFailure>> {
  const listed = listZip(bytes, { ...ZIP_LIMITS, unpackedBytes: limits.unpackedBytes });
  if (!listed.ok) {
    return listed.reason === 'too large unpacked'
      ? { ok: false, reason: 'too large unpacked', most: limits.unpackedBytes }
      : { ok: false, reason: 'unsafe archive', why: listed.reason };
  }
  const maxText = limits.cell * BYTES_PER_LETTER + 1000;
  let workbook: Workbook;
  try {
    const read = await readWorkbook(bytes, listed.value, maxText);
    if (!read.ok) return read;
    workbook = read.value;
  } catch (cause) {
    const failure = damageOf(cause);
    if (failure === null) throw cause;
    return failure;
  }
  const open = workbook.sheets.filter((sheet) => !sheet.isHidden);
  const names = open.map((sheet) => sheet.name);
  const sheet =
    wanted === null
      ? (open[0] ?? workbook.sheets[0])
      : open.find(({ name }) => name === wanted.normalize('NFC'));
  if (sheet === undefined) return { ok: false, reason: 'no such sheet', sheet: wanted ?? '', sheets: names };
  return ok({ sheet: sheet.name, sheets: names, rows: rowsOf(bytes, sheet, workbook, limits, maxText) });
}

function damageOf(cause: unknown): ({ readonly ok: false } & TableFailure) | null {
  if (cause instanceof XmlDamage) return { ok: false, reason: 'damaged' };
  if (!(cause instanceof ZipDamage)) return null;
  return cause.reason === 'false size'
    ? { ok: false, reason: 'unsafe archive', why: 'false size' }
    : { ok: false, reason: 'damaged' };
}

/** A sheet that turns out broken ends with a row that says so. */
async function* rowsOf(
  bytes: Uint8Array,
  sheet: Sheet,
  workbook: Workbook,
  limits: TableLimits,
  maxText: number,
): AsyncGenerator<RawRow, void, undefined> {
  let row = 0;
  try {
    for await (const one of readSheet(bytes, sheet, workbook, limits.columns, maxText)) {
      ({ row } = one);
      yield one;
    }
  } catch (cause) {
    if (damageOf(cause) === null) throw cause;
    yield { row: row + 1, cells: [], fault: 'damaged' };
  }
}

/** One table of a workbook that is written. */
export interface WorkbookSheet {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: AsyncIterable<readonly SheetValue[]> | Iterable<readonly SheetValue[]>;
}

/**
 * Writes an XLSX while its rows are read: memory does not grow with them, and they are taken as fast as the other end
 * takes the file. When that goes away, the rows are closed and the promise fails. Texts stay texts, whatever they look
 * like. A table of more rows than a sheet holds goes on in `Name (2)`, with its header again.
 */
export async function writeWorkbook(
  sheets: Iterable<WorkbookSheet> | AsyncIterable<WorkbookSheet>,
  out: Writable,
  mostRows = MOST_ROWS,
): Promise<void> {
  await pipeline(
    Readable.from(writeZip(partsOf(sheets, mostRows)), { objectMode: true, highWaterMark: 1 }),
    out,
  );
}

async function* partsOf(
  sheets: Iterable<WorkbookSheet> | AsyncIterable<WorkbookSheet>,
  mostRows: number,
): AsyncGenerator<ZipPart, void, undefined> {
  const names: string[] = [];
  for await (const { name, columns, rows } of sheets) {
    const iterator = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
    let ahead = await iterator.next();
    const next = async (): Promise<readonly SheetValue[] | undefined> => {
      if (ahead.done === true) return undefined;
      const { value } = ahead;
      ahead = await iterator.next();
      return value;
    };
    try {
      do {
        names.push(sheetName(name, names));
        const content = writeSheet({ columns, next }, mostRows);
        yield { name: `xl/worksheets/sheet${names.length}.xml`, content };
      } while (ahead.done !== true);
    } finally {
      if (ahead.done !== true) await iterator.return?.();
    }
  }
  yield part('xl/styles.xml', STYLES_XML);
  const list = names
    .map((name, at) => `<sheet name="${escapeText(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
    .join('');
  yield part(
    'xl/workbook.xml',
    `${DECLARATION}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}"><sheets>${list}</sheets></workbook>`,
  );
  yield part(
    'xl/_rels/workbook.xml.rels',
    relations([
      ...names.map((_, at) => ({ type: 'worksheet', target: `worksheets/sheet${at + 1}.xml` })),
      { type: 'styles', target: 'styles.xml' },
    ]),
  );
  yield part('_rels/.rels', relations([{ type: 'officeDocument', target: 'xl/workbook.xml' }]));
  yield part('[Content_Types].xml', contentTypes(names.length));
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function part(name: string, text: string): ZipPart {
  return { name, content: [Buffer.from(text)] };
}

function relations(links: readonly { readonly type: string; readonly target: string }[]): string {
  const list = links
    .map(
      ({ type, target }, at) =>
        `<Relationship Id="rId${at + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
    )
    .join('');
  return `${DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list}</Relationships>`;
}

function contentTypes(sheets: number): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const overrides = [
    ['/xl/workbook.xml', 'sheet.main'],
    ['/xl/styles.xml', 'styles'],
    ...Array.from({ length: sheets }, (_, at) => [`/xl/worksheets/sheet${at + 1}.xml`, 'worksheet']),
  ];
  return (
    `${DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    overrides
      .map(([name, kind]) => `<Override PartName="${name}" ContentType="${type}.${kind}+xml"/>`)
      .join('') +
    '</Types>'
  );
}

/** Excel takes 31 letters, not all of them, and no name twice, whatever its case. */
function sheetName(wanted: string, taken: readonly string[]): string {
  const clean =
    wanted
      .normalize('NFC')
      .replace(/[[\]:*?/\\]/g, ' ')
      .replace(/^'+|'+$/g, '')
      .trim() || 'Sheet';
  const known = new Set(taken.map((name) => name.toLowerCase()));
  for (let again = 1; ; again++) {
    const end = again === 1 ? '' : ` (${again})`;
    const name = clean.slice(0, 31 - end.length).trimEnd() + end;
    if (!known.has(name.toLowerCase())) return name;
  }
}
