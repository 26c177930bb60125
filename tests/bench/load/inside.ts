/*
 * Loaded into a server's process before its program (`node --import`): tells whoever started it what only the process knows.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import sqlite3 from 'sqlite3';

/** What a process has used and done since it began. */
export interface Told {
  /** Time of processors in all threads, in milliseconds. */
  readonly processorMs: number;
  readonly rssBytes: number;
  /** What is in use of it, within the heap and beside it. */
  readonly usedBytes: number;
  /** Statements that wrote events into the ledger: each is a commit. */
  readonly commits: number;
}

let commits = 0;
type Method = (this: { readonly sql?: string }, ...args: unknown[]) => unknown;
const statement = sqlite3.Statement.prototype as unknown as Record<'run' | 'all' | 'get', Method>;
for (const name of ['run', 'all', 'get'] as const) {
  const original = statement[name];
  statement[name] = function counted(...args) {
    if (this.sql?.startsWith('insert into attendance_event') === true) commits += 1;
    return original.apply(this, args);
  };
}

/** `settled`: what is garbage is let go before memory is measured. */
export type Question = 'now' | 'settled';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

process.on('message', (question: Question) => {
  if (question === 'settled') collect();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({
    processorMs: (user + system) / 1000,
    rssBytes: rss,
    usedBytes: heapUsed + external,
    commits,
  } satisfies Told);
});
// Listening must not keep the program from ending.
process.channel?.unref();
