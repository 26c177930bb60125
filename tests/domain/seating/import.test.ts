import { expect, test } from 'vitest';

import { PersonId } from '../../../domain/ids.ts';
import { readSeatRows } from '../../../domain/seating/import.ts';
import { readSeatNumber } from '../../../domain/seating/number.ts';
import type { Guest } from '../../../domain/seating/numbering.ts';
import { saySeatFault } from '../../../domain/seating/sentences.ts';

const guest = (code: string, name: string, number: string | null = null): Guest => ({
  person: PersonId.parse(code),
  name,
  unit: null,
  isChair: false,
  number: number === null ? null : readSeatNumber(number),
});
const HALL = [guest('P1', 'Lò Thị Ổn', 'A1'), guest('P2', 'Hà Văn Ặng', 'A2'), guest('P3', 'Vi Thị Ữ')];
const row = (at: number, code: string, number: string, name = '') => ({
  row: at,
  cells: { 'Mã người': code, 'Họ và tên': name, 'Số ghế': number },
});

function said(rows: Parameters<typeof readSeatRows>[0]): string[] {
  return readSeatRows(rows, HALL).faults.map((fault) => {
    const { at, message } = saySeatFault(fault, 'vi');
    return `${at}: ${message}`;
  });
}

test('a file gives numbers, takes them away where the cell is empty, and leaves whoever is not in it', () => {
  const { numbers, faults } = readSeatRows([row(2, 'P1', ''), row(3, 'P3', 'a1')], HALL);
  expect(faults).toEqual([]);
  expect(Object.fromEntries(numbers)).toEqual({ P2: 'A2', P3: 'A1' });
});

test('people of a file may change chairs among themselves', () => {
  const { numbers, faults } = readSeatRows([row(2, 'P1', 'A2'), row(3, 'P2', 'A1')], HALL);
  expect(faults).toEqual([]);
  expect(Object.fromEntries(numbers)).toEqual({ P1: 'A2', P2: 'A1' });
});

test('headings in English, and lines below the table, are understood', () => {
  const cells = { Person: 'P3', Name: '', 'Seat number': 'B1' };
  const read = readSeatRows(
    [
      { row: 2, cells },
      { row: 9, cells: { Person: '', Name: 'Total: 3', 'Seat number': '' } },
    ],
    HALL,
  );
  expect(read.faults).toEqual([]);
  expect(read.numbers.get(PersonId.parse('P3'))).toBe('B1');
});

test('each fault names its row and column', () => {
  expect(
    said([
      row(2, 'P1', 'B1', 'Hà Văn Ặng'),
      row(3, 'P9', 'B2'),
      row(4, '', 'B3'),
      row(5, 'P1', 'B4'),
      row(6, 'P3', '1-Dec'),
    ]),
  ).toEqual([
    'dòng 2, cột Họ và tên: Mã này là của Lò Thị Ổn. Có thể các dòng đã bị lệch.',
    'dòng 3, cột Mã người: Không có ai mang mã P9 được xếp ở điểm cầu này.',
    'dòng 4, cột Mã người: Có số ghế mà không có mã người.',
    'dòng 5, cột Mã người: Người này đã có ở dòng 2.',
    'dòng 6, cột Số ghế: "1-Dec" không phải là số ghế. Số ghế gồm chữ và số, như B12 hoặc 1-12.',
  ]);
  expect(said([row(2, 'P1', 'C1'), row(3, 'P3', 'c1')])).toEqual([
    'dòng 3, cột Số ghế: Ghế C1 đã cho người ở dòng 2.',
  ]);
  expect(said([row(2, 'P3', 'A2')])).toEqual([
    'dòng 2, cột Số ghế: Ghế A2 là của Hà Văn Ặng, người không có trong tệp.',
  ]);
  expect(said([{ row: 2, cells: { 'Mã người': 'P1' } }])[0]).toContain('không có cột "Số ghế"');
});
