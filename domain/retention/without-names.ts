import type { HeadcountContent } from '../reports/headcount.ts';
import type { SummaryDifference, SummaryLine } from '../reports/headcount-summary.ts';
import { ERASED_NAME, ERASED_TEXT } from './erased.ts';

/** As many as there were, none by name: what counts those who are named counts the same. */
const NOBODY = { name: ERASED_NAME.vi, post: '' } as const;

/** A headcount report without names and posts. Every figure stays, and so does that somebody chairs. */
export function withoutNames(content: HeadcountContent): HeadcountContent {
  return {
    lines: content.lines.map((line) => ({
      ...line,
      chairName: inPlaceOf(line.chairName),
      chairPost: null,
      // A report of an earlier version of the program may have none.
      names: (line.names ?? []).map(({ clause }) => ({ ...NOBODY, clause })),
    })),
  };
}

/** A headcount report without its remarks. */
export function withoutRemarks(content: HeadcountContent): HeadcountContent {
  return {
    lines: content.lines.map((line) => ({ ...line, remark: line.remark ? ERASED_TEXT.vi : line.remark })),
  };
}

/** One line of a frozen headcount summary. What is worked out anew of reports without names is the same. */
export function lineWithoutNames(line: SummaryLine): SummaryLine {
  return { ...line, chairName: inPlaceOf(line.chairName) };
}

/** A difference between two versions: that the chair changed stays, and not from whom to whom. */
export function differenceWithoutNames(difference: SummaryDifference): SummaryDifference {
  const { figure, before, after } = difference;
  if (figure !== 'chair') return difference;
  return { ...difference, before: inPlaceOf(textOf(before)), after: inPlaceOf(textOf(after)) };
}

function inPlaceOf(name: string | null): string | null {
  // An empty one counts as none wherever it is counted.
  return name ? ERASED_NAME.vi : name;
}

function textOf(value: string | number | null): string | null {
  return value === null ? null : String(value);
}
