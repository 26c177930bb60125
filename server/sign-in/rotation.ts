import { assertNever } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { Database } from '../platform/database.ts';
import * as store from './store.ts';
import { hashOfToken, newToken, sameHash } from './tokens.ts';

/** A browser's secret gets a successor after so long: who took it once does not have it for a week. */
const ROTATE_MS = 3_600_000;
/** The secret before is good for requests that were on their way when it changed. */
const GRACE_MS = 60_000;
/** So long the same successor is sent again to a browser that has not come with it yet: the answer may have been lost. */
const OFFERED_MS = 10 * 60_000;

export type Verdict = 'current' | 'next' | 'previous' | 'reused';

/** Which of a sign-in's secrets somebody came with. Anything that is none of the three was one once, or is made up. */
export function verdictOn(row: store.SignInRow, hash: string, now: Instant): Verdict {
  if (sameHash(row.hash, hash)) return 'current';
  if (sameHash(row.next_hash, hash)) return 'next';
  // Also where the clock was put back.
  const isRecent = Math.abs(now - row.rotated_at) < GRACE_MS;
  return isRecent && sameHash(row.previous_hash, hash) ? 'previous' : 'reused';
}

interface Offer {
  readonly of: string;
  readonly at: Instant;
  readonly secret: Promise<string | null>;
}

export interface Rotation {
  /**
   * The next secret of a sign-in, where it is time for one; null where it is not. It takes the place of the one before when the
   * browser comes with it, never earlier: an answer that a bad line swallowed signs nobody out.
   */
  follow(row: store.SignInRow, verdict: Exclude<Verdict, 'reused'>, now: Instant): Promise<string | null>;
}

export function createRotation(database: Database): Rotation {
  const offers = new Map<string, Offer>();

  function offer(row: store.SignInRow, now: Instant): Promise<string | null> {
    const known = offers.get(row.key);
    // Requests that come side by side get one and the same: whichever answer is read last, it is right.
    if (known?.of === row.hash && Math.abs(now - known.at) < OFFERED_MS) return known.secret;
    // Offered by this program before it was started anew, or by another.
    if (row.next_at !== null && Math.abs(now - row.next_at) < OFFERED_MS) return Promise.resolve(null);
    for (const [key, { at }] of offers) {
      if (Math.abs(now - at) < OFFERED_MS) break;
      offers.delete(key);
    }
    const next = newToken();
    const secret = store
      .noteNext(database.write, row, hashOfToken(next), now)
      .then((noted) => (noted ? next : null));
    offers.set(row.key, { of: row.hash, at: now, secret });
    // Not noted, not offered: the next one who comes is offered another.
    secret.catch(() => offers.delete(row.key));
    return secret;
  }

  return {
    async follow(row, verdict, now) {
      switch (verdict) {
        case 'current':
          return Math.abs(now - row.rotated_at) < ROTATE_MS ? null : offer(row, now);
        case 'next':
          if (row.next_hash !== null) await store.takeNext(database.write, row.key, row.next_hash, now);
          offers.delete(row.key);
          return null;
        case 'previous':
          return null;
        default:
          return assertNever(verdict);
      }
    },
  };
}
