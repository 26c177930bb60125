import { spawn, type ChildProcess } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';

import { sayDamage } from './backup-sentences.ts';
import { databaseFile } from './database.ts';
import { isWhole, type LedgerFindings } from './ledger-check.ts';
import type { Sentence } from '../../domain/text/language.ts';
import type { Tell } from './storage-trouble.ts';

/** Those who came first are served first. */
const AFTER_START_MS = 3000;

const WHAT_TO_DO: Sentence = {
  vi: 'Máy chủ vẫn chạy và ghi tiếp; các sự kiện khác không bị ảnh hưởng. Hãy sao lưu ngay, giữ mọi bản sao cũ, và sau buổi họp đối chiếu sự kiện này với bản sao cũ hoặc biên nhận trên máy (docs/OPERATIONS.md).',
  en: 'The server goes on and records; other events are not affected. Back up at once, keep all older copies, and after the session compare this event with an older copy or with the receipts on the machines (docs/OPERATIONS.md).',
};

const PROGRAM = fileURLToPath(new URL('./ledger-check-process.ts', import.meta.url));
/** After a start everybody comes back at once: they go before it. */
const LOW_PRIORITY = 10;

/**
 * Once after a start, computes all chains of the ledger anew, and tells the first event that is not as it was written. SQLite keeps
 * no checksum of its pages: a byte that changed on the disk shows here or nowhere. In a process of its own, as a thread that has
 * SQLite in hand cannot be ended without taking the server with it (seen), and as it takes a core for ten seconds per million events.
 *
 * @returns ends it
 */
export function checkLedgerAfterStart(
  data: string,
  tell: Tell,
  failed: (error: unknown) => void,
): () => void {
  let child: ChildProcess | undefined;
  let ended = false;

  async function check(): Promise<void> {
    const program = spawn(process.execPath, [PROGRAM, databaseFile(data)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = program;
    if (program.pid !== undefined) setPriority(program.pid, LOW_PRIORITY);
    let [out, err] = ['', ''];
    program.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    program.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const code = await new Promise<number | null>((resolve, reject) => {
      program.once('error', reject);
      program.once('close', resolve);
    });
    if (ended) return;
    if (code !== 0) throw new Error(`the check of the ledger ended with ${code}: ${err}`);
    const found = JSON.parse(out) as LedgerFindings;
    for (const sentence of sayDamage(found)) tell(sentence);
    if (!isWhole(found)) tell(WHAT_TO_DO);
  }

  const timer = setTimeout(() => void check().catch(failed), AFTER_START_MS).unref();
  return () => {
    ended = true;
    clearTimeout(timer);
    child?.kill('SIGKILL');
  };
}
