import type { CookieOptions } from 'express';

import { hashOfToken, newToken } from './tokens.ts';

export const COOKIE = 'nhipcau';
/** By HTTPS: browsers take a cookie of this name from this very host only, never from another of its domain or by plain HTTP. */
const HOST_COOKIE = `__Host-${COOKIE}`;

/** What the cookie is called. */
export function cookieName(secure: boolean): string {
  return secure ? HOST_COOKIE : COOKIE;
}
/** However busy, a sign-in ends after a week. */
export const LONGEST_MS = 7 * 24 * 3_600_000;

/**
 * What a browser holds of its sign-in: `<name>.<secret>`. The name stays the same and only finds the sign-in; the secret changes
 * from time to time. The server keeps a hash of each.
 */
export interface Ticket {
  /** Names the sign-in in the database, on its sockets and in the list of its owner. */
  readonly key: string;
  readonly hash: string;
  /** The cookie's value. */
  readonly value: string;
}

/** A ticket for a new sign-in; nothing of it can be known before. */
export function newTicket(): Ticket {
  return ticketOf(newToken(), newToken());
}

/** The ticket of a name and a secret. */
export function ticketOf(name: string, secret: string): Ticket {
  return { key: hashOfToken(name), hash: hashOfToken(secret), value: `${name}.${secret}` };
}

/** The same sign-in with another secret, as the cookie's value. */
export function withSecret(value: string, secret: string): string {
  return `${value.slice(0, value.indexOf('.'))}.${secret}`;
}

/** The ticket out of a `Cookie` header, first of the name that nobody else can write; null where there is none, or none of ours. */
export function ticketIn(header: string | undefined): Ticket | null {
  return ticketNamed(HOST_COOKIE, header) ?? ticketNamed(COOKIE, header);
}

function ticketNamed(cookie: string, header: string | undefined): Ticket | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at < 0 || part.slice(0, at).trim() !== cookie) continue;
    const [, name, secret] = /^([\w-]{1,64})\.([\w-]{1,64})$/.exec(part.slice(at + 1).trim()) ?? [];
    if (name !== undefined && secret !== undefined) return ticketOf(name, secret);
  }
  return null;
}

/** For this server alone, out of reach of scripts, and not sent where another site asks. */
export function cookieOptions(secure: boolean): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: LONGEST_MS };
}
