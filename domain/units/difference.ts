import type { UnitCode } from '../ids.ts';
import { toneKey } from '../text/search.ts';
import type { CivilDate } from '../time.ts';
import { inForce } from './check.ts';
import type { Unit } from './unit.ts';

export const DIFFERENCE_KINDS = ['new', 'gone', 'renamed', 'moved'] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** One unit that is otherwise after a list than before it, on the list's first day. */
export interface UnitDifference {
  readonly kind: DifferenceKind;
  readonly code: UnitCode;
  /** Null of one that is new. */
  readonly before: Unit | null;
  /** Null of one that is gone. */
  readonly after: Unit | null;
}

function order(kind: DifferenceKind): number {
  return DIFFERENCE_KINDS.indexOf(kind);
}

/**
 * What a list changes of the tree in force on a day, by code: units that come, go, are called otherwise (where marks stand
 * does not count, their type does) or hang elsewhere. One that is renamed and moved is told as both.
 */
export function differencesOn(
  day: CivilDate,
  before: readonly Unit[],
  after: readonly Unit[],
): readonly UnitDifference[] {
  const was = new Map(before.filter((unit) => inForce(unit, day)).map((unit) => [unit.code, unit]));
  const is = new Map(after.filter((unit) => inForce(unit, day)).map((unit) => [unit.code, unit]));
  const found: UnitDifference[] = [];
  for (const [code, unit] of is) {
    const old = was.get(code);
    if (old === undefined) {
      found.push({ kind: 'new', code, before: null, after: unit });
      continue;
    }
    if (toneKey(old.fullName) !== toneKey(unit.fullName))
      found.push({ kind: 'renamed', code, before: old, after: unit });
    if (old.parent !== unit.parent) found.push({ kind: 'moved', code, before: old, after: unit });
  }
  for (const [code, unit] of was) {
    if (!is.has(code)) found.push({ kind: 'gone', code, before: unit, after: null });
  }
  return found.toSorted((a, b) => order(a.kind) - order(b.kind) || (a.code < b.code ? -1 : 1));
}
