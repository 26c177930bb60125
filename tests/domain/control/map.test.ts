import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { tileMap, tilePlaces } from '../../../domain/control/map.ts';
import { fold, turned } from '../../../domain/control/rest.ts';
import { UnitCode } from '../../../domain/ids.ts';
import { CivilDate } from '../../../domain/time.ts';
import { PROVINCES } from '../../../domain/units/provinces.ts';

describe.each(['2025-01-13', '2025-07-01', '2026-05-02'])('the tile map of %s', (iso) => {
  const date = CivilDate.parse(iso);
  const places = tilePlaces(date);
  const inForce = PROVINCES.filter(
    ({ validFrom, validTo }) => validFrom <= date && (validTo === null || validTo >= date),
  );
  const rowOf = (name: string): number => {
    const unit = inForce.find((province) => province.name === name);
    return places.get(unit?.code ?? '')?.row ?? NaN;
  };

  test('has a place of its own for every province in force, and none for any other', () => {
    expect([...places.keys()].toSorted()).toEqual(inForce.map(({ code }) => code).toSorted());
    const spots = [...places.values()].map(({ row, column }) => `${row} ${column}`);
    expect(new Set(spots).size).toBe(spots.length);
  });

  test('runs from north to south', () => {
    const southwards = [
      'Cao Bằng',
      'Hà Nội',
      'Nghệ An',
      'Quảng Trị',
      'Đà Nẵng',
      'Đắk Lắk',
      'Cần Thơ',
      'Cà Mau',
    ];
    const rows = southwards.map(rowOf);
    expect(rows).toEqual(rows.toSorted((a, b) => a - b));
    expect(new Set(rows).size).toBe(rows.length);
  });
});

const tile = (unit: string | null, name = unit) => ({
  unit: unit === null ? null : UnitCode.parse(unit),
  class: 'province',
  name,
});
const someProvinces = ['01', '02', '04', '06', '08', '10', '11', '12', '14', '15', '17'];

test('whoever is no province, or the second of one, stands beside the map', () => {
  const tiles = [...someProvinces.map((code) => tile(code)), tile(null, 'Bộ'), tile('01', 'Hà Nội 2')];
  const { placed, beside } = tileMap(tiles, CivilDate.parse('2025-01-13'));
  expect(placed).toHaveLength(someProvinces.length);
  expect(beside.map(({ name }) => name)).toEqual(['Bộ', 'Hà Nội 2']);
});

test('invented provinces, and a handful of real ones, stand in the order given', () => {
  const tiles = ['01', '97', '98'].map((code) => tile(code));
  expect(tileMap(tiles, CivilDate.parse('2025-01-13'))).toEqual({ placed: [], beside: tiles });
});

test('what is shown and "and N more" are the list, and take up no more places than there are', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 30 }), (items, most) => {
      const { shown, rest } = fold(items, most);
      expect([...shown, ...rest]).toEqual(items);
      expect(shown.length + (rest.length > 0 ? 1 : 0)).toBeLessThanOrEqual(most);
      expect(rest.length).not.toBe(1);
    }),
  );
});

test('a list that turns its pages shows every item once in a round', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1 }), fc.integer({ min: 1, max: 7 }), (items, size) => {
      const pages = Math.ceil(items.length / size);
      const seen = Array.from({ length: pages }, (_, turn) => turned(items, size, turn + pages)).flat();
      expect(seen).toEqual(items);
    }),
  );
});
