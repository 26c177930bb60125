import type { RequestListener } from 'node:http';

import type { Config } from './config.ts';
import type { ConnectionBounds } from './connections.ts';
import { createFront } from './front.ts';
import {
  backupCheck,
  certificateCheck,
  diskCheck,
  readinessOf,
  type Check,
  type Readiness,
  type Stage,
} from './health.ts';
import { startListening, trustedOf, type Listening } from './listening.ts';
import { createMetrics, type MetricsParts } from './metrics.ts';
import type { Tell } from './storage-trouble.ts';

/** What a server is to those who watch over it, from the moment it listens until it has ended. */
export interface Operation {
  readonly listening: Listening;
  /** Everything is there: requests go to the application from now on. */
  serve(app: RequestListener, checks: readonly Check[], sockets: MetricsParts['sockets']): void;
  /** Balancers send nobody here any more. */
  stopping(): void;
  readiness(): Promise<Readiness>;
  close(): Promise<void>;
}

const THIS_MACHINE = { from: ['127.0.0.1', '::1'], token: null };

/** Not the clock of the conference, which a test or the demo may hold still: certificates and backups are of this day. */
const clock = (): number => Date.now();
const none: MetricsParts['sockets'] = () => ({ open: 0, watching: 0, inWork: 0 });

/** Listens, and answers that the server starts until there is more to say. */
export async function startOperation(
  config: Config,
  tell: Tell,
  bounds: ConnectionBounds,
): Promise<Operation> {
  let stage: Stage = 'starting';
  let serving: RequestListener | null = null;
  let sockets: MetricsParts['sockets'] = none;
  const checks: Check[] = [diskCheck(config.data)];
  const { backups } = config;
  if (backups !== undefined) checks.push(backupCheck(backups.folder, backups.everyMs, clock));

  const readiness = readinessOf(() => stage, checks);
  const metrics = createMetrics({ readiness, sockets: () => sockets() });
  let listening: Listening | undefined;
  const front = createFront({
    stage: () => stage,
    readiness,
    metrics,
    readers: config.metrics ?? THIS_MACHINE,
    trusted: () =>
      listening === undefined ? null : trustedOf(listening.certificate, config.publicUrl ?? listening.url),
    app: () => serving,
  });
  try {
    listening = await startListening(config, front, { tell, clock, bounds });
  } catch (error) {
    metrics.close();
    throw error;
  }
  const { certificate } = listening;
  if (certificate !== null) checks.push(certificateCheck(() => certificate.current().validUntil, clock));

  const open = listening;
  return {
    listening: open,
    serve(app, more, counts) {
      checks.push(...more);
      serving = app;
      sockets = counts;
      stage = 'serving';
    },
    stopping: () => void (stage = 'stopping'),
    readiness,
    async close() {
      await open.close();
      metrics.close();
    },
  };
}
