import { z } from 'zod';

import { BridgeId, ConferenceId, PersonId, SessionId } from '../ids.ts';
import { Format, Limit } from '../plan/plan.ts';
import { Instant } from '../time.ts';

/** `session` (buổi họp), `rehearsal` (tổng duyệt), `line-test` (thử đường truyền), `follow-up` (buổi học bù). */
export const SessionKind = z.enum(['session', 'rehearsal', 'line-test', 'follow-up']);
export type SessionKind = z.infer<typeof SessionKind>;

/** One item of an agenda, within its entry. */
export const AgendaEntryId = z.string().min(1).max(64).brand<'AgendaEntryId'>();
export type AgendaEntryId = z.infer<typeof AgendaEntryId>;

/** An item of the agenda (mục chương trình) as it is going to be run. */
export const AgendaEntry = z.object({
  id: AgendaEntryId,
  title: z.string().min(1).max(4000),
  /** In the plan's words: an office or a post. */
  presenter: z.string().max(500).nullable(),
  /** The person who stands in for it on the day; null while nobody is named. */
  presenterPerson: PersonId.nullable(),
  /** Null where the plan states none. */
  minutes: z.int().min(1).max(1440).nullable(),
  /** `max` "không quá", `about` "khoảng"; null where the minutes are the organizer's own. */
  limit: Limit.nullable(),
});
export type AgendaEntry = z.infer<typeof AgendaEntry>;

/** One entry of the schedule: a session of a conference, a rehearsal, a line test or a follow-up session. */
export const ScheduleEntry = z
  .object({
    id: SessionId,
    conference: ConferenceId,
    kind: SessionKind,
    title: z.string().min(1).max(500),
    startsAt: Instant,
    /** The first instant after it. */
    endsAt: Instant,
    format: Format.nullable(),
    /** The room of the main bridge with its house: `Phòng họp số 2, Trụ sở Tỉnh ủy`. */
    venue: z.string().max(500).nullable(),
    /** The bridges that take part; `all` is every bridge of the conference, also one added later. */
    bridges: z.union([z.array(BridgeId), z.literal('all')]),
    agenda: z.array(AgendaEntry).max(200),
  })
  .refine((entry) => entry.endsAt > entry.startsAt, {
    path: ['endsAt'],
    error: 'ends-before-it-starts',
  })
  .refine((entry) => new Set(entry.agenda.map((item) => item.id)).size === entry.agenda.length, {
    path: ['agenda'],
    error: 'item-twice',
  });
export type ScheduleEntry = z.infer<typeof ScheduleEntry>;
