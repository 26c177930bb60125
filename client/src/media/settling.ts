const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 5000;

/** Work that is done again until nothing is left of it. */
export interface Settling {
  /** Something changed: there may be work. */
  again(): void;
  end(): void;
}

/**
 * Runs `step`, which does whatever is to be done by now; once more where something changed meanwhile, and after a pause, longer each
 * time, where it threw. Never twice at once.
 */
export function settle(step: () => Promise<void>): Settling {
  let isOver = false;
  let isRunning = false;
  let isAsked = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const goesOn = (): boolean => isAsked && !isOver;
  const run = async (): Promise<void> => {
    clearTimeout(timer);
    isAsked = true;
    if (isRunning) return;
    isRunning = true;
    while (goesOn()) {
      isAsked = false;
      try {
        await step();
        failures = 0;
      } catch {
        const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures++);
        if (!isAsked && !isOver) timer = setTimeout(() => void run(), pause);
      }
    }
    isRunning = false;
  };
  return {
    again: () => void run(),
    end: () => {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
