import { randomUUID } from 'node:crypto';

import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';

import { API_PREFIX } from '../../domain/wire/request.ts';
import type { ConnectionBounds } from './connections.ts';
import type { Authentication, Context, MakeContext } from './context.ts';
import { createBodyRoom } from './bodies.ts';
import type { Database } from './database.ts';
import { mountRoutes, type MachineOf, type Route } from './endpoint.ts';
import { securityHeaders } from './headers.ts';
import { languageOf } from './language.ts';
import { createRequestLimits } from './limits.ts';
import { describeError, type Logger } from './log.ts';
import { mountReference } from './openapi.ts';
import { isOwnOrigin } from './origin.ts';
import { mountPages } from './page-files.ts';
import type { Language, Sentence } from '../../domain/text/language.ts';
import { failureOf, ProblemError, problemOf } from './problems.ts';
import type { Gate } from './scopes.ts';
import type { Trail } from './trail.ts';

/** What a capability's own pages are made with: nobody is signed in on them, whatever cookie comes along. */
export interface SiteParts {
  readonly contextOf: (request: Request, language: Language) => Context;
  /** How many times as much as usual somebody may ask. */
  readonly rateFactor?: number;
}

/** Puts pages on the server that a capability writes itself, for whoever has no account and no application. */
export type Site = (app: Express, parts: SiteParts) => void;

export interface HttpParts {
  readonly database: Database;
  readonly gate: Gate;
  readonly trail: Trail;
  readonly authentication: Authentication;
  /** Gives the browser a new value for its cookie. */
  readonly keepCookie: (request: Request, value: string) => void;
  readonly makeContext: MakeContext;
  readonly clock: () => number;
  readonly log: Logger;
  readonly routes: readonly Route[];
  readonly sites?: readonly Site[];
  readonly machineOf: MachineOf;
  readonly bounds: ConnectionBounds;
  readonly publicUrl: string | null;
  readonly trustProxy: number;
  /** Whether browsers may be told never to come by plain HTTP again. */
  readonly strictTransport?: boolean;
  /** How many times as much as usual an account or an address may ask. */
  readonly rateFactor?: number;
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
  app.use(securityHeaders(parts.publicUrl, parts.strictTransport));
  app.get('/healthz', healthz(parts.database));
  app.use(ownOriginOnly(parts.publicUrl));

  const contextOf = async (request: Request): Promise<Context> => {
    const signedIn = await parts.authentication.byCookie(request.headers.cookie, true);
    if (signedIn?.cookie !== undefined) parts.keepCookie(request, signedIn.cookie);
    return parts.makeContext({
      actor: signedIn?.actor ?? null,
      language: languageOf(request.headers),
      log: request.log,
      origin: {
        address: request.ip ?? null,
        agent: request.headers['user-agent'] ?? null,
        ...(signedIn !== null && { signIn: signedIn.signIn }),
      },
    });
  };
  mountReference(app);
  mountRoutes(app, parts.routes, {
    gate: parts.gate,
    trail: parts.trail,
    limits: createRequestLimits(parts.rateFactor),
    machineOf: parts.machineOf,
    bounds: parts.bounds,
    room: createBodyRoom(),
    contextOf,
    checkAnswers: parts.checkAnswers,
  });
  app.use(API_PREFIX, () => {
    throw new ProblemError('not-found', NO_SUCH_ROUTE);
  });
  for (const site of parts.sites ?? []) {
    site(app, {
      contextOf: (request, language) =>
        parts.makeContext({
          actor: null,
          language,
          log: request.log,
          origin: { address: request.ip ?? null, agent: request.headers['user-agent'] ?? null },
        }),
      ...(parts.rateFactor !== undefined && { rateFactor: parts.rateFactor }),
    });
  }
  mountPages(app, parts.pages);
  app.use(() => {
    throw new ProblemError('not-found');
  });
  app.use(answerProblem(parts.clock));
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
      err: (error: { raw?: unknown } | null) => describeError(error?.raw),
      req: (request: { method: string; url: string }) => ({
        method: request.method,
        path: request.url.split('?')[0],
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
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

/** The number under which the log knows a request. */
function requestId(request: Request): string {
  return typeof request.id === 'string' ? request.id : '';
}

/**
 * Says what went wrong. The answer bears the time of the server's own clock: a machine whose clock is off signs once more by it, also
 * where that clock is not the machine's that it runs on.
 */
function answerProblem(clock: () => number): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
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
    response.setHeader('Date', new Date(clock()).toUTCString());
    response.type('application/problem+json').send(JSON.stringify(body));
    void next;
  };
}

/** What express itself refuses (a path that is no URL) carries a status of its own; all else is our failure. */
function problemBehind(error: unknown): ProblemError {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return status === 400 || status === 404 ? new ProblemError('not-found') : failureOf(error);
}
