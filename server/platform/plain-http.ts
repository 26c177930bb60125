import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { serveTrust, type Trusted } from './trust-page.ts';
import type { Identity } from './tls.ts';

/** Nobody has a reason to take long here. */
const HURRY_MS = 10_000;

const ONLY_HTTPS = 'Hãy dùng https:// / Use https://\n';

/**
 * The plain port beside HTTPS: it leads there, under the name by which somebody came where the certificate is for it, and
 * shows how to trust a private authority, which comes before HTTPS works. What was sent to it in the clear is not taken.
 */
export function createPlainHttp(
  publicUrl: string,
  now: () => { readonly identity: Identity; readonly trusted: Trusted | null },
): Server {
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { identity, trusted } = now();
    if (serveTrust(request, response, trusted)) return;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(400, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
      response.end(ONLY_HTTPS);
      return;
    }
    response.writeHead(308, {
      Location: leadTo(request, publicUrl, identity),
      'Cache-Control': 'no-store',
      'Content-Length': 0,
    });
    response.end();
  };
  const server = createServer({ headersTimeout: HURRY_MS, requestTimeout: HURRY_MS }, answer);
  server.keepAliveTimeout = HURRY_MS;
  return server;
}

function leadTo({ headers, url }: IncomingMessage, publicUrl: string, { names }: Identity): string {
  const target = new URL(publicUrl);
  const host = headers.host ?? '';
  const came = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '';
  // Only to what the certificate is for: a Host header is whatever somebody wrote there.
  if (names.some((name) => name === came || `[${name}]` === came)) target.hostname = came;
  // Whatever it is, it stays a path of this server.
  const path = url?.startsWith('/') === true && !url.startsWith('//') ? url : '/';
  return target.origin + path;
}
