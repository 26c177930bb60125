import * as crypto from 'node:crypto';
import { promisify } from 'node:util';

import { nfc } from '../../domain/text/normalize.ts';

/** Costs of argon2id that its RFC 9106 and OWASP call enough for a sign-in: 19 MiB, two passes, 40 ms here. */
const ARGON2 = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;
/** For a Node without argon2 (before 24.7): 32 MiB. */
const SCRYPT = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;

/**
 * At most two passwords are worked on at a time. They run on the same few threads as the database, and a crowd at the
 * sign-in page must not hold up the ledger.
 */
const AT_ONCE = 2;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

type Kind = 'argon2id' | 'scrypt';

function derive(kind: Kind, password: string, salt: Buffer): Promise<Buffer> {
  // The same password typed on two machines may differ in its Unicode form.
  const message = nfc(password);
  return inTurn(() =>
    kind === 'argon2id'
      ? promisify(crypto.argon2)('argon2id', { ...ARGON2, message, nonce: salt })
      : new Promise((resolve, reject) => {
          crypto.scrypt(message, salt, 32, SCRYPT, (error, key) => {
            if (error === null) resolve(key);
            else reject(error);
          });
        }),
  );
}

/** What is kept of a password: `kind$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const kind: Kind = typeof crypto.argon2 === 'function' ? 'argon2id' : 'scrypt';
  const salt = crypto.randomBytes(16);
  const key = await derive(kind, password, salt);
  return [kind, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Against a name that nobody has, the same work is done, so that the time does not tell which names exist. */
let nobody: Promise<string> | undefined;

/** Whether a password is the one that was kept. Null stands for an account that has none, or for no account. */
export async function passwordFits(kept: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword(crypto.randomBytes(16).toString('hex'));
  const [kind, salt, key] = (kept ?? (await nobody)).split('$');
  if ((kind !== 'argon2id' && kind !== 'scrypt') || salt === undefined || key === undefined) {
    throw new Error('a kept password is of no known kind');
  }
  const expected = Buffer.from(key, 'base64url');
  const derived = await derive(kind, password, Buffer.from(salt, 'base64url'));
  return crypto.timingSafeEqual(derived, expected) && kept !== null;
}
