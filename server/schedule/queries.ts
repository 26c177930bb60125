import type { SessionId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import { runAgenda, type AgendaRun, type RunStep } from '../../domain/schedule/run.ts';
import type { AgendaEntryId } from '../../domain/schedule/session.ts';
import type { Instant } from '../../domain/time.ts';
import { namesOf } from '../access/queries.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import {
  readChanges,
  readSession,
  readSessions,
  readSessionsBetween,
  readSteps,
  type SessionChange,
  type SessionRecord,
  type StepRecord,
} from './store.ts';

export type { SessionRecord } from './store.ts';

/** One session of a conference; null where the conference has none of this id. */
export function sessionOf(
  context: Context,
  conference: AuthorizedConferenceId,
  session: SessionId,
): Promise<SessionRecord | null> {
  return readSession(context.database.read, conference, session);
}

/** All sessions, rehearsals, line tests and follow-up sessions of a conference that are to be held, by start. */
export function sessionsOf(context: Context, conference: AuthorizedConferenceId): Promise<SessionRecord[]> {
  return readSessions(context.database.read, conference);
}

/** Sessions of all conferences that share time with `[from, to)`, for work that the server does by itself. */
export function sessionsBetween({ database }: Context, from: Instant, to: Instant): Promise<SessionRecord[]> {
  return readSessionsBetween(database.read, from, to);
}

/** The latest changes of a session, newest first, with who made them. */
export async function sessionChanges(
  context: Context,
  _conference: AuthorizedConferenceId<'organize'>,
  session: SessionId,
): Promise<readonly (SessionChange & { readonly byName: string | null })[]> {
  const changes = await readChanges(context.database.read, session);
  const names = await namesOf(
    context,
    changes.flatMap(({ by }) => by ?? []),
  );
  return changes.map((change) => ({
    ...change,
    byName: change.by === null ? null : (names.get(change.by) ?? null),
  }));
}

/** The agenda of a session as it runs, and what was said to get there. */
export interface Running {
  readonly session: SessionRecord;
  readonly run: AgendaRun;
  readonly steps: readonly StepRecord[];
}

/** The agenda of a session as planned and as it runs by now. */
export async function agendaRunOf(
  context: Context,
  conference: AuthorizedConferenceId,
  id: SessionId,
): Promise<Result<Running, { reason: 'no such session' }>> {
  const session = await readSession(context.database.read, conference, id);
  if (session === null) return { ok: false, reason: 'no such session' };
  const steps = await readSteps(context.database.read, id);
  return ok({ session, run: runOf(session, steps, context.clock()), steps });
}

/** Where the agenda of a session stands. Its items are known by their place. */
export function runOf(session: SessionRecord, steps: readonly StepRecord[], now: Instant): AgendaRun {
  const { startsAt, endsAt } = session;
  const agenda = session.agenda.map((item, at) => ({ ...item, id: itemId(at) }));
  const said = steps.map((step): RunStep => ({ ...step, item: itemId(step.item) }));
  return runAgenda({ startsAt, endsAt, agenda }, said, now);
}

function itemId(place: number): AgendaEntryId {
  return String(place) as AgendaEntryId;
}
