import { expect, test } from 'vitest';

import { rowPlace } from '../../../domain/text/rows.ts';

test('a place in a file is its row, and its column where one is meant, in either language', () => {
  expect(rowPlace(17, 'Họ và tên', 'vi')).toBe('dòng 17, cột Họ và tên');
  expect(rowPlace(17, 'Họ và tên', 'en')).toBe('row 17, column Họ và tên');
  expect(rowPlace(17, null, 'vi')).toBe('dòng 17');
  expect(rowPlace(17, '', 'en')).toBe('row 17');
});
