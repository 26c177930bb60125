import { z } from 'zod';

import { BridgeId } from '../ids.ts';
import { Instant } from '../time.ts';
import { contract, page, PageQuery } from './contract.ts';

const heads = z.int().min(0).max(1_000_000);
/** Heads by clause or category. A plan has at most 500 clauses; more keys than that are no report. */
const headsBy = (longest: number) =>
  z
    .record(z.string().trim().min(1).max(longest), heads)
    .refine((counts) => Object.keys(counts).length <= 500)
    .default({});

/** What a unit reports for one bridge (thành phần, số lượng đại biểu). Zero is a report; a missing one is a gap. */
export const HeadcountContent = z.object({
  /** Delegates in all. */
  total: heads,
  /** By clause of the plan (thành phần), keyed by clause id. */
  byClause: headsBy(64),
  /** By category: `partyMember`, `other`, or what the conference names. */
  byCategory: headsBy(40),
  chairName: z.string().trim().max(200).nullable().default(null),
  chairPost: z.string().trim().max(300).nullable().default(null),
  remark: z.string().trim().max(2000).nullable().default(null),
});
export type HeadcountContent = z.infer<typeof HeadcountContent>;

/** `draft` chưa gửi, `submitted` đã gửi, `returned` trả lại, `accepted` đã nhận. */
export const HeadcountState = z.enum(['draft', 'submitted', 'returned', 'accepted']);
export type HeadcountState = z.infer<typeof HeadcountState>;

export const HeadcountReport = z.object({
  bridge: BridgeId,
  state: HeadcountState,
  /** Number of the submission that was sent last; 0 while none was. */
  revision: z.int(),
  /** What was sent last; while nothing was, the draft. */
  content: HeadcountContent,
  /** What the unit works on since it sent last; null where that is nothing. */
  draft: HeadcountContent.nullable(),
  /** With which remark it was returned. */
  returnedWith: z.string().nullable(),
  submittedAt: Instant.nullable(),
  history: z.array(
    z.object({
      revision: z.int(),
      step: z.enum(['draft', 'submit', 'return', 'accept']),
      at: Instant,
      by: z.string(),
      remark: z.string().nullable(),
      total: z.int(),
    }),
  ),
});
export type HeadcountReport = z.infer<typeof HeadcountReport>;

/** One bridge in the list of who has reported and who has not. */
export const DueRow = z.object({
  bridge: BridgeId,
  name: z.string(),
  class: z.string(),
  parent: BridgeId.nullable(),
  /** The bridge's own deadline: the plan's for those whom it names, an inner one for those below them. */
  dueBefore: Instant.nullable(),
  status: z.enum(['missing', 'not-due', 'on-time', 'late', 'returned']),
  lateByMs: z.int(),
  state: HeadcountState.nullable(),
  /** Its own figure; null while it has not reported: a gap, not a zero. */
  total: z.int().nullable(),
  /** Itself and everything below. */
  below: z.object({ bridges: z.int(), reported: z.int(), total: z.int() }),
});
export type DueRow = z.infer<typeof DueRow>;

/** Sums over a subtree, beside how many have reported. */
export const HeadcountRollUp = z.object({
  bridge: BridgeId,
  asOf: Instant,
  bridges: z.int(),
  reported: z.int(),
  late: z.int(),
  missing: z.int(),
  total: z.int(),
  chairs: z.int(),
  byClass: z.array(z.object({ class: z.string(), bridges: z.int(), reported: z.int(), total: z.int() })),
  byClause: z.record(z.string(), z.int()),
  byCategory: z.record(z.string(), z.int()),
});
export type HeadcountRollUp = z.infer<typeof HeadcountRollUp>;

/** The revision that the level above has looked at; one that has been replaced since is not decided on. */
const Decided = z.object({ revision: z.coerce.number().int().min(1).optional() });

export const headcountContracts = {
  reportsDue: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/reports-due',
    summary: 'Who below a bridge has reported, who has not, who was late and by how long',
    scope: { at: 'bridge', right: 'read', below: true },
    query: PageQuery.extend({
      asOf: z.coerce.number().int().optional(),
      status: DueRow.shape.status.optional(),
      /** Only direct children, or every bridge below. */
      deep: z.stringbool().default(false),
    }),
    answer: page(DueRow).extend({ rollUp: HeadcountRollUp }),
  }),
  headcount: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/headcount',
    summary: "A bridge's own headcount report with its history; null while there is none",
    scope: { at: 'bridge', right: 'people' },
    answer: z.object({
      report: HeadcountReport.nullable(),
      dueBefore: Instant.nullable(),
      status: DueRow.shape.status,
      /** By how long the report was late, or by now is. */
      lateByMs: z.int(),
    }),
    audit: 'look',
  }),
  saveHeadcount: contract({
    method: 'put',
    path: '/conferences/{conference}/bridges/{bridge}/headcount',
    summary: 'Keep a draft of the report',
    scope: { at: 'bridge', right: 'host' },
    body: HeadcountContent,
    answer: HeadcountReport,
  }),
  submitHeadcount: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/headcount/submit',
    summary: 'Send the report up; late is said, never refused',
    scope: { at: 'bridge', right: 'host' },
    body: HeadcountContent,
    answer: HeadcountReport,
  }),
  returnHeadcount: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/headcount/return',
    summary: 'Return a submitted report with a remark; for the level above',
    scope: { at: 'bridge', right: 'organize', above: true },
    query: Decided,
    body: z.object({ remark: z.string().trim().min(1).max(2000) }),
    answer: HeadcountReport,
  }),
  acceptHeadcount: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/headcount/accept',
    summary: 'Accept a submitted report; for the level above',
    scope: { at: 'bridge', right: 'organize', above: true },
    query: Decided,
    answer: HeadcountReport,
  }),
  setInnerDeadline: contract({
    method: 'put',
    path: '/conferences/{conference}/bridges/{bridge}/inner-deadline',
    summary: 'Set the deadline by which those below a bridge report to it, or take it away',
    scope: { at: 'bridge', right: 'organize' },
    body: z.object({
      /** Null takes it away: the nearest deadline above holds again. */
      dueBefore: Instant.nullable(),
      /** The one that the caller has seen, null for none: what somebody else has set since is not written over. */
      was: Instant.nullable().optional(),
    }),
    answer: z.object({ dueBefore: Instant.nullable() }),
  }),
  reportDifficulty: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/difficulties',
    summary: 'Report a difficulty (khó khăn, vướng mắc) to the level above, at any time',
    scope: { at: 'bridge', right: 'host' },
    body: z.object({ text: z.string().trim().min(1).max(4000) }),
    answer: z.object({
      id: z.string(),
      via: z.string().nullable(),
      addressee: z.string().nullable(),
      at: Instant,
    }),
  }),
  difficulties: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/difficulties',
    summary: 'Difficulties reported at a bridge and below it, newest first',
    scope: { at: 'bridge', right: 'people', below: true },
    query: PageQuery,
    answer: page(
      z.object({
        id: z.string(),
        bridge: BridgeId,
        bridgeName: z.string(),
        text: z.string(),
        at: Instant,
        by: z.string(),
      }),
    ),
    audit: 'look',
  }),
};
