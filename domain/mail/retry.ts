import type { Instant } from '../time.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** After how many minutes a letter is tried again that the mail server did not take for now: what greylists opens within minutes. */
const LETTER_WAITS = [1, 5, 15, 60, 240];
/** Then once a day, for so many days since the first try. */
const GIVE_UP_AFTER_MS = 5 * DAY_MS;
/** After how many minutes a line is tried again that carried nothing at all: nobody's letter is held up longer than that once it is back. */
const LINE_WAITS = [1, 2, 5, 15];

/**
 * When a letter is tried again after its `tries`-th try; null where it has been tried for five days and is given up.
 *
 * @param firstAt when it was tried first
 */
export function nextTry(tries: number, firstAt: Instant, now: Instant): Instant | null {
  const wait = LETTER_WAITS[tries - 1];
  const at = now + (wait === undefined ? DAY_MS : wait * MINUTE_MS);
  return at - firstAt > GIVE_UP_AFTER_MS ? null : (at as Instant);
}

/** When a line is tried again that failed so many times one after the other. */
export function lineRest(failures: number, now: Instant): Instant {
  const minutes = LINE_WAITS[Math.min(failures, LINE_WAITS.length) - 1] ?? 1;
  return (now + minutes * MINUTE_MS) as Instant;
}

/** A rate of letters, held by one number: the time by which all that went will have been earned. */
export interface Pace {
  readonly earnedAt: number;
}
/** What adding up fractions of milliseconds may lack of a whole letter. */
const ROUNDING = 1e-6;
export const FRESH_PACE: Pace = { earnedAt: 0 };

/**
 * How many letters may go now, when the next may where none may, and the pace as it stands now. What was not used is saved for a
 * second at most, so that a quiet hour is followed by no burst; a clock that was put back holds up nothing for longer than one letter
 * takes, if the pace is kept.
 */
export function allowance(
  { earnedAt }: Pace,
  perMinute: number,
  now: Instant,
): { readonly count: number; readonly inMs: number; readonly pace: Pace } {
  const each = MINUTE_MS / perMinute;
  const saved = Math.max(each, 1000);
  const behind = Math.min(Math.max(earnedAt, now - saved), now + each);
  // Behind a clock that was put back there is less than nothing.
  const count = Math.max(0, Math.floor((now - behind) / each + ROUNDING));
  return { count, inMs: count > 0 ? 0 : Math.max(1, behind + each - now), pace: { earnedAt: behind } };
}

/** The pace after so many letters. */
export function spent({ earnedAt }: Pace, perMinute: number, count: number): Pace {
  return { earnedAt: earnedAt + count * (MINUTE_MS / perMinute) };
}
