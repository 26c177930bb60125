import { useEffect, useState, useSyncExternalStore } from 'react';

import { useLine } from '../api/line.ts';
import { watchOf } from '../api/socket.ts';
import { type Room, roomOf, type RoomView } from './room.ts';

interface Place {
  readonly conference: string;
  readonly session: string;
  readonly bridge: string;
}

/** A place in the room of a session for as long as the component stands; for another place it needs another key. */
export function useRoom(as: 'station' | 'control', place: Place): Room {
  useLine();
  const [room] = useState(() => roomOf(as, watchOf(place)));
  useEffect(() => room.open(), [room]);
  return room;
}

export function useRoomView({ subscribe, view }: Room): RoomView {
  return useSyncExternalStore(subscribe, view);
}
