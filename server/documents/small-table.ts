import type { Result } from '../../domain/result.ts';
import type { SheetRow } from '../../domain/units/columns.ts';
import type { RowProblem, TableFailure } from './table.ts';
import { inThread, type ThreadFailure } from './thread.ts';

/** A table file as it was sent. */
export interface TableFile {
  readonly bytes: Uint8Array;
  readonly fileName: string;
}

/** The rows of the file, and those that could not be read. */
export interface ReadTable {
  readonly rows: readonly SheetRow[];
  readonly problems: readonly RowProblem[];
}
export type TableAnswer = Result<ReadTable, TableFailure>;

const PROGRAM = new URL('./small-table-worker.ts', import.meta.url);
const BOUNDS = { longestMs: 30_000, largestMB: 256 };

/** Reads a table that is small enough to be checked at once (seats of a hall, a list of guests), in a thread of its own. */
export async function readSmallTable(
  file: TableFile,
): Promise<Result<ReadTable, TableFailure | ThreadFailure>> {
  const ran = await inThread<TableAnswer>(PROGRAM, file, BOUNDS);
  return ran.ok ? ran.value : ran;
}
