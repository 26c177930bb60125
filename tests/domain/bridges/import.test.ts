import { expect, test } from 'vitest';

import { readBridgeRows } from '../../../domain/bridges/import.ts';
import type { BridgeRowError } from '../../../domain/bridges/import.ts';
import { sayBridgeRowError } from '../../../domain/bridges/sentences.ts';
import { readUnitRows } from '../../../domain/units/import.ts';
import { treeAsOf } from '../../../domain/units/tree.ts';
import { date, fixtureRows, rowsOf, valueOf } from '../units/lists.ts';

const unitTree = valueOf(treeAsOf(readUnitRows(fixtureRows('three-level.csv')).units, date('2025-01-13')));
const HEADER =
  'Loại điểm cầu;Mã đơn vị;Cơ quan;Tên điểm cầu;Điểm cầu cấp trên;Số chỗ;Mã người chủ trì;Địa điểm\n';

function read(lines: string) {
  return readBridgeRows(rowsOf(HEADER + lines), { unitTree, knowsPerson: (id) => !id.startsWith('?') });
}

const faults = (errors: readonly BridgeRowError[]) =>
  errors.map((error) => ('row' in error ? [error.row, error.column, error.reason] : [error.reason]));

test('rows are read by Vietnamese headers, and a unit without a class is its own bridge', () => {
  const { bridges, errors } = read(
    'Bộ, ngành;;Bộ Mẫu;;;200;an;Phòng họp số 1\n;171;;;;120;;\nĐảng ủy Khối;;Đảng ủy Khối Mẫu;;19;;;\nThôn;;Thôn 1;;05773;30;;\n',
  );
  expect(errors).toEqual([]);
  expect(
    bridges.map(({ row, bridge }) => [row, bridge.class, bridge.unit, bridge.organisation, bridge.under]),
  ).toEqual([
    [2, 'agency', null, 'Bộ Mẫu', null],
    [3, 'district', '171', null, null],
    [4, 'party-bloc', null, 'Đảng ủy Khối Mẫu', '19'],
    [5, 'village', null, 'Thôn 1', '05773'],
  ]);
  expect(bridges[0]?.bridge).toMatchObject({ capacity: 200, chair: 'an', address: 'Phòng họp số 1' });
});

test('the second row of a unit is its second bridge', () => {
  const { bridges } = read(';19;;Hội trường Tỉnh ủy;;300;;\n;19;;Hội trường Thành phố;;150;;\n');
  expect(bridges.map(({ bridge }) => bridge.ordinal)).toEqual([1, 2]);
});

test('every faulty row is reported with its number and column', () => {
  const { rows, bridges, errors } = read(
    [
      ';;Bộ Mẫu;;;;;',
      'Loại lạ;;Bộ Mẫu;;;;;',
      'Bộ;;;;;;;',
      ';99999;;;;;;',
      'Bộ;;Bộ A;;;nhiều;;',
      'Bộ;;Bộ B;;;1.5;;',
      'Bộ;;Bộ C;;;-5;;',
      'Bộ;;Bộ D;;;;?;',
      'Bộ;;Bộ E;;;;an;',
      'Bộ;;Bộ F;;;;an;',
      `Bộ;;${'Dài '.repeat(500)};;;;;`,
      'Bộ;;Bộ G;;;1.500;;',
      '',
    ].join('\n'),
  );
  expect(rows).toBe(12);
  expect(faults(errors)).toEqual([
    [2, 'Loại điểm cầu', 'no class'],
    [3, 'Loại điểm cầu', 'unknown class'],
    [4, 'Cơ quan', 'no organisation'],
    [5, 'Mã đơn vị', 'unknown unit'],
    [6, 'Số chỗ', 'not a capacity'],
    [7, 'Số chỗ', 'not a capacity'],
    [8, 'Số chỗ', 'not a capacity'],
    [9, 'Mã người chủ trì', 'unknown person'],
    [11, 'Mã người chủ trì', 'chairs twice'],
    [12, 'Cơ quan', 'too long'],
  ]);
  expect(bridges.map(({ row, bridge }) => [row, bridge.capacity])).toEqual([
    [10, null],
    [13, 1500],
  ]);
  for (const error of errors) {
    expect(sayBridgeRowError(error, 'vi').at).toMatch(/^dòng \d+, cột /);
    expect(sayBridgeRowError(error, 'vi').message).toMatch(/\.$/);
    expect(sayBridgeRowError(error, 'en').message).not.toBe(sayBridgeRowError(error, 'vi').message);
  }
});

test('a file without a column that names bridges, or without rows, says so', () => {
  expect(readBridgeRows([], { unitTree, knowsPerson: () => true }).errors).toEqual([{ reason: 'no rows' }]);
  const { errors } = readBridgeRows(rowsOf('Họ tên\nA\n'), { unitTree, knowsPerson: () => true });
  expect(errors).toEqual([{ reason: 'missing column' }]);
});
