import { z } from 'zod';

/** Every civil date and hour of the program is of this zone: UTC+7 all year round. The machine's own zone is never used. */
export const ZONE = 'Asia/Ho_Chi_Minh';

/** Milliseconds since 1970-01-01T00:00Z. */
export const Instant = z.int().brand<'Instant'>();
export type Instant = z.infer<typeof Instant>;

/** A day of the calendar in `ZONE`, `2025-01-13`. */
export const CivilDate = z.iso.date().brand<'CivilDate'>();
export type CivilDate = z.infer<typeof CivilDate>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Since 1975-06-13T00:00 in `ZONE` its clocks have stood at UTC+7; before, only the list of zones knows. */
const SEVEN_SINCE = 171_824_400_000;
/** Before 1900 the offset was what it was then. */
const FIRST_KNOWN = -2_208_988_800_000;
/** What a `Date` can hold, a day from its end. */
const LAST_INSTANT = 8_640_000_000_000_000 - DAY_MS;

let zone: Intl.DateTimeFormat | undefined;
function clocksOfZone(): Intl.DateTimeFormat {
  return (zone ??= new Intl.DateTimeFormat('en-US', {
    timeZone: ZONE,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }));
}

/** Milliseconds by which the clocks of `ZONE` are before those of Greenwich at an instant. */
function offsetAt(instant: number): number {
  if (instant >= SEVEN_SINCE) return 7 * HOUR_MS;
  const second = Math.floor(Math.max(instant, FIRST_KNOWN) / 1000) * 1000;
  const parts = clocksOfZone().formatToParts(second);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown - second;
}

/**
 * What the clocks and calendars of `ZONE` show at an instant, in the UTC fields of a date. An instant beyond what a date can hold
 * counts as the last one: devices may have any clock.
 */
export function shownAt(instant: Instant): Date {
  const held = Math.max(-LAST_INSTANT, Math.min(LAST_INSTANT, instant));
  return new Date(held + offsetAt(held));
}

/** The instant at which the clocks of `ZONE` show what stands in the UTC fields of a date; the first one where they do so twice. */
function instantShown(shown: number): Instant {
  const guess = shown - 7 * HOUR_MS;
  const offset = offsetAt(guess);
  const again = offsetAt(shown - offset);
  return (shown - (offset === again ? offset : Math.max(offset, again))) as Instant;
}

/** First instant of a civil date. */
export function startOfDay(date: CivilDate): Instant {
  return instantShown(Date.parse(date));
}

/** The civil date on which an instant falls. */
export function civilDateOf(instant: Instant): CivilDate {
  return dateIn(shownAt(instant));
}

function dateIn(shown: Date): CivilDate {
  const [date = ''] = shown.toISOString().split('T');
  return date as CivilDate;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** The instant with the zone's offset and whole seconds, `2025-01-13T08:00:00+07:00`. */
export function isoOf(instant: Instant): string {
  const shown = shownAt(instant);
  const minutes = Math.trunc((shown.getTime() - instant) / 60_000);
  return `${shown.toISOString().slice(0, -5)}+${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}`;
}

const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2})(?:[.,](\d{1,3})\d*)?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** Reads an ISO date, with a time or alone. One without an offset is taken in `ZONE`. Null when it is none. */
export function instantOf(iso: string): Instant | null {
  const [, date, time = '00:00', seconds = '00', fraction = '', offset] = ISO.exec(iso) ?? [];
  if (date === undefined || !CivilDate.safeParse(date).success) return null;
  const shown = Date.parse(`${date}T${time}:${seconds}.${fraction.padEnd(3, '0')}Z`);
  if (Number.isNaN(shown)) return null;
  if (offset === undefined) return instantShown(shown);
  return (shown - offsetIn(offset)) as Instant;
}

/** Milliseconds of `Z`, `+07`, `+0700` or `-07:30`. */
function offsetIn(text: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})?$/.exec(text) ?? [];
  const size = Number(hours ?? 0) * HOUR_MS + Number(minutes ?? 0) * 60_000;
  return sign === '-' ? -size : size;
}

/** The date `days` later, or earlier when negative. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return dateIn(new Date(Date.parse(date) + days * DAY_MS));
}
