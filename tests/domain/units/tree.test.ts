import { expect, test } from 'vitest';

import { checkUnits } from '../../../domain/units/check.ts';
import { differencesOn } from '../../../domain/units/difference.ts';
import { coverageOf, layList } from '../../../domain/units/history.ts';
import { readUnitRows } from '../../../domain/units/import.ts';
import { pinTree } from '../../../domain/units/pin.ts';
import { PROVINCES } from '../../../domain/units/provinces.ts';
import { sayPinWarning, sayUnitTreeFailure } from '../../../domain/units/sentences.ts';
import { countByLevel, pathOf, treeAsOf, unitAtLevel, unitsWithin } from '../../../domain/units/tree.ts';
import type { Unit, UnitTree } from '../../../domain/units/unit.ts';
import { LevelId } from '../../../domain/ids.ts';
import { code, date, failureOf, fixtureRows, unit, valueOf } from './lists.ts';

const history = layList(
  readUnitRows(fixtureRows('three-level.csv')).units,
  readUnitRows(fixtureRows('two-level.csv')).units,
);

function treeOf(units: readonly Unit[], asOf: string): UnitTree {
  return valueOf(treeAsOf(units, date(asOf)));
}

const levelIds = (tree: UnitTree) => tree.levels.map((level) => level.id);

test('on 13/01/2025 the tree has districts, from 01/07/2025 it has none', () => {
  expect(levelIds(treeOf(history, '2025-01-13'))).toEqual(['province', 'district', 'commune']);
  expect(levelIds(treeOf(history, '2025-06-30'))).toEqual(['province', 'district', 'commune']);
  expect(levelIds(treeOf(history, '2025-07-01'))).toEqual(['province', 'commune']);
});

test('what hangs below what follows the date', () => {
  const before = treeOf(history, '2025-01-13');
  expect(before.children(code('19')).map((child) => child.fullName)).toEqual([
    'Thành phố Thái Nguyên',
    'Huyện Đại Từ',
  ]);
  expect(pathOf(before, code('05773')).map((step) => step.code)).toEqual(['05773', '171', '19']);
  const after = treeOf(history, '2025-07-01');
  expect(after.children(code('19')).map((child) => child.fullName)).toEqual(['Xã La Bằng', 'Xã Đại Từ']);
  expect(after.get(code('171'))).toBeUndefined();
});

test('a district without communes is a leaf of its own level', () => {
  const tree = treeOf(history, '2025-01-13');
  expect(tree.get(code('536'))?.level).toBe('district');
  expect(tree.children(code('536'))).toEqual([]);
});

test('units of one name stay apart by their codes', () => {
  const tree = treeOf(history, '2025-01-13');
  expect(tree.get(code('05773'))?.name).toBe(tree.get(code('08644'))?.name);
  expect(unitAtLevel(tree, code('05773'), LevelId.parse('province'))?.name).toBe('Thái Nguyên');
  expect(unitAtLevel(tree, code('08644'), LevelId.parse('province'))?.name).toBe('Phú Thọ');
});

test('roots and children come in code order, and a walk sets each unit after its parent, once', () => {
  const tree = treeOf(history, '2025-01-13');
  expect(tree.roots.map((root) => root.code)).toEqual(['19', '25', '46', '51']);
  const walked = unitsWithin(tree).map((step) => step.code);
  expect(walked).toHaveLength(tree.size);
  expect(new Set(walked).size).toBe(tree.size);
  for (const step of unitsWithin(tree)) {
    expect(walked.indexOf(step.parent ?? step.code)).toBeLessThanOrEqual(walked.indexOf(step.code));
  }
  expect(unitsWithin(tree, [code('171'), code('05773')]).map((step) => step.code)).toEqual([
    '171',
    '05761',
    '05773',
  ]);
});

test('the program knows 63 provinces until 30/06/2025 and 34 from the day after', () => {
  const sixtyThree = treeOf(PROVINCES, '2025-06-30');
  expect(sixtyThree.size).toBe(63);
  expect(sixtyThree.roots.filter((root) => root.type !== 'Tỉnh').map((root) => root.name)).toEqual([
    'Hà Nội',
    'Hải Phòng',
    'Huế',
    'Đà Nẵng',
    'Hồ Chí Minh',
    'Cần Thơ',
  ]);
  expect(treeOf(PROVINCES, '2025-01-13').size).toBe(63);
  expect(treeOf(PROVINCES, '2025-07-01').size).toBe(34);
});

test('Đồng Nai is a province until 29/04/2026 and a city from 30/04/2026, under one code', () => {
  expect(treeOf(PROVINCES, '2026-04-29').get(code('75'))?.fullName).toBe('Tỉnh Đồng Nai');
  expect(treeOf(PROVINCES, '2026-04-30').get(code('75'))?.fullName).toBe('Thành phố Đồng Nai');
  expect(countByLevel(treeOf(PROVINCES, '2026-04-30')).get(LevelId.parse('province'))).toBe(34);
  expect(checkUnits(PROVINCES)).toEqual([]);
});

test('a date without units is a failure that names the nearest date with some', () => {
  const early = failureOf(treeAsOf(PROVINCES, date('2024-12-01')));
  expect(early).toEqual({ ok: false, reason: 'no units', asOf: '2024-12-01', nearest: '2025-01-01' });
  expect(sayUnitTreeFailure(early, 'vi')).toBe(
    'Chưa có danh mục đơn vị của ngày 01/12/2024. Gần nhất là danh mục ngày 01/01/2025.',
  );
  expect(treeAsOf([], date('2025-01-13'))).toMatchObject({ reason: 'no units', nearest: null });
});

test.each([
  ['a parent that no unit has', [unit({ code: 'a', parent: 'nowhere' })], [[0, 'missing parent']]],
  [
    'a parent that ended before',
    [unit({ code: 'p', type: 'Tỉnh', validTo: '2025-01-05' }), unit({ code: 'a', parent: 'p' })],
    [[1, 'missing parent']],
  ],
  [
    'two units of one code on one day',
    [unit({ code: 'p', type: 'Tỉnh' }), unit({ code: 'p', type: 'Tỉnh' })],
    [[1, 'duplicate code']],
  ],
  [
    'two stretches of one code that overlap',
    [
      unit({ code: 'p', type: 'Tỉnh' }),
      unit({ code: 'p', type: 'Tỉnh', validFrom: '2024-01-01', validTo: '2025-01-31' }),
    ],
    [[0, 'overlapping validity']],
  ],
  ['a type of no level', [unit({ code: 'a', type: 'Tổng', level: 'commune' })], [[0, 'unknown type']]],
  [
    'a parent of a lower level',
    [unit({ code: 'p', type: 'Tỉnh', parent: 'x' }), unit({ code: 'x' })],
    [[0, 'parent not above']],
  ],
  [
    'a parent of the same level',
    [unit({ code: 'a' }), unit({ code: 'b', parent: 'a' })],
    [[1, 'parent not above']],
  ],
])('%s keeps the tree from being built, naming the row', (_, units, expected) => {
  const failure = failureOf(treeAsOf(units, date('2025-01-13')));
  const problems = failure.reason === 'broken' ? failure.problems : [];
  expect(problems.map((problem) => [problem.at, problem.reason])).toEqual(expected);
  const vi = sayUnitTreeFailure(failure, 'vi');
  expect(vi).toMatch(/^Danh mục đơn vị ngày 13\/01\/2025 có 1 lỗi\. .+\.$/);
  expect(vi).not.toMatch(/null|undefined/);
  expect(sayUnitTreeFailure(failure, 'en')).not.toBe(vi);
});

test('a cycle is reported once, with the codes on it in order', () => {
  const units = [
    unit({ code: 'p', type: 'Tỉnh' }),
    unit({ code: 'a', parent: 'b' }),
    unit({ code: 'b', type: 'Huyện', parent: 'c' }),
    unit({ code: 'c', type: 'Huyện', parent: 'a' }),
    unit({ code: 'd', parent: 'b' }),
  ];
  const problems = checkUnits(units, undefined, date('2025-01-13'));
  expect(problems.map((problem) => [problem.at, problem.reason])).toEqual([[1, 'cycle']]);
  expect(problems[0]).toMatchObject({ codes: ['a', 'b', 'c'] });
});

test('a unit below itself is a cycle of one', () => {
  expect(checkUnits([unit({ code: 'a', parent: 'a' })])).toMatchObject([{ reason: 'cycle', codes: ['a'] }]);
});

test('over the whole of time a parent must stand as long as its child, be it in several stretches', () => {
  const child = unit({ code: 'a', parent: 'p', validFrom: '2025-01-01', validTo: '2025-12-31' });
  const first = unit({ code: 'p', type: 'Tỉnh', validFrom: '2024-01-01', validTo: '2025-06-30' });
  const second = unit({ code: 'p', type: 'Tỉnh', validFrom: '2025-07-01' });
  expect(checkUnits([first, second, child])).toEqual([]);
  const late = unit({ code: 'p', type: 'Tỉnh', validFrom: '2025-07-02' });
  expect(checkUnits([first, late, child])).toMatchObject([
    { at: 2, reason: 'missing parent', on: '2025-07-01' },
  ]);
});

test('a conference may pin the tree of another date, with a warning', () => {
  const official = history.map((one) =>
    one.validFrom === '2025-01-01' ? { ...one, validFrom: date('2025-03-01') } : one,
  );
  expect(pinTree(official, date('2025-01-13'))).toMatchObject({
    ok: false,
    reason: 'no units',
    nearest: '2025-03-01',
  });
  const { warning } = valueOf(pinTree(official, date('2025-01-13'), date('2025-03-01')));
  expect(warning).toEqual({ kind: 'other date', pinned: '2025-03-01', conference: '2025-01-13' });
  const said = warning ?? { kind: 'other date', pinned: date('2020-01-01'), conference: date('2020-01-01') };
  expect(sayPinWarning(said, 'vi')).toMatch(/13\/01\/2025 .* 01\/03\/2025/);
  expect(sayPinWarning(said, 'en')).toMatch(/13\/01\/2025 .* 01\/03\/2025/);
});

test('a pinned date with the very same units warns of nothing', () => {
  expect(pinTree(history, date('2025-01-13'), date('2025-03-01'))).toMatchObject({
    ok: true,
    value: { warning: null },
  });
  expect(pinTree(history, date('2025-01-13'))).toMatchObject({ ok: true, value: { warning: null } });
  expect(pinTree(history, date('2025-08-01'), date('2025-03-01'))).toMatchObject({
    value: { warning: { pinned: '2025-03-01' } },
  });
});

test('a list closes what it replaces and leaves the time before it alone', () => {
  const known = [unit({ code: 'p', type: 'Tỉnh', name: 'Cũ', validFrom: '2020-01-01' })];
  const list = [unit({ code: 'p', type: 'Tỉnh', name: 'Mới', validFrom: '2025-07-01' })];
  const both = layList(known, list);
  expect(both.map((one) => [one.name, one.validFrom, one.validTo])).toEqual([
    ['Cũ', '2020-01-01', '2025-06-30'],
    ['Mới', '2025-07-01', null],
  ]);
  expect(checkUnits(both)).toEqual([]);
  expect(layList(both, list)).toEqual(both);
});

test('an older list that is imported later fits in before the newer one', () => {
  const newer = [unit({ code: 'p', type: 'Tỉnh', name: 'Mới', validFrom: '2025-07-01' })];
  const older = [
    unit({ code: 'p', type: 'Tỉnh', name: 'Cũ', validFrom: '2025-01-01', validTo: '2025-06-30' }),
  ];
  expect(layList(newer, older).map((one) => one.name)).toEqual(['Mới', 'Cũ']);
  expect(treeOf(layList(newer, older), '2025-06-30').roots[0]?.name).toBe('Cũ');
});

test('a list for a stretch inside a longer one splits it', () => {
  const known = [unit({ code: 'p', type: 'Tỉnh', name: 'Cũ', validFrom: '2020-01-01' })];
  const list = [
    unit({ code: 'p', type: 'Tỉnh', name: 'Giữa', validFrom: '2025-01-01', validTo: '2025-06-30' }),
  ];
  expect(
    layList(known, list)
      .map((one) => [one.name, one.validFrom, one.validTo])
      .toSorted((a, b) => (String(a[1]) < String(b[1]) ? -1 : 1)),
  ).toEqual([
    ['Cũ', '2020-01-01', '2024-12-31'],
    ['Giữa', '2025-01-01', '2025-06-30'],
    ['Cũ', '2025-07-01', null],
  ]);
});

/** Two provinces with a commune each, and a list of one of them alone. */
const TWO = [
  unit({ code: '19', type: 'Tỉnh' }),
  unit({ code: '24', type: 'Tỉnh' }),
  unit({ code: '05773', parent: '19' }),
  unit({ code: '07210', parent: '24' }),
];
const ONE_ALONE = [
  unit({ code: '19', type: 'Tỉnh', validFrom: '2025-07-01' }),
  unit({ code: '05774', parent: '19', validFrom: '2025-07-01' }),
];

test('the list of one province replaces that province and leaves the others alone', () => {
  expect(coverageOf(TWO, ONE_ALONE)).toBe('provinces');
  const after = treeOf(layList(TWO, ONE_ALONE), '2025-07-01');
  expect(unitsWithin(after).map((one) => one.code)).toEqual(['19', '05774', '24', '07210']);
  const before = treeOf(layList(TWO, ONE_ALONE), '2025-06-30');
  expect(unitsWithin(before).map((one) => one.code)).toEqual(['19', '05773', '24', '07210']);
  expect(layList(layList(TWO, ONE_ALONE), ONE_ALONE)).toEqual(layList(TWO, ONE_ALONE));
});

test('a list that has every province, or says that it speaks of the country, takes the others away', () => {
  const whole = [...ONE_ALONE, unit({ code: '24', type: 'Tỉnh', validFrom: '2025-07-01' })];
  expect(coverageOf(TWO, whole)).toBe('country');
  expect(unitsWithin(treeOf(layList(TWO, ONE_ALONE, 'country'), '2025-07-01'))).toHaveLength(2);
  // 63 provinces became 34: nobody lists half a country, so the merged ones are gone.
  const [old, now] = [
    PROVINCES.filter(({ validTo }) => validTo === '2025-06-30'),
    PROVINCES.filter(({ validTo }) => validTo === null),
  ];
  const open = old.map((one) => ({ ...one, validTo: null }));
  expect(coverageOf(open, now)).toBe('country');
});

test('a commune that came from another province stands once', () => {
  const moved = [...ONE_ALONE, unit({ code: '07210', parent: '19', validFrom: '2025-07-01' })];
  const after = layList(TWO, moved);
  expect(checkUnits(after)).toEqual([]);
  expect(treeOf(after, '2025-07-01').children(code('24'))).toEqual([]);
});

test('what a list changes is told by code: new, gone, renamed, moved', () => {
  const list = [
    unit({ code: '19', type: 'Tỉnh', name: 'Khác', validFrom: '2025-07-01' }),
    unit({ code: '05774', parent: '19', validFrom: '2025-07-01' }),
    unit({ code: '07210', parent: '19', validFrom: '2025-07-01' }),
  ];
  const told = differencesOn(date('2025-07-01'), TWO, layList(TWO, list));
  expect(told.map(({ kind, code: of }) => `${kind} ${of}`)).toEqual([
    'new 05774',
    'gone 05773',
    'renamed 19',
    'moved 07210',
  ]);
});
