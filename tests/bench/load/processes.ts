import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { Orders } from './clients.ts';
import type { Question, Told } from './inside.ts';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** A server in a process of its own. */
export interface Serving {
  readonly url: string;
  /** What the process has used and done so far. */
  tell(question?: Question): Promise<Told>;
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

/** Starts the program on a data folder; `flags` go to node, for profiles. */
export function startProgram(data: string, flags: readonly string[] = []): Promise<Serving> {
  const main = fileURLToPath(new URL('../../../server/main.ts', import.meta.url));
  return serve([...flags, '--import', here('inside.ts'), main, '--data', data, '--port', '0']);
}

/** Starts bare socket.io, which answers each message by its name. */
export function startBare(answers: Readonly<Record<string, unknown>>): Promise<Serving> {
  return serve(['--import', here('inside.ts'), here('echo.ts'), JSON.stringify(answers)]);
}

async function serve(args: readonly string[]): Promise<Serving> {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'], LOG_LEVEL: 'warn', MEDIA_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const url = await urlSaid(child);
  return {
    url,
    tell: async (question = 'now') => {
      const told = once(child, 'message') as Promise<[Told]>;
      child.send(question);
      return (await told)[0];
    },
    stop: () => stop(child, 'SIGTERM'),
  };
}

async function urlSaid(child: ChildProcess): Promise<string> {
  let said = '';
  for await (const chunk of child.stdout!.setEncoding('utf8') as AsyncIterable<string>) {
    said += chunk;
    const url = /http:\/\/\S+/.exec(said)?.[0];
    if (url === undefined) continue;
    // Whatever it says later is not read, and must not fill up a pipe.
    child.stdout!.resume();
    return url;
  }
  throw new Error(`a server did not start: ${said}`);
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (!running.has(child)) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await ended;
  clearTimeout(late);
}

/** The processes of the load; an order goes to all of them at once. */
export interface Crowd {
  readonly size: number;
  order<Name extends keyof Orders>(
    name: Name,
    what: Parameters<Orders[Name]>[0] | ((process: number) => Parameters<Orders[Name]>[0]),
  ): Promise<Awaited<ReturnType<Orders[Name]>>[]>;
  stop(): Promise<void>;
}

export function startCrowd(size: number): Crowd {
  const children = Array.from({ length: size }, () =>
    fork(here('clients.ts'), { serialization: 'advanced' }),
  );
  for (const child of children) {
    running.add(child);
    child.once('exit', (code) => {
      running.delete(child);
      // Its reason stands on standard error already.
      if (code === 1) process.exit(1);
    });
  }
  return {
    size,
    order: (name, what) =>
      Promise.all(
        children.map(async (child, at) => {
          const answered = once(child, 'message') as Promise<[{ answer: never }]>;
          child.send({ order: name, with: typeof what === 'function' ? what(at) : what });
          return (await answered)[0].answer;
        }),
      ),
    stop: async () => {
      await Promise.all(children.map((child) => stop(child, 'SIGKILL')));
    },
  };
}
