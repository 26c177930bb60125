import type { Database } from '../platform/database.ts';
import { lastChange, readChanges, type LetterChange } from './store.ts';

const waiters = new WeakMap<Database, Set<() => void>>();

/** After the commit: a letter waits to go. */
export function lettersWait(database: Database): void {
  for (const listener of waiters.get(database) ?? []) listener();
}

/** Calls `listener` whenever letters were queued in this process; the answer ends it. */
export function onLettersWait(database: Database, listener: () => void): () => void {
  const all = waiters.get(database) ?? new Set<() => void>();
  waiters.set(database, all.add(listener));
  return () => all.delete(listener);
}

/** Told of what happened to letters, in order, by batches. */
export type MailListener = (changes: readonly LetterChange[]) => void;

interface Following {
  readonly listeners: Set<MailListener>;
  /** Up to where they were told. */
  told: number;
  looking: Promise<void>;
}

const following = new WeakMap<Database, Following>();
const TOLD_TOGETHER = 1000;

/**
 * Calls `listener` with what happens to letters from now on, also by the command line beside the server; the answer ends it. Whoever
 * must miss nothing over a restart keeps the place of the last change and asks `changesAfter` from there.
 */
export async function onMailChanged(database: Database, listener: MailListener): Promise<() => void> {
  const known = following.get(database);
  const one = known ?? {
    listeners: new Set<MailListener>(),
    told: await lastChange(database.read),
    looking: Promise.resolve(),
  };
  const now = following.get(database) ?? one;
  following.set(database, now);
  now.listeners.add(listener);
  return () => now.listeners.delete(listener);
}

/** Something has happened to letters: whoever follows them is told of all that is new. */
export async function lettersChanged(database: Database): Promise<void> {
  const one = following.get(database);
  if (one === undefined || one.listeners.size === 0) return;
  one.looking = one.looking.catch(() => undefined).then(() => tellNew(database, one));
  await one.looking;
}

async function tellNew(database: Database, one: Following): Promise<void> {
  for (;;) {
    const changes = await readChanges(database.read, one.told, TOLD_TOGETHER);
    const last = changes.at(-1);
    if (last === undefined) return;
    one.told = last.place;
    for (const listener of one.listeners) listener(changes);
  }
}
