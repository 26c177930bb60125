import { z } from 'zod';

export const LetterId = z.uuid().brand<'LetterId'>();
export type LetterId = z.infer<typeof LetterId>;

/**
 * What a letter is at.
 * - `waiting`: goes when it is due and the line is free.
 * - `sending`: the line has it; what the mail server says to it is not known yet.
 * - `sent`: the mail server has taken it.
 * - `kept`: it fell due in the test mode and went nowhere.
 * - `failed`: the mail server refused it for good, or for five days.
 * - `bounced`: it was taken, and came back.
 * - `withdrawn`: it was taken back before it went.
 */
export const LETTER_STATES = [
  'waiting',
  'sending',
  'sent',
  'kept',
  'failed',
  'bounced',
  'withdrawn',
] as const;
export const LetterState = z.enum(LETTER_STATES);
export type LetterState = z.infer<typeof LetterState>;

/** What happened to a letter since it was queued. `delayed` and `delivered` are told by mail servers further on. */
export const LETTER_STEPS = [
  'sent',
  'kept',
  'postponed',
  'failed',
  'delayed',
  'delivered',
  'bounced',
  'withdrawn',
  'again',
] as const;
export const LetterStep = z.enum(LETTER_STEPS);
export type LetterStep = z.infer<typeof LetterStep>;

/** States out of which a person may have a letter sent once more. */
const MAY_GO_AGAIN: ReadonlySet<LetterState> = new Set<LetterState>(['failed', 'bounced', 'kept']);

export function mayGoAgain(state: LetterState): boolean {
  return MAY_GO_AGAIN.has(state);
}

/** What a letter is about, as whoever queued it names it; mail itself makes nothing of it. */
export interface About {
  readonly kind: string;
  readonly id: string;
}
