import type { RetentionKind } from '../../domain/retention/kinds.ts';
import type { ConferenceId } from '../../domain/ids.ts';
import type { Operator } from '../access/gate.ts';
import type { Context } from '../platform/context.ts';
import { trailOf } from '../audit/trail.ts';
import { again, type RunningJob } from '../platform/jobs.ts';
import { audited } from '../platform/trail.ts';
import { deleteKinds } from './commands.ts';
import { entriesOf, standingOf } from './queries.ts';
import { conferencesWithPeriods, lastDeletion } from './store.ts';
import { countStepsSince } from './personal-store.ts';

/** How often it is looked whether a period is over. */
const LOOK_MS = 3_600_000;
/** After a start the server has more pressing things to do. */
const FIRST_MS = 60_000;

/**
 * Deletes what is over its period, and once more what came later: an event that a machine brings in years after still has
 * its words.
 */
export function deleteWhenOver(context: Context, operator: Operator): RunningJob {
  const { database, log } = context;
  let isStopping = false;
  let isFirst = true;

  async function look(): Promise<number> {
    if (isFirst) {
      isFirst = false;
      return FIRST_MS;
    }
    for (const id of await conferencesWithPeriods(database.read)) {
      if (isStopping) break;
      await deleteDue(context, operator, id);
    }
    return LOOK_MS;
  }

  const job = again(look, LOOK_MS, (error) => log.error({ err: error }, 'what is over was not deleted'));
  return {
    stop() {
      isStopping = true;
      return job.stop();
    },
  };
}

/** Deletes of one conference what is due and there. Gives the kinds. */
export async function deleteDue(
  context: Context,
  operator: Operator,
  id: ConferenceId,
): Promise<readonly RetentionKind[]> {
  const scope = await operator.conference(id);
  if (!scope.ok) return [];
  const standing = await standingOf(context, id);
  const kinds: RetentionKind[] = [];
  for (const kind of standing.due) {
    const last = await lastDeletion(context.database.read, id, kind);
    const isThere =
      last === null ||
      (await entriesOf(context, id, kind, standing)) > 0 ||
      (kind === 'people' && (await countStepsSince(context.database.read, id, last)) > 0);
    if (isThere) kinds.push(kind);
  }
  if (kinds.length === 0) return kinds;
  const act = { act: 'deleteNow', kind: 'change', on: [['conference', id]], by: 'program' } as const;
  await audited(trailOf(context.database), context, act, (own) => deleteKinds(own, scope.value, kinds, null));
  return kinds;
}
