import type { Plan } from '../plan/plan.ts';
import { formatDate, formatTime } from '../text/dates.ts';
import { civilDateOf, instantOf, isoOf, startOfDay } from '../time.ts';
import type { Instant } from '../time.ts';
import type { SessionTimes } from './session.ts';

/** The plan with its hours moved: its session goes with them. */
export function withHours(plan: Plan, { startsAt, endsAt }: Pick<SessionTimes, 'startsAt' | 'endsAt'>): Plan {
  return { ...plan, startsAt: isoOf(startsAt), endsAt: isoOf(endsAt) };
}

/** The first instant that is too late for a duty of the plan; null where the plan gives none. */
export function dutyDeadline(plan: Plan, duty: number): Instant | null {
  const due = plan.duties[duty]?.deadline?.dueBefore ?? null;
  return due === null ? null : instantOf(due);
}

/** The plan with another deadline for one duty, in the words that papers use for it. */
export function withDeadline(plan: Plan, duty: number, dueBefore: Instant): Plan {
  const day = civilDateOf(dueBefore);
  const isWholeDay = startOfDay(day) === dueBefore;
  const phrase = isWholeDay
    ? `trước ngày ${formatDate(day)}`
    : `trước ${formatTime(dueBefore)} ngày ${formatDate(day)}`;
  return {
    ...plan,
    duties: plan.duties.map((one, at) =>
      at === duty
        ? { ...one, deadline: { phrase, dueBefore: isoOf(dueBefore), recurs: one.deadline?.recurs ?? null } }
        : one,
    ),
  };
}
