import { randomUUID } from 'node:crypto';

import { io, type Socket } from 'socket.io-client';

import {
  relayAnswers,
  RELAYS,
  UNKNOWN_RELAY,
  type RelayCall,
  type RelayHello,
  type RelayToServer,
  type ServerToRelay,
} from '../../../domain/wire/relays.ts';
import type { MediaEngine } from '../engine.ts';

/** What becomes of a relay, for whoever watches its console. */
export type RelayEvent =
  | { readonly event: 'in service'; readonly bridgeName: string }
  /** The server does not answer; what goes through goes on, and the relay tries again. */
  | { readonly event: 'line broken' }
  /** Final: its token is unknown or revoked, or another process came with it. */
  | { readonly event: 'ended'; readonly why: 'refused' | 'revoked' | 'replaced' };

export interface RelayOptions {
  /** Address of the server: `https://hoinghi.example`. */
  readonly hub: string;
  readonly token: string;
  /** How many it feeds, by the engine that it has; what its operator says goes before. */
  readonly capacityOf: (engine: MediaEngine) => number;
  readonly startEngine: () => Promise<MediaEngine>;
  readonly on: (event: RelayEvent) => void;
}

export interface Relay {
  close(): Promise<void>;
}

const RECONNECT_MS = { first: 250, most: 5_000 };

/** Runs an engine for a server far away, which asks it over one line. Throws where the engine cannot start. */
export async function startRelay({ hub, token, capacityOf, startEngine, on }: RelayOptions): Promise<Relay> {
  let engine = await startEngine();
  let run = randomUUID();
  let wasAsked = false;
  let isClosed = false;
  const hello = (): RelayHello => ({
    token,
    run,
    engine: engine.name,
    carries: { ...engine.carries },
    capacity: capacityOf(engine),
  });
  const socket: Socket<ServerToRelay, RelayToServer> = io(new URL(RELAYS, hub).href, {
    transports: ['websocket'],
    auth: (answer) => answer(hello()),
    reconnectionDelay: RECONNECT_MS.first,
    reconnectionDelayMax: RECONNECT_MS.most,
    autoConnect: false,
  });
  // What happens while the line is broken waits in the socket until it stands again.
  const listen = (): (() => void) => engine.listen((notice) => void socket.emit('notice', notice));
  let stopListening = listen();
  const end = async (): Promise<void> => {
    if (isClosed) return;
    isClosed = true;
    stopListening();
    socket.close();
    await engine.close();
  };
  /** The server that had asked for all of it knows nothing of it any more. */
  const beginAnew = async (): Promise<void> => {
    socket.disconnect();
    stopListening();
    await engine.close();
    engine = await startEngine();
    stopListening = listen();
    socket.sendBuffer = [];
    run = randomUUID();
    wasAsked = false;
    if (isClosed) await engine.close();
    else socket.connect();
  };

  socket.on('welcome', ({ isKnown, bridgeName }) => {
    if (!isKnown && wasAsked) void beginAnew();
    else on({ event: 'in service', bridgeName });
  });
  socket.on('call', (call, input, answer) => {
    if (!Object.hasOwn(relayAnswers, call)) return;
    wasAsked = true;
    const asked = engine[call satisfies RelayCall] as (input: unknown) => Promise<unknown>;
    void asked(input).then(answer, () => answer({ ok: false, reason: 'unsupported' }));
  });
  socket.on('ended', ({ why }) => {
    void end();
    on({ event: 'ended', why });
  });
  socket.on('disconnect', () => {
    if (!isClosed && socket.active) on({ event: 'line broken' });
  });
  socket.on('connect_error', ({ message }) => {
    // Not active: the server answered. One that has just started may not know of relays yet.
    if (socket.active || isClosed) return;
    if (message === UNKNOWN_RELAY) {
      void end();
      on({ event: 'ended', why: 'refused' });
    } else setTimeout(() => isClosed || socket.connect(), RECONNECT_MS.first);
  });
  socket.connect();
  return { close: end };
}
