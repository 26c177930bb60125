import type { Instant } from '../domain/time.ts';
import { createGate } from './access/gate.ts';
import { trailOf } from './audit/trail.ts';
import { capabilities, type CapabilityParts } from './capabilities.ts';
import { signedSoFar } from './ledger/queries.ts';
import { queueCheck } from './mail/queries.ts';
import type { Config } from './platform/config.ts';
import { CONNECTION_BOUNDS, type ConnectionBounds } from './platform/connections.ts';
import type { Context, MakeContext } from './platform/context.ts';
import { databaseFile, openDatabase, refuseDamaged, type Database } from './platform/database.ts';
import { missingImplementations, type Route } from './platform/endpoint.ts';
import { createApp, type Site } from './platform/http.ts';
import { uuidv7Maker } from './platform/ids.ts';
import { openKeys } from './platform/keys.ts';
import { databaseCheck, type Check } from './platform/health.ts';
import { createLog, type Logger } from './platform/log.ts';
import { startOperation, type Operation } from './platform/operation.ts';
import { messagesInWork } from './platform/overload.ts';
import { PAGES } from './platform/pages.ts';
import { closeSocketsOf, createSockets, serveSockets, type SocketHandlers } from './platform/sockets.ts';
import { finishMessages } from './platform/stopping.ts';
import { tellOfTrouble, type Tell } from './platform/storage-trouble.ts';
import { mayBeStrict } from './platform/tls.ts';
import { NO_NOTES, settle } from './platform/trail.ts';
import { createAuthentication } from './sign-in/authentication.ts';
import { newSetupToken } from './sign-in/commands.ts';
import { cookieName, cookieOptions } from './sign-in/cookie.ts';
import { isSecure } from './sign-in/entrance.ts';

/** What a test or the demo puts in the place of the real thing. */
export interface Parts {
  readonly clock?: () => Instant;
  readonly log?: Logger;
  /** Says to the person at the console what only they can mend. */
  readonly tell?: Tell;
  /** How long connections may take, where it is not as long as usual. */
  readonly bounds?: Partial<ConnectionBounds>;
  /** Folder of the built pages. */
  readonly pages?: string;
  /** Whether answers that differ from their contract fail. */
  readonly checkAnswers?: boolean;
  /** In the place of the media engine that the settings name. */
  readonly startMedia?: CapabilityParts['startMedia'];
  /** In the place of every capability. */
  readonly capabilities?: typeof capabilities;
  /** Beside those of the capabilities. */
  readonly routes?: readonly Route[];
  /** In the place of those of the capabilities. */
  readonly sites?: readonly Site[];
  readonly socketHandlers?: readonly SocketHandlers[];
}

export interface RunningServer {
  /** Where it listens, `http://127.0.0.1:3000`, without the slash at the end. */
  readonly url: string;
  readonly port: number;
  /** The plain port beside HTTPS; null where there is none. */
  readonly plainPort: number | null;
  readonly database: Database;
  /** At the first start, while nobody has an account: the link that sets up the first organizer. */
  readonly setupLink: string | null;
  /** Takes in a renewed certificate now; by itself the server looks every half minute. */
  lookAtCertificate(): void;
  /** A context of nobody, for work beside requests. */
  context(): Context;
  /** Lets running requests end, then closes everything. Safe to call twice. */
  close(): Promise<void>;
}

/** How long running requests may take to end when the server closes. */
const CLOSING_MS = 5000;
const SWEEP_MS = 50;
/** How long messages that were taken may take to be answered. A commit that does not end is given up after eight seconds. */
const FINISH_MS = 9000;

/** Opens the database and serves everything. */
export async function startServer(config: Config, parts: Parts = {}): Promise<RunningServer> {
  const clock = parts.clock ?? (() => Date.now() as Instant);
  const log = parts.log ?? createLog(config.logLevel);
  const tell = parts.tell ?? (() => undefined);
  // First: a port that is taken is known before any table is touched, and whoever watches learns that it starts.
  const operation = await startOperation(config, tell, boundsOf(parts));
  let database: Database | undefined;
  try {
    database = await openDatabase(databaseFile(config.data), undefined, tell);
    await refuseDamaged(database);
    tellOfTrouble(database, tell);
    return await serve(config, parts, { clock, log, database, operation });
  } catch (error) {
    await database?.close();
    await operation.close();
    throw error;
  }
}

async function serve(
  config: Config,
  parts: Parts,
  base: {
    readonly clock: () => Instant;
    readonly log: Logger;
    readonly database: Database;
    readonly operation: Operation;
  },
): Promise<RunningServer> {
  const { clock, log, database, operation } = base;
  const { http, url, port, plainPort } = operation.listening;
  const { publicUrl } = config;
  const shared = { database, clock, newId: uuidv7Maker(clock), keys: openKeys(config.data), log };
  const makeContext: MakeContext = (own) => ({ origin: null, audit: NO_NOTES, ...shared, ...own });
  const authentication = createAuthentication({
    database,
    clock,
    onReuse: (signIn) => closeSocketsOf(sockets, signIn),
  });
  const gate = createGate();
  const bounds = boundsOf(parts);

  const socketParts = {
    authentication,
    makeContext,
    clock,
    log,
    publicUrl,
    trustProxy: config.trustProxy,
    bounds,
  };
  const sockets = createSockets(http, socketParts);
  const {
    routes,
    socketHandlers,
    jobs = [],
    checks = [],
    sites = [],
    machineOf = () => null,
  } = (parts.capabilities ?? capabilities)({
    gate,
    operator: (own) => gate.operator(own),
    sockets,
    authentication,
    publicUrl,
    singleSignOn: config.singleSignOn ?? null,
    mail: config.mail ?? null,
    media: config.media ?? null,
    startMedia: parts.startMedia,
    clock,
    checkpointEvery: config.checkpointEvery,
  });
  // A contract without an answer, or with two, is a mistake that must not wait for its first caller.
  const missing = missingImplementations(routes);
  if (missing.length > 0 && parts.capabilities === undefined)
    throw new Error(`nobody implements ${missing.join(', ')}`);
  const app = createApp({
    database,
    gate,
    trail: trailOf(database),
    authentication,
    keepCookie: (request, value) => {
      const secure = isSecure(request, publicUrl);
      request.res?.cookie(cookieName(secure), value, cookieOptions(secure));
    },
    makeContext,
    clock,
    log,
    routes: [...routes, ...(parts.routes ?? [])],
    sites: parts.sites ?? sites,
    machineOf,
    bounds,
    publicUrl,
    trustProxy: config.trustProxy,
    ...(config.rateFactor !== undefined && { rateFactor: config.rateFactor }),
    strictTransport: mayBeStrict(publicUrl, config.tls?.identity.authority != null),
    pages: parts.pages ?? PAGES,
    checkAnswers: parts.checkAnswers ?? false,
  });
  serveSockets(sockets, socketParts, [...socketHandlers, ...(parts.socketHandlers ?? [])]);

  const context = (): Context => makeContext({ actor: null, language: 'vi' });
  const setupToken = await newSetupToken(context());
  operation.serve(
    app,
    [databaseCheck(database), signatureCheck(context()), queueCheck(database, clock), ...checks],
    () => ({
      inWork: messagesInWork(),
      open: sockets.engine.clientsCount,
      watching: [...sockets.of('/').adapter.rooms].reduce(
        (sum, [room, { size }]) => (room.startsWith('figures ') ? sum + size : sum),
        0,
      ),
    }),
  );
  log.info({ port, secure: config.tls !== undefined }, 'started');

  const running = jobs.map((start, at) =>
    start(makeContext({ actor: null, language: 'vi', log: log.child({ job: start.name || at }) })),
  );

  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    operation.stopping();
    log.info('stopping');
    const cut = setTimeout(() => http.closeAllConnections(), CLOSING_MS);
    // A line that has its answer and is kept for more would hold up the end.
    const sweep = setInterval(() => http.closeIdleConnections(), SWEEP_MS);
    await finishMessages(sockets, messagesInWork, FINISH_MS);
    await sockets.close();
    await operation.close();
    clearTimeout(cut);
    clearInterval(sweep);
    // After the last request, whose work may have given them something to finish.
    await Promise.all(running.map((job) => job.stop()));
    await settle(trailOf(database), log);
    await database.close();
    log.info('stopped');
  };
  return {
    url,
    port,
    plainPort,
    database,
    setupLink: setupToken === null ? null : `${publicUrl ?? url}/setup#${setupToken}`,
    lookAtCertificate: () => operation.listening.certificate?.look(),
    context,
    close: () => (closing ??= close()),
  };
}

function boundsOf({ bounds }: Parts): ConnectionBounds {
  return { ...CONNECTION_BOUNDS, ...bounds };
}

/** When the ledger was signed last. One that waits to be signed stops nobody from working, and is told. */
function signatureCheck(context: Context): Check {
  return {
    name: 'checkpoint',
    async look() {
      const { at, unsigned } = await signedSoFar(context);
      const ageSeconds = at === null ? null : Math.round((context.clock() - at) / 1000);
      return { ok: true, ageSeconds, unsigned };
    },
  };
}
