import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { z } from 'zod';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder of its own for a command line: its data, and files that a test writes for it. */
export interface Desk {
  readonly folder: string;
  readonly data: string;
  file(name: string): string;
  /** Runs `server/cli.ts` as a person would, and waits for its end. */
  run(...args: string[]): Promise<Ended>;
  /** The same with `--json`: its exit code and the one value that it printed. Throws where that is another one. */
  json<Schema extends z.ZodType>(
    schema: Schema,
    ...args: string[]
  ): Promise<{ readonly code: number | null; readonly value: z.output<Schema> }>;
  clear(): Promise<void>;
}

export async function openDesk(): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), 'nhipcau-cli-'));
  const data = join(folder, 'data');
  const run: Desk['run'] = (...args) => start(['--data', data, ...args]);
  return {
    folder,
    data,
    file: (name) => join(folder, name),
    run,
    async json(schema, ...args) {
      const { code, out, err } = await run('--json', ...args);
      if (out === '') throw new Error(`nothing was printed: ${err}`);
      return { code, value: schema.parse(JSON.parse(out)) };
    },
    clear: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Runs the command line with exactly these arguments. */
export function start(args: readonly string[], environment: Record<string, string> = {}): Promise<Ended> {
  return ended(process.execPath, ['server/cli.ts', ...args], environment);
}

/** Runs another program of Node. */
export function startProgram(args: readonly string[]): Promise<Ended> {
  return ended(process.execPath, args, {});
}

/** Runs a line of shell with the command line as `"$@"`. */
export function shell(line: string, args: readonly string[]): Promise<Ended> {
  return ended('bash', ['-c', line, 'bash', process.execPath, 'server/cli.ts', ...args], {});
}

function ended(
  program: string,
  args: readonly string[],
  environment: Record<string, string>,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, env: { ...process.env, ...environment } });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
}
