import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';

import {
  addDays,
  type CivilDate,
  civilDateOf,
  type Instant,
  instantOf,
  isoOf,
  startOfDay,
  ZONE,
} from '../../domain/time.ts';

/** From 1900 to 2199, most of them since the clocks of the zone stand at UTC+7. */
const instant = fc
  .oneof(
    fc.integer({ min: 171_824_000_000, max: 7_258_000_000_000 }),
    fc.integer({ min: -2_208_988_800_000, max: 171_826_000_000 }),
  )
  .map((ms) => ms as Instant);
const inZone = (ms: number) => DateTime.fromMillis(ms, { zone: ZONE });
const date = instant.map((ms) => inZone(ms).toISODate() as CivilDate);

describe('dates and hours of the zone are what luxon says', () => {
  test('of any instant', () => {
    fc.assert(
      fc.property(instant, (ms) => {
        expect(civilDateOf(ms)).toBe(inZone(ms).toISODate());
        const second = (Math.floor(ms / 1000) * 1000) as Instant;
        expect(isoOf(second)).toBe(inZone(second).toISO({ suppressMilliseconds: true }));
      }),
      { numRuns: 500 },
    );
  });

  test('of any day', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -40_000, max: 40_000 }), (day, days) => {
        expect(startOfDay(day)).toBe(DateTime.fromISO(day, { zone: ZONE }).toMillis());
        expect(addDays(day, days)).toBe(DateTime.fromISO(day, { zone: ZONE }).plus({ days }).toISODate());
      }),
      { numRuns: 500 },
    );
  });

  test('of any text that is an ISO date and time', () => {
    const shape = fc.constantFrom(
      'yyyy-MM-dd',
      "yyyy-MM-dd'T'HH:mm",
      "yyyy-MM-dd'T'HH:mm:ss",
      "yyyy-MM-dd'T'HH:mm:ss.SSS",
      "yyyy-MM-dd'T'HH:mm:ssZZ",
      "yyyy-MM-dd'T'HH:mmZZZ",
      "yyyy-MM-dd'T'HH:mm:ss'Z'",
      "yyyy-MM-dd'T'HH:mm:ss.SSS'-07:30'",
    );
    fc.assert(
      fc.property(instant, shape, (ms, format) => {
        const text = inZone(ms).toFormat(format);
        expect(instantOf(text)).toBe(DateTime.fromISO(text, { zone: ZONE }).toMillis());
      }),
      { numRuns: 500 },
    );
  });

  test.each(['', 'hôm nay', '2025-02-30', '2025-01-13T25:00', '2025-01-13T08:60', '13/01/2025', '2025-1-3'])(
    'and of one that is none: "%s"',
    (text) => {
      expect(DateTime.fromISO(text, { zone: ZONE }).isValid).toBe(false);
      expect(instantOf(text)).toBeNull();
    },
  );
});
