import type { Operator } from '../access/gate.ts';
import { trailOf } from '../audit/trail.ts';
import type { Context } from '../platform/context.ts';
import { again, type RunningJob } from '../platform/jobs.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { enteredWhereDone } from '../platform/trail.ts';
import { freezeSummaries, type Looked, type Remembered } from './commands.ts';
import { readConferences } from './store.ts';

/** How often it is looked whether a deadline has passed, or anybody has reported after one. */
const LOOK_MS = 5000;
/** After versions were made nothing is done for so long for each bridge: a nation's take a tenth of a second. */
const QUIET_MS_PER_BRIDGE = 2;

/**
 * Freezes headcount summaries at their deadlines, and again whenever something comes after them. A deadline that passed
 * while no server ran is frozen at the next start, as of the deadline.
 */
export function freezeAtDeadlines(context: Context, operator: Operator): RunningJob {
  const { database, log, clock } = context;
  const remembered: Remembered = new Map();
  let isStopping = false;

  async function look(): Promise<number> {
    let pause = LOOK_MS;
    for (const { id, state } of await readConferences(database.read)) {
      if (isStopping) break;
      const scope = await operator.conference(id);
      if (!scope.ok) continue;
      const { levels, bridges, nextAt } = await freezeDue(context, scope.value, state, remembered);
      if (levels.length > 0) pause = Math.max(pause, QUIET_MS_PER_BRIDGE * bridges);
      if (nextAt !== null) pause = Math.min(pause, Math.max(0, nextAt - clock()));
    }
    return pause;
  }

  const job = again(look, LOOK_MS, (error) =>
    log.error({ err: error }, 'headcount summaries were not frozen'),
  );
  return {
    stop() {
      isStopping = true;
      return job.stop();
    },
  };
}

/** Freezes the summaries of a conference as far as they are due, and enters which have a new version. */
export function freezeDue(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  mark: string | null,
  remembered: Remembered,
): Promise<Looked> {
  return enteredWhereDone(trailOf(context.database), context, 'freezeSummary', (own) =>
    freezeSummaries(own, conference, mark, remembered),
  );
}
