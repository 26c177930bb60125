import { expect, test } from 'vitest';

import { readUnitRows } from '../../../domain/units/import.ts';
import { placeOf, unitFinder } from '../../../domain/units/lookup.ts';
import { PROVINCES } from '../../../domain/units/provinces.ts';
import { treeAsOf } from '../../../domain/units/tree.ts';
import { code, date, fixtureRows, valueOf } from './lists.ts';

const tree = valueOf(treeAsOf(readUnitRows(fixtureRows('three-level.csv')).units, date('2025-01-13')));
const { find } = unitFinder(tree);
const provinces = unitFinder(valueOf(treeAsOf(PROVINCES, date('2025-01-13'))));

const codes = (units: readonly { readonly code: string }[]) => units.map((unit) => unit.code);

test('a name that several units have gives all of them, never one', () => {
  expect(codes(find('Yên Lãng'))).toEqual(['05773', '08644']);
  expect(codes(find('xã Yên Lãng'))).toEqual(['05773', '08644']);
  expect(codes(find('Thái Nguyên'))).toEqual(['19', '164']);
});

test('a title or the units above tell them apart', () => {
  expect(codes(find('tỉnh Thái Nguyên'))).toEqual(['19']);
  expect(codes(find('thành phố Thái Nguyên'))).toEqual(['164']);
  expect(codes(find('Xã Yên Lãng, huyện Đại Từ, tỉnh Thái Nguyên'))).toEqual(['05773']);
  expect(codes(find('Yên Lãng, Phú Thọ'))).toEqual(['08644']);
  expect(codes(find('Yên Lãng, Quảng Ngãi'))).toEqual([]);
});

test('tone placement, case and abbreviated titles do not count', () => {
  expect(codes(provinces.find('Khánh Hoà'))).toEqual(['56']);
  expect(codes(provinces.find('KHÁNH HÒA'))).toEqual(['56']);
  expect(codes(provinces.find('TP. Hồ Chí Minh'))).toEqual(['79']);
  expect(codes(provinces.find('TP Huế'))).toEqual(['46']);
  expect(codes(provinces.find('Bà Rịa–Vũng Tàu'))).toEqual(['77']);
  expect(codes(find('TT Hùng Sơn'))).toEqual(['05761']);
});

test('other marks do count: what is spelled otherwise is proposed, not found', () => {
  expect(codes(provinces.find('Hai Phong'))).toEqual([]);
  expect(codes(provinces.propose('Hai Phong'))).toEqual(['31']);
  expect(codes(provinces.propose('Đắc Lắc'))).toEqual(['66']);
  expect(codes(provinces.propose('Hải Phòng'))).toEqual(['31']);
  expect(codes(provinces.propose('Nowhere'))).toEqual([]);
});

test('a place is written from the unit upwards', () => {
  expect(placeOf(tree, code('05773'))).toBe('Xã Yên Lãng, Huyện Đại Từ, Tỉnh Thái Nguyên');
});
