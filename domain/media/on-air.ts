import type { BridgeId } from '../ids.ts';
import { audible, type FloorState } from './floor.ts';

/** One stream that a bridge sends. */
interface Sent {
  readonly kind: 'audio' | 'video';
}

/** So many of those who ask are looked at before they have the floor: a director's preview shows no more. */
const MOST_PREVIEWED = 8;

/** What everybody sees and hears: pictures of the bridge on program, and sound of whoever is to be heard. */
export function streamsOnAir<Stream extends Sent>(
  floor: FloorState,
  sentBy: (bridge: BridgeId) => readonly Stream[],
): readonly Stream[] {
  const pictures = floor.program === null ? [] : sentBy(floor.program);
  const sound = audible(floor).flatMap((bridge) => sentBy(bridge));
  return [
    ...pictures.filter(({ kind }) => kind === 'video'),
    ...sound.filter(({ kind }) => kind === 'audio'),
  ];
}

/**
 * Whose camera and sound are asked for: on program, with the floor, next among those who ask, or looked at by a control room. Everybody
 * else's rest, so that a line of a commune carries one picture and not its own beside it.
 */
export function wantedBridges(floor: FloorState, looks: Iterable<Iterable<BridgeId>>): ReadonlySet<BridgeId> {
  const wanted = new Set(audible(floor));
  for (const { bridge } of floor.asking.slice(0, MOST_PREVIEWED)) wanted.add(bridge);
  for (const look of looks) for (const bridge of look) wanted.add(bridge);
  return wanted;
}

/** Places of those who ask, from 1. */
export function placesAsking({ asking }: FloorState): ReadonlyMap<BridgeId, number> {
  return new Map(asking.map(({ bridge }, at) => [bridge, at + 1]));
}
