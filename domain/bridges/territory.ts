import type { BridgeId, UnitCode } from '../ids.ts';
import { pathOf } from '../units/tree.ts';
import type { Level, Unit, UnitTree } from '../units/unit.ts';
import type { Assembly } from './assembly.ts';
import { BRIDGE_CLASSES, BridgeClass } from './bridge.ts';
import type { Bridge } from './bridge.ts';
import type { BuildFinding } from './finding.ts';

const CENTRAL = BridgeClass.parse('central');

/** `Điểm cầu xã Yên Lãng`; the second of a unit `Điểm cầu số 2, xã Yên Lãng`. */
export function bridgeNameOf(unit: Unit, ordinal = 1): string {
  const name = unit.fullName.charAt(0).toLocaleLowerCase('vi') + unit.fullName.slice(1);
  return ordinal === 1 ? `Điểm cầu ${name}` : `Điểm cầu số ${ordinal}, ${name}`;
}

/** The number in a name that the program gave to a further room of a unit; 1 for every other name. */
export function numberInName(name: string): number {
  return Number(/^Điểm cầu số (\d{1,4}), /u.exec(name)?.[1] ?? 1);
}

/** A bridge without anything known of its room. */
export function bareBridge(values: Pick<Bridge, 'class' | 'name' | 'unit' | 'organisation'>) {
  return { ...values, capacity: null, chair: null, address: null };
}

/** The bridges that follow from levels and units. */
export interface Territory {
  readonly root: BridgeId;
  /** All bridges of a unit, asked for or not, its first one first. */
  readonly ofUnit: (unit: Unit) => readonly Bridge[];
  readonly addTo: (unit: Unit, bridge: Bridge) => void;
  /** Whether the plan's levels and the scope ask for bridges of this unit. */
  readonly asksFor: (unit: UnitCode, bridgeClass: BridgeClass) => boolean;
  /** The first bridge of the unit, or of the nearest unit above that has one; the root where none has. */
  readonly nearest: (code: UnitCode, from: 'the unit itself' | 'the unit above') => BridgeId;
}

/**
 * Gives every unit of the given levels a bridge, the top level first, and finds or makes the bridge at the very top: the
 * one that stands there, or the central one, or that of the one unit whose conference it is.
 */
export function layTerritory(
  assembly: Assembly,
  unitTree: UnitTree,
  classes: readonly BridgeClass[],
  levels: readonly Level[],
  scope: readonly UnitCode[],
  units: readonly Unit[],
  findings: BuildFinding[],
): Territory {
  const isLevel = new Set(levels.map((level) => String(level.id)));
  const byUnit = new Map<string, BridgeId[]>();
  const addTo = (unit: { code: UnitCode; level: string }, { id }: Bridge): void => {
    const key = `${unit.level} ${unit.code}`;
    const known = byUnit.get(key);
    if (known === undefined) byUnit.set(key, [id]);
    else known.push(id);
  };
  for (const bridge of assembly.all()) {
    if (bridge.unit !== null && isLevel.has(bridge.class)) {
      addTo({ code: bridge.unit, level: bridge.class }, bridge);
    }
  }
  const ofUnit = (unit: Unit): readonly Bridge[] =>
    (byUnit.get(`${unit.level} ${unit.code}`) ?? [])
      .map((id) => assembly.get(id))
      .filter((bridge) => bridge !== undefined)
      .toSorted(byRoom);
  const bridgeFor = (unit: Unit): Bridge => {
    const [first] = ofUnit(unit);
    if (first !== undefined) return first;
    const added = assembly.add(
      bareBridge({
        class: BridgeClass.parse(unit.level),
        name: bridgeNameOf(unit),
        unit: unit.code,
        organisation: null,
      }),
    );
    addTo(unit, added);
    return added;
  };

  const planned = levels
    .filter((level) => classes.some((one) => String(one) === String(level.id)))
    .toSorted((a, b) => a.order - b.order);
  const root = rootOf(assembly, unitTree, classes, planned, scope, bridgeFor, findings);
  const first = new Map<UnitCode, BridgeId>();
  for (const level of planned) {
    const own = units.filter((unit) => unit.level === level.id);
    if (own.length === 0) {
      findings.push({ kind: 'level without units', severity: 'warning', level, asOf: unitTree.asOf });
    }
    for (const unit of own) first.set(unit.code, bridgeFor(unit).id);
  }
  return {
    root: root.id,
    ofUnit,
    addTo,
    asksFor: (unit, bridgeClass) => {
      const id = first.get(unit);
      return id !== undefined && assembly.get(id)?.class === bridgeClass;
    },
    nearest(code, from) {
      const path = pathOf(unitTree, code);
      for (const unit of from === 'the unit itself' ? path : path.slice(1)) {
        const id = first.get(unit.code);
        if (id !== undefined) return id;
      }
      return root.id;
    },
  };
}

/** Numbered rooms come after the main one. The order of the rest must not hang on the order of a list: ids grow in time. */
function byRoom(a: Bridge, b: Bridge): number {
  return numberInName(a.name) - numberInName(b.name) || (a.id < b.id ? -1 : 1);
}

function rootOf(
  assembly: Assembly,
  unitTree: UnitTree,
  classes: readonly BridgeClass[],
  planned: readonly Level[],
  scope: readonly UnitCode[],
  bridgeFor: (unit: Unit) => Bridge,
  findings: BuildFinding[],
): Bridge {
  const standing = assembly.all().find((bridge) => bridge.parent === null);
  const wantsCentral = classes.includes(CENTRAL);
  if (standing !== undefined && (!wantsCentral || standing.class === CENTRAL)) return standing;
  if (!wantsCentral) {
    // A province's own conference: its bridge is the top.
    const [only, ...more] = scope;
    const unit = only === undefined || more.length > 0 ? undefined : unitTree.get(only);
    if (unit !== undefined && planned.some((level) => level.id === unit.level)) return bridgeFor(unit);
    findings.push({ kind: 'centre added', severity: 'note' });
  }
  return assembly.add(
    bareBridge({ class: CENTRAL, name: BRIDGE_CLASSES.central.vi, unit: null, organisation: null }),
  );
}
