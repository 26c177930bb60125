/* The other process of the bench: sends one stream of a megabit, and receives it from engines at several ports. */
import { createSocket, type Socket } from 'node:dgram';

import { writeRtpHeader } from '../../../server/media/embedded/rtp.ts';
import { SrtpReceiver, SrtpSender } from '../../../server/media/embedded/srtp.ts';

/** What the load is told: where to send, and with which key each of its watched ports is sent to. */
export interface LoadOrders {
  readonly to: number;
  readonly watchedKeys: readonly string[];
}

/** What came since it was asked last. `delays` by watched port, in milliseconds from the source. */
export interface LoadSeen {
  readonly packets: number;
  readonly delays: readonly (readonly number[])[];
}

export const SSRC = 77;
export const SOURCE_KEY = Buffer.alloc(28, 5);
export const PACKETS_PER_SECOND = 125;
const PAYLOAD_BYTES = 1_000;
const BUFFER = 4 * 1024 * 1024;
const RTP_HEADER = 12;
const RTCP = { from: 192, to: 223 };

const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6;
const say = (message: unknown): void => void process.send?.(message);

async function opened(): Promise<Socket> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => void socket.bind(0, '127.0.0.1', () => resolve()));
  socket.setRecvBufferSize(BUFFER);
  return socket;
}

function isMedia(datagram: Buffer): boolean {
  const second = datagram[1] ?? 0;
  return second < RTCP.from || second > RTCP.to;
}

/** The ports are told first: of the source, of so many that are watched, and of all others. */
export async function load(watched: number): Promise<void> {
  const [source, others] = [await opened(), await opened()];
  const watching: Socket[] = [];
  for (let at = 0; at < watched; at += 1) watching.push(await opened());
  say([source, others, ...watching].map((socket) => socket.address().port));
  const { to, watchedKeys } = await new Promise<LoadOrders>(
    (resolve) => void process.once('message', resolve),
  );
  let packets = 0;
  const delays: number[][] = watching.map(() => []);
  others.on('message', (datagram) => void (packets += isMedia(datagram) ? 1 : 0));
  for (const [at, socket] of watching.entries()) {
    const keyBase64 = watchedKeys[at];
    if (keyBase64 === undefined) continue;
    const key = Buffer.from(keyBase64, 'base64');
    const receiver = new SrtpReceiver(key.subarray(0, 16), key.subarray(16), 7);
    socket.on('message', (datagram) => {
      const open = isMedia(datagram) ? receiver.rtp(datagram, RTP_HEADER) : null;
      if (open !== null) delays[at]?.push(nowMs() - open.payload.readDoubleBE(8));
    });
  }
  const sender = new SrtpSender(SOURCE_KEY.subarray(0, 16), SOURCE_KEY.subarray(16), 7);
  const began = nowMs();
  let number = 1;
  let isAsked = false;
  // Whatever an engine says to a sender: at most it was no wish for a picture that stands for itself.
  source.on('message', () => void (isAsked = true));
  setInterval(() => {
    for (const due = ((nowMs() - began) * PACKETS_PER_SECOND) / 1_000; number < due; number += 1) {
      const payload = Buffer.alloc(PAYLOAD_BYTES);
      // A key frame of VP8, or not.
      payload.set([0x10, isAsked || number === 1 ? 0 : 1]);
      isAsked = false;
      payload.writeDoubleBE(nowMs(), 8);
      const sequence = number & 0xffff;
      const head = { payloadType: 101, isMarked: true, sequence, timestamp: number * 720, ssrc: SSRC };
      const sealed = sender.rtp(writeRtpHeader(head, Buffer.alloc(0)), payload, SSRC, number);
      source.send(sealed, to, '127.0.0.1');
    }
  }, 4);
  process.on('message', () => {
    const seen: LoadSeen = { packets, delays: delays.map((list) => list.splice(0)) };
    packets = 0;
    say(seen);
  });
}
