import { parseDate, parseTime } from '../text/dates.ts';
import type { CivilDate } from '../time.ts';
import { slice, trim } from './passage.ts';
import type { Passage } from './passage.ts';

const WEEKDAY = String.raw`(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s+nhật)`;
const DATE = new RegExp(
  String.raw`(?:${WEEKDAY}\s?,?\s+)?(?:ngày\s+)?(?<![\d/.]|(?<!(?<![\d/.-])\d{1,2}(?:\/\d{1,2})?)-)(?:\d{1,2}\s?([/.-])\s?\d{1,2}\s?\1\s?(?:\d{4}|\d{2})(?!\d)|\d{1,2}\s+tháng\s+\d{1,2}(?:\s*,)?\s+năm\s+\d{4})(?:\s*\(\s*${WEEKDAY}\s*\)|\s*,\s*${WEEKDAY})?`,
  'giu',
);
const BARE = new RegExp(
  String.raw`\d{1,2}\s?([/.-])\s?\d{1,2}\s?\1\s?(?:\d{4}|\d{2})|\d{1,2}\s+tháng\s+\d{1,2}(?:\s*,)?\s+năm\s+\d{4}`,
  'u',
);

export interface FoundDate {
  readonly passage: Passage;
  readonly at: number;
  /** Null when the calendar has no such day. */
  readonly date: CivilDate | null;
  /** The date of a document that is cited ("Nghị quyết số 57-NQ/TW, ngày ..."). */
  readonly cites: boolean;
}

const CITES =
  /(?:\d\s?[-/]\s?[\p{Lu}][\p{L}\d\-/]*,?\s*|(?:nghị quyết|kế hoạch|quyết định|công văn|chỉ thị|kết luận|nghị định|luật|hướng dẫn|thông tư|tờ trình|quy định)[^.;:,]{0,60},?\s*)$/iu;

export function findDates(passage: Passage): FoundDate[] {
  return [...passage.text.matchAll(DATE)].map((found) => ({
    passage: trim(slice(passage, found.index, found.index + found[0].length)),
    at: found.index,
    date: parseDate(BARE.exec(found[0])?.[0] ?? ''),
    cites: CITES.test(passage.text.slice(Math.max(0, found.index - 80), found.index)),
  }));
}

const TIME = String.raw`(?<![\d/.,])\d{1,2}\s?(?:giờ|h|g|:(?=\d{2}))(?![\p{Ll}])(?:\s?\d{2}(?!\d)(?:\s?(?:phút|p\b|['’]))?)?(?:\s(?:sáng|trưa|chiều|tối)(?!\p{L}))?`;
const TIMES = new RegExp(TIME, 'giu');
const WINDOW = new RegExp(String.raw`(?:từ\s+)?(${TIME})\s*(?:-|–|—|đến|tới)\s*(${TIME})`, 'dgiu');

export interface ClockTime {
  readonly hour: number;
  readonly minute: number;
}

export interface FoundTime extends ClockTime {
  readonly passage: Passage;
  readonly at: number;
}

export function findTimes(passage: Passage): FoundTime[] {
  return [...passage.text.matchAll(TIMES)].flatMap((found) => {
    const time = parseTime(found[0]);
    const part = trim(slice(passage, found.index, found.index + found[0].length));
    return time === null ? [] : [{ ...time, passage: part, at: found.index }];
  });
}

export interface FoundWindow {
  readonly passage: Passage;
  readonly at: number;
  readonly start: FoundTime;
  readonly end: FoundTime;
}

/** "từ 8 giờ đến 11 giờ 30 phút", "7h30 - 8h00". */
export function findWindows(passage: Passage): FoundWindow[] {
  return [...passage.text.matchAll(WINDOW)].flatMap((found) => {
    const whole = trim(slice(passage, found.index, found.index + found[0].length));
    const [, first, second] = found.indices ?? [];
    if (first === undefined || second === undefined) return [];
    const start = findTimes(slice(passage, ...first))[0];
    const end = findTimes(slice(passage, ...second))[0];
    return start === undefined || end === undefined ? [] : [{ passage: whole, at: found.index, start, end }];
  });
}

const DOTTED = /^\(?(\d{1,2})\.(\d{2})\s?[-–—]\s?(\d{1,2})\.(\d{2})(?![\d.])/u;

function dotted(hour: string | undefined, minute: string | undefined, part: Passage): FoundTime | null {
  const time = parseTime(`${hour}:${minute}`);
  return time === null ? null : { ...time, passage: trim(part, '-–—('), at: 0 };
}

/** "07.30-07.45" at the start of a line of a programme. Elsewhere such figures are no hours. */
export function dottedWindow(passage: Passage): FoundWindow | null {
  const found = DOTTED.exec(passage.text);
  if (found === null) return null;
  const from = found[0].startsWith('(') ? 1 : 0;
  const middle = from + `${found[1]}.${found[2]}`.length;
  const start = dotted(found[1], found[2], slice(passage, from, middle));
  const end = dotted(found[3], found[4], slice(passage, middle, found[0].length));
  if (start === null || end === null || minutesBetween(start, end) <= 0) return null;
  return { passage: slice(passage, from, found[0].length), at: from, start, end };
}

export function minutesBetween(start: ClockTime, end: ClockTime): number {
  return (end.hour - start.hour) * 60 + end.minute - start.minute;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** The date and hour with the offset of the zone, which has had no other since 1975. */
export function isoAt(date: CivilDate, time: ClockTime): string {
  return `${date}T${two(time.hour)}:${two(time.minute)}:00+07:00`;
}
