import { describe, expect, test } from 'vitest';

import { BridgeId } from '../../../domain/ids.ts';
import { EMPTY_FLOOR, type FloorState } from '../../../domain/media/floor.ts';
import { placesAsking, streamsOnAir, wantedBridges } from '../../../domain/media/on-air.ts';
import type { Instant } from '../../../domain/time.ts';

const bridge = (id: string) => BridgeId.parse(id);
const [hall, north, south] = [bridge('hall'), bridge('north'), bridge('south')];
const at = 0 as Instant;
const speaking: FloorState = {
  program: hall,
  holder: { bridge: north, since: at, before: hall },
  asking: [{ bridge: south, at }],
};
const sentBy = (who: BridgeId) => [
  { from: who, kind: 'video' as const },
  { from: who, kind: 'audio' as const },
];

describe('on air', () => {
  test('are pictures of the bridge on program, and sound of it and of whoever has the floor', () => {
    expect(streamsOnAir(speaking, sentBy)).toEqual([
      { from: hall, kind: 'video' },
      { from: hall, kind: 'audio' },
      { from: north, kind: 'audio' },
    ]);
  });

  test('is nothing before anybody is on program', () => {
    expect(streamsOnAir(EMPTY_FLOOR, sentBy)).toEqual([]);
  });
});

describe('wanted', () => {
  test('are those on air, those who ask, and those whom a control room looks at', () => {
    expect(wantedBridges(speaking, [])).toEqual(new Set([hall, north, south]));
    expect(wantedBridges(EMPTY_FLOOR, [[north], [north, south]])).toEqual(new Set([north, south]));
  });

  test('are of many who ask only the first: their cameras would fill the line of the engine', () => {
    const asking = Array.from({ length: 5000 }, (_, place) => ({ bridge: bridge(`b${place}`), at }));
    expect([...wantedBridges({ ...EMPTY_FLOOR, asking }, [])]).toEqual(
      asking.slice(0, 8).map(({ bridge: who }) => who),
    );
  });
});

test('places of those who ask begin with one', () => {
  expect(placesAsking(speaking)).toEqual(new Map([[south, 1]]));
});
