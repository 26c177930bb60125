import type { Instant } from '../time.ts';

export interface Judgement {
  /** Received at the first instant that is too late, or after it. Grace does not change this. */
  readonly late: boolean;
  /** Milliseconds by which it was late; 0 when on time. */
  readonly byMs: number;
  /** Late, but within the grace that the office allows: always `late` as well, so that it never shows as on time. */
  readonly withinGrace: boolean;
}

/**
 * Whether something was on time: received before `dueBefore`. "Trước ngày 10/01/2025" is on time until the last
 * millisecond of 09/01/2025 in `ZONE`.
 */
export function judge(dueBefore: Instant, receivedAt: Instant, graceMs = 0): Judgement {
  const byMs = receivedAt - dueBefore;
  const late = byMs >= 0;
  return { late, byMs: late ? byMs : 0, withinGrace: late && byMs < graceMs };
}
