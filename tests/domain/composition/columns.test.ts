import { describe, expect, test } from 'vitest';

import { parseFields, proposeColumns, shapeOf } from '../../../domain/composition/columns.ts';
import { readRosterRow } from '../../../domain/composition/roster.ts';

const fields = (headers: string[], rows: string[][] = [], remembered = null) =>
  proposeColumns(headers, rows, remembered).map(({ field, ground }) => [field, ground]);

describe('columns of a roster', () => {
  test('are known by their headers, also where these say more', () => {
    expect(fields(['STT', 'Họ và tên đại biểu', 'Chức vụ, nơi công tác', 'Số điện thoại'])).toEqual([
      [null, null],
      ['name', 'header'],
      ['position', 'header'],
      ['phone', 'header'],
    ]);
  });

  test('are known by what is in them where the header says nothing', () => {
    const rows = [
      ['Nông Thị Lan', 'Bí thư Đảng ủy xã', '0912 345 678', '02/03/1975', 'lan@vidu.vn'],
      ['Lò Văn Ước', 'Trưởng thôn 2', '0912345679', '5/6/1980', 'uoc@vidu.vn'],
      ['Đỗ Văn Ổn', 'Hiệu trưởng Trường THCS', '0912.345.670', '07.08.1969', 'on@vidu.vn'],
    ];
    expect(fields(['A', 'B', 'C', 'D', 'E'], rows).map(([field]) => field)).toEqual([
      'name',
      'position',
      'phone',
      'birthDate',
      'email',
    ]);
    expect(fields(['A', 'B', 'C', 'D', 'E'], rows.slice(0, 2)).every(([field]) => field === null)).toBe(true);
  });

  test('are read as somebody said for a file of the same shape, whatever marks its headers have', () => {
    expect(shapeOf(['Họ tên', 'CHỨC VỤ'])).toBe(shapeOf(['ho ten', 'Chức  vụ']));
    const remembered = proposeColumns(['Ông bà', 'Chức vụ'], [], ['name', null]);
    expect(remembered.map(({ field, ground }) => [field, ground])).toEqual([
      ['name', 'remembered'],
      [null, null],
    ]);
  });

  test('given by a person stand once each, or are no list', () => {
    expect(parseFields('name,,position')).toEqual(['name', null, 'position']);
    expect(parseFields('name,name')).toBeNull();
    expect(parseFields('ten')).toBeNull();
  });

  test('with the name in two of them come to one name', () => {
    const columns = proposeColumns(['Họ và tên đệm', 'Tên'], [], null);
    const cells = { 'Họ và tên đệm': 'Nông Thị', Tên: 'Lan' };
    const { person } = readRosterRow(
      columns,
      { row: 2, cells },
      { newId: () => 'p', hashCitizenNumber: String },
    );
    expect(person).toMatchObject({ name: 'Nông Thị Lan', sortGiven: 'Lan' });
  });
});
