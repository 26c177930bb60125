import { canPlayList } from '../media/ProgramList.tsx';
import type { RoomView } from '../media/room.ts';

/** What a station says in large letters; `tone` is what it means for whoever stands before it. */
export interface Saying {
  readonly tone: 'calm' | 'live' | 'waiting' | 'bad';
  readonly what:
    | 'media.joining'
    | 'media.lost'
    | 'media.noEngine'
    | 'media.engineDown'
    | 'media.cannotPlay'
    | 'media.blocked'
    | 'station.floor'
    | 'station.floorMuted'
    | 'station.onAir'
    | 'station.asking'
    | 'station.replaced'
    | 'station.waiting'
    | 'station.watching';
  readonly n?: number;
  readonly name?: string;
}

/** The one thing that matters now: what is broken before what goes on, what goes on here before what goes on elsewhere. */
export function sayingOf(
  { state, engine, canPlay, isReached, orders, program }: RoomView,
  isLost: boolean,
  isMuted: boolean,
): Saying {
  if (isLost) return { tone: 'bad', what: 'media.lost' };
  if (state !== 'joined' || program === null) return { tone: 'waiting', what: 'media.joining' };
  if (engine === null) return { tone: 'bad', what: 'media.noEngine' };
  if (!canPlay) return { tone: 'bad', what: 'media.cannotPlay' };
  if (!engine.isRunning) return { tone: 'bad', what: 'media.engineDown' };
  if (orders?.isReplaced === true) return { tone: 'waiting', what: 'station.replaced' };
  if (orders?.hasFloor === true) {
    return isMuted ? { tone: 'bad', what: 'station.floorMuted' } : { tone: 'live', what: 'station.floor' };
  }
  if (orders?.isOnProgram === true) return { tone: 'live', what: 'station.onAir' };
  if (orders?.place != null) return { tone: 'waiting', what: 'station.asking', n: orders.place };
  if (!isReached && !canPlayList(program)) return { tone: 'bad', what: 'media.blocked' };
  if (program.bridge === null) return { tone: 'calm', what: 'station.waiting' };
  return { tone: 'calm', what: 'station.watching', name: program.bridgeName ?? '' };
}
