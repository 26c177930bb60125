import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { RecordReader } from '../../../server/media/embedded/fragments.ts';
import { askKeyframe, readRtcp, tellArrivals, tellLost } from '../../../server/media/embedded/rtcp.ts';
import {
  beginsKeyframe,
  extensionBlock,
  readRtp,
  unpadded,
  writeRtpHeader,
} from '../../../server/media/embedded/rtp.ts';
import { unwrapped } from '../../../server/media/embedded/sequence.ts';
import { SrtpReceiver, SrtpSender, type SrtpProfile } from '../../../server/media/embedded/srtp.ts';
import { bindingAnswer, isGenuine, readBindingRequest } from '../../../server/media/embedded/stun.ts';
import { bindingRequest } from './peer.ts';

const credentials = { usernameFragment: 'abcdEFGH', password: 'a-password-of-24-letters' };
const head = { payloadType: 101, isMarked: true, sequence: 65_535, timestamp: 0xfffffff0, ssrc: 0xdeadbeef };

describe('packets', () => {
  test('numbers go on over their wrap-around, forwards and backwards', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: -30_000, max: 30_000 }), (highest, step) => {
        fc.pre(highest + step >= 0);
        expect(unwrapped((highest + step) % 65_536, highest)).toBe(highest + step);
      }),
    );
  });

  test('a header is read as it was written, with its extensions', () => {
    const block = extensionBlock([
      [1, Buffer.from('abc')],
      [10, Buffer.from([7])],
    ]);
    const header = readRtp(Buffer.concat([writeRtpHeader(head, block), Buffer.from('payload')]));
    expect(header).toMatchObject(head);
    expect([...(header?.extensions ?? [])].map(([id, value]) => [id, value.toString('hex')])).toEqual([
      [1, '616263'],
      [10, '07'],
    ]);
    expect(header?.length).toBe(12 + block.length);
  });

  test('padding that claims more than there is spoils the packet', () => {
    expect(unpadded(Buffer.from([1, 2, 0, 0, 3]), true)).toEqual(Buffer.from([1, 2]));
    expect(unpadded(Buffer.from([1, 9]), true)).toBeNull();
    expect(unpadded(Buffer.alloc(0), true)).toBeNull();
  });

  test('key frames of VP8 and H264 are known by their first octets', () => {
    expect(beginsKeyframe('video/VP8', Buffer.from([0x10, 0x00]))).toBe(true);
    expect(beginsKeyframe('video/VP8', Buffer.from([0x10, 0x01]))).toBe(false);
    expect(beginsKeyframe('video/VP8', Buffer.from([0x90, 0x80, 0x81, 0x02, 0x00]))).toBe(true);
    expect(beginsKeyframe('video/H264', Buffer.from([0x67]))).toBe(true);
    expect(beginsKeyframe('video/H264', Buffer.from([0x78, 0, 2, 0x67, 0]))).toBe(true);
    expect(beginsKeyframe('video/H264', Buffer.from([0x7c, 0x85]))).toBe(true);
    expect(beginsKeyframe('video/H264', Buffer.from([0x7c, 0x05]))).toBe(false);
    expect(beginsKeyframe('video/H264', Buffer.from([0x61]))).toBe(false);
  });

  test('what is told as lost is what is read as lost, over the wrap-around', () => {
    const distinct = fc.uniqueArray(fc.integer({ min: 65_000, max: 66_000 }), {
      minLength: 1,
      maxLength: 50,
    });
    fc.assert(
      fc.property(distinct, (numbers) => {
        const inOrder = numbers.toSorted((a, b) => a - b);
        const sequences = inOrder.map((number) => number % 65_536);
        expect(readRtcp(tellLost(1, 2, inOrder))).toEqual([{ kind: 'lost', ssrc: 2, sequences }]);
      }),
    );
    expect(readRtcp(askKeyframe(1, 2))).toEqual([{ kind: 'keyframe asked', ssrc: 2 }]);
  });

  test('arrivals are told in whole words, with the gaps between them', () => {
    const packet = tellArrivals(1, 2, 3, [
      [10, 1_000],
      [11, 1_005],
      [14, 1_200],
    ]);
    expect(packet.length % 4).toBe(0);
    expect(packet.readUInt16BE(2)).toBe(packet.length / 4 - 1);
    expect(packet.readUInt16BE(12)).toBe(10);
    expect(packet.readUInt16BE(14)).toBe(5);
    // Small, small, lost, lost, large; then what is left of the vector.
    expect(packet.readUInt16BE(20)).toBe(0b11_01_01_00_00_10_00_00);
  });
});

describe('sealing', () => {
  const [key, other] = [Buffer.alloc(16, 1), Buffer.alloc(16, 2)];

  test.each<SrtpProfile>([1, 7])(
    'profile %i: opened once, by whoever has the key, over the wrap-around',
    (profile) => {
      const salt = Buffer.alloc(profile === 7 ? 12 : 14, 3);
      const sender = new SrtpSender(key, salt, profile);
      const receiver = new SrtpReceiver(key, salt, profile);
      for (const number of [65_534, 65_535, 65_536, 65_537]) {
        const header = writeRtpHeader({ ...head, sequence: number & 0xffff }, Buffer.alloc(0));
        const datagram = sender.rtp(header, Buffer.from(`packet ${number}`), head.ssrc, number);
        expect(new SrtpReceiver(other, salt, profile).rtp(datagram, 12)).toBeNull();
        expect(receiver.rtp(datagram, 12)).toEqual({ payload: Buffer.from(`packet ${number}`), number });
        expect(receiver.rtp(datagram, 12)).toBeNull();
      }
      const report = sender.rtcp(askKeyframe(1, 2));
      expect(receiver.rtcp(report)).toEqual(askKeyframe(1, 2));
      expect(receiver.rtcp(report)).toBeNull();
      const changed = Buffer.from(sender.rtcp(askKeyframe(1, 2)));
      changed[9] = changed[9]! ^ 1;
      expect(receiver.rtcp(changed)).toBeNull();
    },
  );
});

describe('binding requests', () => {
  const request = bindingRequest(credentials);

  test('one that is genuine is read and answered with a sum that fits', () => {
    const read = readBindingRequest(request)!;
    expect(read).toMatchObject({
      fragment: credentials.usernameFragment,
      isNominating: true,
      isControlled: false,
    });
    expect(isGenuine(read, credentials.password)).toBe(true);
    expect(isGenuine(read, 'another')).toBe(false);
    const answer = bindingAnswer(read, credentials.password, '192.0.2.1', 32_853);
    expect(answer.readUInt16BE(0)).toBe(0x0101);
    // RFC 5769, 2.2: this address and port, as they are hidden.
    expect(answer.subarray(20, 32).toString('hex')).toBe('002000080001a147e112a643');
  });

  test('what stands behind the integrity does not count', () => {
    const forged = Buffer.concat([request, Buffer.from([0x80, 0x29, 0, 0])]);
    forged.writeUInt16BE(forged.length - 20, 2);
    expect(readBindingRequest(forged)?.isControlled).toBe(false);
  });
});

describe('handshake messages in pieces', () => {
  const body = Buffer.from(Array.from({ length: 300 }, (_, at) => at & 0xff));
  const record = (from: number, to: number): Buffer => {
    const bytes = Buffer.alloc(25);
    bytes[0] = 22;
    bytes.writeUInt16BE(12 + to - from, 11);
    bytes[13] = 1;
    bytes.writeUIntBE(body.length, 14, 3);
    bytes.writeUIntBE(from, 19, 3);
    bytes.writeUIntBE(to - from, 22, 3);
    return Buffer.concat([bytes, body.subarray(from, to)]);
  };

  test('are joined in whatever order and however often they come', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 299 }), { maxLength: 6 });
    fc.assert(
      fc.property(cuts, fc.infiniteStream(fc.nat()), (at, draws) => {
        const edges = [0, ...at.toSorted((a, b) => a - b), 300];
        const pieces = edges.slice(1).map((to, index) => record(edges[index]!, to));
        const next = (): number => Number(draws.next().value);
        const shuffled = [...pieces, ...pieces.slice(0, 2)]
          .map((piece) => [next(), piece] as const)
          .toSorted(([a], [b]) => a - b);
        const reader = new RecordReader();
        const whole = shuffled.flatMap(([, piece]) => reader.read(piece));
        expect(whole.length).toBeGreaterThanOrEqual(1);
        for (const one of whole) expect(one.bytes.subarray(25)).toEqual(body);
        expect(whole[0]?.beginsHandshake).toBe(true);
      }),
    );
  });
});
