import { existsSync } from 'node:fs';
import { open, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { ok, type Result } from '../../domain/result.ts';
import { enterFolder } from './data-folder.ts';
import { databaseFile } from './database.ts';
import { checkLedger, type LedgerFindings } from './ledger-check.ts';
import { openSqlite } from './sqlite-file.ts';
import type { Tell } from './storage-trouble.ts';

/** The files beside the database that cannot be made anew. */
export const KEY_FILES = ['ledger.key', 'passes.key'] as const;

/** Keys as they stand in a file of their own beside a backup: file name and content. */
export type KeptKeys = Readonly<Record<(typeof KEY_FILES)[number], string>>;

export interface Backup {
  readonly file: string;
  readonly bytes: number;
  readonly tookMs: number;
  /** What a full check of the copy found. */
  readonly ledger: LedgerFindings;
  /** Where the keys were written, if they were asked for. */
  readonly keys: string | null;
}

export type BackupFailure =
  | { readonly reason: 'no database' | 'exists' | 'no such folder' }
  | { readonly reason: 'no room'; readonly needed: number; readonly free: number }
  /** The copy does not hold together: what SQLite says of it. */
  | { readonly reason: 'damaged'; readonly found: string };

/** Hears of a database file that something is about to be done with, and may write into it. */
export type About = (file: string) => Promise<void>;

/** The file with the keys of a backup. */
export function keysFile(backup: string): string {
  return `${backup}.keys`;
}

/**
 * Copies the database of a data folder as it is at one moment into one file, also while a server writes to it: readers do not
 * hold up writers, and the copy is a reader. It is checked page by page and link by link before it takes its name.
 *
 * The keys are not in it: whoever could read it could sign a history of their own, and passes. `withKeys` writes them into a
 * file beside it, for its owner's eyes only, to be kept somewhere else.
 *
 * @param options.about is told of the database once the copy is found whole, just before anything takes its name
 */
export async function backUp(
  data: string,
  out: string,
  options: { readonly withKeys: boolean; readonly tell: Tell; readonly about: About },
): Promise<Result<Backup, BackupFailure>> {
  const from = performance.now();
  const source = databaseFile(data);
  const file = resolve(out);
  if (!existsSync(source)) return { ok: false, reason: 'no database' };
  if (existsSync(file) || (options.withKeys && existsSync(keysFile(file))))
    return { ok: false, reason: 'exists' };
  if (!existsSync(dirname(file))) return { ok: false, reason: 'no such folder' };
  const needed = (await stat(source)).size;
  const { bavail, bsize } = await statfs(dirname(file));
  if (bavail * bsize < needed) return { ok: false, reason: 'no room', needed, free: bavail * bsize };

  const part = `${file}.part`;
  const folder = await enterFolder(source, options.tell);
  try {
    await rm(part, { force: true });
    // People are in it by name. SQLite takes an empty file that is there with the rights it has.
    await writeFile(part, '', { mode: 0o600, flag: 'wx' });
    const live = await openSqlite(source, 'write');
    try {
      await live.run('vacuum into ?', part);
    } finally {
      await live.close();
    }
    await syncFile(part);
    const sound = await soundness(part);
    if (!sound.ok) return { ok: false, reason: 'damaged', found: sound.found };
    await options.about(source);
    const keys = options.withKeys ? await writeKeys(data, keysFile(file)) : null;
    await rename(part, file);
    await syncFile(dirname(file));
    const { size: bytes } = await stat(file);
    return ok({ file, bytes, tookMs: Math.round(performance.now() - from), ledger: sound.ledger, keys });
  } finally {
    await rm(part, { force: true });
    await folder.release();
  }
}

/** Whether a file that nobody else uses is whole: every page of it, and every chain of its ledger. */
export async function soundness(
  file: string,
): Promise<
  { readonly ok: true; readonly ledger: LedgerFindings } | { readonly ok: false; readonly found: string }
> {
  const copy = await openSqlite(file, 'read');
  try {
    const [found] = await copy.all<{ integrity_check: string }>('pragma integrity_check(1)');
    if (found?.integrity_check !== 'ok') return { ok: false, found: found?.integrity_check ?? 'nothing' };
    return { ok: true, ledger: await checkLedger(copy) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    // SQLITE_ERROR: it has no table of ours.
    if (!/^SQLITE_(CORRUPT|NOTADB|IOERR|ERROR)$/.test(code)) throw error;
    return { ok: false, found: error instanceof Error ? error.message : code };
  } finally {
    await copy.close();
  }
}

async function writeKeys(data: string, file: string): Promise<string | null> {
  const keys = await readKeys(data);
  if (keys === null) return null;
  await writeFile(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  await syncFile(file);
  return file;
}

/** The keys of a data folder; null where one is missing. */
export async function readKeys(data: string): Promise<KeptKeys | null> {
  const texts: Record<string, string> = {};
  for (const name of KEY_FILES) {
    const file = join(data, name);
    if (!existsSync(file)) return null;
    texts[name] = await readFile(file, 'utf8');
  }
  return texts as KeptKeys;
}

/** What was written to a file, or into a folder, is on the disk when this returns. */
export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
