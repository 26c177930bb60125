import type { Tally } from './presence.ts';

/** A share, kept as its two whole numbers; formatted where it is shown. A ratio of nothing has the whole 0. */
export interface Fraction {
  readonly part: number;
  readonly whole: number;
}

/** First ratio: present of the summoned over summoned (có mặt trên triệu tập). Guests and walk-ins are in neither. */
export function presentOfSummoned(tally: Tally): Fraction {
  return { part: tally.ofExpected, whole: tally.summoned };
}

/**
 * Second ratio: all present, with guests, walk-ins and counted heads, over the headcount last reported (đại biểu đã
 * báo cáo). May pass 1. Null while no headcount is reported: a missing report is no zero.
 */
export function presentOfReported(tally: Tally, headcount: number | null): Fraction | null {
  return headcount === null ? null : { part: allPresent(tally), whole: headcount };
}

/** Everybody who was there: named people, walk-ins, and heads counted beside them. */
export function allPresent(tally: Tally): number {
  return tally.attended + countedHeads(tally);
}

/** Heads counted without names, over all categories. */
export function countedHeads(tally: Tally): number {
  let heads = 0;
  for (const count of Object.values(tally.counted)) heads += count;
  return heads;
}
