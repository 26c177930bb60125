import { namesOf, worksAt } from '../access/queries.ts';
import type { Bridge, BridgeClass, BridgeTree } from '../../domain/bridges/bridge.ts';
import type { AccountId, BridgeId, ConferenceId } from '../../domain/ids.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { boundClasses, headcountDuty } from '../../domain/reports/bodies.ts';
import {
  reportsDue,
  type DueStatus,
  type InnerDeadlines,
  type PlanDeadline,
  type ReportDue,
} from '../../domain/reports/due.ts';
import type { HeadcountReport } from '../../domain/reports/headcount.ts';
import { rollUpHeadcounts, type HeadcountRollUp } from '../../domain/reports/roll-up.ts';
import { standingLines, standingReports, type StandingLine } from '../../domain/reports/standing.ts';
import { instantOf, type Instant } from '../../domain/time.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import { erasureRevision } from '../erasure/queries.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { sha256 } from '../platform/keys.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { planOf } from '../plans/queries.ts';
import * as store from './store.ts';

/** The deadline that the plan sets for the headcount reports, and the bodies that it binds. */
export function planDeadlines(plan: Plan): readonly PlanDeadline[] {
  const duty = headcountDuty(plan.duties);
  if (duty === null) return [];
  const due = duty.deadline?.dueBefore ?? null;
  return [{ classes: boundClasses(duty.owner), dueBefore: due === null ? null : instantOf(due) }];
}

/** What the headcounts of a conference are judged from. */
export interface HeadcountSources {
  readonly tree: BridgeTree;
  readonly plan: readonly PlanDeadline[];
  readonly inner: InnerDeadlines;
  readonly reports: readonly HeadcountReport[];
}

/** The deadlines of a conference and whom they bind; null before the bridges are built. */
export async function headcountRules(
  context: Context,
  conference: AuthorizedConferenceId,
): Promise<Omit<HeadcountSources, 'reports'> | null> {
  const [tree, { plan }, inner] = await Promise.all([
    bridgeTreeOf(context, conference),
    planOf(context, conference),
    store.readInnerDeadlines(context.database.read, conference),
  ]);
  return tree === null ? null : { tree, plan: planDeadlines(plan), inner };
}

/** The same with everything that was reported. */
export async function headcountSources(
  context: Context,
  conference: AuthorizedConferenceId,
): Promise<HeadcountSources | null> {
  const [rules, steps] = await Promise.all([
    headcountRules(context, conference),
    store.readAllSteps(context.database.read, conference),
  ]);
  if (rules === null) return null;
  const reports = Array.from(steps, ([bridge, history]) => store.reportOf(bridge, history));
  return { ...rules, reports: reports.filter((report) => report !== null) };
}

/** What `headcountSources` would give, as a text that changes whenever that does. */
export interface HeadcountState {
  /** Of plan, bridges, inner deadlines and what was erased. */
  readonly rules: string;
  /** Submissions and verdicts so far. */
  readonly steps: number;
}

export async function headcountState(
  context: Context,
  conference: AuthorizedConferenceId,
): Promise<HeadcountState> {
  const { read } = context.database;
  const { plan, bridges, steps } = await store.readHeadcountSource(read, conference);
  const inner = await store.readInnerDeadlines(read, conference);
  const set = JSON.stringify(Array.from(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  // Names that were deleted stand in what was computed before.
  const erasures = await erasureRevision(context, conference);
  return { rules: `${plan}:${bridges}:${erasures}:${sha256(set)}`, steps };
}

/** The headcounts of a whole conference as they stood at one moment. */
export interface Headcounts {
  readonly tree: BridgeTree;
  readonly asOf: Instant;
  readonly due: ReadonlyMap<BridgeId, ReportDue>;
  readonly lines: ReadonlyMap<BridgeId, StandingLine>;
  readonly rollUps: ReadonlyMap<BridgeId, HeadcountRollUp>;
}

interface Known {
  readonly state: HeadcountState;
  readonly headcounts: Headcounts | null;
  readonly asOf: Instant;
}

/** What was computed last of each conference: the pages of one list, and all who look at one time, ask for the same. */
const known = new WeakMap<Database, Map<ConferenceId, readonly Known[]>>();
const MOST_KNOWN = 4;
/** Figures of now are good for so long, while nobody has sent anything: only by how long somebody is late differs. */
const NOW_MS = 1000;

/**
 * Who has reported and what, of every bridge; null before the bridges are built.
 *
 * @param asOf a moment, or `now`
 */
export async function headcountsOf(
  context: Context,
  conference: AuthorizedConferenceId,
  asOf: Instant | 'now',
): Promise<Headcounts | null> {
  const state = await headcountState(context, conference);
  const conferences = known.get(context.database) ?? new Map<ConferenceId, readonly Known[]>();
  known.set(context.database, conferences);
  const moment = asOf === 'now' ? context.clock() : asOf;
  const isSame = (one: Known): boolean => {
    const age = moment - one.asOf;
    const isGood = asOf === 'now' ? age >= 0 && age < NOW_MS : age === 0;
    return isGood && one.state.rules === state.rules && one.state.steps === state.steps;
  };
  const earlier = conferences.get(conference) ?? [];
  const found = earlier.find(isSame);
  if (found !== undefined) return found.headcounts;
  const sources = await headcountSources(context, conference);
  const headcounts = sources === null ? null : headcountsFrom(sources, moment);
  conferences.set(conference, [{ state, headcounts, asOf: moment }, ...earlier.slice(0, MOST_KNOWN - 1)]);
  return headcounts;
}

function headcountsFrom(sources: HeadcountSources, asOf: Instant): Headcounts {
  const { tree, reports } = sources;
  const lines = standingLines(tree, standingReports(reports, asOf));
  return {
    tree,
    asOf,
    due: reportsDue({ ...sources, asOf }),
    lines,
    rollUps: rollUpHeadcounts(tree, lines),
  };
}

/** One bridge in the list of who has reported and who has not. */
export interface DueBridge {
  /** Its place in the order of the whole tree. */
  readonly place: number;
  readonly bridge: Bridge;
  readonly due: ReportDue;
  readonly line: StandingLine | null;
  readonly rollUp: HeadcountRollUp;
}

export interface DueSearch {
  readonly status: DueStatus | null;
  /** Every bridge below, or only those directly below. */
  readonly deep: boolean;
}

/** Bridges below one in tree order after a place, at most `limit` and one more. */
export function dueBelow(
  headcounts: Headcounts,
  bridge: AuthorizedBridgeId<'read' | 'below'>,
  { status, deep }: DueSearch,
  after: number,
  limit: number,
): readonly DueBridge[] {
  const { tree } = headcounts;
  const listed = new Set(deep ? tree.subtree(bridge).slice(1) : tree.children(bridge));
  const found: DueBridge[] = [];
  for (let place = after + 1; place < tree.bridges.length && found.length <= limit; place++) {
    const one = tree.bridges[place];
    if (one === undefined || !listed.has(one)) continue;
    const due = headcounts.due.get(one.id);
    const rollUp = headcounts.rollUps.get(one.id);
    if (due === undefined || rollUp === undefined || (status !== null && due.status !== status)) continue;
    found.push({ place, bridge: one, due, line: headcounts.lines.get(one.id) ?? null, rollUp });
  }
  return found;
}

/** The classes of a subtree in the order in which they first come in it. */
export function classesBelow(tree: BridgeTree, bridge: BridgeId): readonly BridgeClass[] {
  return [...new Set(tree.subtree(bridge).map((one) => one.class))];
}

/** A bridge's own report with its history, and how it stands with its deadline. */
export interface OwnHeadcount {
  readonly report: HeadcountReport | null;
  readonly steps: readonly store.HeadcountStep[];
  readonly names: ReadonlyMap<AccountId, string>;
  readonly due: ReportDue | null;
}

/**
 * What the caller may see of it: a draft is for those who work at the bridge itself, and for whoever wrote it. The level
 * above sees what was sent.
 */
export async function headcountOf(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId,
): Promise<OwnHeadcount> {
  const { read } = context.database;
  const [tree, { plan }, inner, all, isOwn] = await Promise.all([
    bridgeTreeOf(context, conference),
    planOf(context, conference),
    store.readInnerDeadlines(read, conference),
    store.readSteps(read, conference, bridge),
    worksAt(context, conference, bridge),
  ]);
  const steps = all.filter(({ step, by }) => step !== 'draft' || isOwn || by === context.actor?.account);
  const report = store.reportOf(bridge, steps);
  return {
    report,
    steps,
    names: await actorsOf(context, steps),
    due: tree === null ? null : dueOf(tree, plan, inner, report, bridge, context.clock()),
  };
}

function dueOf(
  tree: BridgeTree,
  plan: Plan,
  inner: InnerDeadlines,
  report: HeadcountReport | null,
  bridge: BridgeId,
  asOf: Instant,
): ReportDue | null {
  const reports = report === null ? [] : [report];
  return reportsDue({ tree, plan: planDeadlines(plan), inner, reports, asOf }).get(bridge) ?? null;
}

/** Names of whoever took the steps of a history. */
export function actorsOf(
  context: Context,
  steps: readonly { readonly by: AccountId }[],
): Promise<ReadonlyMap<AccountId, string>> {
  return namesOf(
    context,
    steps.map((step) => step.by),
  );
}

export type DifficultyRow = store.DifficultyRow;
export type DifficultyPlace = store.DifficultyPlace;

/** Rows looked at in one go while those of a subtree are picked out. */
const DIFFICULTIES_AT_A_TIME = 500;

/** Difficulties raised at a bridge and below it, newest first, at most `limit` and one more. */
export async function difficultiesBelow(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'people' | 'below'>,
  after: DifficultyPlace | null,
  limit: number,
): Promise<{ readonly tree: BridgeTree | null; readonly rows: readonly DifficultyRow[] }> {
  const tree = await bridgeTreeOf(context, conference);
  const inside = new Set<BridgeId>(tree?.subtree(bridge).map((one) => one.id));
  const rows: DifficultyRow[] = [];
  let from = after;
  for (;;) {
    const stretch = await store.listDifficulties(
      context.database.read,
      conference,
      from,
      DIFFICULTIES_AT_A_TIME,
    );
    rows.push(...stretch.filter((row) => inside.has(row.bridge)));
    const last = stretch.at(-1);
    if (last === undefined || stretch.length < DIFFICULTIES_AT_A_TIME || rows.length > limit) break;
    from = last;
  }
  return { tree, rows: rows.slice(0, limit + 1) };
}
