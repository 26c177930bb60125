import { listen, type Change } from '../attendance/live.ts';
import type { Context } from '../platform/context.ts';
import { again, type RunningJob, type StartJob } from '../platform/jobs.ts';
import { signCheckpoint } from './commands.ts';

/** When bridges close one after the other, those of one second share a checkpoint: each stands in every export for ever. */
const CLOSE_EVERY_MS = 1000;
/** People look at lists every day of a year: where nothing but that was entered, a checkpoint may wait so long. */
const TRAIL_EVERY_MS = 15 * 60_000;

/**
 * Signs checkpoints by itself: every so many seconds while something is written, right after a bridge closes and after
 * whatever comes to a closed one, and at the end. Each covers the audit trail too. What a server that was killed left unsigned is signed at the next start.
 */
export function signCheckpoints(everySeconds: number): StartJob {
  return (context: Context): RunningJob => {
    let signedAt = -Infinity;
    let trailSignedAt = -Infinity;

    async function sign(trail = performance.now() >= trailSignedAt + TRAIL_EVERY_MS): Promise<void> {
      await signCheckpoint(context, undefined, trail);
      signedAt = performance.now();
      if (trail) trailSignedAt = signedAt;
    }

    /** On the way of every check-in: no more than a look at what it is. */
    function note({ live, news }: Change): void {
      const isUrgent = (news ?? []).some(({ recorded: { event } }) => {
        if (event.kind === 'close' || event.kind === 'void') return true;
        return live.book.isLate(event.id);
      });
      if (isUrgent) job.soon(Math.max(0, signedAt + CLOSE_EVERY_MS - performance.now()));
    }

    const job = again(
      () => sign(),
      everySeconds * 1000,
      (error) => context.log.error({ err: error }, 'no checkpoint was signed'),
    );
    const stopListening = listen(context.database, note);
    return {
      async stop() {
        stopListening();
        await job.stop();
        await sign(true).catch((error: unknown) =>
          context.log.error({ err: error }, 'no checkpoint was signed'),
        );
      },
    };
  };
}
