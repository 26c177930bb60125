import { startEmbeddedEngine } from '../../../server/media/embedded/engine.ts';
import type { ThreadedEngine } from '../../../server/media/engine-thread.ts';
import type { EngineOptions } from '../../../server/media/engine.ts';
import { startMediasoupEngine } from '../../../server/media/mediasoup/engine.ts';
import { isWorkerPresent } from '../../../server/media/mediasoup/worker-binary.ts';

/** Both engines, for what every engine has to do; `missing` says why one cannot be tested on this machine. */
export const ENGINES: readonly {
  readonly name: string;
  readonly missing: string | null;
  /** How it is started; `cores` says more of mediasoup than of the other, which has one thread. */
  readonly start: (options: EngineOptions, cores?: number) => Promise<ThreadedEngine>;
}[] = [
  { name: 'embedded', missing: null, start: startEmbeddedEngine },
  {
    name: 'mediasoup',
    missing: isWorkerPresent()
      ? null
      : 'there is no worker of mediasoup here: npm run media:worker fetches one',
    // Two cores, so that whoever produces and whoever sees stand on different ones.
    start: (options, cores = 2) => startMediasoupEngine({ ...options, cores }),
  },
];
