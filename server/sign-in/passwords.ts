import * as crypto from 'node:crypto';
import { promisify } from 'node:util';

import { ok, type Result } from '../../domain/result.ts';
import { nfc } from '../../domain/text/normalize.ts';

/** Costs of argon2id that its RFC 9106 and OWASP call enough for a sign-in: 19 MiB, two passes, 40 ms here. */
const ARGON2 = { memory: 19_456, passes: 2, parallelism: 1 } as const;
/** For a Node without argon2 (before 24.7): 32 MiB. */
const SCRYPT = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;
const KEY_BYTES = 32;
const SALT_BYTES = 16;

/**
 * At most two passwords are worked on at a time. They run on the same few threads as the database, and a crowd at the
 * sign-in page must not hold up the ledger.
 */
const AT_ONCE = 2;
/**
 * Of those that wait: whoever comes then is told to come again. Two cores were measured at 75 to 80 passwords a second, so that
 * the last of them waits seven seconds, which a person does at a page that says so. A nation's 15,345 hosts over half an hour
 * are nine a second; the queue is full only where the tenfold of that comes for half a minute on end.
 */
const MOST_WAITING = 500;
let running = 0;
const waiting: (() => void)[] = [];
/** Milliseconds of one password, as the last ones took. */
let usual = 40;

/** Too many passwords wait already. */
export interface Busy {
  readonly reason: 'busy';
  /** After how many a place is likely free. */
  readonly seconds: number;
}

/** How many passwords are worked on and wait. */
export function passwordsInWork(): number {
  return running + waiting.length;
}

async function inTurn<Value>(work: () => Promise<Value>): Promise<Result<Value, Busy>> {
  if (waiting.length >= MOST_WAITING) {
    const seconds = Math.max(1, Math.ceil((waiting.length * usual) / AT_ONCE / 1000));
    return { ok: false, reason: 'busy', seconds };
  }
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  const start = performance.now();
  try {
    return ok(await work());
  } finally {
    usual += (performance.now() - start - usual) / 16;
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

/** How a password was hashed: kept with it, so that costs can be raised later. */
type Way =
  | { readonly kind: 'scrypt' }
  | {
      readonly kind: 'argon2id';
      readonly memory: number;
      readonly passes: number;
      readonly parallelism: number;
    };

function best(): Way {
  return typeof crypto.argon2 === 'function' ? { kind: 'argon2id', ...ARGON2 } : { kind: 'scrypt' };
}

/** `argon2id:19456,2,1` or `scrypt`. */
function spell(way: Way): string {
  return way.kind === 'scrypt' ? 'scrypt' : `argon2id:${way.memory},${way.passes},${way.parallelism}`;
}

function wayOf(text: string): Way | null {
  if (text === 'scrypt') return { kind: 'scrypt' };
  const [, memory, passes, parallelism] = /^argon2id:(\d+),(\d+),(\d+)$/.exec(text) ?? [];
  if (parallelism === undefined) return null;
  return {
    kind: 'argon2id',
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  };
}

function derive(way: Way, password: string, salt: Buffer): Promise<Result<Buffer, Busy>> {
  // The same password typed on two machines may differ in its Unicode form.
  const message = nfc(password);
  return inTurn(() =>
    way.kind === 'argon2id'
      ? promisify(crypto.argon2)('argon2id', {
          memory: way.memory,
          passes: way.passes,
          parallelism: way.parallelism,
          tagLength: KEY_BYTES,
          message,
          nonce: salt,
        })
      : new Promise((resolve, reject) => {
          crypto.scrypt(message, salt, KEY_BYTES, SCRYPT, (error, key) => {
            if (error === null) resolve(key);
            else reject(error);
          });
        }),
  );
}

/** What is kept of a password: `way$salt$key`. */
export async function hashPassword(password: string): Promise<Result<string, Busy>> {
  const way = best();
  const salt = crypto.randomBytes(SALT_BYTES);
  const key = await derive(way, password, salt);
  return key.ok ? ok(kept(way, salt, key.value)) : key;
}

function kept(way: Way, salt: Buffer, key: Buffer): string {
  return [spell(way), salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Whether a hash was made in another way than a new one would be: at the next sign-in a better one takes its place. */
export function isOutdated(hashed: string): boolean {
  return hashed.split('$')[0] !== spell(best());
}

/** What nobody's password gives: against a name that nobody has the same work is done, so that the time does not tell which names exist. */
const NOBODY = kept(best(), crypto.randomBytes(SALT_BYTES), crypto.randomBytes(KEY_BYTES));

/** Whether a password is the one that was kept. Null stands for an account that has none, or for no account. */
export async function passwordFits(hashed: string | null, password: string): Promise<Result<boolean, Busy>> {
  const [spelt = '', salt, key] = (hashed ?? NOBODY).split('$');
  const way = wayOf(spelt);
  if (way === null || salt === undefined || key === undefined) {
    throw new Error('a kept password is of no known kind');
  }
  const expected = Buffer.from(key, 'base64url');
  const derived = await derive(way, password, Buffer.from(salt, 'base64url'));
  return derived.ok ? ok(crypto.timingSafeEqual(derived.value, expected) && hashed !== null) : derived;
}
