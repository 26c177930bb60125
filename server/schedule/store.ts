import type { Knex } from 'knex';
import type { z } from 'zod';

import type { Bridge } from '../../domain/bridges/bridge.ts';
import type { AccountId, ConferenceId, PersonId, SessionId } from '../../domain/ids.ts';
import type { Format } from '../../domain/plan/plan.ts';
import type { SessionBridges, SessionKind, SessionTimes } from '../../domain/schedule/session.ts';
import type { Instant } from '../../domain/time.ts';
import type { AgendaRow, SaidStep, SessionChangeRow } from '../../domain/wire/schedule.ts';

export interface SessionRecord extends SessionTimes {
  readonly id: SessionId;
  readonly conference: ConferenceId;
  readonly kind: SessionKind;
  readonly title: string;
  readonly format: Format | null;
  readonly venue: string | null;
  /** Whoever chairs it as a whole. */
  readonly chair: PersonId | null;
  readonly bridges: SessionBridges;
  readonly agenda: readonly z.infer<typeof AgendaRow>[];
  /** Whether its hours and agenda are the plan's, and go with it. */
  readonly ofPlan: boolean;
  /** Rises with every change. */
  readonly revision: number;
  /** Null while it is to be held. */
  readonly cancelled: { readonly at: Instant; readonly reason: string } | null;
}

interface SessionRow {
  readonly id: string;
  readonly conference: string;
  readonly kind: string;
  readonly title: string;
  readonly doors_at: number | null;
  readonly starts_at: number;
  readonly ends_at: number;
  readonly format: string | null;
  readonly venue: string | null;
  readonly chair: string | null;
  readonly bridges: string | null;
  readonly agenda: string;
  readonly of_plan: number;
  readonly revision: number;
  readonly cancelled_at: number | null;
  readonly cancelled_reason: string | null;
}

function rowOf(session: SessionRecord): SessionRow {
  return {
    id: session.id,
    conference: session.conference,
    kind: session.kind,
    title: session.title,
    doors_at: session.doorsAt,
    starts_at: session.startsAt,
    ends_at: session.endsAt,
    format: session.format,
    venue: session.venue,
    chair: session.chair,
    bridges: session.bridges === 'all' ? null : JSON.stringify(session.bridges),
    agenda: JSON.stringify(session.agenda),
    of_plan: session.ofPlan ? 1 : 0,
    revision: session.revision,
    cancelled_at: session.cancelled?.at ?? null,
    cancelled_reason: session.cancelled?.reason ?? null,
  };
}

function recordOf(row: SessionRow): SessionRecord {
  return {
    id: row.id as SessionId,
    conference: row.conference as ConferenceId,
    kind: row.kind as SessionKind,
    title: row.title,
    doorsAt: row.doors_at as Instant | null,
    startsAt: row.starts_at as Instant,
    endsAt: row.ends_at as Instant,
    format: row.format as Format | null,
    venue: row.venue,
    chair: row.chair as PersonId | null,
    bridges: row.bridges === null ? 'all' : (JSON.parse(row.bridges) as SessionBridges),
    agenda: JSON.parse(row.agenda) as SessionRecord['agenda'],
    ofPlan: row.of_plan === 1,
    revision: row.revision,
    cancelled:
      row.cancelled_at === null
        ? null
        : { at: row.cancelled_at as Instant, reason: row.cancelled_reason ?? '' },
  };
}

export async function insertSession(connection: Knex, session: SessionRecord): Promise<void> {
  await connection<SessionRow>('session').insert(rowOf(session));
}

/** False where somebody was quicker: the revision is not the one that was read. */
export async function updateSession(
  connection: Knex,
  session: SessionRecord,
  from: SessionRecord['revision'],
): Promise<boolean> {
  const changed = await connection<SessionRow>('session')
    .where({ id: session.id, revision: from })
    .update(rowOf(session));
  return changed === 1;
}

export async function deleteSession(connection: Knex, session: SessionId): Promise<void> {
  await connection<SessionRow>('session').where({ id: session }).delete();
}

/** Those that are to be held, by start. */
export async function readSessions(connection: Knex, conference: ConferenceId): Promise<SessionRecord[]> {
  const rows = await connection<SessionRow>('session')
    .where({ conference })
    .whereNull('cancelled_at')
    .orderBy([{ column: 'starts_at' }, { column: 'id' }]);
  return rows.map(recordOf);
}

/** Those of some conferences that share time with `[from, to)`, called off ones among them, by start. */
export async function readSessionsWithin(
  connection: Knex,
  conferences: readonly ConferenceId[],
  from: Instant,
  to: Instant,
): Promise<SessionRecord[]> {
  const rows = await sharingTime(connection, from, to).whereIn('conference', [...conferences]);
  return rows.map(recordOf);
}

/** Whether anything was recorded or said at a session, so that it cannot be taken out. */
export async function holdsRecords(connection: Knex, session: SessionId): Promise<boolean> {
  for (const table of ['agenda_step', 'attendance_report', 'checkpoint_proof', 'alert']) {
    if ((await connection(table).where({ session }).first('session')) !== undefined) return true;
  }
  // The ledger has no index by session: it is read through once, which a rare deed may cost.
  return (await connection('attendance_event').where({ session }).first('session')) !== undefined;
}

export async function readSession(
  connection: Knex,
  conference: ConferenceId,
  id: SessionId,
): Promise<SessionRecord | null> {
  const row = await connection<SessionRow>('session').where({ conference, id }).first();
  return row === undefined ? null : recordOf(row);
}

/** The session whose hours are the plan's; null where the plan gives none. */
export async function readSessionOfPlan(
  connection: Knex,
  conference: ConferenceId,
): Promise<SessionRecord | null> {
  const row = await connection<SessionRow>('session').where({ conference, of_plan: 1 }).first();
  return row === undefined ? null : recordOf(row);
}

/** Sessions of all conferences that are to be held and share time with `[from, to)`. */
export async function readSessionsBetween(
  connection: Knex,
  from: Instant,
  to: Instant,
): Promise<SessionRecord[]> {
  const rows = await sharingTime(connection, from, to).whereNull('cancelled_at');
  return rows.map(recordOf);
}

/** Doors of others may open a day before the start, so that the room is taken from then on. */
function sharingTime(
  connection: Knex,
  from: Instant,
  to: Instant,
): Knex.QueryBuilder<SessionRow, SessionRow[]> {
  return connection<SessionRow>('session')
    .where((within) => void within.where('starts_at', '<', to).orWhere('doors_at', '<', to))
    .where('ends_at', '>', from)
    .orderBy([{ column: 'starts_at' }, { column: 'id' }]);
}

/** What a bridge of another conference takes up: the room of a unit or organisation. */
type Place = Pick<Bridge, 'id' | 'name' | 'unit' | 'organisation' | 'address'>;

/**
 * Where the bridges of some conferences stand. Read from the bridges themselves, as nobody who asks for the conflicts of
 * one conference has a right in the others: it comes to light that a room is taken, not by which conference.
 */
export async function readPlaces(
  connection: Knex,
  conferences: readonly ConferenceId[],
): Promise<Map<ConferenceId, Place[]>> {
  const rows = await connection('bridge')
    .whereIn('conference', [...conferences])
    .select<(Place & { readonly conference: ConferenceId })[]>(
      'conference',
      'id',
      'name',
      'unit',
      'organisation',
      'address',
    );
  return Map.groupBy(rows, (row) => row.conference);
}

/** A change of a session as it is kept: what stood before and after, null where there was none. */
export interface SessionChange {
  readonly id: string;
  readonly conference: ConferenceId;
  readonly session: SessionId;
  readonly at: Instant;
  readonly by: AccountId | null;
  readonly kind: SessionChangeRow['kind'];
  readonly before: SessionRecord | null;
  readonly after: SessionRecord | null;
  readonly undoneAt: Instant | null;
}

interface ChangeRow {
  readonly id: string;
  readonly conference: string;
  readonly session: string;
  readonly at: number;
  readonly by: string | null;
  readonly kind: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly undone_at: number | null;
}

function kept(text: string | null): SessionRecord | null {
  return text === null ? null : (JSON.parse(text) as SessionRecord);
}

function changeOf(row: ChangeRow): SessionChange {
  return {
    id: row.id,
    conference: row.conference as ConferenceId,
    session: row.session as SessionId,
    at: row.at as Instant,
    by: row.by as AccountId | null,
    kind: row.kind as SessionChange['kind'],
    before: kept(row.before),
    after: kept(row.after),
    undoneAt: row.undone_at as Instant | null,
  };
}

export async function insertChange(
  connection: Knex,
  { undoneAt, before, after, ...change }: SessionChange,
): Promise<void> {
  const row: ChangeRow = {
    ...change,
    before: before && JSON.stringify(before),
    after: after && JSON.stringify(after),
    undone_at: undoneAt,
  };
  await connection<ChangeRow>('session_change').insert(row);
}

/** The latest changes of a session, newest first. */
export async function readChanges(connection: Knex, session: SessionId): Promise<SessionChange[]> {
  const rows = await connection<ChangeRow>('session_change')
    .where({ session })
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(MOST_CHANGES);
  return rows.map(changeOf);
}
const MOST_CHANGES = 20;

export async function readChange(
  connection: Knex,
  session: SessionId,
  id: string,
): Promise<SessionChange | null> {
  const row = await connection<ChangeRow>('session_change').where({ session, id }).first();
  return row === undefined ? null : changeOf(row);
}

/** False where it was taken back already. */
export async function markUndone(connection: Knex, id: string, at: Instant): Promise<boolean> {
  const changed = await connection<ChangeRow>('session_change')
    .where({ id })
    .whereNull('undone_at')
    .update({ undone_at: at });
  return changed === 1;
}

/** What was said of the item at a place of the agenda. */
export type StepRecord = Readonly<SaidStep>;

interface StepRow {
  readonly id: string;
  readonly session: string;
  readonly item: number;
  readonly step: string;
  readonly at: number;
  readonly minutes: number | null;
  readonly by: string;
}

/** What was said of a session's agenda, in the order in which it was said: ids rise with time. */
export async function readSteps(connection: Knex, session: SessionId): Promise<StepRecord[]> {
  const rows = await connection('agenda_step as step')
    .leftJoin('agenda_undo as undo', 'undo.step', 'step.id')
    .where('step.session', session)
    .orderBy([{ column: 'step.at' }, { column: 'step.id' }])
    .select<(Omit<StepRow, 'session'> & { readonly undone_at: number | null })[]>(
      'step.id',
      'step.item',
      'step.step',
      'step.at',
      'step.minutes',
      'step.by',
      'undo.at as undone_at',
    );
  return rows.map((row) => ({
    id: row.id,
    item: row.item,
    step: row.step as StepRecord['step'],
    at: row.at as Instant,
    minutes: row.minutes,
    by: row.by,
    undoneAt: row.undone_at as Instant | null,
  }));
}

export async function insertStep(connection: Knex, session: SessionId, step: StepRecord): Promise<void> {
  const { undoneAt: _, ...row } = step;
  await connection<StepRow>('agenda_step').insert({ ...row, session });
}

/** Takes a step back. Inside the transaction that found it standing. */
export async function insertUndo(connection: Knex, step: string, at: Instant, by: string): Promise<void> {
  await connection('agenda_undo').insert({ step, at, by });
}
