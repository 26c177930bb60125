import type { Request } from 'express';
import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request may change something: it comes from a page of this server, or from no page at all (a script, the
 * command line), never from another site with this browser's cookie. `publicUrl` is where a proxy shows the server.
 */
export function isOwnOrigin(headers: IncomingHttpHeaders, publicUrl: string | null): boolean {
  const { origin } = headers;
  if (origin === undefined) {
    const site = headers['sec-fetch-site'];
    return site === undefined || site === 'same-origin' || site === 'none';
  }
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  return from.host === headers.host || (publicUrl !== null && from.origin === new URL(publicUrl).origin);
}

/** The address under which people reach the server: the public one, else the one that a request came to. */
export function reachedAt(request: Request, publicUrl: string | null): string {
  return publicUrl ?? `${request.protocol}://${request.get('host') ?? ''}`;
}
