import type { ControlBoard, ControlChange } from '../../../domain/wire/control.ts';

/** A board as it is after a change; one that is older than what is shown changes nothing. */
export function withChange(board: ControlBoard, change: ControlChange): ControlBoard {
  if (change.sequence < board.sequence || change.asOf < board.asOf) return board;
  const changed = new Map(change.tiles.map((tile) => [tile.bridge, tile]));
  return {
    ...board,
    sequence: change.sequence,
    asOf: change.asOf,
    node: changed.get(board.node.bridge) ?? board.node,
    // The same list where no tile in it changed: what shows it need not look.
    tiles: board.tiles.some(({ bridge }) => changed.has(bridge))
      ? board.tiles.map((tile) => changed.get(tile.bridge) ?? tile)
      : board.tiles,
    curve: change.curve ?? board.curve,
    alerts: change.alerts ?? board.alerts,
  };
}
