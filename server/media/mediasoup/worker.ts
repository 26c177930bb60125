/* The thread that directs mediasoup's workers: thousands of lines' events are no load of the server's own loop. */
import { workerData } from 'node:worker_threads';

import { serve } from '../engine-thread.ts';
import type { CoreOptions } from './cores.ts';
import { startRouter } from './router.ts';

await serve((tell) => startRouter(workerData as CoreOptions, tell));
