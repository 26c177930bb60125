import { readAddress, type MailAddress } from '../mail/address.ts';
import { ok, type Result } from '../result.ts';
import { nfc, shorten } from '../text/normalize.ts';
import { Instant } from '../time.ts';
import { calendarText } from './content-line.ts';

/** A calendar as its parts were read, with nothing decided on. */
export interface RawCalendar {
  readonly method: string | null;
  readonly entries: readonly RawEntry[];
}
export interface RawEntry {
  readonly uid: string | null;
  /** Whether it is of one day of several alone. */
  readonly isOfOneDay: boolean;
  readonly sequence: string | null;
  /** When the answer was given, in milliseconds; null where it does not say. */
  readonly stamp: number | null;
  readonly comment: string | null;
  readonly attendees: readonly RawAttendee[];
}
export interface RawAttendee {
  readonly value: string;
  readonly partstat: string | null;
  readonly name: string | null;
  readonly delegatedTo: string | null;
  readonly delegatedFrom: string | null;
}

/** What somebody answered in their calendar program (REPLY of RFC 5546). */
export interface CalendarReply {
  readonly uid: string;
  /** Of the entry that is answered; null where the program leaves it out. */
  readonly sequence: number | null;
  readonly stamp: Instant | null;
  readonly from: MailAddress;
  readonly said: 'coming' | 'not coming' | 'somebody else';
  /** Whom they send instead; null where they say nobody. */
  readonly delegate: { readonly name: string | null; readonly address: MailAddress } | null;
  readonly comment: string | null;
}

export type ReplyFault = {
  /** `undecided`: a "perhaps", which is no answer. */
  readonly reason: 'no reply' | 'not one entry' | 'no uid' | 'nobody answers' | 'undecided';
};

const SAID: Readonly<Record<string, CalendarReply['said']>> = {
  ACCEPTED: 'coming',
  DECLINED: 'not coming',
  DELEGATED: 'somebody else',
};
/** A reason is a sentence; programs put whole letters there. */
const MOST_OF_COMMENT = 500;
const MOST_OF_NAME = 200;

/** Reads an answer out of what anybody may have sent. */
export function readReply({ method, entries }: RawCalendar): Result<CalendarReply, ReplyFault> {
  const no = (reason: ReplyFault['reason']): Result<CalendarReply, ReplyFault> => ({ ok: false, reason });
  if (method?.toUpperCase() !== 'REPLY') return no('no reply');
  const [entry] = entries;
  if (entry === undefined || entries.length > 1 || entry.isOfOneDay) return no('not one entry');
  if (entry.uid === null) return no('no uid');
  // Whoever delegates sends themselves and, beside it, whom they delegate to.
  const own = entry.attendees.filter(({ delegatedFrom }) => delegatedFrom === null);
  const [attendee] = own;
  const from = attendee === undefined ? null : addressIn(attendee.value);
  if (attendee === undefined || own.length > 1 || from === null) return no('nobody answers');
  const said = SAID[attendee.partstat?.toUpperCase() ?? ''];
  if (said === undefined) return no('undecided');
  const to = said === 'somebody else' ? addressIn(attendee.delegatedTo ?? '') : null;
  const named = entry.attendees.find(({ value }) => to !== null && addressIn(value) === to);
  const stamp = Instant.safeParse(entry.stamp);
  return ok({
    uid: entry.uid,
    sequence: /^\d{1,9}$/.test(entry.sequence ?? '') ? Number(entry.sequence) : null,
    stamp: stamp.success ? stamp.data : null,
    from,
    said,
    delegate: to === null ? null : { name: tidy(named?.name ?? null, MOST_OF_NAME), address: to },
    comment: tidy(entry.comment, MOST_OF_COMMENT),
  });
}

function addressIn(uri: string): MailAddress | null {
  const [, given] = /^mailto:(.*)$/i.exec(uri.trim()) ?? [];
  if (given === undefined) return null;
  const read = readAddress(decoded(given));
  return read.ok ? read.value : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function tidy(text: string | null, most: number): string | null {
  if (text === null) return null;
  return shorten(nfc(calendarText(text)).trim(), most) || null;
}
