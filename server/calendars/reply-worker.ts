import { parentPort, workerData } from 'node:worker_threads';

import ICAL from 'ical.js';

import type { RawAttendee, RawCalendar, RawEntry } from '../../domain/calendar/reply.ts';

/** A reply has one entry and two people; whoever sends more is not read to the end. */
const MOST_ENTRIES = 10;
const MOST_PEOPLE = 100;
const NOTHING: RawCalendar = { method: null, entries: [] };

/** Takes a calendar apart and answers; the thread ends with it. */
function read(text: string): RawCalendar {
  try {
    const calendar = new ICAL.Component(ICAL.parse(text.replace(/^\uFEFF/, '')));
    return {
      method: textOf(calendar, 'method'),
      entries: calendar.getAllSubcomponents('vevent').slice(0, MOST_ENTRIES).map(entryOf),
    };
  } catch {
    // The reader throws at whatever is no calendar.
    return NOTHING;
  }
}

function entryOf(event: ICAL.Component): RawEntry {
  const stamp = event.getFirstPropertyValue('dtstamp');
  return {
    uid: textOf(event, 'uid'),
    isOfOneDay: event.hasProperty('recurrence-id'),
    sequence: textOf(event, 'sequence'),
    stamp: stamp instanceof ICAL.Time ? stamp.toUnixTime() * 1000 : null,
    comment: textOf(event, 'comment'),
    attendees: event.getAllProperties('attendee').slice(0, MOST_PEOPLE).map(attendeeOf),
  };
}

function attendeeOf(property: ICAL.Property): RawAttendee {
  const parameter = (name: string): string | null => {
    const value: unknown = property.getParameter(name);
    const first: unknown = Array.isArray(value) ? value[0] : value;
    return typeof first === 'string' ? first : null;
  };
  return {
    value: String(property.getFirstValue()),
    partstat: parameter('partstat'),
    name: parameter('cn'),
    delegatedTo: parameter('delegated-to'),
    delegatedFrom: parameter('delegated-from'),
  };
}

function textOf(component: ICAL.Component, name: string): string | null {
  return component.getFirstPropertyValue(name)?.toString() ?? null;
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
parentPort?.postMessage(read(workerData as string));
