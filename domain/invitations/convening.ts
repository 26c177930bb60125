import type { Bridge, BridgeTree } from '../bridges/bridge.ts';
import type { SeatBasis } from '../composition/placement.ts';
import type { BridgeId } from '../ids.ts';
import type { Plan } from '../plan/plan.ts';
import type { Instant } from '../time.ts';
import type { LetterKind } from './step.ts';

/** By what letter somebody is called: "mời" is not "triệu tập", and a guest who stays away is not absent. */
export function letterFor(basis: SeatBasis): LetterKind {
  return basis === 'invited' ? 'invitation' : 'summons';
}

/** Who calls the people of a bridge, and since when they are obliged to come. */
export interface Convening {
  /** The bridge whose office writes the letters: the centre for its own, each unit for its own. */
  readonly by: BridgeId;
  /**
   * From when on the summoned are obliged to come without any letter: where "Kế hoạch này thay cho văn bản thông báo triệu tập
   * Hội nghị", issuing the plan summons everybody outside the central bridge. Null where only the letter does.
   */
  readonly obligedSince: Instant | null;
}

/** Who convenes a bridge. */
export function conveningOf(
  bridge: Bridge,
  tree: BridgeTree,
  { replacesNotice }: Pick<Plan, 'replacesNotice'>,
  issuedAt: Instant | null,
): Convening {
  const isCentre = bridge.id === tree.root.id;
  return { by: bridge.id, obligedSince: replacesNotice && !isCentre ? issuedAt : null };
}
