import { Refused, Unreachable } from '../api/call.ts';
import { RefusedOnLine } from '../api/socket.ts';
import type { Words } from '../app/language.ts';

/** An error whose message is the sentence that people are told. */
export class Said extends Error {
  override readonly name = 'Said';
}

/** What to tell a person about an error: never a code, always what to do. */
export function sentenceOf(error: unknown, t: Words): string {
  if (error instanceof Refused) return error.problem.detail;
  if (error instanceof RefusedOnLine || error instanceof Said) return error.message;
  if (error instanceof Unreachable) return t('failure.unreachable');
  return t('failure.other');
}

/** The single faults of a refusal, each with the field, row or line that has it. */
export function faultsOf(error: unknown): readonly { at: string; message: string }[] {
  return error instanceof Refused ? (error.problem.faults ?? []) : [];
}
