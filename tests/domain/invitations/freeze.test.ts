import { expect, test } from 'vitest';

import { frozenFrom, judgeChange } from '../../../domain/invitations/freeze.ts';
import type { Instant } from '../../../domain/time.ts';

const at = (iso: string): Instant => Date.parse(`${iso}+07:00`) as Instant;
const startsAt = at('2025-01-13T08:00:00');

test('names are frozen from the beginning of the day so many days before', () => {
  expect(frozenFrom({ days: 3 }, startsAt)).toBe(at('2025-01-10T00:00:00'));
  expect(frozenFrom({ days: null }, startsAt)).toBeNull();
});

test.each([
  ['2025-01-09T23:59:59', 'free'],
  ['2025-01-10T00:00:00', 'exception'],
  ['2025-01-13T07:59:59', 'exception'],
  ['2025-01-13T08:00:00', 'over'],
] as const)('a change at %s is %s', (now, verdict) => {
  expect(judgeChange({ days: 3 }, startsAt, at(now))).toBe(verdict);
});

test('without a freeze every change before the start is free', () => {
  expect(judgeChange({ days: null }, startsAt, at('2025-01-13T07:00:00'))).toBe('free');
});
