import { afterEach, beforeEach, expect, test } from 'vitest';

import type { EngineNotice, TransportOffer } from '../../../server/media/engine.ts';
import { startRouter, type Router } from '../../../server/media/embedded/router.ts';
import { drawing } from './draw.ts';
import { bindingRequest, connectPeer, fingerprintOf, makeIdentity, type Identity } from './peer.ts';

let router: Router;
let notices: EngineNotice[];
const peers: { close(): void }[] = [];

beforeEach(async () => {
  notices = [];
  router = await startRouter(
    {
      listenIp: '127.0.0.1',
      port: 0,
      announced: [{ ip: '127.0.0.1' }],
      most: { transports: 3, streamsPerTransport: 2 },
    },
    (notice) => notices.push(notice),
  );
});
afterEach(() => {
  for (const peer of peers.splice(0)) peer.close();
  router.close();
});

function transport(): TransportOffer {
  const answer = router.calls.createTransport();
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
}

async function connect(offer: TransportOffer, identity: Identity) {
  const fingerprints = [fingerprintOf(identity)];
  router.calls.connectTransport({ transport: offer.id, dtlsParameters: { role: 'client', fingerprints } });
  const peer = await connectPeer(offer, identity);
  peers.push(peer);
  return peer;
}

test('12,000 mutated datagrams neither throw nor keep an honest peer out', async () => {
  const identity = await makeIdentity();
  const first = transport();
  const { sent } = await connect(first, identity);
  await expect.poll(() => notices.length).toBe(1);
  const victim = transport();
  const fingerprints = [{ algorithm: 'sha-256' as const, value: '00' }];
  router.calls.connectTransport({ transport: victim.id, dtlsParameters: { role: 'client', fingerprints } });
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);
  process.on('unhandledRejection', note);
  const draw = drawing(42);
  const from = { ip: '127.0.0.1', port: 9 };
  router.receive(bindingRequest(victim.iceParameters), from);
  const rtp = Buffer.concat([Buffer.from([0x90, 101]), Buffer.alloc(60, 7)]);
  const corpus = [...sent, bindingRequest(victim.iceParameters), rtp];
  for (let count = 0; count < 12_000; count += 1) {
    let datagram = Buffer.from(corpus[draw(corpus.length)]!);
    const changes = draw(5);
    if (changes === 0) datagram = datagram.subarray(0, draw(datagram.length + 1));
    for (let change = 0; change < changes; change += 1) datagram[draw(datagram.length)] = draw(256);
    router.receive(datagram, from);
    if (count % 500 === 0) await new Promise((resolve) => void setImmediate(resolve));
  }
  await new Promise((resolve) => void setImmediate(resolve));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
  const honest = transport();
  await connect(honest, identity);
  await expect.poll(() => notices.at(-1)).toEqual({ notice: 'transport connected', transport: honest.id });
});
