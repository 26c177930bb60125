import type { z } from 'zod';

import type { Language } from '../../domain/text/language.ts';
import { nfc } from '../../domain/text/normalize.ts';
import { faultsOf, fieldName } from './faults.ts';
import { ProblemError, type Sentence } from './problems.ts';

/** Deeper than anything that a contract has; a walk over what is nested without end would break the stack. */
const DEEPEST = 64;

const UNSTORABLE: Sentence = {
  vi: 'có ký tự không lưu được (ký tự rỗng hoặc nửa ký tự)',
  en: 'has a character that cannot be stored (a NUL or half of a character)',
};
const TOO_DEEP: Sentence = { vi: 'lồng quá nhiều tầng', en: 'is nested too deeply' };

/**
 * What came in from outside, as its schema reads it, with every text in NFC.
 * Throws `malformed` with every fault at its field.
 */
export function readInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  language: Language,
): z.output<Schema> {
  const read = schema.safeParse(clean(input, language, []), { reportInput: true });
  if (!read.success) throw new ProblemError('malformed', undefined, faultsOf(read.error, language));
  return read.data;
}

/**
 * The same JSON value with every text in NFC, keys too. Throws for text that no database keeps: NUL and lone
 * surrogates. `path` is where in the whole it stands.
 */
function clean(value: unknown, language: Language, path: string[]): unknown {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) throw malformedAt(path, UNSTORABLE, language);
    return nfc(value);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (path.length >= DEEPEST) throw malformedAt(path, TOO_DEEP, language);
  const cleanAt = (key: string, item: unknown): unknown => {
    path.push(key);
    const cleaned = clean(item, language, path);
    path.pop();
    return cleaned;
  };
  if (Array.isArray(value)) return value.map((item, i) => cleanAt(String(i), item));
  // `fromEntries` defines keys of its own, so that `__proto__` is a field like any other.
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [clean(key, language, path), cleanAt(key, item)]),
  );
}

function malformedAt(path: readonly string[], message: Sentence, language: Language): ProblemError {
  const fault = { at: fieldName(path, language), message: message[language] };
  return new ProblemError('malformed', undefined, [fault]);
}
