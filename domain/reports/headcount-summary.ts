import type { BridgeTree } from '../bridges/bridge.ts';
import type { AccountId, BridgeId } from '../ids.ts';
import type { Instant } from '../time.ts';
import { dueOf, ownDeadlines } from './due.ts';
import type { DueInput, DueStatus, Judging, OwnDeadline, Reported } from './due.ts';
import { verdictOn, type HeadcountReport } from './headcount.ts';
import { standingAt, standingLines } from './standing.ts';
import type { StandingReport } from './standing.ts';

/** What a level's summary says of one bridge. */
export interface SummaryLine {
  readonly bridge: BridgeId;
  /** Null where nobody has reported: a gap, not a zero. */
  readonly total: number | null;
  readonly byClause: Readonly<Record<string, number>>;
  readonly byCategory: Readonly<Record<string, number>>;
  readonly chairName: string | null;
  readonly status: DueStatus;
  /** By how long the report that met the duty was late; 0 where it was not, or where none did. */
  readonly lateByMs: number;
  /** The bridge whose report speaks for this one; null for nobody. */
  readonly reportedBy: BridgeId | null;
  /** Who took the last step with that report, and when. */
  readonly by: AccountId | null;
  readonly at: Instant | null;
}

/** Sums over a summary, beside how many have reported. */
export interface SummaryTotals extends Reported {
  readonly people: number;
  readonly chairs: number;
}

/** What two versions of a summary say differently of one bridge, and who made the difference. */
export interface SummaryDifference {
  readonly bridge: BridgeId;
  readonly figure: 'total' | 'clause' | 'category' | 'chair' | 'status';
  /** Of a clause or a category, which one. */
  readonly key: string | null;
  readonly before: string | number | null;
  readonly after: string | number | null;
  readonly by: AccountId | null;
  readonly at: Instant | null;
}

/** One version of a level's headcount summary: what it had received at one moment. It never changes. */
export interface FrozenSummary {
  readonly version: number;
  /** The deadline by which those below were to report. */
  readonly dueBefore: Instant;
  /** What was received before this moment is in it: the deadline itself for the first version. */
  readonly at: Instant;
  readonly totals: SummaryTotals;
  /** Of the level's own bridge and everything below it, in tree order. */
  readonly lines: ReadonlyMap<BridgeId, SummaryLine>;
  /** Against the version before; empty for the first. */
  readonly differences: readonly SummaryDifference[];
}

/**
 * By when each level has its headcounts together: the last of the deadlines of those directly below it, be it the plan's
 * or an inner one. A bridge with nobody below, or with nobody below who is bound, collects nothing.
 */
export function collectingDeadlines(
  tree: BridgeTree,
  deadlines: ReadonlyMap<BridgeId, OwnDeadline>,
): ReadonlyMap<BridgeId, Instant> {
  const collecting = new Map<BridgeId, Instant>();
  for (const { id, parent } of tree.bridges) {
    const due = deadlines.get(id)?.dueBefore;
    if (parent === null || due === undefined) continue;
    const known = collecting.get(parent);
    if (known === undefined || known < due) collecting.set(parent, due);
  }
  return collecting;
}

/** A report without anything that came at a moment or after it; null where nothing is left. */
export function reportBefore(report: HeadcountReport, moment: Instant): HeadcountReport | null {
  const revisions = report.revisions
    .filter(({ submittedAt }) => submittedAt < moment)
    .map((revision) => ({ ...revision, verdicts: revision.verdicts.filter(({ at }) => at < moment) }));
  return revisions.length === 0 ? null : { ...report, draft: null, revisions };
}

/**
 * What is known of every bridge from what came before `asOf`, in tree order. At the very deadline whoever has not
 * reported is missing: "trước ngày 10/01" is over with the first instant of that day.
 */
export function summaryLines(input: DueInput): ReadonlyMap<BridgeId, SummaryLine> {
  const work = summaryLinesInWork(input);
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/** The same report by report and bridge by bridge: whoever has a nation to go through may pause in between. */
export function* summaryLinesInWork({
  tree,
  plan,
  inner,
  reports,
  asOf,
}: DueInput): Generator<null, ReadonlyMap<BridgeId, SummaryLine>> {
  const standing = new Map<BridgeId, StandingReport>();
  for (const report of reports) {
    const left = reportBefore(report, asOf);
    const found = left === null ? null : standingAt(left, asOf);
    if (found !== null) standing.set(report.bridge, found);
    yield null;
  }
  const judging = {
    deadlines: ownDeadlines(tree, plan, inner),
    standing,
    lines: standingLines(tree, standing),
    asOf,
  };
  const lines = new Map<BridgeId, SummaryLine>();
  for (const { id } of tree.bridges) {
    lines.set(id, summaryLine(id, judging));
    yield null;
  }
  return lines;
}

function summaryLine(id: BridgeId, judging: Judging): SummaryLine {
  const { deadline, reportedBy, receivedAt, status, lateByMs } = dueOf(id, judging);
  const line = judging.lines.get(id)?.line;
  const last = reportedBy === null ? undefined : judging.standing.get(reportedBy)?.last;
  const verdict = last === undefined ? undefined : verdictOn(last);
  // Taking a report over says nothing new; sending it back does.
  const step = verdict?.kind === 'returned' ? verdict : null;
  return {
    bridge: id,
    total: line?.total ?? null,
    byClause: line?.byClause ?? {},
    byCategory: line?.byCategory ?? {},
    chairName: line?.chairName || null,
    // The level's own moment counts here: a bridge that has longer is missing in it all the same.
    status: status === 'not-due' && deadline !== null ? 'missing' : status,
    lateByMs: receivedAt === null ? 0 : lateByMs,
    reportedBy,
    by: step?.by ?? last?.submittedBy ?? null,
    at: step?.at ?? last?.submittedAt ?? null,
  };
}

/** The lines of a level and of everything below it. */
export function linesUnder(
  tree: BridgeTree,
  lines: ReadonlyMap<BridgeId, SummaryLine>,
  level: BridgeId,
): ReadonlyMap<BridgeId, SummaryLine> {
  const own = new Map<BridgeId, SummaryLine>();
  for (const { id } of tree.subtree(level)) {
    const line = lines.get(id);
    if (line !== undefined) own.set(id, line);
  }
  return own;
}

export function summaryTotals(lines: Iterable<SummaryLine>): SummaryTotals {
  const totals = { bridges: 0, reported: 0, late: 0, missing: 0, returned: 0, people: 0, chairs: 0 };
  for (const { total, chairName, status } of lines) {
    totals.bridges += 1;
    totals.people += total ?? 0;
    if (chairName !== null) totals.chairs += 1;
    if (status === 'on-time' || status === 'late') totals.reported += 1;
    if (status === 'late') totals.late += 1;
    if (status === 'missing') totals.missing += 1;
    if (status === 'returned') totals.returned += 1;
  }
  return totals;
}

/** What changed from one version of a summary to another, in the order of the later one. */
export function diffSummaries(
  before: FrozenSummary['lines'],
  after: FrozenSummary['lines'],
): readonly SummaryDifference[] {
  const differences: SummaryDifference[] = [];
  for (const line of after.values()) diffLine(before.get(line.bridge) ?? null, line, differences);
  for (const line of before.values()) if (!after.has(line.bridge)) diffLine(line, null, differences);
  return differences;
}

function diffLine(was: SummaryLine | null, is: SummaryLine | null, to: SummaryDifference[]): void {
  const bridge = is?.bridge ?? was?.bridge;
  if (bridge === undefined) return;
  const { by = null, at = null } = is ?? {};
  const note = (
    figure: SummaryDifference['figure'],
    key: string | null,
    before: string | number | null | undefined,
    after: string | number | null | undefined,
  ): void => {
    if ((before ?? null) === (after ?? null)) return;
    to.push({ bridge, figure, key, before: before ?? null, after: after ?? null, by, at });
  };
  note('total', null, was?.total, is?.total);
  for (const [figure, field] of [
    ['clause', 'byClause'],
    ['category', 'byCategory'],
  ] as const) {
    const [a, b] = [was?.[field] ?? {}, is?.[field] ?? {}];
    // A clause that is left out and one that is given as 0 say the same.
    for (const key of Object.keys(b)) note(figure, key, a[key] ?? 0, b[key] ?? 0);
    for (const key of Object.keys(a)) if (!(key in b)) note(figure, key, a[key] ?? 0, 0);
  }
  note('chair', null, was?.chairName, is?.chairName);
  note('status', null, was?.status, is?.status);
}

/** What is frozen: the lines of one level, as they stood before one moment. */
export interface SummaryNow {
  readonly dueBefore: Instant;
  readonly at: Instant;
  readonly lines: ReadonlyMap<BridgeId, SummaryLine>;
}

/** Freezes a summary as its next version. Where nothing differs there is none: the one before is given back. */
export function freezeSummary(before: FrozenSummary | null, now: SummaryNow): FrozenSummary {
  const totals = (): SummaryTotals => summaryTotals(now.lines.values());
  if (before === null) return { ...now, version: 1, totals: totals(), differences: [] };
  const differences = diffSummaries(before.lines, now.lines);
  if (differences.length === 0) return before;
  return { ...now, version: before.version + 1, totals: totals(), differences };
}

/** What is enough to keep of a version beside the one before it: the lines that changed, and the bridges that are gone. */
export interface SummaryStep {
  readonly changed: readonly SummaryLine[];
  readonly gone: readonly BridgeId[];
}

export function stepBetween(before: FrozenSummary['lines'], after: FrozenSummary): SummaryStep {
  const touched = new Set(after.differences.map(({ bridge }) => bridge));
  const changed = Array.from(touched).flatMap((bridge) => after.lines.get(bridge) ?? []);
  return { changed, gone: Array.from(before.keys()).filter((bridge) => !after.lines.has(bridge)) };
}

/** The deadlines by which levels collect, out of what a conference says. */
export function deadlinesOfLevels({
  tree,
  plan,
  inner,
}: Pick<DueInput, 'tree' | 'plan' | 'inner'>): ReadonlyMap<BridgeId, Instant> {
  return collectingDeadlines(tree, ownDeadlines(tree, plan, inner));
}
