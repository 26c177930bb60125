import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { z } from 'zod';

import { LOG_LEVELS } from './log.ts';
import type { BackupPlan } from './scheduled-backup.ts';

/** Where a server runs and keeps its data. Each comes from an environment variable, or from a flag that overrides it. */
const Config = z.object({
  /** 0 takes any free port. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** 0.0.0.0 lets other machines in. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Folder of the database and of everything else that is kept. */
  DATA: z.string().min(1).default('data'),
  /** Address under which people reach the server, where a proxy stands before it: `https://nhipcau.tinh.vn` */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('warn'),
  /** How many proxies stand before the server: so many entries of `X-Forwarded-For` are believed. */
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  /** Seconds between signed checkpoints while something is written; a bridge that closes gets its own at once. */
  CHECKPOINT_EVERY: z.coerce.number().int().min(1).max(86_400).default(60),
  /** Minutes between backups; 0 makes none. A setTimeout ends at 24 days. */
  BACKUP_EVERY: z.coerce.number().min(0).max(30_000).default(0),
  /** How many of them are kept. */
  BACKUP_KEEP: z.coerce.number().int().min(1).max(1000).default(7),
  /** Where they go; better on another disk than the data. */
  BACKUP_TO: z.string().min(1).optional(),
});

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly data: string;
  readonly publicUrl: string | null;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly trustProxy: number;
  /** In seconds. */
  readonly checkpointEvery: number;
  /** Absent where none is wanted. */
  readonly backups?: BackupPlan;
}

/** Settings that nobody can run with: every fault at once, each a line for the person at the console. */
export class BadConfig extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'BadConfig';
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  PORT: 'số từ 0 đến 65535 / a number from 0 to 65535',
  HOST: 'một địa chỉ của máy / an address of this machine',
  DATA: 'đường dẫn một thư mục / the path of a folder',
  PUBLIC_URL: 'địa chỉ http:// hoặc https:// / an address with http:// or https://',
  LOG_LEVEL: LOG_LEVELS.join(', '),
  TRUST_PROXY: 'số từ 0 đến 10 / a number from 0 to 10',
  CHECKPOINT_EVERY: 'số giây từ 1 đến 86400 / seconds from 1 to 86400',
  BACKUP_EVERY: 'số phút, 0 là không sao lưu / minutes, 0 for no backups',
  BACKUP_KEEP: 'số từ 1 đến 1000 / a number from 1 to 1000',
  BACKUP_TO: 'đường dẫn một thư mục / the path of a folder',
};

function flagOf(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

/** Reads the settings from environment and flags (`--port 8080`, `--public-url https://…`). Throws `BadConfig`. */
export function readConfig(environment: NodeJS.ProcessEnv, flags: readonly string[]): Config {
  const names = Object.keys(Config.shape);
  let given: Record<string, string | boolean | undefined>;
  try {
    given = parseArgs({
      args: [...flags],
      options: Object.fromEntries(names.map((name) => [flagOf(name), { type: 'string' as const }])),
    }).values;
  } catch (error) {
    throw new BadConfig([error instanceof Error ? error.message : String(error)]);
  }
  const read = Config.safeParse(
    // An empty variable is one that is not set.
    Object.fromEntries(names.map((name) => [name, given[flagOf(name)] ?? (environment[name] || undefined)])),
  );
  if (!read.success) {
    const bad = new Set(read.error.issues.map((issue) => String(issue.path[0])));
    throw new BadConfig([...bad].map((name) => `${name} (--${flagOf(name)}): ${EXPECTED[name] ?? ''}`));
  }
  const { PORT, HOST, DATA, PUBLIC_URL, LOG_LEVEL, TRUST_PROXY, CHECKPOINT_EVERY } = read.data;
  const { BACKUP_EVERY, BACKUP_KEEP, BACKUP_TO } = read.data;
  return {
    port: PORT,
    host: HOST,
    data: DATA,
    publicUrl: PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    logLevel: LOG_LEVEL,
    trustProxy: TRUST_PROXY,
    checkpointEvery: CHECKPOINT_EVERY,
    ...(BACKUP_EVERY > 0 && {
      backups: {
        everyMs: BACKUP_EVERY * 60_000,
        keep: BACKUP_KEEP,
        folder: BACKUP_TO ?? join(DATA, 'backups'),
      },
    }),
  };
}
