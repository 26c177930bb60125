import { z } from 'zod';

import { BridgeId, ConferenceId } from '../ids.ts';
import { Language } from '../text/language.ts';
import { Instant } from '../time.ts';
import { contract } from './contract.ts';

/** 256 random bits: whoever has them may read the calendar. */
const CalendarKey = z
  .string()
  .regex(/^[\w-]{43}$/)
  .brand<'CalendarKey'>();

const Feed = z.object({
  id: z.string(),
  /** The bridge whose calendar it is; null for everything that the account sees. */
  bridge: z
    .object({
      conference: ConferenceId,
      id: BridgeId,
      /** Null where it is not seen any more: then the calendar shows nothing. */
      name: z.string().nullable(),
    })
    .nullable(),
  createdAt: Instant,
  /** When a calendar program asked for it last, to the hour; null while none has. */
  readAt: Instant.nullable(),
});
export type CalendarFeedRow = z.infer<typeof Feed>;

/** Under which address calendar programs find it. Told once: only a hash of its key is kept. */
const NewFeed = Feed.extend({ address: z.string() });
export type NewCalendarFeed = z.infer<typeof NewFeed>;

const Asked = z.object({ language: Language });

export const calendarContracts = {
  calendarFeeds: contract({
    method: 'get',
    path: '/me/calendars',
    summary: 'Calendars that the caller subscribes to (webcal), the newest first',
    scope: { at: 'account' },
    answer: z.object({ items: z.array(Feed) }),
  }),
  addCalendarFeed: contract({
    method: 'post',
    path: '/me/calendars',
    summary: 'A calendar of all that the caller sees: sessions, rehearsals, line tests and deadlines',
    scope: { at: 'account' },
    body: Asked,
    answer: NewFeed,
  }),
  addBridgeCalendarFeed: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/calendar',
    summary:
      "A calendar of what a bridge takes part in and is due to report, also at its unit's bridges of other conferences",
    scope: { at: 'bridge', right: 'read' },
    body: Asked,
    answer: NewFeed,
  }),
  removeCalendarFeed: contract({
    method: 'post',
    path: '/me/calendars/end',
    summary: 'End a calendar: its address shows nothing from now on',
    scope: { at: 'account' },
    body: z.object({ feed: z.string().max(64) }),
    answer: null,
  }),
  calendar: contract({
    method: 'get',
    path: '/calendar',
    summary: 'A calendar as calendar programs read it (RFC 5545)',
    scope: { at: 'public' },
    query: z.object({ key: CalendarKey }),
    answer: 'stream',
    streams: ['text/calendar; charset=utf-8; method=PUBLISH'],
  }),
};
