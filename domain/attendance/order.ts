import type { EventId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { AttendanceEvent, RecordedEvent } from './event.ts';

/** When an event happened: the device's clock, corrected by the offset that the device itself last measured. */
export function timeOf(event: AttendanceEvent): Instant {
  return instantFrom(event.at + event.offset);
}

/** A number that is an instant; cheaper than the schema where a million of them pass. */
export function instantFrom(ms: number): Instant {
  if (!isInstant(ms)) throw new Error(`not an instant: ${ms}`);
  return ms;
}

function isInstant(ms: number): ms is Instant {
  return Number.isSafeInteger(ms);
}

/** The one order of events, whatever order they arrived in: by time, and within the same millisecond by id. */
export function compareMoments(aTime: number, aId: EventId, bTime: number, bId: EventId): number {
  if (aTime !== bTime) return aTime - bTime;
  if (aId === bId) return 0;
  return aId < bId ? -1 : 1;
}

/** Two clocks that agree within this were set by the same hand; a phone that is set by its network stays well inside. */
export const CLOCK_TOLERANCE_MS = 120_000;

/**
 * Whether the device's clock cannot be believed: the event lies after its own receipt, or the server measured another
 * offset than the device. Drift is never a reason to refuse.
 */
export function clockIsOff(recorded: RecordedEvent): boolean {
  const { event, receivedAt, estimatedOffset } = recorded;
  if (timeOf(event) > receivedAt + CLOCK_TOLERANCE_MS) return true;
  return estimatedOffset !== undefined && Math.abs(event.offset - estimatedOffset) > CLOCK_TOLERANCE_MS;
}
