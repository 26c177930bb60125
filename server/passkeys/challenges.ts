import type { AccountId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/** So long a person may take with their authenticator. */
const LASTS_MS = 5 * 60_000;
/** The oldest go beyond this: a program that only ever begins must not fill the memory. */
const MOST = 20_000;

/** Challenges that were given out, each good for one answer. They need not outlive a restart: the person begins again. */
export interface Challenges {
  /** `account`: who makes a passkey; null for whoever signs in. */
  give(challenge: string, account: AccountId | null, now: Instant): void;
  /** Whether a challenge was given for this, not long ago and not answered yet. From now on it is answered. */
  take(challenge: string, account: AccountId | null, now: Instant): boolean;
}

export function createChallenges(): Challenges {
  const given = new Map<string, { readonly account: AccountId | null; readonly at: Instant }>();
  return {
    give(challenge, account, now) {
      given.set(challenge, { account, at: now });
      for (const [old, { at }] of given) {
        if (given.size <= MOST && Math.abs(now - at) < LASTS_MS) break;
        given.delete(old);
      }
    },
    take(challenge, account, now) {
      const found = given.get(challenge);
      given.delete(challenge);
      return found !== undefined && found.account === account && Math.abs(now - found.at) < LASTS_MS;
    },
  };
}
