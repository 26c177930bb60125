import { detectDevice, Device, type types } from 'mediasoup-client';

import type { TransportOffer } from '../../../domain/wire/media-line.ts';
import type { EngineNow } from '../../../domain/wire/media.ts';
import type { ClientBody } from '../../../domain/wire/sockets.ts';
import { onMessage } from '../api/socket.ts';
import { askMedia } from './asking.ts';

export type EngineDevice = Device;
export type EngineCapabilities = NonNullable<EngineNow['rtpCapabilities']>;
export type Sent = types.Producer;
export type Received = types.Consumer;

/** A way that breaks for less than this mends itself, as after a change of network. */
const MENDS_ITSELF_MS = 2000;
/** So long after new credentials it is given up, and made anew. */
const GIVEN_UP_MS = 8000;

/**
 * What this browser sends and takes with an engine. Chromium without a window, and what else the library does not know by its
 * name, speaks as Chrome has done since version 111.
 */
export async function deviceFor(capabilities: EngineCapabilities): Promise<EngineDevice> {
  const device = new Device({ handlerName: detectDevice() ?? 'Chrome111' });
  await device.load({ routerRtpCapabilities: capabilities as types.RtpCapabilities });
  return device;
}

/** mediasoup-client is answered by callbacks. */
function hand<Value>(
  asked: Promise<Value>,
  done: (value: Value) => void,
  failed: (error: Error) => void,
): void {
  void (async () => {
    try {
      done(await asked);
    } catch (error) {
      failed(error instanceof Error ? error : new Error(String(error)));
    }
  })();
}

/**
 * One way to the engine. Where it breaks it is given new credentials (ICE restart), and what it carries goes on; where that does
 * not help, or the engine let go of it, it is closed and `onGone` told once: then a new one is needed.
 */
export async function openTransport(
  device: EngineDevice,
  direction: 'send' | 'receive',
  onGone: () => void,
): Promise<types.Transport> {
  const { transport: offer } = await askMedia('media:transport', { direction });
  const transport =
    direction === 'send'
      ? device.createSendTransport(optionsOf(offer))
      : device.createRecvTransport(optionsOf(offer));
  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    hand(askMedia('media:connect', { transport: transport.id, dtlsParameters }), () => done(), failed);
  });
  transport.on('produce', ({ kind, rtpParameters, appData }, done, failed) => {
    const { source } = appData as SentAs;
    const asked = askMedia('media:produce', {
      transport: transport.id,
      source,
      kind,
      rtpParameters: rtpParameters as ContractRtp,
    });
    hand(asked, ({ producer }) => done({ id: producer }), failed);
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stopHearing = onMessage('media:transport-closed', (closed) => {
    if (closed.transport === transport.id) gone();
  });
  transport.observer.once('close', () => {
    stopHearing();
    clearTimeout(timer);
  });
  function gone(): void {
    if (transport.closed) return;
    transport.close();
    onGone();
  }
  const restart = async (): Promise<void> => {
    timer = setTimeout(gone, GIVEN_UP_MS);
    try {
      const { iceParameters } = await askMedia('media:restart-ice', { transport: transport.id });
      await transport.restartIce({ iceParameters: iceParameters as types.IceParameters });
    } catch {
      gone();
    }
  };
  transport.on('connectionstatechange', (state) => {
    clearTimeout(timer);
    if (state === 'failed') void restart();
    else if (state === 'disconnected') timer = setTimeout(() => void restart(), MENDS_ITSELF_MS);
  });
  return transport;
}

/** What the library leaves open in its types, as the contract reads it: parameters of codecs are words and numbers. */
type ContractRtp = ClientBody<'media:produce'>['rtpParameters'];

/** What goes with a stream to the question for its producer. */
export interface SentAs extends types.AppData {
  readonly source: 'camera' | 'microphone' | 'screen';
}

/** The contract's own types, checked when they came, in those of the library. */
function optionsOf(offer: TransportOffer): types.TransportOptions {
  return offer as types.TransportOptions;
}
