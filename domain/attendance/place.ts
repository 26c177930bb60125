import { figuresWhereCame, figureWhereExpected, FIELDS } from './tally.ts';
import type { Field, Place, Standing } from './tally.ts';

/* A place as one small number, and what the figures make of it: a book has one for each of its people. */

const STANDINGS = ['summoned', 'invited', 'listed', 'walk-in', 'unknown'] as const satisfies Standing[];
const STATES = [
  'unmarked',
  'excused',
  'in-room',
  'left',
  'absent-with-reason',
  'absent-without',
] as const satisfies Place['state'][];

const PLACES: readonly Place[] = STANDINGS.flatMap((as) =>
  STATES.flatMap((state) => [
    { as, state, online: false },
    { as, state, online: true },
  ]),
);

export function codeOf(as: Standing, state: Place['state'], online: boolean): number {
  return (STANDINGS.indexOf(as) * STATES.length + STATES.indexOf(state)) * 2 + (online ? 1 : 0);
}

export function placeAt(code: number): Place {
  return PLACES[code]!;
}

export const NO_FIELD = -1;
const indexOf = (field: Field | null): number => (field === null ? NO_FIELD : FIELDS.indexOf(field));

/** By code, the figures that `tally.ts` says a place adds to: where the person came, */
export const CAME: readonly (readonly number[])[] = PLACES.map((place) =>
  figuresWhereCame(place).map(indexOf),
);
/** where they are expected, when they came inside the subtree that is asked for, */
export const EXPECTED_INSIDE = Int8Array.from(PLACES, (place) => indexOf(figureWhereExpected(place, true)));
/** and when they came outside it, or not at all. */
export const EXPECTED_OUTSIDE = Int8Array.from(PLACES, (place) => indexOf(figureWhereExpected(place, false)));
/** By code, the figure of all who are expected as that; none for those of no list. */
export const EXPECTED = Int8Array.from(PLACES, ({ as }) =>
  as === 'summoned' || as === 'invited' ? indexOf(as) : NO_FIELD,
);
