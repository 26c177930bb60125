import type { BridgeId, PersonId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Mode } from './event.ts';

/** Who is expected at a session, and where: the placements with a seat. */
export interface Expected {
  readonly person: PersonId;
  readonly bridge: BridgeId;
  /** A summoned person who stays away is absent; an invited guest is not. */
  readonly basis: 'summoned' | 'invited';
}

/**
 * Where a person stands. `unmarked` (chưa điểm danh) is not absent: absence exists only after the person's bridge closed.
 * `since` is the first arrival of the stay at the bridge where they are; `at` where they last arrived.
 */
export type Presence =
  | { readonly state: 'unmarked' }
  | { readonly state: 'excused'; readonly reason: string }
  | { readonly state: 'present'; readonly at: BridgeId; readonly since: Instant; readonly mode: Mode }
  | {
      readonly state: 'left';
      readonly at: BridgeId;
      readonly since: Instant;
      readonly until: Instant;
      readonly mode: Mode;
    }
  | { readonly state: 'absent'; readonly reason: string | null };

/**
 * Figures of one bridge, or of a whole subtree. Over a subtree each person counts once. `attended` is named people
 * and walk-ins who were there at any time; heads counted without names stand apart in `counted`.
 */
export interface Tally {
  /** Expected with the basis summoned: the denominator of the first ratio. */
  readonly summoned: number;
  /** Expected as guests: outside the first ratio. */
  readonly invited: number;
  /** Named people and walk-ins who came, wherever they were expected. */
  readonly attended: number;
  /** Of `attended`, in the room now. */
  readonly inRoom: number;
  /** Of `attended`, by line (trực tuyến). */
  readonly online: number;
  /** Of `attended`, those not in any list. */
  readonly walkIn: number;
  /** Named people who came: `attended` without walk-ins. */
  readonly named: number;
  /** Summoned here (below, for a subtree) and came here (inside the subtree): the numerator of the first ratio. */
  readonly ofExpected: number;
  /** Invited here (below, for a subtree) and came here (inside the subtree): guests, outside the first ratio. */
  readonly ofInvited: number;
  /** Summoned here who came, but at a bridge outside. */
  readonly attendedElsewhere: number;
  /**
   * Summoned here and not there, in the four ways that exclude each other. With `ofExpected` and `attendedElsewhere`
   * they add up to `summoned`; guests who did not come are in none of them.
   */
  readonly excused: number;
  readonly absentWithReason: number;
  readonly absentWithout: number;
  readonly unmarked: number;
  /** Ids that no list knows and that arrived, to be resolved by a person (cần xem lại). Not in `attended`. */
  readonly toResolve: number;
  /** Heads by category, summed over counting points. Empty: nobody counted. */
  readonly counted: Readonly<Record<string, number>>;
}

/** `unopened` chưa mở, `open` đã mở, `closed` đã đóng. A bridge where somebody was recorded is open, said or not. */
export type BridgeState = 'unopened' | 'open' | 'closed';

/** How many bridges of a subtree, the bridge itself among them, have opened and closed: what a total rests on. */
export interface Progress {
  readonly bridges: number;
  /** Opened at any time, the closed ones included. */
  readonly opened: number;
  readonly closed: number;
}
