import type { Result } from '../../domain/result.ts';
import type { SheetRow } from '../../domain/units/columns.ts';
import type { RowProblem, TableFailure } from '../documents/table.ts';
import { inThread, type ThreadFailure } from '../documents/thread.ts';

/** A file of seat numbers as it was sent. */
export interface SeatFile {
  readonly bytes: Uint8Array;
  readonly fileName: string;
}

/** The rows of the file, and those that could not be read. */
export interface ReadSeats {
  readonly rows: readonly SheetRow[];
  readonly problems: readonly RowProblem[];
}
export type SeatAnswer = Result<ReadSeats, TableFailure>;

const PROGRAM = new URL('./seat-worker.ts', import.meta.url);
const BOUNDS = { longestMs: 30_000, largestMB: 256 };

/** Reads a file of seat numbers in a thread of its own. */
export async function readSeatFile(file: SeatFile): Promise<Result<ReadSeats, TableFailure | ThreadFailure>> {
  const ran = await inThread<SeatAnswer>(PROGRAM, file, BOUNDS);
  return ran.ok ? ran.value : ran;
}
