import { isUtf8 } from 'node:buffer';
import { pipeline, Readable } from 'node:stream';
import type { Writable } from 'node:stream';
import { pipeline as pipe } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';

import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify';

import { ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import type { RawRow, TableFailure } from './table.ts';

const SLICE = 65_536;

/**
 * The rows of a CSV, no faster than they are taken. Finds out by itself about UTF-8 and UTF-16, byte order marks, Excel's
 * `sep=` line, and whether commas, semicolons or tabs part the cells. Rows are numbered by the line on which they begin.
 */
export function openCsv(bytes: Uint8Array): Result<AsyncGenerator<RawRow, void, undefined>, TableFailure> {
  const utf8 = inUtf8(bytes);
  if (utf8 === null) return { ok: false, reason: 'not unicode' };
  if (utf8.includes(0)) return { ok: false, reason: 'unknown kind' };
  const said = /^sep=([^\r\n])(?:\r\n|\r|\n)/i.exec(utf8.toString('latin1', 0, 10));
  const text = said === null ? utf8 : utf8.subarray(said[0].length);
  return ok(readCsv(text, said?.[1] ?? delimiterOf(text.subarray(0, SLICE)), said === null ? 0 : 1));
}

/** The text in UTF-8, without its mark; null where it is in no form of Unicode. */
function inUtf8(bytes: Uint8Array): Buffer | null {
  const [first, second, third] = bytes;
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const zeros = bytes.subarray(0, 2000).filter((byte) => byte === 0).length;
  if (first === 0xff && second === 0xfe) return Buffer.from(new TextDecoder('utf-16le').decode(bytes));
  if (first === 0xfe && second === 0xff) return Buffer.from(new TextDecoder('utf-16be').decode(bytes));
  // Without a mark: Western letters in UTF-16 have a zero beside them.
  if (zeros > Math.min(bytes.length, 2000) / 5 && second === 0) {
    return Buffer.from(new TextDecoder('utf-16le').decode(bytes));
  }
  if (!isUtf8(bytes)) return null;
  return first === 0xef && second === 0xbb && third === 0xbf ? whole.subarray(3) : whole;
}

/** What parts the cells: the sign that the header has most often, where the lines below have it as often. */
function delimiterOf(start: Buffer): string {
  const lines = start
    .toString('utf8')
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 20);
  let best = ',';
  let most = 0;
  for (const delimiter of [';', '\t', ',']) {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const usual = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0;
    const score = usual === 0 ? 0 : counts.filter((count) => count === usual).length * 1000 + usual;
    if (score > most) [best, most] = [delimiter, score];
  }
  return best;
}

async function* readCsv(
  text: Buffer,
  delimiter: string,
  linesBefore: number,
): AsyncGenerator<RawRow, void, undefined> {
  let isUnclosed = false;
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    // A quotation mark inside a cell (Công ty "A") is a sign like others.
    relax_quotes: true,
    skip_empty_lines: true,
    // An error would throw away the rows that were read before it.
    skip_records_with_error: true,
    on_skip: () => {
      isUnclosed = true;
      return undefined;
    },
  });
  const records = pipeline(
    Readable.from(slices(text), { objectMode: true, highWaterMark: 1 }),
    parser,
    () => {},
  );
  let linesRead = 0;
  let bytesRead = 0;
  try {
    for await (const one of records) {
      const { record, info } = one as { record: string[]; info: { lines: number; bytes: number } };
      // The line on which the record ends, less the line breaks inside it.
      const row = linesBefore + info.lines - record.reduce((sum, cell) => sum + breaksIn(cell), 0);
      linesRead = info.lines;
      bytesRead = info.bytes;
      // A cell over several lines that still has its opening mark was never closed as it should have been.
      const isTorn = record.some((cell) => cell.startsWith('"') && cell.includes('\n'));
      const cells = record.map(unescaped);
      // Columns that only exist because somebody once formatted them.
      while (cells.at(-1) === '') cells.pop();
      yield { row, cells, fault: isTorn ? 'broken quotes' : null };
    }
    if (isUnclosed) {
      const row = linesBefore + linesRead + blankLinesAt(text, bytesRead) + 1;
      yield { row, cells: [], fault: 'broken quotes' };
    }
  } finally {
    parser.destroy();
  }
}

/** The text in pieces, with a turn for everything else that the server does between them. */
async function* slices(text: Buffer): AsyncGenerator<Buffer, void, undefined> {
  for (let at = 0; at < text.length; at += SLICE) {
    yield text.subarray(at, at + SLICE);
    await setImmediate();
  }
}

/** Empty lines between a place in a text and the next line with something on it. */
function blankLinesAt(text: Buffer, at: number): number {
  const blank = /^[\r\n]*/.exec(text.toString('latin1', at, at + SLICE))?.[0] ?? '';
  return blank.match(/\r\n|\r|\n/g)?.length ?? 0;
}

function breaksIn(cell: string): number {
  let count = 0;
  for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** Undoes what `writeCsv` does to cells that look like formulas. */
function unescaped(cell: string): string {
  if (!cell.includes("'")) return cell;
  const own = /^'[=+\-@]/.test(cell) ? cell.slice(1) : cell;
  return own.replace(/([;\t\r\n])'(?=[\s']*(?:[=+@]|-\S))/g, '$1');
}

/**
 * An office whose spreadsheet parts cells by semicolons or tabs finds more cells than were written, and more lines: what would begin one
 * of them as a formula gets an apostrophe too.
 */
function inertWithin(cell: string | number | null): string | number | null {
  return typeof cell === 'string' ? cell.replace(/([;\t\r\n])(?=\s*(?:[=+@]|-\S))/g, "$1'") : cell;
}

export interface CsvOptions {
  /** Excel of a Vietnamese Windows opens both; some of its settings want the semicolon. */
  readonly delimiter?: ',' | ';' | '\t';
}

/**
 * Writes a CSV that Excel opens without broken letters: UTF-8 with its mark. Rows are taken as the other end takes them;
 * when that goes away, the rows are closed and the promise fails. Texts that a spreadsheet would take for formulas get an
 * apostrophe in front.
 */
export async function writeCsv(
  header: readonly string[],
  rows: AsyncIterable<readonly (string | number | null)[]> | Iterable<readonly (string | number | null)[]>,
  out: Writable,
  { delimiter = ',' }: CsvOptions = {},
): Promise<void> {
  const stringifier = stringify({ bom: true, escape_formulas: true, delimiter, record_delimiter: 'windows' });
  async function* lines() {
    yield header.map(inertWithin);
    for await (const row of rows) yield row.map(inertWithin);
  }
  await pipe(Readable.from(lines()), stringifier, out);
}
