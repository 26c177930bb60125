import type { EventId } from '../ids.ts';

/** What the undos of a book need to know of its events, which go by number there. */
export interface UndoRules {
  /** The number of an event that has arrived; -1 of one that has not. */
  readonly find: (id: EventId) => number;
  /** Whether the first event's bridge may undo the second event. */
  readonly mayUndo: (by: number, target: number) => boolean;
  /** Called when an event that is no undo is taken back, or restored. */
  readonly turned: (event: number, voided: boolean) => void;
}

/**
 * Keeps track of what is taken back while events arrive one by one, undos before what they undo included. Says the same
 * as `voidedEvents` says of the whole set.
 */
export function trackUndos({ find, mayUndo, turned }: UndoRules) {
  /** Undos of what has not arrived yet, by its id. Few, so that other events need not be looked for here. */
  const waiting = new Map<EventId, number[]>();
  /** What each undo aims at, arrived or not. */
  const aims = new Map<number, EventId>();
  const targetOf = new Map<number, number>();
  /** How many undos that stand take an event back. */
  const weight = new Map<number, number>();
  /** The undo that closed each ring: turning over stops there, and what is in a ring reaches nothing outside it. */
  const rings = new Set<number>();

  const isVoided = (event: number): boolean => weight.size > 0 && (weight.get(event) ?? 0) > 0;

  function link(undo: number, target: number): void {
    if (targetOf.has(undo) || !mayUndo(undo, target)) return;
    targetOf.set(undo, target);
    if (closesRing(undo)) return;
    if (!isVoided(undo)) weigh(target, 1);
  }

  function closesRing(undo: number): boolean {
    for (let at = targetOf.get(undo); at !== undefined && !rings.has(at); at = targetOf.get(at)) {
      if (at !== undo) continue;
      rings.add(undo);
      return true;
    }
    return false;
  }

  /** An undo that turns over turns over what it undoes, and so on along the chain. */
  function weigh(first: number, firstBy: number): void {
    let by = firstBy;
    for (let at: number | undefined = first; at !== undefined; at = targetOf.get(at)) {
      const before = isVoided(at);
      weight.set(at, (weight.get(at) ?? 0) + by);
      const after = isVoided(at);
      if (before === after || rings.has(at)) return;
      if (!aims.has(at)) {
        turned(at, after);
        return;
      }
      by = after ? -1 : 1;
    }
  }

  return {
    isVoided,
    /** The event that an undo asks to take back, within its reach or not; -1 while it has not arrived, and for all other events. */
    aimOf(undo: number): number {
      const aim = aims.get(undo);
      return aim === undefined ? -1 : (targetOf.get(undo) ?? find(aim));
    },
    /** Whether an undo is within reach of what it asks to take back, which has arrived. */
    reaches: (undo: number): boolean => targetOf.has(undo),
    /** To be called once for every event after it can be found; `target` is null for one that is no undo. */
    arrived(event: number, id: EventId, target: EventId | null): void {
      const undos = waiting.size === 0 ? undefined : waiting.get(id);
      if (target !== null) aims.set(event, target);
      if (undos !== undefined) {
        waiting.delete(id);
        for (const undo of undos) link(undo, event);
      }
      if (target === null) return;
      const found = find(target);
      if (found >= 0) {
        link(event, found);
        return;
      }
      const others = waiting.get(target);
      if (others === undefined) waiting.set(target, [event]);
      else others.push(event);
    },
  };
}

export type Undos = ReturnType<typeof trackUndos>;
