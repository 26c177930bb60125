import { z } from 'zod';

import { BridgeId } from '../ids.ts';
import { ReportPart } from '../reports/headcount.ts';
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
  /** Beside which field the remark is read; null for the whole report. */
  returnedAbout: ReportPart.nullable(),
  submittedAt: Instant.nullable(),
  history: z.array(
    z.object({
      revision: z.int(),
      step: z.enum(['draft', 'submit', 'return', 'accept', 'withdraw']),
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

/**
 * How every bridge at or below one stands with its report, by column: a nation's in one answer. Rows are in tree order, and
 * nothing in them changes by the mere passing of time.
 */
export const DueTable = z.object({
  ids: z.array(BridgeId),
  /** The deadlines that there are, and for each bridge the place of its own among them, -1 for none. */
  deadlines: z.array(Instant),
  deadlineOf: z.array(z.int()),
  /** Of the report that speaks for the bridge; null while nothing was sent. */
  states: z.array(HeadcountState.nullable()),
  /** Of the bridge's own report: the submission that stands. 0 where there is none, or an upper unit speaks for it. */
  revisions: z.array(z.int()),
  /** When what stands was sent. */
  sentAt: z.array(Instant.nullable()),
  /** By how long the report that met the duty was late; -1 while none has, and it grows later by itself. */
  lateBy: z.array(z.int()),
  totals: z.array(z.int().nullable()),
  /** 1 where whoever works there has had the form before them. */
  opened: z.array(z.int()),
  /** How often the bridge was reminded, and when last; 1 in `seen` where that was seen. */
  reminded: z.array(z.int()),
  remindedAt: z.array(Instant.nullable()),
  seen: z.array(z.int()),
});
export type DueTable = z.infer<typeof DueTable>;

/** Tells one state of the table from another: a digest, which says nothing by itself. */
export const DueRevision = z
  .string()
  .regex(/^[\w-]{1,64}$/)
  .brand<'DueRevision'>();
export type DueRevision = z.infer<typeof DueRevision>;

/** A time at which a unit was reminded of its report. */
export const Reminding = z.object({
  at: Instant,
  by: z.string(),
  words: z.string().nullable(),
  seenAt: Instant.nullable(),
});
export type Reminding = z.infer<typeof Reminding>;

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

const Remark = z.string().trim().min(1).max(2000);
/** What the level above says of many reports at once. */
export const Decision = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accept') }),
  z.object({ kind: z.literal('return'), remark: Remark, about: ReportPart.nullable().default(null) }),
  /** Takes back what it said last. */
  z.object({ kind: z.literal('withdraw') }),
]);
export type Decision = z.infer<typeof Decision>;

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
      asOf: Instant,
      /** The clauses of the plan that speak of bridges like this one: by them it reports its people. */
      clauses: z.array(z.object({ id: z.string(), text: z.string() })),
      /** To whom the report goes; null at the top. */
      aboveName: z.string().nullable(),
      /** What those below have reported; null where there is nothing below, or it is not for the caller. */
      below: z
        .object({ bridges: z.int(), reported: z.int(), total: z.int(), latest: Instant.nullable() })
        .nullable(),
      /** Latest first. */
      reminders: z.array(Reminding),
    }),
    audit: 'look',
  }),
  dueTable: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/due-table',
    summary:
      'How every bridge at or below one stands with its report; nothing but the revision where it is still the same',
    scope: { at: 'bridge', right: 'read', below: true },
    query: z.object({ since: DueRevision.optional() }),
    answer: z.object({ asOf: Instant, revision: DueRevision, table: DueTable.nullable() }),
  }),
  decideHeadcounts: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/headcounts/decide',
    summary:
      'Accept or return reports of bridges below one, and its own for the level above, or take back what was said of them last, each for itself',
    scope: { at: 'bridge', right: 'organize', below: true },
    body: z.object({
      reports: z
        .array(z.object({ bridge: BridgeId, revision: z.int().min(1) }))
        .min(1)
        .max(1000),
      decision: Decision,
    }),
    answer: z.object({
      done: z.array(BridgeId),
      refused: z.array(z.object({ bridge: BridgeId, name: z.string(), message: z.string() })),
    }),
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
    body: z.object({ remark: Remark, about: ReportPart.nullable().default(null) }),
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
