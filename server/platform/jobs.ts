import type { Context } from './context.ts';
import { storageTroubleOf } from './storage-trouble.ts';

/** Something that the server does by itself, beside what it is asked for. */
export interface RunningJob {
  /** Ends it: what has begun is finished, what is due at once is done. */
  stop(): Promise<void>;
}

/** Starts a job, once the server listens. The context is that of nobody. */
export type StartJob = (context: Context) => RunningJob;

/** A job that is done again and again. */
export interface Repeated extends RunningJob {
  /** Asks for it earlier than it would come. */
  soon(inMs: number): void;
}

/**
 * Does `work` at once and then again, each time so many milliseconds after it ended as it says; never twice at a time.
 * What goes wrong is told, and tried again after `everyMs`; what is wrong with the disk is told at the console by then.
 */
export function again(
  work: () => Promise<number | void>,
  everyMs: number,
  failed: (error: unknown) => void,
): Repeated {
  let timer: NodeJS.Timeout | undefined;
  let dueAt = Infinity;
  let running: Promise<void> | null = null;
  let isStopped = false;

  function plan(inMs: number): void {
    const at = performance.now() + inMs;
    if (isStopped || at >= dueAt) return;
    dueAt = at;
    if (running !== null) return;
    clearTimeout(timer);
    timer = setTimeout(() => void (running = run()), inMs).unref();
  }

  async function run(): Promise<void> {
    dueAt = Infinity;
    let pause = everyMs;
    try {
      pause = (await work()) ?? everyMs;
    } catch (error) {
      if (storageTroubleOf(error) === null) failed(error);
    }
    running = null;
    const asked = dueAt - performance.now();
    dueAt = Infinity;
    plan(Math.max(0, Math.min(pause, asked)));
  }

  plan(0);
  return {
    soon: plan,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
