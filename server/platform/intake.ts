import type { z } from 'zod';

import type { Language } from '../../domain/text/language.ts';
import { nfc } from '../../domain/text/normalize.ts';
import { faultsOf, TOO_DEEP, UNSTORABLE } from './faults.ts';
import { ProblemError } from './problems.ts';

/** Deeper than anything that a contract has; a walk over what is nested without end would break the stack. */
const DEEPEST = 64;

/**
 * What came in from outside, as its schema reads it, with every text in NFC.
 * Throws `malformed` with every fault at its field.
 */
export function readInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  language: Language,
): z.output<Schema> {
  const read = schema.safeParse(isPlain(input, 0) ? input : clean(input, 0), { reportInput: true });
  if (!read.success) throw new ProblemError('malformed', undefined, faultsOf(read.error, language));
  return read.data;
}

/** Without NUL; ASCII is in NFC as it is. */
// oxlint-disable-next-line no-control-regex -- the one control character that no database keeps is left out on purpose
const PLAIN = /^[\x01-\x7f]*$/;

/** Whether a JSON value has nothing to clean: most messages are ids and codes, and need no copy. */
function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return PLAIN.test(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= DEEPEST) return false;
  if (Array.isArray(value)) {
    for (const item of value) if (!isPlain(item, depth + 1)) return false;
    return true;
  }
  for (const key in value) {
    if (!PLAIN.test(key) || !isPlain((value as Record<string, unknown>)[key], depth + 1)) return false;
  }
  return true;
}

/**
 * The same JSON value with every text in NFC, keys too. In the place of what no database keeps stands a mark that no
 * schema takes: the fault is then found at its field, and in a batch only the entry that has it is refused.
 */
function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return isStorable(value) ? nfc(value) : UNSTORABLE;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return TOO_DEEP;
  if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1));
  // `fromEntries` defines keys of its own, so that `__proto__` is a field like any other.
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) =>
      isStorable(key)
        ? [nfc(key), clean(item, depth + 1)]
        : [key.toWellFormed().replaceAll('\0', '\uFFFD'), UNSTORABLE],
    ),
  );
}

/** NUL and halves of a character (lone surrogates) are no text to a database. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}
