import type { EventId } from '../ids.ts';
import type { AttendanceEvent } from '../attendance/event.ts';
import { readForm } from './form.ts';
import { voidedEvents } from '../attendance/voids.ts';

/**
 * Whether a chain, read from its first event on, is closed: it holds a `close` that no `void` of the same chain takes
 * back. What other bridges undo stands in their chains and changes nothing here: a chain tells of itself alone.
 */
export interface Closing {
  /** The next event of the chain, in the ledger's form. */
  take(form: string): void;
  isClosed(): boolean;
}

/** Whether an event can open or close a chain's end; all others need not be taken. */
export function mayClose(form: string): boolean {
  return form.startsWith('["close",') || form.startsWith('["void",');
}

/** A chain without events. */
export function closing(): Closing {
  const events = new Map<EventId, AttendanceEvent>();
  return {
    take(form) {
      if (!mayClose(form)) return;
      const event = readForm(form, null);
      events.set(event.id, event);
    },
    isClosed() {
      const closes = [...events.values()].filter(({ kind }) => kind === 'close');
      if (closes.length === 0) return false;
      const voided = voidedEvents(events, (bridge) => [bridge]);
      return closes.some(({ id }) => !voided.has(id));
    },
  };
}
