import type { BridgeId } from '../ids.ts';

/** One page of the wall of bridges (tường hình). `before + tiles + after` is always everybody. */
export interface WallPage {
  readonly tiles: readonly BridgeId[];
  /** From 0. */
  readonly page: number;
  readonly pages: number;
  /** How many are on earlier pages, and on later ones. */
  readonly before: number;
  readonly after: number;
}

/**
 * A page of the wall: `size` tiles in the order given. A page beyond the last is the last: bridges may have gone since it was
 * turned to. `size` is at least 1.
 */
export function wallPage(bridges: readonly BridgeId[], size: number, wanted: number): WallPage {
  const tilesOnPage = Math.max(1, Math.floor(size));
  const pages = Math.max(1, Math.ceil(bridges.length / tilesOnPage));
  const page = Math.min(Math.max(0, Math.floor(wanted)), pages - 1);
  const before = page * tilesOnPage;
  const tiles = bridges.slice(before, before + tilesOnPage);
  return { tiles, page, pages, before, after: bridges.length - before - tiles.length };
}
