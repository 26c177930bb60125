import { spawnSync } from 'node:child_process';

import ICAL from 'ical.js';

/** An entry as a reader of calendars understands it. */
export interface ReadEvent {
  readonly uid: string;
  readonly sequence: number | null;
  readonly summary: string;
  readonly description: string | null;
  readonly location: string | null;
  readonly url: string | null;
  readonly status: string | null;
  readonly categories: readonly string[];
  /** `2025-01-13T01:00:00Z`, or the day alone. */
  readonly start: string;
  readonly end: string;
  readonly organizer: string | null;
  readonly attendees: readonly ReadAttendee[];
}
export interface ReadAttendee {
  readonly value: string;
  readonly name: string | null;
  readonly role: string | null;
  readonly partstat: string | null;
  readonly rsvp: string | null;
  readonly kind: string | null;
  readonly delegatedTo: string | null;
  readonly delegatedFrom: string | null;
}
export interface ReadCalendar {
  readonly method: string | null;
  readonly name: string | null;
  readonly events: readonly ReadEvent[];
}

function of(component: ICAL.Component, name: string): string | null {
  return component.getFirstPropertyValue(name)?.toString() ?? null;
}

/** What `ical.js` reads. */
export function readWithIcalJs(text: string): ReadCalendar {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return {
    method: of(calendar, 'method'),
    name: of(calendar, 'x-wr-calname'),
    events: calendar.getAllSubcomponents('vevent').map((event) => ({
      uid: of(event, 'uid') ?? '',
      sequence: of(event, 'sequence') === null ? null : Number(of(event, 'sequence')),
      summary: of(event, 'summary') ?? '',
      description: of(event, 'description'),
      location: of(event, 'location'),
      url: of(event, 'url'),
      status: of(event, 'status'),
      categories: event.getAllProperties('categories').flatMap((one) => one.getValues().map(String)),
      start: of(event, 'dtstart') ?? '',
      end: of(event, 'dtend') ?? '',
      organizer: of(event, 'organizer'),
      attendees: event.getAllProperties('attendee').map(attendeeOf),
    })),
  };
}

function attendeeOf(property: ICAL.Property): ReadAttendee {
  const parameter = (name: string): string | null => {
    const value: unknown = property.getParameter(name);
    const first: unknown = Array.isArray(value) ? value[0] : value;
    return typeof first === 'string' ? first : null;
  };
  return {
    value: String(property.getFirstValue()),
    name: parameter('cn'),
    role: parameter('role'),
    partstat: parameter('partstat'),
    rsvp: parameter('rsvp'),
    kind: parameter('cutype'),
    delegatedTo: parameter('delegated-to'),
    delegatedFrom: parameter('delegated-from'),
  };
}

const PYTHON = '/usr/bin/python3';
const SCRIPT = `
import json, sys, datetime
from icalendar import Calendar
calendar = Calendar.from_ical(sys.stdin.buffer.read())
def text(value): return None if value is None else str(value)
def many(value): return [] if value is None else value if isinstance(value, list) else [value]
def first(value): return None if value is None else str(value[0] if isinstance(value, list) else value)
def when(value):
    if isinstance(value.dt, datetime.datetime):
        return value.dt.astimezone(datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')
    return value.dt.isoformat()
print(json.dumps({
    'method': text(calendar.get('method')),
    'name': text(calendar.get('x-wr-calname')),
    'events': [{
        'uid': text(event.get('uid')),
        'sequence': event.get('sequence'),
        'summary': text(event.get('summary')),
        'description': text(event.get('description')),
        'location': text(event.get('location')),
        'url': text(event.get('url')),
        'status': text(event.get('status')),
        'categories': [str(one) for one in event.get('categories').cats],
        'start': when(event.get('dtstart')),
        'end': when(event.get('dtend')),
        'organizer': text(event.get('organizer')),
        'attendees': [{
            'value': str(one),
            'name': first(one.params.get('cn')),
            'role': first(one.params.get('role')),
            'partstat': first(one.params.get('partstat')),
            'rsvp': first(one.params.get('rsvp')),
            'kind': first(one.params.get('cutype')),
            'delegatedTo': first(one.params.get('delegated-to')),
            'delegatedFrom': first(one.params.get('delegated-from')),
        } for one in many(event.get('attendee'))],
    } for event in calendar.walk('VEVENT')],
}))
`;

/** Whether Debian's python3-icalendar is on this machine; the second reader needs it. */
export const hasPythonReader = spawnSync(PYTHON, ['-c', 'import icalendar']).status === 0;

/** What `python3-icalendar` reads. */
export function readWithPython(text: string): ReadCalendar {
  const { status, stdout, stderr } = spawnSync(PYTHON, ['-c', SCRIPT], { input: text, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as ReadCalendar;
}
