import { isIPv6 } from 'node:net';

import { createWorker } from 'mediasoup';
import type {
  Router,
  RouterRtpCodecCapability,
  TransportListenInfo,
  WebRtcServer,
  Worker,
} from 'mediasoup/types';

import type { EngineOptions } from '../engine.ts';

export interface CoreOptions extends EngineOptions {
  readonly cores: number;
  readonly workerBin: string;
}

/** One native worker, which keeps one core of the machine busy. */
export interface Core {
  /** The how many-eth it is, from 0: its ports follow those of the one before it. */
  readonly at: number;
  readonly worker: Worker;
  /** The port on which all browsers of this core come in. */
  readonly server: WebRtcServer;
  readonly router: Router;
}

/** The same as the embedded engine carries, VP8 first: what both can pass to each other. */
const CODECS: RouterRtpCodecCapability[] = [
  { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
  {
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90_000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  },
];
const RESTART_MS = 500;
const SOCKET_BYTES = 4 * 1024 * 1024;
/** Pipes to other machines have ports of their own, from so many after the first port on. */
const PIPE_PORTS = { after: 100, most: 200 };

/** Where one core listens. Ports that were free the first time are the same ones after it died: browsers know them. */
interface Listening {
  readonly protocol: 'udp' | 'tcp';
  readonly ip: string;
  port: number;
}

function listeningOf({ listenIp, port, announced }: EngineOptions, at: number): Listening[] {
  const isOnEvery = listenIp === '0.0.0.0' && announced.some(({ ip }) => isIPv6(ip));
  return [listenIp, ...(isOnEvery ? ['::'] : [])].flatMap((ip) =>
    (['udp', 'tcp'] as const).map((protocol) => ({ protocol, ip, port: port === 0 ? 0 : port + at })),
  );
}

function listenInfo({ protocol, ip, port }: Listening): TransportListenInfo {
  return {
    protocol,
    ip,
    ...(port > 0 && { port }),
    ...(isIPv6(ip) && { flags: { ipv6Only: true } }),
    sendBufferSize: SOCKET_BYTES,
    recvBufferSize: SOCKET_BYTES,
  };
}

/** Where a pipe to another machine listens, over UDP. */
export function pipeInfo({ listenIp, port, announced }: EngineOptions): TransportListenInfo {
  const from = port + PIPE_PORTS.after;
  return {
    ...listenInfo({ protocol: 'udp', ip: listenIp, port: 0 }),
    ...(announced[0] !== undefined && { announcedAddress: announced[0].ip }),
    ...(port > 0 && { portRange: { min: from, max: from + PIPE_PORTS.most - 1 } }),
  };
}

async function startCore(workerBin: string, at: number, listening: readonly Listening[]): Promise<Core> {
  const worker = await createWorker({ workerBin, logLevel: 'none' });
  try {
    const server = await worker.createWebRtcServer({ listenInfos: listening.map(listenInfo) });
    const { udpSockets, tcpServers } = await server.dump();
    for (const one of listening) {
      const bound = one.protocol === 'udp' ? udpSockets : tcpServers;
      one.port = bound.find(({ ip }) => ip === one.ip)?.port ?? one.port;
    }
    return { at, worker, server, router: await worker.createRouter({ mediaCodecs: CODECS }) };
  } catch (error) {
    worker.close();
    throw isTaken(error) ? Object.assign(new Error(error.message), { code: 'EADDRINUSE' }) : error;
  }
}

/** A worker says so in words alone. */
function isTaken(error: unknown): error is Error {
  return error instanceof Error && error.message.endsWith('address already in use');
}

/** Ends a core's worker, and waits until its process is over. */
export async function endCore({ worker }: Core): Promise<void> {
  const ended = new Promise<void>((resolve) => void worker.once('subprocessclose', () => resolve()));
  worker.close();
  await ended;
}

/**
 * Starts a worker for each core, and each that dies again. `onDied` hears of it when everything on it is closed already. Throws where one
 * of them does not start the first time.
 */
export async function startCores(
  options: CoreOptions,
  on: { readonly died: (core: Core) => void; readonly back: (core: Core) => void },
): Promise<void> {
  const watch = (core: Core, listening: readonly Listening[]): void => {
    core.worker.once('died', () => {
      on.died(core);
      setTimeout(() => void again(core.at, listening), RESTART_MS);
    });
  };
  const again = async (at: number, listening: readonly Listening[]): Promise<void> => {
    try {
      const core = await startCore(options.workerBin, at, listening);
      watch(core, listening);
      on.back(core);
    } catch {
      // Its port may be held for a moment, or its file be exchanged just now.
      setTimeout(() => void again(at, listening), RESTART_MS);
    }
  };
  for (let at = 0; at < options.cores; at += 1) {
    const listening = listeningOf(options, at);
    const core = await startCore(options.workerBin, at, listening);
    watch(core, listening);
    on.back(core);
  }
}
