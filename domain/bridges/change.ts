import type { BridgeId } from '../ids.ts';
import { ok } from '../result.ts';
import type { Result } from '../result.ts';
import { Bridge } from './bridge.ts';
import type { BridgeTree } from './bridge.ts';
import { bridgeTree } from './tree.ts';
import type { BridgeTreeFailure } from './tree.ts';

/** What a change did to one bridge: the fields that it changed, before and after; null where there was, or is, none. */
export interface BridgeTrace {
  readonly id: BridgeId;
  readonly before: Partial<Bridge> | null;
  readonly after: Partial<Bridge> | null;
  /** Where a bridge that was taken out stood in the order of all. */
  readonly place?: number;
}

/** What a change was: which kind of deed it is told as. */
export type ChangeKind = 'described' | 'moved' | 'added' | 'removed' | 'undone';

function differing(before: Bridge, after: Bridge): Pick<BridgeTrace, 'before' | 'after'> {
  const was: Record<string, unknown> = {};
  const is: Record<string, unknown> = {};
  for (const field of Object.keys(before) as (keyof Bridge)[]) {
    if (isSame(before[field], after[field])) continue;
    was[field] = before[field];
    is[field] = after[field];
  }
  return { before: was, after: is };
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** What came to be between two states of a conference's bridges. */
export function tracesOf(before: readonly Bridge[], after: readonly Bridge[]): readonly BridgeTrace[] {
  const was = new Map(before.map((bridge, place) => [bridge.id, { bridge, place }]));
  const traces: BridgeTrace[] = [];
  for (const bridge of after) {
    const earlier = was.get(bridge.id);
    was.delete(bridge.id);
    if (earlier === undefined) traces.push({ id: bridge.id, before: null, after: bridge });
    else if (!isSame(earlier.bridge, bridge))
      traces.push({ id: bridge.id, ...differing(earlier.bridge, bridge) });
  }
  for (const { bridge, place } of was.values())
    traces.push({ id: bridge.id, before: bridge, after: null, place });
  return traces;
}

/** The kind that a change is told as, by what it did first. */
export function kindOf(traces: readonly BridgeTrace[]): ChangeKind {
  if (traces.some(({ before, after }) => before !== null && after === null)) return 'removed';
  if (traces.some(({ before }) => before === null)) return 'added';
  return traces.some(({ after }) => after?.parent !== undefined) ? 'moved' : 'described';
}

export interface Undone {
  readonly tree: BridgeTree;
  /** Bridges that are as they were before the change. */
  readonly restored: number;
  /** Bridges that somebody has changed since in the same fields: they stay as they are now. */
  readonly left: number;
}

export type UndoFailure = { readonly reason: 'changed since' } | BridgeTreeFailure;

/**
 * Takes a change back as far as nobody has touched the same since: fields that still are as the change left them become
 * what they were, bridges that it took out come back to their place, bridges that it brought in go. Fails where nothing is
 * left to take back, or where what would come of it is no tree (the bridge above is gone).
 */
export function undoChange(
  bridges: readonly Bridge[],
  traces: readonly BridgeTrace[],
): Result<Undone, UndoFailure> {
  const now = new Map(bridges.map((bridge) => [bridge.id, bridge]));
  const chairs = new Set(bridges.flatMap(({ chair }) => (chair === null ? [] : [chair])));
  const back = new Map<BridgeId, Bridge | null>();
  const returning: { readonly bridge: Bridge; readonly place: number }[] = [];
  let left = 0;
  for (const { id, before, after, place = bridges.length } of traces) {
    const current = now.get(id);
    const was = Bridge.safeParse(before);
    if (after === null) {
      if (current !== undefined || !was.success) left += 1;
      else {
        const isChairFree = was.data.chair === null || !chairs.has(was.data.chair);
        returning.push({ bridge: { ...was.data, chair: isChairFree ? was.data.chair : null }, place });
      }
    } else if (current === undefined) {
      left += 1;
    } else if (before === null) {
      if (isSame(current, after)) back.set(id, null);
      else left += 1;
    } else if (isAs(current, after) && !takesChair(before, chairs)) {
      back.set(id, { ...current, ...before });
    } else {
      left += 1;
    }
  }
  if (back.size === 0 && returning.length === 0) return { ok: false, reason: 'changed since' };
  const kept = bridges.flatMap((bridge) => {
    const restored = back.get(bridge.id);
    return restored === null ? [] : [restored ?? bridge];
  });
  const next = bridgeTree(insertAt(kept, returning));
  return next.ok ? ok({ tree: next.value, restored: back.size + returning.length, left }) : next;
}

function isAs(bridge: Bridge, fields: Partial<Bridge>): boolean {
  return (Object.keys(fields) as (keyof Bridge)[]).every((field) => isSame(bridge[field], fields[field]));
}

/** Whether going back would seat a chair who sits at the head of another room by now. */
function takesChair(before: Partial<Bridge>, chairs: ReadonlySet<unknown>): boolean {
  const { chair = null } = before;
  return chair !== null && chairs.has(chair);
}

/** Puts those that come back where they stood. */
function insertAt(
  kept: readonly Bridge[],
  returning: readonly { readonly bridge: Bridge; readonly place: number }[],
): readonly Bridge[] {
  const all: Bridge[] = [];
  const waiting = returning.toSorted((a, b) => a.place - b.place);
  let at = 0;
  for (const bridge of kept) {
    for (let next = waiting[at]; next !== undefined && next.place <= all.length; next = waiting[at]) {
      all.push(next.bridge);
      at += 1;
    }
    all.push(bridge);
  }
  return [...all, ...waiting.slice(at).map(({ bridge }) => bridge)];
}
