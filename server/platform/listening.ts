import { createServer, type RequestListener, type Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import type { Config } from './config.ts';
import { boundConnections, type ConnectionBounds } from './connections.ts';
import { createPlainHttp } from './plain-http.ts';
import type { Tell } from './storage-trouble.ts';
import { serveRenewed, type Served } from './tls-renewal.ts';
import type { Trusted } from './trust-page.ts';

/** The doors of a server: HTTP, or HTTPS with a plain port beside it that leads there. */
export interface Listening {
  readonly http: HttpServer | HttpsServer;
  /** Where it listens, `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly port: number;
  /** The plain port beside HTTPS; null where there is none. */
  readonly plainPort: number | null;
  /** The certificate in use; null for plain HTTP. */
  readonly certificate: Served | null;
  /** Takes nobody in any more; resolves when all that had come have gone. Safe to call twice. */
  close(): Promise<void>;
}

/** At the start of a session everybody comes at once; the usual queue of 511 turns the rest away. */
const BACKLOG = 4096;

/** Starts to listen. */
export async function startListening(
  config: Config,
  answer: RequestListener,
  {
    tell,
    clock,
    bounds,
  }: {
    readonly tell: Tell;
    readonly clock: () => number;
    readonly bounds: ConnectionBounds;
  },
): Promise<Listening> {
  const { tls, publicUrl } = config;
  if (tls === undefined) {
    const http = createServer(answer);
    const port = await listenOn(http, config.port, config.host, bounds);
    return {
      http,
      url: urlOf('http', config.host, port),
      port,
      plainPort: null,
      certificate: null,
      close: closing(http),
    };
  }
  const http = createHttpsServer({ cert: tls.identity.cert, key: tls.identity.key }, answer);
  const port = await listenOn(http, config.port, config.host, bounds);
  const url = urlOf('https', config.host, port);
  const host = publicUrl === null ? null : new URL(publicUrl).hostname;
  const certificate = serveRenewed(http, tls, tls.identity, { host, tell, clock });
  const plain =
    tls.httpPort === undefined
      ? null
      : createPlainHttp(publicUrl ?? url, () => ({
          identity: certificate.current(),
          trusted: trustedOf(certificate, publicUrl ?? url),
        }));
  const close = closing(http, plain);
  try {
    const plainPort = plain === null ? null : await listenOn(plain, tls.httpPort ?? 0, config.host, bounds);
    return {
      http,
      url,
      port,
      plainPort,
      certificate,
      async close() {
        await certificate.stop();
        await close();
      },
    };
  } catch (error) {
    await certificate.stop();
    await close();
    throw error;
  }
}

/** What the page is about on which hosts trust a private authority; null where there is none. */
export function trustedOf(certificate: Served | null, publicUrl: string): Trusted | null {
  const identity = certificate?.current();
  if (identity?.authority == null) return null;
  return { authority: identity.authority, names: identity.names, publicUrl };
}

function urlOf(scheme: string, host: string, port: number): string {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function listenOn(
  server: HttpServer | HttpsServer,
  port: number,
  host: string,
  bounds: ConnectionBounds,
): Promise<number> {
  boundConnections(server, bounds);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: BACKLOG }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

const ended = (server: HttpServer | HttpsServer | null): Promise<void> =>
  new Promise((resolve) => {
    if (server === null) resolve();
    else server.close(() => resolve());
  });

function closing(...servers: readonly (HttpServer | HttpsServer | null)[]): () => Promise<void> {
  let closed: Promise<unknown> | undefined;
  return async () => {
    closed ??= Promise.all(servers.map(ended));
    await closed;
  };
}
