import { z } from 'zod';

import { BridgeId, DeviceId, EventId, PersonId, SessionId } from '../ids.ts';
import { Instant } from '../time.ts';

export const Mode = z.enum(['in-person', 'online']);
export type Mode = z.infer<typeof Mode>;

/** Categories of a head count: `partyMember`, `other`, or what the conference names. Whole numbers, zero included. */
export const Counts = z.record(z.string().min(1).max(40), z.int().min(0).max(100_000));
export type Counts = z.infer<typeof Counts>;

const note = z.string().min(1).max(1000);

const common = {
  id: EventId,
  session: SessionId,
  /** The bridge whose device wrote it. */
  bridge: BridgeId,
  device: DeviceId,
  /** What the device's clock said. */
  at: Instant,
  /** Milliseconds to add to the device's clock, as the device last measured them against the server; 0 while unknown. */
  offset: z.int(),
};

/**
 * What a device saw at a bridge. Events are a set: they may arrive in any order, hours late and more than once, and
 * fold to the same presence. None is ever changed or removed; a mistake is undone by a `void` with a reason.
 */
export const AttendanceEvent = z.discriminatedUnion('kind', [
  /** A bridge opened its doors (mở điểm cầu). */
  z.object({ ...common, kind: z.literal('open') }),
  /** A person came in (điểm danh). `person` may be an id that the roster does not know: recorded all the same. */
  z.object({ ...common, kind: z.literal('arrive'), person: PersonId, mode: Mode }),
  /** A person left (đã về). */
  z.object({ ...common, kind: z.literal('leave'), person: PersonId }),
  /** A person will not come, or did not come, for a reason (vắng có lý do). */
  z.object({ ...common, kind: z.literal('excuse'), person: PersonId, reason: note }),
  /** Somebody who is in no list (khách vãng lai). The event's id is their name in the ledger. */
  z.object({
    ...common,
    kind: z.literal('walk-in'),
    name: z.string().min(1).max(200),
    unit: z.string().max(300),
    mode: Mode,
  }),
  /** Heads in the room beside those checked in by name, set for one counting point (cửa), not added to what was there. */
  z.object({ ...common, kind: z.literal('count'), point: z.string().max(60), counts: Counts }),
  /** Undoes another event (hoàn tác), whichever of the two arrives first. */
  z.object({ ...common, kind: z.literal('void'), target: EventId, reason: note }),
  /** The bridge closed its book: only now is an unmarked person absent. */
  z.object({ ...common, kind: z.literal('close') }),
]);
export type AttendanceEvent = z.infer<typeof AttendanceEvent>;

/** An event as the ledger holds it: with the instant at which the server received it. */
export interface RecordedEvent {
  readonly event: AttendanceEvent;
  readonly receivedAt: Instant;
  /**
   * The server's own estimate, at receipt, of what to add to the device's clock, in milliseconds; absent while it has
   * none. It only flags: time is what the event says.
   */
  readonly estimatedOffset?: number;
}

/** What the fold noticed about an event. Flags may change as more events arrive; `late-upload` alone follows receipt. */
export const FLAGS = [
  'already-present',
  'present-elsewhere',
  'other-bridge',
  'not-on-list',
  'not-here',
  'late-upload',
  'clock-off',
  'not-taking-part',
] as const;
export const Flag = z.enum(FLAGS);
export type Flag = z.infer<typeof Flag>;

/**
 * What was answered when an event came in: stored, never computed anew, given again on a replay. `quarantined`: sent by a
 * machine that was revoked; kept outside the ledger until a person decides.
 */
export const OUTCOMES = ['recorded', 'conflict', 'refused', 'quarantined'] as const;
export const Outcome = z.enum(OUTCOMES);
export type Outcome = z.infer<typeof Outcome>;
