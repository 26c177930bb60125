import type { BridgeId } from '../../../domain/ids.ts';
import { fold } from '../../../domain/text/search.ts';
import type { FloorShown, Station } from '../../../domain/wire/media.ts';
import type { StationState } from '../media/MediaMark.tsx';

/** What matters of a station: what it is doing before that it is there at all. */
export function standingOf({ bridge, since }: Station, floor: FloorShown): StationState {
  if (floor.holder?.bridge === bridge) return 'floor';
  if (floor.program === bridge) return 'program';
  if (since === null) return 'away';
  return floor.asking.some((request) => request.bridge === bridge) ? 'asking' : 'there';
}

export const FILTERS = ['all', 'there', 'away', 'poor'] as const;
export type Filter = (typeof FILTERS)[number];

/** Names as they are searched: there are thousands, and they are looked through with each letter. */
const folded = new Map<string, string>();
function searched(name: string): string {
  const known = folded.get(name) ?? fold(name);
  folded.set(name, known);
  return known;
}

/** The stations of a filter whose name holds what is typed, in the order in which they came. */
export function stationsFound(
  stations: ReadonlyMap<BridgeId, Station>,
  filter: Filter,
  query: string,
): Station[] {
  const wanted = fold(query);
  const found: Station[] = [];
  for (const station of stations.values()) {
    const { since, quality, name } = station;
    if (filter === 'there' && since === null) continue;
    if (filter === 'away' && since !== null) continue;
    if (filter === 'poor' && (since === null || quality !== 'poor')) continue;
    if (wanted === '' || searched(name).includes(wanted)) found.push(station);
  }
  return found;
}
