import { SessionId, type ConferenceId, type PersonId } from '../../domain/ids.ts';
import { conferenceName } from '../../domain/plan/name.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { ok, type Result } from '../../domain/result.ts';
import { changedFields, takeBack } from '../../domain/schedule/change.ts';
import { checkTimes, movedTo, type TimesFailure } from '../../domain/schedule/session.ts';
import { civilDateOf, instantOf, type CivilDate, type Instant } from '../../domain/time.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import { peopleByIds } from '../people/queries.ts';
import type { Context } from '../platform/context.ts';
import { transaction, type Database } from '../platform/database.ts';
import type { AuthorizedConferenceId, AuthorizedInstallation } from '../platform/scopes.ts';
import { differing } from '../platform/trail.ts';
import { agendaStepped } from './live.ts';
import {
  deleteSession,
  holdsRecords,
  insertChange,
  insertSession,
  markUndone,
  readChange,
  readSession,
  readSessionOfPlan,
  readSteps,
  updateSession,
  type SessionChange,
  type SessionRecord,
} from './store.ts';

/** What the organizer gives of a session. */
export type NewSession = Omit<SessionRecord, 'id' | 'conference' | 'ofPlan' | 'revision' | 'cancelled'>;
/** What is left out stays as it is. */
export type SessionEdit = { readonly [Field in keyof NewSession]?: NewSession[Field] | undefined };

/** No conference of the program lies outside; an hour in milliseconds where seconds were meant does. */
const FIRST_DAY = '2000-01-01' as CivilDate;
const LAST_DAY = '2099-12-31' as CivilDate;
const FARTHEST: Instant = 8_640_000_000_000_000 as Instant;

export type SessionFailure =
  | { readonly reason: 'impossible time'; readonly field: 'startsAt' | 'endsAt' | 'doorsAt' }
  | TimesFailure
  /** Places of the agenda's items whose presenter is nobody of the roster. */
  | { readonly reason: 'no such presenter'; readonly items: readonly number[] }
  | { readonly reason: 'no such chair' }
  | { readonly reason: 'no such bridge' };

export type ChangeFailure =
  | SessionFailure
  | { readonly reason: 'no such session' }
  | { readonly reason: 'out of date' }
  /** Of the session of the plan: these fields are changed in the plan. */
  | { readonly reason: 'said by the plan'; readonly fields: readonly string[] }
  | { readonly reason: 'called off' };

/** A session after a change; `change` is null where it was so already. */
export interface Changed {
  readonly session: SessionRecord;
  readonly change: string | null;
}

/** Adds a session, a rehearsal, a line test or a follow-up session. Conflicts are told, never a reason to refuse. */
export async function addSession(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  input: NewSession,
): Promise<Result<Changed, SessionFailure>> {
  const fault = await faultIn(context, conference, input);
  if (fault !== null) return fault;
  const id = SessionId.parse(context.newId());
  const session: SessionRecord = {
    ...input,
    id,
    conference,
    ofPlan: false,
    revision: 1,
    cancelled: null,
  };
  const change = await transaction(context.database, async (db) => {
    await insertSession(db, session);
    return keepChange(context, db, 'added', null, session);
  });
  context.audit.note({ on: { session: id }, after: input });
  return ok({ session, change });
}

/** Changes what is given of a session, if it still is as the writer has read it. */
export async function changeSession(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  id: SessionId,
  revision: number,
  edit: SessionEdit,
): Promise<Result<Changed, ChangeFailure>> {
  const seen = await readSession(context.database.read, conference, id);
  if (seen === null) return { ok: false, reason: 'no such session' };
  const edited = withEdit(seen, edit);
  const fault = await faultIn(context, conference, edited);
  if (fault !== null) return fault;
  const ofPlan = seen.ofPlan ? fieldsOfPlan(seen, edited) : [];
  if (ofPlan.length > 0) return { ok: false, reason: 'said by the plan', fields: ofPlan };
  if (seen.cancelled !== null) return { ok: false, reason: 'called off' };
  return await rewrite(context, 'changed', seen, revision, edited);
}

/** Calls a session off. It stays to be seen in the schedule, and is in nobody's way. */
export async function cancelSession(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  id: SessionId,
  revision: number,
  reason: string,
): Promise<Result<Changed, ChangeFailure>> {
  const seen = await readSession(context.database.read, conference, id);
  if (seen === null) return { ok: false, reason: 'no such session' };
  if (seen.ofPlan) return { ok: false, reason: 'said by the plan', fields: ['cancelled'] };
  if (seen.cancelled !== null) return { ok: false, reason: 'called off' };
  const cancelled = { at: context.clock(), reason };
  return await rewrite(context, 'cancelled', seen, revision, { ...seen, cancelled });
}

/** Writes a session in the place of itself, and what it was, so that it can be taken back. */
async function rewrite(
  context: Context,
  kind: SessionChange['kind'],
  seen: SessionRecord,
  revision: number,
  edited: SessionRecord,
): Promise<Result<Changed, { readonly reason: 'out of date' }>> {
  if (seen.revision !== revision) return { ok: false, reason: 'out of date' };
  if (changedFields({ ...seen }, { ...edited }).length === 0) return ok({ session: seen, change: null });
  const session = { ...edited, revision: revision + 1 };
  const change = await transaction(context.database, async (db) =>
    (await updateSession(db, session, revision)) ? await keepChange(context, db, kind, seen, session) : null,
  );
  if (change === null) return { ok: false, reason: 'out of date' };
  context.audit.note({ on: { session: session.id }, ...differing(seen, session) });
  agendaStepped(context.database, session.id);
  return ok({ session, change });
}

export type UndoSessionFailure =
  | { readonly reason: 'no such change' | 'undone already' | 'changed since' }
  /** Something was recorded at the session that the change had added. */
  | { readonly reason: 'holds records' };

export interface UndoneChange {
  /** Null where the session is gone. */
  readonly session: SessionRecord | null;
  readonly change: string | null;
  readonly left: number;
}

/** Takes a change of a session back, as far as nobody has changed the same since; itself a change that can be taken back. */
export async function undoSessionChange(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  id: SessionId,
  change: string,
): Promise<Result<UndoneChange, UndoSessionFailure>> {
  const undone = await transaction(
    context.database,
    async (db): Promise<Result<UndoneChange, UndoSessionFailure>> => {
      const made = await readChange(db, id, change);
      if (made === null || made.conference !== conference) return { ok: false, reason: 'no such change' };
      if (made.undoneAt !== null) return { ok: false, reason: 'undone already' };
      const now = await readSession(db, conference, id);
      const back = await putBack(db, made, now);
      if (!back.ok) return back;
      await markUndone(db, change, context.clock());
      const { session, left } = back.value;
      const kind = now?.cancelled != null && session?.cancelled === null ? 'restored' : 'undone';
      context.audit.note({ on: { session: id }, ...differing(now, session) });
      return ok({ session, left, change: await keepChange(context, db, kind, now, session) });
    },
  );
  if (undone.ok) agendaStepped(context.database, id);
  return undone;
}

async function putBack(
  db: Database['write'],
  { before, after }: SessionChange,
  now: SessionRecord | null,
): Promise<Result<Omit<UndoneChange, 'change'>, UndoSessionFailure>> {
  if (before === null) {
    // It was added: nothing of what happened there since may be lost.
    if (now === null || now.revision !== after?.revision) return { ok: false, reason: 'changed since' };
    if (await holdsRecords(db, now.id)) return { ok: false, reason: 'holds records' };
    await deleteSession(db, now.id);
    return ok({ session: null, left: 0 });
  }
  if (after === null) {
    if (now !== null) return { ok: false, reason: 'changed since' };
    const session = { ...before, revision: before.revision + 1 };
    await insertSession(db, session);
    return ok({ session, left: 0 });
  }
  if (now === null) return { ok: false, reason: 'changed since' };
  const { record, restored, left } = takeBack(now, before, after);
  if (restored === 0 || checkTimes(record) !== null) return { ok: false, reason: 'changed since' };
  const session = { ...record, revision: now.revision + 1 };
  await updateSession(db, session, now.revision);
  return ok({ session, left });
}

async function keepChange(
  context: Context,
  db: Database['write'],
  kind: SessionChange['kind'],
  before: SessionRecord | null,
  after: SessionRecord | null,
): Promise<string> {
  const of = after ?? before;
  if (of === null) throw new Error('a change of nothing');
  const id = context.newId();
  await insertChange(db, {
    id,
    conference: of.conference,
    session: of.id,
    at: context.clock(),
    by: context.actor?.account ?? null,
    kind,
    before,
    after,
    undoneAt: null,
  });
  return id;
}

/** A session with what is given of it put in its place. */
export function withEdit(session: SessionRecord, edit: SessionEdit): SessionRecord {
  const given = Object.entries(edit).filter(([, value]) => value !== undefined);
  return { ...session, ...Object.fromEntries(given) };
}

/** Which of what the plan says would differ; who stands in for a presenter is not in the plan. */
function fieldsOfPlan(seen: SessionRecord, edited: SessionRecord): string[] {
  return changedFields(saidByPlan(seen), saidByPlan(edited));
}

function saidByPlan({ kind, title, startsAt, endsAt, format, venue, agenda }: SessionRecord) {
  const items = agenda.map(({ title: what, presenter, minutes, limit }) => [what, presenter, minutes, limit]);
  return { kind, title, startsAt, endsAt, format, venue, agenda: items };
}

/** What is wrong with what is given of a session; null where nothing is. */
async function faultIn(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  input: NewSession,
): Promise<({ readonly ok: false } & SessionFailure) | null> {
  for (const field of ['startsAt', 'endsAt', 'doorsAt'] as const) {
    const at = input[field];
    if (at !== null && !isPossible(at)) return { ok: false, reason: 'impossible time', field };
  }
  const times = checkTimes(input);
  if (times !== null) return { ok: false, ...times };
  const presenters = input.agenda.flatMap((item) => item.presenterPerson ?? []);
  const named = input.chair === null ? presenters : [...presenters, input.chair];
  const known = new Set(
    named.length === 0 ? [] : (await peopleByIds(context, conference, named)).map(({ id }) => id),
  );
  const items = input.agenda.flatMap(({ presenterPerson }, at) =>
    presenterPerson === null || known.has(presenterPerson) ? [] : [at],
  );
  if (items.length > 0) return { ok: false, reason: 'no such presenter', items };
  if (input.chair !== null && !known.has(input.chair)) return { ok: false, reason: 'no such chair' };
  if (input.bridges !== 'all') {
    const tree = await bridgeTreeOf(context, conference);
    if (input.bridges.tops.some((id) => tree?.get(id) === undefined))
      return { ok: false, reason: 'no such bridge' };
  }
  return null;
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
  const ofPlan = {
    kind: 'session',
    title: conferenceName(plan.title),
    startsAt: hours.startsAt,
    endsAt: hours.endsAt,
    format: plan.format,
    venue: plan.venue,
  } as const;
  if (earlier === null) {
    await insertSession(db, {
      ...ofPlan,
      id: SessionId.parse(context.newId()),
      conference,
      doorsAt: null,
      chair: null,
      bridges: 'all',
      agenda: plan.agenda.map((item) => ({ ...item, presenterPerson: null })),
      ofPlan: true,
      revision: 1,
      cancelled: null,
    });
    return;
  }
  const session: SessionRecord = {
    ...earlier,
    ...ofPlan,
    // The doors go with the start, and whoever stands in for a presenter stays with the item.
    doorsAt: movedTo(earlier, hours.startsAt).doorsAt,
    agenda: plan.agenda.map((item) => ({ ...item, presenterPerson: standIn(earlier, item) })),
    revision: earlier.revision + 1,
  };
  if (changedFields({ ...earlier }, { ...session }).length > 0)
    await updateSession(db, session, earlier.revision);
}

function standIn({ agenda }: SessionRecord, { title, presenter }: Plan['agenda'][number]): PersonId | null {
  const same = agenda.find((item) => item.title === title && item.presenter === presenter);
  return same?.presenterPerson ?? null;
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
