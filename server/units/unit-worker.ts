import { parentPort, workerData } from 'node:worker_threads';

import { ok } from '../../domain/result.ts';
import { readUnitRows } from '../../domain/units/import.ts';
import { collectRows, readRows } from '../documents/rows.ts';
import type { UnitAnswer, UnitFile } from './reading.ts';

/** Beyond every official list, which have some 10,800 rows and 1 MB, and little enough to be checked at once. */
const LIMITS = { bytes: 20_000_000, unpackedBytes: 100_000_000, rows: 50_000, columns: 50, cell: 1000 };

/** Reads one list and answers; the thread ends with it. */
async function readList({ bytes, fileName, validFrom }: UnitFile): Promise<UnitAnswer> {
  const table = await readRows(bytes, fileName, { limits: LIMITS });
  if (!table.ok) return table;
  const { rows, problems } = await collectRows(table.value);
  return ok({ list: readUnitRows(rows, validFrom === null ? {} : { validFrom }), problems });
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
parentPort?.postMessage(await readList(workerData as UnitFile));
