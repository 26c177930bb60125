import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';

import type { Database } from './database.ts';
import { migrations } from './migrations/list.ts';

/** How far a server has come. */
export type Stage = 'starting' | 'serving' | 'stopping';

/** What one look at a part of the server found. */
export interface Finding {
  /** Whether the server does its work with it. */
  readonly ok: boolean;
  /** For whoever runs the server: figures, no names. */
  readonly [detail: string]: string | number | boolean | null;
}

/** A part of the server that is looked at. */
export interface Check {
  readonly name: string;
  look(): Promise<Finding>;
}

/** Whether work should be sent to this server, and what each part says. */
export interface Readiness {
  readonly ready: boolean;
  readonly stage: Stage;
  /** Names of the parts that are in the way; the stage where it is that. */
  readonly reasons: readonly string[];
  readonly checks: Readonly<Record<string, Finding>>;
}

/** Asked more often, the last answer is given again: each look takes the write connection for a moment. */
const FRESH_MS = 2000;
/** A look that takes longer has found out enough. */
const PATIENCE_MS = 3000;
/** A commit, its log and a checkpoint of the log fit into it many times over. */
const LEAST_FREE = 256 * 1024 * 1024;

/** Looks at all parts, at most every two seconds, and never at two times at once. */
export function readinessOf(
  stage: () => Stage,
  checks: readonly Check[],
  patience = PATIENCE_MS,
): () => Promise<Readiness> {
  let last: { readonly at: number; readonly findings: Promise<Readonly<Record<string, Finding>>> } | null =
    null;
  return async () => {
    const now = stage();
    // Parts of a server that is not there yet, or no more, have nothing to say.
    if (now !== 'serving') return { ready: false, stage: now, reasons: [now], checks: {} };
    if (last === null || performance.now() - last.at > FRESH_MS) {
      last = { at: performance.now(), findings: lookAtAll(checks, patience) };
    }
    const found = await last.findings;
    const reasons = Object.keys(found).filter((name) => found[name]?.ok === false);
    return { ready: reasons.length === 0, stage: now, reasons, checks: found };
  };
}

async function lookAtAll(
  checks: readonly Check[],
  patience: number,
): Promise<Readonly<Record<string, Finding>>> {
  const found = await Promise.all(checks.map((check) => lookAt(check, patience)));
  return Object.fromEntries(checks.map(({ name }, at) => [name, found[at] ?? { ok: false }]));
}

async function lookAt(check: Check, patience: number): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, late: true }), patience);
  });
  try {
    return await Promise.race([check.look(), late]);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
    return { ok: false, failed: code };
  } finally {
    clearTimeout(timer);
  }
}

/** Whether the database can be written to, and has the tables of this program and no newer ones. */
export function databaseCheck(database: Database): Check {
  return {
    name: 'database',
    async look() {
      // Takes the write lock and gives it back: nothing is written, and the disk is not asked for anything.
      const done = await database.write.transaction((connection) =>
        connection('migration').pluck<string[]>('name'),
      );
      const known = new Set(migrations.map(({ name }) => name));
      const missing = migrations.length - done.filter((name) => known.has(name)).length;
      const unknown = done.filter((name) => !known.has(name)).length;
      return { ok: missing === 0 && unknown === 0, missingMigrations: missing, unknownMigrations: unknown };
    },
  };
}

/** Whether the disk of the data folder has room. */
export function diskCheck(data: string): Check {
  return {
    name: 'disk',
    async look() {
      const { bavail, bsize } = await statfs(data);
      return { ok: bavail * bsize >= LEAST_FREE, freeBytes: bavail * bsize };
    },
  };
}

/** Whether browsers still take the certificate. */
export function certificateCheck(validUntil: () => number, now: () => number): Check {
  return {
    name: 'certificate',
    look: async () => ({
      ok: validUntil() > now(),
      daysLeft: Math.floor((validUntil() - now()) / 86_400_000),
    }),
  };
}

/** When the youngest backup was made. One that is overdue stops nobody from working, and is told. */
export function backupCheck(folder: string, everyMs: number, now: () => number): Check {
  return {
    name: 'backup',
    async look() {
      const at = await lastBackupAt(folder);
      const ageSeconds = at === null ? null : Math.round((now() - at) / 1000);
      return { ok: true, ageSeconds, overdue: ageSeconds !== null && ageSeconds * 1000 > 2 * everyMs };
    },
  };
}

/** When the youngest of the backups in a folder was written, in milliseconds; null where there is none. */
export async function lastBackupAt(folder: string): Promise<number | null> {
  const names = await readdir(folder).catch(() => []);
  const times = await Promise.all(
    names
      .filter((name) => name.endsWith('.sqlite'))
      .map(async (name) => (await stat(join(folder, name)).catch(() => null))?.mtimeMs ?? 0),
  );
  return times.length === 0 ? null : Math.max(...times);
}
