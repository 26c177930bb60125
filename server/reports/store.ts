import type { Knex } from 'knex';

import type { AccountId, BridgeId, ConferenceId } from '../../domain/ids.ts';
import type {
  HeadcountContent,
  HeadcountReport,
  HeadcountRevision,
  HeadcountState,
  Verdict,
} from '../../domain/reports/headcount.ts';
import type { Instant } from '../../domain/time.ts';

/** One entry of a report's history. */
export interface HeadcountStep {
  readonly id: string;
  readonly bridge: BridgeId;
  /** Of the submission that it makes or judges; a draft has that of the last submission before it, or 0. */
  readonly revision: number;
  readonly step: 'draft' | 'submit' | 'return' | 'accept';
  readonly at: Instant;
  /** Id of the account, as names may change. */
  readonly by: AccountId;
  readonly remark: string | null;
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

/** The histories of all reports of a conference, each oldest first. */
export async function readAllSteps(
  db: Knex,
  conference: ConferenceId,
): Promise<ReadonlyMap<BridgeId, readonly HeadcountStep[]>> {
  const histories = new Map<BridgeId, HeadcountStep[]>();
  // A stretch at a time: a nation's reports in one answer would hold up everybody at a door.
  for (let after = ''; ;) {
    const rows = await stepRows(db, conference).where('id', '>', after).limit(STEPS_AT_A_TIME);
    for (const row of rows) {
      const history = histories.get(row.bridge);
      if (history === undefined) histories.set(row.bridge, [stepOf(row)]);
      else history.push(stepOf(row));
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < STEPS_AT_A_TIME) return histories;
    after = last.id;
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
    .orderBy('id')
    .select('id', 'bridge', 'revision', 'step', 'at', 'by', 'remark', 'total', 'content');
}

/** The report that a history tells of. */
export function reportOf(bridge: BridgeId, steps: readonly HeadcountStep[]): HeadcountReport | null {
  if (steps.length === 0) return null;
  let draft: HeadcountContent | null = null;
  const revisions: (HeadcountRevision & { readonly verdicts: Verdict[] })[] = [];
  for (const { step, revision, at, by, remark, content } of steps) {
    const judged = revisions.at(-1);
    if (step === 'draft') {
      draft = content;
    } else if (step === 'submit') {
      revisions.push({ number: revision, content, submittedAt: at, submittedBy: by, verdicts: [] });
      draft = null;
    } else if (step === 'accept') {
      judged?.verdicts.push({ kind: 'accepted', at, by });
    } else {
      judged?.verdicts.push({ kind: 'returned', at, by, remark: remark ?? '' });
    }
  }
  return { bridge, draft, revisions };
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
