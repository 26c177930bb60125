import { Worker } from 'node:worker_threads';

import type { Reading } from '../../domain/plan/draft.ts';
import type { Result } from '../../domain/result.ts';
import type { TextFailureReason } from './text.ts';

export type ReadingFailure =
  | { readonly reason: 'unreadable'; readonly why: TextFailureReason }
  /** It took more time or memory than a plan does. */
  | { readonly reason: 'too heavy' }
  /** Too many documents are being read already. */
  | { readonly reason: 'busy' };

/** What is to be read: the bytes of a file, or a text. */
export type Readable = { readonly bytes: Uint8Array } | { readonly text: string };
export type ReadingAnswer = Result<Reading, ReadingFailure>;

/** The largest plan that we have takes a quarter of a second; two million letters of list marks take three. */
const LONGEST_MS = 20_000;
const LARGEST_MB = 768;
/** Reading is rare, and every reading has a thread and its memory. */
const AT_ONCE = 2;
const MOST_WAITING = 10;

let running = 0;
const waiting: (() => void)[] = [];

/** Reads the bytes of a plan document. */
export function readPlanFile(bytes: Uint8Array): Promise<ReadingAnswer> {
  return read({ bytes });
}

/** Reads the text of a plan. */
export function readPlanText(text: string): Promise<ReadingAnswer> {
  return read({ text });
}

/**
 * Reads in a thread of its own, with bounds on time and memory: whatever a file holds, it neither holds up the requests of
 * others nor takes the server down.
 */
async function read(what: Readable): Promise<ReadingAnswer> {
  if (running < AT_ONCE) {
    running += 1;
  } else {
    if (waiting.length >= MOST_WAITING) return { ok: false, reason: 'busy' };
    await new Promise<void>((resolve) => void waiting.push(resolve));
  }
  try {
    return await readInThread(what);
  } finally {
    // Whoever waits takes over the place.
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

async function readInThread(what: Readable): Promise<ReadingAnswer> {
  const worker = new Worker(new URL('./plan-worker.ts', import.meta.url), {
    workerData: what,
    resourceLimits: { maxOldGenerationSizeMb: LARGEST_MB },
    execArgv: [],
  });
  let clock: NodeJS.Timeout | undefined;
  try {
    return await new Promise<ReadingAnswer>((resolve, reject) => {
      clock = setTimeout(() => resolve({ ok: false, reason: 'too heavy' }), LONGEST_MS);
      worker.once('message', resolve);
      worker.once('error', (error: unknown) => {
        if (isOutOfMemory(error)) resolve({ ok: false, reason: 'too heavy' });
        else reject(error instanceof Error ? error : new Error(String(error)));
      });
    });
  } finally {
    clearTimeout(clock);
    await worker.terminate();
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
