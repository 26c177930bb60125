import { parentPort, workerData } from 'node:worker_threads';

import { checkLedger } from './ledger-check.ts';
import { openSqlite } from './sqlite-file.ts';

/** After a start everybody comes back at once: half of the machine's time is left to them. */
const REST = 0.5;

/** Checks the ledger of one file and answers; the thread ends with it. */
const file = await openSqlite(workerData as string, 'read');
try {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
  parentPort?.postMessage(await checkLedger(file, REST));
} finally {
  await file.close();
}
