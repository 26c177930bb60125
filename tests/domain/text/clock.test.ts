import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';

import { formatClock, formatTime } from '../../../domain/text/dates.ts';
import { ZONE } from '../../../domain/time.ts';
import type { Instant } from '../../../domain/time.ts';

const inZone = (instant: number, format: string) =>
  DateTime.fromMillis(instant, { zone: ZONE }).toFormat(format);

/** Mostly of the conference's own days. */
const instant = fc.oneof(
  fc.integer({ min: 1_736_700_000_000, max: 1_736_786_400_000 }),
  fc.integer({ min: -3_000_000_000_000, max: 8_000_000_000_000 }),
  fc.constantFrom(-1, 0, 59_999, 60_000, -60_000),
);

test('times of day are what luxon says', () => {
  fc.assert(
    fc.property(instant, (one) => {
      expect(formatTime(one as Instant)).toBe(inZone(one, 'HH:mm'));
      expect(formatClock(one as Instant)).toBe(inZone(one, 'HH:mm:ss'));
    }),
    { numRuns: 300 },
  );
});

test('a device whose clock is beyond the calendar is shown some time, and breaks nothing', () => {
  expect(formatClock(Number.MAX_SAFE_INTEGER as Instant)).toMatch(/^\d\d:\d\d:\d\d$/);
});
