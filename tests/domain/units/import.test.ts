import { expect, test } from 'vitest';

import { readUnitRows } from '../../../domain/units/import.ts';
import type { UnitRowError } from '../../../domain/units/import.ts';
import { sayUnitRowError } from '../../../domain/units/sentences.ts';
import { date, fixtureRows, rowsOf } from './lists.ts';

const HEADER = 'Mã;Tên;Loại;Mã cấp trên;Hiệu lực từ;Hiệu lực đến\n';

function read(lines: string, validFrom?: string) {
  return readUnitRows(rowsOf(HEADER + lines), validFrom === undefined ? {} : { validFrom: date(validFrom) });
}

const faults = (errors: readonly UnitRowError[]) =>
  errors.map((error) => [
    'row' in error ? error.row : 0,
    'column' in error ? error.column : '',
    error.reason,
  ]);

test('a list in Vietnamese headers is read, and a name gets its title', () => {
  const { rows, units, errors } = readUnitRows(fixtureRows('three-level.csv'));
  expect(errors).toEqual([]);
  expect(rows).toBe(12);
  expect(units).toHaveLength(12);
  expect(units.find((unit) => unit.code === '05773')).toEqual({
    code: '05773',
    level: 'commune',
    type: 'Xã',
    name: 'Yên Lãng',
    fullName: 'Xã Yên Lãng',
    parent: '171',
    validFrom: '2025-01-01',
    validTo: '2025-06-30',
  });
  expect(units.find((unit) => unit.code === '46')?.fullName).toBe('Thành phố Huế');
});

test("the statistics office's list of one line per commune gives each unit once", () => {
  const { units, errors } = readUnitRows(fixtureRows('wide.csv', ','), { validFrom: date('2025-01-01') });
  expect(errors).toEqual([]);
  expect(units.map((unit) => [unit.code, unit.level, unit.fullName, unit.parent])).toEqual([
    ['19', 'province', 'Tỉnh Thái Nguyên', null],
    ['164', 'district', 'Thành phố Thái Nguyên', '19'],
    ['05431', 'commune', 'Phường Quán Triều', '164'],
    ['171', 'district', 'Huyện Đại Từ', '19'],
    ['05761', 'commune', 'Thị trấn Hùng Sơn', '171'],
    ['05773', 'commune', 'Xã Yên Lãng', '171'],
    ['51', 'province', 'Tỉnh Quảng Ngãi', null],
    ['536', 'district', 'Huyện Lý Sơn', '51'],
    ['46', 'province', 'Thành phố Huế', null],
    ['475', 'district', 'Quận Phú Xuân', '46'],
    ['19753', 'commune', 'Phường Thuận Lộc', '475'],
  ]);
});

test('a code with two names in such a list is an error at the later row', () => {
  const csv =
    'Mã TP,Tỉnh Thành Phố,Mã PX,Phường Xã\n19,Tỉnh Thái Nguyên,05830,Xã Đại Từ\n19,Tỉnh Cao Bằng,05818,Xã La Bằng\n';
  const { errors } = readUnitRows(rowsOf(csv, ','), { validFrom: date('2025-07-01') });
  expect(errors).toEqual([
    { row: 3, column: 'Mã TP', reason: 'two names', code: '19', before: 'Tỉnh Thái Nguyên' },
  ]);
});

test('the number of a level in the list is not asked: 2 is a commune in a list without districts', () => {
  const rows = rowsOf(
    'code,level,type,name,full_name,parent_code,effective_from,effective_to\n' +
      '19,1,Tỉnh,Thái Nguyên,Tỉnh Thái Nguyên,,2025-07-01,\n05830,2,Xã,Đại Từ,Xã Đại Từ,19,2025-07-01,\n',
    ',',
  );
  expect(readUnitRows(rows).units.map((unit) => unit.level)).toEqual(['province', 'commune']);
});

test("a 'valid from' overrides the list's own column", () => {
  const { units, errors } = read('19;Thái Nguyên;Tỉnh;;01/03/2025;30/06/2025\n', '2025-01-13');
  expect(errors).toEqual([]);
  expect(units[0]).toMatchObject({ validFrom: '2025-01-13', validTo: '2025-06-30' });
});

test('a title in the name column is taken for the type and off the name', () => {
  const { units, errors } = readUnitRows(
    rowsOf('Mã;Tên;Mã cấp trên\n79;Thành phố Hồ Chí Minh;\n760;Quận 1;79\n26740;Phường Bến Nghé;760\n'),
    { validFrom: date('2025-01-01') },
  );
  expect(errors).toEqual([]);
  expect(units.map((unit) => [unit.type, unit.name, unit.fullName])).toEqual([
    ['Thành phố trực thuộc Trung ương', 'Hồ Chí Minh', 'Thành phố Hồ Chí Minh'],
    ['Quận', '1', 'Quận 1'],
    ['Phường', 'Bến Nghé', 'Phường Bến Nghé'],
  ]);
});

test('names in decomposed letters and with odd blanks come out clean', () => {
  const { units } = read(`19;${'Thái  Nguyên'.normalize('NFD')}\u00A0;Tỉnh;;01/01/2025;\n`);
  expect(units[0]?.name).toBe('Thái Nguyên'.normalize('NFC'));
});

test('every faulty row is reported with its number and column, and the others are read', () => {
  const { rows, units, errors } = read(
    [
      '19;Thái Nguyên;Tỉnh;;01/01/2025;',
      ';Không mã;Tỉnh;;01/01/2025;',
      '20;;Tỉnh;;01/01/2025;',
      '21;Không loại;;;01/01/2025;',
      '22;Loại lạ;Tổng;;01/01/2025;',
      '23;Ngày sai;Tỉnh;;31/02/2025;',
      '24;Không ngày;Tỉnh;;;',
      '25;Ngược ngày;Tỉnh;;02/01/2025;01/01/2025',
      'mã xấu;Mã xấu;Tỉnh;;01/01/2025;',
      '19;Trùng mã;Tỉnh;;01/01/2025;',
      '30;Mồ côi;Xã;99;01/01/2025;',
      '31;Ngang cấp;Tỉnh;19;01/01/2025;',
      `32;${'Dài '.repeat(300)};Tỉnh;;01/01/2025;`,
      '33;Tốt;Xã;19;01/01/2025;',
      '',
    ].join('\n'),
  );
  expect(rows).toBe(14);
  expect(faults(errors)).toEqual([
    [3, 'Mã', 'no code'],
    [4, 'Tên', 'no name'],
    [5, 'Loại', 'no type'],
    [6, 'Loại', 'unknown type'],
    [7, 'Hiệu lực từ', 'not a date'],
    [8, 'Hiệu lực từ', 'no valid from'],
    [9, 'Hiệu lực đến', 'ends before it starts'],
    [10, 'Mã', 'bad code'],
    [11, 'Mã', 'duplicate code'],
    [12, 'Mã cấp trên', 'missing parent'],
    [13, 'Mã cấp trên', 'parent not above'],
    [14, 'Tên', 'too long'],
  ]);
  expect(units.map((unit) => unit.code)).toEqual(['19', '33']);
});

test('a unit below a faulty row is not reported as an orphan', () => {
  const { errors } = read('19;;Tỉnh;;01/01/2025;\n30;Con;Xã;19;01/01/2025;\n');
  expect(faults(errors)).toEqual([[2, 'Tên', 'no name']]);
});

test('a cycle names the row where it is met and the codes on it', () => {
  const { errors } = read('1;A;Huyện;2;01/01/2025;\n2;B;Huyện;1;01/01/2025;\n');
  expect(errors).toEqual([{ row: 2, column: 'Mã cấp trên', reason: 'cycle', codes: ['1', '2'] }]);
});

test('a file without the needed columns, or without rows, says which', () => {
  expect(readUnitRows([]).errors).toEqual([{ reason: 'no rows' }]);
  expect(readUnitRows(rowsOf('Họ tên;Chức vụ\nA;B\n')).errors).toEqual([
    { reason: 'missing column', field: 'code' },
    { reason: 'missing column', field: 'name' },
    { reason: 'missing column', field: 'type' },
    { reason: 'missing column', field: 'valid from' },
  ]);
});

test('ten megabytes in a name are refused by row and column', () => {
  const { errors } = readUnitRows([
    { row: 2, cells: { Mã: '19', Tên: 'a'.repeat(10_000_000), Loại: 'Tỉnh', 'Hiệu lực từ': '01/01/2025' } },
  ]);
  expect(errors).toEqual([{ row: 2, column: 'Tên', reason: 'too long', most: 200 }]);
});

test('every error has a sentence in both languages that names the place', () => {
  const { errors } = read(
    ';A;Tổng;;x;\n19;B;Tỉnh;;01/01/2025;\n19;B;Tỉnh;;01/01/2025;\n20;C;Xã;99;01/01/2025;\n' +
      '1;A;Huyện;2;01/01/2025;\n2;B;Huyện;1;01/01/2025;\n21;D;Tỉnh;19;01/01/2025;\n',
  );
  expect(errors.length).toBeGreaterThan(6);
  for (const error of errors) {
    const vi = sayUnitRowError(error, 'vi');
    const en = sayUnitRowError(error, 'en');
    expect(vi.at).toMatch(/^dòng \d+, cột /);
    expect(en.at).toMatch(/^row \d+, column /);
    expect(vi.message).toMatch(/\.$/);
    expect(en.message).not.toBe(vi.message);
  }
  expect(sayUnitRowError({ reason: 'missing column', field: 'code' }, 'vi')).toEqual({
    at: 'dòng tiêu đề',
    message: 'Không thấy cột "Mã".',
  });
});
