import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { AccountId } from '../../../domain/ids.ts';
import {
  continues,
  LONGEST_LOOK_MS,
  LONGEST_PAUSE_MS,
  lookName,
  type Look,
  type LookedAt,
} from '../../../domain/audit/looks.ts';
import type { Instant } from '../../../domain/time.ts';

const at = (ms: number) => (1_736_700_000_000 + ms) as Instant;
const look = (since: number, last: number): Look => ({ since: at(since), last: at(last) });

describe('a list that is read again', () => {
  test('continues the look as long as a page reads it by itself', () => {
    expect(continues(look(0, 0), at(15_000))).toBe(true);
    expect(continues(look(0, 300_000), at(300_000 + LONGEST_PAUSE_MS))).toBe(true);
  });

  test('after a longer pause is a look of its own', () => {
    expect(continues(look(0, 0), at(LONGEST_PAUSE_MS + 1))).toBe(false);
  });

  test('that stays open all day is entered every quarter of an hour', () => {
    expect(continues(look(0, LONGEST_LOOK_MS - 10), at(LONGEST_LOOK_MS))).toBe(true);
    expect(continues(look(0, LONGEST_LOOK_MS), at(LONGEST_LOOK_MS + 1))).toBe(false);
  });

  test('continues nothing by a clock that was put back', () => {
    expect(continues(look(0, 60_000), at(59_999))).toBe(false);
  });

  test('whenever it is read, an entry stands that is no older than a quarter of an hour', () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 3 * LONGEST_PAUSE_MS }), { maxLength: 200 });
    fc.assert(
      fc.property(pauses, (waits) => {
        let now = at(0);
        let known: Look = { since: now, last: now };
        for (const wait of waits) {
          now = (now + wait) as Instant;
          known = continues(known, now) ? { ...known, last: now } : { since: now, last: now };
          expect(now - known.since).toBeLessThanOrEqual(LONGEST_LOOK_MS);
        }
      }),
    );
  });
});

describe('a look is another one', () => {
  const own: LookedAt = {
    act: 'people',
    by: 'a1' as AccountId,
    on: [
      ['conference', 'c1'],
      ['bridge', 'b1'],
    ],
    filter: '{"q":"thu"}',
    signIn: 's1',
    address: '10.0.0.1',
    agent: 'Firefox',
  };
  const changes: readonly [string, Partial<LookedAt>][] = [
    ['by somebody else', { by: 'a2' as AccountId }],
    ['at another list', { act: 'passes' }],
    ['at another place', { on: [['conference', 'c2']] }],
    ['on one thing more', { on: [...own.on, ['person', 'p1']] }],
    ['by another filter', { filter: '{"q":"thi"}' }],
    ['without a filter', { filter: undefined }],
    ['by another sign-in', { signIn: 's2' }],
    ['from another machine', { address: '10.0.0.2' }],
    ['in another browser', { agent: 'Chrome' }],
  ];
  test.each(changes)('%s', (_, change) => {
    expect(lookName({ ...own, ...change })).not.toBe(lookName(own));
  });

  test('and the same whatever the order of what it is on', () => {
    expect(lookName({ ...own, on: own.on.toReversed() })).toBe(lookName(own));
  });

  test('never by running two parts into one', () => {
    const parts = fc.record({
      act: fc.string(),
      filter: fc.option(fc.string(), { nil: undefined }),
      signIn: fc.option(fc.string(), { nil: undefined }),
      address: fc.option(fc.string(), { nil: undefined }),
    });
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const isSame = JSON.stringify(Object.entries(one)) === JSON.stringify(Object.entries(other));
        expect(lookName({ ...own, ...one }) === lookName({ ...own, ...other })).toBe(isSame);
      }),
    );
  });
});
