import { expect, test } from 'vitest';

import { knownType, splitFullName, titleOf } from '../../../domain/units/levels.ts';

const levelOf = (type: string, hasParent = true) => knownType(type, hasParent)?.level.id ?? null;

test('the level comes from the type', () => {
  expect(levelOf('Tỉnh', false)).toBe('province');
  expect(levelOf('Thành phố trực thuộc Trung ương', false)).toBe('province');
  expect(levelOf('Huyện')).toBe('district');
  expect(levelOf('Quận')).toBe('district');
  expect(levelOf('Thị xã')).toBe('district');
  expect(levelOf('Xã')).toBe('commune');
  expect(levelOf('Phường')).toBe('commune');
  expect(levelOf('Thị trấn')).toBe('commune');
  expect(levelOf('Đặc khu')).toBe('commune');
});

test('a bare "Thành phố" is a district-level city below a province and a province-level city below nothing', () => {
  expect(levelOf('Thành phố', true)).toBe('district');
  expect(levelOf('Thành phố thuộc tỉnh', true)).toBe('district');
  expect(levelOf('Thành phố thuộc thành phố trực thuộc Trung ương', true)).toBe('district');
  expect(levelOf('Thành phố', false)).toBe('province');
});

test('case and tone placement of a type do not count, and the table spells it', () => {
  expect(knownType('THỊ TRẤN', true)?.type).toBe('Thị trấn');
  expect(knownType('Thị  Trấn', true)?.type).toBe('Thị trấn');
  expect(knownType('thành phố trung ương', false)?.type).toBe('Thành phố trực thuộc Trung ương');
});

test('a type that no level has is unknown', () => {
  expect(levelOf('Tổng')).toBeNull();
  expect(levelOf('')).toBeNull();
});

test('a full name splits into title and name by the longest title', () => {
  expect(splitFullName('Thị xã Phổ Yên')).toEqual({ title: 'Thị xã', name: 'Phổ Yên' });
  expect(splitFullName('thành phố Hà Nội')).toEqual({ title: 'Thành phố', name: 'Hà Nội' });
  expect(splitFullName('Phường 14')).toEqual({ title: 'Phường', name: '14' });
  expect(splitFullName('Yên Lãng')).toBeNull();
  expect(titleOf('Thành phố trực thuộc Trung ương')).toBe('Thành phố');
});
