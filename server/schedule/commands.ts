import { SessionId, type ConferenceId } from '../../domain/ids.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { AgendaRun, IgnoredReason } from '../../domain/schedule/run.ts';
import { civilDateOf, instantOf, type CivilDate, type Instant } from '../../domain/time.ts';
import type { RunStep } from '../../domain/wire/schedule.ts';
import { peopleByIds } from '../people/queries.ts';
import type { Context } from '../platform/context.ts';
import { transaction, type Database } from '../platform/database.ts';
import type { AuthorizedConferenceId, AuthorizedInstallation } from '../platform/scopes.ts';
import { clashesOf, runOf, type Clashes } from './queries.ts';
import {
  insertSession,
  insertStep,
  readSession,
  readSessionOfPlan,
  readSessions,
  readSteps,
  updateSession,
  type SessionRecord,
} from './store.ts';

/** What the organizer gives of a session. */
export type NewSession = Omit<SessionRecord, 'id' | 'conference' | 'ofPlan'>;

/** No conference of the program lies outside; an hour in milliseconds where seconds were meant does. */
const FIRST_DAY = '2000-01-01' as CivilDate;
const LAST_DAY = '2099-12-31' as CivilDate;
const FARTHEST: Instant = 8_640_000_000_000_000 as Instant;

export type SessionFailure =
  | { readonly reason: 'impossible time'; readonly field: 'startsAt' | 'endsAt' }
  | { readonly reason: 'ends before it starts' }
  /** Places of the agenda's items whose presenter is nobody of the roster. */
  | { readonly reason: 'no such person'; readonly items: readonly number[] };

/** Adds a session, a rehearsal, a line test or a follow-up session. Conflicts are told, never a reason to refuse. */
export async function addSession(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  input: NewSession,
): Promise<Result<{ readonly session: SessionRecord; readonly clashes: Clashes }, SessionFailure>> {
  for (const field of ['startsAt', 'endsAt'] as const) {
    if (!isPossible(input[field])) return { ok: false, reason: 'impossible time', field };
  }
  if (input.endsAt <= input.startsAt) return { ok: false, reason: 'ends before it starts' };
  const named = input.agenda.flatMap((item) => item.presenterPerson ?? []);
  const known = new Set(
    named.length === 0 ? [] : (await peopleByIds(context, conference, named)).map(({ id }) => id),
  );
  const items = input.agenda.flatMap(({ presenterPerson }, at) =>
    presenterPerson === null || known.has(presenterPerson) ? [] : [at],
  );
  if (items.length > 0) return { ok: false, reason: 'no such person', items };

  const id = SessionId.parse(context.newId());
  const session: SessionRecord = { ...input, id, conference, ofPlan: false };
  const sessions = await transaction(context.database, async (db) => {
    await insertSession(db, session);
    return readSessions(db, conference);
  });
  context.audit.note({ on: { session: id }, after: input });
  const { conflicts, names } = await clashesOf(context, conference, sessions);
  const own = conflicts.filter(({ first, second }) => first === id || second === id);
  return ok({ session, clashes: { conflicts: own, names } });
}

function isPossible(instant: Instant): boolean {
  if (Math.abs(instant) > FARTHEST) return false;
  const day = civilDateOf(instant);
  return day >= FIRST_DAY && day <= LAST_DAY;
}

/**
 * Makes the session of the plan's hours with its agenda, or moves it along with a changed plan. Without hours there is
 * nothing to make, and one that was made stays; once its agenda has begun to run it stays as it ran. Part of the
 * transaction that writes the plan: `by` is what allows that.
 */
export async function followPlan(
  context: Context,
  db: Database['write'],
  _by: AuthorizedInstallation | AuthorizedConferenceId<'organize'>,
  conference: ConferenceId,
  plan: Plan,
): Promise<void> {
  const hours = hoursOf(plan);
  if (hours === null) return;
  const earlier = await readSessionOfPlan(db, conference);
  if (earlier !== null && (await readSteps(db, earlier.id)).length > 0) return;
  const session: SessionRecord = {
    id: earlier?.id ?? SessionId.parse(context.newId()),
    conference,
    kind: 'session',
    title: plan.title,
    ...hours,
    format: plan.format,
    venue: plan.venue,
    agenda: plan.agenda.map((item) => ({ ...item, presenterPerson: null })),
    ofPlan: true,
  };
  await (earlier === null ? insertSession(db, session) : updateSession(db, session));
}

/** Start and end where the plan states both hours. */
function hoursOf({
  startsAt,
  endsAt,
}: Plan): { readonly startsAt: Instant; readonly endsAt: Instant } | null {
  const start = hourOf(startsAt);
  const end = hourOf(endsAt);
  return start === null || end === null || end <= start ? null : { startsAt: start, endsAt: end };
}

/** The instant of a date and hour; null for a bare date. */
function hourOf(text: string | null): Instant | null {
  return text !== null && text.includes('T') ? instantOf(text) : null;
}

export type StepFailure =
  | { readonly reason: 'no such session' }
  | { readonly reason: 'no such item' }
  /** Minutes go with `extend`, and with nothing else. */
  | { readonly reason: 'minutes' }
  | { readonly reason: 'ignored'; readonly why: IgnoredReason };

/**
 * Says a step of the agenda, now by the server's clock. One that would change nothing (starting what runs) is refused
 * and not kept; what was said before is never changed.
 */
export async function stepAgenda(
  context: Context,
  conference: AuthorizedConferenceId<'control'>,
  id: SessionId,
  said: Omit<RunStep, 'at'>,
): Promise<Result<{ readonly session: SessionRecord; readonly run: AgendaRun }, StepFailure>> {
  if ((said.step === 'extend') !== (said.minutes !== null)) return { ok: false, reason: 'minutes' };
  return await transaction(context.database, async (db) => {
    const session = await readSession(db, conference, id);
    if (session === null) return { ok: false, reason: 'no such session' };
    if (session.agenda[said.item] === undefined) return { ok: false, reason: 'no such item' };
    const steps = await readSteps(db, id);
    // A clock that was set back does not put this step before what has happened.
    const at = Math.max(context.clock(), steps.at(-1)?.at ?? 0) as Instant;
    const step: RunStep = { ...said, at };
    const ignoredBefore = runOf(session, steps, at).ignored.length;
    const run = runOf(session, [...steps, step], at);
    const ignored = run.ignored.length > ignoredBefore ? run.ignored.at(-1) : undefined;
    if (ignored !== undefined) return { ok: false, reason: 'ignored', why: ignored.reason };
    await insertStep(db, context.newId(), id, step, context.actor?.name ?? '');
    context.audit.note({ after: { ...said, title: session.agenda[said.item]?.title } });
    return ok({ session, run });
  });
}
