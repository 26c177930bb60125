import type { types } from 'mediasoup-client';

import { downKbps, steadyOf, upKbps, type LineCounts } from '../../../domain/media/measuring.ts';
import type { LineMeasures } from '../../../domain/media/line-test.ts';
import { askMedia, tellMedia } from '../media/asking.ts';
import { deviceFor, openTransport, type EngineCapabilities, type EngineDevice } from '../media/transport.ts';
import type { Place } from './place.ts';
import { openPattern } from './pattern.ts';
import { pause } from './pausing.ts';
import { countsOf } from './statistics.ts';

/** More than is needed: what a line carries beyond it is not asked for. */
const MOST_BPS = 3_000_000;
/** What a line has to carry in a session, at rest. */
const STEADY_BPS = 1_000_000;
/** What comes back is taken so many times, so that a line whose way up is narrow shows how wide its way down is. */
const MOST_COPIES = 6;
const COUNT_EVERY_MS = 1000;

/** The server carries no pictures at the moment. */
export class NoMedia extends Error {
  override readonly name = 'NoMedia';
}

/** The way to the engine and back, alone: nobody else sees what goes over it. */
export interface TestLine {
  up(ms: number, signal: AbortSignal): Promise<Pick<LineMeasures, 'upKbps'>>;
  down(ms: number, signal: AbortSignal): Promise<Pick<LineMeasures, 'downKbps'>>;
  steady(ms: number, signal: AbortSignal): Promise<Pick<LineMeasures, 'loss' | 'jitterMs' | 'delayMs'>>;
  close(): void;
}

/** Opens it. Throws `NoMedia`, or what asking throws. */
export async function openTestLine(place: Place): Promise<TestLine> {
  const { engine, rtpCapabilities } = await askMedia('media:join-test', place);
  if (engine?.isRunning !== true || rtpCapabilities === null) throw new NoMedia('no engine');
  const device = await deviceFor(rtpCapabilities);
  const pattern = openPattern();
  const sending = await openTransport(device, 'send', () => undefined);
  const producer = await sending.produce({
    track: pattern.track,
    stopTracks: false,
    encodings: [{ maxBitrate: MOST_BPS }],
    codecOptions: { videoGoogleStartBitrate: 1500 },
    appData: { source: 'camera' },
  });
  await keepSize(producer.rtpSender);
  // Opened once something is to come in over it: an engine closes what nobody greets it over within seconds.
  let receiving: types.Transport | null = null;
  const copies: types.Consumer[] = [];
  let rate: number | null = null;

  async function limit(maxBitrate: number): Promise<void> {
    await producer.setRtpEncodingParameters({ maxBitrate });
  }
  async function take(wanted: number): Promise<void> {
    while (copies.length > wanted) {
      const copy = copies.pop();
      if (copy === undefined) break;
      copy.close();
      tellMedia('media:close-consumer', { consumer: copy.id });
    }
    if (copies.length >= wanted) return;
    const way = (receiving ??= await openTransport(device, 'receive', () => undefined));
    while (copies.length < wanted) copies.push(await consume(device, way, producer.id));
  }
  async function count(ms: number, signal: AbortSignal): Promise<LineCounts[]> {
    const counts: LineCounts[] = [];
    const until = performance.now() + ms;
    // A way that is gone for good has closed itself: what was counted on it says nothing.
    while (performance.now() < until) {
      if (sending.closed || receiving?.closed === true) return [];
      const both = [await sending.getStats(), ...(receiving === null ? [] : [await receiving.getStats()])];
      counts.push(countsOf(both, performance.now()));
      await pause(COUNT_EVERY_MS, signal);
    }
    return counts;
  }
  return {
    async up(ms, signal) {
      await take(0);
      await limit(MOST_BPS);
      rate = upKbps(await count(ms, signal));
      return { upKbps: rate };
    },
    async down(ms, signal) {
      const each = Math.min(STEADY_BPS / 1000, rate ?? STEADY_BPS / 1000);
      await limit(STEADY_BPS);
      await take(Math.min(MOST_COPIES, Math.max(1, Math.ceil(MOST_BPS / 1000 / Math.max(1, each)))));
      return { downKbps: downKbps(await count(ms, signal)) };
    },
    async steady(ms, signal) {
      await limit(STEADY_BPS);
      await take(1);
      return steadyOf(await count(ms, signal));
    },
    close() {
      pattern.close();
      sending.close();
      receiving?.close();
      tellMedia('media:leave', {});
    },
  };
}

/** Firefox sends a picture that it has made smaller at no more than half a megabit, and never makes one of chance larger again. */
async function keepSize(sender: RTCRtpSender | undefined): Promise<void> {
  const parameters = sender?.getParameters();
  if (parameters === undefined) return;
  await sender?.setParameters(Object.assign(parameters, { degradationPreference: 'maintain-resolution' }));
}

async function consume(
  device: EngineDevice,
  receiving: types.Transport,
  producer: string,
): Promise<types.Consumer> {
  const offer = await askMedia('media:consume', {
    transport: receiving.id,
    producer,
    rtpCapabilities: device.recvRtpCapabilities as EngineCapabilities,
    isPaused: true,
  });
  const consumer = await receiving.consume({
    id: offer.consumer,
    producerId: producer,
    kind: offer.kind,
    rtpParameters: offer.rtpParameters as types.RtpParameters,
  });
  await askMedia('media:resume', { consumer: consumer.id });
  return consumer;
}
