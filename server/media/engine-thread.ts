import { parentPort, Worker } from 'node:worker_threads';

import {
  callsBy,
  type AskedCalls,
  type AskEngine,
  type EngineCalls,
  type EngineNotice,
  type MediaEngine,
} from './engine.ts';

/** A question of the main thread, answered once under the same number. */
interface Question {
  readonly number: number;
  readonly call: keyof EngineCalls;
  readonly input: unknown;
}

/** Asks the thread to end what it has and then itself. */
const END = 'end';

type Said = { readonly ready: true } | { readonly number: number; readonly answer: unknown } | EngineNotice;

export type ThreadedEngine = MediaEngine & {
  /** Ends the thread as a fault would: for tests. */
  kill(): Promise<void>;
};

/** A thread that died starts anew after this time. */
const RESTART_MS = 500;
/** One that does not end by itself by then is ended. */
const END_MS = 2_000;
const GONE = { ok: false, reason: 'engine gone' } as const;

/**
 * Starts an engine in a thread of its own, so that neither makes the other wait: `script` is what runs there, and ends with `serve`.
 * A thread that dies is started again with the same options; everything that it had is gone, which is told as `gone`, then `back`.
 * Throws where it does not start the first time.
 */
export async function startEngineThread(
  script: URL,
  { name, carries }: Pick<MediaEngine, 'name' | 'carries'>,
  options: unknown,
): Promise<ThreadedEngine> {
  const listeners = new Set<(notice: EngineNotice) => void>();
  const tell = (notice: EngineNotice): void => {
    for (const heard of listeners) heard(notice);
  };
  let isClosed = false;
  let restart: NodeJS.Timeout | undefined;
  let thread: Thread | null = null;
  const begin = async (): Promise<void> => {
    thread = await startThread(script, options, tell, () => {
      thread = null;
      if (isClosed) return;
      tell({ notice: 'gone' });
      restart = setTimeout(() => void beginAgain(), RESTART_MS);
    });
  };
  const beginAgain = async (): Promise<void> => {
    try {
      await begin();
      if (isClosed) await thread?.end();
      else tell({ notice: 'back' });
    } catch {
      // Its port may still be taken; it is tried again until the engine is ended.
      if (!isClosed) restart = setTimeout(() => void beginAgain(), RESTART_MS);
    }
  };
  await begin();
  const ask: AskEngine = async <Name extends keyof EngineCalls>(
    call: Name,
    ...[input]: Parameters<EngineCalls[Name]>
  ) => ((await thread?.ask(call, input)) ?? GONE) as ReturnType<EngineCalls[Name]>;
  return {
    name,
    carries,
    ...callsBy(ask),
    listen: (heard) => {
      listeners.add(heard);
      return () => void listeners.delete(heard);
    },
    kill: async () => thread?.kill(),
    close: async () => {
      isClosed = true;
      clearTimeout(restart);
      await thread?.end();
    },
  };
}

interface Thread {
  /** Null where the thread ends before it answers. */
  ask(call: keyof EngineCalls, input: unknown): Promise<unknown>;
  end(): Promise<void>;
  kill(): Promise<void>;
}

function startThread(
  script: URL,
  options: unknown,
  tell: (notice: EngineNotice) => void,
  onGone: () => void,
): Promise<Thread> {
  const worker = new Worker(script, { workerData: options, execArgv: [], env: {} });
  const waiting = new Map<number, (answer: unknown) => void>();
  let asked = 0;
  const thread: Thread = {
    ask: (call, input) =>
      new Promise((resolve) => {
        const question: Question = { number: (asked += 1), call, input };
        waiting.set(question.number, resolve);
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
        worker.postMessage(question);
      }),
    end: async () => {
      const ended = new Promise<void>((resolve) => void worker.once('exit', () => resolve()));
      const late = setTimeout(() => void worker.terminate(), END_MS);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage(END);
      await ended;
      clearTimeout(late);
    },
    kill: async () => {
      await worker.terminate();
    },
  };
  return new Promise((resolve, reject) => {
    let isReady = false;
    worker.on('message', (said: Said) => {
      if ('notice' in said) tell(said);
      else if ('number' in said) {
        waiting.get(said.number)?.(said.answer);
        waiting.delete(said.number);
      } else {
        isReady = true;
        resolve(thread);
      }
    });
    // What it died of matters to nobody before it is ready but to whoever starts it; afterwards its end says enough.
    worker.once('error', reject);
    worker.once('exit', (code) => {
      for (const answer of waiting.values()) answer(null);
      waiting.clear();
      if (isReady) onGone();
      else reject(new Error(`the thread of the media engine ended with ${code}`));
    });
  });
}

/** What runs in the thread. */
export interface Served {
  readonly calls: EngineCalls | AskedCalls;
  /** Ends what would outlive the thread, or be left behind by it. */
  readonly end?: () => Promise<void>;
}

/**
 * In the thread: begins with what the engine is told by `tell`, and from then on answers the main thread's questions, each as soon as its
 * answer is there.
 */
export async function serve(begin: (tell: (notice: EngineNotice) => void) => Promise<Served>): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('an engine runs in a thread of its own');
  const say = (said: Said): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
    port.postMessage(said);
  };
  const { calls, end } = await begin(say);
  const answer = async ({ number, call, input }: Question): Promise<void> => {
    const asked = calls[call] as (input: unknown) => unknown;
    say({ number, answer: await asked(input) });
  };
  const endAll = async (): Promise<void> => {
    await end?.();
    process.exit(0);
  };
  port.on('message', (question: Question | typeof END) => {
    void (question === END ? endAll() : answer(question));
  });
  say({ ready: true });
}
