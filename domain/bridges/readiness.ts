import { READINESS_ITEMS } from './bridge.ts';
import type { ReadinessItem } from './bridge.ts';
import { isFit, type LineStanding } from '../media/line-standing.ts';

/** What a bridge can lack before the day, in the order in which it is told. */
export const LACKS = ['chair', 'capacity', 'contact', ...READINESS_ITEMS] as const;
export type Lack = (typeof LACKS)[number];

/** What readiness is judged by. */
export interface Prepared {
  readonly hasChair: boolean;
  /** Seats; null while nobody has said. */
  readonly capacity: number | null;
  /** Whether anybody is named who can be called there. */
  readonly hasContact: boolean;
  readonly ready: readonly ReadinessItem[];
  /** Accounts that work at the bridge's door. */
  readonly hosts: number;
  /** By the bridge's last test of its line. */
  readonly line: LineStanding;
}

/**
 * What is missing at a bridge: who chairs it ("a bridge without chair is not ready"), how many seats it has, whom to call,
 * and each item of the checklist that nobody has ticked. An account that works at the bridge is its host; ticking `host`
 * says that somebody stands ready without one. A line that was measured and is fit ticks `line-test` by itself; one that was found
 * unfit is not ready, whatever was ticked.
 */
export function lacksOf({ hasChair, capacity, hasContact, ready, hosts, line }: Prepared): readonly Lack[] {
  const lacks: Lack[] = [];
  if (!hasChair) lacks.push('chair');
  if (capacity === null) lacks.push('capacity');
  if (!hasContact) lacks.push('contact');
  const shown: Partial<Record<ReadinessItem, boolean>> = {
    ...(hosts > 0 && { host: true }),
    ...(isFit(line) && { 'line-test': true }),
    ...(line === 'unfit' && { 'line-test': false }),
  };
  for (const item of READINESS_ITEMS) if (!(shown[item] ?? ready.includes(item))) lacks.push(item);
  return lacks;
}

/** Sums up a figure of each bridge over itself and everything below it. `parents` are places before their children's; -1 above none. */
export function sumBelow(parents: readonly number[], own: readonly number[]): Int32Array {
  const sums = Int32Array.from(own);
  for (let at = parents.length - 1; at >= 0; at--) {
    const parent = parents[at] ?? -1;
    if (parent >= 0) sums[parent] = (sums[parent] ?? 0) + (sums[at] ?? 0);
  }
  return sums;
}
