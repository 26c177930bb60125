import { type CivilDate, addDays, instantOf, isoOf } from '../time.ts';
import { civilDate, fullYear, parseDate, parseTime } from './dates.ts';
import { tidy } from './normalize.ts';

/**
 * What people type into a field of a date or an hour. Beside what papers write (`dates.ts`) it may be digits alone, and a
 * date without its year where the field is of days near to today. The day always stands before the month.
 */

const DIGITS = /^(\d{2})(\d{2})(\d{4}|\d{2})$/;
const SPACED = /^(\d{1,2}) (\d{1,2}) (\d{4}|\d{2})$/;
const WITHOUT_YEAR = /^(\d{1,2})\s?[\s/.-]\s?(\d{1,2})$/;

/** `13/1/25`, `13012025`, `13 1 2025`; with `near`, also `13/1`, of the year in which it is nearest to that day. */
export function readDay(text: string, near: CivilDate | null): CivilDate | null {
  const words = tidy(text);
  const read = parseDate(words);
  if (read !== null) return read;
  const [, day, month, year] = DIGITS.exec(words) ?? SPACED.exec(words) ?? [];
  if (year !== undefined) return civilDate(fullYear(year), Number(month), Number(day));
  const short = WITHOUT_YEAR.exec(words);
  return short === null || near === null ? null : nearest(Number(short[2]), Number(short[1]), near);
}

/** Half a year on from `near` at most, and less than half a year back; null where no such year has the day. */
function nearest(month: number, day: number, near: CivilDate): CivilDate | null {
  const year = Number(near.slice(0, 4));
  const back = addDays(near, -182);
  return (
    [year - 1, year, year + 1]
      .map((each) => civilDate(each, month, day))
      .find((each) => each !== null && each >= back && each <= addDays(back, 366)) ??
    civilDate(year, month, day)
  );
}

const CLOCK = /^(\d{1,2})(?:[\s:.,hg]?(\d{2}))?(?:\s?(am|pm|sa|ch))?$/iu;

/** `8`, `8h30`, `830`, `08.30`, `2:30 CH`, `8 giờ 30` as `08:30` of 24 hours; null where the clock has no such time. */
export function readClock(text: string): string | null {
  const words = tidy(text);
  const read = parseTime(words);
  if (read !== null) return clockOf(read.hour, read.minute);
  const [, hour, minute = '0', half] = CLOCK.exec(words) ?? [];
  if (hour === undefined) return null;
  if (half === undefined) return clockOf(Number(hour), Number(minute));
  if (Number(hour) > 12) return null;
  return clockOf((Number(hour) % 12) + (/pm|ch/i.test(half) ? 12 : 0), Number(minute));
}

function clockOf(hour: number, minute: number): string | null {
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** A day and an hour in either order, `8h 13/1`, `13/01/2025 08:00`; the day alone where there is no hour. ISO, as `momentOf`. */
export function readMoment(text: string, near: CivilDate | null): string | null {
  const whole = readDay(text, near);
  if (whole !== null) return whole;
  const words = tidy(text)
    .replace(/^(\d{8})(\d{4})$/, '$1 $2')
    .replace(/(?<=\d)T(?=\d)/i, ' ')
    .split(/[\s,]+/);
  for (let at = 1; at < words.length; at += 1) {
    const [first, second] = [words.slice(0, at).join(' '), words.slice(at).join(' ')];
    const moment = dayAndClock(first, second, near) ?? dayAndClock(second, first, near);
    if (moment !== null) return moment;
  }
  return null;
}

function dayAndClock(dayText: string, clockText: string, near: CivilDate | null): string | null {
  const day = readDay(dayText, near);
  const clock = readClock(clockText);
  return day === null || clock === null ? null : momentOf(day, clock);
}

/** The day at that time on the clock of the conference, ISO with its offset; the bare day where there is no hour. */
export function momentOf(day: CivilDate, clock: string | null): string {
  if (clock === null) return day;
  const instant = instantOf(`${day}T${clock}`);
  return instant === null ? day : isoOf(instant);
}
