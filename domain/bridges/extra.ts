import { UnitCode } from '../ids.ts';
import type { BridgeId, PersonId } from '../ids.ts';
import { shorten, tidy } from '../text/normalize.ts';
import { pathOf } from '../units/tree.ts';
import type { Unit, UnitTree } from '../units/unit.ts';
import { nameKey } from './assembly.ts';
import type { Assembly } from './assembly.ts';
import type { Bridge, BridgeClass } from './bridge.ts';
import { LONGEST } from './edit.ts';
import type { BuildFinding } from './finding.ts';
import { bareBridge, bridgeNameOf, numberInName } from './territory.ts';
import type { Territory } from './territory.ts';

/**
 * A bridge beside those that follow from the plan's levels, or details of one that does: a ministry, a Party bloc, an
 * armed force, an enterprise, a village, a second room of a province.
 */
export interface ExtraBridge {
  /** Of a bridge that stands, where the list was written out of the program. */
  readonly id?: BridgeId | null;
  readonly class: BridgeClass;
  /** Null gives it the name of its unit or organisation. */
  readonly name: string | null;
  readonly unit: UnitCode | null;
  readonly organisation: string | null;
  /**
   * What it hangs under: the code of a unit, or the organisation or name of another bridge. Null is its own unit, or the
   * top where it has none.
   */
  readonly under: string | null;
  /** Where its picture comes from, written as `under`; null is the bridge above it. */
  readonly feedFrom?: string | null;
  /** Of several bridges of one unit the how-manieth it is, from 1. */
  readonly ordinal?: number | null;
  readonly capacity?: number | null;
  readonly chair?: PersonId | null;
  readonly address?: string | null;
}

/** A row and the bridge that it speaks of. */
export interface MatchedRow {
  readonly id: BridgeId;
  readonly row: ExtraBridge;
}

/** Bridges that a text of a row may mean: a unit's code, an organisation or a name. */
export type FindPlace = (text: string) => readonly Bridge[];

/**
 * Finds the bridge of each row, or makes it. A bridge is known by its id where the row has one; a unit's by name or
 * ordinal; an organisation's by class, name and place, as "Thôn 1" is in many communes. A row without a place means the
 * one of that name anywhere. One of the same name in another place is never taken for it, only named.
 */
export function matchRows(
  rows: readonly ExtraBridge[],
  assembly: Assembly,
  unitTree: UnitTree,
  territory: Territory,
  find: FindPlace,
  findings: BuildFinding[],
): readonly MatchedRow[] {
  const ofRow = new Map<number, BridgeId>();
  const taken = new Set<BridgeId>();
  const open: OpenRow[] = [];
  const root = assembly.get(territory.root);
  for (const [at, row] of rows.entries()) {
    const unit = territorialUnit(row, unitTree);
    let bridge = row.id === undefined || row.id === null ? undefined : assembly.get(row.id);
    if (unit !== null) {
      bridge ??= ofUnit(row, unit, territory.ofUnit(unit)) ?? addRoom(row, unit, assembly, territory);
    } else if (row.class === 'central' && root?.class === row.class) {
      bridge ??= root;
    }
    if (bridge === undefined) {
      const label = `${row.class} ${nameKey(labelOf(row))}`;
      open.push({ at, row, label, steps: stepsOf(row, assembly, unitTree, territory, find) });
      continue;
    }
    ofRow.set(at, bridge.id);
    taken.add(bridge.id);
  }
  for (const { at, id } of matchOrganisations(open, assembly, taken, findings)) ofRow.set(at, id);

  const matched: MatchedRow[] = [];
  const said = new Set<BridgeId>();
  for (const [at, row] of rows.entries()) {
    const id = ofRow.get(at);
    const bridge = id === undefined ? undefined : assembly.get(id);
    if (bridge === undefined) continue;
    if (said.has(bridge.id)) findings.push({ kind: 'said twice', severity: 'warning', bridge });
    else matched.push({ id: bridge.id, row });
    said.add(bridge.id);
  }
  return matched;
}

/** An organisation's row, and where its bridge may hang: nearest first, null for anywhere. */
interface OpenRow {
  readonly at: number;
  readonly row: ExtraBridge;
  readonly label: string;
  readonly steps: readonly (BridgeId | null)[];
}

/** A level that came into the plan, or left it, shifts a place up or down on the same way: all of the way counts. */
function stepsOf(
  row: ExtraBridge,
  assembly: Assembly,
  unitTree: UnitTree,
  territory: Territory,
  find: FindPlace,
): readonly (BridgeId | null)[] {
  if (row.under === null && row.unit === null) return [null];
  const code = UnitCode.safeParse(tidy(row.under ?? row.unit ?? ''));
  const rooms = code.success
    ? pathOf(unitTree, code.data).flatMap((unit) => territory.ofUnit(unit).map(({ id }) => id))
    : [];
  return [...new Set([...rooms, ...wayUp(placeOfRow(row, territory, unitTree, find), assembly)])];
}

/** Pairs rows with standing bridges, the nearest pairs first, and makes bridges for the rows that are left. */
function matchOrganisations(
  open: readonly OpenRow[],
  assembly: Assembly,
  taken: Set<BridgeId>,
  findings: BuildFinding[],
): readonly { readonly at: number; readonly id: BridgeId }[] {
  const standing = new Map<string, BridgeId[]>();
  for (const bridge of assembly.all()) {
    if (assembly.isNew(bridge.id) || taken.has(bridge.id)) continue;
    for (const key of new Set([bridge.organisation ?? bridge.name, bridge.name].map(nameKey))) {
      for (const place of [`${bridge.class} ${key} ${bridge.parent}`, `${bridge.class} ${key} anywhere`]) {
        const known = standing.get(place);
        if (known === undefined) standing.set(place, [bridge.id]);
        else known.push(bridge.id);
      }
    }
  }
  const free = (label: string, place: BridgeId | null): BridgeId | undefined =>
    standing.get(`${label} ${place ?? 'anywhere'}`)?.find((id) => !taken.has(id));

  const pairs = new Map<number, BridgeId>();
  const twins = new Map<string, BridgeId>();
  const twinKey = ({ label, row }: OpenRow): string => `${label} ${row.unit} ${nameKey(row.under ?? '')}`;
  const longest = Math.max(0, ...open.map(({ steps }) => steps.length));
  for (let step = 0; step < longest; step++) {
    for (const one of open) {
      const place = one.steps[step];
      if (place === undefined || pairs.has(one.at) || twins.has(twinKey(one))) continue;
      const id = free(one.label, place);
      if (id === undefined) continue;
      taken.add(id);
      pairs.set(one.at, id);
      twins.set(twinKey(one), id);
    }
  }
  for (const one of open) {
    if (pairs.has(one.at)) continue;
    const twin = twins.get(twinKey(one));
    if (twin !== undefined) {
      pairs.set(one.at, twin);
      continue;
    }
    const added = assembly.add(bareBridge(organisationOf(one.row)));
    pairs.set(one.at, added.id);
    twins.set(twinKey(one), added.id);
    const elsewhere = free(one.label, null);
    const other = elsewhere === undefined ? undefined : assembly.get(elsewhere);
    // Villages and cells share their names everywhere; that says nothing.
    if (other !== undefined && other.class !== 'village' && other.class !== 'grassroots') {
      findings.push({ kind: 'same name elsewhere', severity: 'warning', bridge: added, other });
    }
  }
  return [...pairs].map(([at, id]) => ({ at, id }));
}

/** A bridge that stands and those above it, upwards, as they hang so far. */
function wayUp(from: BridgeId, assembly: Assembly): ReadonlySet<BridgeId> {
  const way = new Set<BridgeId>();
  let at: BridgeId | null = from;
  while (at !== null && !way.has(at)) {
    way.add(at);
    at = assembly.get(at)?.parent ?? null;
  }
  return way;
}

/** The unit whose own bridge a row speaks of; null for an organisation's. */
function territorialUnit(row: ExtraBridge, unitTree: UnitTree): Unit | null {
  const unit = row.unit === null ? undefined : unitTree.get(row.unit);
  return unit !== undefined && String(unit.level) === String(row.class) ? unit : null;
}

/** The bridge that an organisation's row hangs under: the one that it names, else that of its unit, else the top. */
export function placeOfRow(
  row: ExtraBridge,
  territory: Territory,
  unitTree: UnitTree,
  find: FindPlace,
): BridgeId {
  const [place, ...more] = find(row.under ?? '');
  if (place !== undefined && more.length === 0) return place.id;
  if (row.unit === null || unitTree.get(row.unit) === undefined) return territory.root;
  return territory.nearest(row.unit, 'the unit itself');
}

/** A row's own words for its organisation. */
function labelOf(row: ExtraBridge): string {
  return tidy(row.organisation ?? row.name ?? '');
}

function ofUnit(row: ExtraBridge, unit: Unit, rooms: readonly Bridge[]): Bridge | undefined {
  const { name, ordinal = null } = row;
  const named = name === null ? undefined : rooms.find((room) => nameKey(room.name) === nameKey(name));
  if (named !== undefined) return named;
  if (ordinal !== null) return rooms.find((room, at) => ordinalOf(room, unit, at) === ordinal);
  // A name of its own without a number is another room.
  return name === null ? rooms[0] : undefined;
}

/** The number that a room's name has, if the program named it; else its place among the unit's rooms. */
function ordinalOf(room: Bridge, unit: Unit, at: number): number {
  const number = numberInName(room.name);
  return room.name === bridgeNameOf(unit, number) ? number : at + 1;
}

function addRoom(row: ExtraBridge, unit: Unit, assembly: Assembly, territory: Territory): Bridge {
  const bridge = assembly.add(bareBridge(roomOf(unit, row, territory.ofUnit(unit))));
  territory.addTo(unit, bridge);
  return bridge;
}

function roomOf(unit: Unit, row: ExtraBridge, rooms: readonly Bridge[]) {
  const taken = new Set(rooms.map((room) => nameKey(room.name)));
  let ordinal = row.ordinal ?? rooms.length + 1;
  while (taken.has(nameKey(bridgeNameOf(unit, ordinal)))) ordinal += 1;
  const name = tidy(row.name ?? '') || bridgeNameOf(unit, ordinal);
  return { class: row.class, name, unit: unit.code, organisation: tidy(row.organisation ?? '') || null };
}

function organisationOf(row: ExtraBridge) {
  const organisation = labelOf(row) || null;
  const name = tidy(row.name ?? '') || shorten(`Điểm cầu ${organisation ?? row.class}`, LONGEST.name);
  return { class: row.class, name, unit: row.unit, organisation };
}

/** Writes into a bridge what its row says of it. What the row leaves open stays as it is. */
export function takeDetails(
  { id, row }: MatchedRow,
  assembly: Assembly,
  unitTree: UnitTree,
  findings: BuildFinding[],
): void {
  const bridge = assembly.get(id);
  if (bridge === undefined) return;
  const unit = bridge.unit === null ? undefined : unitTree.get(bridge.unit);
  // A name of the row replaces the one that the program made, never one that a person gave.
  const isOwnName = unit === undefined || bridge.name !== bridgeNameOf(unit, row.ordinal ?? 1);
  let { chair } = bridge;
  if (row.chair !== undefined && row.chair !== null && row.chair !== chair) {
    const other = assembly.chairedBy(row.chair);
    if (other === undefined) chair = row.chair;
    else findings.push({ kind: 'chairs another bridge', severity: 'warning', bridge, other });
  }
  const told: Bridge = {
    ...bridge,
    name: isOwnName ? bridge.name : tidy(row.name ?? '') || bridge.name,
    capacity: row.capacity ?? bridge.capacity,
    address: tidy(row.address ?? '') || bridge.address,
    chair,
  };
  const isSame =
    told.name === bridge.name &&
    told.capacity === bridge.capacity &&
    told.address === bridge.address &&
    told.chair === bridge.chair;
  if (!isSame) assembly.change(told);
}
