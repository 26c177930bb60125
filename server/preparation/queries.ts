import { nextStep, type NextStep } from '../../domain/plan/next-step.ts';
import type { Instant } from '../../domain/time.ts';
import type { ConferenceSummary } from '../../domain/wire/conferences.ts';
import { isPlaced } from '../composition/queries.ts';
import { planOf } from '../plans/queries.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { planDeadlines } from '../reports/queries.ts';
import { sessionsOf } from '../schedule/queries.ts';

/** What is next for a conference, for whoever organizes it. */
export async function nextStepOf(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  { state, bridges, people }: Pick<ConferenceSummary, 'state' | 'bridges' | 'people'>,
): Promise<NextStep> {
  const now = context.clock();
  const [sessions, { plan }, placed] = await Promise.all([
    sessionsOf(context, conference),
    planOf(context, conference),
    isPlaced(context, conference),
  ]);
  const held = sessions.filter(({ kind }) => kind === 'session');
  const trials = sessions.filter(
    ({ kind, endsAt }) => (kind === 'rehearsal' || kind === 'line-test') && endsAt > now,
  );
  const done = {
    state,
    bridges,
    people,
    placed,
    reportsDue: planDeadlines(plan)[0]?.dueBefore ?? null,
    rehearsal: earliest(trials.map(({ startsAt }) => startsAt)),
    startsAt: earliest(held.map(({ startsAt }) => startsAt)),
    endsAt: held.length === 0 ? null : (Math.max(...held.map(({ endsAt }) => endsAt)) as Instant),
  };
  return nextStep(done, now);
}

function earliest(instants: readonly Instant[]): Instant | null {
  return instants.length === 0 ? null : (Math.min(...instants) as Instant);
}
