import { z } from 'zod';

import { PERIOD_DAYS, RETENTION_KINDS } from '../retention/kinds.ts';
import { CivilDate, Instant } from '../time.ts';
import { contract } from './contract.ts';

/** `people` danh sách người, `texts` lời ghi, `accounts` tài khoản, `audit` nhật ký kiểm tra. */
export const RetentionKind = z.enum(RETENTION_KINDS);

const days = z.int().min(PERIOD_DAYS.least).max(PERIOD_DAYS.most).nullable();
export const RetentionPeriods = z.object({ people: days, texts: days, accounts: days, audit: days });
export type RetentionPeriods = z.infer<typeof RetentionPeriods>;

/** What is kept of a conference, for how long, and what was deleted. */
export const Retention = z.object({
  /** From the day after this one periods are counted. */
  lastDay: CivilDate,
  today: CivilDate,
  kinds: z.array(
    z.object({
      kind: RetentionKind,
      /** Null is without end. */
      days: z.int().nullable(),
      /** The day on which it is deleted; null for never. */
      deletedOn: CivilDate.nullable(),
      /** That day has come: what there is goes within the hour. */
      due: z.boolean(),
      /** How much there is: people by name, texts, accounts of hosts, entries of the trail with words. */
      entries: z.int(),
      /** When it was deleted last. */
      deletedAt: Instant.nullable(),
    }),
  ),
  /** Newest first. */
  deletions: z.array(
    z.object({
      kind: RetentionKind,
      at: Instant,
      /** Null for the program by itself, and for whoever works at the server. */
      by: z.string().nullable(),
      /** Null where the period was over. */
      reason: z.string().nullable(),
      entries: z.int(),
    }),
  ),
});
export type Retention = z.infer<typeof Retention>;

export const retentionContracts = {
  retention: contract({
    method: 'get',
    path: '/conferences/{conference}/retention',
    summary: 'For how long what is personal is kept, what would be deleted on which day, and what was',
    scope: { at: 'conference', right: 'organize' },
    answer: Retention,
  }),
  setRetention: contract({
    method: 'put',
    path: '/conferences/{conference}/retention',
    summary: 'Set for how long what is personal is kept; what is over goes within the hour',
    scope: { at: 'conference', right: 'organize' },
    body: RetentionPeriods,
    answer: Retention,
  }),
  deleteNow: contract({
    method: 'post',
    path: '/conferences/{conference}/retention/delete',
    summary: 'Delete what is personal now; ids, figures, chains and versions stay',
    scope: { at: 'conference', right: 'organize' },
    body: z.object({
      kinds: z.array(RetentionKind).min(1),
      reason: z.string().trim().min(1).max(1000),
    }),
    answer: z.object({ deleted: z.array(z.object({ kind: RetentionKind, entries: z.int() })) }),
  }),
};
