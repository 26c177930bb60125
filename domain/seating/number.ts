import { z } from 'zod';

import { nfc } from '../text/normalize.ts';

/** Longest that is printed on a chair. */
const LONGEST = 12;
/**
 * Letters and figures, with at most one hyphen, behind which a figure stands too. So nothing passes that a spreadsheet has made a
 * date of (`1-Dec`, `2025-12-01`).
 */
const SHAPE = /^(?=.*\d)[\p{L}\d]+(?:-(?=.*\d)[\p{L}\d]+)?$/u;

/** A seat number (số ghế) as it is kept and said: `B12`, `1-12`. Capital letters, no blanks. */
export const SeatNumber = z.string().max(LONGEST).regex(SHAPE).brand<'SeatNumber'>();
export type SeatNumber = z.infer<typeof SeatNumber>;

/** A seat number as people type it (`b 12`, `1–12`); null where it is none. */
export function readSeatNumber(text: string): SeatNumber | null {
  const plain = nfc(text)
    .replace(/\s+/g, '')
    .replace(/[\u2010-\u2014\u2212]/g, '-')
    .toUpperCase();
  return SeatNumber.safeParse(plain).data ?? null;
}
