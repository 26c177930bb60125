import type { Socket } from 'socket.io-client';

import { BridgeId, ConferenceId, SessionId } from '../../../domain/ids.ts';
import type {
  ClientAnswer,
  ClientBody,
  ClientMessage,
  ClientToServer,
  ServerBody,
  ServerMessage,
  ServerToClient,
  Watch,
} from '../../../domain/wire/sockets.ts';

/** `off`: not asked for yet. `lost`: was there or was tried, and is being tried again. */
export type Line = 'off' | 'connecting' | 'connected' | 'lost';

/** Comes with the first line that is opened: no page needs it to be drawn. */
let socket: Socket<ServerToClient, ClientToServer> | null = null;
let isWanted = false;

const OFFSET_KEY = 'clock-offset';
const ANSWER_WITHIN_MS = 10_000;
/** The quickest of a few questions is the least wrong one. */
const CLOCK_QUESTIONS = 4;
const CLOCK_AGAIN_MS = 5 * 60_000;
/** After a line came back, the questions of all machines are spread over so long. */
const CLOCK_SPREAD_MS = 8000;
/** The server has put everybody off at once, or refused: machines try again within so long after a short pause. */
const PAUSE_MS = 1000;
const PAUSE_SPREAD_MS = 4000;

let line: Line = 'off';
/** The server was reached and says that nobody is signed in: trying again does not help. */
let signedOut = false;
/** When the clock was measured last, by `performance.now()`; never on this page yet. */
let measuredAt = -Infinity;
let offset = Number(localStorage.getItem(OFFSET_KEY) ?? 0) || 0;
/** The server has said that it ends, and none was reached since. */
let restarting = false;
const listeners = new Set<() => void>();

function turn(next: Line): void {
  if (line === next) return;
  line = next;
  for (const listener of listeners) listener();
}

export function subscribeLine(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function currentLine(): Line {
  return line;
}

/** Whether the server has said that the sign-in has ended; told to the same listeners as the line. */
export function isSignInOver(): boolean {
  return signedOut;
}

/** Whether the line was lost because the server is started anew; told to the same listeners as the line. */
export function isServerRestarting(): boolean {
  return restarting;
}

/** What the server answers says whether anybody is signed in. */
export function noteSignIn(over: boolean): void {
  if (signedOut === over) return;
  signedOut = over;
  for (const listener of listeners) listener();
}

/** Opens the line for whoever is signed in; safe to call again. */
export function openLine(): void {
  isWanted = true;
  if (socket?.active === true || socket?.connected === true) return;
  turn('connecting');
  if (socket === null) void fetchSocket();
  else socket.connect();
}

let fetching = false;
async function fetchSocket(): Promise<void> {
  if (fetching) return;
  fetching = true;
  try {
    const { io } = await import('socket.io-client');
    socket ??= hear(
      io({
        transports: ['websocket'],
        autoConnect: false,
        // A server that comes back meets every machine of the country: each tries again at its own moment.
        reconnectionDelay: 1000,
        reconnectionDelayMax: 8000,
        randomizationFactor: 0.8,
      }),
    );
    if (isWanted) socket.connect();
  } catch {
    if (!isWanted) return;
    turn('lost');
    setTimeout(() => isWanted && openLine(), soon());
  } finally {
    fetching = false;
  }
}

/** Closes the line, at the end of a sign-in. */
export function closeLine(): void {
  isWanted = false;
  socket?.disconnect();
  noteSignIn(false);
  turn('off');
}

/** Milliseconds to add to this device's clock to have the server's, as last measured; 0 while never measured. */
export function clockOffset(): number {
  return offset;
}

function isConnected(): boolean {
  return socket?.connected === true;
}

/** Whether a line of this id is the one that stands now. */
export function isLine(id: string): boolean {
  return socket?.connected === true && socket.id === id;
}

const heard = new Map<ServerMessage, Set<(body: never) => void>>();

/** Tells a listener what the server says under a name, on whatever line; returns how to stop. */
export function onMessage<Name extends ServerMessage>(
  name: Name,
  listener: (body: ServerBody<Name>) => void,
): () => void {
  const own = heard.get(name) ?? new Set();
  heard.set(name, own.add(listener));
  return () => void own.delete(listener);
}

/** The server refused a message; it said why in a sentence. */
export class RefusedOnLine extends Error {
  override readonly name = 'RefusedOnLine';
}

/**
 * Sends a message and waits for its answer. Throws when none comes within ten seconds: the message may still have
 * arrived, and only those that carry their own id are safe to send again. Throws at once where no line stands: what was
 * meant for one line is not kept for the next.
 */
export async function ask<Name extends ClientMessage>(
  name: Name,
  body: ClientBody<Name>,
): Promise<ClientAnswer<Name>> {
  if (socket?.connected !== true) throw new Error('no line');
  // The union over names is more than TypeScript follows through socket.io's own mapping.
  const sender = socket.timeout(ANSWER_WITHIN_MS) as unknown as {
    emitWithAck(name: ClientMessage, body: unknown): Promise<unknown>;
  };
  return (await sender.emitWithAck(name, body)) as ClientAnswer<Name>;
}

/** A node of a session as the messages that watch it name it. */
export function watchOf(node: { conference: string; session: string; bridge: string }): Watch {
  return {
    conference: ConferenceId.parse(node.conference),
    session: SessionId.parse(node.session),
    bridge: BridgeId.parse(node.bridge),
  };
}

async function measureClock(): Promise<void> {
  let best = Infinity;
  for (let round = 0; round < CLOCK_QUESTIONS && isConnected(); round++) {
    const sent = Date.now();
    const answer = await ask('clock:ask', {});
    const trip = Date.now() - sent;
    if (!answer.ok || trip >= best) continue;
    best = trip;
    offset = Math.round(answer.serverTime - (sent + trip / 2));
    measuredAt = performance.now();
  }
  localStorage.setItem(OFFSET_KEY, String(offset));
}

function measureQuietly(): void {
  // A failed measure changes nothing: the last one stays in use.
  measureClock().catch(() => undefined);
}

/** What is said on a new line before anything else, in so far as it is written: its answer is not waited for. */
type Introduce = (line: string) => Promise<void>;
let introduce: Introduce = () => Promise.resolve();

/** Sets what is said first on each new line. */
export function introduceWith(first: Introduce): void {
  introduce = first;
  // The page that needs it was opened on a line that stands already.
  const id = socket?.id;
  if (isConnected() && id !== undefined) first(id).catch(() => undefined);
}

/** Begins the line anew, for whoever has to introduce themselves once more. */
export function renewLine(): void {
  if (socket?.connected !== true) return;
  socket.disconnect();
  turn('connecting');
  socket.connect();
}

let clockTimer: ReturnType<typeof setTimeout> | undefined;
/** What is heard on every line, and told to whoever listens. */
function hear(own: Socket<ServerToClient, ClientToServer>): typeof own {
  own.onAny((name: ServerMessage, body: unknown) => {
    for (const listener of heard.get(name) ?? []) listener(body as never);
  });
  own.on('server:stopping', () => {
    restarting = true;
    // Not when the line breaks: what is sent in between would wait for an answer that does not come.
    turn('lost');
  });
  own.on('connect', () => {
    restarting = false;
    const { id } = own;
    const come = () => {
      // It may be gone again meanwhile, and another one there.
      if (id !== undefined && isLine(id)) arrived();
    };
    introduce(id ?? '').then(come, come);
  });
  own.on('disconnect', (reason) => {
    if (reason === 'io client disconnect') return;
    turn('lost');
    // Put off by the server (sign-in ended, restart): socket.io does not try again by itself then.
    if (reason === 'io server disconnect') setTimeout(() => line === 'lost' && own.connect(), soon());
  });
  own.on('connect_error', (error) => {
    turn('lost');
    noteSignIn(error.message === 'not-signed-in');
    // Refused at the door of the server: the library gives up, we do not.
    if (!own.active) setTimeout(() => line === 'lost' && own.connect(), soon());
  });
  return own;
}

function arrived(): void {
  noteSignIn(false);
  turn('connected');
  clearTimeout(clockTimer);
  // A machine that has never asked should not write down a wrong time; one that has just asked knows enough.
  if (localStorage.getItem(OFFSET_KEY) === null) measureQuietly();
  else if (performance.now() - measuredAt > CLOCK_AGAIN_MS) {
    clockTimer = setTimeout(measureQuietly, Math.random() * CLOCK_SPREAD_MS);
  }
}
function soon(): number {
  return PAUSE_MS + Math.random() * PAUSE_SPREAD_MS;
}
setInterval(() => {
  if (isConnected()) measureQuietly();
}, CLOCK_AGAIN_MS);
window.addEventListener('online', () => {
  if (line !== 'lost') return;
  if (socket === null) {
    openLine();
    return;
  }
  // The pause before the next try was for a server that is gone; it was the machine that had no network.
  socket.disconnect();
  socket.connect();
});
