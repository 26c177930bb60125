/*
 * Loaded into a server's process before its program (`node --import`): tells whoever started it what only the process knows.
 */
import sqlite3 from 'sqlite3';

/** What a process has used and done since it began. */
export interface Told {
  /** Time of processors in all threads, in milliseconds. */
  readonly processorMs: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
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

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  const told: Told = { processorMs: (user + system) / 1000, rssBytes: rss, heapBytes: heapUsed, commits };
  process.send?.(told);
});
// Listening must not keep the program from ending.
process.channel?.unref();
