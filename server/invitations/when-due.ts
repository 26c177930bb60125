import type { Operator } from '../access/gate.ts';
import { trailOf } from '../audit/trail.ts';
import { onMailChanged } from '../mail/live.ts';
import type { Context } from '../platform/context.ts';
import { again, type RunningJob } from '../platform/jobs.ts';
import { enteredWhereDone } from '../platform/trail.ts';
import { followLetters } from './mail-commands.ts';
import { remindingNow } from './queries.ts';
import { remindWhoHaveNotAnswered } from './settings-commands.ts';

/** How often it is looked for what became of letters that another process sent or heard of. */
const LOOK_MS = 5000;
/** Rounds of reminders go on a day, not at a second. */
const ROUNDS_MS = 30_000;

/** Enters what becomes of letters into their invitations. It goes on where it stopped, whenever that was: nothing is missed or entered twice. */
export function followInvitationLetters(context: Context): RunningJob {
  const { database, log } = context;
  const job = again(
    () => followLetters(context),
    LOOK_MS,
    (error) => log.error({ err: error }, 'what became of letters was not entered'),
  );
  const stop = onMailChanged(database, () => job.soon(0));
  return {
    async stop() {
      (await stop)();
      await job.stop();
    },
  };
}

/** Reminds those who have not answered, as each conference has set it. */
export function remindWhenDue(context: Context, operator: Operator): RunningJob {
  const { database, log } = context;
  return again(
    async () => {
      for (const { conference } of await remindingNow(context)) {
        const scope = await operator.conference(conference);
        if (!scope.ok) continue;
        await enteredWhereDone(trailOf(database), context, 'remindInvited', (own) =>
          remindWhoHaveNotAnswered(own, scope.value),
        );
      }
    },
    ROUNDS_MS,
    (error) => log.error({ err: error }, 'those who have not answered were not reminded'),
  );
}
