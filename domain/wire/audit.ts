import { z } from 'zod';

import { AccountId } from '../ids.ts';
import { Language } from '../text/language.ts';
import { CivilDate, Instant } from '../time.ts';
import { contract, page, PageBody } from './contract.ts';

/** A thing that an entry is on, with what it is called now; null where nothing of the kind has a name, or it is gone. */
export const AuditThing = z.object({ kind: z.string(), id: z.string(), name: z.string().nullable() });
export type AuditThing = z.infer<typeof AuditThing>;

/** One look, or one change with what became of it. */
export const AuditRow = z
  .object({
    /** Its number in the trail; of a change, that of its outcome. */
    place: z.int(),
    at: Instant,
    kind: z.enum(['look', 'change']),
    /** `open`: it was asked for, and nothing is known of its end: the server was stopped meanwhile. */
    outcome: z.enum(['done', 'refused', 'open']),
    /** Why it was refused, in words. */
    reason: z.string().nullable(),
    /** Name of the route, message or command. */
    act: z.string(),
    /** Whoever did it; null for somebody not signed in, for the machine itself and for the program. */
    account: AccountId.nullable(),
    who: z.string(),
    /** Address and browser; null where they were erased. */
    address: z.string().nullable(),
    browser: z.string().nullable(),
    on: z.array(AuditThing),
    /** `Nguyễn Thị Thử xem danh sách người ở điểm cầu Huyện Đại Từ lúc 07:41 13/01/2025, từ máy 10.1.2.3.` */
    sentence: z.string(),
    /** What a look was narrowed down to, and values before and after a change, as JSON. */
    filter: z.string().nullable(),
    before: z.string().nullable(),
    after: z.string().nullable(),
    /** Its words were erased; ids, codes and digests stand. */
    erased: z.boolean(),
  })
  .meta({ id: 'AuditRow' });
export type AuditRow = z.infer<typeof AuditRow>;

const Filter = z.object({
  /** An account, or part of a name. */
  who: z.string().max(200).optional(),
  kind: z.enum(['look', 'change', 'refused']).optional(),
  /** Only what is on one thing: `person 0190…`. */
  object: z.string().max(300).optional(),
  /** The first and the last day. */
  from: CivilDate.optional(),
  until: CivilDate.optional(),
});
export type AuditFilter = z.infer<typeof Filter>;

const ListBody = PageBody.extend(Filter.shape);
/** `trail`: lines of JSON that anyone with the public key can verify; what was not asked for stands in them by its digest. */
const FileBody = Filter.extend({
  format: z.enum(['xlsx', 'csv', 'trail']).default('xlsx'),
  language: Language.optional(),
});

const STREAMS = [
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'text/csv',
  'application/x-ndjson',
];

export const auditContracts = {
  auditTrail: contract({
    method: 'post',
    path: '/audit/search',
    summary: 'Who changed or looked at what in the whole installation, newest first',
    scope: { at: 'installation', right: 'audit' },
    body: ListBody,
    answer: page(AuditRow),
    audit: 'look',
  }),
  conferenceAudit: contract({
    method: 'post',
    path: '/conferences/{conference}/audit/search',
    summary: 'Who changed or looked at what in a conference, newest first',
    scope: { at: 'conference', right: 'audit' },
    body: ListBody,
    answer: page(AuditRow),
    audit: 'look',
  }),
  bridgeAudit: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/audit/search',
    summary: 'Who changed or looked at what at a bridge and everything below it, newest first',
    scope: { at: 'bridge', right: 'audit', below: true },
    body: ListBody,
    answer: page(AuditRow),
    audit: 'look',
  }),
  exportTrail: contract({
    method: 'post',
    path: '/audit/file',
    summary: 'The audit trail of the whole installation as a file',
    scope: { at: 'installation', right: 'audit' },
    body: FileBody,
    answer: 'stream',
    streams: STREAMS,
    audit: 'look',
  }),
  exportConferenceAudit: contract({
    method: 'post',
    path: '/conferences/{conference}/audit/file',
    summary: 'The audit trail of a conference as a file',
    scope: { at: 'conference', right: 'audit' },
    body: FileBody,
    answer: 'stream',
    streams: STREAMS,
    audit: 'look',
  }),
  exportBridgeAudit: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/audit/file',
    summary: 'The audit trail of a bridge and everything below it as a file',
    scope: { at: 'bridge', right: 'audit', below: true },
    body: FileBody,
    answer: 'stream',
    streams: STREAMS,
    audit: 'look',
  }),
};
