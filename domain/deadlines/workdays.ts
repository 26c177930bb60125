import { weekdayNumber } from '../text/dates.ts';
import { addDays } from '../time.ts';
import type { CivilDate } from '../time.ts';
import { HOLIDAYS } from './holidays.ts';
import type { DayOff, HolidayTable } from './holidays.ts';

const SATURDAY = 6;
const SUNDAY = 7;

/** What offices do on a day. `unknown`: the table does not cover its year, and nothing is guessed. */
export type DayKind =
  | { readonly kind: 'working-day' }
  | { readonly kind: 'saturday' }
  | { readonly kind: 'sunday' }
  | { readonly kind: 'holiday'; readonly holiday: DayOff }
  | { readonly kind: 'unknown'; readonly year: number };

/** Whether the offices work on a day: Monday to Friday without holidays, and the Saturdays that make up for a weekday. */
export function dayKind(date: CivilDate, table: HolidayTable = HOLIDAYS): DayKind {
  const year = Number(date.slice(0, 4));
  if (year < table.firstYear || year > table.lastYear) return { kind: 'unknown', year };
  const holiday = table.daysOff.get(date);
  if (holiday !== undefined) return { kind: 'holiday', holiday };
  if (table.makeUpDays.has(date)) return { kind: 'working-day' };
  const weekday = weekdayNumber(date);
  if (weekday === SATURDAY) return { kind: 'saturday' };
  return { kind: weekday === SUNDAY ? 'sunday' : 'working-day' };
}

/** True on a working day; null where the table does not cover the year. */
export function isWorkingDay(date: CivilDate, table: HolidayTable = HOLIDAYS): boolean | null {
  const { kind } = dayKind(date, table);
  return kind === 'unknown' ? null : kind === 'working-day';
}

function nearestWorkingDay(date: CivilDate, step: 1 | -1, table: HolidayTable): CivilDate | null {
  let day = date;
  for (;;) {
    const working = isWorkingDay(day, table);
    if (working !== false) return working === null ? null : day;
    day = addDays(day, step);
  }
}

/** The day itself or the last working day before it; null where the table does not reach. */
export function lastWorkingDay(date: CivilDate, table: HolidayTable = HOLIDAYS): CivilDate | null {
  return nearestWorkingDay(date, -1, table);
}

/** The day itself or the first working day after it; null where the table does not reach. */
export function nextWorkingDay(date: CivilDate, table: HolidayTable = HOLIDAYS): CivilDate | null {
  return nearestWorkingDay(date, 1, table);
}

/** The `count`-th working day after a day; null where the table does not reach. */
export function addWorkingDays(
  date: CivilDate,
  count: number,
  table: HolidayTable = HOLIDAYS,
): CivilDate | null {
  let day: CivilDate | null = date;
  for (let done = 0; done < count && day !== null; done++) day = nearestWorkingDay(addDays(day, 1), 1, table);
  return day;
}

/**
 * What to tell about the last day of a deadline. A fixed date is never moved ("trước ngày D" stays D): the warning names
 * the last day on which the offices work.
 */
export type DeadlineWarning =
  | {
      readonly kind: 'not-a-working-day';
      readonly lastDay: CivilDate;
      readonly day: 'saturday' | 'sunday' | 'holiday';
      /** Null unless the day is a holiday. */
      readonly holiday: DayOff | null;
      /** Null where the table does not reach back far enough. */
      readonly lastWorkingDay: CivilDate | null;
    }
  | { readonly kind: 'not-covered'; readonly lastDay: CivilDate; readonly year: number };

/** Null when offices work on the last day of a deadline; else what they do then. */
export function deadlineWarning(lastDay: CivilDate, table: HolidayTable = HOLIDAYS): DeadlineWarning | null {
  const kind = dayKind(lastDay, table);
  if (kind.kind === 'working-day') return null;
  if (kind.kind === 'unknown') return { kind: 'not-covered', lastDay, year: kind.year };
  return {
    kind: 'not-a-working-day',
    lastDay,
    day: kind.kind,
    holiday: kind.kind === 'holiday' ? kind.holiday : null,
    lastWorkingDay: lastWorkingDay(lastDay, table),
  };
}
