import type { AttendanceEvent, Mode } from '../attendance/event.ts';
import type { BridgeId, DeviceId, EventId, PersonId, SessionId } from '../ids.ts';
import { assertNever } from '../result.ts';
import type { Instant } from '../time.ts';

/** One arrival under a code that no list knows. */
export interface CodeArrival {
  readonly event: EventId;
  /** The device's clock with its offset. */
  readonly time: Instant;
  readonly mode: Mode;
}

/** What a person found out about a code. */
export type Resolution =
  | { readonly kind: 'person'; readonly person: PersonId }
  | { readonly kind: 'walk-in'; readonly name: string; readonly unit: string }
  | { readonly kind: 'mistake' };

/** Who resolves, and where: every event of a resolution is written for the bridge at which the code was scanned. */
export interface Resolver {
  readonly session: SessionId;
  readonly bridge: BridgeId;
  readonly device: DeviceId;
  readonly now: Instant;
  readonly offset: number;
  readonly newId: () => EventId;
}

/**
 * The events that resolve a code: every arrival under it is undone, and whoever it was arrives at the moment of the first
 * scan. They make sense only together, and go in one batch.
 *
 * @param reason why, for whoever reads the ledger; it can be erased like every text
 */
export function resolveCode(
  arrivals: readonly CodeArrival[],
  resolution: Resolution,
  reason: string,
  { session, bridge, device, now, offset, newId }: Resolver,
): AttendanceEvent[] {
  const common = { session, bridge, device, offset };
  const undone = arrivals.map(({ event: target }): AttendanceEvent => ({
    ...common,
    kind: 'void',
    id: newId(),
    at: now,
    target,
    reason,
  }));
  const [first] = arrivals.toSorted((a, b) => a.time - b.time);
  if (first === undefined || resolution.kind === 'mistake') return undone;
  // The moment of the first scan, on the clock of the device that writes it down now.
  const came = { ...common, id: newId(), at: (first.time - offset) as Instant, mode: first.mode };
  switch (resolution.kind) {
    case 'person':
      return [...undone, { ...came, kind: 'arrive', person: resolution.person }];
    case 'walk-in':
      return [...undone, { ...came, kind: 'walk-in', name: resolution.name, unit: resolution.unit }];
    default:
      return assertNever(resolution);
  }
}
