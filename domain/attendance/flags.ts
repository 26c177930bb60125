import { FLAGS } from './event.ts';
import type { Flag } from './event.ts';

/** The bit of each flag, where the flags of an event stand in one number. */
export const FLAG_BITS = Object.fromEntries(FLAGS.map((flag, index) => [flag, 1 << index])) as Record<
  Flag,
  number
>;

/** For every set of flags the one list of it that everybody shares. */
const SETS: readonly (readonly Flag[])[] = Array.from({ length: 1 << FLAGS.length }, (_, bits) =>
  Object.freeze(FLAGS.filter((flag) => (bits & FLAG_BITS[flag]) !== 0)),
);

/** In the order of `FLAGS`; for the same bits always the same list, the empty one included. */
export function flagsIn(bits: number): readonly Flag[] {
  return SETS[bits]!;
}
