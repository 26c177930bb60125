import { expect, test } from 'vitest';

import { postParts } from '../../../domain/text/posts.ts';

test.each([
  ['Trưởng xóm 3', 'Xã Yên Lãng', ['Trưởng xóm 3', 'Xã Yên Lãng']],
  ['Bí thư Đảng ủy xã Yên Lãng', 'Xã Yên Lãng', ['Bí thư Đảng ủy xã Yên Lãng']],
  ['Hiệu trưởng', null, ['Hiệu trưởng']],
  ['', 'Trường THPT Tân Lập', ['Trường THPT Tân Lập']],
  ['', '', []],
])('%s of %s: a unit that the post names is not said twice', (position, unit, said) => {
  expect(postParts(position, unit)).toEqual(said);
});
