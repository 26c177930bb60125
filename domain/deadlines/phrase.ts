import type { Recurrence } from '../plan/plan.ts';
import { ok } from '../result.ts';
import type { Result } from '../result.ts';
import { nfc, tidy } from '../text/normalize.ts';
import { addDays, CivilDate, civilDateOf, Instant, startOfDay } from '../time.ts';
import {
  AS_PRESCRIBED,
  DATED,
  DAY_OF_EVERY,
  EVERY_PERIOD,
  LIKE_A_DEADLINE,
  OWED_BEFORE,
  PERIOD_OF_DAYS,
  REPORT_BEFORE,
  SEVERAL_PERIODS,
} from './grammar.ts';
import { dayOfEvery, periodAround, timeOf } from './times.ts';
import type { DeadlineFailure, Groups } from './times.ts';
import { addWorkingDays, nextWorkingDay } from './workdays.ts';

export type { DeadlineFailure } from './times.ts';

export interface DeadlineReading {
  /** The first instant that is too late; null where the phrase gives no date ("theo quy định"). */
  readonly dueBefore: Instant | null;
  /** The last day on which it can be on time; with an hour, the day of that hour. */
  readonly lastDay: CivilDate | null;
  readonly recurs: Recurrence | null;
}

/** A phrase of a running text that sets a limit in time. Offsets count UTF-16 units of the text in NFC. */
export interface FoundDeadline {
  readonly phrase: string;
  readonly start: number;
  readonly end: number;
}

type Read = (issuedOn: CivilDate | null) => Result<DeadlineReading, DeadlineFailure>;

interface Match extends FoundDeadline {
  readonly read: Read;
}

const NOT_UNDERSTOOD = { ok: false, reason: 'not understood' } as const;
const NO_DATE: DeadlineReading = { dueBefore: null, lastDay: null, recurs: null };

function due(dueBefore: Instant | null, recurs: Recurrence | null = null): DeadlineReading {
  const lastDay = dueBefore === null ? null : civilDateOf(Instant.parse(dueBefore - 1));
  return { dueBefore, lastDay, recurs };
}

/** "Trước D" ends where D begins; "trong D", "chậm nhất D", "đến hết D" and "hạn D" end where D ends. */
function readDated(groups: Groups): Read {
  return (issuedOn) => {
    const time = timeOf(groups, issuedOn);
    if (!time.ok) return time;
    return ok(due(groups['before'] === undefined ? time.value.end : time.value.start));
  };
}

function recurrenceOf(groups: Groups): Recurrence {
  if (groups['month'] !== undefined) return 'monthly';
  return groups['quarter'] === undefined ? 'yearly' : 'quarterly';
}

/** "Định kỳ hằng quý" falls due when the quarter of the issue date ends; "trước ngày 25 hằng tháng" on the next 25th. */
function readRecurring(groups: Groups): Read {
  const recurs = recurrenceOf(groups);
  return (issuedOn) => {
    if (groups['day'] === undefined) {
      return ok(due(issuedOn === null ? null : periodAround(issuedOn, recurs).end, recurs));
    }
    const month = groups['ofMonth'] === undefined ? null : Number(groups['ofMonth']);
    // A day of each month, or a day and month of each year; nothing else is complete.
    if ((recurs === 'monthly') !== (month === null) || recurs === 'quarterly') return NOT_UNDERSTOOD;
    const day = dayOfEvery(Number(groups['day']), month, issuedOn);
    if (!day.ok) return day;
    if (day.value === null) return ok(due(null, recurs));
    return ok(due(groups['before'] === undefined ? day.value.end : day.value.start, recurs));
  };
}

/**
 * Civil Code 2015, articles 147 and 148: a period in days starts on the day after the event, and when its last day is a day
 * off it ends on the next working day. This holds for periods only; a fixed date is never moved.
 */
function readPeriodOfDays(groups: Groups): Read {
  const count = Number(groups['count']);
  return (issuedOn) => {
    let event = issuedOn;
    if (groups['issue'] === undefined) {
      const time = timeOf(groups, issuedOn);
      if (!time.ok) return time;
      event = civilDateOf(time.value.start);
    }
    if (event === null) return { ok: false, reason: 'year unknown' };
    const lastDay =
      groups['working'] === undefined ? nextWorkingDay(addDays(event, count)) : addWorkingDays(event, count);
    // Past the table of holidays nobody can say on which day the period ends.
    return lastDay === null ? NOT_UNDERSTOOD : ok(due(startOfDay(addDays(lastDay, 1))));
  };
}

const readAsPrescribed: Read = () => ok(NO_DATE);
const readNothing: Read = () => NOT_UNDERSTOOD;

/** "Trong ngày 13/01" and "hết ngày 13/01" are deadlines only where something is to be done by then. */
function isBareEventTime(groups: Groups): boolean {
  if (groups['lead'] !== undefined) return false;
  const isDay = (groups['day1'] ?? groups['day2'] ?? groups['day3']) !== undefined;
  return (groups['within'] !== undefined && isDay) || /^hết$/iu.test(groups['by'] ?? '');
}

/** Blanks and the marks of bold text, which a phrase does not end with. */
const TRAILING = /[\s*_]+$/u;
/** The rest of a sentence, as far as it may bear on a date. */
const REST_OF_SENTENCE = /^[^.;\n]{0,80}/u;
const ANY_DATE = CivilDate.parse('2024-01-01');

/** Where a phrase ends that begins at `start` and was matched up to `end`. */
function endOf(text: string, start: number, end: number): number {
  return start + text.slice(start, end).replace(TRAILING, '').length;
}

/** Every deadline in a text. A phrase that is given as a deadline (`alone`) needs no words around it to be one. */
function scan(text: string, alone: boolean): readonly Match[] {
  const found: Match[] = [];
  // Marks what is taken already: a list of the found would be searched as often as it is long.
  const taken = new Uint8Array(text.length);
  const collect = (rule: RegExp, take: (match: RegExpExecArray, groups: Groups) => Read | null): void => {
    for (const match of text.matchAll(rule)) {
      const read = take(match, match.groups ?? {});
      const start = match.index;
      let end = endOf(text, start, start + match[0].length);
      // The rules come in order: what an earlier one took belongs to it.
      if (read === null || taken.subarray(start, end).includes(1)) continue;
      // What only the words after it make unreadable ("trước ngày 10/3 (âm lịch)") keeps those words.
      if (read === readNothing && !alone && readDeadline(text.slice(start, end), ANY_DATE).ok) {
        const rest = REST_OF_SENTENCE.exec(text.slice(end, end + 80))?.[0] ?? '';
        end = endOf(text, start, end + rest.length);
        if (taken.subarray(start, end).includes(1)) continue;
        if (readDeadline(text.slice(start, end), ANY_DATE).ok) continue;
      }
      taken.fill(1, start, end);
      found.push({ phrase: text.slice(start, end), start, end, read });
    }
  };
  collect(PERIOD_OF_DAYS, (_, groups) => readPeriodOfDays(groups));
  collect(DAY_OF_EVERY, (_, groups) => readRecurring(groups));
  collect(SEVERAL_PERIODS, (_, groups) => (alone || groups['regularly'] !== undefined ? readNothing : null));
  collect(EVERY_PERIOD, (match, groups) => {
    const isOwed =
      groups['regularly'] !== undefined ||
      groups['report'] !== undefined ||
      groups['day'] !== undefined ||
      REPORT_BEFORE.test(text.slice(Math.max(0, match.index - 40), match.index));
    return alone || isOwed ? readRecurring(groups) : null;
  });
  collect(DATED, (_, groups) => (!alone && isBareEventTime(groups) ? null : readDated(groups)));
  collect(AS_PRESCRIBED, (match) => {
    const isOwed = OWED_BEFORE.test(text.slice(Math.max(0, match.index - 240), match.index));
    return alone || isOwed ? readAsPrescribed : null;
  });
  for (const rule of LIKE_A_DEADLINE) collect(rule, () => readNothing);
  // oxlint-disable-next-line unicorn/no-array-sort -- the list is ours, and Chrome 109 has no toSorted
  return found.sort((a, b) => a.start - b.start);
}

/**
 * Every phrase of a text that sets a deadline, in order, also those that no rule understands ("trước Tết Nguyên đán"):
 * `readDeadline` tells them apart. A date without a word of limit ("ngày 13/01/2025") is none, nor are "trước khi" and
 * "trước, trong và sau". Whether a phrase looks back ("kết quả trong năm 2024") is not decided here.
 */
export function findDeadlines(text: string): readonly FoundDeadline[] {
  return scan(nfc(text), false).map(({ phrase, start, end }) => ({ phrase, start, end }));
}

const MARKDOWN = /[*_]+/g;

/**
 * Reads one deadline. Words around it do not matter; a phrase with two different deadlines is not understood. `issuedOn` is
 * the date of the document: a day without a year is the first such day after it, a month or quarter the first not over.
 */
export function readDeadline(
  phrase: string,
  issuedOn: CivilDate | null,
): Result<DeadlineReading, DeadlineFailure> {
  const readings = scan(tidy(phrase.replace(MARKDOWN, ' ')), true).map((match) => match.read(issuedOn));
  const failure = readings.find((reading) => !reading.ok && reading.reason !== 'not understood');
  if (failure !== undefined) return failure;
  const understood = readings.flatMap((reading) => (reading.ok ? [reading.value] : []));
  // "Báo cáo theo quy định trước ngày 10/01": the reference adds nothing to the date.
  const dated = understood.filter((reading) => reading.dueBefore !== null || reading.recurs !== null);
  const [first, ...others] = dated.length > 0 ? dated : understood;
  if (first === undefined) return NOT_UNDERSTOOD;
  const isSame = (other: DeadlineReading): boolean =>
    other.dueBefore === first.dueBefore && other.recurs === first.recurs;
  return others.every(isSame) ? ok(first) : NOT_UNDERSTOOD;
}
