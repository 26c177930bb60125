import { z } from 'zod';

import type { BridgeTree } from '../bridges/bridge.ts';
import { BridgeId, ClauseId } from '../ids.ts';
import type { AccountId } from '../ids.ts';
import { ok } from '../result.ts';
import type { Result } from '../result.ts';
import { tidy } from '../text/normalize.ts';
import type { Instant } from '../time.ts';

const heads = z.int().min(0).max(1_000_000);
const line = (max: number) => z.string().max(max).overwrite(tidy);

/** One delegate, where a unit names its people (tùy chọn). */
export const HeadcountName = z.object({
  name: line(200).min(1),
  post: line(300),
  clause: ClauseId.nullable(),
});
export type HeadcountName = z.infer<typeof HeadcountName>;

/** What is reported for one bridge (thành phần, số lượng đại biểu). Zero is a report; a bridge without a line is a gap. */
export const HeadcountLine = z.object({
  bridge: BridgeId,
  /** Delegates in all. */
  total: heads,
  /** By clause of the plan; together not more than `total`, less where people come outside every clause. */
  byClause: z.record(z.string().min(1).max(64), heads).default({}),
  /** By category: `partyMember`, `other`, or what the conference names. Categories may overlap. */
  byCategory: z.record(line(40).min(1), heads).default({}),
  chairName: line(200).nullable().default(null),
  chairPost: line(300).nullable().default(null),
  names: z.array(HeadcountName).max(5000).default([]),
  remark: line(2000).nullable().default(null),
});
export type HeadcountLine = z.infer<typeof HeadcountLine>;

/** A headcount report: of the owner's bridge, and of as many of the bridges below as the owner speaks for. */
export const HeadcountContent = z.object({ lines: z.array(HeadcountLine).min(1).max(60_000) });
export type HeadcountContent = z.infer<typeof HeadcountContent>;

/** The parts of a report that a remark can be about. */
export const REPORT_PARTS = ['total', 'clauses', 'members', 'chair', 'remark'] as const;
export const ReportPart = z.enum(REPORT_PARTS);
export type ReportPart = z.infer<typeof ReportPart>;

/** What the upper level said of a revision. `withdrawn` takes back what was said before it. */
export type Verdict =
  | {
      readonly kind: 'returned';
      readonly at: Instant;
      readonly by: AccountId;
      readonly remark: string;
      /** Beside which field the unit reads the remark; null for the whole report. */
      readonly about: ReportPart | null;
    }
  | { readonly kind: 'accepted'; readonly at: Instant; readonly by: AccountId }
  | { readonly kind: 'withdrawn'; readonly at: Instant; readonly by: AccountId };
export type StandingVerdict = Exclude<Verdict, { readonly kind: 'withdrawn' }>;

/** One submission, kept for ever. */
export interface HeadcountRevision {
  /** 1, 2, ... */
  readonly number: number;
  readonly content: HeadcountContent;
  readonly submittedAt: Instant;
  readonly submittedBy: AccountId;
  /** Oldest first; the last one holds. An accepted revision may be returned later, when the unit must change it. */
  readonly verdicts: readonly Verdict[];
}

/** The headcount report of one bridge's owner, with its history. */
export interface HeadcountReport {
  readonly bridge: BridgeId;
  /** What the owner works on and nobody else sees; null when nothing is begun. */
  readonly draft: HeadcountContent | null;
  readonly revisions: readonly HeadcountRevision[];
}

/** `draft` chưa gửi, `submitted` đã gửi, `returned` trả lại, `accepted` đã nhận. */
export type HeadcountState = 'draft' | 'submitted' | 'returned' | 'accepted';

/** Why a report, or a step with it, is refused. Closed. */
export type HeadcountRefusal =
  | { readonly reason: 'bridge not below'; readonly bridge: BridgeId }
  /** Nobody from the own bridge is a zero, and is said. */
  | { readonly reason: 'own bridge missing'; readonly bridge: BridgeId }
  | { readonly reason: 'bridge twice'; readonly bridge: BridgeId }
  | { readonly reason: 'clause not in plan'; readonly bridge: BridgeId; readonly clause: string }
  | {
      readonly reason: 'clauses exceed total';
      readonly bridge: BridgeId;
      readonly sum: number;
      readonly total: number;
    }
  | {
      readonly reason: 'category exceeds total';
      readonly bridge: BridgeId;
      readonly category: string;
      readonly total: number;
    }
  | {
      readonly reason: 'names exceed total';
      readonly bridge: BridgeId;
      readonly names: number;
      readonly total: number;
    }
  /** The upper level has accepted it: it must return it before it can change. */
  | { readonly reason: 'already accepted' }
  | { readonly reason: 'already returned' }
  | { readonly reason: 'nothing submitted' }
  | { readonly reason: 'nothing to withdraw' }
  /** The owner has submitted anew since the upper level looked. */
  | { readonly reason: 'other revision'; readonly last: number }
  | { readonly reason: 'remark missing' };

type Step = Result<HeadcountReport, HeadcountRefusal>;

/** What a report's figures are held against. */
export interface HeadcountRules {
  readonly tree: BridgeTree;
  readonly clauses: ReadonlySet<string>;
}

export function stateOf(report: HeadcountReport): HeadcountState {
  const last = report.revisions.at(-1);
  if (last === undefined) return 'draft';
  return verdictOn(last)?.kind ?? 'submitted';
}

/** The verdicts that stand: without those that were taken back. */
export function standingVerdicts({ verdicts }: Pick<HeadcountRevision, 'verdicts'>): StandingVerdict[] {
  const standing: StandingVerdict[] = [];
  for (const verdict of verdicts) {
    if (verdict.kind === 'withdrawn') standing.pop();
    else standing.push(verdict);
  }
  return standing;
}

/** The verdict that holds; undefined while the upper level has said nothing that stands. */
export function verdictOn(revision: Pick<HeadcountRevision, 'verdicts'>): StandingVerdict | undefined {
  return standingVerdicts(revision).at(-1);
}

/** Keeps a draft. Its figures are not judged yet: a draft may be half done. */
export function saveDraft(before: HeadcountReport | null, bridge: BridgeId, draft: HeadcountContent): Step {
  if (before !== null && stateOf(before) === 'accepted') return { ok: false, reason: 'already accepted' };
  return ok({ bridge, revisions: before?.revisions ?? [], draft });
}

/**
 * Submits a report, or a new revision of one that waits or was returned. Late is judged elsewhere and never a reason to
 * refuse. The same content again, while the last revision waits, is the same submission.
 */
export function submit(
  before: HeadcountReport | null,
  bridge: BridgeId,
  input: { readonly content: HeadcountContent; readonly at: Instant; readonly by: AccountId },
  rules: HeadcountRules,
): Step {
  const state = before === null ? 'draft' : stateOf(before);
  if (state === 'accepted') return { ok: false, reason: 'already accepted' };
  const fault = faultIn(bridge, input.content, rules);
  if (fault !== null) return fault;
  const revisions = before?.revisions ?? [];
  const last = revisions.at(-1);
  if (
    before !== null &&
    last !== undefined &&
    state === 'submitted' &&
    sameContent(last.content, input.content)
  ) {
    return ok(before);
  }
  const revision: HeadcountRevision = {
    number: revisions.length + 1,
    content: input.content,
    submittedAt: input.at,
    submittedBy: input.by,
    verdicts: [],
  };
  return ok({ bridge, draft: null, revisions: [...revisions, revision] });
}

/**
 * Returns a report with a remark (trả lại), also one that was accepted, when the owner must change it.
 *
 * @param input.revision the revision that the upper level looked at
 */
export function giveBack(
  report: HeadcountReport,
  input: {
    readonly revision: number;
    readonly remark: string;
    readonly about: ReportPart | null;
    readonly at: Instant;
    readonly by: AccountId;
  },
): Step {
  const remark = tidy(input.remark);
  if (remark === '') return { ok: false, reason: 'remark missing' };
  const { revision, about, at, by } = input;
  return decide(report, revision, { kind: 'returned', at, by, remark, about });
}

/** Accepts a report (đã nhận). */
export function accept(
  report: HeadcountReport,
  input: { readonly revision: number; readonly at: Instant; readonly by: AccountId },
): Step {
  return decide(report, input.revision, { kind: 'accepted', at: input.at, by: input.by });
}

/**
 * Takes back what the upper level said last of a revision (rút lại). Only as long as the unit has not sent anew: what it
 * has answered stands.
 */
export function withdraw(
  report: HeadcountReport,
  input: { readonly revision: number; readonly at: Instant; readonly by: AccountId },
): Step {
  return decide(report, input.revision, { kind: 'withdrawn', at: input.at, by: input.by });
}

function decide(report: HeadcountReport, revision: number, verdict: Verdict): Step {
  const last = report.revisions.at(-1);
  if (last === undefined) return { ok: false, reason: 'nothing submitted' };
  if (last.number !== revision) return { ok: false, reason: 'other revision', last: last.number };
  const state = stateOf(report);
  if (verdict.kind === 'withdrawn') {
    if (state === 'submitted') return { ok: false, reason: 'nothing to withdraw' };
  } else if (state === 'returned') return { ok: false, reason: 'already returned' };
  if (state === 'accepted' && verdict.kind === 'accepted') return { ok: false, reason: 'already accepted' };
  const decided = { ...last, verdicts: [...last.verdicts, verdict] };
  return ok({ ...report, revisions: [...report.revisions.slice(0, -1), decided] });
}

function faultIn(
  owner: BridgeId,
  content: HeadcountContent,
  { tree, clauses }: HeadcountRules,
): ({ readonly ok: false } & HeadcountRefusal) | null {
  const seen = new Set<BridgeId>();
  for (const { bridge, total, byClause, byCategory, names } of content.lines) {
    if (!tree.path(bridge).some(({ id }) => id === owner))
      return { ok: false, reason: 'bridge not below', bridge };
    if (seen.has(bridge)) return { ok: false, reason: 'bridge twice', bridge };
    seen.add(bridge);
    const unknown = Object.keys(byClause).find((clause) => !clauses.has(clause));
    if (unknown !== undefined) return { ok: false, reason: 'clause not in plan', bridge, clause: unknown };
    const sum = Object.values(byClause).reduce((all, count) => all + count, 0);
    if (sum > total) return { ok: false, reason: 'clauses exceed total', bridge, sum, total };
    const [category] = Object.entries(byCategory).find(([, count]) => count > total) ?? [];
    if (category !== undefined)
      return { ok: false, reason: 'category exceeds total', bridge, category, total };
    if (names.length > total) {
      return { ok: false, reason: 'names exceed total', bridge, names: names.length, total };
    }
  }
  return seen.has(owner) ? null : { ok: false, reason: 'own bridge missing', bridge: owner };
}

function sameContent(a: HeadcountContent, b: HeadcountContent): boolean {
  return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
}

function ordered(content: HeadcountContent): unknown {
  return content.lines
    .toSorted((x, y) => (x.bridge < y.bridge ? -1 : 1))
    .map(({ bridge, total, byClause, byCategory, chairName, chairPost, names, remark }) => [
      [bridge, total, sortedEntries(byClause), sortedEntries(byCategory), chairName, chairPost, remark],
      names.map(({ name, post, clause }) => [name, post, clause]),
    ]);
}

function sortedEntries(counts: Readonly<Record<string, number>>): readonly (readonly [string, number])[] {
  return Object.entries(counts).toSorted(([x], [y]) => (x < y ? -1 : 1));
}
