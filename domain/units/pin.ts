import { ok } from '../result.ts';
import type { Result } from '../result.ts';
import type { CivilDate } from '../time.ts';
import { inForce } from './check.ts';
import { LEVELS } from './levels.ts';
import { treeAsOf } from './tree.ts';
import type { UnitTreeFailure } from './tree.ts';
import type { Level, Unit, UnitTree } from './unit.ts';

/** The tree of another date stands in: what differs between the two dates is not in it. */
export interface PinWarning {
  readonly kind: 'other date';
  readonly pinned: CivilDate;
  readonly conference: CivilDate;
}

export interface PinnedTree {
  readonly tree: UnitTree;
  /** Null where the tree is that of the conference's date, or the same units stand on both dates. */
  readonly warning: PinWarning | null;
}

/**
 * The tree that a conference uses: that of its date, or of another date that the organizer chose (the nearest official
 * list with districts for 13/01/2025 is that of 01/03/2025). Fails where the date that is asked for has no tree, and
 * names the nearest that has one.
 */
export function pinTree(
  units: readonly Unit[],
  conferenceDate: CivilDate,
  pinnedDate: CivilDate | null = null,
  levels: readonly Level[] = LEVELS,
): Result<PinnedTree, UnitTreeFailure> {
  const pinned = pinnedDate ?? conferenceDate;
  const tree = treeAsOf(units, pinned, levels);
  if (!tree.ok) return tree;
  const same = units.every((unit) => inForce(unit, pinned) === inForce(unit, conferenceDate));
  return ok({
    tree: tree.value,
    warning: same ? null : { kind: 'other date', pinned, conference: conferenceDate },
  });
}
