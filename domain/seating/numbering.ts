import type { PersonId } from '../ids.ts';
import { rowsOf, type SeatLayout } from './layout.ts';
import type { SeatNumber } from './number.ts';

/** Somebody who is expected at a bridge. */
export interface Guest {
  readonly person: PersonId;
  readonly name: string;
  /** Short name of the unit or organisation; null where none is known. */
  readonly unit: string | null;
  readonly isChair: boolean;
  readonly number: SeatNumber | null;
}

/** A row with the first and the last who sit there, whoever keeps their number there among them. */
export interface FilledRow {
  readonly name: string;
  readonly seats: number;
  readonly taken: number;
  readonly first: Seated;
  readonly last: Seated;
}
interface Seated {
  readonly number: SeatNumber;
  readonly name: string;
}

/** What numbering a hall comes to. */
export interface Numbering {
  /** Everybody who has a number after it. */
  readonly numbers: ReadonlyMap<PersonId, SeatNumber>;
  /** Who has the number that they had, and who a new one. */
  readonly kept: number;
  readonly given: number;
  /** Whom the rows have no seat for, in the order of numbering. */
  readonly unfit: readonly Guest[];
  /** How many of them had a number and lose it. */
  readonly losing: number;
  /** Rows where anybody sits. */
  readonly rows: readonly FilledRow[];
}

/**
 * Numbers the seats of a hall: everybody in the order that is asked for, each the first seat that is still free. No number is given twice,
 * no seat left out, and whoever keeps a number has it still, also where the layout has no such seat.
 *
 * @param guests in official order
 */
export function numberSeats(guests: readonly Guest[], layout: SeatLayout): Numbering {
  const numbers = new Map<PersonId, SeatNumber>();
  const holders = new Map<SeatNumber, Guest>();
  const sit = (guest: Guest, number: SeatNumber): void => {
    numbers.set(guest.person, number);
    holders.set(number, guest);
  };
  for (const guest of guests) if (layout.keep && guest.number !== null) sit(guest, guest.number);
  const rows = rowsOf(layout);
  const waiting = inOrder(guests, layout.order).filter(({ person }) => !numbers.has(person));
  const free = rows.flatMap((row) => row.numbers.filter((number) => !holders.has(number)));
  const unfit = waiting.slice(free.length);
  for (const [at, number] of free.slice(0, waiting.length).entries()) {
    const guest = waiting[at];
    if (guest !== undefined) sit(guest, number);
  }
  const kept = guests.filter(({ person, number }) => number !== null && numbers.get(person) === number);
  return {
    numbers,
    kept: kept.length,
    given: numbers.size - kept.length,
    unfit,
    losing: unfit.filter(({ number }) => number !== null).length,
    rows: rows.flatMap((row) => filledRow(row.name, row.numbers, holders)),
  };
}

/** Who chairs comes first. By unit, units stand as their first in official order does; those of none come last. */
function inOrder(guests: readonly Guest[], order: SeatLayout['order']): Guest[] {
  const chairs = guests.filter(({ isChair }) => isChair);
  const others = guests.filter(({ isChair }) => !isChair);
  if (order === 'official') return [...chairs, ...others];
  const units = Map.groupBy([...chairs, ...others], ({ unit }) => unit);
  const unknown = units.get(null) ?? [];
  units.delete(null);
  return [...chairs, ...[...units.values(), unknown].flat().filter(({ isChair }) => !isChair)];
}

function filledRow(
  name: string,
  seats: readonly SeatNumber[],
  holders: ReadonlyMap<SeatNumber, Guest>,
): FilledRow[] {
  const seated = seats.flatMap((number): Seated[] => {
    const holder = holders.get(number);
    return holder === undefined ? [] : [{ number, name: holder.name }];
  });
  const [first] = seated;
  const last = seated.at(-1);
  if (first === undefined || last === undefined) return [];
  return [{ name, seats: seats.length, taken: seated.length, first, last }];
}
