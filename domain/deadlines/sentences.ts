import type { Recurrence } from '../plan/plan.ts';
import { formatDate, formatDateTime, weekday } from '../text/dates.ts';
import { formatDuration } from '../text/durations.ts';
import type { Language } from '../text/language.ts';
import { civilDateOf, Instant, startOfDay } from '../time.ts';
import type { CivilDate } from '../time.ts';
import type { Judgement } from './judge.ts';
import type { DeadlineReading } from './phrase.ts';
import type { DeadlineFailure } from './times.ts';
import type { DeadlineWarning } from './workdays.ts';

export { formatDuration };

const RECURRENCES = {
  vi: { monthly: 'hằng tháng', quarterly: 'hằng quý', yearly: 'hằng năm' },
  en: { monthly: 'every month', quarterly: 'every quarter', yearly: 'every year' },
} as const satisfies Record<Language, Record<Recurrence, string>>;

/** The limit itself: `hết ngày 09/01/2025`, or with an hour `trước 16:30 thứ Năm, 09/01/2025`. */
function limit(dueBefore: Instant, language: Language): string {
  const lastDay = civilDateOf(Instant.parse(dueBefore - 1));
  const isWholeDay = startOfDay(civilDateOf(dueBefore)) === dueBefore;
  if (!isWholeDay) {
    const at = formatDateTime(dueBefore, language);
    return language === 'vi' ? `trước ${at}` : `before ${at}`;
  }
  return language === 'vi'
    ? `chậm nhất hết ngày ${formatDate(lastDay)}`
    : `by the end of ${formatDate(lastDay)}`;
}

function capital(sentence: string): string {
  return sentence.charAt(0).toLocaleUpperCase('vi') + sentence.slice(1);
}

/** `Chậm nhất hết ngày 09/01/2025`: says the last moment, not the phrase, which people read in two ways. */
export function describeDeadline(reading: DeadlineReading, language: Language): string {
  const { dueBefore, recurs } = reading;
  if (recurs === null) {
    if (dueBefore !== null) return capital(limit(dueBefore, language));
    return language === 'vi' ? 'Theo quy định, không ghi ngày' : 'As prescribed, no date given';
  }
  const often = RECURRENCES[language][recurs];
  if (dueBefore === null) return language === 'vi' ? `Định kỳ ${often}` : capital(often);
  return language === 'vi'
    ? `Định kỳ ${often}, kỳ này ${limit(dueBefore, 'vi')}`
    : `${capital(often)}, this time ${limit(dueBefore, 'en')}`;
}

/** Both dates of a deadline with grace. Null where there is no grace. */
export function describeGrace(dueBefore: Instant, graceMs: number, language: Language): string | null {
  if (graceMs <= 0) return null;
  const until = limit(Instant.parse(dueBefore + graceMs), language);
  return language === 'vi'
    ? `${capital(limit(dueBefore, 'vi'))}. Cho phép trễ: ${until}, vẫn ghi là trễ.`
    : `${capital(limit(dueBefore, 'en'))}. Grace: ${until}, still marked late.`;
}

export function describeJudgement(judgement: Judgement, language: Language): string {
  if (!judgement.late) return language === 'vi' ? 'Đúng hạn' : 'On time';
  const by = formatDuration(judgement.byMs, language);
  if (language === 'vi') return judgement.withinGrace ? `Trễ ${by}, còn trong mức cho phép` : `Trễ ${by}`;
  return judgement.withinGrace ? `Late by ${by}, within the grace` : `Late by ${by}`;
}

function dayWithName(date: CivilDate, language: Language): string {
  return language === 'vi'
    ? `${weekday(date, 'vi')}, ${formatDate(date)}`
    : `${weekday(date, 'en')}, ${formatDate(date)}`;
}

export function describeWarning(warning: DeadlineWarning, language: Language): string {
  const last = formatDate(warning.lastDay);
  if (warning.kind === 'not-covered') {
    return language === 'vi'
      ? `Chưa có lịch nghỉ lễ năm ${warning.year}, nên chưa biết ${last} có phải ngày làm việc không.`
      : `The holidays of ${warning.year} are not known here, so ${last} may not be a working day.`;
  }
  const name = warning.holiday?.[language] ?? weekday(warning.lastDay, language);
  const before = warning.lastWorkingDay;
  if (language === 'vi') {
    const why = warning.holiday === null ? name : `ngày nghỉ (${name})`;
    const tail = before === null ? '' : ` Ngày làm việc cuối cùng trước đó: ${dayWithName(before, 'vi')}.`;
    return `Ngày cuối ${last} là ${why}.${tail}`;
  }
  const why = warning.holiday === null ? `a ${name}` : `a day off (${name})`;
  const tail = before === null ? '' : ` The last working day before it: ${dayWithName(before, 'en')}.`;
  return `The last day ${last} is ${why}.${tail}`;
}

const FAILURES = {
  vi: {
    'impossible date': 'Lịch không có ngày này.',
    'not understood': 'Không hiểu được thời hạn, cần người xem lại.',
    'year unknown': 'Thời hạn không ghi năm và chưa biết ngày ban hành văn bản.',
  },
  en: {
    'impossible date': 'The calendar has no such date.',
    'not understood': 'This deadline is not understood; somebody has to look at it.',
    'year unknown': 'The deadline names no year, and the date of the document is not known.',
  },
} as const satisfies Record<Language, Record<DeadlineFailure['reason'], string>>;

export function describeFailure(failure: DeadlineFailure, language: Language): string {
  return FAILURES[language][failure.reason];
}
