import { parseDate } from '../text/dates.ts';
import type { CivilDate } from '../time.ts';

/** A document that a text cites with its date: "Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị". */
export interface Citation {
  readonly number: string;
  readonly date: CivilDate;
  /** The body that issued it, where it follows; empty where it does not. */
  readonly of: string;
}

const DATE = String.raw`\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2} tháng \d{1,2} năm \d{4}`;
const CITED = new RegExp(
  String.raw`(?<!\p{L})(?<number>\d{1,5}(?:\/\d{4})?[-/]\p{Lu}[\p{L}\d]{0,8}(?:[-/]\p{Lu}[\p{L}\d]{0,12}){0,2}),?\s+ngày\s+(?<date>${DATE})(?:\s+của\s+(?<of>\p{Lu}[^.,;()]{3,60}))?`,
  'gu',
);

export function citations(text: string): Citation[] {
  return [...text.matchAll(CITED)].flatMap((found) => {
    const { number, date, of } = found.groups ?? {};
    const day = parseDate(date ?? '');
    return day === null || number === undefined ? [] : [{ number, date: day, of: of ?? '' }];
  });
}

/** Numbers that are cited with more than one date, with those dates in order. */
export function citedWithTwoDates(cited: readonly Citation[]): { number: string; dates: CivilDate[] }[] {
  const dates = new Map<string, Set<CivilDate>>();
  for (const { number, date } of cited) dates.set(number, (dates.get(number) ?? new Set()).add(date));
  return [...dates]
    .filter(([, days]) => days.size > 1)
    .map(([number, days]) => ({ number, dates: [...days].toSorted() }));
}
