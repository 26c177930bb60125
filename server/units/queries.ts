import type { UnitCode } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import { tidy } from '../../domain/text/normalize.ts';
import { matchQuality } from '../../domain/text/search.ts';
import type { CivilDate } from '../../domain/time.ts';
import { LEVELS } from '../../domain/units/levels.ts';
import { pinTree, type PinnedTree } from '../../domain/units/pin.ts';
import { PROVINCES } from '../../domain/units/provinces.ts';
import { unitsWithin, type UnitTreeFailure } from '../../domain/units/tree.ts';
import type { Level, Unit, UnitTree } from '../../domain/units/unit.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { countImports, readLevels, readUnits } from './store.ts';

/** Trees of a handful of dates are in use at a time; one of 10,800 units takes some megabytes. */
const MOST_TREES = 8;

/** What was read of the units, good as long as no further list is imported. */
interface Known {
  readonly imports: number;
  readonly units: readonly Unit[];
  readonly levels: readonly Level[];
  /** By the two dates; the one asked for last stands at the end. */
  readonly trees: Map<string, Result<PinnedTree, UnitTreeFailure>>;
}

const knownUnits = new WeakMap<Database, Promise<Known>>();

async function load({ read }: Database, imports: number): Promise<Known> {
  const units = imports === 0 ? PROVINCES : await readUnits(read);
  const levels = imports === 0 ? LEVELS : await readLevels(read);
  return { imports, units, levels, trees: new Map() };
}

/** The number of imports is asked each time: another process may have imported a list. */
async function knownTo({ database }: Context): Promise<Known> {
  const imports = await countImports(database.read);
  const earlier = knownUnits.get(database);
  if (earlier !== undefined) {
    const known = await earlier.catch(() => null);
    if (known?.imports === imports) return known;
  }
  const loading = load(database, imports);
  knownUnits.set(database, loading);
  return loading;
}

/**
 * The tree that a conference of `day` uses: that of the day, or of the date that it pins, with the warning that goes
 * with another date. Until an official list is imported, the tree is the program's own short list of provinces.
 */
export async function pinnedTreeOn(
  context: Context,
  day: CivilDate,
  pinned: CivilDate | null = null,
): Promise<Result<PinnedTree, UnitTreeFailure>> {
  const { units, levels, trees } = await knownTo(context);
  const key = `${day} ${pinned ?? day}`;
  const tree = trees.get(key) ?? pinTree(units, day, pinned, levels);
  trees.delete(key);
  trees.set(key, tree);
  for (const oldest of trees.keys()) {
    if (trees.size <= MOST_TREES) break;
    trees.delete(oldest);
  }
  return tree;
}

/** The tree of the units in force on a date; null where there is none. Kept in memory until the next import. */
export async function unitTreeOn(context: Context, date: CivilDate): Promise<UnitTree | null> {
  const pinned = await pinnedTreeOn(context, date);
  return pinned.ok ? pinned.value.tree : null;
}

/** Whether an official list was imported; until then only the provinces are known. */
export async function hasOfficialList(context: Context): Promise<boolean> {
  return (await countImports(context.database.read)) > 0;
}

export interface UnitSearch {
  readonly asOf: CivilDate;
  readonly parent: UnitCode | null;
  /** Part of a name, or a code; with or without marks. */
  readonly q: string | null;
}

/** Where a unit stands in a list of search results. */
export interface UnitPlace {
  /** 0 where the name has the marks of the query, 1 where it is only folded alike. */
  readonly rank: number;
  /** Order of its level. */
  readonly level: number;
  readonly code: string;
}

export interface FoundUnit {
  readonly unit: Unit;
  readonly childCount: number;
  readonly place: UnitPlace;
}

export type UnitSearchFailure =
  | { readonly reason: 'no tree'; readonly failure: UnitTreeFailure }
  | { readonly reason: 'no such unit'; readonly code: UnitCode };

/**
 * Units in force on a date. Without a name: those directly below `parent`, or the topmost, by code. With a name: those
 * found anywhere below `parent`, names with the marks of the query first, then by level and code. At most `limit`, after
 * the place `after`.
 */
export async function findUnits(
  context: Context,
  search: UnitSearch,
  after: UnitPlace | null,
  limit: number,
): Promise<Result<readonly FoundUnit[], UnitSearchFailure>> {
  const pinned = await pinnedTreeOn(context, search.asOf);
  if (!pinned.ok) return { ok: false, reason: 'no tree', failure: pinned };
  const { tree } = pinned.value;
  const { parent } = search;
  if (parent !== null && tree.get(parent) === undefined) {
    return { ok: false, reason: 'no such unit', code: parent };
  }
  const query = tidy(search.q ?? '');
  const orders = new Map(tree.levels.map((level) => [level.id, level.order]));
  const candidates =
    query !== ''
      ? unitsWithin(tree, parent === null ? undefined : [parent])
      : parent === null
        ? tree.roots
        : tree.children(parent);
  const found: FoundUnit[] = [];
  for (const unit of candidates) {
    const rank = query === '' ? 0 : rankOf(unit, query);
    if (rank === null || (query !== '' && unit.code === parent)) continue;
    const place = { rank, level: orders.get(unit.level) ?? 0, code: unit.code };
    if (after !== null && comparePlaces(place, after) <= 0) continue;
    found.push({ unit, childCount: tree.children(unit.code).length, place });
  }
  found.sort((a, b) => comparePlaces(a.place, b.place));
  return ok(found.slice(0, limit));
}

function rankOf(unit: Unit, query: string): number | null {
  if (unit.code === query) return 0;
  const quality = matchQuality(query, unit.fullName);
  return quality === null ? null : quality === 'exact' ? 0 : 1;
}

function comparePlaces(a: UnitPlace, b: UnitPlace): number {
  return a.rank - b.rank || a.level - b.level || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
}
