import { expect, test } from 'vitest';

import { Handshake, makeCertificate } from '../../../server/media/embedded/handshake.ts';
import { drawing } from './draw.ts';
import { makeIdentity, fingerprintOf, shakeHands } from './peer.ts';

test('12,000 mutated records of a handshake neither throw nor leave a rejection that would end the thread', async () => {
  const [certificate, identity] = [await makeCertificate(), await makeIdentity()];
  const expected = [fingerprintOf(identity)];
  const corpus: Buffer[] = [];
  let current: Handshake;
  const honest = (): Promise<boolean> =>
    new Promise((resolve) => {
      const peer = shakeHands(identity, (datagram) => {
        corpus.push(datagram);
        queueMicrotask(() => current.receive(datagram));
      });
      current = new Handshake(certificate, expected, {
        send: (datagram) => queueMicrotask(() => peer.receive(Buffer.from(datagram))),
        onSecured: () => resolve(true),
        onRefused: () => resolve(false),
        onClosed: () => undefined,
      });
      peer.begin();
    });
  expect(await honest()).toBe(true);
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);
  process.on('unhandledRejection', note);
  const draw = drawing(7);
  const recorded = corpus.slice();
  for (let round = 0; round < 120; round += 1) {
    const handshake = new Handshake(certificate, expected, {
      send: () => undefined,
      onSecured: () => undefined,
      onRefused: () => undefined,
      onClosed: () => undefined,
    });
    for (let count = 0; count < 100; count += 1) {
      let datagram = Buffer.from(recorded[count < 2 ? count % recorded.length : draw(recorded.length)]!);
      const changes = draw(4);
      if (changes === 0) datagram = datagram.subarray(0, draw(datagram.length + 1));
      // Behind the headers of record and message: a length that is wrong is refused before it is looked at.
      for (let change = 0; change < changes; change += 1) {
        datagram[Math.min(datagram.length - 1, draw(2) === 0 ? draw(datagram.length) : 25 + draw(120))] =
          draw(256);
      }
      handshake.receive(datagram);
    }
    await new Promise((resolve) => void setTimeout(resolve, 1));
    handshake.close();
  }
  await new Promise((resolve) => void setImmediate(resolve));
  process.off('unhandledRejection', note);
  expect(unhandled.map(String)).toEqual([]);
  expect(await honest()).toBe(true);
});
