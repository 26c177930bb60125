import { DateTime } from 'luxon';

import { weekdayNumber } from '../text/dates.ts';
import { addDays, civilDateOf, startOfDay, ZONE } from '../time.ts';
import type { CivilDate, Instant } from '../time.ts';
import type { Span } from './overlaps.ts';

/** How much of the calendar is looked at. */
export type Reach = 'day' | 'week' | 'month' | 'quarter';

/** Days from `first` up to but without `next`. */
export interface Days {
  readonly first: CivilDate;
  readonly next: CivilDate;
}

/** The day, the week (from Monday), the month or the quarter around a day. */
export function daysAround(day: CivilDate, reach: Reach): Days {
  if (reach === 'day') return { first: day, next: addDays(day, 1) };
  if (reach === 'week') {
    const first = mondayOf(day);
    return { first, next: addDays(first, 7) };
  }
  const start = DateTime.fromISO(day, { zone: ZONE }).startOf(reach);
  const first = start.toISODate() as CivilDate;
  return {
    first,
    next: start.plus(reach === 'month' ? { months: 1 } : { months: 3 }).toISODate() as CivilDate,
  };
}

/** A month with the days before and after it that fill its weeks. */
export function weeksAround(day: CivilDate): Days {
  const { first, next } = daysAround(day, 'month');
  const last = addDays(next, -1);
  return { first: mondayOf(first), next: addDays(mondayOf(last), 7) };
}

/** The same place in the next stretch, or so many further; the last day of a shorter month. */
export function stepped(day: CivilDate, reach: Reach, by: number): CivilDate {
  const at = DateTime.fromISO(day, { zone: ZONE });
  const steps = {
    day: { days: by },
    week: { weeks: by },
    month: { months: by },
    quarter: { months: 3 * by },
  };
  return at.plus(steps[reach]).toISODate() as CivilDate;
}

function mondayOf(day: CivilDate): CivilDate {
  return addDays(day, 1 - weekdayNumber(day));
}

/** Every day of a stretch. */
export function daysIn({ first, next }: Days): CivilDate[] {
  const days: CivilDate[] = [];
  for (let day = first; day < next; day = addDays(day, 1)) days.push(day);
  return days;
}

/** First instant of the stretch, and the first one after it. */
export function spanOf({ first, next }: Days): Span {
  return { startsAt: startOfDay(first), endsAt: startOfDay(next) };
}

/** The days that something touches: what ends at midnight does not touch the day that begins then. */
export function daysTouched({ startsAt, endsAt }: Span): Days {
  const last = endsAt > startsAt ? civilDateOf((endsAt - 1) as Instant) : civilDateOf(startsAt);
  return { first: civilDateOf(startsAt), next: addDays(last, 1) };
}

/** The day on which people have to have done what is due: a deadline of midnight is met on the day before. */
export function lastDayOf(dueBefore: Instant): CivilDate {
  return civilDateOf((dueBefore - 1) as Instant);
}

/**
 * A row for each of some spans, in the order given, so that none covers another: the first row that is free. What starts earlier
 * should come first; then there are no more rows than share one moment.
 */
export function rowsOf(spans: readonly Span[]): number[] {
  const freeFrom: number[] = [];
  return spans.map(({ startsAt, endsAt }) => {
    const free = freeFrom.findIndex((end) => end <= startsAt);
    const row = free === -1 ? freeFrom.length : free;
    freeFrom[row] = endsAt;
    return row;
  });
}
