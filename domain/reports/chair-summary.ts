import { timeOf } from '../attendance/order.ts';
import type { AttendanceEvent, RecordedEvent } from '../attendance/event.ts';
import type { BridgeState } from '../attendance/presence.ts';
import { voidedEvents } from '../attendance/voids.ts';
import type { BridgeId, DeviceId, EventId } from '../ids.ts';
import type { Instant } from '../time.ts';

/** A moment at a bridge, and the machine that wrote it down. */
export interface Turn {
  readonly at: Instant;
  readonly device: DeviceId;
}

/** When a bridge opened and closed; null where nobody has said so, or it was taken back. */
export interface Turns {
  readonly opened: Turn | null;
  readonly closed: Turn | null;
}

/**
 * The first opening that stands, and the first close that does, in the order of receipt: what was taken back and done
 * again counts as it was done again.
 *
 * @param events opens and closes of one bridge, and every undo that may touch them
 */
export function turnsOf(
  events: Iterable<RecordedEvent>,
  pathOf: (bridge: BridgeId) => readonly BridgeId[],
): Turns {
  const all = Array.from(events);
  const byId = new Map<EventId, AttendanceEvent>(all.map(({ event }) => [event.id, event]));
  const voided = voidedEvents(byId, pathOf);
  const first = (kind: 'open' | 'close'): Turn | null => {
    const standing = all.filter(({ event }) => event.kind === kind && !voided.has(event.id));
    const [earliest] = standing.toSorted((a, b) => a.receivedAt - b.receivedAt);
    return earliest === undefined ? null : { at: timeOf(earliest.event), device: earliest.event.device };
  };
  return { opened: first('open'), closed: first('close') };
}

/** Events that wait on a machine of the bridge, as the machine said last. */
export interface WaitingMachine {
  readonly name: string;
  readonly waiting: number;
  readonly since: Instant | null;
}

/** What the chair must know before signing. Closed; `chair-sentences.ts` has the words. */
export type SigningNotice =
  /** Whoever is not checked in may still come. */
  | { readonly kind: 'not closed'; readonly state: 'unopened' | 'open' }
  | { readonly kind: 'machine waits'; readonly machine: WaitingMachine }
  /** Scans that nobody could name yet. */
  | { readonly kind: 'to resolve'; readonly count: number }
  | { readonly kind: 'no version' }
  /** Something came into the ledger after the last version was frozen. */
  | { readonly kind: 'events after version'; readonly version: number }
  | { readonly kind: 'no closing checkpoint' }
  | { readonly kind: 'no chair' };

/** What a summary rests on. */
export interface SigningState {
  readonly state: BridgeState;
  readonly machines: readonly WaitingMachine[];
  readonly toResolve: number;
  /** The last version of the bridge's report, and up to which place in the ledger it knows. */
  readonly version: { readonly version: number; readonly sequence: number } | null;
  /** Place in the ledger of the last event that changed anything at the bridge. */
  readonly changedAt: number;
  readonly hasCheckpoint: boolean;
  readonly hasChair: boolean;
}

/** Everything that keeps a summary from being final, worst first; empty where it can be signed as it is. */
export function signingNotices(of: SigningState): readonly SigningNotice[] {
  const notices: SigningNotice[] = [];
  if (of.state !== 'closed') notices.push({ kind: 'not closed', state: of.state });
  for (const machine of of.machines) {
    if (machine.waiting > 0) notices.push({ kind: 'machine waits', machine });
  }
  if (of.toResolve > 0) notices.push({ kind: 'to resolve', count: of.toResolve });
  if (of.version === null) notices.push({ kind: 'no version' });
  else if (of.changedAt > of.version.sequence)
    notices.push({ kind: 'events after version', version: of.version.version });
  if (!of.hasCheckpoint) notices.push({ kind: 'no closing checkpoint' });
  if (!of.hasChair) notices.push({ kind: 'no chair' });
  return notices;
}
