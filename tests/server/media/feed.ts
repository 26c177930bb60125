import { createSocket } from 'node:dgram';

import type { Result } from '../../../domain/result.ts';
import type { MediaEngine } from '../../../server/media/engine.ts';
import { writeRtpHeader } from '../../../server/media/embedded/rtp.ts';
import { COUNTER, SrtpSender } from '../../../server/media/embedded/srtp.ts';
import { connectPeer, fingerprintOf, makeIdentity } from './peer.ts';

export function got<Value>(answer: Result<Value, { readonly reason: string }>): Value {
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
}

const SSRC = 77;
const KEY = Buffer.alloc(30, 5);
const PACKET_EVERY_MS = 20;

/** Sends a picture to an engine until it is ended: every other packet begins a key frame of VP8. */
export async function startSource(engine: MediaEngine) {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => void socket.bind(0, '127.0.0.1', () => resolve()));
  const pipe = got(await engine.openPipe({ form: 'plain' }));
  const remote = { ip: '127.0.0.1', port: socket.address().port, keyBase64: KEY.toString('base64') };
  got(await engine.connectPipe({ pipe: pipe.id, remote }));
  const codecs = [{ mimeType: 'video/VP8', payloadType: 101, clockRate: 90_000 }];
  const { id: producer } = got(
    await engine.produce({
      transport: pipe.id,
      kind: 'video',
      rtpParameters: { codecs, encodings: [{ ssrc: SSRC }] },
    }),
  );
  const sender = new SrtpSender(KEY.subarray(0, 16), KEY.subarray(16), COUNTER);
  let number = 1;
  const timer = setInterval(() => {
    const payload = Buffer.alloc(200);
    payload.set([0x10, number % 2]);
    const sequence = number & 0xffff;
    const head = { payloadType: 101, isMarked: true, sequence, timestamp: number * 1_800, ssrc: SSRC };
    socket.send(sender.rtp(writeRtpHeader(head, Buffer.alloc(0)), payload, SSRC, number), pipe.port, pipe.ip);
    number += 1;
  }, PACKET_EVERY_MS);
  return {
    producer,
    stop: () => {
      clearInterval(timer);
      socket.close();
    },
  };
}

/** A page that looks at one stream of an engine: its line, and how many packets have come. */
export async function startViewer(engine: MediaEngine, producer: string) {
  const identity = await makeIdentity();
  const offer = got(await engine.createTransport());
  const dtlsParameters = { role: 'client' as const, fingerprints: [fingerprintOf(identity)] };
  got(await engine.connectTransport({ transport: offer.id, dtlsParameters }));
  const peer = await connectPeer(offer, identity);
  const rtpCapabilities = got(await engine.capabilities());
  const consumed = await engine.consume({
    transport: offer.id,
    producer,
    rtpCapabilities,
    isPaused: false,
  });
  return { transport: offer.id, consumed, packets: peer.media, close: peer.close };
}
