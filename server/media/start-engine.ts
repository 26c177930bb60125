import { availableParallelism } from 'node:os';

import { startEmbeddedEngine } from './embedded/engine.ts';
import type { ThreadedEngine } from './engine-thread.ts';
import type { EngineOptions, MediaEngine } from './engine.ts';
import { startMediasoupEngine } from './mediasoup/engine.ts';
import { isWorkerPresent } from './mediasoup/worker-binary.ts';

/**
 * Of one megabit each, on one core with rest left for the next key frame: of 300 at an embedded engine some waited 0.4 s, and 500 at one
 * of mediasoup 7 ms (`npm run bench:media`, `npm run bench:cascade`; docs/MEDIA.md).
 */
const VIEWERS_PER_CORE = { embedded: 200, mediasoup: 500 };

/** How many viewers of one megabit an engine of this machine carries. The embedded one has one core, however many there are. */
export function viewersOf(engine: MediaEngine['name']): number {
  return VIEWERS_PER_CORE[engine] * (engine === 'mediasoup' ? availableParallelism() : 1);
}

/** `auto`: mediasoup where its worker is there and runs on this machine, else the embedded one. */
export type EngineWish = 'auto' | MediaEngine['name'];

/** Starts the engine that is wished for. Throws where its ports cannot be had, or it is named and cannot run here. */
export async function startEngine(wish: EngineWish, options: EngineOptions): Promise<ThreadedEngine> {
  if (wish === 'embedded' || (wish === 'auto' && !isWorkerPresent()))
    return await startEmbeddedEngine(options);
  try {
    return await startMediasoupEngine(options);
  } catch (error) {
    if (wish === 'mediasoup') throw error;
    // A worker of another machine, say. Where it is the port that is missing, the other one says so too.
    return await startEmbeddedEngine(options);
  }
}
