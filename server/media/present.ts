import type { BridgeId } from '../../domain/ids.ts';
import type { FloorState } from '../../domain/media/floor.ts';
import type { FloorShown, MediaBoard, Station } from '../../domain/wire/media.ts';
import type { Room } from './members.ts';

/** Nobody looks through more of those who ask, and each of them is sent again whenever one comes or goes. */
const MOST_ASKING = 200;

export function presentFloor(floor: FloorState): FloorShown {
  const { asking } = floor;
  return { ...floor, asking: asking.slice(0, MOST_ASKING), askingInAll: asking.length };
}

/** A board as a control room at `node` is told of it: of `bridges` those at it and below it. */
export function presentBoard(
  room: Room,
  node: BridgeId,
  bridges: Iterable<BridgeId>,
): Omit<MediaBoard, 'directs'> {
  const stations: Station[] = [];
  for (const bridge of bridges) {
    const station = isUnder(room, bridge, node) ? room.station(bridge) : null;
    if (station !== null) stations.push(station);
  }
  return { session: room.session, floor: presentFloor(room.floor()), stations };
}

function isUnder(room: Room, bridge: BridgeId, node: BridgeId): boolean {
  return (
    room
      .tree()
      ?.path(bridge)
      .some(({ id }) => id === node) === true
  );
}
