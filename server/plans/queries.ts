import type { Plan } from '../../domain/plan/plan.ts';
import type { CivilDate, Instant } from '../../domain/time.ts';
import type { ConferenceState, ConferenceSummary } from '../../domain/wire/conferences.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedAccountId, AuthorizedConferenceId } from '../platform/scopes.ts';
import {
  listSummaries,
  readPlanRecord,
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
  return listSummaries(context.database.read, account, after, limit);
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
