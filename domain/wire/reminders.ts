import { z } from 'zod';

import { BridgeId, ConferenceId } from '../ids.ts';
import { REMINDED } from '../reports/reminders.ts';
import { Language } from '../text/language.ts';
import { Instant } from '../time.ts';
import { contract } from './contract.ts';
import { HeadcountState } from './headcount.ts';

export const ReminderId = z.uuid().brand<'ReminderId'>();
export type ReminderId = z.infer<typeof ReminderId>;

/** What a reminder (đôn đốc) says and whom it is for. */
export const ReminderInput = z.object({
  whom: z.enum(REMINDED),
  /** Leaves out who has been reminded on the same day. */
  skipToday: z.boolean(),
  /** A line of the organizer's own beside the usual sentence; null for none. */
  words: z.string().trim().max(500).nullable(),
});
export type ReminderInput = z.infer<typeof ReminderInput>;

/** A reminder to all below a bridge, as its senders see it. */
export const Reminder = ReminderInput.extend({
  id: ReminderId,
  bridge: BridgeId,
  bridgeName: z.string(),
  by: z.string(),
  askedAt: Instant,
  /** When it goes out, and until when it can be taken back. */
  goesAt: Instant,
  sentAt: Instant.nullable(),
  withdrawnAt: Instant.nullable(),
  /** How many bridges it reached, and how many of those have seen it; 0 before it goes out. */
  reached: z.int(),
  seen: z.int(),
  /** How many letters went to those bridges; one goes to a person who organizes several of them. */
  letters: z.int(),
});
export type Reminder = z.infer<typeof Reminder>;

/** Whom to call at the bridges below one, by column; a bridge without anybody is not in it. */
export const ReportContacts = z.object({
  ids: z.array(BridgeId),
  names: z.array(z.string().nullable()),
  phones: z.array(z.string().nullable()),
  /** Where a reminder goes by mail. */
  emails: z.array(z.string().nullable()),
});
export type ReportContacts = z.infer<typeof ReportContacts>;

/** A report that somebody owes at the bridge where they work. */
export const OwedReport = z.object({
  conference: ConferenceId,
  conferenceTitle: z.string(),
  bridge: BridgeId,
  bridgeName: z.string(),
  dueBefore: Instant.nullable(),
  state: HeadcountState.nullable(),
  returnedWith: z.string().nullable(),
  /** The last time that it was asked for. */
  reminder: z
    .object({ at: Instant, by: z.string(), words: z.string().nullable(), times: z.int() })
    .nullable(),
});
export type OwedReport = z.infer<typeof OwedReport>;

const Path = '/conferences/{conference}/bridges/{bridge}/reminders';

export const reminderContracts = {
  remind: contract({
    method: 'put',
    path: `${Path}/{reminder}`,
    summary:
      'Remind all below a bridge that have not answered, a minute from now; the same id once more is the same reminder',
    scope: { at: 'bridge', right: 'organize', below: true },
    body: ReminderInput,
    answer: Reminder,
  }),
  withdrawReminder: contract({
    method: 'delete',
    path: `${Path}/{reminder}`,
    summary: 'Take a reminder back before it goes out',
    scope: { at: 'bridge', right: 'organize', below: true },
    answer: Reminder,
  }),
  reminders: contract({
    method: 'get',
    path: Path,
    summary: 'The latest reminders at a bridge and below it, newest first',
    scope: { at: 'bridge', right: 'organize', below: true },
    answer: z.object({ asOf: Instant, items: z.array(Reminder) }),
    audit: { none: 'what the organizers themselves sent out, in figures' },
  }),
  reportContacts: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/report-contacts',
    summary: 'Whom to call at a bridge and below it for a report',
    scope: { at: 'bridge', right: 'people', below: true },
    answer: ReportContacts,
    audit: 'look',
  }),
  exportUnanswered: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/unanswered/file',
    summary: 'Those below a bridge that have not answered, with whom to call, as a file',
    scope: { at: 'bridge', right: 'people', below: true },
    query: z.object({ format: z.enum(['xlsx', 'csv']), language: Language.default('vi') }),
    answer: 'stream',
    streams: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv'],
    audit: 'look',
  }),
  seeHeadcount: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/headcount/seen',
    summary: 'The unit has its form before it: the reminders at the bridge are seen',
    scope: { at: 'bridge', right: 'host' },
    answer: z.object({ seen: z.int() }),
    audit: { none: 'that the form was looked at is entered with the look itself' },
  }),
  myHeadcounts: contract({
    method: 'get',
    path: '/my/headcounts',
    summary: 'The reports that the bridges where one works still owe, with how often they were asked for',
    scope: { at: 'account' },
    answer: z.object({ asOf: Instant, items: z.array(OwedReport) }),
    audit: { none: 'what one owes oneself' },
  }),
};
