import { parentPort, workerData } from 'node:worker_threads';

import { readPlan } from '../../domain/plan/reader.ts';
import type { Readable, ReadingAnswer } from './plan-reading.ts';

/** A plan with its pictures; the text of fifty pages is 3 MB of it. */
const LARGEST_UNPACKED = 100_000_000;

/** Reads one document and answers; the thread ends with it. */
async function readDocument(what: Readable): Promise<ReadingAnswer> {
  if ('text' in what) return { ok: true, value: readPlan(what.text) };
  // What unpacks files is slow to load, and only files need it.
  const { textOf } = await import('./text.ts');
  const { checkZip, ZIP_LIMITS } = await import('./zip.ts');
  const limits = { ...ZIP_LIMITS, unpackedBytes: LARGEST_UNPACKED };
  const text = await textOf(what.bytes, (bytes) => checkZip(bytes, limits));
  return text.ok
    ? { ok: true, value: readPlan(text.value) }
    : { ok: false, reason: 'unreadable', why: text.reason };
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
parentPort?.postMessage(await readDocument(workerData as Readable));
