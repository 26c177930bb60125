import type { BridgeId } from '../ids.ts';
import type { Instant } from '../time.ts';

const MINUTE_MS = 60_000;
/** Doors open up to so long before the start; who came earlier is in the first stretch. */
const BEFORE_MS = 60 * MINUTE_MS;
const AFTER_MS = 30 * MINUTE_MS;
/** Six hours in minutes; a longer session has longer stretches. */
const MOST_BINS = 360;

/** How time is cut for a curve: `bins` stretches of `stepMs`, the first from `from` on. */
export interface CurveAxis {
  readonly from: Instant;
  readonly stepMs: number;
  readonly bins: number;
}

/** The stretches of a session: whole minutes, from an hour before its start until half an hour after its end. */
export function curveAxis(startsAt: Instant, endsAt: Instant): CurveAxis {
  const spanMs = endsAt - startsAt + BEFORE_MS + AFTER_MS;
  const stepMs = MINUTE_MS * Math.max(1, Math.ceil(spanMs / MINUTE_MS / MOST_BINS));
  return { from: (startsAt - BEFORE_MS) as Instant, stepMs, bins: Math.ceil(spanMs / stepMs) };
}

/** The stretch in which an instant lies; what lies outside counts with the first or the last. */
export function binOf({ from, stepMs, bins }: CurveAxis, at: Instant): number {
  return Math.min(bins - 1, Math.max(0, Math.floor((at - from) / stepMs)));
}

/** How many had come by the end of each stretch (đường cong đến). */
export interface Curve {
  readonly from: Instant;
  readonly stepMs: number;
  readonly points: readonly number[];
}

/** Who came when, bridge by bridge: people who are known one by one, and heads that were counted. */
export interface Arrivals {
  readonly axis: CurveAxis;
  came(bridge: BridgeId, at: Instant): void;
  /** Heads more, or fewer where somebody counted again. */
  counted(bridge: BridgeId, at: Instant, heads: number): void;
  /** Puts these arrivals in the place of all of the bridge's that are known one by one. */
  replace(bridge: BridgeId, arrivals: Iterable<Instant>): void;
  /** How many of a bridge are in it. */
  readonly totals: (bridge: BridgeId) => { readonly named: number; readonly heads: number };
  /** Of several bridges together, up to the stretch in which `until` lies. */
  curve(bridges: Iterable<BridgeId>, until: Instant): Curve;
}

interface Row {
  named: number;
  heads: number;
  readonly byBin: Int32Array;
  /** Made with the first count: most bridges have lists of names. */
  headsByBin: Int32Array | null;
}

/** Arrivals of nobody yet. A bridge takes up memory once somebody has come. */
export function openArrivals(axis: CurveAxis): Arrivals {
  const rows = new Map<BridgeId, Row>();

  function rowOf(bridge: BridgeId): Row {
    const known = rows.get(bridge);
    if (known !== undefined) return known;
    const row: Row = { named: 0, heads: 0, byBin: new Int32Array(axis.bins), headsByBin: null };
    rows.set(bridge, row);
    return row;
  }
  function enter(row: Row, at: Instant): void {
    row.named++;
    row.byBin[binOf(axis, at)]!++;
  }

  return {
    axis,
    came: (bridge, at) => enter(rowOf(bridge), at),
    counted(bridge, at, heads) {
      const row = rowOf(bridge);
      row.heads += heads;
      row.headsByBin ??= new Int32Array(axis.bins);
      row.headsByBin[binOf(axis, at)]! += heads;
    },
    replace(bridge, arrivals) {
      const row = rowOf(bridge);
      row.named = 0;
      row.byBin.fill(0);
      for (const at of arrivals) enter(row, at);
    },
    totals: (bridge) => ({ named: rows.get(bridge)?.named ?? 0, heads: rows.get(bridge)?.heads ?? 0 }),
    curve(bridges, until) {
      const last = binOf(axis, until);
      const sums = new Int32Array(last + 1);
      for (const bridge of bridges) {
        const row = rows.get(bridge);
        if (row === undefined) continue;
        for (let bin = 0; bin <= last; bin++) sums[bin]! += row.byBin[bin]! + (row.headsByBin?.[bin] ?? 0);
      }
      const points: number[] = [];
      let sum = 0;
      for (const came of sums) points.push((sum += came));
      return { from: axis.from, stepMs: axis.stepMs, points };
    },
  };
}
