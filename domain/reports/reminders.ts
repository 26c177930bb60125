import type { BridgeTree } from '../bridges/bridge.ts';
import type { BridgeId } from '../ids.ts';
import { assertNever } from '../result.ts';
import { civilDateOf, type Instant } from '../time.ts';
import type { HeadcountState } from './headcount.ts';

/** What leaves the house waits so long, in which it can be taken back. */
export const REMINDER_WAIT_MS = 60_000;

/** Whom a reminder (đôn đốc) is for: all who have not answered, those who never opened their form, those who were returned theirs. */
export const REMINDED = ['all', 'never-opened', 'returned'] as const;
export type Reminded = (typeof REMINDED)[number];

export interface ReminderChoice {
  readonly whom: Reminded;
  /** Leaves out who has been reminded on the same day. */
  readonly skipToday: boolean;
}

/** What decides whether a reminder reaches a bridge. */
export interface Remindable {
  /** Of the report that speaks for the bridge; null while nothing was sent. */
  readonly state: HeadcountState | null;
  /** Whether whoever works there has had the form before them. */
  readonly opened: boolean;
  readonly remindedAt: Instant | null;
}

/** Whether a report still waits for its unit: nothing was sent, or what was sent came back. */
export function isUnanswered({ state }: Pick<Remindable, 'state'>): boolean {
  return state === null || state === 'draft' || state === 'returned';
}

/** Whether a bridge has been reminded on the day of `now`. */
export function remindedToday({ remindedAt }: Pick<Remindable, 'remindedAt'>, now: Instant): boolean {
  return remindedAt !== null && civilDateOf(remindedAt) === civilDateOf(now);
}

/** Whether a reminder that goes out at `now` reaches a bridge. Never one that has answered. */
export function isReached(one: Remindable, { whom, skipToday }: ReminderChoice, now: Instant): boolean {
  if (!isUnanswered(one)) return false;
  if (skipToday && remindedToday(one, now)) return false;
  switch (whom) {
    case 'all':
      return true;
    case 'never-opened':
      return !one.opened && one.state !== 'returned';
    case 'returned':
      return one.state === 'returned';
    default:
      return assertNever(whom);
  }
}

/** Those below a bridge whom a reminder reaches, in tree order. Nobody is reminded of their own. */
export function reachedBelow(
  tree: BridgeTree,
  top: BridgeId,
  choice: ReminderChoice,
  now: Instant,
  standingOf: (bridge: BridgeId) => Remindable,
): readonly BridgeId[] {
  const below = tree.subtree(top).slice(1);
  return below.map(({ id }) => id).filter((id) => isReached(standingOf(id), choice, now));
}

/** How a reminder stands: it waits, went out, or was taken back before it did. */
export type ReminderState = 'waiting' | 'sent' | 'withdrawn';

export function reminderState(reminder: {
  readonly sentAt: Instant | null;
  readonly withdrawnAt: Instant | null;
}): ReminderState {
  if (reminder.sentAt !== null) return 'sent';
  return reminder.withdrawnAt === null ? 'waiting' : 'withdrawn';
}
