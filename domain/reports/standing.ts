import type { BridgeTree } from '../bridges/bridge.ts';
import type { BridgeId } from '../ids.ts';
import type { Instant } from '../time.ts';
import { standingVerdicts, stateOf } from './headcount.ts';
import type { HeadcountLine, HeadcountReport, HeadcountRevision, HeadcountState } from './headcount.ts';

/** A report as it stood at one moment. */
export interface StandingReport {
  readonly report: HeadcountReport;
  readonly state: HeadcountState;
  /** The last revision: its figures count, also while it is returned, as nothing better is known. */
  readonly last: HeadcountRevision;
  /**
   * The revision by which the duty to report was met: the first that was not sent back. Corrections of a report that
   * nobody sent back do not make it late; a report that was sent back is made with the revision that was not.
   */
  readonly met: HeadcountRevision | null;
}

/** What is said of one bridge, and by whom. */
export interface StandingLine {
  readonly line: HeadcountLine;
  /** The bridge whose owner reported: itself, or one above that spoke for it. */
  readonly owner: BridgeId;
  readonly state: HeadcountState;
  /** What upper levels say of the same bridge in their own reports, nearest first. */
  readonly others: readonly { readonly owner: BridgeId; readonly line: HeadcountLine }[];
}

/** A report as it stood at an instant: without revisions and verdicts that came later. Null before the first submission. */
export function standingAt(report: HeadcountReport, asOf: Instant): StandingReport | null {
  const revisions = report.revisions
    .filter(({ submittedAt }) => submittedAt <= asOf)
    .map((revision) => ({ ...revision, verdicts: revision.verdicts.filter(({ at }) => at <= asOf) }));
  const last = revisions.at(-1);
  if (last === undefined) return null;
  const then: HeadcountReport = { ...report, revisions };
  const met = revisions.find((one) => standingVerdicts(one)[0]?.kind !== 'returned') ?? null;
  return { report: then, state: stateOf(then), last, met };
}

/** The reports that stood at an instant, by bridge of the owner. */
export function standingReports(
  reports: Iterable<HeadcountReport>,
  asOf: Instant,
): ReadonlyMap<BridgeId, StandingReport> {
  const standing = new Map<BridgeId, StandingReport>();
  for (const report of reports) {
    const found = standingAt(report, asOf);
    if (found !== null) standing.set(report.bridge, found);
  }
  return standing;
}

/**
 * What is said of every bridge. The nearest word counts: a bridge's own report before that of its upper level, and the
 * nearest upper level before the next.
 */
export function standingLines(
  tree: BridgeTree,
  reports: ReadonlyMap<BridgeId, StandingReport>,
): ReadonlyMap<BridgeId, StandingLine> {
  const lines = new Map<BridgeId, StandingLine>();
  // From the top down: whoever is nearer to a bridge comes later, and takes the place.
  for (const { id } of tree.bridges) {
    const standing = reports.get(id);
    if (standing === undefined) continue;
    for (const line of standing.last.content.lines) {
      const above = lines.get(line.bridge);
      const others = above === undefined ? [] : [{ owner: above.owner, line: above.line }, ...above.others];
      lines.set(line.bridge, { line, owner: id, state: standing.state, others });
    }
  }
  return lines;
}
