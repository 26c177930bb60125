import type {
  DtlsParameters,
  IceCandidate,
  IceParameters,
  MediaKind,
  RtpCapabilities,
  RtpParameters,
} from 'mediasoup/types';

import type { Result } from '../../domain/result.ts';

export type EngineFailure =
  /** No such transport, producer or consumer, or no longer. */
  | { readonly reason: 'not found' }
  /** The engine's limit of its kind is reached. */
  | { readonly reason: 'too many' }
  /** A codec, a role or a number of encodings that the engine does not carry. */
  | { readonly reason: 'unsupported' }
  | { readonly reason: 'already connected' }
  /** The engine died, or is ended; everything that it had is gone. */
  | { readonly reason: 'engine gone' };

type Answer<Value> = Result<Value, EngineFailure>;
type Done = Answer<null>;

/** Since a transport was made, or its way was new: a browser takes a second to shake hands, one on a bad line ten. */
export const HANDSHAKE_MS = 20_000;
/** Browsers ask whether they are still wanted every few seconds (RFC 7675); one that is silent for so long is gone. */
export const CONSENT_MS = 30_000;

/** What every engine is told when it starts. */
export interface EngineOptions {
  /** The address that its sockets are bound to, IPv4. */
  readonly listenIp: string;
  /** The first that it takes; 0 for any that are free. */
  readonly port: number;
  /** Under which addresses browsers reach it; a port of their own where something stands before it. */
  readonly announced: readonly { readonly ip: string; readonly port?: number }[];
  readonly most: { readonly transports: number; readonly streamsPerTransport: number };
}

/** What a browser needs for its side of a transport. */
export interface TransportOffer {
  readonly id: string;
  readonly iceParameters: IceParameters;
  readonly iceCandidates: IceCandidate[];
  readonly dtlsParameters: DtlsParameters;
}

/**
 * How a pipe is sealed. `own`: as two engines of one kind do it between themselves. `plain`: AES_CM_128_HMAC_SHA1_80 and one size of each
 * picture, which every program reads that takes SRTP: an engine of the other kind, or ffmpeg.
 */
export type PipeForm = 'own' | 'plain';

/** One end of a pipe: where it listens, and the key and salt with which it sends (SRTP, base64). */
export interface PipeOffer {
  readonly id: string;
  readonly ip: string;
  readonly port: number;
  readonly keyBase64: string;
}

export interface ConsumerOffer {
  readonly id: string;
  readonly producer: string;
  readonly kind: MediaKind;
  readonly rtpParameters: RtpParameters;
}

/** Counted since the engine started, and how many there are now. */
export interface EngineStatistics {
  readonly transports: number;
  readonly producers: number;
  readonly consumers: number;
  readonly packetsIn: number;
  readonly packetsOut: number;
  readonly bytesOut: number;
  readonly retransmitted: number;
  readonly keyframesAsked: number;
  /** Packets that were forged, replayed or broken. */
  readonly refused: number;
}

/** Everything that an engine can be asked for, in mediasoup's terms. */
export interface EngineCalls {
  capabilities(): Answer<RtpCapabilities>;
  createTransport(): Answer<TransportOffer>;
  connectTransport(input: { readonly transport: string; readonly dtlsParameters: DtlsParameters }): Done;
  /** New credentials for a transport whose way broke; what it carries goes on. */
  restartIce(input: { readonly transport: string }): Answer<IceParameters>;
  closeTransport(input: { readonly transport: string }): Done;
  produce(input: {
    readonly transport: string;
    readonly kind: MediaKind;
    readonly rtpParameters: RtpParameters;
  }): Answer<{ readonly id: string }>;
  closeProducer(input: { readonly producer: string }): Done;
  consume(input: {
    readonly transport: string;
    readonly producer: string;
    readonly rtpCapabilities: RtpCapabilities;
    readonly isPaused: boolean;
  }): Answer<ConsumerOffer>;
  pauseConsumer(input: { readonly consumer: string }): Done;
  resumeConsumer(input: { readonly consumer: string }): Done;
  closeConsumer(input: { readonly consumer: string }): Done;
  /**
   * The largest picture that a consumer wants of those that its camera sends: 0 is the smallest. What its line cannot carry it gets smaller
   * by itself. Where there is one size only this changes nothing.
   */
  preferLayers(input: { readonly consumer: string; readonly spatialLayer: number }): Done;
  /** One end of a pipe: a transport without ICE and DTLS, whose keys travel with the signalling. It is closed like any other. */
  openPipe(input: { readonly form: PipeForm }): Answer<PipeOffer>;
  connectPipe(input: { readonly pipe: string; readonly remote: Omit<PipeOffer, 'id'> }): Done;
  statistics(): Answer<EngineStatistics>;
}

/** What an engine tells unasked. */
export type EngineNotice =
  | {
      readonly notice: 'transport closed';
      readonly transport: string;
      /** `part died`: only what stood on the same core of the machine is gone with it. */
      readonly why: 'handshake timeout' | 'handshake refused' | 'line lost' | 'closed by peer' | 'part died';
    }
  | { readonly notice: 'transport connected'; readonly transport: string }
  /** Its producer closed; whoever shows it takes it away. */
  | { readonly notice: 'consumer closed'; readonly consumer: string; readonly transport: string }
  /** Whatever it had is gone; it starts again by itself and then says `back`. */
  | { readonly notice: 'gone' }
  | { readonly notice: 'back' };

/** The calls as whoever is elsewhere asks for them. */
export type AskedCalls = {
  readonly [Name in keyof EngineCalls]: (
    ...input: Parameters<EngineCalls[Name]>
  ) => Promise<ReturnType<EngineCalls[Name]>>;
};

/** A media engine: what forwards pictures and sound. The ledger does not depend on it. */
export type MediaEngine = AskedCalls & {
  readonly name: 'embedded' | 'mediasoup';
  /** What it can carry, for the pages that say so. */
  readonly carries: { readonly simulcast: boolean; readonly tcp: boolean; readonly ipv6: boolean };
  /** Hears what the engine tells; gives back how to hear no more. */
  listen(heard: (notice: EngineNotice) => void): () => void;
  close(): Promise<void>;
};

/** Asks an engine that is somewhere else: by a call's name, as it takes it and answers it. */
export type AskEngine = <Name extends keyof EngineCalls>(
  call: Name,
  ...input: Parameters<EngineCalls[Name]>
) => Promise<ReturnType<EngineCalls[Name]>>;

/** All calls of an engine that is somewhere else, each handed on as it is. */
export function callsBy(ask: AskEngine): Pick<MediaEngine, keyof EngineCalls> {
  return {
    capabilities: () => ask('capabilities'),
    createTransport: () => ask('createTransport'),
    connectTransport: (input) => ask('connectTransport', input),
    restartIce: (input) => ask('restartIce', input),
    closeTransport: (input) => ask('closeTransport', input),
    produce: (input) => ask('produce', input),
    closeProducer: (input) => ask('closeProducer', input),
    consume: (input) => ask('consume', input),
    pauseConsumer: (input) => ask('pauseConsumer', input),
    resumeConsumer: (input) => ask('resumeConsumer', input),
    closeConsumer: (input) => ask('closeConsumer', input),
    preferLayers: (input) => ask('preferLayers', input),
    openPipe: (input) => ask('openPipe', input),
    connectPipe: (input) => ask('connectPipe', input),
    statistics: () => ask('statistics'),
  };
}
