import type { Knex } from 'knex';
import type { z } from 'zod';

import type { Bridge } from '../../domain/bridges/bridge.ts';
import type { ConferenceId, SessionId } from '../../domain/ids.ts';
import type { Format } from '../../domain/plan/plan.ts';
import type { Instant } from '../../domain/time.ts';
import type { AgendaRow, SaidStep, SessionKind } from '../../domain/wire/schedule.ts';

export interface SessionRecord {
  readonly id: SessionId;
  readonly conference: ConferenceId;
  readonly kind: SessionKind;
  readonly title: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly format: Format | null;
  readonly venue: string | null;
  readonly agenda: readonly z.infer<typeof AgendaRow>[];
  /** Whether its hours and agenda are the plan's, and go with it. */
  readonly ofPlan: boolean;
}

interface SessionRow {
  readonly id: string;
  readonly conference: string;
  readonly kind: string;
  readonly title: string;
  readonly starts_at: number;
  readonly ends_at: number;
  readonly format: string | null;
  readonly venue: string | null;
  readonly agenda: string;
  readonly of_plan: number;
}

function rowOf(session: SessionRecord): SessionRow {
  return {
    id: session.id,
    conference: session.conference,
    kind: session.kind,
    title: session.title,
    starts_at: session.startsAt,
    ends_at: session.endsAt,
    format: session.format,
    venue: session.venue,
    agenda: JSON.stringify(session.agenda),
    of_plan: session.ofPlan ? 1 : 0,
  };
}

function recordOf(row: SessionRow): SessionRecord {
  return {
    id: row.id as SessionId,
    conference: row.conference as ConferenceId,
    kind: row.kind as SessionKind,
    title: row.title,
    startsAt: row.starts_at as Instant,
    endsAt: row.ends_at as Instant,
    format: row.format as Format | null,
    venue: row.venue,
    agenda: JSON.parse(row.agenda) as SessionRecord['agenda'],
    ofPlan: row.of_plan === 1,
  };
}

export async function insertSession(connection: Knex, session: SessionRecord): Promise<void> {
  await connection<SessionRow>('session').insert(rowOf(session));
}

export async function updateSession(connection: Knex, session: SessionRecord): Promise<void> {
  await connection<SessionRow>('session').where({ id: session.id }).update(rowOf(session));
}

/** By start; a conference has a handful. */
export async function readSessions(connection: Knex, conference: ConferenceId): Promise<SessionRecord[]> {
  const rows = await connection<SessionRow>('session')
    .where({ conference })
    .orderBy([{ column: 'starts_at' }, { column: 'id' }]);
  return rows.map(recordOf);
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

/** Sessions of all conferences that share time with `[from, to)`. */
export async function readSessionsBetween(
  connection: Knex,
  from: Instant,
  to: Instant,
): Promise<SessionRecord[]> {
  const rows = await between(connection, from, to);
  return rows.map(recordOf);
}

function between(connection: Knex, from: Instant, to: Instant): Knex.QueryBuilder<SessionRow, SessionRow[]> {
  return connection<SessionRow>('session')
    .where('starts_at', '<', to)
    .where('ends_at', '>', from)
    .orderBy([{ column: 'starts_at' }, { column: 'id' }]);
}

/** Sessions of other conferences that share time with `[from, to)`. */
export async function readSessionsBeside(
  connection: Knex,
  conference: ConferenceId,
  from: Instant,
  to: Instant,
): Promise<SessionRecord[]> {
  const rows = await between(connection, from, to).whereNot({ conference });
  return rows.map(recordOf);
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
