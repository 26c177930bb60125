import type { Instant } from '../time.ts';
import type { Deed } from './entry.ts';

/** A list that somebody has before them: when the entry of it was made, and when it was read last. */
export interface Look {
  readonly since: Instant;
  readonly last: Instant;
}

/** Pages read what they show anew every quarter of a minute; whoever comes back after more than this looks once more. */
export const LONGEST_PAUSE_MS = 60_000;
/** A list that stays open is entered again: so long after its entry at most it may still have been looked at. */
export const LONGEST_LOOK_MS = 15 * 60_000;

/**
 * Whether reading a list again continues a look that has its entry already: a page that reads the same by itself looks once.
 * The entry says when it began, and the next one, a quarter of an hour later, that it still went on. By a clock that was put
 * back nothing continues.
 */
export function continues({ since, last }: Look, now: Instant): boolean {
  return now >= last && now - last <= LONGEST_PAUSE_MS && now - since <= LONGEST_LOOK_MS;
}

/** What makes two looks the same: whoever looks, by which sign-in, from where, at which list of which place, by which filter. */
export interface LookedAt extends Pick<Deed, 'act' | 'by' | 'on'> {
  /** The filter as the entry has it. */
  readonly filter: string | undefined;
  readonly signIn: string | undefined;
  readonly address: string | undefined;
  readonly agent: string | undefined;
}

/** One text for the same look, another for every other. */
export function lookName({ act, by, on, filter, signIn, address, agent }: LookedAt): string {
  const things = on.map(([kind, id]) => `${kind} ${id}`).toSorted();
  return JSON.stringify([act, by, signIn, address, agent, filter, things].map((part) => part ?? null));
}
