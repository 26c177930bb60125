import { assertNever } from '../result.ts';
import type { Tally } from './presence.ts';

/** The figures of a tally that are plain sums; `counted` goes by category beside them. */
export const FIELDS = [
  'summoned',
  'invited',
  'attended',
  'inRoom',
  'online',
  'walkIn',
  'named',
  'ofExpected',
  'ofInvited',
  'attendedElsewhere',
  'excused',
  'absentWithReason',
  'absentWithout',
  'unmarked',
  'toResolve',
] as const satisfies readonly (keyof Tally)[];
export type Field = (typeof FIELDS)[number];

/** As what a person is known. `listed`: in the roster, with a seat nowhere. `unknown`: an id that nobody knows. */
export type Standing = 'summoned' | 'invited' | 'listed' | 'walk-in' | 'unknown';

/** Everything about one person that a figure may count. */
export interface Place {
  readonly as: Standing;
  readonly state: 'unmarked' | 'excused' | 'in-room' | 'left' | 'absent-with-reason' | 'absent-without';
  readonly online: boolean;
}

/** Figures to which a person adds one at the bridge where they came, and at every bridge above it. */
export function figuresWhereCame(place: Place): readonly Field[] {
  if (place.state !== 'in-room' && place.state !== 'left') return [];
  if (place.as === 'unknown') return ['toResolve'];
  const fields: Field[] = ['attended', place.as === 'walk-in' ? 'walkIn' : 'named'];
  if (place.state === 'in-room') fields.push('inRoom');
  if (place.online) fields.push('online');
  return fields;
}

/**
 * The figure to which a person with a seat adds one at the bridge of the seat, and at every bridge above it.
 *
 * @param inside whether they came, and to a bridge inside the subtree whose figures are asked for
 */
export function figureWhereExpected(place: Place, inside: boolean): Field | null {
  switch (place.state) {
    case 'in-room':
    case 'left':
      if (place.as === 'invited') return inside ? 'ofInvited' : null;
      return inside ? 'ofExpected' : 'attendedElsewhere';
    case 'unmarked':
      return place.as === 'summoned' ? 'unmarked' : null;
    case 'excused':
      return place.as === 'summoned' ? 'excused' : null;
    case 'absent-with-reason':
      return 'absentWithReason';
    case 'absent-without':
      return 'absentWithout';
    default:
      return assertNever(place.state);
  }
}

export type Sums = Record<Field, number>;

export function noSums(): Sums {
  return {
    summoned: 0,
    invited: 0,
    attended: 0,
    inRoom: 0,
    online: 0,
    walkIn: 0,
    named: 0,
    ofExpected: 0,
    ofInvited: 0,
    attendedElsewhere: 0,
    excused: 0,
    absentWithReason: 0,
    absentWithout: 0,
    unmarked: 0,
    toResolve: 0,
  };
}

/** A tally out of its sums and the heads by category, categories in order, so that equal figures print alike. */
export function tallyOf(sums: Sums, counted: ReadonlyMap<string, number>): Tally {
  return { ...sums, counted: inOrder([...counted]) };
}

function inOrder(counted: readonly (readonly [string, number])[]): Tally['counted'] {
  return Object.fromEntries(counted.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const NOBODY_COUNTED: Tally['counted'] = Object.freeze({});

/** The tally whose sums stand in a row of numbers, in the order of `FIELDS`, from `at` on. Written out, as doors ask often. */
export function tallyAt(
  sums: Int32Array,
  at: number,
  heads: ReadonlyMap<string, { readonly count: number }> | undefined,
): Tally {
  return {
    summoned: sums[at]!,
    invited: sums[at + 1]!,
    attended: sums[at + 2]!,
    inRoom: sums[at + 3]!,
    online: sums[at + 4]!,
    walkIn: sums[at + 5]!,
    named: sums[at + 6]!,
    ofExpected: sums[at + 7]!,
    ofInvited: sums[at + 8]!,
    attendedElsewhere: sums[at + 9]!,
    excused: sums[at + 10]!,
    absentWithReason: sums[at + 11]!,
    absentWithout: sums[at + 12]!,
    unmarked: sums[at + 13]!,
    toResolve: sums[at + 14]!,
    counted: heads === undefined || heads.size === 0 ? NOBODY_COUNTED : countedOf(heads),
  };
}

function countedOf(heads: ReadonlyMap<string, { readonly count: number }>): Tally['counted'] {
  return inOrder(Array.from(heads, ([category, { count }]) => [category, count] as const));
}
