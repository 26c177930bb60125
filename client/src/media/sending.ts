import type { types } from 'mediasoup-client';

import type { MediaSource } from '../../../domain/wire/media.ts';
import { askMedia, tellMedia } from './asking.ts';
import { encodingsOf, type PictureSize } from './sizes.ts';
import { settle } from './settling.ts';
import { type EngineDevice, openTransport, type Sent, type SentAs } from './transport.ts';

/** What is to go out from one source. */
export interface Wish {
  /** Gives nothing while it is muted: the page sees to that, whether or not anybody takes it. */
  readonly track: MediaStreamTrack;
  readonly isMuted: boolean;
  readonly size: PictureSize;
}
export type Wishes = Partial<Readonly<Record<MediaSource, Wish>>>;

/** What this page sends, kept to what is wished for. */
export interface Sending {
  wish(wishes: Wishes): void;
  /** What has gone out so far, as the browser counts it; null while nothing does. */
  statistics(): Promise<RTCStatsReport | null>;
  close(): void;
}

/** Sends nothing until something is wished for. */
export function openSending(device: EngineDevice, canSimulcast: boolean): Sending {
  let wishes: Wishes = {};
  let transport: types.Transport | null = null;
  let isClosed = false;
  const sent = new Map<MediaSource, { readonly producer: Sent; isMuted: boolean }>();
  const letGo = (source: MediaSource, producer: Sent): void => {
    sent.delete(source);
    if (producer.closed) return;
    producer.close();
    tellMedia('media:close-producer', { producer: producer.id });
  };
  const settling = settle(async () => {
    for (const [source, { producer }] of sent) if (wishes[source] === undefined) letGo(source, producer);
    const all = Object.entries(wishes) as [MediaSource, Wish][];
    for (const [source, wish] of all) {
      if (wish.track.readyState === 'ended') continue;
      transport ??= await open();
      const one = sent.get(source) ?? { producer: await produce(transport, source, wish), isMuted: false };
      sent.set(source, one);
      if (one.producer.track !== wish.track) await one.producer.replaceTrack({ track: wish.track });
      if (one.isMuted === wish.isMuted) continue;
      await askMedia('media:mute', { producer: one.producer.id, isMuted: wish.isMuted });
      one.isMuted = wish.isMuted;
    }
  });
  async function open(): Promise<types.Transport> {
    const opened = await openTransport(device, 'send', () => {
      transport = null;
      sent.clear();
      settling.again();
    });
    if (isClosed) opened.close();
    return opened;
  }
  async function produce(to: types.Transport, source: MediaSource, { track, size }: Wish): Promise<Sent> {
    const encodings = track.kind === 'video' ? encodingsOf(source, size, canSimulcast) : undefined;
    return await to.produce({
      track,
      // The track is the page's own: it is shown there, rests there, and may go out again.
      stopTracks: false,
      disableTrackOnPause: false,
      appData: { source } satisfies SentAs,
      ...(encodings !== undefined && {
        encodings,
        codecOptions: { videoGoogleStartBitrate: 600 },
      }),
      ...(track.kind === 'audio' && { codecOptions: { opusFec: true, opusDtx: true } }),
    });
  }
  return {
    wish: (next) => {
      wishes = next;
      settling.again();
    },
    statistics: async () => (transport === null || sent.size === 0 ? null : await transport.getStats()),
    close: () => {
      isClosed = true;
      settling.end();
      for (const [source, { producer }] of sent) letGo(source, producer);
      transport?.close();
      transport = null;
    },
  };
}
