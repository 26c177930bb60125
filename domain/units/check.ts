import type { UnitCode } from '../ids.ts';
import { addDays } from '../time.ts';
import type { CivilDate } from '../time.ts';
import { knownType, LEVELS } from './levels.ts';
import type { Level, Unit } from './unit.ts';

/** What keeps units from making a tree. `at` is the place of the faulty unit in the list that was checked. */
export type UnitProblem = { readonly at: number; readonly unit: Unit } & (
  | { readonly reason: 'missing parent'; readonly on: CivilDate }
  /** Codes on the cycle, each below the next, the last below the first. */
  | { readonly reason: 'cycle'; readonly codes: readonly UnitCode[] }
  | { readonly reason: 'duplicate code'; readonly firstAt: number }
  | { readonly reason: 'overlapping validity'; readonly firstAt: number; readonly other: Unit }
  | { readonly reason: 'unknown type' }
  | { readonly reason: 'parent not above'; readonly parent: Unit }
  | { readonly reason: 'ends before it starts' }
);

/** Whether a unit exists on a date. */
export function inForce(unit: Unit, date: CivilDate): boolean {
  return unit.validFrom <= date && (unit.validTo === null || unit.validTo >= date);
}

interface Placed {
  readonly at: number;
  readonly unit: Unit;
}

/**
 * Checks that units make a tree: with `on` as of that date, without it throughout the validity of every unit (a parent
 * must stand as long as what hangs below it, be it in several stretches). In the order of the list.
 */
export function checkUnits(
  units: readonly Unit[],
  levels: readonly Level[] = LEVELS,
  on: CivilDate | null = null,
): readonly UnitProblem[] {
  const problems: UnitProblem[] = [];
  const orders = new Map(levels.map((level) => [level.id, level.order]));
  const byCode = new Map<UnitCode, Placed[]>();
  for (const [at, unit] of units.entries()) {
    if (unit.validTo !== null && unit.validTo < unit.validFrom) {
      problems.push({ at, unit, reason: 'ends before it starts' });
      continue;
    }
    if (on !== null && !inForce(unit, on)) continue;
    if (knownType(unit.type, unit.parent !== null, levels)?.level.id !== unit.level) {
      problems.push({ at, unit, reason: 'unknown type' });
    }
    const stretches = byCode.get(unit.code);
    if (stretches === undefined) byCode.set(unit.code, [{ at, unit }]);
    else stretches.push({ at, unit });
  }

  for (const stretches of byCode.values()) {
    if (stretches.length === 1) continue;
    stretches.sort((a, b) => (a.unit.validFrom < b.unit.validFrom ? -1 : 1));
    for (const [index, { at, unit }] of stretches.entries()) {
      const before = stretches[index - 1];
      if (before === undefined || (before.unit.validTo !== null && before.unit.validTo < unit.validFrom)) {
        continue;
      }
      problems.push(
        before.unit.validFrom === unit.validFrom
          ? { at, unit, reason: 'duplicate code', firstAt: before.at }
          : { at, unit, reason: 'overlapping validity', firstAt: before.at, other: before.unit },
      );
    }
  }

  const above = new Map<number, Placed>();
  const standing = [...byCode.values()].flat();
  for (const { at, unit } of standing) {
    if (unit.parent === null) continue;
    const parents = byCode.get(unit.parent) ?? [];
    let day: CivilDate | null = on ?? unit.validFrom;
    while (day !== null) {
      const parent = standingOn(parents, day);
      if (parent === undefined) {
        problems.push({ at, unit, reason: 'missing parent', on: day });
        break;
      }
      if (!above.has(at)) above.set(at, parent);
      const last: CivilDate | null = parent.unit.validTo;
      const isCovered = on !== null || last === null || (unit.validTo !== null && last >= unit.validTo);
      day = isCovered ? null : addDays(last, 1);
    }
  }

  const onCycle = new Set<number>();
  for (const cycle of cyclesOf(standing, above)) {
    for (const { at } of cycle) onCycle.add(at);
    const first = cycle[0];
    if (first !== undefined) {
      problems.push({
        at: first.at,
        unit: first.unit,
        reason: 'cycle',
        codes: cycle.map(({ unit }) => unit.code),
      });
    }
  }
  for (const { at, unit } of standing) {
    const parent = above.get(at);
    if (parent === undefined || onCycle.has(at)) continue;
    const upper = orders.get(parent.unit.level);
    const own = orders.get(unit.level);
    if (upper !== undefined && own !== undefined && upper >= own) {
      problems.push({ at, unit, reason: 'parent not above', parent: parent.unit });
    }
  }
  return problems.toSorted((a, b) => a.at - b.at);
}

function standingOn(stretches: readonly Placed[], day: CivilDate): Placed | undefined {
  return stretches.find(({ unit }) => inForce(unit, day));
}

/** Every cycle of a graph in which each node has at most one way up. Each node is walked once. */
function cyclesOf(nodes: readonly Placed[], above: ReadonlyMap<number, Placed>): Placed[][] {
  const cycles: Placed[][] = [];
  const walkedIn = new Map<number, number>();
  for (const [walk, start] of nodes.entries()) {
    const path: Placed[] = [];
    let node: Placed | undefined = start;
    while (node !== undefined && !walkedIn.has(node.at)) {
      walkedIn.set(node.at, walk);
      path.push(node);
      node = above.get(node.at);
    }
    if (node !== undefined && walkedIn.get(node.at) === walk) {
      const again = node.at;
      cycles.push(path.slice(path.findIndex(({ at }) => at === again)));
    }
  }
  return cycles;
}
