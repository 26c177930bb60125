import { civilDateOf, shownAt } from '../time.ts';
import type { CivilDate, Instant } from '../time.ts';
import type { Language } from './language.ts';
import { tidy } from './normalize.ts';

const WEEKDAYS = {
  vi: ['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const;

const ENGLISH_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function partsOf(date: CivilDate): Parts {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

const two = (n: number): string => String(n).padStart(2, '0');

/** `13/01/2025` */
export function formatDate(date: CivilDate): string {
  return `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
}

/**
 * `ngày 13 tháng 01 năm 2025`, as official documents write it: a zero before days under 10 and before months 1 and 2
 * only ("ngày 05 tháng 02", but "tháng 5"). In English `13 January 2025`.
 */
export function formatLongDate(date: CivilDate, language: Language = 'vi'): string {
  const { year, month, day } = partsOf(date);
  if (language === 'en') return `${day} ${ENGLISH_MONTHS[month - 1]} ${year}`;
  return `ngày ${two(day)} tháng ${month <= 2 ? two(month) : month} năm ${year}`;
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayNumber(date: CivilDate): number {
  const { year, month, day } = partsOf(date);
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7;
}

/** `thứ Hai`, in English `Monday`. */
export function weekday(date: CivilDate, language: Language): string {
  return WEEKDAYS[language][weekdayNumber(date) - 1] ?? '';
}

/** `08:00`, on the clock of `ZONE`. */
export function formatTime(instant: Instant): string {
  const shown = shownAt(instant);
  return `${two(shown.getUTCHours())}:${two(shown.getUTCMinutes())}`;
}

/** `07:41:08`, on the clock of `ZONE`. */
export function formatClock(instant: Instant): string {
  return `${formatTime(instant)}:${two(shownAt(instant).getUTCSeconds())}`;
}

/** `08:00 thứ Hai, 13/01/2025`, in English `08:00 Monday, 13/01/2025`, in `ZONE`. */
export function formatDateTime(instant: Instant, language: Language): string {
  const date = civilDateOf(instant);
  return `${formatTime(instant)} ${weekday(date, language)}, ${formatDate(date)}`;
}

/** The date of a day, a month and a year; null when the calendar has none such, or the year is no year of our papers. */
export function civilDate(year: number, month: number, day: number): CivilDate | null {
  if (year < 1800 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  const time = new Date(Date.UTC(year, month - 1, day));
  if (time.getUTCMonth() !== month - 1) return null;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a brand is given where the value was checked
  return `${year}-${two(month)}-${two(day)}` as CivilDate;
}

/** A year of two digits, `25`, is of this century up to 49 and of the last from 50 on (birth dates). */
export function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

const WEEKDAY = String.raw`(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s+nhật|[tT][2-7]|CN)`;
const NUMERIC = String.raw`(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})`;
const LONG = String.raw`(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s+năm|\s*,|\s*[/.-])\s*(\d{4}|\d{2})`;
const ISO = String.raw`(\d{4})-(\d{2})-(\d{2})`;
const WHOLE = new RegExp(
  String.raw`^(?:${WEEKDAY}\s*,?\s*)?(?:\(\s*)?(?:ngày\s*)?(?:${NUMERIC}|${LONG}|${ISO})\s*\)?(?:\s*\(?${WEEKDAY}\)?)?\s*[.,;]?$`,
  'iu',
);

/**
 * Reads a text that is one date: `13/01/2025`, `7/1/25`, `01.01.2025`, `10-3-2025`, `2025-01-13`, `ngày 13 tháng 01 năm
 * 2025`, with or without a weekday, which is not checked here. The day always comes first. Null when the text is something
 * else, when a part is missing, and when the calendar has no such day.
 */
export function parseDate(text: string): CivilDate | null {
  if (text.length > 200) return null;
  const found = WHOLE.exec(tidy(text));
  if (found === null) return null;
  const [, day, , month, year, longDay, longMonth, longYear, isoYear, isoMonth, isoDay] = found;
  if (year !== undefined) return civilDate(fullYear(year), Number(month), Number(day));
  if (longYear !== undefined) return civilDate(fullYear(longYear), Number(longMonth), Number(longDay));
  return civilDate(Number(isoYear), Number(isoMonth), Number(isoDay));
}

const HOUR =
  /^(?:lúc\s+)?(\d{1,2})\s*(?:giờ|h|g|:)\s*(?:(\d{1,2})\s*(?:phút|p|['’])?)?(?:\s+(sáng|trưa|chiều|tối))?[.,;]?$/iu;

/**
 * Reads a text that is one time of day: `8 giờ`, `11 giờ 30 phút`, `14h00`, `7h`, `8:00`, `2 giờ chiều`. Null when it is
 * something else or no time of the clock (`24 giờ`, `8 giờ 75`).
 */
export function parseTime(text: string): { readonly hour: number; readonly minute: number } | null {
  if (text.length > 60) return null;
  // `tidy` sets a colon against what stands before it, so that "8 : 00" reads as "8: 00".
  const found = HOUR.exec(tidy(text));
  if (found === null) return null;
  const [, hourText, minuteText, part] = found;
  // "8:" is half of something.
  if (minuteText === undefined && found[0].includes(':')) return null;
  const minute = Number(minuteText ?? 0);
  let hour = Number(hourText);
  // "2 giờ chiều" is 14:00; "11 giờ trưa" is 11:00.
  const after = part?.toLowerCase();
  if ((after === 'chiều' || after === 'tối' || (after === 'trưa' && hour < 10)) && hour < 12) hour += 12;
  return hour < 24 && minute < 60 ? { hour, minute } : null;
}
