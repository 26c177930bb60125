import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret for a link or a cookie: 256 random bits that fit into a URL. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token. A plain hash is enough: nobody can try out 256 random bits. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Whether two hashes are the same, in a time that does not tell how far they agree. */
export function sameHash(one: string | null, other: string): boolean {
  if (one === null) return false;
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
