import type { Operator } from '../access/gate.ts';
import { trailOf } from '../audit/trail.ts';
import type { Context } from '../platform/context.ts';
import { again, type RunningJob } from '../platform/jobs.ts';
import { enteredWhereDone } from '../platform/trail.ts';
import { sendReminder } from './commands.ts';
import { onRemindersWait } from './live.ts';
import { readWaiting } from './store.ts';

/** How often it is looked whether a reminder is to go, while none is known to wait. */
const LOOK_MS = 1000;

/** Sends reminders when their minute is over; one whose minute ended while no server ran goes at the next start. */
export function sendWhenDue(context: Context, operator: Operator): RunningJob {
  const { database, clock, log } = context;

  async function look(): Promise<number> {
    let pause = LOOK_MS;
    for (const reminder of await readWaiting(database.read)) {
      const waits = reminder.goesAt - clock();
      if (waits > 0) {
        pause = Math.min(pause, waits);
        continue;
      }
      const scope = await operator.conference(reminder.conference);
      if (!scope.ok) continue;
      await enteredWhereDone(trailOf(database), context, 'sendReminder', (own) =>
        sendReminder(own, scope.value, reminder),
      );
    }
    return pause;
  }

  const job = again(look, LOOK_MS, (error) => log.error({ err: error }, 'a reminder was not sent'));
  const stop = onRemindersWait(database, () => job.soon(0));
  return {
    stop() {
      stop();
      return job.stop();
    },
  };
}
