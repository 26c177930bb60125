import { assertNever } from '../result.ts';
import type { Instant } from '../time.ts';
import type { Flag, Mode } from './event.ts';
import { instantFrom } from './order.ts';

/**
 * One event of one person as the fold reads it. A walk-in is the arrival of somebody whose id is the event's own.
 * `Bridge` is whatever names a bridge: its id, or its number in a book.
 */
export type Sighting<Bridge> =
  | { readonly kind: 'arrive'; readonly bridge: Bridge; readonly time: Instant; readonly mode: Mode }
  | { readonly kind: 'leave'; readonly bridge: Bridge; readonly time: Instant }
  | { readonly kind: 'excuse'; readonly bridge: Bridge; readonly time: Instant; readonly reason: string };

/** What a person's events say, before anybody asks which bridges have closed. */
export interface Stay<Bridge> {
  /** Where they last arrived; null when they never came. */
  readonly at: Bridge | null;
  /** First arrival of the stay at that bridge: coming back to it does not begin a new stay, coming from another does. */
  readonly since: Instant;
  /** When they left; null while they are in the room. */
  readonly until: Instant | null;
  readonly mode: Mode;
  /** Of the last excuse; null when nobody excused them. */
  readonly reason: string | null;
}

/** Told for each flag: the place of the flagged event in the list, and of the earlier or later one that it clashes with. */
export type OnFlag = (index: number, flag: Flag, other: number | null) => void;

/** Stands where there was no arrival; nobody reads it. */
const NEVER = instantFrom(0);

/**
 * Folds the events of one person, in order and without those that were undone. Presence is set, never toggled: a second
 * scan changes nothing but the mode, leaving a bridge one is not at changes nothing at all.
 *
 * @param seat the bridge where the person is expected; null when they are in no list
 */
export function foldStay<Bridge>(
  sightings: readonly Sighting<Bridge>[],
  seat: Bridge | null,
  onFlag?: OnFlag,
): Stay<Bridge> {
  let at: Bridge | null = null;
  let since = NEVER;
  let until: Instant | null = null;
  let mode: Mode = 'in-person';
  let reason: string | null = null;
  let lastArrival = -1;

  for (const [index, sighting] of sightings.entries()) {
    switch (sighting.kind) {
      case 'arrive': {
        const inRoom = at !== null && until === null;
        if (inRoom && at === sighting.bridge) {
          onFlag?.(index, 'already-present', lastArrival);
        } else if (inRoom) {
          onFlag?.(lastArrival, 'present-elsewhere', index);
          onFlag?.(index, 'present-elsewhere', lastArrival);
        }
        if (seat !== null && seat !== sighting.bridge) onFlag?.(index, 'other-bridge', null);
        if (at !== sighting.bridge) since = sighting.time;
        at = sighting.bridge;
        until = null;
        mode = sighting.mode;
        lastArrival = index;
        break;
      }
      case 'leave':
        if (at === sighting.bridge && until === null) until = sighting.time;
        else onFlag?.(index, 'not-here', null);
        break;
      case 'excuse':
        if (seat !== null && seat !== sighting.bridge) onFlag?.(index, 'other-bridge', null);
        reason = sighting.reason;
        break;
      default:
        assertNever(sighting);
    }
  }
  return { at, since, until, mode, reason };
}
