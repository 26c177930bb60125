import type { Counts } from './event.ts';

/** The counts that one counting point was set to, in the order in which they came in. */
interface Point {
  readonly bridge: number;
  readonly events: number[];
  stands: Counts | null;
}

interface PointRules {
  readonly isVoided: (event: number) => boolean;
  /** The one order of events. */
  readonly compare: (a: number, b: number) => number;
  /** Adds what a counting point of a bridge says now, or takes away what it said before. */
  readonly addCounts: (bridge: number, counts: Counts, by: 1 | -1) => void;
}

/** The counting points (cửa) of a book: of each the latest count that was not undone stands. Events and bridges go by number. */
export function openPoints({ isVoided, compare, addCounts }: PointRules) {
  const points = new Map<string, Point>();
  const pointOf = new Map<number, Point>();
  const said = new Map<number, Counts>();

  return {
    keep(event: number, bridge: number, name: string, counts: Counts): void {
      const key = `${bridge}\n${name}`;
      const point = points.get(key) ?? { bridge, events: [], stands: null };
      points.set(key, point);
      point.events.push(event);
      pointOf.set(event, point);
      said.set(event, counts);
    },
    /** Brings the figures up to date with a count that was kept, undone or restored. */
    refresh(event: number): void {
      const point = pointOf.get(event);
      if (point === undefined) return;
      let latest = -1;
      for (const one of point.events) {
        if (!isVoided(one) && (latest < 0 || compare(one, latest) > 0)) latest = one;
      }
      const next = said.get(latest) ?? null;
      if (next === point.stands) return;
      if (point.stands !== null) addCounts(point.bridge, point.stands, -1);
      if (next !== null) addCounts(point.bridge, next, 1);
      point.stands = next;
    },
  };
}
