import type { Instant } from '../../domain/time.ts';
import type { Authenticate } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { signInByHash, touchSignIn } from './store.ts';
import { hashOfToken } from './tokens.ts';

export const COOKIE = 'nhipcau';
/** Long enough for a day at the door without signing in twice. */
export const IDLE_MS = 12 * 3_600_000;
/** However busy, a sign-in ends after a week. */
export const LONGEST_MS = 7 * 24 * 3_600_000;
/** That somebody is still there is noted this often, not with every request: each note is a commit. */
const NOTE_EVERY_MS = 10 * 60_000;

/** Value of our cookie in a `Cookie` header. */
export function cookieValue(header: string | undefined): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === COOKIE) return part.slice(at + 1).trim() || null;
  }
  return null;
}

/** Finds out by their cookie who is signed in. */
export function createAuthenticate(database: Database, clock: () => Instant): Authenticate {
  return async (cookies) => {
    const token = cookieValue(cookies);
    if (token === null) return null;
    const hash = hashOfToken(token);
    const now = clock();
    const found = await signInByHash(database.read, hash, {
      seen: (now - IDLE_MS) as Instant,
      created: (now - LONGEST_MS) as Instant,
    });
    if (found === undefined) return null;
    if (now - found.last_seen_at > NOTE_EVERY_MS) await touchSignIn(database.write, hash, now);
    return { actor: { account: found.account, name: found.name }, signIn: hash };
  };
}
