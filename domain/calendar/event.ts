import type { SessionKind } from '../schedule/session.ts';
import type { CivilDate, Instant } from '../time.ts';
import type { Invited } from './attendee.ts';

/** When an entry is: from an instant up to another, or a whole day. */
export type EventTime = { readonly from: Instant; readonly until: Instant } | { readonly day: CivilDate };

/** One entry of a calendar (VEVENT of RFC 5545), in its terms. Texts are as people wrote them. */
export interface CalendarEvent {
  /** Stays the same for good: by it a reader knows which of its entries this is. */
  readonly uid: string;
  /** Rises with every change that matters, and never falls; null where changes are not counted, and the later stamp is the newer. */
  readonly sequence: number | null;
  readonly time: EventTime;
  readonly summary: string;
  /** Lines. */
  readonly description: readonly string[];
  readonly location: string | null;
  /** A page about it. */
  readonly url: string | null;
  readonly category: SessionKind | 'deadline';
  /** `CANCELLED`: it was called off, and leaves the calendars that had it. */
  readonly status: 'CONFIRMED' | 'CANCELLED';
  /** Whether whoever has it is busy meanwhile. */
  readonly busy: boolean;
  /** Who sends it and to whom; null where it calls nobody. */
  readonly invited: Invited | null;
}
