import type { UnitCode } from '../ids.ts';
import type { CivilDate } from '../time.ts';

/** Where a province stands on the tile map, from the north-west corner. */
export interface TilePlace {
  readonly row: number;
  readonly column: number;
}

/**
 * The country in tiles, one for each province by its code, north at the top: as near to where each one lies as tiles of one
 * size go. The 63 provinces until 30/06/2025.
 */
const SIXTY_THREE = `
  .  .  02 04 .  .  .
  12 10 08 06 20 .  .
  11 15 25 19 24 22 .
  .  14 26 01 27 30 31
  .  .  17 35 33 34 .
  .  .  38 37 36 .  .
  .  .  40 42 .  .  .
  .  .  .  44 45 .  .
  .  .  .  .  46 48 .
  .  .  .  .  .  49 51
  .  .  .  .  .  62 52
  .  .  .  .  .  64 54
  .  .  .  .  .  66 56
  .  .  .  70 67 68 58
  .  .  72 74 75 60 .
  89 87 80 79 77 .  .
  91 92 86 82 .  .  .
  .  93 84 83 .  .  .
  96 95 94 .  .  .  .`;

/** The 34 provinces from 01/07/2025. */
const THIRTY_FOUR = `
  12 15 08 04 .  .
  11 14 25 19 20 22
  .  .  01 24 31 .
  .  .  38 37 33 .
  .  .  40 42 .  .
  .  .  .  44 46 .
  .  .  .  .  48 .
  .  .  .  .  .  51
  .  .  .  .  .  52
  .  .  .  .  .  66
  .  .  .  75 68 56
  91 82 80 79 .  .
  .  92 86 .  .  .
  96 .  .  .  .  .`;

const MERGED: CivilDate = '2025-07-01' as CivilDate;

function placesIn(drawing: string): ReadonlyMap<string, TilePlace> {
  const rows = drawing.trim().split('\n');
  return new Map(
    rows.flatMap((line, row) =>
      line
        .trim()
        .split(/\s+/)
        .map((code, column) => [code, { row, column }] as const)
        .filter(([code]) => code !== '.'),
    ),
  );
}

const BEFORE = placesIn(SIXTY_THREE);
const SINCE = placesIn(THIRTY_FOUR);

/** Where the provinces of the tree of a date stand; nothing for a code that is no province of that date. */
export function tilePlaces(treeDate: CivilDate): ReadonlyMap<string, TilePlace> {
  return treeDate < MERGED ? BEFORE : SINCE;
}

/** A map of tiles: those whose place is known, and those beside the territory in the order given. */
export interface TileMap<Tile> {
  readonly placed: readonly { readonly tile: Tile; readonly place: TilePlace }[];
  readonly beside: readonly Tile[];
}

/** Fewer provinces than this are no country: they stand in order. */
const LEAST = 10;

/** Lays tiles out in the shape of the country; all beside it where they are not the country's provinces. */
export function tileMap<Tile extends { readonly unit: UnitCode | null; readonly class: string }>(
  tiles: readonly Tile[],
  treeDate: CivilDate,
): TileMap<Tile> {
  const places = tilePlaces(treeDate);
  const taken = new Set<TilePlace>();
  const placed: { tile: Tile; place: TilePlace }[] = [];
  const beside: Tile[] = [];
  for (const tile of tiles) {
    const place = tile.unit === null || tile.class !== 'province' ? undefined : places.get(tile.unit);
    // A province may run two bridges: the second one stands beside the map.
    if (place === undefined || taken.has(place)) beside.push(tile);
    else {
      taken.add(place);
      placed.push({ tile, place });
    }
  }
  return placed.length < LEAST ? { placed: [], beside: tiles } : { placed, beside };
}
