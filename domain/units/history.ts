import type { UnitCode } from '../ids.ts';
import { addDays } from '../time.ts';
import type { CivilDate } from '../time.ts';
import { inForce } from './check.ts';
import type { Unit } from './unit.ts';

/** What a list speaks of: the whole country, or only the provinces that stand in it. */
export type Coverage = 'country' | 'provinces';

/** The State never had fewer provinces: who lists so many lists them all, also where some were merged away. */
const A_NATION = 30;

/** The first day of a list and its last; null where it has no end. */
export function stretchOf(
  list: readonly Unit[],
): { readonly from: CivilDate; readonly to: CivilDate | null } | null {
  const [first] = list;
  if (first === undefined) return null;
  let from = first.validFrom;
  let to: CivilDate | null = first.validTo;
  for (const { validFrom, validTo } of list) {
    if (validFrom < from) from = validFrom;
    if (to !== null && (validTo === null || validTo > to)) to = validTo;
  }
  return { from, to };
}

/**
 * What a list covers where nobody says: the country, if it has every province that is known on its first day, or so many
 * that it can be nothing else; else its own provinces. So a province that sends its own list never takes the others away.
 */
export function coverageOf(known: readonly Unit[], list: readonly Unit[]): Coverage {
  const stretch = stretchOf(list);
  if (stretch === null) return 'provinces';
  const tops = new Set(list.filter(({ parent }) => parent === null).map(({ code }) => code));
  const standing = known.filter((unit) => unit.parent === null && inForce(unit, stretch.from));
  return tops.size >= A_NATION || standing.every(({ code }) => tops.has(code)) ? 'country' : 'provinces';
}

/**
 * Lays an official list over the units known so far. A list is complete for what it covers and for the stretch from its
 * first day to its last, so what was known of that gives way and everything else stays: an old tree keeps its districts,
 * and the list of one province leaves the others alone. Importing a list twice changes nothing the second time.
 */
export function layList(
  known: readonly Unit[],
  list: readonly Unit[],
  coverage: Coverage = coverageOf(known, list),
): readonly Unit[] {
  const stretch = stretchOf(list);
  if (stretch === null) return known;
  const { from, to } = stretch;
  const isElsewhere = coverage === 'country' ? () => false : outsideOf(known, list);
  const kept: Unit[] = [];
  for (const unit of known) {
    const endsBefore = unit.validTo !== null && unit.validTo < from;
    const startsAfter = to !== null && unit.validFrom > to;
    if (endsBefore || startsAfter || isElsewhere(unit)) {
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

/** Whether a known unit lies outside the provinces of a list: neither listed itself nor ever below one that is. */
function outsideOf(known: readonly Unit[], list: readonly Unit[]): (unit: Unit) => boolean {
  const listed = new Set(list.map(({ code }) => code));
  const parents = Map.groupBy(known, ({ code }) => code);
  const inside = new Map<UnitCode, boolean>();
  const isInside = (code: UnitCode): boolean => {
    const before = inside.get(code);
    if (before !== undefined) return before;
    // While it is being looked at: a circle of parents leads nowhere.
    inside.set(code, false);
    const found =
      listed.has(code) || (parents.get(code) ?? []).some(({ parent }) => parent !== null && isInside(parent));
    inside.set(code, found);
    return found;
  };
  return ({ code }) => !isInside(code);
}
