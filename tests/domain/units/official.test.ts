import { readFileSync } from 'node:fs';

import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';

import { checkUnits } from '../../../domain/units/check.ts';
import { layList } from '../../../domain/units/history.ts';
import { readUnitRows } from '../../../domain/units/import.ts';
import { unitFinder } from '../../../domain/units/lookup.ts';
import { pinTree } from '../../../domain/units/pin.ts';
import { PROVINCES } from '../../../domain/units/provinces.ts';
import { countByLevel, treeAsOf } from '../../../domain/units/tree.ts';
import type { Unit, UnitTree } from '../../../domain/units/unit.ts';
import { toneKey } from '../../../domain/text/search.ts';
import { shared } from '../../shared.ts';
import { code, date, officialRows, valueOf, WITHOUT_LISTS } from './lists.ts';

const MARCH = 'units_2025-03-01_three_level.csv';
const JULY = 'units_2025-07-01_two_level.csv';
const APRIL = 'units_2026-04-30_two_level.csv';

function unitsOf(file: string, validFrom?: string): readonly Unit[] {
  const { units, errors } = readUnitRows(
    officialRows(file) ?? [],
    validFrom === undefined ? {} : { validFrom: date(validFrom) },
  );
  expect(errors).toEqual([]);
  return units;
}

function treeOf(units: readonly Unit[], asOf: string): UnitTree {
  return valueOf(treeAsOf(units, date(asOf)));
}

const namesOf = (units: readonly Unit[]) =>
  units.map((unit) => [unit.code, unit.type, toneKey(unit.fullName)]);

const counts = (tree: UnitTree) => Object.fromEntries(countByLevel(tree));

describe.skipIf(officialRows(MARCH) === null)(`official lists (${WITHOUT_LISTS} where skipped)`, () => {
  test('the list of 01/03/2025 has 10,794 units on three levels, five districts without communes', () => {
    const tree = treeOf(unitsOf(MARCH), '2025-03-01');
    expect(tree.size).toBe(10_794);
    expect(counts(tree)).toEqual({ province: 63, district: 696, commune: 10_035 });
    const childless = tree.roots
      .flatMap((province) => tree.children(province.code))
      .filter((district) => tree.children(district.code).length === 0);
    expect(childless.map((district) => district.code)).toEqual(['318', '471', '498', '536', '755']);
  });

  test('the lists from 01/07/2025 have 3,355 units on two levels', () => {
    expect(counts(treeOf(unitsOf(JULY), '2025-07-01'))).toEqual({ province: 34, commune: 3321 });
    expect(counts(treeOf(unitsOf(APRIL), '2026-04-30'))).toEqual({ province: 34, commune: 3321 });
  });

  test('laid over each other they make one history, from which each date takes its tree', () => {
    const history = layList(
      layList(layList(PROVINCES, unitsOf(APRIL)), unitsOf(MARCH, '2025-01-13')),
      unitsOf(JULY),
    );
    expect(checkUnits(history)).toEqual([]);
    expect(counts(treeOf(history, '2025-01-13'))).toEqual({ province: 63, district: 696, commune: 10_035 });
    expect(counts(treeOf(history, '2025-12-31'))).toEqual({ province: 34, commune: 3321 });
    expect(treeOf(history, '2026-04-29').get(code('75'))?.type).toBe('Tỉnh');
    expect(treeOf(history, '2026-04-30').get(code('75'))?.type).toBe('Thành phố trực thuộc Trung ương');
    // Before the stretch that the list was given, the short list of provinces still speaks.
    expect(treeOf(history, '2025-01-12').size).toBe(63);
  });

  test('the conference of 13/01/2025 pins the list of 01/03/2025 with a warning', () => {
    const units = unitsOf(MARCH);
    expect(pinTree(units, date('2025-01-13'))).toMatchObject({ ok: false, nearest: '2025-03-01' });
    const pinned = pinTree(units, date('2025-01-13'), date('2025-03-01'));
    expect(pinned).toMatchObject({ ok: true, value: { warning: { kind: 'other date' } } });
  });

  test("the program's own provinces agree with the lists, tone placement aside", () => {
    for (const [file, day] of [
      [MARCH, '2025-03-01'],
      [JULY, '2025-07-01'],
      [APRIL, '2026-04-30'],
    ] as const) {
      expect(namesOf(treeOf(PROVINCES, day).roots)).toEqual(namesOf(treeOf(unitsOf(file), day).roots));
    }
  });

  test('names repeat inside one province, so a search answers with a list', () => {
    const tree = treeOf(unitsOf(MARCH), '2025-03-01');
    const { find } = unitFinder(tree);
    expect(find('Phường 14, Thành phố Hồ Chí Minh').length).toBeGreaterThan(5);
    expect(find('xã Yên Lãng, huyện Đại Từ')).toHaveLength(1);
    expect(find('TP Hồ Chí Minh')).toHaveLength(1);
  });

  test('every code of the mapping from old to new units is in the trees, and none is left out', () => {
    const file = shared('data/units/mapping_old_commune_to_new_2025-07-01.csv');
    if (file === null) return;
    const before = treeOf(unitsOf(MARCH), '2025-03-01');
    const after = treeOf(unitsOf(JULY), '2025-07-01');
    const mapping: Record<string, string>[] = parse(readFileSync(file, 'utf8'), { columns: true });
    const expected: Record<string, string | undefined> = {
      ok: 'commune',
      district_without_communes: 'district',
      'abolished_before_2025-03-01': undefined,
    };
    const old = new Set<string>();
    const now = new Set<string>();
    for (const { old_code = '', new_code = '', new_province_code = '', old_status = '' } of mapping) {
      expect(after.get(code(new_code))?.parent).toBe(new_province_code);
      now.add(new_code);
      expect(before.get(code(old_code))?.level).toBe(expected[old_status]);
      if (old_status === 'ok') old.add(old_code);
    }
    expect(old.size).toBe(10_035);
    expect(now.size).toBe(3321);
  });
});
