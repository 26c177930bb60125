import { beforeEach, describe, expect, test } from 'vitest';

import { Allowance } from '../../../server/media/embedded/allowance.ts';
import {
  CAPABILITIES,
  consumedParameters,
  readProduced,
} from '../../../server/media/embedded/capabilities.ts';
import { Consumer } from '../../../server/media/embedded/consumer.ts';
import { makeCertificate } from '../../../server/media/embedded/handshake.ts';
import { Producer, type Viewer } from '../../../server/media/embedded/producer.ts';
import { readRtp, type RtpHeader } from '../../../server/media/embedded/rtp.ts';
import { SrtpReceiver, SrtpSender } from '../../../server/media/embedded/srtp.ts';
import { Transport, type Ground } from '../../../server/media/embedded/transport.ts';

const KEYS = [Buffer.alloc(16, 1), Buffer.alloc(12, 2), 7] as const;
const certificate = await makeCertificate();
let closed: string[];
let refused: number;
let ground: Ground;

beforeEach(() => {
  closed = [];
  refused = 0;
  ground = {
    certificate,
    transmit: () => undefined,
    claim: () => undefined,
    forget: () => undefined,
    count: () => void (refused += 1),
    close: (_transport, why) => void closed.push(why),
    connected: () => undefined,
  };
});

describe('a transport', () => {
  const secured = { sender: new SrtpSender(...KEYS), receiver: new SrtpReceiver(...KEYS) };

  test('whose handshake is not done after 20 seconds is closed', () => {
    const transport = new Transport('t', 1, ground, 0);
    transport.tick(20_000);
    expect(closed).toEqual([]);
    transport.tick(20_001);
    expect(closed).toEqual(['handshake timeout']);
  });

  test('of which nothing is heard for 30 seconds is closed', () => {
    const transport = new Transport('t', 1, ground, 0);
    transport.secure(secured);
    transport.tick(30_000);
    expect(closed).toEqual([]);
    transport.tick(30_001);
    expect(closed).toEqual(['line lost']);
  });

  test('that floods is not listened to beyond its allowance', () => {
    const transport = new Transport('t', 1, ground, 0);
    transport.secure(secured);
    for (let packet = 0; packet < 20_000; packet += 1) transport.onMedia(Buffer.alloc(40, 0x80), 1_000);
    // A fraction of a packet is lost to rounding.
    expect(refused).toBeGreaterThan(5_990);
    expect(refused).toBeLessThanOrEqual(6_000);
  });

  test('an allowance comes back with time', () => {
    const allowance = new Allowance(10, 2);
    expect([0, 0, 0, 100, 100].map((now) => allowance.take(now))).toEqual([true, true, false, true, false]);
  });
});

const header = (sequence: number): RtpHeader => ({
  payloadType: 96,
  isMarked: false,
  isPadded: false,
  sequence,
  timestamp: 0,
  ssrc: 5,
  length: 12,
  extensions: new Map(),
});

describe('a stream', () => {
  const rtpParameters = {
    codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }],
    encodings: [{ ssrc: 5 }],
  };
  const produced = readProduced('video', rtpParameters)!;
  const [KEY, DELTA] = [Buffer.from([0x10, 0]), Buffer.from([0x10, 1])];
  const producing = () => {
    const asked: string[] = [];
    const upstream = {
      askKeyframe: () => void asked.push('keyframe'),
      tellLost: (_ssrc: number, numbers: readonly number[]) => void asked.push(`lost ${numbers.join(',')}`),
    };
    const producer = new Producer('p', 'video', produced, rtpParameters, upstream);
    return { producer, asked };
  };

  test('several encodings, unknown codecs and streams without a name are not taken', () => {
    const encodings = [{ ssrc: 1 }, { ssrc: 2 }];
    expect(readProduced('video', { ...rtpParameters, encodings })).toBeNull();
    expect(readProduced('video', { ...rtpParameters, encodings: [{}] })).toBeNull();
    expect(readProduced('audio', rtpParameters)).toBeNull();
    const codecs = [{ mimeType: 'video/VP9' as const, payloadType: 96, clockRate: 90_000 }];
    expect(readProduced('video', { ...rtpParameters, codecs })).toBeNull();
  });

  test('a hole is asked for, again after a while, and then given up for a key frame', () => {
    const { producer, asked } = producing();
    producer.receive(1, header(1), KEY, 0);
    producer.receive(4, header(4), DELTA, 0);
    expect(asked).toEqual(['lost 2,3']);
    producer.tick(59);
    expect(asked).toHaveLength(1);
    producer.receiveRepaired(2, header(2), DELTA, 60);
    for (let now = 60; now <= 600; now += 60) producer.tick(now);
    expect(asked.filter((one) => one === 'lost 3')).toHaveLength(7);
    expect(asked.at(-1)).toBe('keyframe');
  });

  test('key frames are asked for at most every 300 ms, and again where none came', () => {
    const { producer, asked } = producing();
    for (let now = 0; now < 300; now += 10) producer.askKeyframe(now);
    expect(asked).toEqual(['keyframe']);
    producer.tick(300);
    expect(asked).toHaveLength(2);
    producer.receive(1, header(1), KEY, 310);
    producer.tick(5_000);
    expect(asked).toHaveLength(2);
  });

  test('a viewer begins with a key frame, and a rest leaves no hole in their numbers', () => {
    const { producer } = producing();
    const receiver = new SrtpReceiver(...KEYS);
    const numbers: number[] = [];
    const downstream = {
      sender: new SrtpSender(...KEYS),
      transmit: (datagram: Buffer) => {
        const read = readRtp(datagram)!;
        numbers.push(receiver.rtp(datagram, read.length)?.number ?? NaN);
      },
      countRetransmitted: () => undefined,
    };
    const stream = { mid: '0', ssrc: 9, repairSsrc: 10 };
    const parameters = consumedParameters(produced, undefined, CAPABILITIES, stream)!;
    const consumer = new Consumer('c', producer, parameters, downstream, { isPaused: false, before: 100 });
    producer.consumers.add(consumer satisfies Viewer);
    const send = (number: number, payload: Buffer): void =>
      producer.receive(number, header(number), payload, 0);
    send(1, DELTA);
    send(2, KEY);
    send(3, DELTA);
    consumer.pause();
    for (let number = 4; number < 400; number += 1) send(number, DELTA);
    consumer.resume(0);
    send(400, DELTA);
    send(401, KEY);
    send(402, DELTA);
    expect(numbers).toEqual([101, 102, 103, 104]);
    numbers.length = 0;
    // By the stream that repairs, under its own numbers; of what was before the rest nothing is sent again.
    consumer.retransmit([104, 102]);
    expect(numbers).toEqual([1]);
  });
});
