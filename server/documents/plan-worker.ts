import { parentPort, workerData } from 'node:worker_threads';

import { readPlan } from '../../domain/plan/reader.ts';
import type { Readable, ReadingAnswer } from './plan-reading.ts';

/** Reads one document and answers; the thread ends with it. */
async function readDocument(what: Readable): Promise<ReadingAnswer> {
  if ('text' in what) return { ok: true, value: readPlan(what.text) };
  // What unpacks files is slow to load, and only files need it.
  const { textOf } = await import('./text.ts');
  const { checkArchive } = await import('./archive.ts');
  const text = await textOf(what.bytes, checkArchive);
  return text.ok
    ? { ok: true, value: readPlan(text.value) }
    : { ok: false, reason: 'unreadable', why: text.reason };
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
parentPort?.postMessage(await readDocument(workerData as Readable));
