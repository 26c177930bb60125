import type { Consumer, Producer } from 'mediasoup/types';

import type { EngineStatistics } from '../engine.ts';

type Counted = Omit<EngineStatistics, 'transports' | 'producers' | 'consumers'>;

const NOTHING: Counted = {
  packetsIn: 0,
  packetsOut: 0,
  bytesOut: 0,
  retransmitted: 0,
  keyframesAsked: 0,
  refused: 0,
};
/** Each stream is a question to a worker: what is asked more often is answered from the last time. */
const FRESH_MS = 5_000;

function add(one: Counted, other: Counted): Counted {
  return {
    packetsIn: one.packetsIn + other.packetsIn,
    packetsOut: one.packetsOut + other.packetsOut,
    bytesOut: one.bytesOut + other.bytesOut,
    retransmitted: one.retransmitted + other.retransmitted,
    keyframesAsked: one.keyframesAsked + other.keyframesAsked,
    refused: one.refused + other.refused,
  };
}

async function countProducer(producer: Producer): Promise<Counted> {
  let counted = NOTHING;
  for (const { packetCount, pliCount, firCount, packetsDiscarded } of await producer.getStats()) {
    counted = add(counted, {
      ...NOTHING,
      packetsIn: packetCount,
      keyframesAsked: pliCount + firCount,
      refused: packetsDiscarded,
    });
  }
  return counted;
}

async function countConsumer(consumer: Consumer): Promise<Counted> {
  let counted = NOTHING;
  for (const { type, packetCount, byteCount, packetsRetransmitted } of await consumer.getStats()) {
    if (type !== 'outbound-rtp') continue;
    counted = add(counted, {
      ...NOTHING,
      packetsOut: packetCount,
      bytesOut: byteCount,
      retransmitted: packetsRetransmitted,
    });
  }
  return counted;
}

/**
 * What went through, since the start. Workers count for each stream as long as it is there, so that what went through after the last
 * question and before its end is missing. Packets whose seal is broken they drop without counting.
 */
export function createCount() {
  const seen = new Map<string, Counted>();
  let ended = NOTHING;
  let lastAt = -Infinity;
  let last: Promise<Counted> = Promise.resolve(NOTHING);
  const take = async (producers: readonly Producer[], consumers: readonly Consumer[]): Promise<Counted> => {
    const note = async (id: string, asked: Promise<Counted>): Promise<void> => {
      try {
        seen.set(id, await asked);
      } catch {
        // It was closed meanwhile; what was last seen of it stays.
      }
    };
    await Promise.all([
      ...producers.map((producer) => note(producer.id, countProducer(producer))),
      ...consumers.map((consumer) => note(consumer.id, countConsumer(consumer))),
    ]);
    const here = new Set([...producers, ...consumers].filter(({ closed }) => !closed).map(({ id }) => id));
    for (const [id, counted] of seen) {
      if (here.has(id)) continue;
      ended = add(ended, counted);
      seen.delete(id);
    }
    return [...seen.values()].reduce(add, ended);
  };
  return (producers: readonly Producer[], consumers: readonly Consumer[]): Promise<Counted> => {
    if (performance.now() - lastAt < FRESH_MS) return last;
    lastAt = performance.now();
    last = take(producers, consumers);
    return last;
  };
}
