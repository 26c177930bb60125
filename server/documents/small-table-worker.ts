import { parentPort, workerData } from 'node:worker_threads';

import { ok } from '../../domain/result.ts';
import { collectRows, readRows } from './rows.ts';
import type { TableAnswer, TableFile } from './small-table.ts';

/** Beyond every hall, and little enough to be checked at once. */
const LIMITS = { bytes: 10_000_000, unpackedBytes: 60_000_000, rows: 20_000, columns: 50, cell: 1000 };

/** Reads one file and answers; the thread ends with it. */
async function readFile({ bytes, fileName }: TableFile): Promise<TableAnswer> {
  const table = await readRows(bytes, fileName, { limits: LIMITS });
  return table.ok ? ok(await collectRows(table.value)) : table;
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
parentPort?.postMessage(await readFile(workerData as TableFile));
