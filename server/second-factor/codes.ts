import { randomBytes } from 'node:crypto';

import { Secret, TOTP } from 'otpauth';

import type { Instant } from '../../domain/time.ts';
import type { Enrolment } from '../../domain/wire/second-factor.ts';
import { hashOfToken } from '../sign-in/tokens.ts';

/** What every app takes: RFC 6238 with SHA-1, six digits, a code every 30 seconds. */
const STEP_S = 30;
const COMMON = { issuer: 'Nhịp Cầu', algorithm: 'SHA1', digits: 6, period: STEP_S } as const;
/** One code to either side: a phone's clock may be wrong by half a minute. */
const WINDOW = 1;

/** A new secret for an app, in base32: 160 bits. */
export function newSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** How an app takes up a secret. */
export function enrolmentOf(secret: string, username: string): Enrolment {
  const uri = new TOTP({ ...COMMON, label: username, secret: Secret.fromBase32(secret) }).toString();
  return { secret, uri };
}

/** The step of time to which a code belongs; null where it belongs to none that is near. */
export function stepOfCode(secret: string, code: string, now: Instant): number | null {
  const totp = new TOTP({ ...COMMON, secret: Secret.fromBase32(secret) });
  const delta = totp.validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? null : Math.floor(now / 1000 / STEP_S) + delta;
}

/** The six digits of an app as a person types them, "123 456"; null for anything else. */
export function digitsIn(typed: string): string | null {
  const digits = typed.replaceAll(/[\s.-]/g, '');
  return /^\d{6}$/.test(digits) ? digits : null;
}

const CODES = 10;
/** Without I, L, O and U, which are read for others or make words. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 16;

/** Recovery codes to be shown once: 80 random bits each, which nobody tries out. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: CODES }, () => {
    const letters = [...randomBytes(LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]);
    return (letters.join('').match(/.{4}/g) ?? []).join('-');
  });
}

/** What is kept of a recovery code, whichever way it was typed. */
export function hashOfRecoveryCode(typed: string): string {
  const letters = typed
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .replaceAll('o', '0')
    .replaceAll(/[il]/g, '1');
  return hashOfToken(letters);
}
