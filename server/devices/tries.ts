import type { AccountId, BridgeId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Database } from '../platform/database.ts';

const WINDOW_MS = 15 * 60_000;
/** Whoever misreads a code gets this far. */
const WRONG_OF_ACCOUNT = 8;
/** A bridge may have several hosts, each of whom misreads a code. */
const WRONG_OF_BRIDGE = 24;
/** The oldest are forgotten beyond this. */
const MOST_KEYS = 20_000;

interface Wrong {
  readonly count: number;
  readonly since: Instant;
}

const counted = new WeakMap<Database, Map<string, Wrong>>();

function keysOf(account: AccountId | null, bridge: BridgeId): [string, number][] {
  return [
    [`account ${account ?? ''}`, WRONG_OF_ACCOUNT],
    [`bridge ${bridge}`, WRONG_OF_BRIDGE],
  ];
}

function wrongOf(tries: Map<string, Wrong> | undefined, key: string, now: Instant): Wrong {
  const found = tries?.get(key);
  return found !== undefined && now - found.since < WINDOW_MS ? found : { count: 0, since: now };
}

/** After how many seconds a pairing code may be tried again by an account at a bridge; 0 is now. */
export function secondsToWait(
  database: Database,
  account: AccountId | null,
  bridge: BridgeId,
  now: Instant,
): number {
  const waits = keysOf(account, bridge).map(([key, most]) => {
    const { count, since } = wrongOf(counted.get(database), key, now);
    return count < most ? 0 : Math.ceil((since + WINDOW_MS - now) / 1000);
  });
  return Math.max(...waits);
}

/** Counts a try before it is known whether it fits, so that a hundred sent at once are a hundred. */
export function countTry(
  database: Database,
  account: AccountId | null,
  bridge: BridgeId,
  now: Instant,
): void {
  const tries = counted.get(database) ?? new Map<string, Wrong>();
  counted.set(database, tries);
  for (const [key] of keysOf(account, bridge)) {
    const { count, since } = wrongOf(tries, key, now);
    tries.delete(key);
    tries.set(key, { count: count + 1, since });
  }
  for (const key of tries.keys()) {
    if (tries.size <= MOST_KEYS) break;
    tries.delete(key);
  }
}

/** Takes back a try whose code fitted. */
export function takeBackTry(database: Database, account: AccountId | null, bridge: BridgeId): void {
  const tries = counted.get(database);
  for (const [key] of keysOf(account, bridge)) {
    const one = tries?.get(key);
    if (one !== undefined) tries?.set(key, { ...one, count: one.count - 1 });
  }
}
