/* The thread of the embedded engine: what else the server does must not become jitter. */
import { workerData } from 'node:worker_threads';

import { serve } from '../engine-thread.ts';
import type { EngineOptions } from '../engine.ts';
import { startRouter } from './router.ts';

await serve((tell) => startRouter(workerData as EngineOptions, tell));
