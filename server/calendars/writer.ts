import { createEventsAsync, type EventAttributes } from 'ics';

import { invitedLines } from '../../domain/calendar/attendee.ts';
import { calendarLine, calendarText, fold, unfold } from '../../domain/calendar/content-line.ts';
import type { CalendarEvent, EventTime } from '../../domain/calendar/event.ts';
import { addDays, type CivilDate, type Instant } from '../../domain/time.ts';

/** What is done with a calendar (METHOD of RFC 5546): shown, called to, called off. */
export type Method = 'PUBLISH' | 'REQUEST' | 'CANCEL';

/** A calendar as it is written into a file. */
export interface Calendar {
  readonly method: Method;
  /** As calendar programs show it in their lists; null for what is none of its own. */
  readonly name: string | null;
  readonly events: readonly CalendarEvent[];
  /** When it was put together. */
  readonly stamp: Instant;
}

const PRODUCT = '-//Nhip Cau//nhipcau//VI';

/** Media type of what `writeCalendar` gives: its method is said there too, as RFC 6047 wants it. */
export function calendarType(method: Method): string {
  return `text/calendar; charset=utf-8; method=${method}`;
}

/**
 * The calendar as a file (RFC 5545) for whoever subscribes to it or is called by it. `ics` writes it; what it leaves open is closed here, in one
 * place: texts come to it without control characters, as it passes them on; the name is escaped before, as it does not; its
 * instants are numbers, as anything else would be read in the machine's own zone; who calls whom is written here, as it knows
 * nobody who comes instead of somebody else; and its lines are folded anew, as it counts letters and not bytes.
 */
export async function writeCalendar({ method, name, events, stamp }: Calendar): Promise<string> {
  const header = {
    productId: PRODUCT,
    method,
    ...(name !== null && { calName: textValue(calendarLine(name)) }),
  };
  // A third of a millisecond an entry: this one lets others go on in between.
  const { error, value } = await createEventsAsync(
    events.map((event) => attributesOf(event, stamp)),
    header,
  );
  if (value === null) throw error ?? new Error('ics wrote nothing');
  return withInvited(unfold(value), events).map(fold).join('\r\n');
}

/** Puts into each entry the lines that say who calls whom. */
function withInvited(lines: readonly string[], events: readonly CalendarEvent[]): string[] {
  const left = events.values();
  return lines.flatMap((line) => {
    if (line !== 'END:VEVENT') return [line];
    const { value: event } = left.next();
    return event?.invited == null ? [line] : [...invitedLines(event.invited), line];
  });
}

function attributesOf(event: CalendarEvent, stamp: Instant): EventAttributes {
  const { uid, sequence, time, summary, description, location, url, category, status, busy } = event;
  return {
    uid: calendarLine(uid),
    ...(sequence !== null && { sequence }),
    ...timesOf(time),
    // Missing in the types of the package, and read by it.
    ...({ timestamp: stamp } as object),
    title: calendarLine(summary),
    ...(description.length > 0 && { description: description.map(calendarText).join('\n') }),
    ...(location !== null && { location: calendarLine(location) }),
    ...(url !== null && { url }),
    categories: [category],
    status,
    transp: busy ? 'OPAQUE' : 'TRANSPARENT',
  };
}

type Times = Pick<EventAttributes, 'start'> & { readonly end: NonNullable<EventAttributes['start']> };

function timesOf(time: EventTime): Times {
  if (!('day' in time)) return { start: time.from, end: time.until };
  return { start: dayOf(time.day), end: dayOf(addDays(time.day, 1)) };
}

function dayOf(day: CivilDate): [number, number, number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
}

/** TEXT of RFC 5545, 3.3.11, for what `ics` writes as it comes. */
function textValue(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&');
}
