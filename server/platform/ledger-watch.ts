import { Worker } from 'node:worker_threads';

import { sayBad, sayCut } from './backup-sentences.ts';
import { databaseFile } from './database.ts';
import type { LedgerFindings } from './ledger-check.ts';
import type { Sentence } from '../../domain/text/language.ts';
import type { Tell } from './storage-trouble.ts';

/** Those who came first are served first. */
const AFTER_START_MS = 3000;

const WHAT_TO_DO: Sentence = {
  vi: 'Máy chủ vẫn chạy và ghi tiếp; các sự kiện khác không bị ảnh hưởng. Hãy sao lưu ngay, giữ mọi bản sao cũ, và sau buổi họp đối chiếu sự kiện này với bản sao cũ hoặc biên nhận trên máy (docs/OPERATIONS.md).',
  en: 'The server goes on and records; other events are not affected. Back up at once, keep all older copies, and after the session compare this event with an older copy or with the receipts on the machines (docs/OPERATIONS.md).',
};

/**
 * Once after a start, computes all chains of the ledger anew in a thread of its own, and tells the first event that is not as
 * it was written. SQLite keeps no checksum of its pages: a byte that changed on the disk shows here or nowhere.
 *
 * @returns ends it
 */
export function checkLedgerAfterStart(
  data: string,
  tell: Tell,
  failed: (error: unknown) => void,
): () => void {
  let worker: Worker | undefined;
  const timer = setTimeout(() => {
    worker = new Worker(new URL('./ledger-worker.ts', import.meta.url), {
      workerData: databaseFile(data),
      execArgv: [],
    });
    worker.unref();
    worker.once('error', failed);
    worker.once('message', ({ bad, cut }: LedgerFindings) => {
      if (bad !== null) tell(sayBad(bad));
      if (cut) tell(sayCut());
      if (bad !== null || cut) tell(WHAT_TO_DO);
    });
  }, AFTER_START_MS).unref();
  return () => {
    clearTimeout(timer);
    void worker?.terminate();
  };
}
