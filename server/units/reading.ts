import type { Result } from '../../domain/result.ts';
import type { CivilDate } from '../../domain/time.ts';
import type { UnitImport } from '../../domain/units/import.ts';
import type { RowProblem, TableFailure } from '../documents/table.ts';
import { inThread, type ThreadFailure } from '../documents/thread.ts';

/** A list of units as it was sent. */
export interface UnitFile {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  /** Stands in for the list's own column. */
  readonly validFrom: CivilDate | null;
}

/** What the file says, and the rows of it that could not be read. */
export interface ReadUnits {
  readonly list: UnitImport;
  readonly problems: readonly RowProblem[];
}
export type UnitAnswer = Result<ReadUnits, TableFailure>;

const PROGRAM = new URL('./unit-worker.ts', import.meta.url);
/** An official list of 10,800 rows takes a second. */
const BOUNDS = { longestMs: 30_000, largestMB: 512 };

/** Reads and checks a list of units in a thread of its own. */
export async function readUnitFile(file: UnitFile): Promise<Result<ReadUnits, TableFailure | ThreadFailure>> {
  const ran = await inThread<UnitAnswer>(PROGRAM, file, BOUNDS);
  return ran.ok ? ran.value : ran;
}
