import type { Bridge, BridgeClass, BridgeTree } from '../bridges/bridge.ts';
import { judge } from '../deadlines/judge.ts';
import type { BridgeId } from '../ids.ts';
import { ok } from '../result.ts';
import type { Result } from '../result.ts';
import type { Instant } from '../time.ts';
import { verdictOn, type HeadcountReport, type HeadcountState } from './headcount.ts';
import { standingLines, standingReports } from './standing.ts';
import type { StandingLine, StandingReport } from './standing.ts';

/** The plan's deadline and the bodies that it binds: those whom the plan names, and nobody below them. */
export interface PlanDeadline {
  readonly classes: readonly BridgeClass[];
  /** The first instant that is too late; null where the plan gives no date ("theo quy định"). */
  readonly dueBefore: Instant | null;
  /** Tolerated, and still late. */
  readonly graceMs?: number;
}

/** By bridge of the upper unit that set it: the first instant that is too late for everybody below. */
export type InnerDeadlines = ReadonlyMap<BridgeId, Instant>;

/**
 * A bridge's own deadline. `plan`: the plan names the bridge. `upper`: the nearest unit above that set an inner one.
 * `inherited`: nobody set one, so that the nearest deadline above is the last moment that still serves.
 */
export interface OwnDeadline {
  readonly dueBefore: Instant;
  readonly from: 'plan' | 'upper' | 'inherited';
  /** Who set it; null for the plan. */
  readonly setBy: BridgeId | null;
  readonly graceMs: number;
}

/** `not-due` chưa đến hạn, `missing` chưa báo cáo, `on-time` đúng hạn, `late` chậm, `returned` bị trả lại. */
export type DueStatus = 'not-due' | 'missing' | 'on-time' | 'late' | 'returned';

/** How many bridges of a subtree have reported: what stands beside every total. */
export interface Reported {
  readonly bridges: number;
  /** On time or late. */
  readonly reported: number;
  readonly late: number;
  readonly missing: number;
  readonly returned: number;
}

/** One bridge in the list of who has reported and who has not. */
export interface ReportDue {
  readonly bridge: BridgeId;
  readonly deadline: OwnDeadline | null;
  readonly status: DueStatus;
  /** By how long it was, or by now is, late; 0 while it is not. */
  readonly lateByMs: number;
  /** Late, but inside the grace. */
  readonly withinGrace: boolean;
  /** When the report that met the duty was received; null while none did. */
  readonly receivedAt: Instant | null;
  /** Whose report speaks for the bridge: itself, an upper unit, or nobody. */
  readonly reportedBy: BridgeId | null;
  /** State of that report. */
  readonly state: HeadcountState | null;
  /** Which submission of it stands, and when that was sent. */
  readonly revision: number | null;
  readonly sentAt: Instant | null;
  /** With which remark it was returned. */
  readonly remark: string | null;
  /** The bridge itself and everything below it. */
  readonly subtree: Reported;
  /** Everything below it, without itself: "n of m below have reported". */
  readonly below: Reported;
}

/** The same of one bridge alone. */
export type BridgeDue = Omit<ReportDue, 'subtree' | 'below'>;

export interface DueInput {
  readonly tree: BridgeTree;
  readonly plan: readonly PlanDeadline[];
  readonly inner: InnerDeadlines;
  readonly reports: Iterable<HeadcountReport>;
  readonly asOf: Instant;
}

/**
 * Who has reported, who has not, who was late and by how long, as it stood at `asOf`: every bridge in tree order. Late is
 * judged against one's own deadline; a bridge for which an upper unit spoke, against that unit's.
 */
export function reportsDue({ tree, plan, inner, reports, asOf }: DueInput): ReadonlyMap<BridgeId, ReportDue> {
  const deadlines = ownDeadlines(tree, plan, inner);
  const standing = standingReports(reports, asOf);
  const lines = standingLines(tree, standing);

  const known = { deadlines, standing, lines, asOf };
  const rows = tree.bridges.map(({ id }) => dueOf(id, known));

  const below = new Map<BridgeId, Counted>(tree.bridges.map(({ id }) => [id, nobody()]));
  const subtree = new Map<BridgeId, Counted>();
  for (const row of rows.toReversed()) {
    const all = { ...(below.get(row.bridge) ?? nobody()) };
    add(all, ownCount(row.status));
    subtree.set(row.bridge, all);
    const parent = tree.get(row.bridge)?.parent ?? null;
    const above = parent === null ? undefined : below.get(parent);
    if (above !== undefined) add(above, all);
  }
  return new Map(
    rows.map((row) => [
      row.bridge,
      {
        ...row,
        subtree: subtree.get(row.bridge) ?? nobody(),
        below: below.get(row.bridge) ?? nobody(),
      },
    ]),
  );
}

/** What one bridge is judged by. */
export interface Judging {
  readonly deadlines: ReadonlyMap<BridgeId, OwnDeadline>;
  readonly standing: ReadonlyMap<BridgeId, StandingReport>;
  readonly lines: ReadonlyMap<BridgeId, StandingLine>;
  readonly asOf: Instant;
}

/** How one bridge stands with its report, without what is below it. */
export function dueOf(id: BridgeId, { deadlines, standing, lines, asOf }: Judging): BridgeDue {
  const deadline = deadlines.get(id) ?? null;
  const owner = standing.has(id) ? id : lines.get(id)?.owner;
  const spoken = owner === undefined ? undefined : standing.get(owner);
  if (owner === undefined || spoken === undefined) {
    const unsaid = { reportedBy: null, state: null, revision: null, sentAt: null, remark: null };
    const nothing = { receivedAt: null, ...unsaid };
    return { bridge: id, deadline, ...overdue(deadline, asOf, 'missing'), ...nothing };
  }
  const judged = judgeReport(deadlines.get(owner) ?? null, spoken, asOf);
  const { number: revision, submittedAt: sentAt } = spoken.last;
  const said = { reportedBy: owner, state: spoken.state, revision, sentAt, remark: remarkOn(spoken) };
  return { bridge: id, deadline, ...judged, ...said };
}

/** The deadline of every bridge that has one. */
export function ownDeadlines(
  tree: BridgeTree,
  plan: readonly PlanDeadline[],
  inner: InnerDeadlines,
): ReadonlyMap<BridgeId, OwnDeadline> {
  return deadlinesAlong(tree.bridges, plan, inner);
}

/** The deadline of one bridge, out of what stands above it; null where nothing binds it. */
export function ownDeadline(
  tree: BridgeTree,
  plan: readonly PlanDeadline[],
  inner: InnerDeadlines,
  id: BridgeId,
): OwnDeadline | null {
  return deadlinesAlong(tree.path(id).toReversed(), plan, inner).get(id) ?? null;
}

/** Of bridges that each come after their parent. */
function deadlinesAlong(
  bridges: readonly Bridge[],
  plan: readonly PlanDeadline[],
  inner: InnerDeadlines,
): Map<BridgeId, OwnDeadline> {
  const own = new Map<BridgeId, OwnDeadline>();
  /** What each bridge hands down to those below it. */
  const handed = new Map<BridgeId, OwnDeadline>();
  for (const bridge of bridges) {
    const named = plan.find(({ classes }) => classes.includes(bridge.class));
    const above = bridge.parent === null ? undefined : handed.get(bridge.parent);
    const deadline =
      named === undefined
        ? above
        : named.dueBefore === null
          ? undefined
          : ({ dueBefore: named.dueBefore, from: 'plan', setBy: null, graceMs: named.graceMs ?? 0 } as const);
    if (deadline !== undefined) own.set(bridge.id, deadline);
    const set = inner.get(bridge.id);
    if (set !== undefined)
      handed.set(bridge.id, { dueBefore: set, from: 'upper', setBy: bridge.id, graceMs: 0 });
    else if (deadline?.from === 'plan')
      handed.set(bridge.id, { ...deadline, from: 'inherited', setBy: bridge.id });
    else if (deadline !== undefined) handed.set(bridge.id, deadline);
  }
  return own;
}

/** Why an inner deadline is refused. */
export type InnerDeadlineRefusal =
  | { readonly reason: 'nobody below' }
  /** It must leave the upper unit time to put the reports together. */
  | { readonly reason: 'not before own deadline'; readonly own: Instant };

/** Whether a bridge may set an inner deadline for those below it. */
export function checkInnerDeadline(
  tree: BridgeTree,
  deadlines: ReadonlyMap<BridgeId, OwnDeadline>,
  bridge: BridgeId,
  dueBefore: Instant,
): Result<Instant, InnerDeadlineRefusal> {
  if (tree.children(bridge).length === 0) return { ok: false, reason: 'nobody below' };
  const own = deadlines.get(bridge);
  if (own !== undefined && dueBefore >= own.dueBefore) {
    return { ok: false, reason: 'not before own deadline', own: own.dueBefore };
  }
  return ok(dueBefore);
}

type Judged = Pick<ReportDue, 'status' | 'lateByMs' | 'withinGrace'>;

function judgeReport(
  deadline: OwnDeadline | null,
  { state, met }: StandingReport,
  asOf: Instant,
): Judged & Pick<ReportDue, 'receivedAt'> {
  if (met === null) return { ...overdue(deadline, asOf, 'returned'), receivedAt: null };
  const receivedAt = met.submittedAt;
  const { late, byMs, withinGrace } =
    deadline === null
      ? { late: false, byMs: 0, withinGrace: false }
      : judge(deadline.dueBefore, receivedAt, deadline.graceMs);
  const status = state === 'returned' ? 'returned' : late ? 'late' : 'on-time';
  return { status, lateByMs: byMs, withinGrace, receivedAt };
}

/** Nothing has been received that stands: overdue by now, or not yet due. */
function overdue(deadline: OwnDeadline | null, asOf: Instant, status: 'missing' | 'returned'): Judged {
  const { late, byMs, withinGrace } =
    deadline === null
      ? { late: false, byMs: 0, withinGrace: false }
      : judge(deadline.dueBefore, asOf, deadline.graceMs);
  return { status: late || status === 'returned' ? status : 'not-due', lateByMs: byMs, withinGrace };
}

function remarkOn({ last }: StandingReport): string | null {
  const verdict = verdictOn(last);
  return verdict?.kind === 'returned' ? verdict.remark : null;
}

type Counted = { -readonly [Key in keyof Reported]: number };

function nobody(): Counted {
  return { bridges: 0, reported: 0, late: 0, missing: 0, returned: 0 };
}

function ownCount(status: DueStatus): Reported {
  return {
    bridges: 1,
    reported: status === 'on-time' || status === 'late' ? 1 : 0,
    late: status === 'late' ? 1 : 0,
    missing: status === 'missing' ? 1 : 0,
    returned: status === 'returned' ? 1 : 0,
  };
}

function add(to: Counted, from: Reported): void {
  to.bridges += from.bridges;
  to.reported += from.reported;
  to.late += from.late;
  to.missing += from.missing;
  to.returned += from.returned;
}
