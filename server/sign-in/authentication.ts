import type { Instant } from '../../domain/time.ts';
import { askTogether } from '../platform/ask-together.ts';
import type { Authenticate } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { storageTroubleOf } from '../platform/storage-trouble.ts';
import { signInsByHash, touchSignIns } from './store.ts';
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

/** Finds out by their cookie who is signed in: for all who come at the same moment together. */
export function createAuthenticate(database: Database, clock: () => Instant): Authenticate {
  const find = askTogether(({ read }: Database, hashes: readonly string[]) => {
    const now = clock();
    const after = { seen: (now - IDLE_MS) as Instant, created: (now - LONGEST_MS) as Instant };
    return signInsByHash(read, hashes, after);
  });
  const note = askTogether(async ({ write }: Database, hashes: readonly string[]) => {
    await touchSignIns(write, hashes, clock());
    return hashes;
  });
  return async (cookies) => {
    const token = cookieValue(cookies);
    if (token === null) return null;
    const hash = hashOfToken(token);
    const found = await find(database, hash);
    if (found === undefined) return null;
    if (clock() - found.last_seen_at > NOTE_EVERY_MS) {
      // A disk that is full keeps nobody out: the note is made the next time.
      await note(database, hash).catch((error: unknown) => {
        if (storageTroubleOf(error) === null) throw error;
      });
    }
    return { actor: { account: found.account, name: found.name }, signIn: hash };
  };
}
