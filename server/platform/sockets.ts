import type { IncomingHttpHeaders, Server as HttpServer } from 'node:http';
import type { Socket as NetSocket } from 'node:net';

import { Server, type DefaultEventsMap, type Socket } from 'socket.io';
import type { z } from 'zod';

import { assertNever, type Soon } from '../../domain/result.ts';
import { Language } from '../../domain/text/language.ts';
import type { Instant } from '../../domain/time.ts';
import {
  clientMessages,
  type ClientMessage,
  type ClientToServer,
  type ServerToClient,
  type SocketRefusal,
} from '../../domain/wire/sockets.ts';
import type { ConnectionBounds } from './connections.ts';
import type { Authentication, Context, MakeContext, SignedIn } from './context.ts';
import { readInput } from './intake.ts';
import { languageOf } from './language.ts';
import { createLimiter, MOST_KEYS, REQUEST_RATES, tooMany } from './limits.ts';
import type { Logger } from './log.ts';
import { tellRefusal } from './measures.ts';
import { isOwnOrigin } from './origin.ts';
import { loadOf, type Load } from './overload.ts';
import { failureOf, ProblemError, problemOf } from './problems.ts';
import { storageTroubleOf } from './storage-trouble.ts';
import { addressBehind } from './trail.ts';
import { readInTurns } from './turns.ts';

interface SocketData {
  signedIn: SignedIn;
  /** When the sign-in was last looked up. */
  checkedAt: Instant;
}
export type Sockets = Server<ClientToServer, ServerToClient, DefaultEventsMap, SocketData>;
export type ServerSocket = Socket<ClientToServer, ServerToClient, DefaultEventsMap, SocketData>;

/** One browser's open socket, with what its handlers need. */
export interface Connection {
  readonly socket: ServerSocket;
  /** The context of a message, at once while the sign-in was looked at not long ago. Throws `not-signed-in` once it has ended. */
  context(): Context | Promise<Context>;
  readonly log: Logger;
  readonly load: Load;
}
/** A capability's part of the sockets: adds its handlers to each new connection. */
export type SocketHandlers = (connection: Connection) => void;

export interface SocketParts {
  readonly authentication: Authentication;
  readonly makeContext: MakeContext;
  readonly clock: () => Instant;
  readonly log: Logger;
  readonly publicUrl: string | null;
  /** Behind how many proxies of ours the server stands; none where left out. */
  readonly trustProxy?: number;
  readonly bounds: ConnectionBounds;
}

/** A sign-in that ended elsewhere is noticed after this time; looking it up for every message would be a query each. */
const RECHECK_MS = 60_000;
/** A batch of a thousand events with long reasons stays well below. */
const LARGEST_MESSAGE = 4 * 1024 * 1024;

/** Where a socket comes from, as far as our own proxies say. */
function addressIn(
  headers: IncomingHttpHeaders,
  line: Pick<NetSocket, 'remoteAddress'>,
  { trustProxy = 0 }: SocketParts,
): string {
  return addressBehind(headers['x-forwarded-for']?.toString(), line.remoteAddress ?? '', trustProxy) ?? '';
}

/** Opens the socket side of a server: websocket only, from its own pages only, signed in by the same cookie. */
export function createSockets(server: HttpServer, parts: SocketParts): Sockets {
  const strangers = createLimiter(REQUEST_RATES.strangers, MOST_KEYS);
  const sockets: Sockets = new Server(server, {
    transports: ['websocket'],
    perMessageDeflate: false,
    serveClient: false,
    maxHttpBufferSize: LARGEST_MESSAGE,
    connectTimeout: parts.bounds.joinMs,
    allowRequest: ({ headers, socket }, answer) => {
      // Whoever could be somebody is looked up; the others are counted by their address.
      const isFine = headers.cookie !== undefined || strangers.take(addressIn(headers, socket, parts)) === 0;
      answer(null, isFine && isOwnOrigin(headers, parts.publicUrl));
    },
  });
  sockets.use((socket, next) => {
    const decide = async (): Promise<void> => {
      next(await letIn(socket, parts));
    };
    void decide();
  });
  return sockets;
}

/** Notes who a new socket belongs to; an error's message is what the client is told. */
async function letIn(socket: ServerSocket, parts: SocketParts): Promise<Error | undefined> {
  try {
    const signedIn = await parts.authentication.byCookie(socket.handshake.headers.cookie);
    if (signedIn === null) return new Error('not-signed-in');
    socket.data = { signedIn, checkedAt: parts.clock() };
    return undefined;
  } catch (error) {
    parts.log.error({ err: error }, 'socket sign-in failed');
    return new Error('failed');
  }
}

/** Hands each new connection to the capabilities. */
export function serveSockets(
  sockets: Sockets,
  parts: SocketParts,
  handlers: readonly SocketHandlers[],
): void {
  sockets.on('connection', (socket) => {
    writeTogether(socket);
    readInTurns(socket);
    // Its headers are in the handshake; the rest of it would be kept for as long as the line is open.
    (socket.conn as { request: unknown }).request = null;
    void socket.join(roomOfSignIn(socket.data.signedIn.signIn));
    const language = languageOfSocket(socket);
    const { headers, address: direct } = socket.handshake;
    const forwarded = headers['x-forwarded-for']?.toString();
    const address = addressBehind(forwarded, direct, parts.trustProxy ?? 0);
    const origin = { address, agent: headers['user-agent'] ?? null };
    const contextNow = (): Context =>
      parts.makeContext({ actor: socket.data.signedIn.actor, language, origin });
    let current = contextNow();
    const lookAgain = async (): Promise<Context> => {
      const signedIn = await parts.authentication.again(socket.data.signedIn.signIn);
      if (signedIn === null) {
        setImmediate(() => socket.disconnect(true));
        throw new ProblemError('not-signed-in');
      }
      socket.data = { signedIn, checkedAt: parts.clock() };
      return (current = contextNow());
    };
    const context = (): Context | Promise<Context> => {
      // Either way: a clock that was put back must not keep an ended sign-in for hours.
      const isOld = Math.abs(parts.clock() - socket.data.checkedAt) > RECHECK_MS;
      return isOld ? lookAgain() : current;
    };
    const load = loadOf(socket);
    for (const handle of handlers) handle({ socket, context, log: parts.log, load });
  });
}

/**
 * Makes a packet's frame at once, in one piece, and lets packets that go out together do so in one write: a system call costs
 * as much as all the rest of an answer. Of several answers to one machine all but the first wait for the first to be out.
 * engine.io takes frames that are made beforehand (`wsPreEncodedFrame`), as socket.io does for what goes to many.
 */
function writeTogether({ conn }: ServerSocket): void {
  const transport = conn.transport as unknown as {
    send(packets: readonly OutgoingPacket[]): void;
    readonly socket?: { readonly _socket?: Pick<NetSocket, 'cork' | 'uncork'> };
  };
  const send = transport.send.bind(transport);
  transport.send = (packets) => {
    for (const packet of packets) {
      const { type, data, options } = packet;
      if (type === 'message' && typeof data === 'string') options.wsPreEncodedFrame ??= [frameOf(data)];
    }
    // oxlint-disable-next-line no-underscore-dangle -- the name that ws gives to its line
    const line = packets.length > 1 ? transport.socket?._socket : undefined;
    line?.cork();
    send(packets);
    line?.uncork();
  };
}

/** A packet of engine.io on its way out. */
interface OutgoingPacket {
  readonly type: string;
  readonly data?: unknown;
  readonly options: { wsPreEncodedFrame?: readonly Buffer[] };
}

/** First byte of a frame that is a whole text. */
const WHOLE_TEXT = 0x81;
const LENGTH_16 = 126;
const LENGTH_64 = 127;
/** engine.io's mark of a message. */
const MESSAGE = '4'.charCodeAt(0);

/** The websocket frame (RFC 6455, 5.2) of an engine.io message. */
function frameOf(data: string): Buffer {
  const length = 1 + Buffer.byteLength(data);
  const header = length < LENGTH_16 ? 2 : length <= 0xffff ? 4 : 10;
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = WHOLE_TEXT;
  if (header === 2) frame[1] = length;
  else if (header === 4) {
    frame[1] = LENGTH_16;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = LENGTH_64;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame[header] = MESSAGE;
  frame.write(data, header + 1);
  return frame;
}

/** Closes every socket of a sign-in that has ended. */
export function closeSocketsOf(sockets: Sockets, signIn: string): void {
  sockets.in(roomOfSignIn(signIn)).disconnectSockets(true);
}

function roomOfSignIn(signIn: string): string {
  return `sign-in:${signIn}`;
}

/** A page says its language in `auth.language`; the browser's own wish is the next best. */
export function languageOfSocket(socket: ServerSocket): Language {
  const auth = Language.safeParse((socket.handshake.auth as Record<string, unknown>)['language']);
  return auth.success ? auth.data : languageOf(socket.handshake.headers);
}

type BodyOf<Name extends ClientMessage> = z.output<(typeof clientMessages)[Name]['body']>;
type AcknowledgementOf<Name extends ClientMessage> = z.output<(typeof clientMessages)[Name]['answer']>;

/**
 * Handles one kind of message of a connection. The body is read by its schema, and every failure is answered as a
 * refusal; a message without an acknowledgement is not read. A handler refuses by throwing `ProblemError`.
 */
export function onMessage<Name extends ClientMessage>(
  connection: Connection,
  name: Name,
  handler: (body: BodyOf<Name>, context: Context) => Soon<AcknowledgementOf<Name>>,
): void {
  const { log, load } = connection;
  const schema = clientMessages[name].body;
  const handleAs = (context: Context, input: unknown): Soon<AcknowledgementOf<Name>> =>
    handler(readInput(schema, input, context.language) as BodyOf<Name>, context);
  const handle = (input: unknown): Soon<AcknowledgementOf<Name>> => {
    const context = connection.context();
    return context instanceof Promise ? handleLater(context, input) : handleAs(context, input);
  };
  // Apart, so that what came in is not kept by a closure of every message while it waits for its commit.
  const handleLater = async (context: Promise<Context>, input: unknown): Promise<AcknowledgementOf<Name>> =>
    handleAs(await context, input);
  const refusal = (error: unknown): SocketRefusal => {
    // What the disk does is told once at the console, not with every message that it fails.
    if (!(error instanceof ProblemError) && storageTroubleOf(error) === null)
      log.error({ err: error, message: name, line: connection.socket.id }, 'message failed');
    const problem = error instanceof ProblemError ? error : failureOf(error);
    return refused(problem, connection);
  };
  const serve = (input: unknown, answer: (response: unknown) => void): void => {
    const end = (response: AcknowledgementOf<Name> | SocketRefusal): void => {
      try {
        answer(response);
      } catch (error) {
        // An answer that cannot be written as JSON: a bug, but none that may end the process.
        log.error({ err: error, message: name, line: connection.socket.id }, 'answer failed');
      }
      load.end();
    };
    const refuse = (error: unknown): void => end(refusal(error));
    try {
      const given = handle(input);
      if (given instanceof Promise) given.then(end, refuse);
      else end(given);
    } catch (error) {
      refuse(error);
    }
  };
  const listener = (input: unknown, answer: unknown): void => {
    if (typeof answer !== 'function') return;
    const respond = answer as (response: unknown) => void;
    if (load.begin()) serve(input, respond);
    else respond(refused(tooMany(load.wait()), connection));
  };
  connection.socket.on(name, listener as never);
}

/** Apart from every line: it is one of many things that a line would hold for each kind of message. */
function refused(problem: ProblemError, { socket }: Connection): SocketRefusal {
  const refusal = refusalOf(problem, languageOfSocket(socket));
  tellRefusal({ reason: refusal.reason });
  return refusal;
}

function refusalOf(error: ProblemError, language: Language): SocketRefusal {
  const { detail, faults = [] } = problemOf(error, language);
  const message = [detail, ...faults.map((fault) => `${fault.at}: ${fault.message}`)].join('\n');
  const { retryAfter } = error;
  return { ok: false, reason: reasonOf(error), message, ...(retryAfter !== undefined && { retryAfter }) };
}

/** Sockets have fewer reasons than HTTP: what is closer than them is in the sentence. */
function reasonOf({ code }: ProblemError): SocketRefusal['reason'] {
  switch (code) {
    case 'malformed':
    case 'not-signed-in':
    case 'forbidden':
    case 'device-revoked':
    case 'device-unpaired':
    case 'device-unproven':
    case 'not-found':
    case 'too-many-requests':
    case 'failed':
      return code;
    case 'wrong-credentials':
      return 'not-signed-in';
    case 'unreadable-file':
    case 'has-errors':
    case 'too-large':
    case 'link-used':
      return 'malformed';
    case 'not-proven':
    case 'conflict':
    case 'out-of-date':
    case 'wrong-state':
      return 'forbidden';
    default:
      return assertNever(code);
  }
}
