import { shortened } from '../schedule/sentences.ts';
import { formatDateTime } from '../text/dates.ts';
import type { Language } from '../text/language.ts';
import { civilDateOf, type Instant } from '../time.ts';
import type { Attendee, CalendarUser } from './attendee.ts';
import type { CalendarEvent } from './event.ts';
import { TITLE_AT_MOST } from './sentences.ts';

/** What a person's own entry of a conference is made of. */
export interface Inviting {
  /** Of the invitation: the same as long as the person is invited to the conference. */
  readonly id: string;
  readonly title: string;
  /** The sessions that they are called to, in order; there is one at least. */
  readonly sessions: readonly {
    readonly title: string;
    readonly startsAt: Instant;
    readonly endsAt: Instant;
  }[];
  /** Where they sit: the bridge and its address. */
  readonly place: string;
  readonly seatNumber: string | null;
  /** Their own page; null where there is none. */
  readonly link: string | null;
  /** Who calls them, and can be answered. */
  readonly organizer: CalendarUser;
  readonly attendee: CalendarUser & Pick<Attendee, 'role' | 'partstat' | 'delegatedTo' | 'delegatedFrom'>;
}

/** What may be told of an entry (METHOD of RFC 5546): it is called, or called off. */
export type InvitingMethod = 'REQUEST' | 'CANCEL';

/** `invitation-...@nhipcau`: one for each conference and person, for good. */
export function invitingUid(id: string): string {
  return `invitation-${id}@nhipcau`;
}

/** The invitation that an entry is of; null for entries of others. */
export function invitationOfUid(uid: string): string | null {
  return /^invitation-([\da-f-]{36})@nhipcau$/i.exec(uid)?.[1]?.toLowerCase() ?? null;
}

/**
 * The entry that goes along with a letter. It spans the sessions of the first day; days after it are named in its notes, as nobody
 * is busy in the nights between them.
 */
export function invitingEvent(
  inviting: Inviting,
  method: InvitingMethod,
  sequence: number,
  language: Language,
): CalendarEvent {
  const { id, title, place, seatNumber, link, organizer, attendee } = inviting;
  const { from, until } = timesOf(inviting);
  return {
    uid: invitingUid(id),
    sequence,
    time: { from, until },
    summary: shortened(title, TITLE_AT_MOST),
    description: notesOf(inviting, language),
    location: seatNumber === null ? place : `${place} (${language === 'vi' ? 'ghế' : 'seat'} ${seatNumber})`,
    url: link,
    category: 'session',
    status: method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED',
    busy: method === 'REQUEST' && attendee.partstat !== 'DELEGATED' && attendee.partstat !== 'DECLINED',
    invited: {
      organizer,
      attendees: [{ ...attendee, rsvp: method === 'REQUEST' && attendee.partstat === 'NEEDS-ACTION' }],
    },
  };
}

/** What a calendar has to hear of when it changes: as one text, to be compared. How somebody answered is theirs and not told back. */
export function materialOf(inviting: Inviting, method: InvitingMethod): string {
  const { title, place, seatNumber, attendee } = inviting;
  const { from, until } = timesOf(inviting);
  return JSON.stringify([
    method,
    title,
    from,
    until,
    place,
    seatNumber,
    attendee.delegatedTo,
    attendee.delegatedFrom,
  ]);
}

function timesOf({ sessions }: Inviting): { readonly from: Instant; readonly until: Instant } {
  const [first] = sessions;
  if (first === undefined) throw new Error('an entry without a session');
  const day = civilDateOf(first.startsAt);
  const ends = sessions.filter(({ startsAt }) => civilDateOf(startsAt) === day).map(({ endsAt }) => endsAt);
  return { from: first.startsAt, until: ends.reduce((last, end) => (end > last ? end : last)) };
}

function notesOf({ sessions, link }: Inviting, language: Language): string[] {
  const vi = language === 'vi';
  const times =
    sessions.length > 1
      ? sessions.map(({ title, startsAt }) => `${formatDateTime(startsAt, language)}: ${title}`)
      : [];
  const page =
    link === null
      ? []
      : [vi ? `Thẻ đại biểu, chương trình, trả lời: ${link}` : `Pass, programme, answer: ${link}`];
  return [...times, ...page];
}
