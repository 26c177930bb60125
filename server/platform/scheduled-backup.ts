import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Sentence } from '../../domain/text/language.ts';
import type { Tell } from './storage-trouble.ts';

export interface BackupPlan {
  readonly everyMs: number;
  /** So many are kept, the oldest go. */
  readonly keep: number;
  readonly folder: string;
}

const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url));
const NAME = /^nhipcau-\d{8}-\d{6}\.sqlite$/;
/** Checking in goes before copying. */
const LOW_PRIORITY = 10;

function notMade(why: string): Sentence {
  return {
    vi: `Sao lưu tự động không thành: ${why || 'không rõ vì sao'}`,
    en: `The scheduled backup was not made: ${why || 'nobody knows why'}`,
  };
}

/** `nhipcau-20250113-074500.sqlite`, in the time of the machine's clock in UTC. */
function nameAt(now: Date): string {
  return `nhipcau-${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}.sqlite`;
}

/**
 * Makes backups as often as the plan says, in a process of its own and of lower priority: the check of each copy takes the
 * better part of a core for some seconds.
 *
 * @returns ends it; a copy that is being made is given up
 */
export function backUpRegularly(data: string, plan: BackupPlan, tell: Tell): () => void {
  let running: ChildProcess | undefined;
  let stopped = false;

  async function make(): Promise<void> {
    if (running !== undefined) return;
    await mkdir(plan.folder, { recursive: true, mode: 0o700 });
    const out = join(plan.folder, nameAt(new Date()));
    const child = spawn(process.execPath, [CLI, '--data', data, 'backup', '--scheduled', '--out', out], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running = child;
    if (child.pid !== undefined) setPriority(child.pid, LOW_PRIORITY);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    }
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    }).finally(() => (running = undefined));
    if (stopped) return;
    // Also where the copy was made but its ledger is damaged: then every older one is kept.
    if (code !== 0) {
      tell(notMade(said.trim()));
      return;
    }
    const kept = (await readdir(plan.folder)).filter((name) => NAME.test(name)).toSorted();
    for (const old of kept.slice(0, -plan.keep)) await rm(join(plan.folder, old));
  }

  const timer = setInterval(() => {
    make().catch((error: unknown) => tell(notMade(error instanceof Error ? error.message : String(error))));
  }, plan.everyMs).unref();
  return () => {
    stopped = true;
    clearInterval(timer);
    running?.kill();
  };
}
