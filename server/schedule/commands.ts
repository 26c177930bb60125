import { SessionId, type ConferenceId } from '../../domain/ids.ts';
import { conferenceName } from '../../domain/plan/name.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { IgnoredReason } from '../../domain/schedule/run.ts';
import { civilDateOf, instantOf, type CivilDate, type Instant } from '../../domain/time.ts';
import type { RunStep } from '../../domain/wire/schedule.ts';
import { peopleByIds } from '../people/queries.ts';
import type { Context } from '../platform/context.ts';
import { transaction, type Database } from '../platform/database.ts';
import type { AuthorizedConferenceId, AuthorizedInstallation } from '../platform/scopes.ts';
import { agendaStepped } from './live.ts';
import { clashesOf, runOf, type Clashes, type Running } from './queries.ts';
import {
  insertSession,
  insertStep,
  insertUndo,
  readSession,
  readSessionOfPlan,
  readSessions,
  readSteps,
  updateSession,
  type SessionRecord,
  type StepRecord,
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
    title: conferenceName(plan.title),
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
  /** Somebody else has said something since. */
  | { readonly reason: 'said meanwhile' }
  | { readonly reason: 'ignored'; readonly why: IgnoredReason };

/** What is said of an item; `after` is the last step that was seen, left out by whoever does not look first. */
export type Said = Omit<RunStep, 'at'> & { readonly after?: string | null | undefined };

/**
 * Says a step of the agenda, now by the server's clock. One that would change nothing (starting what runs) is refused
 * and not kept; what was said before is never changed.
 */
export async function stepAgenda(
  context: Context,
  conference: AuthorizedConferenceId<'control'>,
  id: SessionId,
  { after, ...said }: Said,
): Promise<Result<Running, StepFailure>> {
  if ((said.step === 'extend') !== (said.minutes !== null)) return { ok: false, reason: 'minutes' };
  const stepped = await transaction(context.database, async (db): Promise<Result<Running, StepFailure>> => {
    const session = await readSession(db, conference, id);
    if (session === null) return { ok: false, reason: 'no such session' };
    const title = session.agenda[said.item]?.title;
    if (title === undefined) return { ok: false, reason: 'no such item' };
    const steps = await readSteps(db, id);
    if (after !== undefined && after !== (lastStanding(steps)?.id ?? null)) {
      return { ok: false, reason: 'said meanwhile' };
    }
    // A clock that was set back does not put this step before what has happened.
    const at = Math.max(context.clock(), ...steps.map(momentOf)) as Instant;
    const by = context.actor?.name ?? '';
    const all = [...steps, { ...said, id: context.newId(), at, by, undoneAt: null }];
    const run = runOf(session, all, at);
    const ignored = run.ignored.length > runOf(session, steps, at).ignored.length ? run.ignored.at(-1) : null;
    if (ignored != null) return { ok: false, reason: 'ignored', why: ignored.reason };
    await insertStep(db, id, all.at(-1)!);
    context.audit.note({ after: { ...said, title } });
    return ok({ session, run, steps: all });
  });
  if (stepped.ok) agendaStepped(context.database, id);
  return stepped;
}

/** Takes back the last step that stands: what was said by mistake counts as never said from now on. */
export async function undoStep(
  context: Context,
  conference: AuthorizedConferenceId<'control'>,
  id: SessionId,
  step: string,
): Promise<Result<Running, Extract<StepFailure, { reason: 'no such session' | 'said meanwhile' }>>> {
  type Undone = Awaited<ReturnType<typeof undoStep>>;
  const undone = await transaction(context.database, async (db): Promise<Undone> => {
    const session = await readSession(db, conference, id);
    if (session === null) return { ok: false, reason: 'no such session' };
    const steps = await readSteps(db, id);
    const last = lastStanding(steps);
    if (last?.id !== step) return { ok: false, reason: 'said meanwhile' };
    const at = Math.max(context.clock(), ...steps.map(momentOf)) as Instant;
    await insertUndo(db, step, at, context.actor?.name ?? '');
    context.audit.note({ before: { item: last.item, step: last.step, minutes: last.minutes } });
    const all = steps.map((each) => (each === last ? { ...each, undoneAt: at } : each));
    return ok({ session, run: runOf(session, all, at), steps: all });
  });
  if (undone.ok) agendaStepped(context.database, id);
  return undone;
}

function lastStanding(steps: readonly StepRecord[]): StepRecord | undefined {
  return steps.findLast(({ undoneAt }) => undoneAt === null);
}

/** When a step last had a say in where the agenda stands. */
function momentOf({ at, undoneAt }: StepRecord): number {
  return undoneAt ?? at;
}
