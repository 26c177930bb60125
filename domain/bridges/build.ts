import { UnitCode } from '../ids.ts';
import type { BridgeId } from '../ids.ts';
import { ok } from '../result.ts';
import type { Result } from '../result.ts';
import { tidy } from '../text/normalize.ts';
import { LEVELS } from '../units/levels.ts';
import { unitsWithin } from '../units/tree.ts';
import type { Level, UnitTree } from '../units/unit.ts';
import { assemble } from './assembly.ts';
import type { Assembly } from './assembly.ts';
import type { Bridge, BridgeClass, BridgeTree } from './bridge.ts';
import { matchRows, placeOfRow, takeDetails } from './extra.ts';
import type { ExtraBridge, FindPlace, MatchedRow } from './extra.ts';
import type { BuildFinding } from './finding.ts';
import { layTerritory } from './territory.ts';
import type { Territory } from './territory.ts';
import { bridgeTree } from './tree.ts';
import type { BridgeTreeFailure } from './tree.ts';

export interface BuildInput {
  /** The plan's bridge classes. Those that are levels give one bridge per unit. */
  readonly classes: readonly BridgeClass[];
  readonly unitTree: UnitTree;
  /** Units whose subtree takes part (a province's own conference); none is the whole tree. */
  readonly scope?: readonly UnitCode[];
  readonly extra?: readonly ExtraBridge[];
  /** The bridges of an earlier build, with everything that was changed since. */
  readonly existing?: readonly Bridge[];
  readonly newId: () => BridgeId;
  readonly levels?: readonly Level[];
}

export interface Built {
  readonly tree: BridgeTree;
  /** Every bridge, in tree order. */
  readonly bridges: readonly Bridge[];
  readonly added: readonly Bridge[];
  /** The existing bridges, as they are now. All of them: a build takes nothing away. */
  readonly kept: readonly Bridge[];
  /** Those of `kept` that differ from before. */
  readonly changed: readonly Bridge[];
  /** Those of `kept` that neither the plan's levels nor the scope ask for any more: for a person to take out, if at all. */
  readonly removedSuggested: readonly Bridge[];
  readonly findings: readonly BuildFinding[];
}

export type BuildFailure = { readonly reason: 'unknown scope'; readonly unit: UnitCode } | BridgeTreeFailure;

/**
 * Builds the bridges of a conference from its plan's classes and the unit tree of its date. Every unit of a level that
 * the plan names gets a bridge, also a district without communes, hanging under the bridge of the nearest unit above
 * that has one: a commune hangs under its province where the plan has no district bridges. Built again, the bridges that
 * exist keep their ids and whatever was changed by hand, new ones come in, and none goes: what is not asked for any more
 * is only named.
 */
export function buildBridges(input: BuildInput): Result<Built, BuildFailure> {
  const { classes, unitTree, scope = [], extra = [], existing = [], newId, levels = LEVELS } = input;
  const unknown = scope.find((code) => unitTree.get(code) === undefined);
  if (unknown !== undefined) return { ok: false, reason: 'unknown scope', unit: unknown };
  const before = new Map(existing.map((bridge) => [bridge.id, bridge]));
  if (before.size < existing.length) {
    const broken = bridgeTree(existing);
    if (!broken.ok) return broken;
  }

  const findings: BuildFinding[] = [];
  const assembly = assemble(existing, newId);
  const units = unitsWithin(unitTree, scope.length === 0 ? undefined : scope);
  const territory = layTerritory(assembly, unitTree, classes, levels, scope, units, findings);
  const find = placeFinder(assembly, unitTree, territory);
  const rows = matchRows(extra, assembly, unitTree, territory, find, findings);
  hang(assembly, territory, expectedParents(assembly, unitTree, territory, rows, find, findings), findings);
  for (const row of rows) {
    takeFeed(row, assembly, find, findings);
    takeDetails(row, assembly, unitTree, findings);
  }

  const built = bridgeTree(assembly.all());
  if (!built.ok) return built;
  const tree = built.value;
  const isLevel = new Set(levels.map((level) => String(level.id)));
  const present = new Set(tree.bridges.map((bridge) => bridge.class));
  for (const one of classes) {
    if (isLevel.has(one) || present.has(one)) continue;
    findings.push({ kind: 'class without bridges', severity: 'warning', class: one });
  }
  const said = new Set(rows.map(({ id }) => id));
  const kept = tree.bridges.filter((bridge) => before.has(bridge.id));
  const removedSuggested = kept.filter(
    (bridge) =>
      bridge.unit !== null &&
      isLevel.has(bridge.class) &&
      bridge.id !== tree.root.id &&
      !said.has(bridge.id) &&
      !territory.asksFor(bridge.unit, bridge.class),
  );
  for (const bridge of removedSuggested) findings.push({ kind: 'not in plan', severity: 'warning', bridge });
  return ok({
    tree,
    bridges: tree.bridges,
    added: tree.bridges.filter((bridge) => !before.has(bridge.id)),
    kept,
    changed: kept.filter((bridge) => before.get(bridge.id) !== bridge),
    removedSuggested,
    findings,
  });
}

function placeFinder(assembly: Assembly, unitTree: UnitTree, territory: Territory): FindPlace {
  return (text) => {
    const clean = tidy(text);
    if (clean === '') return [];
    const code = UnitCode.safeParse(clean);
    if (code.success && unitTree.get(code.data) !== undefined) {
      const bridge = assembly.get(territory.nearest(code.data, 'the unit itself'));
      return bridge === undefined ? [] : [bridge];
    }
    return assembly.named(clean);
  };
}

/** The one bridge that a row's text means; what is unknown or ambiguous becomes a finding. */
function onePlace(
  bridge: Bridge,
  text: string | null | undefined,
  find: FindPlace,
  findings: BuildFinding[],
): BridgeId | null {
  const clean = tidy(text ?? '');
  if (clean === '') return null;
  const places = find(clean).filter((place) => place.id !== bridge.id);
  const [place] = places;
  if (place !== undefined && places.length === 1) return place.id;
  const kind = place === undefined ? 'unknown place' : 'ambiguous place';
  findings.push({ kind, severity: 'warning', bridge, text: clean });
  return null;
}

/** Where each bridge belongs by unit and row. Bridges that nothing is known of are missing in the answer. */
function expectedParents(
  assembly: Assembly,
  unitTree: UnitTree,
  territory: Territory,
  rows: readonly MatchedRow[],
  find: FindPlace,
  findings: BuildFinding[],
): ReadonlyMap<BridgeId, BridgeId> {
  const expected = new Map<BridgeId, BridgeId>();
  for (const bridge of assembly.all()) {
    const unit = bridge.unit === null ? undefined : unitTree.get(bridge.unit);
    if (unit !== undefined && String(unit.level) === String(bridge.class)) {
      expected.set(bridge.id, territory.nearest(unit.code, 'the unit above'));
    }
  }
  for (const { id, row } of rows) {
    const bridge = assembly.get(id);
    if (bridge === undefined || id === territory.root) continue;
    const named = onePlace(bridge, row.under, find, findings);
    expected.set(id, named ?? expected.get(id) ?? placeOfRow(row, territory, unitTree, find));
  }
  return expected;
}

/**
 * Hangs every bridge. One that stands already moves only where there is no other way (what it hung under is gone, or a
 * new root came above it) or where a nearer bridge has just come in between; otherwise a place that differs is a
 * person's choice.
 */
function hang(
  assembly: Assembly,
  territory: Territory,
  expected: ReadonlyMap<BridgeId, BridgeId>,
  findings: BuildFinding[],
): void {
  /** The way up from a bridge, where new bridges stand as they will hang. */
  const wayUp = (from: BridgeId): ReadonlySet<BridgeId> => {
    const way = new Set<BridgeId>();
    let at: BridgeId | null = from;
    while (at !== null && !way.has(at)) {
      way.add(at);
      at = (assembly.isNew(at) ? expected.get(at) : assembly.get(at)?.parent) ?? null;
    }
    return way;
  };
  for (const bridge of assembly.all()) {
    if (bridge.id === territory.root) continue;
    const wanted = expected.get(bridge.id) ?? territory.root;
    if (assembly.isNew(bridge.id)) {
      assembly.change({ ...bridge, parent: wanted });
      continue;
    }
    const parent = bridge.parent === null ? undefined : assembly.get(bridge.parent);
    const target = assembly.get(wanted);
    if (target === undefined || parent?.id === wanted) continue;
    if (parent === undefined) {
      // What it belongs under may have been hung below it by hand.
      const free = wayUp(wanted).has(bridge.id) ? (assembly.get(territory.root) ?? target) : target;
      moveUnder(bridge, free, assembly, findings);
    } else if (assembly.isNew(wanted) && wayUp(wanted).has(parent.id) && !wayUp(wanted).has(bridge.id)) {
      moveUnder(bridge, target, assembly, findings);
    } else if (expected.has(bridge.id)) {
      findings.push({ kind: 'hangs elsewhere', severity: 'note', bridge, parent, expected: target });
    }
  }
}

function moveUnder(bridge: Bridge, parent: Bridge, assembly: Assembly, findings: BuildFinding[]): void {
  const feedParent = bridge.feedParent === parent.id ? null : bridge.feedParent;
  assembly.change({ ...bridge, parent: parent.id, feedParent });
  findings.push({ kind: 'moved', severity: 'note', bridge, parent });
}

function takeFeed(
  { id, row }: MatchedRow,
  assembly: Assembly,
  find: FindPlace,
  findings: BuildFinding[],
): void {
  const bridge = assembly.get(id);
  if (bridge === undefined) return;
  const source = onePlace(bridge, row.feedFrom, find, findings);
  if (source === null || bridge.parent === null) return;
  const feedParent = source === bridge.parent ? null : source;
  if (feedParent !== bridge.feedParent) assembly.change({ ...bridge, feedParent });
}
