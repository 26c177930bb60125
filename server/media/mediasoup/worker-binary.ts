import { accessSync, constants } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where mediasoup's worker is looked for: what `MEDIASOUP_WORKER_BIN` names, else where the package itself puts it. */
export function workerBinary(env = process.env): string {
  const named = env['MEDIASOUP_WORKER_BIN'];
  if (named !== undefined && named !== '') return named;
  const program = dirname(fileURLToPath(import.meta.resolve('mediasoup')));
  return join(program, '..', '..', 'worker', 'out', 'Release', 'mediasoup-worker');
}

/** Whether there is a worker that may be run. Whether it runs on this machine is seen when it is started. */
export function isWorkerPresent(env = process.env): boolean {
  try {
    accessSync(workerBinary(env), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
