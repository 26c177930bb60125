import type { RosterField } from '../../domain/composition/roster.ts';
import type { Result } from '../../domain/result.ts';
import type { Language } from '../../domain/text/language.ts';
import type { Instant } from '../../domain/time.ts';
import type { ImportPreview } from '../../domain/wire/people.ts';
import type { TableFailure } from '../documents/table.ts';
import { inThread, type Stopped, type ThreadFailure, type ThreadWatch } from '../documents/thread.ts';
import type { ImportPart } from './import-content.ts';

/** A roster file as it was sent, and who is known already. */
export interface RosterFile {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  /** Of the sentences about its rows. */
  readonly language: Language;
  /** For the ids of new people. */
  readonly now: Instant;
  /** Everybody of the roster in official order, in stretches: JSON arrays in UTF-8. */
  readonly roster: readonly Uint8Array[];
  /** How somebody wants the columns understood; null leaves it to the program. */
  readonly fields: readonly (RosterField | null)[] | null;
  /** How files were understood before, by their shape. */
  readonly remembered: ReadonlyMap<string, readonly (RosterField | null)[]>;
}

/** What the file comes to, and the same as it is kept until somebody confirms it. */
export interface ReadRoster {
  readonly preview: Omit<ImportPreview, 'id'>;
  readonly parts: readonly ImportPart[];
}
export type RosterAnswer = Result<ReadRoster, TableFailure>;

const PROGRAM = new URL('./roster-worker.ts', import.meta.url);
/** 100,000 people take 5 seconds and 400 MB, and as many again where they are held against a roster of as many. */
const BOUNDS = { longestMs: 60_000, largestMB: 1024 };

/** Reads and checks a roster file in a thread of its own. */
export async function readRosterFile(
  file: RosterFile,
  watch: ThreadWatch = {},
): Promise<Result<ReadRoster, TableFailure | ThreadFailure | Stopped>> {
  const ran = await inThread<RosterAnswer>(PROGRAM, file, BOUNDS, watch);
  return ran.ok ? ran.value : ran;
}
