import { namesOf, worksAt } from '../access/queries.ts';
import type { Bridge, BridgeClass, BridgeTree } from '../../domain/bridges/bridge.ts';
import { partOfTree } from '../../domain/bridges/tree.ts';
import type { AccountId, BridgeId, ConferenceId } from '../../domain/ids.ts';
import type { Clause, Plan } from '../../domain/plan/plan.ts';
import { boundClasses, headcountDuty } from '../../domain/reports/bodies.ts';
import {
  dueOf,
  ownDeadline,
  reportsDue,
  type DueStatus,
  type InnerDeadlines,
  type PlanDeadline,
  type BridgeDue,
  type ReportDue,
} from '../../domain/reports/due.ts';
import type { HeadcountReport } from '../../domain/reports/headcount.ts';
import { isUnanswered } from '../../domain/reports/reminders.ts';
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
  const [rules, reports] = await Promise.all([
    headcountRules(context, conference),
    reportsOf(context, conference),
  ]);
  return rules === null ? null : { ...rules, reports: Array.from(reports.values()) };
}

/** Reports as they were read, up to a step: the next look reads only what was done since. */
interface Read {
  readonly upTo: number;
  readonly erasures: number;
  readonly reports: ReadonlyMap<BridgeId, HeadcountReport>;
}
const readBefore = new WeakMap<Database, Map<ConferenceId, Read>>();

/** Everything that was sent in a conference and what was said of it, without drafts. */
async function reportsOf(
  context: Context,
  conference: AuthorizedConferenceId,
): Promise<ReadonlyMap<BridgeId, HeadcountReport>> {
  const conferences = readBefore.get(context.database) ?? new Map<ConferenceId, Read>();
  readBefore.set(context.database, conferences);
  // Names that were deleted stand in what was read before.
  const erasures = await erasureRevision(context, conference);
  const known = conferences.get(conference);
  const before = known?.erasures === erasures ? known : null;
  const reports = new Map(before?.reports);
  let upTo = before?.upTo ?? 0;
  for await (const step of store.stepsAfter(context.database.read, conference, upTo)) {
    const { bridge } = step;
    reports.set(bridge, store.withStep(reports.get(bridge) ?? { bridge, draft: null, revisions: [] }, step));
    upTo = step.place;
  }
  conferences.set(conference, { upTo, erasures, reports });
  return reports;
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

/**
 * The same of one bridge and everything below it, as it stands now: what hangs elsewhere says nothing of them. A nation's
 * provinces fill in their forms while reports come in, and each report would have the whole worked out anew.
 */
async function headcountsUnder(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: BridgeId,
): Promise<Headcounts | null> {
  const sources = await headcountSources(context, conference);
  if (sources === null) return null;
  const tree = partOfTree(
    sources.tree,
    sources.tree.subtree(bridge).map(({ id }) => id),
  );
  const reports = sources.reports.filter((report) => tree.get(report.bridge) !== undefined);
  return headcountsFrom({ ...sources, tree, reports }, context.clock());
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
  /** Null before the bridges are built. */
  readonly own: OwnDue | null;
}

/** How one bridge stands with its own report, and where it hangs. */
export interface OwnDue {
  readonly bridge: Bridge;
  readonly due: BridgeDue;
  readonly aboveName: string | null;
  /** The clauses of the plan that speak of bridges of its class. */
  readonly clauses: readonly Clause[];
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
  const [all, isOwn] = await Promise.all([
    store.readSteps(read, conference, bridge),
    worksAt(context, conference, bridge),
  ]);
  const steps = all.filter(({ step, by }) => step !== 'draft' || isOwn || by === context.actor?.account);
  const report = store.reportOf(bridge, steps);
  return {
    report,
    steps,
    names: await actorsOf(context, steps),
    own: await ownDueOf(context, conference, bridge, report),
  };
}

/** How one bridge stands with a report of its own. A nation's units look at the same time: only what stands above it is read. */
async function ownDueOf(
  context: Context,
  conference: AuthorizedConferenceId,
  id: BridgeId,
  report: HeadcountReport | null,
): Promise<OwnDue | null> {
  const [tree, { plan }, inner] = await Promise.all([
    bridgeTreeOf(context, conference),
    planOf(context, conference),
    store.readInnerDeadlines(context.database.read, conference),
  ]);
  const bridge = tree?.get(id);
  if (tree === null || bridge === undefined) return null;
  const asOf = context.clock();
  const deadline = ownDeadline(tree, planDeadlines(plan), inner, id);
  const deadlines = new Map(deadline === null ? [] : [[id, deadline]]);
  const standing = standingReports(report === null ? [] : [report], asOf);
  const above = bridge.parent === null ? undefined : tree.get(bridge.parent);
  return {
    bridge,
    due: dueOf(id, { deadlines, standing, lines: new Map(), asOf }),
    aboveName: above?.name ?? null,
    clauses: plan.clauses.filter(({ bridgeClass }) => bridgeClass === bridge.class),
  };
}

/** A report that a bridge still owes, and for how long. */
export async function owedBy(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'host'>,
): Promise<OwnDue | null> {
  const steps = await store.readSteps(context.database.read, conference, bridge);
  const own = await ownDueOf(context, conference, bridge, store.reportOf(bridge, steps));
  return own !== null && isUnanswered(own.due) ? own : null;
}

/** What those below a bridge have reported, with the time of the last report; null where there is nobody below. */
export async function reportedBelow(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'read' | 'below'>,
): Promise<ReportedBelow | null> {
  const tree = await bridgeTreeOf(context, conference);
  // Nearly everybody who asks has nobody below.
  if (tree === null || tree.children(bridge).length === 0) return null;
  const headcounts =
    bridge === tree.root.id
      ? await headcountsOf(context, conference, 'now')
      : await headcountsUnder(context, conference, bridge);
  if (headcounts === null) return null;
  const below = headcounts.tree.subtree(bridge).slice(1);
  const { bridges, reported } = headcounts.due.get(bridge)?.below ?? { bridges: 0, reported: 0 };
  const own = headcounts.lines.get(bridge)?.line.total ?? 0;
  const sent = below.flatMap(({ id }) => headcounts.due.get(id)?.sentAt ?? []);
  return {
    bridges,
    reported,
    total: (headcounts.rollUps.get(bridge)?.people ?? 0) - own,
    latest: sent.reduce<Instant | null>((last, at) => (last === null || at > last ? at : last), null),
  };
}

export interface ReportedBelow {
  readonly bridges: number;
  readonly reported: number;
  readonly total: number;
  readonly latest: Instant | null;
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
