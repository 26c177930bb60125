import { calendarLine } from './content-line.ts';

/** Somebody whom an entry names (CAL-ADDRESS of RFC 5545). */
export interface CalendarUser {
  readonly name: string | null;
  readonly address: string;
}

/** Somebody whom an entry is sent to, and how they stand to it (ATTENDEE), in the words of RFC 5545. */
export interface Attendee extends CalendarUser {
  readonly role: 'CHAIR' | 'REQ-PARTICIPANT' | 'OPT-PARTICIPANT' | 'NON-PARTICIPANT';
  readonly partstat: 'NEEDS-ACTION' | 'ACCEPTED' | 'DECLINED' | 'DELEGATED';
  /** Whether an answer is waited for. */
  readonly rsvp: boolean;
  /** The address of whoever comes instead (người dự thay). */
  readonly delegatedTo: string | null;
  /** The address of whoever they come for. */
  readonly delegatedFrom: string | null;
}

/** Who sends an entry and to whom. */
export interface Invited {
  readonly organizer: CalendarUser;
  readonly attendees: readonly Attendee[];
}

/** The lines of an entry that say who sends it and to whom, not folded. */
export function invitedLines({ organizer, attendees }: Invited): string[] {
  return [
    contentLine('ORGANIZER', [['CN', nameOf(organizer)]], mailto(organizer.address)),
    ...attendees.map((attendee) =>
      contentLine(
        'ATTENDEE',
        [
          ['CUTYPE', 'INDIVIDUAL'],
          ['ROLE', attendee.role],
          ['PARTSTAT', attendee.partstat],
          ['RSVP', attendee.rsvp ? 'TRUE' : 'FALSE'],
          ['DELEGATED-TO', attendee.delegatedTo === null ? null : mailto(attendee.delegatedTo)],
          ['DELEGATED-FROM', attendee.delegatedFrom === null ? null : mailto(attendee.delegatedFrom)],
          ['CN', nameOf(attendee)],
        ],
        mailto(attendee.address),
      ),
    ),
  ];
}

/** Without a name the address is shown; programs of Microsoft want one. */
function nameOf({ name, address }: CalendarUser): string {
  return name ?? address;
}

/** What may stand in an address and yet has a meaning of its own in a URI is written as `%XX`. */
function mailto(address: string): string {
  return `mailto:${encodeURI(calendarLine(address)).replace(/[?#;,"]/g, encodeURIComponent)}`;
}

type Parameter = readonly [name: string, value: string | null];

function contentLine(name: string, parameters: readonly Parameter[], value: string): string {
  const said = parameters.flatMap(([key, text]) =>
    text === null ? [] : [`;${key}=${parameterValue(text)}`],
  );
  return `${name}${said.join('')}:${value}`;
}

/**
 * A value with signs of the line's own stands between quotes, and a quote itself cannot be written there (RFC 5545, 3.2). Readers that
 * know RFC 6868 take `^n` for a line break, and others do not: that sign is left out. Some take a backslash for hiding the quote that ends
 * the value.
 */
function parameterValue(text: string): string {
  const own = calendarLine(text).replaceAll('"', "'").replaceAll('\\', '/').replaceAll('^', '');
  return /^[A-Z-]+$/.test(own) ? own : `"${own}"`;
}
