import { acceptDraft, type FieldFailure } from '../../domain/plan/accept.ts';
import { checkReading } from '../../domain/plan/check-reading.ts';
import { checkPlan } from '../../domain/plan/checks.ts';
import type { Reading } from '../../domain/plan/draft.ts';
import type { PlanFinding } from '../../domain/plan/finding.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { civilDateOf, instantOf, type CivilDate, type Instant } from '../../domain/time.ts';
import type { PinWarning } from '../../domain/units/pin.ts';
import type { UnitTreeFailure } from '../../domain/units/tree.ts';
import type { ConferenceState, ConferenceSummary } from '../../domain/wire/conferences.ts';
import type { Context } from '../platform/context.ts';
import type {
  AuthorizedAccountId,
  AuthorizedConferenceId,
  AuthorizedInstallation,
} from '../platform/scopes.ts';
import { hasOfficialList, pinnedTreeOn, unitTreeOn } from '../units/queries.ts';
import {
  listSummaries,
  readPlanRecord,
  readReading,
  readSummary,
  type ConferencePlace,
  type PlanRecord,
  type SummaryRecord,
} from './store.ts';

export interface PlanOfConference {
  readonly plan: Plan;
  /** Rises with every change of the plan. */
  readonly revision: number;
  readonly state: ConferenceState;
  /** Date of the unit tree that the conference is pinned to. */
  readonly treeDate: CivilDate;
  readonly issuedAt: Instant | null;
}

/** The plan of a conference as it stands. */
export async function planOf(
  context: Context,
  conference: AuthorizedConferenceId,
): Promise<PlanOfConference> {
  const { plan, revision, state, treeDate, issuedAt } = await recordOf(context, conference);
  return { plan, revision, state, treeDate, issuedAt };
}

/** The reading of the document that a plan came from; null where it was written by hand. */
export function readingOf(context: Context, conference: AuthorizedConferenceId): Promise<Reading | null> {
  return readReading(context.database.read, conference);
}

/** A conference as lists show it. */
export async function conferenceSummary(
  context: Context,
  conference: AuthorizedConferenceId,
): Promise<ConferenceSummary> {
  const summary = await readSummary(context.database.read, conference);
  if (summary === null) throw gone(conference);
  return summary;
}

/** Conferences in which an account has a role, newest first, at most `limit` after the place `after`. */
export function conferencesOf(
  context: Context,
  account: AuthorizedAccountId,
  after: ConferencePlace | null,
  limit: number,
): Promise<SummaryRecord[]> {
  return listSummaries(context.database.read, account, context.clock(), after, limit);
}

async function recordOf(context: Context, conference: AuthorizedConferenceId): Promise<PlanRecord> {
  const record = await readPlanRecord(context.database.read, conference);
  if (record === null) throw gone(conference);
  return record;
}

/** The gate has seen it, and nothing deletes a conference. */
function gone(conference: AuthorizedConferenceId): Error {
  return new Error(`no conference ${conference}`);
}

/** The plan of a conference, and the reading that it came from. */
export async function planAndReading(
  context: Context,
  conference: AuthorizedConferenceId,
): Promise<{ readonly record: PlanRecord; readonly reading: Reading | null }> {
  const [record, reading] = await Promise.all([
    recordOf(context, conference),
    readReading(context.database.read, conference),
  ]);
  return { record, reading };
}

/** What is to be said of the unit tree that a conference uses; null where there is nothing to say. */
export type TreeNotice =
  | { readonly kind: 'no tree'; readonly failure: UnitTreeFailure }
  | { readonly kind: 'only provinces' }
  | PinWarning;

export interface CheckedPlan {
  readonly record: PlanRecord;
  readonly reading: Reading | null;
  readonly findings: readonly PlanFinding[];
  readonly tree: TreeNotice | null;
}

/** The plan of a conference, the reading that it came from, and what the checks say of both. */
export async function checkedPlan(
  context: Context,
  conference: AuthorizedConferenceId,
): Promise<CheckedPlan> {
  const { record, reading } = await planAndReading(context, conference);
  const ofPlan = await checksOf(context, record.plan, record.treeDate);
  const ofReading = reading === null ? [] : checkReading(reading).map(asOfDocument);
  return {
    record,
    reading,
    findings: without(ofReading, ofPlan),
    tree: await treeNotice(context, record.plan, record.treeDate),
  };
}

/** What the checks say of a plan, with the unit tree of its day where there is one. */
export async function checksOf(context: Context, plan: Plan, treeDate: CivilDate): Promise<PlanFinding[]> {
  // The tree of another date does not tell which levels there are on the day, nor does the short list of provinces.
  const known = dayOf(plan) === treeDate && (await hasOfficialList(context));
  const tree = known ? await unitTreeOn(context, treeDate) : null;
  return checkPlan(plan, { levels: tree === null ? null : tree.levels.map((level) => level.id) });
}

/**
 * An error of the document ("thứ Ba, ngày 13/01/2025") stays in the document after a person has put the plan right, so
 * that of a plan it is only a warning.
 */
export function asOfDocument(finding: PlanFinding): PlanFinding {
  return finding.severity === 'error' ? { ...finding, severity: 'warning' } : finding;
}

/** Those of the document that the checks of the plan do not say as well, then those of the plan. */
export function without(ofReading: readonly PlanFinding[], ofPlan: readonly PlanFinding[]): PlanFinding[] {
  const said = new Set(ofPlan.map(saying));
  return [...ofReading.filter((finding) => !said.has(saying(finding))), ...ofPlan];
}

function saying({ code, params }: PlanFinding): string {
  return JSON.stringify([code, params]);
}

async function treeNotice(context: Context, plan: Plan, treeDate: CivilDate): Promise<TreeNotice | null> {
  const pinned = await pinnedTreeOn(context, dayOf(plan) ?? treeDate, treeDate);
  if (!pinned.ok) return { kind: 'no tree', failure: pinned };
  if (pinned.value.warning !== null) return pinned.value.warning;
  return (await hasOfficialList(context)) ? null : { kind: 'only provinces' };
}

/** What the checks say of a reading that nobody has confirmed yet, and what keeps it from being a plan. */
export function checksOfReading(reading: Reading): {
  readonly findings: readonly PlanFinding[];
  readonly failures: readonly FieldFailure[];
} {
  const ofReading = checkReading(reading);
  const accepted = acceptDraft(reading.plan);
  if (!accepted.ok) return { findings: ofReading, failures: accepted.fields };
  const failures = failuresOf(accepted.value);
  if (failures.length > 0) return { findings: ofReading, failures };
  return { findings: without(ofReading, checkPlan(accepted.value)), failures: [] };
}

/** The civil day on which a conference starts; null where the plan does not say. */
export function dayOf({ startsAt }: Plan): CivilDate | null {
  if (startsAt === null) return null;
  const instant = instantOf(startsAt);
  return instant === null ? null : civilDateOf(instant);
}

/** What a plan may hold: far beyond every plan there is, and little enough to be checked at once. */
const MOST = {
  bridgeClasses: 50,
  clauses: 500,
  chairing: 100,
  agenda: 200,
  documents: 500,
  duties: 500,
  recipients: 1000,
} as const satisfies Partial<Record<keyof Plan, number>>;

/** What keeps a plan of the right form from being taken: too much of something, or two clauses of one id. */
export function failuresOf(plan: Plan): FieldFailure[] {
  const fields: FieldFailure[] = [];
  for (const [list, most] of Object.entries(MOST)) {
    if (plan[list as keyof typeof MOST].length > most) fields.push({ path: list, problem: 'too long' });
  }
  const ids = new Set<string>();
  for (const [at, { id }] of plan.clauses.entries()) {
    // Everything that speaks of a clause names it by its id.
    if (ids.has(id)) fields.push({ path: `clauses.${at}.id`, problem: 'malformed' });
    ids.add(id);
  }
  return fields;
}

/** Every conference, newest first, at most `limit`: for whoever works at the machine itself. */
export function allConferences(
  context: Context,
  _installation: AuthorizedInstallation,
  limit: number,
): Promise<SummaryRecord[]> {
  return listSummaries(context.database.read, null, context.clock(), null, limit);
}
