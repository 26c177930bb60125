import type { BridgeId } from '../../../domain/ids.ts';
import type { ControlBoard, ControlChange, ControlTile } from '../../../domain/wire/control.ts';

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
    tiles:
      change.below === undefined && !board.tiles.some(({ bridge }) => changed.has(bridge))
        ? board.tiles
        : tilesOf(board.tiles, changed, change.below),
    curve: change.curve ?? board.curve,
    alerts: change.alerts ?? board.alerts,
  };
}

/** The tiles as they are by now: those that were there, or those that are said to be there, in that order. */
function tilesOf(
  before: readonly ControlTile[],
  changed: ReadonlyMap<BridgeId, ControlTile>,
  below: readonly BridgeId[] | undefined,
): ControlTile[] {
  const known = new Map(before.map((tile) => [tile.bridge, tile]));
  const order = below ?? before.map(({ bridge }) => bridge);
  return order.flatMap((bridge) => changed.get(bridge) ?? known.get(bridge) ?? []);
}
