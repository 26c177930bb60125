import type { ConferenceId, SessionId } from '../ids.ts';
import type { SessionKind, SessionTimes } from '../schedule/session.ts';
import type { Instant } from '../time.ts';

/** A conference as the entries of a calendar name it. */
export interface CalendarConference {
  readonly id: ConferenceId;
  readonly title: string;
  readonly number: string | null;
}

/** A session, rehearsal, line test or follow-up session as a calendar has it. */
export interface CalendarSession extends SessionTimes {
  readonly id: SessionId;
  readonly conference: CalendarConference;
  readonly kind: SessionKind;
  readonly title: string;
  readonly venue: string | null;
  /** Rises with every change. */
  readonly revision: number;
  readonly cancelled: { readonly reason: string } | null;
}

/** A deadline as a calendar has it. */
export interface CalendarDeadline {
  /** Which of its conference's deadlines it is; the same for good. */
  readonly key: string;
  readonly conference: CalendarConference;
  /** The first instant that is too late. */
  readonly dueBefore: Instant;
  /** What is to be done, as the plan says it; null where headcounts are to be reported. */
  readonly text: string | null;
  readonly owner: string | null;
  /** The bridge that is reported to, or whose report is due; null for the plan's. */
  readonly bridgeName: string | null;
}

/** What a calendar has. */
export interface FeedContent {
  readonly sessions: readonly CalendarSession[];
  readonly deadlines: readonly CalendarDeadline[];
}
