import { z } from 'zod';

import type { Instant } from '../time.ts';
import { judgeLine, type LineMeasures } from './line-test.ts';

/** How the line of a bridge stands before the day, what has to be seen to first. */
export const LINE_STANDINGS = ['unfit', 'untested', 'old', 'fit with remarks', 'fit'] as const;
export const LineStanding = z.enum(LINE_STANDINGS);
export type LineStanding = z.infer<typeof LineStanding>;

/** Longer ago, and the room, its machine or the line of the post office may be others by now. */
export const TEST_COUNTS_MS = 14 * 24 * 3_600_000;

/** A test takes two minutes; one that is much shorter may find a fault, and proves nothing else. */
export const LEAST_SECONDS = 100;

/** The last test of a bridge. */
export interface LastTest {
  readonly at: Instant;
  readonly seconds: number;
  readonly measures: LineMeasures;
}

/**
 * How a line stands by its last test, the one before it says nothing any more. A test that found faults stays one however old it is:
 * nobody has measured otherwise since.
 *
 * @param asOf now; once the conference has begun, its beginning
 */
export function lineStanding(last: LastTest | null, asOf: Instant): LineStanding {
  if (last === null) return 'untested';
  const { verdict } = judgeLine(last.measures);
  if (verdict === 'unfit') return 'unfit';
  if (last.seconds < LEAST_SECONDS) return 'untested';
  return asOf - last.at > TEST_COUNTS_MS ? 'old' : verdict;
}

/** Whether a line was measured, not long ago, and can carry the program. */
export function isFit(standing: LineStanding): boolean {
  return standing === 'fit' || standing === 'fit with remarks';
}
