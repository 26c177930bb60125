import type { Context } from '../platform/context.ts';
import type { RunningJob } from '../platform/jobs.ts';
import type { Sockets } from '../platform/sockets.ts';
import { onLess } from './live.ts';

/**
 * Whoever holds less than before loses what their open lines watch: the lines are cut, and a page that comes back by itself is
 * given again what it may still have. Its next message is refused by the gate in any case.
 */
export function cutOffWhoHoldsLess(sockets: Sockets): (context: Context) => RunningJob {
  return (context) => {
    const stop = onLess(context, (accounts) => {
      for (const socket of sockets.of('/').sockets.values()) {
        // As a line that broke, and not put off for good: their page keeps what waits and tries again.
        if (accounts.has(socket.data.signedIn.actor.account)) socket.conn.close();
      }
    });
    return {
      stop() {
        stop();
        return Promise.resolve();
      },
    };
  };
}
