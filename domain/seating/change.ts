import type { PersonId } from '../ids.ts';
import { ok, type Result } from '../result.ts';
import type { SeatNumber } from './number.ts';

/** What was done to the seat numbers of a bridge as one deed. */
export const SEAT_DEEDS = ['numbered', 'cleared', 'imported'] as const;
export type SeatDeed = (typeof SEAT_DEEDS)[number];

/** What a deed did to one person's seat number; null is none. */
export interface SeatTrace {
  readonly person: PersonId;
  readonly before: SeatNumber | null;
  readonly after: SeatNumber | null;
}

/** Who has which number. Of whoever is expected there; null is none. */
export type SeatNumbers = ReadonlyMap<PersonId, SeatNumber | null>;

/** What differs between the numbers that stand and those that are wanted. Whoever is not in `after` has none there. */
export function seatTraces(before: SeatNumbers, after: ReadonlyMap<PersonId, SeatNumber>): SeatTrace[] {
  return [...before].flatMap(([person, number]): SeatTrace[] => {
    const next = after.get(person) ?? null;
    return next === number ? [] : [{ person, before: number, after: next }];
  });
}

export interface SeatsTakenBack {
  /** What to do to be where things were before. */
  readonly traces: readonly SeatTrace[];
  /** Whose number was changed since, whose earlier one somebody else has by now, or who is not expected there any more. */
  readonly left: number;
}

/**
 * Takes a deed back as far as nobody has touched the same since: whoever still has what the deed left them gets what they had, unless
 * somebody else sits there by now. Fails where nothing is left to take back.
 */
export function takeBackSeats(
  now: SeatNumbers,
  traces: readonly SeatTrace[],
): Result<SeatsTakenBack, { readonly reason: 'changed since' }> {
  let back = traces.filter(({ person, after }) => now.has(person) && now.get(person) === after);
  for (;;) {
    const going = new Set(back.map(({ person }) => person));
    const staying = new Set([...now].flatMap(([person, number]) => (going.has(person) ? [] : [number])));
    const able = back.filter(({ before }) => before === null || !staying.has(before));
    if (able.length === back.length) break;
    // Whoever stays may sit where another one was to go back to.
    back = able;
  }
  if (back.length === 0) return { ok: false, reason: 'changed since' };
  return ok({
    traces: back.map(({ person, before, after }) => ({ person, before: after, after: before })),
    left: traces.length - back.length,
  });
}
