import { z } from 'zod';

import { BridgeId } from '../ids.ts';
import { FIGURES } from '../reports/figures.ts';
import { Language } from '../text/language.ts';
import { Instant } from '../time.ts';
import { contract, page, PageQuery } from './contract.ts';
import { DueRow } from './headcount.ts';

/** How many differences of a version stand in the list of versions; the version itself has all of them. */
export const DIFFERENCES_LISTED = 20;

const Status = DueRow.shape.status;
const Figure = z.enum(FIGURES);

/** One figure that two versions of an attendance report give differently, of a bridge with everything below it. */
export const ReportDifference = z.object({
  bridge: BridgeId,
  bridgeName: z.string(),
  figure: Figure,
  before: z.int(),
  after: z.int(),
});
export type ReportDifference = z.infer<typeof ReportDifference>;

/** One version of an attendance report: what was known up to one event of the ledger. It never changes. */
export const ReportVersion = z.object({
  version: z.int(),
  /** Of the last event in the ledger that it knows of. */
  sequence: z.int(),
  at: Instant,
  /** How many figures differ from the version before, and the first of them. */
  differing: z.int(),
  differences: z.array(ReportDifference),
});
export type ReportVersion = z.infer<typeof ReportVersion>;

/** What two versions of a level's headcount summary say differently of one bridge, and who made the difference. */
export const SummaryDifference = z.object({
  bridge: BridgeId,
  bridgeName: z.string(),
  figure: z.enum(['total', 'clause', 'category', 'chair', 'status']),
  /** Of a clause or a category, which one. */
  key: z.string().nullable(),
  /** A number; for `chair` a name, for `status` a status. Null is nothing: no report, no chair, no such bridge. */
  before: z.union([z.int(), z.string()]).nullable(),
  after: z.union([z.int(), z.string()]).nullable(),
  by: z.string().nullable(),
  at: Instant.nullable(),
});
export type SummaryDifference = z.infer<typeof SummaryDifference>;

/** One version of a level's headcount summary. */
export const SummaryVersion = z.object({
  version: z.int(),
  /** The deadline by which those below were to report; version 1 has what was received before it. */
  dueBefore: Instant,
  at: Instant,
  bridges: z.int(),
  reported: z.int(),
  late: z.int(),
  missing: z.int(),
  returned: z.int(),
  people: z.int(),
  chairs: z.int(),
  differing: z.int(),
  differences: z.array(SummaryDifference),
});
export type SummaryVersion = z.infer<typeof SummaryVersion>;

/** What a version of a summary says of one bridge. */
export const SummaryRow = z.object({
  bridge: BridgeId,
  name: z.string(),
  class: z.string(),
  /** Null where nobody had reported: a gap, not a zero. */
  total: z.int().nullable(),
  chairName: z.string().nullable(),
  status: Status,
  lateByMs: z.int(),
  by: z.string().nullable(),
  at: Instant.nullable(),
});
export type SummaryRow = z.infer<typeof SummaryRow>;

const ReportPath = '/conferences/{conference}/bridges/{bridge}/sessions/{session}/attendance-reports';
const SummaryPath = '/conferences/{conference}/bridges/{bridge}/headcount-versions';

export const versionContracts = {
  freezeReport: contract({
    method: 'post',
    path: ReportPath,
    summary:
      'Freeze the attendance report of a subtree as its next version; a bridge that closes does so by itself',
    scope: { at: 'bridge', right: 'organize' },
    answer: z.object({
      version: z.int(),
      sequence: z.int(),
      at: Instant,
      /** Whether this made a new version. False where nothing differs from the last one, which is then given. */
      differs: z.boolean(),
    }),
  }),
  reportVersions: contract({
    method: 'get',
    path: ReportPath,
    summary: 'Versions of the attendance report, last first, each with what changed since the one before',
    scope: { at: 'bridge', right: 'read', below: true },
    query: PageQuery,
    answer: page(ReportVersion),
  }),
  reportDifferences: contract({
    method: 'get',
    path: `${ReportPath}/{version}/differences`,
    summary: 'Every figure of one version of the attendance report that differs from the version before',
    scope: { at: 'bridge', right: 'read', below: true },
    query: PageQuery,
    answer: page(ReportDifference),
  }),
  headcountVersions: contract({
    method: 'get',
    path: SummaryPath,
    summary:
      "Versions of a level's headcount summary, last first: as it was received by the deadline, and every change after",
    scope: { at: 'bridge', right: 'people', below: true },
    query: PageQuery,
    answer: page(SummaryVersion).extend({
      /** By when those below report; null where nothing binds them. */
      dueBefore: Instant.nullable(),
    }),
    audit: 'look',
  }),
  headcountDifferences: contract({
    method: 'get',
    path: `${SummaryPath}/{version}/differences`,
    summary: 'Everything in one version of a headcount summary that differs from the version before',
    scope: { at: 'bridge', right: 'people', below: true },
    query: PageQuery,
    answer: page(SummaryDifference),
    audit: 'look',
  }),
  headcountVersion: contract({
    method: 'get',
    path: `${SummaryPath}/{version}`,
    summary: 'One version of a headcount summary, bridge by bridge; by status on demand, as who was late',
    scope: { at: 'bridge', right: 'people', below: true },
    query: PageQuery.extend({ status: Status.optional() }),
    answer: page(SummaryRow).extend({ version: SummaryVersion }),
    audit: 'look',
  }),
  exportHeadcountVersion: contract({
    method: 'get',
    path: `${SummaryPath}/{version}/file`,
    summary: 'One version of a headcount summary as a file',
    scope: { at: 'bridge', right: 'people', below: true },
    query: z.object({ format: z.enum(['xlsx', 'csv', 'json']), language: Language.default('vi') }),
    answer: 'stream',
    streams: [
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'text/csv',
      'application/json',
    ],
    audit: 'look',
  }),
};
