import type { Reading } from '../../domain/plan/draft.ts';
import type { Result } from '../../domain/result.ts';
import type { TextFailureReason } from './text.ts';
import { inThread, type ThreadFailure } from './thread.ts';

export type ReadingFailure =
  | { readonly reason: 'unreadable'; readonly why: TextFailureReason }
  | ThreadFailure;

/** What is to be read: the bytes of a file, or a text. */
export type Readable = { readonly bytes: Uint8Array } | { readonly text: string };
export type ReadingAnswer = Result<Reading, ReadingFailure>;

const PROGRAM = new URL('./plan-worker.ts', import.meta.url);
/** The largest plan that we have takes a quarter of a second; two million letters of list marks take three. */
const BOUNDS = { longestMs: 20_000, largestMB: 768 };

/** Reads the bytes of a plan document, in a thread of its own. */
export function readPlanFile(bytes: Uint8Array): Promise<ReadingAnswer> {
  return read({ bytes });
}

/** Reads the text of a plan, in a thread of its own. */
export function readPlanText(text: string): Promise<ReadingAnswer> {
  return read({ text });
}

async function read(what: Readable): Promise<ReadingAnswer> {
  const ran = await inThread<ReadingAnswer>(PROGRAM, what, BOUNDS);
  return ran.ok ? ran.value : ran;
}
