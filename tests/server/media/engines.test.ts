import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { ThreadedEngine } from '../../../server/media/engine-thread.ts';
import type { EngineNotice, TransportOffer } from '../../../server/media/engine.ts';
import { ENGINES } from './engines.ts';
import { got } from './feed.ts';
import { connectPeer, fingerprintOf, forge, makeIdentity, type Identity } from './peer.ts';

const VP8 = {
  codecs: [{ mimeType: 'video/VP8' as const, payloadType: 96, clockRate: 90_000 }],
  encodings: [{ ssrc: 1 }],
};

describe.for(ENGINES)('$name', ({ missing, start }) => {
  let engine: ThreadedEngine;
  let notices: EngineNotice[];
  const peers: { close(): void }[] = [];

  beforeEach(async ({ skip }) => {
    if (missing !== null) skip(missing);
    notices = [];
    engine = await start({
      listenIp: '127.0.0.1',
      port: 0,
      announced: [{ ip: '127.0.0.1' }],
      most: { transports: 3, streamsPerTransport: 2 },
    });
    engine.listen((notice) => notices.push(notice));
  });
  afterEach(async () => {
    for (const peer of peers.splice(0)) peer.close();
    await engine?.close();
  });

  async function connect(offer: TransportOffer, said: Identity, shown: Identity): Promise<void> {
    const fingerprints = [fingerprintOf(said)];
    const transport = offer.id;
    got(await engine.connectTransport({ transport, dtlsParameters: { role: 'client', fingerprints } }));
    peers.push(await connectPeer(offer, shown));
  }

  test('an honest peer is let in', async () => {
    const identity = await makeIdentity();
    const offer = got(await engine.createTransport());
    await connect(offer, identity, identity);
    await expect.poll(() => notices).toEqual([{ notice: 'transport connected', transport: offer.id }]);
  });

  test('a peer that shows another certificate than its signalling said is refused', async () => {
    const offer = got(await engine.createTransport());
    await connect(offer, await makeIdentity(), await makeIdentity());
    const why = 'handshake refused';
    await expect.poll(() => notices).toEqual([{ notice: 'transport closed', transport: offer.id, why }]);
  });

  test('a peer that shows a certificate whose key it does not have is refused', async () => {
    const identity = await makeIdentity();
    const offer = got(await engine.createTransport());
    await connect(offer, identity, await forge(identity));
    const why = 'handshake refused';
    await expect.poll(() => notices).toEqual([{ notice: 'transport closed', transport: offer.id, why }]);
  });

  test('no more transports and streams than were allowed, even asked for at once', async () => {
    const made = await Promise.all([1, 2, 3, 4].map(() => engine.createTransport()));
    expect(made.filter(({ ok }) => ok)).toHaveLength(3);
    expect(made.at(-1)).toEqual({ ok: false, reason: 'too many' });
    const { id: transport } = got(made[0]!);
    const produced = await Promise.all(
      [1, 2, 3].map((ssrc) =>
        engine.produce({ transport, kind: 'video', rtpParameters: { ...VP8, encodings: [{ ssrc }] } }),
      ),
    );
    expect(produced.map(({ ok }) => ok)).toEqual([true, true, false]);
    const { id: producer } = got(produced[0]!);
    got(await engine.closeProducer({ producer }));
    expect(await engine.produce({ transport, kind: 'video', rtpParameters: VP8 })).toMatchObject({
      ok: true,
    });
    got(await engine.closeTransport({ transport }));
    expect(await engine.createTransport()).toMatchObject({ ok: true });
  });

  test('a transport is connected once, and only by a client', async () => {
    const { id: transport } = got(await engine.createTransport());
    const fingerprints = [{ algorithm: 'sha-256' as const, value: '00' }];
    const ask = (role: 'client' | 'server') =>
      engine.connectTransport({ transport, dtlsParameters: { role, fingerprints } });
    expect(await ask('server')).toEqual({ ok: false, reason: 'unsupported' });
    expect(await ask('client')).toEqual({ ok: true, value: null });
    expect(await ask('client')).toEqual({ ok: false, reason: 'already connected' });
  });

  test('what it does not know, or does not carry, it says', async () => {
    const none = { ok: false, reason: 'not found' };
    const unsupported = { ok: false, reason: 'unsupported' };
    const rtpCapabilities = got(await engine.capabilities());
    expect(await engine.restartIce({ transport: 'x' })).toEqual(none);
    expect(await engine.closeTransport({ transport: 'x' })).toEqual(none);
    expect(await engine.closeProducer({ producer: 'x' })).toEqual(none);
    expect(await engine.closeConsumer({ consumer: 'x' })).toEqual(none);
    expect(await engine.pauseConsumer({ consumer: 'x' })).toEqual(none);
    expect(await engine.resumeConsumer({ consumer: 'x' })).toEqual(none);
    expect(await engine.preferLayers({ consumer: 'x', spatialLayer: 0 })).toEqual(none);
    const { id: transport } = got(await engine.createTransport());
    const asked = { transport, rtpCapabilities, isPaused: false };
    expect(await engine.consume({ ...asked, producer: 'x' })).toEqual(none);
    const codecs = [{ mimeType: 'video/VP9' as const, payloadType: 96, clockRate: 90_000 }];
    const rtpParameters = { codecs, encodings: [{ ssrc: 1 }] };
    expect(await engine.produce({ transport, kind: 'video', rtpParameters })).toEqual(unsupported);
    expect(await engine.produce({ transport, kind: 'audio', rtpParameters: VP8 })).toEqual(unsupported);
    const { id: producer } = got(await engine.produce({ transport, kind: 'video', rtpParameters: VP8 }));
    const deaf = { ...asked, producer, rtpCapabilities: { codecs: [], headerExtensions: [] } };
    expect(await engine.consume(deaf)).toEqual(unsupported);
    const consumed = got(await engine.consume({ ...asked, producer }));
    expect(consumed).toMatchObject({ producer, kind: 'video' });
    const preferred = await engine.preferLayers({ consumer: consumed.id, spatialLayer: 0 });
    expect(preferred).toEqual({ ok: true, value: null });
  });

  test('whoever sees a producer that ends with its transport is told', async () => {
    const rtpCapabilities = got(await engine.capabilities());
    const [hall, viewer] = [got(await engine.createTransport()), got(await engine.createTransport())];
    const made = { transport: hall.id, kind: 'video', rtpParameters: VP8 } as const;
    const { id: producer } = got(await engine.produce(made));
    const asked = { transport: viewer.id, producer, rtpCapabilities, isPaused: false };
    const { id: consumer } = got(await engine.consume(asked));
    expect(await engine.statistics()).toMatchObject({
      value: { transports: 2, producers: 1, consumers: 1 },
    });
    got(await engine.closeTransport({ transport: hall.id }));
    const told = { notice: 'consumer closed', consumer, transport: viewer.id };
    await expect.poll(() => notices).toEqual([told]);
    expect(await engine.statistics()).toMatchObject({
      value: { transports: 1, producers: 0, consumers: 0 },
    });
  });

  test('what it had is gone when its thread ends, and it is back on the same port', async () => {
    const before = got(await engine.createTransport());
    await engine.kill();
    expect(await engine.createTransport()).toEqual({ ok: false, reason: 'engine gone' });
    await expect
      .poll(() => notices.map(({ notice }) => notice), { timeout: 10_000 })
      .toEqual(['gone', 'back']);
    expect(await engine.closeTransport({ transport: before.id })).toMatchObject({ reason: 'not found' });
    expect(await engine.createTransport()).toMatchObject({ ok: true });
  });
});
