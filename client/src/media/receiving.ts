import type { types } from 'mediasoup-client';

import { onMessage } from '../api/socket.ts';
import { askMedia, tellMedia } from './asking.ts';
import { settle } from './settling.ts';
import { type EngineCapabilities, type EngineDevice, openTransport, type Received } from './transport.ts';

/** One stream that the page has a place for. */
export interface Wanted {
  readonly producer: string;
  /** Nobody sees or hears it at the moment: it rests, and is there again at once. */
  readonly isResting: boolean;
  readonly size: 'small' | 'large';
}

/** What this page receives, kept to what it wants. */
export interface Receiving {
  want(streams: readonly Wanted[]): void;
  /** What has come in so far, as the browser counts it; null while nothing does. */
  statistics(): Promise<RTCStatsReport | null>;
  close(): void;
}

interface Kept {
  readonly consumer: Received;
  isResting: boolean;
  size: Wanted['size'];
}

/** A way that stands does so within a second or two; some networks let none through. */
const REACHED_WITHIN_MS = 6000;

/** What a receiver tells, whenever it changes. */
interface Told {
  /** All that comes by now, by producer. */
  readonly onTracks: (tracks: ReadonlyMap<string, MediaStreamTrack>) => void;
  /** Whether the engine is reached at all. It is tried on where it is not. */
  readonly onReached: (isReached: boolean) => void;
}

/** Receives nothing until something is wanted. */
export function openReceiving(device: EngineDevice, { onTracks, onReached }: Told): Receiving {
  let wanted: readonly Wanted[] = [];
  let transport: types.Transport | null = null;
  let isClosed = false;
  const kept = new Map<string, Kept>();
  const tell = (): void =>
    onTracks(new Map(Array.from(kept, ([producer, { consumer }]) => [producer, consumer.track])));
  const letGo = (producer: string, { consumer }: Kept): void => {
    kept.delete(producer);
    consumer.close();
  };
  const stopHearing = onMessage('media:consumer-closed', (closed) => {
    for (const [producer, one] of kept) {
      if (one.consumer.id !== closed.consumer) continue;
      letGo(producer, one);
      tell();
      settling.again();
    }
  });
  const settling = settle(async () => {
    const producers = new Set(wanted.map(({ producer }) => producer));
    for (const [producer, one] of kept) {
      if (producers.has(producer)) continue;
      letGo(producer, one);
      tellMedia('media:close-consumer', { consumer: one.consumer.id });
      tell();
    }
    if (wanted.length === 0) return;
    transport ??= await open();
    const from = transport;
    // All at once: each is a way there and back.
    const settled = await Promise.allSettled(wanted.map((one) => keep(from, one)));
    const failed = settled.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  });
  let patience: ReturnType<typeof setTimeout> | undefined;
  async function open(): Promise<types.Transport> {
    const opened = await openTransport(device, 'receive', () => {
      transport = null;
      kept.clear();
      tell();
      settling.again();
    });
    if (isClosed) opened.close();
    else patience ??= setTimeout(() => onReached(false), REACHED_WITHIN_MS);
    opened.on('connectionstatechange', (state) => {
      if (state !== 'connected') return;
      clearTimeout(patience);
      patience = undefined;
      onReached(true);
    });
    return opened;
  }
  async function keep(from: types.Transport, { producer, isResting, size }: Wanted): Promise<void> {
    const one = kept.get(producer) ?? (await consume(from, producer));
    const { consumer } = one;
    if (one.isResting !== isResting) {
      // A picture is asked for from its sender when it goes on: by then this side has to be able to take it.
      await askMedia(isResting ? 'media:pause' : 'media:resume', { consumer: consumer.id });
      if (isResting) consumer.pause();
      else consumer.resume();
      one.isResting = isResting;
    }
    if (one.size !== size && consumer.kind === 'video') {
      await askMedia('media:prefer', { consumer: consumer.id, size });
      one.size = size;
    }
  }
  async function consume(from: types.Transport, producer: string): Promise<Kept> {
    const rtpCapabilities = device.recvRtpCapabilities as EngineCapabilities;
    const asked = { transport: from.id, producer, rtpCapabilities, isPaused: true };
    const offer = await askMedia('media:consume', asked);
    const consumer = await from.consume({
      id: offer.consumer,
      producerId: producer,
      kind: offer.kind,
      rtpParameters: offer.rtpParameters as types.RtpParameters,
    });
    const one: Kept = { consumer, isResting: true, size: 'large' };
    kept.set(producer, one);
    tell();
    return one;
  }
  return {
    want: (streams) => {
      wanted = streams;
      settling.again();
    },
    statistics: async () => (transport === null || kept.size === 0 ? null : await transport.getStats()),
    close: () => {
      isClosed = true;
      settling.end();
      stopHearing();
      clearTimeout(patience);
      transport?.close();
      kept.clear();
    },
  };
}
