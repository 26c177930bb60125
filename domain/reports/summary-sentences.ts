import type { Language } from '../text/language.ts';
import { formatNumber } from '../text/numbers.ts';
import type { DueStatus } from './due.ts';
import type { SummaryDifference } from './headcount-summary.ts';
import { dueStatusWord } from './sentences.ts';

const FIGURES = {
  total: { vi: 'Số đại biểu', en: 'Delegates' },
  clause: { vi: 'Thành phần', en: 'Clause' },
  category: { vi: 'Nhóm', en: 'Category' },
  chair: { vi: 'Người chủ trì', en: 'Chair' },
  status: { vi: 'Tình trạng báo cáo', en: 'State of the report' },
} as const satisfies Record<SummaryDifference['figure'], Record<Language, string>>;

const CATEGORIES: Readonly<Record<string, Record<Language, string>>> = {
  partyMember: { vi: 'đảng viên', en: 'party members' },
  other: { vi: 'người ngoài Đảng', en: 'others' },
};

const NOTHING = { vi: 'chưa có', en: 'none' } as const;

/** `Số đại biểu`, `chưa có`, `150`: what differs between two versions of a headcount summary, and how it was and is. */
export function summaryDifferenceWords(
  { figure, key, before, after }: Pick<SummaryDifference, 'figure' | 'key' | 'before' | 'after'>,
  language: Language,
): { readonly figure: string; readonly before: string; readonly after: string } {
  const which = key === null ? '' : ` ${CATEGORIES[key]?.[language] ?? key}`;
  const say = (value: string | number | null): string => {
    if (value === null) return NOTHING[language];
    if (typeof value === 'number') return formatNumber(value, language);
    return figure === 'status' ? dueStatusWord(value as DueStatus, language) : value;
  };
  return { figure: `${FIGURES[figure][language]}${which}`, before: say(before), after: say(after) };
}
