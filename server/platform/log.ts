import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger };

export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The log of the machine, one JSON object a line, on standard error: standard output is for the person at the console. */
export function createLog(level: LogLevel, to: DestinationStream = pino.destination(2)): Logger {
  return pino({ level, base: null }, to);
}
