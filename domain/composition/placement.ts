import type { BridgeId, ClauseId, PersonId } from '../ids.ts';
import type { Language } from '../text/language.ts';

/** As what a placed person is expected: `summoned` and `conditional` may be absent, `invited` may not. */
export type SeatBasis = 'summoned' | 'invited' | 'conditional';

/** Why a person sits where they sit, or nowhere. Closed; `explain` turns each into a sentence. */
export type PlacementReason =
  | { readonly kind: 'chair' }
  | { readonly kind: 'clause'; readonly clause: ClauseId }
  | { readonly kind: 'named-by-decision'; readonly clause: ClauseId; readonly decision: string }
  | { readonly kind: 'named-for-quota'; readonly clause: ClauseId }
  | { readonly kind: 'filled-room'; readonly clause: ClauseId }
  | { readonly kind: 'pinned'; readonly note: string }
  | { readonly kind: 'no-position' }
  | { readonly kind: 'no-clause' }
  | { readonly kind: 'no-bridge'; readonly clause: ClauseId }
  | { readonly kind: 'condition-off'; readonly clause: ClauseId }
  | { readonly kind: 'room-full'; readonly clause: ClauseId; readonly bridge: BridgeId }
  | { readonly kind: 'awaits-decision'; readonly clause: ClauseId }
  | { readonly kind: 'awaits-naming'; readonly clause: ClauseId }
  | { readonly kind: 'kept-out'; readonly note: string };

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
