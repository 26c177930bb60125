import type { Instant } from '../../domain/time.ts';
import { askTogether } from '../platform/ask-together.ts';
import type { Authentication, SignedIn } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { storageTroubleOf } from '../platform/storage-trouble.ts';
import { LONGEST_MS, ticketIn, withSecret } from './cookie.ts';
import { createRotation, verdictOn } from './rotation.ts';
import {
  removeReused,
  signInsByKey,
  touchSignIns,
  type KnownSignIn,
  type Limits,
  type SignInRow,
} from './store.ts';

/** Long enough for a day at the door without signing in twice. */
const IDLE_MS = 12 * 3_600_000;
/** That somebody is still there is noted this often, not with every request: each note is a commit. */
const NOTE_EVERY_MS = 10 * 60_000;

/** Sign-ins that were last seen or made before are over. */
export function limitsAt(now: Instant): Limits {
  return { seen: (now - IDLE_MS) as Instant, created: (now - LONGEST_MS) as Instant };
}

/**
 * How far a sign-in goes. Whoever has a second factor gives it, also in browsers that were signed in before they had one;
 * whose role asks for one sets it up first.
 */
export function stepOf(
  row: Pick<KnownSignIn, 'strong' | 'has_factor' | 'needs_factor'>,
): 'in' | 'code' | 'enrol' {
  if (row.strong) return 'in';
  if (row.has_factor === 1) return 'code';
  return row.needs_factor === 1 ? 'enrol' : 'in';
}

export interface AuthenticationParts {
  readonly database: Database;
  readonly clock: () => Instant;
  /** Told the key of a sign-in that was ended because an old secret of it came back. */
  readonly onReuse: (signIn: string) => void;
}

/** Finds out who is signed in: for all who come at the same moment together. */
export function createAuthentication({ database, clock, onReuse }: AuthenticationParts): Authentication {
  const rotation = createRotation(database);
  const find = askTogether(({ read }: Database, keys: readonly string[]) => {
    const now = clock();
    return signInsByKey(read, keys, limitsAt(now), now);
  });
  const note = askTogether(async ({ write }: Database, keys: readonly string[]) => {
    await touchSignIns(write, keys, clock());
    return keys;
  });

  async function noteSeen(row: SignInRow): Promise<void> {
    if (clock() - row.last_seen_at > NOTE_EVERY_MS) await note(database, row.key);
  }

  return {
    byCookie: async (cookies, renews = false) => {
      const ticket = ticketIn(cookies);
      if (ticket === null) return null;
      const row = await find(database, ticket.key);
      if (row === undefined) return null;
      const now = clock();
      const verdict = verdictOn(row, ticket.hash, now);
      if (verdict === 'reused') {
        // The secret was taken: by whom it came now or by whom it was changed. Neither stays.
        if (await removeReused(database.write, row)) onReuse(row.key);
        return null;
      }
      if (stepOf(row) !== 'in') return null;
      let secret: string | null = null;
      await evenOnFullDisk(async () => {
        await noteSeen(row);
        if (renews) secret = await rotation.follow(row, verdict, now);
      });
      return {
        ...signedIn(row),
        ...(secret !== null && { cookie: withSecret(ticket.value, secret) }),
      };
    },

    again: async (key) => {
      const row = await find(database, key);
      if (row === undefined || stepOf(row) !== 'in') return null;
      await evenOnFullDisk(() => noteSeen(row));
      return signedIn(row);
    },
  };
}

function signedIn(row: KnownSignIn): SignedIn {
  return { actor: { account: row.account, name: row.name }, signIn: row.key };
}

/** A disk that is full keeps nobody out: what could not be noted is noted the next time. */
async function evenOnFullDisk(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (storageTroubleOf(error) === null) throw error;
  }
}
