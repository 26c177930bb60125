import { expect, test } from 'vitest';
import { z } from 'zod';

import { pageOf, readCursor, writeCursor } from '../../../server/platform/cursor.ts';
import { ProblemError } from '../../../server/platform/problems.ts';

const Place = z.object({ name: z.string(), id: z.int() });

test('a cursor gives back the place that was written, in letters that a URL takes as they are', () => {
  const place = { name: 'Nguyễn Thị Ánh / ước?', id: 7 };
  const cursor = writeCursor(place);
  expect(cursor).toMatch(/^[\w-]+$/);
  expect(readCursor(Place, cursor)).toEqual(place);
  expect(readCursor(Place, undefined)).toBeNull();
});

test.each([
  '',
  'xx',
  '%%%',
  writeCursor('another place'),
  writeCursor({ name: 'x', id: 'y' }),
  writeCursor(null),
])('one that was never given out is refused: %s', (cursor) => {
  const refusal = () => readCursor(Place, cursor);
  expect(refusal).toThrow(ProblemError);
  expect(refusal).toThrow(/^malformed: /);
});

test('a page has a next one exactly where a further row was read', () => {
  const rows = [1, 2, 3];
  const page = (limit: number) =>
    pageOf(
      rows,
      limit,
      (row) => `row ${row}`,
      (row) => row,
    );
  expect(page(2)).toEqual({ items: ['row 1', 'row 2'], next: writeCursor(2) });
  expect(page(3)).toEqual({ items: ['row 1', 'row 2', 'row 3'], next: null });
  expect(pageOf([], 3, String, (row) => row)).toEqual({ items: [], next: null });
});
