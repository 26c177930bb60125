import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger };

export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The log of the machine, one JSON object a line, on standard error: standard output is for the person at the console. */
export function createLog(level: LogLevel, to: DestinationStream = pino.destination(2)): Logger {
  return pino({ level, base: null, serializers: { err: describeError } }, to);
}

/** What the log has of an error. */
export interface DescribedError {
  readonly type: string;
  readonly code?: string;
  readonly message: string;
  /** Where it came from, without what was said there. */
  readonly stack: string;
  readonly cause?: DescribedError;
}

const DEEPEST_CAUSE = 3;
const LONGEST_MESSAGE = 500;

/**
 * An error without the data that it was about: a library quotes what it could not read or write, and what is written here is
 * mostly people. Kept are its kind, its code, the plain English of its message, and where in the program it happened.
 */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' };
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown };
  return {
    type: error.name,
    ...(typeof code === 'string' && { code }),
    message: withoutData(error.message),
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n'),
    ...(cause !== undefined && depth < DEEPEST_CAUSE && { cause: describeError(cause, depth + 1) }),
  };
}

/** Quotations, a statement in front of what SQLite says of it, and everything that is no plain English. */
function withoutData(message: string): string {
  return (
    message
      .slice(0, 20_000)
      .replace(/^[\s\S]* - (?=SQLITE_)/, '')
      .replace(/"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|`[^`]*`?|[{[][\s\S]*/g, '…')
      // Names of people, also where they stand without marks.
      .replace(/(?:(?<!\p{L})\p{Lu}[\p{L}\p{M}]*\s*){2,}/gu, '… ')
      .replace(/(?:\S*[^\x20-\x7e…]\S*\s*)+/g, '… ')
      .slice(0, LONGEST_MESSAGE)
      .trim()
  );
}
