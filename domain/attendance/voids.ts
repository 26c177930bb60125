import type { BridgeId, EventId } from '../ids.ts';
import type { AttendanceEvent } from './event.ts';

/**
 * Whether one bridge may undo what another recorded: its own events, and those of the bridges below it. Somebody else's
 * scan is not theirs to take back; such an undo is recorded, flagged, and changes nothing.
 *
 * @param path the target's bridge and everything above it
 */
export function mayUndo(by: BridgeId, path: readonly BridgeId[]): boolean {
  return path.includes(by);
}

/**
 * The events that an undo takes back. An undo is an event and can be undone in turn, which restores what it took back.
 * The answer depends on the set alone: undos that stand in a ring, which no honest device makes, take nothing back.
 */
export function voidedEvents(
  events: ReadonlyMap<EventId, AttendanceEvent>,
  pathOf: (bridge: BridgeId) => readonly BridgeId[],
): ReadonlySet<EventId> {
  const targetOf = new Map<EventId, EventId>();
  /** For each undo, how many undos of it are not yet judged. */
  const waitsFor = new Map<EventId, number>();
  for (const event of events.values()) {
    if (event.kind !== 'void') continue;
    const target = events.get(event.target);
    if (target === undefined || !mayUndo(event.bridge, pathOf(target.bridge))) continue;
    targetOf.set(event.id, event.target);
    if (target.kind === 'void') waitsFor.set(event.target, (waitsFor.get(event.target) ?? 0) + 1);
  }

  const voided = new Set<EventId>();
  const ready = [...targetOf.keys()].filter((id) => !waitsFor.has(id));
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    const target = targetOf.get(id);
    if (target === undefined) continue;
    if (!voided.has(id)) voided.add(target);
    const left = (waitsFor.get(target) ?? 0) - 1;
    waitsFor.set(target, left);
    if (left === 0) ready.push(target);
  }
  return voided;
}
