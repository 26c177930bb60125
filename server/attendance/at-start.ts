import type { Instant } from '../../domain/time.ts';
import type { Operator } from '../access/gate.ts';
import type { Context } from '../platform/context.ts';
import type { Check } from '../platform/health.ts';
import type { StartJob } from '../platform/jobs.ts';
import { sessionsBetween } from '../schedule/queries.ts';
import { ledgerOf } from './ledger.ts';
import { liveSession } from './live.ts';

/** From so long before a session until so long after it, its machines are on their way. */
const AROUND_MS = 2 * 3_600_000;

/** What makes check-ins quick from the first one on. */
export interface Opened {
  readonly job: StartJob;
  /** In the way of readiness until the job is done, well or not: a look at it waits for that. */
  readonly check: Check;
}

/**
 * Reads after a start what the first check-in would have to wait for, seconds where the ledger has a million events: the heads of
 * all chains, and the book of every session that is on.
 */
export function openAtStart(operator: (context: Context) => Operator): Opened {
  const done = Promise.withResolvers<undefined>();
  return {
    job(context) {
      let isStopping = false;
      const failed = (error: unknown): void => context.log.error({ err: error }, 'books were not opened');
      const opening = openBooks(context, operator(context), () => isStopping)
        .catch(failed)
        .finally(() => done.resolve(undefined));
      return {
        async stop() {
          isStopping = true;
          await opening;
        },
      };
    },
    check: {
      name: 'books',
      async look() {
        await done.promise;
        return { ok: true };
      },
    },
  };
}

async function openBooks(context: Context, operator: Operator, isStopping: () => boolean): Promise<void> {
  const now = context.clock();
  const [from, to] = [(now - AROUND_MS) as Instant, (now + AROUND_MS) as Instant];
  const sessions = await sessionsBetween(context, from, to);
  if (sessions.length === 0) return;
  const openEach = async (): Promise<void> => {
    for (const { conference, id } of sessions) {
      if (isStopping()) return;
      const scope = await operator.conference(conference);
      if (scope.ok) await liveSession(context, scope.value, id);
    }
  };
  // Side by side: the heads are SQLite's work, a book is mostly ours.
  await Promise.all([ledgerOf(context.database).readAhead(), openEach()]);
}
