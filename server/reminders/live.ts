import type { Database } from '../platform/database.ts';

const listeners = new WeakMap<Database, Set<() => void>>();

/** After the commit: a reminder waits to be sent. */
export function remindersWait(database: Database): void {
  for (const listener of listeners.get(database) ?? []) listener();
}

/** Calls `listener` whenever a reminder was asked for in this process; the answer ends it. */
export function onRemindersWait(database: Database, listener: () => void): () => void {
  const all = listeners.get(database) ?? new Set<() => void>();
  listeners.set(database, all.add(listener));
  return () => all.delete(listener);
}
