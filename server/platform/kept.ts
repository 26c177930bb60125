/** What another process (the command line) has written is known after this long. */
const KNOWN_FOR_MS = 2000;
/** From this age on it is read again beside the work, so that nobody has to wait for it. */
const READ_AGAIN_MS = 1000;

/** Something out of the database that is kept in memory, as it was at most two seconds ago. */
export interface Kept<Value> {
  /** What is known, at once; undefined where it has to be looked at first. */
  now(): Value | undefined;
  /** Reads it again: what was written before the call is in it. All who ask meanwhile share the next reading. */
  look(): Promise<Value>;
  /** After the commit of a change made in this process: what was read before counts no more. */
  changed(): void;
}

/**
 * Keeps what `read` reads; it is handed what was known before, so that it may read only what has changed. The age is measured
 * by a clock that nobody can set.
 *
 * @param failed told of a reading that nobody waits for
 */
export function keep<Value>(
  read: (before: Value | undefined) => Promise<Value>,
  failed: (error: unknown) => void,
): Kept<Value> {
  let known: { readonly value: Value; readonly changes: number; readonly readAt: number } | undefined;
  let changes = 0;
  let running: Promise<Value> | null = null;
  let next: Promise<Value> | null = null;

  async function run(): Promise<Value> {
    const begun = { changes, readAt: performance.now() };
    try {
      const value = await read(known?.value);
      known = { value, ...begun };
      return value;
    } finally {
      running = null;
    }
  }

  function start(): Promise<Value> {
    next = null;
    return (running = run());
  }

  function look(): Promise<Value> {
    if (running === null) return start();
    // The one under way may have begun before what this one is to find.
    return (next ??= running.then(start, start));
  }

  return {
    now() {
      if (known === undefined || known.changes !== changes) return undefined;
      const age = performance.now() - known.readAt;
      if (age >= KNOWN_FOR_MS) return undefined;
      if (age >= READ_AGAIN_MS && running === null) look().catch(failed);
      return known.value;
    },
    look,
    changed() {
      changes += 1;
    },
  };
}
