import { z } from 'zod';

import { SeatNumber } from './number.ts';

/** More rows, and more seats in one, than any hall has. */
const MOST_ROWS = 300;
const MOST_IN_ROW = 300;

/** How the seats of a hall are numbered, and in which order people get them. */
export const SeatLayout = z.object({
  /** A, B, … Z, AA; or 1, 2, … */
  rowNames: z.enum(['letters', 'figures']),
  /** Seats of each row, the front one first. */
  rowSeats: z.array(z.int().min(1).max(MOST_IN_ROW)).min(1).max(MOST_ROWS),
  /** Places of the rows that stay free, counted from 0. */
  freeRows: z
    .array(
      z
        .int()
        .min(0)
        .max(MOST_ROWS - 1),
    )
    .max(MOST_ROWS)
    .default([]),
  /** `official`: who chairs, then by precedence. `unit`: the same, but those of one unit together. */
  order: z.enum(['official', 'unit']).default('official'),
  /** Whoever has a number keeps it; otherwise all are numbered anew. */
  keep: z.boolean().default(true),
});
export type SeatLayout = z.infer<typeof SeatLayout>;
export type RowNames = SeatLayout['rowNames'];

/** What a row is called: `A`, `Z`, `AA`; or `1`, `27`. @param place counted from 0 */
export function rowName(place: number, names: RowNames): string {
  if (names === 'figures') return String(place + 1);
  const own = String.fromCharCode(65 + (place % 26));
  return place < 26 ? own : rowName(Math.floor(place / 26) - 1, names) + own;
}

/** `B12`; between figures a hyphen, as 112 could be row 1 or row 11. */
function seatNumber(place: number, seat: number, names: RowNames): SeatNumber {
  return SeatNumber.parse(`${rowName(place, names)}${names === 'figures' ? '-' : ''}${seat}`);
}

/** One row that people are put into. */
export interface SeatRow {
  readonly name: string;
  readonly numbers: readonly SeatNumber[];
}

/** The rows that people are put into, the front one first. */
export function rowsOf({ rowNames, rowSeats, freeRows }: SeatLayout): SeatRow[] {
  const free = new Set(freeRows);
  return rowSeats.flatMap((seats, place) =>
    free.has(place)
      ? []
      : [
          {
            name: rowName(place, rowNames),
            numbers: Array.from({ length: seats }, (_, at) => seatNumber(place, at + 1, rowNames)),
          },
        ],
  );
}

/** The places of rows that are named in a text (`A, C`); null where one of them is no row of the hall. */
export function readRowNames(text: string, rows: number, names: RowNames): number[] | null {
  const known = new Map(Array.from({ length: rows }, (_, place) => [rowName(place, names), place]));
  const places = listed(text).map((name) => known.get(name.toUpperCase()));
  return places.every((place) => place !== undefined) ? [...new Set(places)].toSorted((a, b) => a - b) : null;
}

/** How many seats each row has, as people type it (`20, 22, 24`); null where a word is no such number. */
export function readRowSeats(text: string): number[] | null {
  const read = SeatLayout.shape.rowSeats.safeParse(
    listed(text).map((word) => (/^\d{1,3}$/.test(word) ? Number(word) : null)),
  );
  return read.data ?? null;
}

function listed(text: string): string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== '');
}
