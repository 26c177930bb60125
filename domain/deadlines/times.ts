import { ok } from '../result.ts';
import type { Result } from '../result.ts';
import { civilDate, fullYear } from '../text/dates.ts';
import { addDays, Instant, startOfDay } from '../time.ts';
import type { CivilDate } from '../time.ts';

/** Why a phrase has no date. `year unknown`: it names no year, and the day on which the document was issued is not known. */
export type DeadlineFailure = { readonly reason: 'impossible date' | 'not understood' | 'year unknown' };

/** A stretch of time, up to but without `end`. A time of day has `start` = `end`. */
export interface Stretch {
  readonly start: Instant;
  readonly end: Instant;
}

export type Groups = Readonly<Record<string, string | undefined>>;

const IMPOSSIBLE = { ok: false, reason: 'impossible date' } as const;
const YEAR_UNKNOWN = { ok: false, reason: 'year unknown' } as const;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Has a 29 February: a day that not even such a year has is impossible in any. */
const LEAP_YEAR = 2024;

/** Days from `first` up to but without `next`. */
interface Days {
  readonly first: CivilDate;
  readonly next: CivilDate;
}

function monthsFrom(year: number, month: number, count: number): Days | null {
  const first = civilDate(year, month, 1);
  const after = month - 1 + count;
  const next = civilDate(year + Math.floor(after / 12), (after % 12) + 1, 1);
  return first === null || next === null ? null : { first, next };
}

function oneDay(year: number, month: number, day: number): Days | null {
  const first = civilDate(year, month, day);
  return first === null ? null : { first, next: addDays(first, 1) };
}

/** `inYear` in the year that the phrase names; or, where it names none, the first that is not over when the document is issued. */
function daysIn(
  year: number | null,
  issuedOn: CivilDate | null,
  inYear: (year: number) => Days | null,
  isAhead: (days: Days, issuedOn: CivilDate) => boolean,
): Result<Days, DeadlineFailure> {
  if (year !== null) {
    const days = inYear(year);
    return days === null ? IMPOSSIBLE : ok(days);
  }
  if (inYear(LEAP_YEAR) === null) return IMPOSSIBLE;
  if (issuedOn === null) return YEAR_UNKNOWN;
  const issuedIn = Number(issuedOn.slice(0, 4));
  for (const candidate of [issuedIn, issuedIn + 1]) {
    const days = inYear(candidate);
    if (days !== null && isAhead(days, issuedOn)) return ok(days);
  }
  return IMPOSSIBLE;
}

/** "The first such day after the issue date." */
const dayIsAhead = ({ first }: Days, issuedOn: CivilDate): boolean => first > issuedOn;
const periodIsNotOver = ({ next }: Days, issuedOn: CivilDate): boolean => next > issuedOn;

/** Roman as typed, or as a scanner writes it, with l and | for I; 0 for what is no number of a quarter. */
function quarterNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const roman = text.toUpperCase().replace(/[L|]/g, 'I');
  return ['I', 'II', 'III', 'IV'].indexOf(roman) + 1;
}

function optionalYear(...years: readonly (string | undefined)[]): number | null {
  const digits = years.find((year) => year !== undefined);
  return digits === undefined ? null : fullYear(digits);
}

/** Reads the groups of a match of the grammar's time. */
export function timeOf(groups: Groups, issuedOn: CivilDate | null): Result<Stretch, DeadlineFailure> {
  const days = daysOf(groups, issuedOn);
  if (!days.ok) return days;
  // Two hours around one date contradict each other.
  if (groups['hour'] !== undefined && groups['hourAfter'] !== undefined)
    return { ok: false, reason: 'not understood' };
  const { first, next } = days.value;
  if ((groups['hour'] ?? groups['hourAfter']) === undefined)
    return ok({ start: startOfDay(first), end: startOfDay(next) });
  const at = timeOfDay(groups, first);
  return at === null ? IMPOSSIBLE : ok({ start: at, end: at });
}

function daysOf(groups: Groups, issuedOn: CivilDate | null): Result<Days, DeadlineFailure> {
  const day = groups['day1'] ?? groups['day2'] ?? groups['day3'];
  if (day !== undefined) {
    const year = optionalYear(groups['year1'], groups['year2'], groups['year3']);
    const month = Number(groups['month1'] ?? groups['month2'] ?? groups['month3']);
    return daysIn(year, issuedOn, (y) => oneDay(y, month, Number(day)), dayIsAhead);
  }
  if (groups['month4'] !== undefined) {
    const year = optionalYear(groups['year4'], groups['year4short']);
    const month = Number(groups['month4']);
    return daysIn(year, issuedOn, (y) => monthsFrom(y, month, 1), periodIsNotOver);
  }
  if (groups['quarter'] !== undefined) {
    const quarter = quarterNumber(groups['quarter']);
    if (quarter < 1 || quarter > 4) return IMPOSSIBLE;
    return daysIn(
      optionalYear(groups['year5']),
      issuedOn,
      (y) => monthsFrom(y, quarter * 3 - 2, 3),
      periodIsNotOver,
    );
  }
  return daysIn(Number(groups['year6']), issuedOn, (y) => monthsFrom(y, 1, 12), periodIsNotOver);
}

/** The instant of a clock time on a day; "24 giờ" is the end of the day. Null when there is no such time. */
function timeOfDay(groups: Groups, date: CivilDate): Instant | null {
  const where = groups['hour'] === undefined ? 'After' : '';
  const minute = Number(groups[`minute${where}`] ?? 0);
  let hour = Number(groups[`hour${where}`]);
  const half = groups[`half${where}`]?.toLowerCase();
  const isAfternoon = half !== undefined && half !== 'sáng' && (half !== 'trưa' || hour < 10);
  if (isAfternoon && hour < 12) hour += 12;
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return null;
  return Instant.parse(startOfDay(date) + hour * HOUR_MS + minute * MINUTE_MS);
}

/** The month, quarter or year in which a date lies: recurring reports fall due when it ends. */
export function periodAround(date: CivilDate, recurs: 'monthly' | 'quarterly' | 'yearly'): Stretch {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  const months = { monthly: 1, quarterly: 3, yearly: 12 }[recurs];
  const days = monthsFrom(year, month - ((month - 1) % months), months);
  if (days === null) throw new Error(`no period around ${date}`);
  return { start: startOfDay(days.first), end: startOfDay(days.next) };
}

/** The first day after `issuedOn` that is the `day`-th of a month, or of the month given; months without one are passed over. */
export function dayOfEvery(
  day: number,
  month: number | null,
  issuedOn: CivilDate | null,
): Result<Stretch | null, DeadlineFailure> {
  if (civilDate(LEAP_YEAR, month ?? 1, day) === null) return IMPOSSIBLE;
  if (issuedOn === null) return ok(null);
  const year = Number(issuedOn.slice(0, 4));
  const start = Number(issuedOn.slice(5, 7));
  // Four years of months: every month has its day within them, 29 February too.
  for (let ahead = 0; ahead <= 48; ahead++) {
    const inMonth = ((start - 1 + ahead) % 12) + 1;
    const date = civilDate(year + Math.floor((start - 1 + ahead) / 12), inMonth, day);
    if (date !== null && date > issuedOn && (month === null || month === inMonth)) {
      return ok({ start: startOfDay(date), end: startOfDay(addDays(date, 1)) });
    }
  }
  return IMPOSSIBLE;
}
