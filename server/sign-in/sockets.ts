import type { Instant } from '../../domain/time.ts';
import type { Authentication, Context } from '../platform/context.ts';
import { again, type RunningJob } from '../platform/jobs.ts';
import type { ServerSocket, Sockets } from '../platform/sockets.ts';

/** How often the open lines are gone through. */
const LOOK_MS = 5000;
/** A sign-in that was looked up longer ago is looked up again. */
const OLD_MS = 55_000;
/** After everybody came back at once they are old at once too: so many are looked up at a time, and all within a minute. */
const FEWEST = 200;
const PARTS = 10;

/**
 * Cuts lines whose sign-in has ended where this server did not see it: at the command line, by its age, by a second factor that is
 * asked for now. A page that only watches would never notice. Whoever comes with a message is then known from memory.
 */
export function cutOffSignedOut(
  sockets: Sockets,
  authentication: Authentication,
): (context: Context) => RunningJob {
  return ({ clock, log }) =>
    again(
      async () => {
        const now = clock();
        const open = [...sockets.of('/').sockets.values()];
        const old = open.filter(({ data }) => Math.abs(now - data.checkedAt) > OLD_MS);
        const some = old.slice(0, Math.max(FEWEST, open.length / PARTS));
        await Promise.all(some.map((socket) => look(socket, now)));
      },
      LOOK_MS,
      (error) => log.error({ err: error }, 'sign-ins of open lines not looked up'),
    );

  /** All who are asked in one turn share one query. */
  async function look(socket: ServerSocket, now: Instant): Promise<void> {
    const signedIn = await authentication.again(socket.data.signedIn.signIn);
    if (signedIn === null) socket.disconnect(true);
    else socket.data.checkedAt = now;
  }
}
