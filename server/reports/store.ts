import type { Knex } from 'knex';

import type { AccountId, BridgeId, ConferenceId } from '../../domain/ids.ts';
import type {
  HeadcountContent,
  HeadcountReport,
  HeadcountRevision,
  HeadcountState,
  ReportPart,
  Verdict,
} from '../../domain/reports/headcount.ts';
import { assertNever } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';

/** One entry of a report's history. */
export interface HeadcountStep {
  readonly id: string;
  readonly bridge: BridgeId;
  /** Of the submission that it makes or judges; a draft has that of the last submission before it, or 0. */
  readonly revision: number;
  readonly step: 'draft' | 'submit' | 'return' | 'accept' | 'withdraw';
  readonly at: Instant;
  /** Id of the account, as names may change. */
  readonly by: AccountId;
  readonly remark: string | null;
  /** Of a return: the part that the remark is about. */
  readonly about: ReportPart | null;
  /** The owner's own figure at this step. */
  readonly total: number;
  readonly content: HeadcountContent;
}

type StepRow = Omit<HeadcountStep, 'content'> & { readonly content: string };

/** How a report stands: kept beside its history, so that of two who act at once only one finds what they looked at. */
export interface HeadcountSummary {
  readonly state: HeadcountState;
  readonly revision: number;
  readonly content: HeadcountContent;
  readonly returnedWith: string | null;
  readonly submittedAt: Instant | null;
}

function stepOf(row: StepRow): HeadcountStep {
  return { ...row, content: JSON.parse(row.content) as HeadcountContent };
}

/** The history of one bridge's report, oldest first. */
export async function readSteps(
  db: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
): Promise<HeadcountStep[]> {
  const rows = await stepRows(db, conference).where({ bridge });
  return rows.map(stepOf);
}

const STEPS_AT_A_TIME = 500;

/** A step with its place among all that were ever taken: a later one has a higher place. */
export type PlacedStep = HeadcountStep & { readonly place: number };

/** Submissions and verdicts of a conference after a place, as they were taken. */
export async function* stepsAfter(
  db: Knex,
  conference: ConferenceId,
  place: number,
): AsyncGenerator<PlacedStep, void, undefined> {
  // A stretch at a time: a nation's reports in one answer would hold up everybody at a door.
  for (let after = place; ;) {
    const rows = (await stepRows(db, conference)
      .whereNot({ step: 'draft' })
      .where('rowid', '>', after)
      .limit(STEPS_AT_A_TIME)
      .select('rowid as place')) as (StepRow & { readonly place: number })[];
    for (const row of rows) yield { ...stepOf(row), place: row.place };
    const last = rows.at(-1);
    if (last === undefined || rows.length < STEPS_AT_A_TIME) return;
    after = last.place;
  }
}

/** What the headcounts of a conference follow from, in few numbers: whatever changes them changes one of these. */
export interface HeadcountSource {
  readonly plan: number;
  readonly bridges: number;
  /** Submissions and verdicts; both are only ever added. */
  readonly steps: number;
}

export async function readHeadcountSource(db: Knex, conference: ConferenceId): Promise<HeadcountSource> {
  const row = await db('conference')
    .where({ id: conference })
    .first<Omit<HeadcountSource, 'steps'> | undefined>('revision as plan', 'bridges_revision as bridges');
  const counted = await db('headcount_step')
    .where({ conference })
    .whereNot({ step: 'draft' })
    .count<{ steps: number | string }>({ steps: '*' })
    .first();
  if (row === undefined) throw new Error(`no conference ${conference}`);
  return { ...row, steps: Number(counted?.steps ?? 0) };
}

function stepRows(db: Knex, conference: ConferenceId): Knex.QueryBuilder<StepRow, StepRow[]> {
  return db('headcount_step')
    .where({ conference })
    .orderBy('rowid')
    .select('id', 'bridge', 'revision', 'step', 'at', 'by', 'remark', 'about', 'total', 'content');
}

/** The report that a history tells of. */
export function reportOf(bridge: BridgeId, steps: readonly HeadcountStep[]): HeadcountReport | null {
  if (steps.length === 0) return null;
  return steps.reduce(withStep, { bridge, draft: null, revisions: [] });
}

/** A report after one more step of its history. */
export function withStep(report: HeadcountReport, taken: HeadcountStep): HeadcountReport {
  const { step, revision, at, by, content } = taken;
  const { bridge, draft, revisions } = report;
  if (step === 'draft') return { bridge, draft: content, revisions };
  if (step === 'submit') {
    const sent: HeadcountRevision = {
      number: revision,
      content,
      submittedAt: at,
      submittedBy: by,
      verdicts: [],
    };
    return { bridge, draft: null, revisions: [...revisions, sent] };
  }
  const judged = revisions.at(-1);
  if (judged === undefined) return report;
  const verdicts = [...judged.verdicts, verdictOf(step, taken)];
  return { bridge, draft, revisions: [...revisions.slice(0, -1), { ...judged, verdicts }] };
}

function verdictOf(
  step: 'return' | 'accept' | 'withdraw',
  { at, by, remark, about }: HeadcountStep,
): Verdict {
  switch (step) {
    case 'return':
      return { kind: 'returned', at, by, remark: remark ?? '', about };
    case 'accept':
      return { kind: 'accepted', at, by };
    case 'withdraw':
      return { kind: 'withdrawn', at, by };
    default:
      return assertNever(step);
  }
}

export async function addStep(db: Knex, conference: ConferenceId, step: HeadcountStep): Promise<void> {
  await db('headcount_step').insert({ ...step, conference, content: JSON.stringify(step.content) });
}

/** Puts a later draft in the place of an earlier one: a draft is no revision, and may be saved at every keystroke. */
export async function replaceDraft(db: Knex, id: string, draft: HeadcountStep): Promise<void> {
  const { at, by, total, content } = draft;
  await db('headcount_step')
    .where({ id, step: 'draft' })
    .update({ at, by, total, content: JSON.stringify(content) });
}

/** The summary of a bridge's first report. A unique violation says that somebody else has just begun one. */
export async function addSummary(
  db: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
  summary: HeadcountSummary,
): Promise<void> {
  await db('headcount_report').insert({ conference, bridge, ...summaryRow(summary) });
}

/** Writes a summary over the one that was looked at; false where that one is no longer there. */
export async function changeSummary(
  db: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
  before: Pick<HeadcountSummary, 'state' | 'revision'>,
  summary: HeadcountSummary,
): Promise<boolean> {
  const changed = await db('headcount_report')
    .where({ conference, bridge, state: before.state, revision: before.revision })
    .update(summaryRow(summary));
  return changed > 0;
}

function summaryRow({ state, revision, content, returnedWith, submittedAt }: HeadcountSummary) {
  return {
    state,
    revision,
    content: JSON.stringify(content),
    returned_with: returnedWith,
    submitted_at: submittedAt,
  };
}

/** Sets the deadline for those below a bridge; a later one takes its place. */
export async function setInnerDeadline(
  db: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
  dueBefore: Instant,
): Promise<void> {
  await db('inner_deadline')
    .insert({ conference, bridge, due_before: dueBefore })
    .onConflict(['conference', 'bridge'])
    .merge();
}

export async function deleteInnerDeadline(
  db: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
): Promise<void> {
  await db('inner_deadline').where({ conference, bridge }).delete();
}

export async function readInnerDeadlines(
  db: Knex,
  conference: ConferenceId,
): Promise<ReadonlyMap<BridgeId, Instant>> {
  const rows = await db('inner_deadline')
    .where({ conference })
    .select<{ bridge: BridgeId; due_before: Instant }[]>('bridge', 'due_before');
  return new Map(rows.map((row) => [row.bridge, row.due_before]));
}

export interface DifficultyRow {
  readonly id: string;
  readonly bridge: BridgeId;
  readonly text: string;
  readonly via: string | null;
  readonly addressee: string | null;
  readonly at: Instant;
  readonly by: AccountId;
}

export async function addDifficulty(db: Knex, conference: ConferenceId, row: DifficultyRow): Promise<void> {
  await db('difficulty').insert({ ...row, conference });
}

/** Where a difficulty stands in the list, newest first. */
export interface DifficultyPlace {
  readonly at: Instant;
  readonly id: string;
}

/** Difficulties of a whole conference after a place, newest first, at most `limit`. */
export async function listDifficulties(
  db: Knex,
  conference: ConferenceId,
  after: DifficultyPlace | null,
  limit: number,
): Promise<DifficultyRow[]> {
  const list = db<DifficultyRow & { conference: ConferenceId }>('difficulty').where({ conference });
  if (after !== null) void list.whereRaw('(at < ? or (at = ? and id < ?))', [after.at, after.at, after.id]);
  return await list
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit)
    .select('id', 'bridge', 'text', 'via', 'addressee', 'at', 'by');
}

/** Something that happened to the report of a bridge. */
export interface Happened {
  readonly conference: ConferenceId;
  readonly bridge: BridgeId;
}

/** Up to where somebody knows what happened: the places of the last step and the last reminder that was received. */
export interface HappenedUpTo {
  readonly step: number;
  readonly reminded: number;
}

export async function lastHappened(db: Knex): Promise<HappenedUpTo> {
  const last = async (table: string): Promise<number> => {
    const row = await db(table).max<{ last: number | null }>({ last: 'rowid' }).first();
    return row?.last ?? 0;
  };
  return { step: await last('headcount_step'), reminded: await last('reminder_to') };
}

/** Everything that happened to any report after a place, and up to where that is. */
export async function happenedAfter(
  db: Knex,
  { step, reminded }: HappenedUpTo,
): Promise<{ readonly happened: readonly Happened[]; readonly places: HappenedUpTo }> {
  const after = async (table: string, place: number) =>
    await db(table)
      .where('rowid', '>', place)
      .orderBy('rowid')
      .select<(Happened & { readonly place: number })[]>('conference', 'bridge', 'rowid as place');
  const steps = await after('headcount_step', step);
  const reminders = await after('reminder_to', reminded);
  return {
    happened: [...steps, ...reminders],
    places: { step: steps.at(-1)?.place ?? step, reminded: reminders.at(-1)?.place ?? reminded },
  };
}
