import { addDays } from '../time.ts';
import type { CivilDate } from '../time.ts';
import type { Unit } from './unit.ts';

/**
 * Lays an official list over the units known so far. A list is complete for the stretch from its first day to its last,
 * so what was known of that stretch gives way and what lies before or after stays: an old tree keeps its districts.
 * Importing a list twice changes nothing the second time.
 */
export function layList(known: readonly Unit[], list: readonly Unit[]): readonly Unit[] {
  const [first] = list;
  if (first === undefined) return known;
  let from = first.validFrom;
  let to: CivilDate | null = first.validTo;
  for (const { validFrom, validTo } of list) {
    if (validFrom < from) from = validFrom;
    if (to !== null && (validTo === null || validTo > to)) to = validTo;
  }
  const kept: Unit[] = [];
  for (const unit of known) {
    const endsBefore = unit.validTo !== null && unit.validTo < from;
    const startsAfter = to !== null && unit.validFrom > to;
    if (endsBefore || startsAfter) {
      kept.push(unit);
      continue;
    }
    if (unit.validFrom < from) kept.push({ ...unit, validTo: addDays(from, -1) });
    if (to !== null && (unit.validTo === null || unit.validTo > to)) {
      kept.push({ ...unit, validFrom: addDays(to, 1) });
    }
  }
  return [...kept, ...list];
}
