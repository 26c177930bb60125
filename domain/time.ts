import { DateTime } from 'luxon';
import { z } from 'zod';

/** Every civil date and hour of the program is of this zone: UTC+7 all year round. The machine's own zone is never used. */
export const ZONE = 'Asia/Ho_Chi_Minh';

/** Milliseconds since 1970-01-01T00:00Z. */
export const Instant = z.int().brand<'Instant'>();
export type Instant = z.infer<typeof Instant>;

/** A day of the calendar in `ZONE`, `2025-01-13`. */
export const CivilDate = z.iso.date().brand<'CivilDate'>();
export type CivilDate = z.infer<typeof CivilDate>;

/** First instant of a civil date. */
export function startOfDay(date: CivilDate): Instant {
  return DateTime.fromISO(date, { zone: ZONE }).toMillis() as Instant;
}

/** The civil date on which an instant falls. */
export function civilDateOf(instant: Instant): CivilDate {
  return DateTime.fromMillis(instant, { zone: ZONE }).toISODate() as CivilDate;
}

/** The instant with the zone's offset and whole seconds, `2025-01-13T08:00:00+07:00`. */
export function isoOf(instant: Instant): string {
  const text = DateTime.fromMillis(instant, { zone: ZONE }).toISO({ suppressMilliseconds: true });
  if (text === null) throw new Error(`not an instant: ${instant}`);
  return text;
}

/** Reads an ISO date and time. One without an offset is taken in `ZONE`. Null when it is none. */
export function instantOf(iso: string): Instant | null {
  const time = DateTime.fromISO(iso, { zone: ZONE });
  return time.isValid ? (time.toMillis() as Instant) : null;
}

/** The date `days` later, or earlier when negative. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return DateTime.fromISO(date, { zone: ZONE }).plus({ days }).toISODate() as CivilDate;
}
