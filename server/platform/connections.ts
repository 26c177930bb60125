import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { performance } from 'node:perf_hooks';

/** How long a connection may take for what, in milliseconds, and how many there may be. */
export interface ConnectionBounds {
  /** Until the headers of a request are there, from the moment the connection is open. */
  readonly headersMs: number;
  /** Until the whole request is there; bodies of routes are cut earlier by themselves. */
  readonly requestMs: number;
  /** Until a body is there: of a route that is open to anybody, of JSON, of a file. */
  readonly publicBodyMs: number;
  readonly jsonBodyMs: number;
  readonly fileBodyMs: number;
  /** Until a socket that was opened says who it is; a page says so in its first message. */
  readonly joinMs: number;
  /** Between two requests. Longer than proxies keep theirs, so that it is the proxy that closes one. */
  readonly idleMs: number;
  /** Without a byte in either direction: a document that nobody reads on. */
  readonly silentMs: number;
  /** How often it is looked at. */
  readonly lookMs: number;
  readonly most: number;
}

export const CONNECTION_BOUNDS: ConnectionBounds = {
  headersMs: 15_000,
  requestMs: 300_000,
  publicBodyMs: 15_000,
  jsonBodyMs: 60_000,
  // A roster of 5 MB from a commune's line of 200 kbit/s takes 200 seconds.
  fileBodyMs: 280_000,
  joinMs: 10_000,
  idleMs: 65_000,
  silentMs: 120_000,
  lookMs: 5000,
  // Three for each of the 15,345 doors of a nation.
  most: 50_000,
};

/**
 * Bounds what somebody can hold open without saying anything: to be called before the server listens. Sockets that were let in
 * are kept alive by pings of their own, and are not touched.
 */
export function boundConnections(server: HttpServer | HttpsServer, bounds: ConnectionBounds): void {
  server.headersTimeout = bounds.headersMs;
  server.requestTimeout = bounds.requestMs;
  server.keepAliveTimeout = bounds.idleMs;
  server.timeout = bounds.silentMs;
  server.maxConnections = bounds.most;
  // Read when the server begins to listen; node has no setter for it.
  (server as { connectionsCheckingInterval?: number }).connectionsCheckingInterval = bounds.lookMs;
  bearOwnDelay(server, bounds);
}

/** Where the event loop has been at work for more than this share of the time, what came in may lie unread. */
const BUSY = 0.9;
/** How many times as long headers may take then: 15,345 doors that come back at once were read for 15 seconds and more. */
const PATIENCE = 4;

/**
 * Node counts from the moment a line is open, also while its request lies there and the server has not come to read it. Begun before
 * node's own look, it comes before it each time.
 */
function bearOwnDelay(server: HttpServer | HttpsServer, { headersMs, lookMs }: ConnectionBounds): void {
  let before = performance.eventLoopUtilization();
  const look = setInterval(() => {
    const { utilization } = performance.eventLoopUtilization(before);
    before = performance.eventLoopUtilization();
    server.headersTimeout = utilization > BUSY ? PATIENCE * headersMs : headersMs;
  }, lookMs).unref();
  server.once('close', () => clearInterval(look));
}
