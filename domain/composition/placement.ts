import type { BridgeId, ClauseId, PersonId } from '../ids.ts';
import type { Language } from '../text/language.ts';

/** Why a clause that fits somebody finds them no bridge. */
export type NoBridge = 'none' | 'elsewhere' | 'ambiguous';

/** As what a placed person is expected: `summoned` and `conditional` may be absent, `invited` may not. */
export type SeatBasis = 'summoned' | 'invited' | 'conditional';

/** Why a person sits where they sit, or nowhere. Closed; `explain` turns each into a sentence. */
export type PlacementReason =
  | { readonly kind: 'chair' }
  /** `words` are those of the clause that speak of them: a clause may name many. */
  | { readonly kind: 'clause'; readonly clause: ClauseId; readonly words: string }
  | { readonly kind: 'named-by-decision'; readonly clause: ClauseId; readonly decision: string }
  | { readonly kind: 'named-for-quota'; readonly clause: ClauseId; readonly words: string }
  | { readonly kind: 'filled-room'; readonly clause: ClauseId }
  | { readonly kind: 'pinned'; readonly note: string }
  | { readonly kind: 'no-position' }
  | { readonly kind: 'no-clause' }
  /** The position has words that no rule understands. */
  | { readonly kind: 'not-understood'; readonly position: string }
  | {
      readonly kind: 'no-bridge';
      readonly clause: ClauseId;
      readonly words: string;
      readonly why: NoBridge;
      /** The bridges between which the words leave it open. */
      readonly among: readonly BridgeId[];
    }
  | { readonly kind: 'condition-off'; readonly clause: ClauseId }
  | { readonly kind: 'room-full'; readonly clause: ClauseId; readonly bridge: BridgeId }
  /** The clause is switched on, but nobody has said how many seats the room has. */
  | { readonly kind: 'room-unknown'; readonly clause: ClauseId; readonly bridge: BridgeId }
  | { readonly kind: 'excluded'; readonly clause: ClauseId; readonly exclusion: string }
  | { readonly kind: 'awaits-decision'; readonly clause: ClauseId }
  | { readonly kind: 'awaits-naming'; readonly clause: ClauseId; readonly words: string }
  | { readonly kind: 'kept-out'; readonly note: string };

/** The reasons that leave somebody without a seat. */
export const UNSEATED = [
  'no-position',
  'not-understood',
  'no-bridge',
  'no-clause',
  'excluded',
  'awaits-decision',
  'awaits-naming',
  'condition-off',
  'room-full',
  'room-unknown',
  'kept-out',
] as const satisfies readonly PlacementReason['kind'][];
export type Unseated = (typeof UNSEATED)[number];

/** Another seat that the person could have had, and by which rule it was not taken. */
export interface OtherSeat {
  readonly bridge: BridgeId;
  readonly clause: ClauseId;
  readonly passedOverBy: 'chair-duty' | 'exclusion' | 'higher-bridge' | 'lower-level-setting' | 'pin';
}

/** At most one seat for each person, and the reason either way. */
export interface Placement {
  readonly person: PersonId;
  readonly bridge: BridgeId | null;
  readonly as: 'chair' | 'delegate' | null;
  readonly basis: SeatBasis | null;
  readonly clause: ClauseId | null;
  readonly reason: PlacementReason;
  readonly others: readonly OtherSeat[];
}

/** How memberships on several lower levels are settled; the plan's text leaves it open, so it is a setting, shown. */
export type LowerLevelMembership = 'higher bridge first' | 'lower bridge first';

/** Keys by which a conditional clause fills what room is left, first to last. */
export type FillKey = 'precedence' | 'name' | 'id';

export type Explain = (placement: Placement, language: Language) => string;

/** Seats of a quota ("đại diện") at one bridge; `open` are still without a name. */
export interface OpenSeats {
  readonly bridge: BridgeId;
  readonly clause: ClauseId;
  /** Null while nobody has said how many. */
  readonly seats: number | null;
  readonly named: number;
  readonly open: number;
}

/** How many sit at one bridge, and as what. Open seats of quotas are not counted. */
export interface BridgeSeats {
  readonly bridge: BridgeId;
  /** With the chair. */
  readonly summoned: number;
  readonly invited: number;
  readonly conditional: number;
  readonly capacity: number | null;
}

/** How many people a clause's words fit, and how many it seated. */
export interface ClauseCount {
  readonly clause: ClauseId;
  readonly matched: number;
  readonly seated: number;
}

/** What a person should look at before the placement is used. */
export type PlacementFinding =
  | { readonly kind: 'no-chair'; readonly bridge: BridgeId }
  | { readonly kind: 'chair-unknown'; readonly bridge: BridgeId; readonly person: PersonId }
  | { readonly kind: 'chairs-several'; readonly person: PersonId; readonly bridges: readonly BridgeId[] }
  | {
      readonly kind: 'seats-not-named';
      readonly bridge: BridgeId;
      readonly clause: ClauseId;
      readonly open: number;
    }
  | {
      readonly kind: 'too-many-named';
      readonly bridge: BridgeId;
      readonly clause: ClauseId;
      readonly named: number;
      readonly seats: number;
    }
  | { readonly kind: 'quota-unset'; readonly clause: ClauseId; readonly bridges: readonly BridgeId[] }
  | {
      readonly kind: 'over-capacity';
      readonly bridge: BridgeId;
      readonly summoned: number;
      readonly invited: number;
      readonly capacity: number;
    }
  | { readonly kind: 'capacity-unknown'; readonly bridge: BridgeId }
  | { readonly kind: 'clause-not-understood'; readonly clause: ClauseId; readonly words: string }
  | { readonly kind: 'exclusion-not-understood'; readonly clause: ClauseId; readonly words: string }
  | { readonly kind: 'clause-without-bridge'; readonly clause: ClauseId }
  | { readonly kind: 'clause-matches-nobody'; readonly clause: ClauseId }
  | { readonly kind: 'without-position'; readonly people: number }
  | { readonly kind: 'without-bridge'; readonly people: number }
  | { readonly kind: 'unknown-person'; readonly person: PersonId; readonly in: 'decision' | 'quota' | 'pin' }
  | {
      readonly kind: 'unknown-bridge';
      readonly bridge: BridgeId;
      readonly in: 'decision' | 'quota' | 'pin' | 'extension';
    }
  | {
      readonly kind: 'unknown-clause';
      readonly clause: ClauseId;
      readonly in: 'decision' | 'quota' | 'rules';
    }
  | { readonly kind: 'wrong-bridge'; readonly clause: ClauseId; readonly bridge: BridgeId }
  | { readonly kind: 'pin-against-chair'; readonly person: PersonId; readonly bridge: BridgeId }
  | { readonly kind: 'listed-twice'; readonly person: PersonId };

export interface PlacementOutcome {
  /** One for each person, in the order given. */
  readonly placements: readonly Placement[];
  readonly findings: readonly PlacementFinding[];
  readonly openSeats: readonly OpenSeats[];
  /** In tree order. */
  readonly byBridge: ReadonlyMap<BridgeId, BridgeSeats>;
  /** In the plan's order. */
  readonly clauses: readonly ClauseCount[];
}
