import type { Instant } from '../time.ts';
import { addDays, civilDateOf, startOfDay } from '../time.ts';

/** Days before the start from which on names are frozen, for the list of the venue's security; null where they never are. */
export interface FreezeRule {
  readonly days: number | null;
}

/** The first instant from which on a change of names is an exception: the beginning of the day; null where there is none. */
export function frozenFrom({ days }: FreezeRule, startsAt: Instant): Instant | null {
  return days === null ? null : startOfDay(addDays(civilDateOf(startsAt), -days));
}

/** What is asked of a change of names at some moment. */
export type FreezeVerdict = 'free' | 'exception' | 'over';

/** `exception`: only with who allows it and why. `over`: the session has begun, and names are the door's. */
export function judgeChange(rule: FreezeRule, startsAt: Instant, now: Instant): FreezeVerdict {
  if (now >= startsAt) return 'over';
  const from = frozenFrom(rule, startsAt);
  return from !== null && now >= from ? 'exception' : 'free';
}
