import type { ControlTile } from '../../../domain/wire/control.ts';
import type { State } from '../parts/StateMark.tsx';

/** Worst first: lines lost, then late ones, then those of whom the smallest share is there; then as the tree has them. */
export function worstFirst(tiles: readonly ControlTile[]): ControlTile[] {
  return tiles.toSorted((a, b) => b.lost - a.lost || b.lateBridges - a.lateBridges || share(a) - share(b));
}

function share({ came, summoned }: ControlTile): number {
  return summoned === 0 ? 1 : came / summoned;
}

/** What is said of a tile in one word and shape: of one bridge its condition, of many the worst of them. */
export function stateOf(tile: ControlTile): State {
  // It was asked for nothing, and recorded something.
  if (tile.bridges === 0) return 'review';
  if (tile.bridges === 1 && tile.takesPart)
    return tile.condition === 'unopened' && tile.late ? 'late' : tile.condition;
  if (tile.lost > 0) return 'lost';
  if (tile.lateBridges > 0) return 'late';
  if (tile.opened < tile.bridges) return 'unopened';
  return tile.closed === tile.bridges ? 'closed' : 'open';
}

/** `Hà Giang` of "Điểm cầu Tỉnh Hà Giang": a tile has room for a name and no title. */
export function shortName(name: string): string {
  return name.replace(/^(?:Điểm cầu )?(?:(?:Tỉnh|Thành phố|Huyện|Quận|Thị xã|Xã|Phường|Thị trấn) )?/iu, '');
}
