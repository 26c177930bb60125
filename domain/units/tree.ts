import type { LevelId, UnitCode } from '../ids.ts';
import { ok } from '../result.ts';
import type { Result } from '../result.ts';
import type { CivilDate } from '../time.ts';
import { checkUnits, inForce } from './check.ts';
import type { UnitProblem } from './check.ts';
import { LEVELS } from './levels.ts';
import type { Level, Unit, UnitTree } from './unit.ts';

export type UnitTreeFailure =
  | {
      readonly reason: 'no units';
      readonly asOf: CivilDate;
      /** The date closest to `asOf` that has a tree; null where the lists are empty. */
      readonly nearest: CivilDate | null;
    }
  | { readonly reason: 'broken'; readonly asOf: CivilDate; readonly problems: readonly UnitProblem[] };

/**
 * The tree of the units in force on a date. Fails where the units of that date do not make a tree, naming every row at
 * fault by its place in `units`.
 */
export function treeAsOf(
  units: readonly Unit[],
  asOf: CivilDate,
  levels: readonly Level[] = LEVELS,
): Result<UnitTree, UnitTreeFailure> {
  if (!units.some((unit) => inForce(unit, asOf))) {
    return { ok: false, reason: 'no units', asOf, nearest: nearestDate(units, asOf) };
  }
  const problems = checkUnits(units, levels, asOf);
  if (problems.length > 0) return { ok: false, reason: 'broken', asOf, problems };

  const byCode = new Map<UnitCode, Unit>();
  const below = new Map<UnitCode | null, Unit[]>();
  const present = new Set<LevelId>();
  const standing = units.filter((unit) => inForce(unit, asOf));
  standing.sort((a, b) => (a.code < b.code ? -1 : 1));
  for (const unit of standing) {
    byCode.set(unit.code, unit);
    present.add(unit.level);
    const siblings = below.get(unit.parent);
    if (siblings === undefined) below.set(unit.parent, [unit]);
    else siblings.push(unit);
  }
  return ok({
    asOf,
    levels: levels.filter((level) => present.has(level.id)).toSorted((a, b) => a.order - b.order),
    roots: below.get(null) ?? [],
    size: byCode.size,
    get: (code) => byCode.get(code),
    children: (code) => below.get(code) ?? [],
  });
}

/** Days of two civil dates apart. */
function distance(a: CivilDate, b: CivilDate): number {
  return Math.abs(Date.parse(a) - Date.parse(b)) / 86_400_000;
}

function nearestDate(units: readonly Unit[], asOf: CivilDate): CivilDate | null {
  let nearest: CivilDate | null = null;
  for (const { validFrom, validTo } of units) {
    const candidate = validFrom > asOf ? validFrom : (validTo ?? validFrom);
    if (nearest === null || distance(candidate, asOf) < distance(nearest, asOf)) nearest = candidate;
  }
  return nearest;
}

/** The unit and those above it, upwards. Empty for a code that the tree does not have. */
export function pathOf(tree: UnitTree, code: UnitCode): readonly Unit[] {
  const path: Unit[] = [];
  let unit = tree.get(code);
  while (unit !== undefined) {
    path.push(unit);
    unit = unit.parent === null ? undefined : tree.get(unit.parent);
  }
  return path;
}

/** The unit of a level in or above which another lies: the province of a commune. Null where there is none. */
export function unitAtLevel(tree: UnitTree, code: UnitCode, level: LevelId): Unit | null {
  return pathOf(tree, code).find((unit) => unit.level === level) ?? null;
}

/** The given units and all below them, each after its parent, in code order. Without `codes` the whole tree. */
export function unitsWithin(tree: UnitTree, codes?: readonly UnitCode[]): readonly Unit[] {
  const tops =
    codes === undefined
      ? tree.roots
      : [...new Set(codes)].map((code) => tree.get(code)).filter((unit) => unit !== undefined);
  const all = new Set<Unit>();
  const waiting = tops.toReversed();
  for (let unit = waiting.pop(); unit !== undefined; unit = waiting.pop()) {
    if (all.has(unit)) continue;
    all.add(unit);
    waiting.push(...tree.children(unit.code).toReversed());
  }
  return [...all];
}

/** How many units each level of the tree has, from the top down. */
export function countByLevel(tree: UnitTree): ReadonlyMap<LevelId, number> {
  const counts = new Map<LevelId, number>(tree.levels.map((level) => [level.id, 0]));
  for (const unit of unitsWithin(tree)) counts.set(unit.level, (counts.get(unit.level) ?? 0) + 1);
  return counts;
}
