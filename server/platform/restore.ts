import { createPrivateKey, createPublicKey, verify } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { z } from 'zod';

import { ok, type Result } from '../../domain/result.ts';
import { type About, KEY_FILES, keysFile, readKeys, soundness, syncFile, type KeptKeys } from './backup.ts';
import { databaseFile } from './database.ts';
import { lockFolder } from './folder-lock.ts';
import { isWhole, type CheckpointRow, type LedgerFindings } from './ledger-check.ts';
import { migrations } from './migrations/list.ts';
import { openSqlite } from './sqlite-file.ts';
import { inspectWal, type WalFindings } from './wal.ts';

export interface Restored {
  /** What the folder holds now. */
  readonly ledger: LedgerFindings;
  /** Where what was there before is kept; null for a folder that was empty. */
  readonly aside: string | null;
  /** Pages of the write-ahead log that could not be read, and are not in what was restored. */
  readonly lostPages: number;
  /** `kept`: those that were there. `taken`: those beside the backup. `none`: new ones are made at the next start. */
  readonly keys: 'kept' | 'taken' | 'none';
  /** Whether the last checkpoint was signed with the key that is there now; null without a checkpoint or a key. */
  readonly signedByThisKey: boolean | null;
}

export type RestoreFailure =
  | { readonly reason: 'in use' | 'no such file' }
  | { readonly reason: 'too new'; readonly names: readonly string[] }
  /** Its pages do not hold together, or it is none of this program: what SQLite says of it. */
  | { readonly reason: 'damaged'; readonly found: string }
  /** Its pages do, and an event in it is not as it was written. */
  | { readonly reason: 'ledger damaged'; readonly ledger: LedgerFindings };

/**
 * Puts a backup, or what can still be read of another database file with its log, in the place of a folder's database. Nothing
 * is put there that has not been checked as a whole; what was there is kept beside it. Only with the folder to itself.
 *
 * @param stamp names the folder for what was there before
 * @param acceptDamage takes a ledger in which an event is not as it was written: better than none
 * @param about is told of the checked database just before it takes its place
 */
export async function restore(
  data: string,
  from: string,
  stamp: string,
  acceptDamage: boolean,
  about: About,
): Promise<Result<Restored, RestoreFailure>> {
  const source = resolve(from);
  if (!existsSync(source)) return { ok: false, reason: 'no such file' };
  await mkdir(data, { recursive: true });
  const alone = await lockFolder(data, 'alone', 0);
  if (alone === null) return { ok: false, reason: 'in use' };
  const work = join(data, `.restore-${process.pid}`);
  try {
    await rm(work, { recursive: true, force: true });
    await mkdir(work, { mode: 0o700 });
    const copy = join(work, 'nhipcau.sqlite');
    const taken = await takeOver(source, copy);
    if (!taken.ok) return taken;
    const { ledger, lostPages } = taken.value;
    if (!isWhole(ledger) && !acceptDamage) return { ok: false, reason: 'ledger damaged', ledger };
    const names = await unknownMigrations(copy);
    if (names.length > 0) return { ok: false, reason: 'too new', names };

    await about(copy);
    const own = await readKeys(data);
    const beside = await keysBeside(source);
    const takesKeys = beside !== null && (own === null || !same(own, beside));
    const aside = await putAside(data, stamp, takesKeys);
    await syncFile(copy);
    await rename(copy, databaseFile(data));
    if (takesKeys)
      for (const name of KEY_FILES) await writeFile(join(data, name), beside[name], { mode: 0o600 });
    await syncFile(data);

    const after = await soundness(databaseFile(data));
    if (!after.ok) return { ok: false, reason: 'damaged', found: after.found };
    return ok({
      ledger: after.ledger,
      aside,
      lostPages,
      keys: takesKeys ? 'taken' : own === null ? 'none' : 'kept',
      signedByThisKey: await isSignedBy(data, after.ledger.checkpoint),
    });
  } finally {
    await rm(work, { recursive: true, force: true });
    await alone.release();
  }
}

/**
 * Copies a database file together with what its log holds. Of a log that is damaged in the middle, the pages behind the damage
 * are good each for itself; whether they make a whole with the rest is found out by looking.
 */
async function takeOver(
  source: string,
  copy: string,
): Promise<Result<{ readonly ledger: LedgerFindings; readonly lostPages: number }, RestoreFailure>> {
  const log = await inspectWal(`${source}-wal`);
  const lostPages = log?.damaged ?? 0;
  const read = async (upTo: number) => {
    await rm(copy, { force: true });
    await copyFile(source, copy);
    if (log !== null) await applyLog(`${source}-wal`, log, copy, upTo);
    return await soundness(copy);
  };
  let damaged = 'nothing';
  let secondBest: number | null = null;
  for (const upTo of waysToRead(log)) {
    const sound = await read(upTo);
    if (!sound.ok) damaged = sound.found;
    else if (isWhole(sound.ledger)) return ok({ ledger: sound.ledger, lostPages });
    else secondBest ??= upTo;
  }
  const left = secondBest === null ? null : await read(secondBest);
  return left?.ok === true
    ? ok({ ledger: left.ledger, lostPages })
    : { ok: false, reason: 'damaged', found: damaged };
}

/** How many frames of a log to apply: all that fit, only those before the damage, none. */
function waysToRead(log: WalFindings | null): readonly number[] {
  if (log === null || log.damaged === 0) return [Infinity];
  return [...new Set([Infinity, log.soundUpTo, 0])];
}

/** Writes the pages of committed frames into a database file, the later ones over the earlier, as a checkpoint does. */
async function applyLog(file: string, log: WalFindings, copy: string, upTo: number): Promise<void> {
  const frames = log.frames.filter(({ index }) => index < upTo);
  const last = frames.findLastIndex(({ commit }) => commit !== 0);
  if (last === -1) return;
  const [from, to] = [await open(file, 'r'), await open(copy, 'r+')];
  try {
    const page = Buffer.alloc(log.pageSize);
    for (const frame of frames.slice(0, last + 1)) {
      await from.read(page, 0, log.pageSize, frame.at);
      await to.write(page, 0, log.pageSize, (frame.page - 1) * log.pageSize);
    }
    await to.truncate(frames[last]!.commit * log.pageSize);
  } finally {
    await from.close();
    await to.close();
  }
}

async function unknownMigrations(file: string): Promise<string[]> {
  const copy = await openSqlite(file, 'read');
  try {
    const rows = await copy.all<{ name: string }>('select name from migration');
    const known = new Set(migrations.map(({ name }) => name));
    return rows.map(({ name }) => name).filter((name) => !known.has(name));
  } finally {
    await copy.close();
  }
}

const Kept = z.object({ 'ledger.key': z.string().min(1), 'passes.key': z.string().min(1) });

/** The keys that were kept with a backup, or that lie in the same folder as a database file. */
async function keysBeside(source: string): Promise<KeptKeys | null> {
  if (existsSync(keysFile(source))) {
    const read = Kept.safeParse(JSON.parse(await readFile(keysFile(source), 'utf8')));
    return read.success ? read.data : null;
  }
  return await readKeys(dirname(source));
}

function same(one: KeptKeys, other: KeptKeys): boolean {
  return KEY_FILES.every((name) => one[name] === other[name]);
}

/** Moves what a restore takes the place of into a folder of its own. Its path; null where there was nothing. */
async function putAside(data: string, stamp: string, withKeys: boolean): Promise<string | null> {
  const names = [
    'nhipcau.sqlite',
    'nhipcau.sqlite-wal',
    'nhipcau.sqlite-shm',
    ...(withKeys ? KEY_FILES : []),
  ];
  const there = names.filter((name) => existsSync(join(data, name)));
  if (there.length === 0) return null;
  const aside = join(data, `before-restore-${stamp}`);
  await mkdir(aside, { mode: 0o700 });
  // The keys first: without a database beside them a start is refused, whenever this is cut short.
  for (const name of there.toReversed()) {
    if (KEY_FILES.some((key) => key === name)) await copyFile(join(data, name), join(aside, name));
    else await rename(join(data, name), join(aside, name));
  }
  await syncFile(aside);
  return aside;
}

async function isSignedBy(data: string, checkpoint: CheckpointRow | null): Promise<boolean | null> {
  const file = join(data, 'ledger.key');
  if (checkpoint === null || !existsSync(file)) return null;
  const key = createPublicKey(createPrivateKey(await readFile(file)));
  const { statement, signature } = checkpoint;
  return verify(null, Buffer.from(statement), key, Buffer.from(signature, 'base64url'));
}
