import { parentPort, Worker } from 'node:worker_threads';

import { ok, type Result } from '../../domain/result.ts';

/** Why something that was sent was not read to its end. */
export type ThreadFailure =
  /** It took more time or memory than any honest file does. */
  | { readonly reason: 'too heavy' }
  /** Too many files are being read already. */
  | { readonly reason: 'busy' };

/** Whoever asked for it wants it no more. */
export type Stopped = { readonly reason: 'stopped' };

/** What somebody who waits for a thread may have to do with it. */
export interface ThreadWatch {
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
  /** Hears what the program tells of its progress by `tellProgress`. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

interface Progress {
  readonly progress: number;
}

/** Said by a program in a thread: how much is done, in whatever it counts. */
export function tellProgress(done: number): void {
  const told: Progress = { progress: done };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
  parentPort?.postMessage(told);
}

function isProgress(message: unknown): message is Progress {
  return typeof message === 'object' && message !== null && 'progress' in message;
}

export interface ThreadBounds {
  readonly longestMs: number;
  /** Of what the thread's objects take; buffers stand beside it and are bounded by whoever unpacks. */
  readonly largestMB: number;
}

/** Reading is rare, and every reading has a thread and its memory. */
const AT_ONCE = 2;
const MOST_WAITING = 10;
/** After how many seconds somebody who was turned away may come again. */
export const BUSY_SECONDS = 10;

/**
 * A thread at its bound gets 16 MB more from node to end in. What is young moves there all at once: where it may be more than that,
 * V8 ends the whole process (measured: at node's 48 MB each time, at 4 MB never in 120).
 */
const YOUNG_MB = 4;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Has a file read by a program in a thread of its own, with bounds on time and memory: whatever the file holds, it neither holds
 * up the requests of others nor takes the server down. `task` is copied into the thread, where it is `workerData`; the program
 * posts its answer, once. All files that the server reads share two threads; beyond ten that wait it says `busy`.
 */
export async function inThread<Answer>(
  program: URL,
  task: unknown,
  bounds: ThreadBounds,
): Promise<Result<Answer, ThreadFailure>>;
export async function inThread<Answer>(
  program: URL,
  task: unknown,
  bounds: ThreadBounds,
  watch: ThreadWatch,
): Promise<Result<Answer, ThreadFailure | Stopped>>;
export async function inThread<Answer>(
  program: URL,
  task: unknown,
  bounds: ThreadBounds,
  watch: ThreadWatch = {},
): Promise<Result<Answer, ThreadFailure | Stopped>> {
  if (running < AT_ONCE) {
    running += 1;
  } else {
    if (waiting.length >= MOST_WAITING) return { ok: false, reason: 'busy' };
    await new Promise<void>((resolve) => void waiting.push(resolve));
  }
  try {
    if (watch.signal?.aborted === true) return { ok: false, reason: 'stopped' };
    return await runOnce<Answer>(program, task, bounds, watch);
  } finally {
    // Whoever waits takes over the place.
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

async function runOnce<Answer>(
  program: URL,
  task: unknown,
  { longestMs, largestMB }: ThreadBounds,
  { signal, onProgress }: ThreadWatch,
): Promise<Result<Answer, ThreadFailure | Stopped>> {
  const worker = new Worker(program, {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: largestMB, maxYoungGenerationSizeMb: YOUNG_MB },
    execArgv: [],
    // Nothing that reads a stranger's file has a use for them.
    env: {},
  });
  let clock: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Result<Answer, ThreadFailure | Stopped>>((resolve, reject) => {
      clock = setTimeout(() => resolve({ ok: false, reason: 'too heavy' }), longestMs);
      signal?.addEventListener('abort', () => resolve({ ok: false, reason: 'stopped' }), { once: true });
      worker.on('message', (message: unknown) => {
        if (isProgress(message)) onProgress?.(message.progress);
        else resolve(ok(message as Answer));
      });
      worker.once('error', (error: unknown) => {
        if (isOutOfMemory(error)) resolve({ ok: false, reason: 'too heavy' });
        else reject(error instanceof Error ? error : new Error(String(error)));
      });
      worker.once('exit', (code) => reject(new Error(`a reading thread ended with ${code} and no answer`)));
    });
  } finally {
    clearTimeout(clock);
    await worker.terminate();
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
