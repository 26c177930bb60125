import { expect, test } from 'vitest';

import { isNewSighting } from '../../../domain/passes/sightings.ts';

test('the repeats of a code within three seconds are one scan, however long it is held there', () => {
  const seen = new Map<string, number>();
  const news = [0, 100, 2900, 5800, 8800].map((now) => isNewSighting(seen, 'A', now));
  expect(news).toEqual([true, false, false, false, false]);
  expect(isNewSighting(seen, 'A', 11_801)).toBe(true);
});

test('another code in between is a scan of its own, and does not make the first one new', () => {
  const seen = new Map<string, number>();
  expect(isNewSighting(seen, 'A', 0)).toBe(true);
  expect(isNewSighting(seen, 'B', 500)).toBe(true);
  expect(isNewSighting(seen, 'A', 1000)).toBe(false);
});

test('what is out of sight is forgotten', () => {
  const seen = new Map<string, number>();
  for (let code = 0; code < 100; code++) isNewSighting(seen, `${code}`, code * 4000);
  expect(seen.size).toBe(1);
});
