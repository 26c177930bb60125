import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';

import { formatClock, formatTime } from '../../../domain/text/dates.ts';
import { ZONE } from '../../../domain/time.ts';
import type { Instant } from '../../../domain/time.ts';

const inZone = (instant: number, format: string) =>
  DateTime.fromMillis(instant, { zone: ZONE }).toFormat(format);

/** Mostly of the conference's own days, where minutes are asked for again and again. */
const instant = fc.oneof(
  fc.integer({ min: 1_736_700_000_000, max: 1_736_786_400_000 }),
  fc.integer({ min: -3_000_000_000_000, max: 8_000_000_000_000 }),
  fc.constantFrom(-1, 0, 59_999, 60_000, -60_000, 8_640_000_000_000_000, 8_640_000_000_000_001),
);

describe('times of day, whose texts are kept', () => {
  test('are what luxon says, of any instant and however often it is asked for', () => {
    fc.assert(
      fc.property(fc.array(instant, { minLength: 1, maxLength: 12 }), (instants) => {
        for (const one of [...instants, ...instants]) {
          expect(formatTime(one as Instant)).toBe(inZone(one, 'HH:mm'));
          expect(formatClock(one as Instant)).toBe(inZone(one, 'HH:mm:ss'));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('are right for more minutes than are kept, and when the first ones come again', () => {
    const minutes = Array.from({ length: 4000 }, (_, index) => 1_736_700_000_000 + index * 60_000 + 7_000);
    for (const one of [...minutes, ...minutes.slice(0, 10)]) {
      expect(formatClock(one as Instant)).toBe(inZone(one, 'HH:mm:ss'));
    }
  });
});
