import { isIP } from 'node:net';

import type { IceCandidate, PipeTransport, PlainTransport, WebRtcTransport } from 'mediasoup/types';

import type { EngineOptions } from '../engine.ts';
import type { Core } from './cores.ts';

/** A browser's line. */
export interface Browser {
  readonly sort: 'browser';
  readonly transport: WebRtcTransport;
}
/** One end of a pipe, in either of its forms. */
export type Pipe =
  | { readonly sort: 'own'; readonly transport: PipeTransport }
  | { readonly sort: 'plain'; readonly transport: PlainTransport };
export type Sort = Browser | Pipe;

/** On which core a transport stands, and how it is. */
export interface Standing {
  readonly core: Core;
  isConnected: boolean;
  /** Producers and consumers, with those that are just being made. */
  streams: number;
  /** Until it must have shaken hands, or come back. */
  waiting: NodeJS.Timeout | undefined;
}
/** A transport of mediasoup's, as the engine has it. */
export type Line = Sort & Standing;

/** A worker names the address that it listens on; browsers know the announced ones. */
export function announcedCandidates(
  own: readonly IceCandidate[],
  announced: EngineOptions['announced'],
  /** Ports that stand before the engine follow each other as its own do. */
  at: number,
): IceCandidate[] {
  return own.flatMap((candidate) =>
    announced
      .filter(({ ip }) => isIP(ip) === isIP(candidate.address))
      .map(({ ip, port }, rank) => ({
        ...candidate,
        foundation: `${candidate.foundation}${isIP(ip)}${rank}`,
        priority: candidate.priority - rank,
        ip,
        address: ip,
        port: port === undefined ? candidate.port : port + at,
      })),
  );
}
