import { startOfDay, civilDateOf, type CivilDate, type Instant } from '../time.ts';
import type { ConferenceId } from '../ids.ts';
import type { Language } from '../text/language.ts';
import type { CalendarDeadline, CalendarSession, FeedContent } from './content.ts';
import type { CalendarEvent, EventTime } from './event.ts';
import { deadlineName, deadlineNotes, sessionName, sessionNotes } from './sentences.ts';

/** Where the pages are, for links back: of a conference's schedule on a day. */
export type ScheduleLink = (conference: ConferenceId, day: CivilDate) => string;

/** The entries of a calendar that people subscribe to, by time. */
export function feedEvents(
  { sessions, deadlines }: FeedContent,
  link: ScheduleLink,
  language: Language,
): CalendarEvent[] {
  const events = [
    ...sessions.map((session) => sessionEvent(session, link, language)),
    ...deadlines.map((deadline) => deadlineEvent(deadline, link, language)),
  ];
  return events.toSorted((a, b) => startOf(a.time) - startOf(b.time) || (a.uid < b.uid ? -1 : 1));
}

function sessionEvent(session: CalendarSession, link: ScheduleLink, language: Language): CalendarEvent {
  const { id, conference, kind, startsAt, endsAt, venue, revision, cancelled } = session;
  return {
    uid: `session-${id}@nhipcau`,
    sequence: revision,
    time: { from: startsAt, until: endsAt },
    summary: sessionName(session, language),
    description: sessionNotes(session, language),
    location: venue,
    url: link(conference.id, civilDateOf(startsAt)),
    category: kind,
    status: cancelled === null ? 'CONFIRMED' : 'CANCELLED',
    busy: cancelled === null,
    invited: null,
  };
}

/** Before a deadline that falls within a day, so long an entry stands in the calendar. */
const LAST_HALF_HOUR_MS = 30 * 60_000;

function deadlineEvent(deadline: CalendarDeadline, link: ScheduleLink, language: Language): CalendarEvent {
  const { key, conference, dueBefore } = deadline;
  // "trước ngày 10/01/2025" is the day before, all of it: whoever finds it on the tenth finds it too late.
  const lastDay = civilDateOf((dueBefore - 1) as Instant);
  const isWholeDay = startOfDay(civilDateOf(dueBefore)) === dueBefore;
  return {
    uid: `deadline-${conference.id}-${key}@nhipcau`,
    sequence: null,
    time: isWholeDay
      ? { day: lastDay }
      : { from: (dueBefore - LAST_HALF_HOUR_MS) as Instant, until: dueBefore },
    summary: deadlineName(deadline, language),
    description: deadlineNotes(deadline, language),
    location: null,
    url: link(conference.id, lastDay),
    category: 'deadline',
    status: 'CONFIRMED',
    busy: false,
    invited: null,
  };
}

function startOf(time: EventTime): Instant {
  return 'day' in time ? startOfDay(time.day) : time.from;
}
