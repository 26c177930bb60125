import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { BridgeId } from '../../../domain/ids.ts';
import { isResting, type View } from '../../../domain/media/viewing.ts';
import { wallPage } from '../../../domain/media/wall.ts';

const many = (count: number) => Array.from({ length: count }, (_, at) => BridgeId.parse(`b${at}`));

describe('the wall', () => {
  test('35 bridges on pages of 16 are three pages, and 32 are not on the last', () => {
    expect(wallPage(many(35), 16, 2)).toMatchObject({ pages: 3, before: 32, after: 0 });
    expect(wallPage(many(35), 16, 2).tiles).toHaveLength(3);
  });

  test('a page that is gone is the last one there is', () => {
    expect(wallPage(many(16), 16, 7)).toMatchObject({ page: 0, pages: 1 });
    expect(wallPage([], 16, 3)).toEqual({ tiles: [], page: 0, pages: 1, before: 0, after: 0 });
  });

  test('tiles and "and so many more" add up, and all pages together show everybody once', () => {
    fc.assert(
      fc.property(
        fc.nat(300),
        fc.integer({ min: 1, max: 49 }),
        fc.integer({ min: -3, max: 400 }),
        (count, size, page) => {
          const bridges = many(count);
          const one = wallPage(bridges, size, page);
          expect(one.before + one.tiles.length + one.after).toBe(count);
          const all = Array.from({ length: one.pages }, (_, at) => wallPage(bridges, size, at).tiles).flat();
          expect(all).toEqual(bridges);
        },
      ),
    );
  });
});

describe('consumers', () => {
  const [here, there] = [BridgeId.parse('here'), BridgeId.parse('there')];
  const view: View = {
    at: here,
    isVisible: true,
    shown: new Set([here, there]),
    heard: new Set([here, there]),
  };

  test('a picture rests when it is not shown or the window is out of sight', () => {
    expect(isResting({ from: there, kind: 'video' }, view)).toBe(false);
    expect(isResting({ from: there, kind: 'video' }, { ...view, shown: new Set() })).toBe(true);
    expect(isResting({ from: there, kind: 'video' }, { ...view, isVisible: false })).toBe(true);
  });

  test('sound goes on out of sight, and a bridge never hears itself', () => {
    expect(isResting({ from: there, kind: 'audio' }, { ...view, isVisible: false, shown: new Set() })).toBe(
      false,
    );
    expect(isResting({ from: there, kind: 'audio' }, { ...view, heard: new Set() })).toBe(true);
    expect(isResting({ from: here, kind: 'audio' }, view)).toBe(true);
    expect(isResting({ from: here, kind: 'video' }, view)).toBe(false);
  });
});
