import { storageTroubleOf, TooSlow } from './storage-trouble.ts';

interface Waiting<Item, Outcome> {
  readonly items: readonly Item[];
  readonly resolve: (outcomes: readonly Outcome[]) => void;
  readonly reject: (error: unknown) => void;
}

/** A batch longer than this makes those behind it wait without making its own rows cheaper (measured: 1,000). */
const MOST_PER_COMMIT = 5000;

/** Longer than a lock of another process is waited for (7 s), shorter than a page waits (10 s): nobody is left without an answer. */
const PATIENCE_MS = 8000;

/**
 * Shares commits: whatever comes in the same turn of the event loop goes together, and then whatever is waiting when a
 * commit ends. The promise of each caller resolves after the commit that holds its items, with one outcome for each item,
 * in order. A commit that fails fails all who were in it; none of their items was written. One that does not end, or that another
 * process has kept waiting in vain, fails them and all who wait behind it: with `TooSlow` theirs may be written later, as who asks
 * again is told.
 */
export function groupCommit<Item, Outcome>(
  commit: (items: readonly Item[]) => Promise<readonly Outcome[]>,
  patience = PATIENCE_MS,
): (items: readonly Item[]) => Promise<readonly Outcome[]> {
  const queue: Waiting<Item, Outcome>[] = [];
  let running = false;

  const run = async (): Promise<void> => {
    running = true;
    // On whatever socket they come: 400 messages in flight over 50 sockets are taken in twice as fast (measured).
    await new Promise((resolve) => void setImmediate(resolve));
    while (queue.length > 0) {
      const together: Waiting<Item, Outcome>[] = [];
      const items: Item[] = [];
      for (let next = queue[0]; next !== undefined; next = queue[0]) {
        if (items.length > 0 && items.length + next.items.length > MOST_PER_COMMIT) break;
        queue.shift();
        together.push(next);
        for (const item of next.items) items.push(item);
      }
      const giveUp = setInterval(() => {
        const late = new TooSlow(`a commit has not ended within ${patience} ms`);
        for (const waiting of [...together, ...queue.splice(0)]) waiting.reject(late);
      }, patience);
      try {
        const outcomes = await commit(items);
        let from = 0;
        for (const waiting of together) {
          waiting.resolve(outcomes.slice(from, from + waiting.items.length));
          from += waiting.items.length;
        }
      } catch (error) {
        for (const waiting of together) waiting.reject(error);
        // They have waited as long as it took to give up a lock: to wait as long again for the same is too long.
        if (storageTroubleOf(error) === 'held') for (const waiting of queue.splice(0)) waiting.reject(error);
      } finally {
        clearInterval(giveUp);
      }
    }
    running = false;
  };

  return (items) =>
    new Promise((resolve, reject) => {
      queue.push({ items, resolve, reject });
      if (!running) void run();
    });
}
