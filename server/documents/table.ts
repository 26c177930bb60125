import type { SheetRow } from '../../domain/units/columns.ts';
import type { ZipFailureReason } from './zip.ts';

/** What a table file may be at most. */
export interface TableLimits {
  /** Of the file as it comes. */
  readonly bytes: number;
  /** Of an XLSX, all parts together, unpacked. */
  readonly unpackedBytes: number;
  /** Rows with something in them, below the header. */
  readonly rows: number;
  readonly columns: number;
  /** Graphemes of one cell. */
  readonly cell: number;
}

/** 100,000 people with ten columns are about 10 MB of CSV, and of XLSX 5 MB that unpack to 100 MB. */
export const TABLE_LIMITS: TableLimits = {
  bytes: 50_000_000,
  unpackedBytes: 300_000_000,
  rows: 200_000,
  columns: 200,
  cell: 5000,
};

/** Why a file is no table that can be read; nothing of it was. */
export type TableFailure =
  | { readonly reason: 'empty' | 'no header' | 'not unicode' | 'damaged' }
  /** A quotation mark opens in or above the header and nothing closes it. */
  | { readonly reason: 'broken quotes'; readonly row: number }
  | { readonly reason: 'too large' | 'too large unpacked'; readonly most: number }
  | { readonly reason: 'encrypted' | 'old excel' | 'opendocument' | 'binary workbook' }
  | { readonly reason: 'other document' | 'pdf' | 'web page' | 'unknown kind' }
  | { readonly reason: 'unsafe archive'; readonly why: ZipFailureReason }
  | { readonly reason: 'no such sheet'; readonly sheet: string; readonly sheets: readonly string[] }
  | { readonly reason: 'too many columns'; readonly most: number };

/** What is wrong with a row that cannot be given on as it is. `row` counts as the file does. */
export type RowProblem = { readonly row: number; readonly column: string | null } & (
  | { readonly reason: 'cell too long' | 'too many columns'; readonly most: number }
  /** A cell shows an error of a formula: #N/A, #REF!. */
  | { readonly reason: 'formula error'; readonly text: string }
  /** A formula whose value the file does not hold: a program wrote it, and nobody opened it in Excel since. */
  | { readonly reason: 'formula without value' }
  /** A quotation mark opens and nothing closes it. */
  | { readonly reason: 'broken quotes' }
  /** The rows from here on were not read. */
  | { readonly reason: 'too many rows'; readonly most: number }
  | { readonly reason: 'damaged' }
);

export type ReadRow =
  | ({ readonly ok: true } & SheetRow)
  | { readonly ok: false; readonly problem: RowProblem };

/** A table: what its columns are called, and its rows as they are read. */
export interface Table {
  readonly kind: 'csv' | 'xlsx';
  /** The sheet that is read; null for CSV. */
  readonly sheet: string | null;
  /** All sheets of the workbook that are not hidden. */
  readonly sheets: readonly string[];
  readonly header: readonly string[];
  readonly headerRow: number;
  /** In file order, without empty rows. To be gone through once; leaving early closes the file. */
  readonly rows: AsyncIterable<ReadRow>;
}

/** A cell before it is given a column: text, or why there is none. */
export type RawCell =
  | string
  | { readonly reason: 'cell too long' }
  | { readonly reason: 'formula error'; readonly text: string }
  | { readonly reason: 'formula without value' };

/** A row before the header is known. Cells stand in the order of the columns, missing ones are holes. */
export interface RawRow {
  readonly row: number;
  readonly cells: readonly (RawCell | undefined)[];
  /** What is wrong with the row as a whole; null where nothing is. */
  readonly fault: 'broken quotes' | 'too many columns' | 'damaged' | null;
}
