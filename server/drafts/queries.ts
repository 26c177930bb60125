import type { AccountId, ConferenceId } from '../../domain/ids.ts';
import { provisionalPlan, type FieldFailure } from '../../domain/plan/accept.ts';
import { changesOf, type PlanChange } from '../../domain/plan/changes.ts';
import { checkReading } from '../../domain/plan/check-reading.ts';
import type { DeedLabel } from '../../domain/plan/deed.ts';
import { effectsOf, type Effect, type Standing } from '../../domain/plan/effects.ts';
import type { PlanFinding } from '../../domain/plan/finding.ts';
import { stepToRedo, stepToUndo } from '../../domain/plan/history.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { fieldsToLookAt } from '../../domain/plan/to-look-at.ts';
import { copyOfPlan, readingOfCopy, type WorkingCopy } from '../../domain/plan/working-copy.ts';
import { ok, type Result } from '../../domain/result.ts';
import { standingReports } from '../../domain/reports/standing.ts';
import { civilDateOf, type CivilDate } from '../../domain/time.ts';
import { namesOf } from '../access/queries.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import { seatsByClause } from '../composition/queries.ts';
import {
  asOfDocument,
  checksOf,
  dayOf,
  failuresOf,
  planAndReading,
  planOf,
  without,
} from '../plans/queries.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedConferenceId, AuthorizedInstallation } from '../platform/scopes.ts';
import { headcountSources } from '../reports/queries.ts';
import { agendaRunOf, sessionsOf } from '../schedule/queries.ts';
import { listOpenDrafts, readDraft, readSteps, type DraftRecord, type StepRecord } from './store.ts';

export type { DraftRecord } from './store.ts';

/** As far as deeds can be taken back. */
export const STEPS_KEPT = 300;
/** More plans than anybody prepares at once. */
const MOST_DRAFTS = 100;

export interface DraftView {
  readonly draft: DraftRecord;
  readonly conference: ConferenceId | null;
  readonly findings: readonly PlanFinding[];
  readonly failures: readonly FieldFailure[];
  readonly undo: DeedLabel | null;
  readonly redo: DeedLabel | null;
  /** Newest first. */
  readonly steps: readonly StepRecord[];
  readonly names: ReadonlyMap<AccountId, string>;
  readonly changes: number;
}

export interface OpenDraft {
  readonly draft: DraftRecord;
  readonly toLookAt: number;
}

/** Plans that are being worked on and have no conference yet, the last changed first. */
export async function openDrafts(
  context: Context,
  _installation: AuthorizedInstallation,
): Promise<OpenDraft[]> {
  const drafts = await listOpenDrafts(context.database.read, MOST_DRAFTS);
  return drafts.map((draft) => ({ draft, toLookAt: fieldsToLookAt(draft.copy).length }));
}

/** A draft by its id; null where there is none. */
export function openDraft(
  context: Context,
  _installation: AuthorizedInstallation,
  id: string,
): Promise<DraftRecord | null> {
  return readDraft(context.database.read, id);
}

/**
 * The plan of a conference as it is being corrected: as it was left, or the plan itself where nobody has begun. Where the plan
 * was replaced by other means, what waits here waits still, and shows against the new plan.
 */
export async function correctionOf(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  connection = context.database.read,
): Promise<DraftRecord> {
  const [stored, { record, reading }] = await Promise.all([
    readDraft(connection, conference),
    planAndReading(context, conference),
  ]);
  if (stored === null) {
    return {
      id: conference,
      origin: reading === null ? 'nothing' : 'document',
      fileName: null,
      text: reading?.text ?? null,
      copy: copyOfPlan(record.plan, reading),
      revision: 0,
      planRevision: record.revision,
      sameRevision: 0,
      createdAt: record.createdAt,
      changedAt: context.clock(),
    };
  }
  if (stored.planRevision === record.revision) return stored;
  const waits = stored.revision !== stored.sameRevision;
  if (waits) return { ...stored, planRevision: record.revision };
  const known = stored.text === null ? null : readingOfCopy(stored.text, stored.copy);
  return { ...stored, copy: copyOfPlan(record.plan, known), planRevision: record.revision };
}

/** A draft with everything that is to be said of it. */
export async function viewOf(
  context: Context,
  draft: DraftRecord,
  conference: AuthorizedConferenceId<'organize'> | null,
): Promise<DraftView> {
  const [steps, applied] = await Promise.all([
    readSteps(context.database.read, draft.id, STEPS_KEPT),
    conference === null ? null : planOf(context, conference),
  ]);
  const { plan, findings, failures } = await checkedCopy(context, draft, applied?.treeDate ?? null);
  const me = context.actor?.account ?? '';
  const shown = steps.toReversed().slice(0, 20);
  return {
    draft,
    conference,
    findings,
    failures,
    undo: stepToUndo(steps, me)?.label ?? null,
    redo: stepToRedo(steps, me)?.label ?? null,
    steps: shown,
    names: await namesOf(
      context,
      shown.map(({ by }) => by as AccountId),
    ),
    changes: applied === null ? 0 : changesOf(applied.plan, plan).length,
  };
}

/** What the checks say of a working copy, whole or not, and what keeps it from being a plan. */
async function checkedCopy(
  context: Context,
  { copy, text }: Pick<DraftRecord, 'copy' | 'text'>,
  treeDate: CivilDate | null,
): Promise<{
  readonly plan: Plan;
  readonly findings: readonly PlanFinding[];
  readonly failures: readonly FieldFailure[];
}> {
  const { plan, fields } = provisionalPlan(copy);
  const failures = [...fields, ...failuresOf(plan)];
  const gaps = new Set(failures.map(({ path }) => path));
  const date = treeDate ?? dayOf(plan) ?? civilDateOf(context.clock());
  const ofPlan = (await checksOf(context, plan, date)).filter(({ path }) => path === null || !gaps.has(path));
  const ofDocument = text === null ? [] : checkDocument(text, copy);
  return { plan, findings: without(ofDocument, ofPlan), failures };
}

/** What only the words of the document show, as far as nobody has settled it. */
function checkDocument(text: string, copy: WorkingCopy): PlanFinding[] {
  const { leftovers } = copy;
  const unsettled = leftovers.map((each) =>
    each.fate === 'open' ? each : { ...each, reason: 'noise' as const },
  );
  const found = checkReading({ text, plan: copy, leftovers: unsettled });
  return copy.startsAt.accepted === true ? found.map(asOfDocument) : found;
}

export type NotWhole = { readonly reason: 'not a whole plan'; readonly fields: readonly FieldFailure[] };

export interface Touched {
  readonly revision: number;
  readonly changes: readonly PlanChange[];
  readonly effects: readonly Effect[];
}

/** What has been corrected in the plan of a conference, and what applying it touches. */
export async function touchedBy(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
): Promise<Result<Touched, NotWhole>> {
  const [draft, { plan, state }] = await Promise.all([
    correctionOf(context, conference),
    planOf(context, conference),
  ]);
  const corrected = provisionalPlan(draft.copy);
  const fields = [...corrected.fields, ...failuresOf(corrected.plan)];
  if (fields.length > 0) return { ok: false, reason: 'not a whole plan', fields };
  const standing = await standingOn(context, conference, state === 'issued');
  return ok({
    revision: draft.revision,
    changes: changesOf(plan, corrected.plan),
    effects: effectsOf(plan, corrected.plan, standing),
  });
}

async function standingOn(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  issued: boolean,
): Promise<Standing> {
  const [tree, seats, sources, sessions] = await Promise.all([
    bridgeTreeOf(context, conference),
    seatsByClause(context, conference),
    headcountSources(context, conference),
    sessionsOf(context, conference),
  ]);
  const byClass = Map.groupBy(tree?.bridges ?? [], (bridge) => bridge.class);
  const session = sessions.find(({ ofPlan }) => ofPlan);
  const run = session === undefined ? null : await agendaRunOf(context, conference, session.id);
  const hasRun = run?.ok === true && run.value.run.items.some(({ state }) => state !== 'waiting');
  return {
    issued,
    bridges: new Map(Array.from(byClass, ([name, bridges]) => [name, bridges.length])),
    seated: seats ?? new Map(),
    placed: seats !== null,
    reports: sources === null ? 0 : standingReports(sources.reports, context.clock()).size,
    session: session === undefined ? 'none' : hasRun ? 'ran' : 'waits',
  };
}
