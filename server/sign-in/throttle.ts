import type { Instant } from '../../domain/time.ts';

const WINDOW_MS = 15 * 60_000;
/** Somebody who does not remember gets this far; a program that guesses gets nowhere. */
const FAILURES_OF_NAME_AND_ADDRESS = 5;
/** Thousands of hosts may share one address, and some of each thousand mistype. */
const FAILURES_OF_ADDRESS = 1000;
/** The oldest are forgotten beyond this: an attacker with many addresses must not fill the memory. */
const MOST_KEYS = 20_000;

export interface Throttle {
  /** After how many seconds a sign-in may be tried again; 0 is now. */
  wait(name: string, address: string, now: Instant): number;
  failed(name: string, address: string, now: Instant): void;
  /** Takes back the try that was counted as failed before it was known to fit, and those before it. */
  succeeded(name: string, address: string): void;
  /** Takes back a try that was counted as failed and never made. */
  takeBack(name: string, address: string): void;
}

function keyOf(name: string, address: string): string {
  return `${address} ${name}`;
}

/** What is counted for a try, each with how many failures it may have. */
function keys(name: string, address: string): [string, number][] {
  return [
    [keyOf(name, address), FAILURES_OF_NAME_AND_ADDRESS],
    [address, FAILURES_OF_ADDRESS],
  ];
}

/** Counts failed sign-ins for each name and address, and for each address, over a quarter of an hour. */
export function createThrottle(): Throttle {
  const failures = new Map<string, { count: number; since: Instant }>();

  const entry = (key: string, now: Instant): { count: number; since: Instant } => {
    const found = failures.get(key);
    return found !== undefined && now - found.since < WINDOW_MS ? found : { count: 0, since: now };
  };
  const oneLess = (key: string): void => {
    const found = failures.get(key);
    if (found !== undefined) failures.set(key, { ...found, count: found.count - 1 });
  };
  return {
    wait(name, address, now) {
      const waits = keys(name, address).map(([key, most]) => {
        const { count, since } = entry(key, now);
        return count < most ? 0 : Math.ceil((since + WINDOW_MS - now) / 1000);
      });
      return Math.max(...waits);
    },
    failed(name, address, now) {
      for (const [key] of keys(name, address)) {
        const { count, since } = entry(key, now);
        failures.delete(key);
        failures.set(key, { count: count + 1, since });
      }
      for (const key of failures.keys()) {
        if (failures.size <= MOST_KEYS) break;
        failures.delete(key);
      }
    },
    succeeded(name, address) {
      failures.delete(keyOf(name, address));
      oneLess(address);
    },
    takeBack(name, address) {
      for (const [key] of keys(name, address)) oneLess(key);
    },
  };
}
