import { createHash, randomBytes } from 'node:crypto';

/** A secret for a link or a cookie: 256 random bits that fit into a URL. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token. A plain hash is enough: nobody can try out 256 random bits. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
