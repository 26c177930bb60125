/* A page that produces and consumes through mediasoup-client, with the engine itself for its signalling. */
import { Device, type types } from 'mediasoup-client';

declare const window: Window & {
  readonly ask: (call: string, input: unknown) => Promise<unknown>;
  media: typeof media;
};

async function ask<Value>(call: string, input: unknown = null): Promise<Value> {
  return (await window.ask(call, input)) as Value;
}

/** mediasoup-client is answered by callbacks. */
function settle<Value>(
  asked: Promise<Value>,
  done: (value: Value) => void,
  failed: (error: Error) => void,
): void {
  void (async () => {
    try {
      done(await asked);
    } catch (error) {
      failed(error as Error);
    }
  })();
}

let device: Device | null = null;
async function loaded(): Promise<Device> {
  if (device !== null) return device;
  device = new Device({ handlerName: 'Chrome111' });
  await device.load({ routerRtpCapabilities: await ask<types.RtpCapabilities>('capabilities') });
  return device;
}

const transports: types.Transport[] = [];
async function open(way: 'createSendTransport' | 'createRecvTransport'): Promise<types.Transport> {
  const own = await loaded();
  const transport = own[way](await ask<types.TransportOptions>('createTransport'));
  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    settle(ask('connectTransport', { transport: transport.id, dtlsParameters }), () => done(), failed);
  });
  transport.on('produce', ({ kind, rtpParameters }, done, failed) => {
    settle(ask<{ id: string }>('produce', { transport: transport.id, kind, rtpParameters }), done, failed);
  });
  transports.push(transport);
  return transport;
}

/** The smaller size first, as they are counted. */
const ENCODINGS = [{ scaleResolutionDownBy: 2, maxBitrate: 150_000 }, { maxBitrate: 600_000 }];
/** What the page consumes, picture and sound. */
const consumed: string[] = [];

const media = {
  consumed,

  /** Camera and microphone, the camera in one size or two; gives back the ids of their producers. */
  async produce(sizes: 1 | 2 = 1): Promise<string[]> {
    const transport = await open('createSendTransport');
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: true,
      video: { width: 640, height: 360 },
    });
    const producers: string[] = [];
    for (const track of stream.getTracks()) {
      const encodings = track.kind === 'video' ? ENCODINGS.slice(-sizes) : undefined;
      const producer = await transport.produce({ track, ...(encodings && { encodings }) });
      producers.push(producer.id);
    }
    return producers;
  },

  /** Shows what the producers send; gives back the milliseconds until the first picture stands. */
  async consume(producers: readonly string[]): Promise<number> {
    const began = performance.now();
    const transport = await open('createRecvTransport');
    const { rtpCapabilities } = await loaded();
    const stream = new MediaStream();
    const ids: string[] = [];
    for (const producer of producers) {
      const offer = await ask<{ id: string; kind: types.MediaKind; rtpParameters: types.RtpParameters }>(
        'consume',
        {
          transport: transport.id,
          producer,
          rtpCapabilities,
          isPaused: true,
        },
      );
      const consumer = await transport.consume({ ...offer, producerId: producer });
      stream.addTrack(consumer.track);
      ids.push(offer.id);
      consumed.push(offer.id);
    }
    const video = document.createElement('video');
    video.muted = true;
    document.body.append(video);
    video.srcObject = stream;
    const shown = new Promise<number>((resolve) => {
      video.requestVideoFrameCallback(() => resolve(performance.now() - began));
    });
    void video.play();
    await Promise.all(ids.map((consumer) => ask('resumeConsumer', { consumer })));
    return shown;
  },

  /** New credentials for every transport, as after a change of network. */
  async restartIce(): Promise<void> {
    for (const transport of transports) {
      const iceParameters = await ask<types.IceParameters>('restartIce', { transport: transport.id });
      await transport.restartIce({ iceParameters });
    }
  },

  /** What the last transport received so far. */
  async received(): Promise<{
    frames: number;
    width: number;
    lost: number;
    repaired: number;
    sound: number;
  }> {
    const sum = { frames: 0, width: 0, lost: 0, repaired: 0, sound: 0 };
    for (const report of (await transports.at(-1)!.getStats()).values()) {
      if (report.type !== 'inbound-rtp') continue;
      sum.frames += report.framesDecoded ?? 0;
      sum.width = Math.max(sum.width, report.frameWidth ?? 0);
      sum.lost += report.packetsLost ?? 0;
      sum.repaired += report.retransmittedPacketsReceived ?? 0;
      if (report.kind === 'audio') sum.sound += report.packetsReceived;
    }
    return sum;
  },

  states: (): string[] => transports.map(({ connectionState }) => connectionState),
};
window.media = media;
