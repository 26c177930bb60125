import { isIPv6 } from 'node:net';
import { availableParallelism } from 'node:os';

import { startEngineThread, type ThreadedEngine } from '../engine-thread.ts';
import type { EngineOptions } from '../engine.ts';
import type { CoreOptions } from './cores.ts';
import { workerBinary } from './worker-binary.ts';

/** What mediasoup is told beside what every engine is: on how many cores of the machine it forwards, each with a port of its own. */
export interface MediasoupOptions extends EngineOptions {
  readonly cores?: number;
}

/**
 * Starts mediasoup: a native worker for each core, each on the port after the last one's, over UDP and TCP. What directs them runs in a
 * thread. A worker that dies takes with it what stood on its core, and is started again. Throws where there is no worker, or a port cannot
 * be had.
 */
export function startMediasoupEngine(options: MediasoupOptions): Promise<ThreadedEngine> {
  const told: CoreOptions = {
    ...options,
    cores: options.cores ?? availableParallelism(),
    workerBin: workerBinary(),
  };
  const carries = { simulcast: true, tcp: true, ipv6: options.announced.some(({ ip }) => isIPv6(ip)) };
  return startEngineThread(new URL('./worker.ts', import.meta.url), { name: 'mediasoup', carries }, told);
}
