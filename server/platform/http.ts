import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';

import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express';
import helmet from 'helmet';
import { pinoHttp } from 'pino-http';

import { API_PREFIX } from '../../domain/wire/api.ts';
import type { Authenticate, Context, MakeContext } from './context.ts';
import type { Database } from './database.ts';
import { mountRoutes, type Route } from './endpoint.ts';
import { languageOf } from './language.ts';
import type { Logger } from './log.ts';
import { mountReference } from './openapi.ts';
import { isOwnOrigin } from './origin.ts';
import type { Sentence } from '../../domain/text/language.ts';
import { failureOf, ProblemError, problemOf } from './problems.ts';
import type { Gate } from './scopes.ts';

export interface HttpParts {
  readonly database: Database;
  readonly gate: Gate;
  readonly authenticate: Authenticate;
  readonly makeContext: MakeContext;
  readonly log: Logger;
  readonly routes: readonly Route[];
  readonly publicUrl: string | null;
  readonly trustProxy: number;
  /** Folder of the built pages; it may be missing. */
  readonly pages: string;
  readonly checkAnswers: boolean;
}

/** The whole HTTP side: API, reference page, pages, and a problem document for whatever goes wrong. */
export function createApp(parts: HttpParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', parts.trustProxy);

  app.use(logRequests(parts.log));
  app.use(securityHeaders(parts.publicUrl));
  app.get('/healthz', healthz(parts.database));
  app.use(ownOriginOnly(parts.publicUrl));

  const contextOf = async (request: Request): Promise<Context> => {
    const signedIn = await parts.authenticate(request.headers.cookie);
    return parts.makeContext({
      actor: signedIn?.actor ?? null,
      language: languageOf(request.headers),
      log: request.log,
    });
  };
  mountReference(app);
  mountRoutes(app, parts.routes, { gate: parts.gate, contextOf, checkAnswers: parts.checkAnswers });
  app.use(API_PREFIX, () => {
    throw new ProblemError('not-found', NO_SUCH_ROUTE);
  });
  mountPages(app, parts.pages);
  app.use(() => {
    throw new ProblemError('not-found');
  });
  app.use(answerProblem);
  return app;
}

const NO_SUCH_ROUTE: Sentence = {
  vi: 'API không có địa chỉ này. Danh sách đầy đủ ở /api/reference/.',
  en: 'The API has no such address. All of them are listed at /api/reference/.',
};

/** Method, path and status of each request. Never the query, as people search by name in it, nor who asked. */
function logRequests(log: Logger): RequestHandler {
  return pinoHttp({
    logger: log,
    genReqId: () => randomUUID(),
    quietReqLogger: true,
    customAttributeKeys: { reqId: 'request' },
    customLogLevel: (_request, response, error) =>
      error !== undefined || response.statusCode >= 500 ? 'error' : 'info',
    serializers: {
      req: (request: { method: string; url: string }) => ({
        method: request.method,
        path: request.url.split('?')[0],
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
  });
}

/**
 * Scripts only out of files of this server. Styles may stand in the page, as the component library writes its
 * variables into a style element. Sockets are named, as older browsers do not count them to 'self'.
 */
function securityHeaders(publicUrl: string | null): RequestHandler {
  const secure = publicUrl?.startsWith('https:') ?? false;
  const sockets = (request: { headers: { host?: string } }): string => {
    const { host } = request.headers;
    return host !== undefined && /^[\w.:[\]-]+$/.test(host) ? `${secure ? 'wss' : 'ws'}://${host}` : "'self'";
  };
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", (request) => sockets(request as { headers: { host?: string } })],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure,
    // Over plain HTTP, as in an office's own network, browsers refuse these two and say so in their console.
    crossOriginOpenerPolicy: secure,
    originAgentCluster: secure,
  });
}

function healthz(database: Database): RequestHandler {
  return async (_request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    try {
      await database.read.raw('select 1');
      response.json({ status: 'ok' });
    } catch {
      response.status(503).json({ status: 'failed' });
    }
  };
}

function ownOriginOnly(publicUrl: string | null): RequestHandler {
  return (request, _response, next) => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (!reads && !isOwnOrigin(request.headers, publicUrl)) throw new ProblemError('forbidden');
    next();
  };
}

/** The built pages; every other path is the application's own and gets its first page. */
function mountPages(app: Express, pages: string): void {
  const firstPage = join(pages, 'index.html');
  const ifBuilt: RequestHandler = (_request, response, next) => {
    if (existsSync(firstPage)) next();
    else
      response
        .status(503)
        .type('text')
        .send(
          'Máy chủ đang chạy nhưng chưa có trang web. Hãy chạy: npm run build\n' +
            'The server is running but its pages are not built. Run: npm run build\n',
        );
  };
  app.get('/', ifBuilt);
  app.use(
    '/assets',
    express.static(join(pages, 'assets'), {
      immutable: true,
      maxAge: '365d',
      index: false,
      fallthrough: true,
    }),
  );
  const askAgain = {
    setHeaders: (response: ServerResponse) => void response.setHeader('Cache-Control', 'no-cache'),
  };
  app.use(express.static(pages, { index: false, cacheControl: false, ...askAgain }));
  app.get('/{*path}', (request, response, next) => {
    const isFile = /\.\w+$/.test(request.path) || /^\/(api|assets|socket\.io)\//.test(request.path);
    if (isFile || !request.accepts('html') || !existsSync(firstPage)) {
      next();
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(firstPage);
  });
}

/** The number under which the log knows a request. */
function requestId(request: Request): string {
  return typeof request.id === 'string' ? request.id : '';
}

const answerProblem: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (response.headersSent) {
    // The answer is cut off already, or was whole before something failed behind it.
    request.log.error({ err: error }, 'failed after the answer had begun');
    if (!response.writableEnded) response.destroy();
    return;
  }
  const problem = error instanceof ProblemError ? error : problemBehind(error);
  if (problem.code === 'failed') request.log.error({ err: error }, 'request failed');
  if (problem.retryAfter !== undefined) response.setHeader('Retry-After', String(problem.retryAfter));
  const body = problemOf(problem, languageOf(request.headers), requestId(request));
  response.status(body.status).setHeader('Cache-Control', 'no-store');
  response.type('application/problem+json').send(JSON.stringify(body));
  void next;
};

/** What express itself refuses (a path that is no URL) carries a status of its own; all else is our failure. */
function problemBehind(error: unknown): ProblemError {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return status === 400 || status === 404 ? new ProblemError('not-found') : failureOf(error);
}
