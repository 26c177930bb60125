import type { Instant } from '../time.ts';

/** What has been done for a conference, and when the rest is. */
export interface Preparation {
  readonly state: 'draft' | 'issued';
  readonly bridges: number;
  readonly people: number;
  readonly placed: boolean;
  /** When the headcount reports are due; null where the plan says nothing of it. */
  readonly reportsDue: Instant | null;
  /** The next rehearsal or line test; null where none is to come. */
  readonly rehearsal: Instant | null;
  /** First and last hour of all its sessions; null where there is none. */
  readonly startsAt: Instant | null;
  readonly endsAt: Instant | null;
}

/** What is next for a conference. `at`: when that is, where it has an hour. */
export interface NextStep {
  readonly step:
    | 'issue'
    | 'bridges'
    | 'hours'
    | 'reports'
    | 'people'
    | 'placement'
    | 'rehearsal'
    | 'wait'
    | 'day'
    | 'follow-up'
    | 'over';
  readonly at: Instant | null;
}

const DAY_MS = 24 * 3_600_000;
/** From so long before the first session on, the day itself is what is next. */
const DAY_BEGINS_MS = DAY_MS / 2;
/** So long the organizers look after those who were not there; then the conference is put away. */
const FOLLOW_UP_MS = 30 * DAY_MS;

/** The one thing that is next: what the day brings where it has come, else the first that is not done. */
export function nextStep(done: Preparation, now: Instant): NextStep {
  const { startsAt, endsAt, reportsDue, rehearsal } = done;
  if (endsAt !== null && now > endsAt + FOLLOW_UP_MS) return { step: 'over', at: endsAt };
  if (endsAt !== null && now > endsAt) return { step: 'follow-up', at: endsAt };
  if (startsAt !== null && now >= startsAt - DAY_BEGINS_MS) return { step: 'day', at: startsAt };
  if (done.state === 'draft') return { step: 'issue', at: null };
  if (startsAt === null) return { step: 'hours', at: null };
  if (done.bridges === 0) return { step: 'bridges', at: null };
  if (reportsDue !== null && now < reportsDue) return { step: 'reports', at: reportsDue };
  if (done.people === 0) return { step: 'people', at: null };
  if (!done.placed) return { step: 'placement', at: null };
  if (rehearsal !== null) return { step: 'rehearsal', at: rehearsal };
  return { step: 'wait', at: startsAt };
}
