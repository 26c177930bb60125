import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { io, type Socket } from 'socket.io-client';

import { AccountId, type BridgeId, type ConferenceId } from '../../domain/ids.ts';
import type { Language } from '../../domain/text/language.ts';
import { instantOf, type Instant } from '../../domain/time.ts';
import type { Grant } from '../../domain/wire/access.ts';
import type { AnswerOf, Contract } from '../../domain/wire/contract.ts';
import { Problem } from '../../domain/wire/problem.ts';
import { requestOf, type CallInput } from '../../domain/wire/request.ts';
import type {
  ClientAnswer,
  ClientBody,
  ClientMessage,
  ClientToServer,
  ServerToClient,
} from '../../domain/wire/sockets.ts';
import * as accessStore from '../../server/access/store.ts';
import type { SingleSignOnSettings } from '../../server/platform/config.ts';
import type { MediaSettings } from '../../server/platform/media-settings.ts';
import type { MailSettings } from '../../server/platform/mail-server.ts';
import { uuidv7Maker } from '../../server/platform/ids.ts';
import { createLog } from '../../server/platform/log.ts';
import { COOKIE } from '../../server/sign-in/cookie.ts';
import { openSignIn } from '../../server/sign-in/opening.ts';
import { startServer, type Parts, type RunningServer } from '../../server/server.ts';
import { asMachine, headersOf, type Reached } from './paired.ts';

/** A clock that stands still until it is told to go on. */
export interface TestClock {
  (): Instant;
  advance(milliseconds: number): void;
  set(iso: string): void;
}

/** `2025-01-13T08:00:00+07:00` as an instant. */
export function instant(iso: string): Instant {
  const found = instantOf(iso);
  if (found === null) throw new Error(`not an instant: ${iso}`);
  return found;
}

/** The morning of 13/01/2025, before the conference opens. */
export function testClock(start = '2025-01-13T07:00:00+07:00'): TestClock {
  let now = instant(start);
  return Object.assign(() => now, {
    advance: (milliseconds: number) => {
      now = (now + milliseconds) as Instant;
    },
    set: (iso: string) => {
      now = instant(iso);
    },
  });
}

export interface TestServer extends RunningServer {
  /** The folder of its data: start another server there to see what a restart finds. */
  readonly data: string;
}

/** The embedded engine on a free port of this machine. */
export const LOCAL_MEDIA: MediaSettings = {
  engine: 'embedded',
  listen: '127.0.0.1',
  port: 0,
  announced: [{ ip: '127.0.0.1' }],
};

/**
 * A whole server on a free port, with its data in a folder of its own that goes when it closes. Its log is silent, and
 * every answer is held against its contract. With `data` it takes an existing folder and leaves it;
 * with `port` it comes back where another was.
 */
export async function startTestServer(
  parts: Parts & {
    readonly data?: string;
    readonly publicUrl?: string;
    readonly port?: number;
    readonly singleSignOn?: SingleSignOnSettings;
    readonly mail?: MailSettings | null;
    /** Left out, the server carries no pictures. */
    readonly media?: MediaSettings | null;
  } = {},
): Promise<TestServer> {
  const { data: given, publicUrl, port = 0, singleSignOn, mail = null, media = null, ...rest } = parts;
  const data = given ?? (await mkdtemp(join(tmpdir(), 'nhipcau-test-')));
  const config = { port, host: '127.0.0.1', data, publicUrl: publicUrl ?? null };
  const server = await startServer(
    {
      ...config,
      logLevel: 'silent',
      trustProxy: 0,
      checkpointEvery: 60,
      ...(singleSignOn !== undefined && { singleSignOn }),
      ...(mail !== null && { mail }),
      ...(media !== null && { media }),
    },
    { log: createLog('silent'), checkAnswers: true, ...rest },
  );
  const close = async (): Promise<void> => {
    await server.close();
    if (given === undefined) await rm(data, { recursive: true, force: true });
  };
  return { ...server, data, close };
}

/** Everything. */
export const STANDING: Grant = grantOf('organizer', null);
/** A role without start and end. */
export function grantOf(
  role: Grant['role'],
  conference: ConferenceId | null,
  bridge: BridgeId | null = null,
): Grant {
  return { role, conference, bridge, from: null, until: null };
}
export function organizerOf(conference: ConferenceId): Grant {
  return grantOf('organizer', conference);
}
export function unitOrganizerAt(conference: ConferenceId, bridge: BridgeId): Grant {
  return grantOf('unit-organizer', conference, bridge);
}
export function hostAt(conference: ConferenceId, bridge: BridgeId): Grant {
  return grantOf('host', conference, bridge);
}

export interface SignedInClient extends Client {
  readonly account: AccountId;
  readonly cookie: string;
}

let people = 0;

/**
 * Somebody new with the given roles, signed in without the detour over a password. Without roles given they are a
 * standing organizer; `[]` is somebody with an account and nothing else.
 */
export async function signIn(
  server: RunningServer,
  grants: readonly Grant[] = [STANDING],
  name = 'Trần Thử Nghiệm',
): Promise<SignedInClient> {
  const db = server.database.write;
  const now = server.context().clock();
  const id = AccountId.parse(server.context().newId());
  people += 1;
  await accessStore.addAccount(db, {
    id,
    username: `nguoi-dung-${people}`,
    name,
    password_hash: 'none',
    created_at: now,
  });
  for (const grant of grants) await accessStore.addGrant(db, id, grant, now);
  const proof = { account: id, how: 'password', strong: false, browser: 'test' } as const;
  const came = await openSignIn(db, proof, null, now);
  const cookie = `${COOKIE}=${came.cookie}`;
  return { account: id, cookie, ...client(server, cookie) };
}

/** What a call sends, the language it asks for, and headers beside the usual ones. */
export type Sent<C extends Contract> = CallInput<C> & {
  readonly language?: Language;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Sent may be left out where nothing in it is required. */
type Args<C extends Contract> = object extends Sent<C> ? [sent?: Sent<C>] : [sent: Sent<C>];

export interface Client {
  /** The answer of a contract. Throws with the whole problem where the server refuses. */
  call<C extends Contract>(contract: C, ...args: Args<C>): Promise<AnswerOf<C>>;
  /** The problem with which the server refuses. Throws where it does not. */
  refusal<C extends Contract>(contract: C, ...args: Args<C>): Promise<Problem>;
  /** The response as it is: for streams, headers and cookies. */
  response<C extends Contract>(contract: C, ...args: Args<C>): Promise<Response>;
  /** Any request to the server, with the cookie. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

interface LooseInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: object;
  readonly body?: object;
}

/**
 * Calls contracts as a browser with this cookie would; without one as a stranger. What speaks for a machine of `tests/machines.ts`
 * is signed by it, and the machine is paired to the bridge first.
 */
export function client(server: Reached, cookie?: string): Client {
  const send = (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (cookie !== undefined) headers.set('cookie', cookie);
    return fetch(server.url + path, { redirect: 'manual', ...init, headers });
  };

  const response: Client['response'] = async (contract, ...[sent]) => {
    const { language = 'vi', headers: more = {}, ...input } = (sent ?? {}) as Sent<typeof contract>;
    const request = requestOf(contract, input as CallInput<typeof contract>, language);
    const { params = {}, query, body: said } = input as LooseInput;
    // A file names nothing.
    const named = said instanceof Uint8Array ? { ...query } : { ...query, ...said };
    const signed = await headersOf(server, contract, params, named, request);
    const { url, method, headers, body } = request;
    return send(url, { method, headers: { ...headers, ...signed, ...more }, body });
  };

  return {
    fetch: send,
    response,
    async call(contract, ...args) {
      const answer = await response(contract, ...args);
      if (!answer.ok) throw new Error(`${contract.method} ${contract.path}: ${await answer.text()}`);
      return (answer.status === 204 ? undefined : await answer.json()) as AnswerOf<typeof contract>;
    },
    async refusal(contract, ...args) {
      const answer = await response(contract, ...args);
      const text = await answer.text();
      if (answer.ok) throw new Error(`${contract.method} ${contract.path} was not refused: ${text}`);
      return Problem.parse(JSON.parse(text));
    },
  };
}

export interface TestSocket {
  readonly socket: Socket<ServerToClient, ClientToServer>;
  /** Sends a message and waits for its acknowledgement. */
  ask<Name extends ClientMessage>(name: Name, body: ClientBody<Name>): Promise<ClientAnswer<Name>>;
  close(): void;
}

/**
 * A real socket, open and signed in by the cookie. Throws with the server's reason where it is not let in. The first machine of
 * `tests/machines.ts` that speaks on it has it.
 */
export async function socket(
  server: Reached,
  cookie?: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<TestSocket> {
  const opened: Socket<ServerToClient, ClientToServer> = io(server.url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { ...headers, ...(cookie !== undefined && { cookie }) },
  });
  await new Promise<void>((resolve, reject) => {
    opened.once('connect', resolve);
    opened.once('connect_error', (error) => {
      opened.close();
      reject(error);
    });
  });
  const ask: TestSocket['ask'] = (name, body) =>
    (opened as unknown as Socket).timeout(10_000).emitWithAck(name, body);
  return {
    socket: opened,
    ask: asMachine(server, opened, ask),
    close: () => void opened.close(),
  };
}

/** Ids for rows that a test writes itself. */
export const newId = uuidv7Maker(() => Date.now());
