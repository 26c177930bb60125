import { queryOptions } from '@tanstack/react-query';

import { searchFor, searchKeyOf, type SearchKey } from '../../../domain/text/search.ts';
import { seatingContracts, type SeatRow } from '../../../domain/wire/seating.ts';
import { call } from '../api/call.ts';

export interface At {
  readonly conference: string;
  readonly bridge: string;
}

/** Everybody expected at a bridge with their seat numbers, and the state that a deed names. */
export function seatsOf({ conference, bridge }: At) {
  return queryOptions({
    queryKey: ['conference', conference, 'seats', bridge],
    queryFn: ({ signal }) => call(seatingContracts.seatNumbers, { params: { conference, bridge } }, signal),
  });
}

/** What a search looks through: name, post, unit and number. */
export function seatKey({ name, position, unit, number }: SeatRow): SearchKey {
  return searchKeyOf([name, position, unit ?? '', number ?? ''].join(' '));
}

/** The people that answer a search, in the order in which they stand. */
export function foundIn(
  rows: readonly SeatRow[],
  keys: readonly SearchKey[],
  query: string,
): readonly SeatRow[] {
  if (query === '') return rows;
  const answers = searchFor(query);
  return rows.filter((_, at) => {
    const key = keys[at];
    return key !== undefined && answers(key) !== null;
  });
}
