import { AccountId, type BridgeId } from '../../domain/ids.ts';
import { difficultyRoute } from '../../domain/reports/bodies.ts';
import { raiseDifficulty as raise, type RaisedDifficulty } from '../../domain/reports/difficulties.ts';
import { checkInnerDeadline, ownDeadlines, type InnerDeadlineRefusal } from '../../domain/reports/due.ts';
import {
  accept,
  giveBack,
  saveDraft,
  stateOf,
  submit,
  verdictOn,
  withdraw,
  type HeadcountContent,
  type HeadcountRefusal,
  type HeadcountReport,
  type ReportPart,
} from '../../domain/reports/headcount.ts';
import { assertNever, ok, type Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import type { Context } from '../platform/context.ts';
import { isUniqueViolation, transaction, type Connection } from '../platform/database.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { differing } from '../platform/trail.ts';
import { planOf } from '../plans/queries.ts';
import { reportsChanged } from './live.ts';
import { planDeadlines } from './queries.ts';
import * as store from './store.ts';

/** In the place of an account for what is done at the machine itself. */
export const OPERATOR = AccountId.parse('operator');

/** Whoever decides on a report: the bridge above, or the conference for the report of the topmost bridge. */
export type LevelAbove = AuthorizedBridgeId<'organize'> | AuthorizedConferenceId<'organize'>;

export type HeadcountFailure =
  | HeadcountRefusal
  | { readonly reason: 'no bridges' }
  /** Somebody else has acted on the same report at the same moment; nothing of this was kept. */
  | { readonly reason: 'changed meanwhile' };

type Stepped = Promise<Result<null, HeadcountFailure>>;

/** Keeps a draft of a bridge's report. Its figures are not judged yet. */
export async function keepDraft(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'host'>,
  content: HeadcountContent,
): Stepped {
  return change(context, conference, bridge, 'draft', (before) => saveDraft(before, bridge, content));
}

/** Sends a report up. Late is judged where it is shown, and refuses nothing. The same once more changes nothing. */
export async function submitHeadcount(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'host'>,
  content: HeadcountContent,
): Stepped {
  const [tree, { plan }] = await Promise.all([
    bridgeTreeOf(context, conference),
    planOf(context, conference),
  ]);
  if (tree === null) return { ok: false, reason: 'no bridges' };
  const rules = { tree, clauses: new Set(plan.clauses.map(({ id }) => id)) };
  const input = { content, at: context.clock(), by: actorOf(context) };
  return change(context, conference, bridge, 'submit', (before) => submit(before, bridge, input, rules));
}

/** What the level above says of a report. Without `revision` it speaks of the last one, whichever that is by now. */
export type Decision = { readonly revision: number | null } & Said;
type Said =
  | { readonly kind: 'accept' }
  | { readonly kind: 'return'; readonly remark: string; readonly about: ReportPart | null }
  | { readonly kind: 'withdraw' };

/** Accepts a report, returns it with a remark, or takes back what was said of it last. */
export async function decideOnHeadcount(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'organize' | 'above'>,
  above: LevelAbove,
  decision: Decision,
): Stepped {
  const tree = await bridgeTreeOf(context, conference);
  const node = tree?.get(bridge);
  if (node === undefined) return { ok: false, reason: 'no bridges' };
  // The right was asked for at the bridge that stood above it a moment ago.
  if ((node.parent ?? conference) !== above) return { ok: false, reason: 'changed meanwhile' };
  return change(context, conference, bridge, decision.kind, judging(context, decision));
}

/** One of many reports on which the level above decides. */
export interface Decided {
  readonly bridge: BridgeId;
  readonly refusal: HeadcountFailure | null;
}

/** So many reports are decided on in one commit: check-ins wait for no more than that. */
const DECIDED_TOGETHER = 100;

/**
 * Says the same of many reports below a bridge, each for itself: one that cannot be decided on holds up no other.
 *
 * @param own the bridge itself, where the level above it decides: its own report is then among them
 */
export async function decideOnMany(
  context: Context,
  conference: AuthorizedConferenceId,
  top: AuthorizedBridgeId<'organize' | 'below'>,
  own: AuthorizedBridgeId<'organize' | 'above'> | null,
  reports: readonly { readonly bridge: BridgeId; readonly revision: number }[],
  said: Said,
): Promise<readonly Decided[]> {
  const tree = await bridgeTreeOf(context, conference);
  const within = new Set(tree?.subtree(top).map(({ id }) => id));
  if (own !== top) within.delete(top);
  const decided: Decided[] = [];
  for (let from = 0; from < reports.length; from += DECIDED_TOGETHER) {
    const some = reports.slice(from, from + DECIDED_TOGETHER);
    await transaction(context.database, async (db) => {
      for (const { bridge, revision } of some) {
        const stepped = within.has(bridge)
          ? await takeStep(
              context,
              db,
              conference,
              bridge,
              said.kind,
              judging(context, { ...said, revision }),
            )
          : ({ ok: false, reason: 'no bridges' } as const);
        decided.push({ bridge, refusal: stepped.ok ? null : stepped });
      }
    });
  }
  const done = decided.flatMap(({ bridge, refusal }) => (refusal === null ? [bridge] : []));
  const after = {
    state: STATE_AFTER[said.kind],
    ...(said.kind === 'return' && { returnedWith: said.remark }),
  };
  context.audit.note({ on: { bridge: done }, before: null, after: { ...after, bridges: done.length } });
  reportsChanged(context.database);
  return decided;
}

const STATE_AFTER = { accept: 'accepted', return: 'returned', withdraw: 'submitted' } as const;

/** The rule by which a decision is made on whatever report is there. */
function judging(
  context: Context,
  decision: Decision,
): (report: HeadcountReport | null) => Result<HeadcountReport, HeadcountRefusal> {
  const made = { at: context.clock(), by: actorOf(context) };
  return (report) => {
    const last = report?.revisions.at(-1);
    if (report === null || last === undefined) return { ok: false, reason: 'nothing submitted' };
    const input = { ...made, revision: decision.revision ?? last.number };
    switch (decision.kind) {
      case 'accept':
        return accept(report, input);
      case 'return':
        return giveBack(report, { ...input, remark: decision.remark, about: decision.about });
      case 'withdraw':
        return withdraw(report, input);
      default:
        return assertNever(decision);
    }
  };
}

/** Carries out one step of a report: the rule decides on what is there, and what it says is written in the same commit. */
async function change(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: BridgeId,
  kind: store.HeadcountStep['step'],
  judge: Judge,
): Stepped {
  try {
    const stepped = await transaction(context.database, (db) =>
      takeStep(context, db, conference, bridge, kind, judge),
    );
    if (stepped.ok && kind !== 'draft') reportsChanged(context.database);
    return stepped;
  } catch (error) {
    if (isUniqueViolation(error)) return { ok: false, reason: 'changed meanwhile' };
    throw error;
  }
}

type Judge = (before: HeadcountReport | null) => Result<HeadcountReport, HeadcountRefusal>;

async function takeStep(
  context: Context,
  db: Connection,
  conference: AuthorizedConferenceId,
  bridge: BridgeId,
  kind: store.HeadcountStep['step'],
  judge: Judge,
): Stepped {
  const steps = await store.readSteps(db, conference, bridge);
  const before = store.reportOf(bridge, steps);
  const judged = judge(before);
  if (!judged.ok) return judged;
  const after = judged.value;
  if (after === before) return ok(null);
  const had = before === null ? null : summaryOf(before);
  const summary = summaryOf(after);
  context.audit.note(differing(had, summary));
  const taken = stepOf(context, kind, after);
  if (had === null) {
    await store.addSummary(db, conference, bridge, summary);
  } else if (!(await store.changeSummary(db, conference, bridge, had, summary))) {
    return { ok: false, reason: 'changed meanwhile' };
  }
  const last = steps.at(-1);
  if (kind === 'draft' && last?.step === 'draft') await store.replaceDraft(db, last.id, taken);
  else await store.addStep(db, conference, taken);
  return ok(null);
}

function summaryOf(report: HeadcountReport): store.HeadcountSummary {
  const last = report.revisions.at(-1);
  const verdict = last === undefined ? undefined : verdictOn(last);
  return {
    state: stateOf(report),
    revision: last?.number ?? 0,
    content: contentOf(report),
    returnedWith: verdict?.kind === 'returned' ? verdict.remark : null,
    submittedAt: last?.submittedAt ?? null,
  };
}

function stepOf(
  context: Context,
  step: store.HeadcountStep['step'],
  report: HeadcountReport,
): store.HeadcountStep {
  const last = report.revisions.at(-1);
  const said = last?.verdicts.at(-1);
  const returned = step === 'return' && said?.kind === 'returned' ? said : null;
  const content = step === 'draft' && report.draft !== null ? report.draft : contentOf(report);
  return {
    id: context.newId(),
    bridge: report.bridge,
    revision: last?.number ?? 0,
    step,
    at: context.clock(),
    by: actorOf(context),
    remark: returned?.remark ?? null,
    about: returned?.about ?? null,
    total: content.lines.find((line) => line.bridge === report.bridge)?.total ?? 0,
    content,
  };
}

/** What was sent last; while nothing was, the draft. */
function contentOf({ revisions, draft }: HeadcountReport): HeadcountContent {
  const content = revisions.at(-1)?.content ?? draft;
  if (content === null) throw new Error('a report without content');
  return content;
}

function actorOf(context: Context): AccountId {
  return context.actor?.account ?? OPERATOR;
}

export type SetDeadlineFailure =
  | InnerDeadlineRefusal
  | { readonly reason: 'no bridges' }
  /** Somebody else has set another one since. */
  | { readonly reason: 'changed meanwhile' };

/**
 * Sets the deadline by which those below a bridge report to it, or takes it away. A later one takes its place.
 *
 * @param was what the caller has seen; left out by whoever does not look first
 */
export async function setInnerDeadline(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'organize'>,
  dueBefore: Instant | null,
  was?: Instant | null,
): Promise<Result<Instant | null, SetDeadlineFailure>> {
  const [tree, { plan }] = await Promise.all([
    bridgeTreeOf(context, conference),
    planOf(context, conference),
  ]);
  if (tree === null) return { ok: false, reason: 'no bridges' };
  return await transaction(context.database, async (db) => {
    const inner = await store.readInnerDeadlines(db, conference);
    const now = inner.get(bridge) ?? null;
    if (was !== undefined && was !== now) return { ok: false, reason: 'changed meanwhile' } as const;
    context.audit.note({ before: { dueBefore: now }, after: { dueBefore } });
    if (dueBefore === null) {
      await store.deleteInnerDeadline(db, conference, bridge);
      return ok(null);
    }
    const deadlines = ownDeadlines(tree, planDeadlines(plan), inner);
    const checked = checkInnerDeadline(tree, deadlines, bridge, dueBefore);
    if (checked.ok) await store.setInnerDeadline(db, conference, bridge, dueBefore);
    return checked;
  });
}

/** Reports a difficulty along the route that the plan names; where it names none, to the level above. */
export async function raiseDifficulty(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'host'>,
  text: string,
): Promise<Result<RaisedDifficulty, { readonly reason: 'text missing' }>> {
  const { plan } = await planOf(context, conference);
  const made = { id: context.newId(), at: context.clock(), by: actorOf(context) };
  const raised = raise({ bridge, text }, difficultyRoute(plan.duties), made);
  if (!raised.ok) return raised;
  const { id, at, by, via, addressee } = raised.value;
  const row = { id, at, by, via, addressee, bridge, text: raised.value.text };
  await transaction(context.database, (db) => store.addDifficulty(db, conference, row));
  context.audit.note({ after: { text: row.text, via, addressee } });
  return raised;
}
