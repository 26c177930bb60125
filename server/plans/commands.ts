import { ConferenceId } from '../../domain/ids.ts';
import { acceptDraft, type FieldFailure } from '../../domain/plan/accept.ts';
import type { Reading } from '../../domain/plan/draft.ts';
import type { PlanFinding } from '../../domain/plan/finding.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { ok, type Result } from '../../domain/result.ts';
import { civilDateOf, type CivilDate, type Instant } from '../../domain/time.ts';
import type { UnitTreeFailure } from '../../domain/units/tree.ts';
import { readPlanText, type ReadingFailure } from '../documents/plan-reading.ts';
import type { Context } from '../platform/context.ts';
import { transaction, type Database } from '../platform/database.ts';
import { differing } from '../platform/trail.ts';
import type { AuthorizedConferenceId, AuthorizedInstallation } from '../platform/scopes.ts';
import { followPlan } from '../schedule/commands.ts';
import { pinnedTreeOn } from '../units/queries.ts';
import { checksOf, dayOf, failuresOf } from './queries.ts';
import {
  insertConference,
  readPlanRecord,
  readSummary,
  updateIssued,
  updatePlan,
  type SummaryRecord,
} from './store.ts';

/** A plan that cannot be taken: what is missing in it, too long, or there twice. */
export interface NotAPlan {
  readonly reason: 'not a whole plan';
  readonly fields: readonly FieldFailure[];
}

function takePlan(plan: Plan): Result<Plan, NotAPlan> {
  const fields = failuresOf(plan);
  return fields.length === 0 ? ok(plan) : { ok: false, reason: 'not a whole plan', fields };
}

export interface NewConference {
  /** The document, to be read here; what somebody else made of it is not asked. */
  readonly text: string | null;
  /** What a person has confirmed; null takes what the reader understood. */
  readonly plan: Plan | null;
  /** Pins the unit tree of another date. */
  readonly treeDate: CivilDate | null;
}

export type CreateFailure =
  | { readonly reason: 'nothing given' }
  | NotAPlan
  | ReadingFailure
  | { readonly reason: 'no tree'; readonly failure: UnitTreeFailure };

/**
 * Creates a conference in preparation out of a document, a plan, or both, pins it to a unit tree, and makes its first
 * session where the plan states the hours.
 */
export async function createConference(
  context: Context,
  installation: AuthorizedInstallation,
  input: NewConference,
): Promise<Result<ConferenceId, CreateFailure>> {
  let reading: Reading | null = null;
  if (input.text !== null) {
    const read = await readPlanText(input.text);
    if (!read.ok) return read;
    reading = read.value;
  }
  if (reading === null && input.plan === null) return { ok: false, reason: 'nothing given' };
  const accepted = input.plan === null && reading !== null ? acceptDraft(reading.plan) : null;
  if (accepted !== null && !accepted.ok) return accepted;
  const made = await createPlanned(context, installation, {
    id: ConferenceId.parse(context.newId()),
    plan: accepted?.value ?? (input.plan as Plan),
    reading,
    treeDate: input.treeDate,
  });
  // Nothing stands in the way of a new id.
  if (!made.ok && made.reason === 'out of date') throw new Error('a new id was there before');
  return made;
}

export interface PlannedConference {
  readonly id: ConferenceId;
  readonly plan: Plan;
  readonly reading: Reading | null;
  /** Pins the unit tree of another date. */
  readonly treeDate: CivilDate | null;
}

/**
 * Creates a conference in preparation out of a plan.
 *
 * @param first done in the same transaction before anything is written; where it says false, nothing is
 */
export async function createPlanned(
  context: Context,
  installation: AuthorizedInstallation,
  { id, plan: given, reading, treeDate }: PlannedConference,
  first: (db: Database['write']) => Promise<boolean> = async () => true,
): Promise<
  Result<
    ConferenceId,
    | NotAPlan
    | { readonly reason: 'no tree'; readonly failure: UnitTreeFailure }
    | { readonly reason: 'out of date' }
  >
> {
  const taken = takePlan(given);
  if (!taken.ok) return taken;
  const plan = taken.value;
  const pinned = await pinTo(context, plan, treeDate);
  if (!pinned.ok) return pinned;
  const written = await transaction(context.database, async (db) => {
    if (!(await first(db))) return false;
    await insertConference(db, {
      id,
      plan,
      treeDate: pinned.value,
      treePinned: treeDate !== null,
      reading,
      createdAt: context.clock(),
    });
    await followPlan(context, db, installation, id, plan);
    return true;
  });
  if (!written) return { ok: false, reason: 'out of date' };
  context.audit.note({ on: { conference: id }, after: plan });
  return ok(id);
}

/** The date of the tree for a plan: the one chosen, or the day of the conference, or the nearest that has a tree. */
async function pinTo(
  context: Context,
  plan: Plan,
  chosen: CivilDate | null,
): Promise<Result<CivilDate, { reason: 'no tree'; failure: UnitTreeFailure }>> {
  const day = dayOf(plan) ?? civilDateOf(context.clock());
  const pinned = await pinnedTreeOn(context, day, chosen);
  if (pinned.ok) return ok(chosen ?? day);
  if (chosen !== null) return { ok: false, reason: 'no tree', failure: pinned };
  return ok((pinned.reason === 'no units' ? pinned.nearest : null) ?? day);
}

export type ChangeFailure =
  | NotAPlan
  | { readonly reason: 'out of date' }
  /** An issued plan obliges: it is only replaced by one without errors. */
  | { readonly reason: 'has errors'; readonly findings: readonly PlanFinding[] };

/**
 * Replaces the plan, if the conference still is at the revision that the writer has read.
 *
 * @param then done in the same transaction, with the revision that the plan has from now on
 */
export async function changePlan(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  input: { readonly revision: number; readonly plan: Plan },
  then: (db: Database['write'], revision: number) => Promise<void> = async () => undefined,
): Promise<Result<null, ChangeFailure>> {
  const taken = takePlan(input.plan);
  if (!taken.ok) return taken;
  const plan = taken.value;
  const seen = await readSummary(context.database.read, conference);
  if (seen === null || seen.revision !== input.revision) return { ok: false, reason: 'out of date' };
  const treeDate = await treeDateFor(context, seen, plan);
  const before = await readPlanRecord(context.database.read, conference);
  context.audit.note(differing(before?.plan, plan));
  if (seen.state === 'issued') {
    const errors = await errorsOf(context, plan, treeDate);
    if (errors.length > 0) return { ok: false, reason: 'has errors', findings: errors };
  }
  return await transaction(context.database, async (db) => {
    // Whoever was quicker has raised the revision or the state, and this writes nothing.
    if (!(await updatePlan(db, conference, seen, { plan, treeDate }))) {
      return { ok: false, reason: 'out of date' };
    }
    await followPlan(context, db, conference, conference, plan);
    await then(db, seen.revision + 1);
    return ok(null);
  });
}

/** A date that nobody chose goes with the day of the conference, until bridges were built of its tree. */
async function treeDateFor(context: Context, seen: SummaryRecord, plan: Plan): Promise<CivilDate> {
  if (seen.treePinned || seen.bridges > 0 || dayOf(plan) === null) return seen.treeDate;
  const pinned = await pinTo(context, plan, null);
  return pinned.ok ? pinned.value : seen.treeDate;
}

export type IssueFailure =
  | { readonly reason: 'out of date' }
  | { readonly reason: 'has errors'; readonly findings: readonly PlanFinding[] };

/** Issues the plan, once: issuing it again says when that was. A plan with an error is not issued. */
export async function issuePlan(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
): Promise<Result<Instant, IssueFailure>> {
  const record = await readPlanRecord(context.database.read, conference);
  if (record === null) return { ok: false, reason: 'out of date' };
  const before = issuedBefore(record);
  if (before !== null) return before;
  const errors = await errorsOf(context, record.plan, record.treeDate);
  if (errors.length > 0) return { ok: false, reason: 'has errors', findings: errors };
  const at = context.clock();
  return await transaction(context.database, async (db) => {
    context.audit.note({ before: { state: record.state }, after: { state: 'issued' } });
    if (await updateIssued(db, conference, record.revision, at)) return ok(at);
    // Changed or issued between the check and here.
    const now = await readSummary(db, conference);
    return (now === null ? null : issuedBefore(now)) ?? { ok: false, reason: 'out of date' };
  });
}

/** What to answer where the plan is no draft any more; null where it is one. */
function issuedBefore({
  state,
  issuedAt,
}: Pick<SummaryRecord, 'state' | 'issuedAt'>): { readonly ok: true; readonly value: Instant } | null {
  return state === 'issued' && issuedAt !== null ? ok(issuedAt) : null;
}

async function errorsOf(context: Context, plan: Plan, treeDate: CivilDate): Promise<PlanFinding[]> {
  const findings = await checksOf(context, plan, treeDate);
  return findings.filter((finding) => finding.severity === 'error');
}
