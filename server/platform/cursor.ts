import { z } from 'zod';

import { ProblemError } from './problems.ts';

const STALE = {
  vi: 'Không tìm được chỗ xem tiếp của danh sách. Hãy mở lại danh sách từ đầu.',
  en: 'The place at which the list goes on is not to be found. Open the list from its beginning.',
};

/** Where a list goes on, as an opaque text: the place of the last row that was given. */
export function writeCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Reads a cursor of `writeCursor`; null without one. Throws `malformed` for a text that is none. */
export function readCursor<Place extends z.ZodType>(
  schema: Place,
  cursor: string | undefined,
): z.infer<Place> | null {
  if (cursor === undefined) return null;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw staleCursor();
  }
}

/** The refusal of a cursor whose place is not to be found any more. */
export function staleCursor(): ProblemError {
  return new ProblemError('malformed', STALE, [{ at: 'cursor', message: STALE }]);
}

/** The page of a list that was read one row further than `limit`: whether there is a next page shows by that row. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  present: (row: Row) => Item,
  placeOf: (row: Row) => unknown,
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? writeCursor(placeOf(last)) : null;
  return { items: shown.map(present), next };
}
