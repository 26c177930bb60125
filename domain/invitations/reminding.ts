import type { Instant } from '../time.ts';
import { addDays, civilDateOf, startOfDay } from '../time.ts';

/** Letters that remind people go out when offices open. */
const MORNING_MS = 8 * 3_600_000;

/** When those are reminded who have not answered, so many days before the start: in the morning of that day. */
export function remindsAt(days: number, startsAt: Instant): Instant {
  return (startOfDay(addDays(civilDateOf(startsAt), -days)) + MORNING_MS) as Instant;
}

/**
 * The round that is to go now: the last one that is due, as nobody is reminded twice at a time. None is made up for that was due before
 * the schedule was set, and none goes once the conference has begun.
 */
export function roundDue(
  schedule: { readonly days: readonly number[]; readonly since: Instant },
  startsAt: Instant,
  now: Instant,
): number | null {
  if (now >= startsAt) return null;
  const due = schedule.days.filter((days) => {
    const at = remindsAt(days, startsAt);
    return at <= now && at >= schedule.since;
  });
  return due.length === 0 ? null : Math.min(...due);
}
