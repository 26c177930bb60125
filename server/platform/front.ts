import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import type { MetricsReaders } from './config.ts';
import type { Readiness, Stage } from './health.ts';
import { sha256 } from './keys.ts';
import type { Metrics } from './metrics.ts';
import { isIn, networksOf } from './networks.ts';
import { serveTrust, type Trusted } from './trust-page.ts';

export interface FrontParts {
  readonly stage: () => Stage;
  readonly readiness: () => Promise<Readiness>;
  readonly metrics: Metrics;
  readonly readers: MetricsReaders;
  readonly trusted: () => Trusted | null;
  /** Null while the server starts. */
  readonly app: () => RequestListener | null;
}

/** Whoever comes while the server starts may come again so soon, in seconds. */
const COME_AGAIN = 2;

/**
 * What stands before the application: it answers those who watch over the server, also while the application is not there
 * yet, and lets everything else through.
 */
export function createFront(parts: FrontParts): RequestListener {
  const { stage, readiness, metrics, readers, trusted, app } = parts;
  const mayRead = readersOf(readers);

  const operate = async (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    if (path === '/metrics') {
      if (!mayRead(request)) {
        json(response, 403, { status: 'forbidden' });
        return;
      }
      const { type, body } = await metrics.text();
      response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' });
      response.end(body);
      return;
    }
    const found = await readiness();
    const status = found.ready ? 'ready' : 'not ready';
    const { reasons, checks } = found;
    // Whoever may not read the figures is told as much as a balancer needs.
    const told = mayRead(request) ? { status, stage: found.stage, reasons, checks } : { status };
    json(response, found.ready ? 200 : 503, told);
  };

  return (request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (reads && (path === '/metrics' || path === '/readyz')) {
      operate(request, response, path).catch(() => {
        if (!response.headersSent) json(response, 503, { status: 'failed' });
      });
      return;
    }
    if (serveTrust(request, response, trusted())) return;
    const serving = app();
    if (serving === null) {
      // It is alive: whoever restarts what does not answer must not.
      if (reads && path === '/healthz') json(response, 200, { status: stage() });
      else notYet(response);
      return;
    }
    metrics.countRequest(request, response);
    serving(request, response);
  };
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}

function notYet(response: ServerResponse): void {
  response.writeHead(503, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'Retry-After': COME_AGAIN,
  });
  response.end(
    'Máy chủ đang khởi động. Hãy đợi một chút rồi tải lại.\nThe server is starting. Wait a moment and load the page again.\n',
  );
}

/**
 * Who may read the figures: somebody with the token, or who comes from one of the networks and by no proxy. Behind a proxy on
 * the same machine everybody would come from there.
 */
function readersOf({ from, token }: MetricsReaders): (request: IncomingMessage) => boolean {
  const networks = networksOf(from);
  const wanted = token === null ? null : sha256(token);
  return ({ headers, socket }) => {
    const [, given] = /^Bearer (\S+)$/i.exec(headers.authorization ?? '') ?? [];
    if (given !== undefined)
      return wanted !== null && timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(wanted));
    const forwarded = headers['x-forwarded-for'] ?? headers.forwarded ?? headers.via ?? headers['x-real-ip'];
    return forwarded === undefined && networks !== null && isIn(networks, socket.remoteAddress);
  };
}
