import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { BARE_ENVIRONMENT } from '../environment.ts';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const CLOCK = fileURLToPath(new URL('moved-clock.ts', import.meta.url));
/** A start that takes longer is one that hangs. */
const START_MS = 60_000;

/** The program as a person starts it, in a process of its own. */
export interface Program {
  readonly child: ChildProcess;
  /** What it has said to the person at the console so far, and its log. */
  said(): string;
  log(): string;
  /** Its address once it serves. Throws with what it said where it ends before that. */
  ready(): Promise<string>;
  /** Puts its clock so many milliseconds beside the machine's. */
  moveClock(milliseconds: number): void;
  /** Kills it without a word, and waits until it is gone. */
  kill(): Promise<void>;
  /** Asks it to stop, and waits for its exit code. */
  stop(): Promise<number | null>;
  /** Waits for its own end; the exit code. */
  ended(): Promise<number | null>;
}

const running = new Set<Program>();

/** Starts the program on a data folder. */
export function launch(
  data: string,
  { flags = [], environment = {} }: { flags?: readonly string[]; environment?: Record<string, string> } = {},
): Program {
  const child = spawn(process.execPath, ['--import', CLOCK, MAIN, '--data', data, '--port', '0', ...flags], {
    env: { ...BARE_ENVIRONMENT, LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let [out, err] = ['', ''];
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (err += text));
  // Listened for at once: whoever asks later learns it all the same. `close` comes after all that was written.
  const gone = once(child, 'close').then(([code]) => code as number | null);
  const program: Program = {
    child,
    said: () => out,
    log: () => err,
    ready: () => ready(program, gone),
    moveClock: (milliseconds) => void child.send({ moveClock: milliseconds }),
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    stop() {
      child.kill('SIGTERM');
      return gone;
    },
    ended: () => gone,
  };
  running.add(program);
  void gone.then(() => running.delete(program));
  return program;
}

async function ready(program: Program, gone: Promise<unknown>): Promise<string> {
  let over = false;
  void gone.then(() => (over = true));
  const from = Date.now();
  for (;;) {
    const [, url] = /Nhịp Cầu: (\S+)\n/.exec(program.said()) ?? [];
    if (url !== undefined) return url;
    if (over || Date.now() - from > START_MS) {
      throw new Error(`the program did not start:\n${program.said()}\n${program.log()}`);
    }
    await new Promise((resolve) => void setTimeout(resolve, 5));
  }
}

/** Ends what a test has left running. */
export async function killAll(): Promise<void> {
  await Promise.all([...running].map((program) => program.kill()));
}
