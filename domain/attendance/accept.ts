import type { EventId } from '../ids.ts';
import { canonicalEvent } from './canonical.ts';
import type { AttendanceEvent } from './event.ts';

/** What the ledger answers to an event whose sender may write it. */
export type Acceptance =
  /** `isNew` false: a replay, already in the ledger; the first outcome is given again and nothing is written. */
  | { readonly outcome: 'recorded'; readonly isNew: boolean; readonly content: string }
  /** The id is taken by another content: two devices share an id, or somebody rewrites. The first one stays. */
  | { readonly outcome: 'conflict'; readonly content: string };

/**
 * Same event, same answer. The device makes the event's id; the same id with other content is an error.
 *
 * @param known content of the events in the ledger, by id, as `contentOf` gives it
 * @param contentOf the canonical form, or a digest of it where the ledger keeps no texts
 */
export function acceptEvent(
  known: ReadonlyMap<EventId, string>,
  event: AttendanceEvent,
  contentOf: (event: AttendanceEvent) => string = canonicalEvent,
): Acceptance {
  const content = contentOf(event);
  const before = known.get(event.id);
  if (before === undefined) return { outcome: 'recorded', isNew: true, content };
  return before === content
    ? { outcome: 'recorded', isNew: false, content }
    : { outcome: 'conflict', content };
}
