import { expect, test } from 'vitest';

import { proposeDuplicates } from '../../../domain/composition/duplicates.ts';
import { Person } from '../../../domain/composition/person.ts';
import { readColumns, readRosterRow, sayRosterFault } from '../../../domain/composition/roster.ts';

let next = 0;
const tools = { newId: () => `p${(next += 1)}`, hashCitizenNumber: (digits: string) => `hash:${digits}` };
const columns = readColumns([
  'TT',
  'Họ và tên',
  'Chức vụ',
  'Đơn vị',
  'Mã đơn vị',
  'Số thẻ',
  'Ngày sinh',
  'Đảng viên',
]);

function row(cells: Record<string, string>, number = 2) {
  return readRosterRow(columns, { row: number, cells }, tools);
}

test('columns are known by their Vietnamese headers in any case, with or without marks; a running number is not read', () => {
  expect(columns.map((column) => column.field)).toEqual([
    null,
    'name',
    'position',
    'organisation',
    'unit',
    'identity',
    'birthDate',
    'partyMember',
  ]);
  expect(readColumns(['HỌ TÊN', 'chuc vu']).map((column) => column.field)).toEqual(['name', 'position']);
});

test('a second column of the same meaning is not read over the first', () => {
  expect(readColumns(['Họ và tên', 'Họ tên']).map((column) => column.field)).toEqual(['name', null]);
});

test('a person comes in without "đồng chí", in NFC, with several posts out of one cell', () => {
  const { person } = row({
    'Họ và tên': 'đồng chí  Lò Thị Ổn'.normalize('NFD'),
    'Chức vụ': 'Bí thư chi bộ xóm 3, xã Tân Lập; Trưởng xóm 3',
    'Đơn vị': 'Chi bộ xóm 3',
    'Mã đơn vị': '00123',
    'Ngày sinh': '7/1/1980',
    'Đảng viên': 'có',
  });
  expect(person).toMatchObject({
    name: 'Lò Thị Ổn',
    sortGiven: 'Ổn',
    birthDate: '1980-01-07',
    partyMember: true,
  });
  expect(person?.positions.map((position) => position.text)).toEqual([
    'Bí thư chi bộ xóm 3, xã Tân Lập',
    'Trưởng xóm 3',
  ]);
  expect(person?.positions[0]?.unit).toBe('00123');
});

test('every fault names its row and column, in Vietnamese and English', () => {
  const { person, faults } = row({ 'Họ và tên': '', 'Ngày sinh': '31/02/1980', 'Đảng viên': 'có lẽ' }, 17);
  expect(person).toBeNull();
  expect(faults.map((fault) => fault.kind)).toEqual(['no-name', 'not-a-date', 'not-yes-or-no']);
  expect(faults.map((fault) => sayRosterFault(fault, 'vi').at)).toEqual([
    'dòng 17, cột Họ và tên',
    'dòng 17, cột Ngày sinh',
    'dòng 17, cột Đảng viên',
  ]);
  expect(sayRosterFault(faults[1]!, 'en').message).toBe('"31/02/1980" is not a date.');
});

test('ten megabytes in the name field are refused, quickly and by name', () => {
  const started = performance.now();
  const { person, faults } = row({ 'Họ và tên': 'Ữ'.repeat(10_000_000), 'Chức vụ': 'Trưởng xóm' });
  expect(person).toBeNull();
  expect(faults).toEqual([{ kind: 'too-long', row: 2, header: 'Họ và tên', most: 200 }]);
  expect(performance.now() - started).toBeLessThan(1000);
});

test('a person without a position can be imported, with a note', () => {
  const { person, faults } = row({ 'Họ và tên': 'Nguyễn Văn An' });
  expect(person?.positions).toEqual([]);
  expect(faults).toEqual([{ kind: 'no-position', row: 2 }]);
});

test("a citizen's number is kept as a hash only", () => {
  const withNumber = readColumns(['Họ và tên', 'CCCD']);
  const read = readRosterRow(
    withNumber,
    { row: 2, cells: { 'Họ và tên': 'Hà An', CCCD: '012 345 678 901' } },
    tools,
  );
  expect(read.person?.identity).toBe('hash:012345678901');
});

function somebody(name: string, identity: string | null, unit: string | null = null) {
  const read = row({
    'Họ và tên': name,
    'Chức vụ': 'Trưởng xóm',
    'Mã đơn vị': unit ?? '',
    'Số thẻ': identity ?? '',
  });
  if (read.person === null) throw new Error('no person');
  return read.person;
}

test('the same card is the same person; the same name is only perhaps', () => {
  const roster = [
    somebody('Nguyễn Thị Hoà', 'A1'),
    somebody('Trần Bình', null, '97001'),
    somebody('Lê Chi', null),
  ];
  const proposals = proposeDuplicates(roster, [
    { row: 2, person: somebody('Nguyễn Hòa', 'A1') },
    { row: 3, person: somebody('Nguyễn Thị Hòa', 'B7') },
    { row: 4, person: somebody('Trần Bình', null, '97001') },
    { row: 5, person: somebody('Lê Chi', null) },
    { row: 6, person: somebody('Vũ Dung', 'C3') },
    { row: 7, person: somebody('Vũ Dung', 'C3') },
  ]);
  expect(proposals.map(({ row: at, certainty }) => [at, certainty])).toEqual([
    [2, 'same'],
    [4, 'likely'],
    [5, 'perhaps'],
    [7, 'same'],
  ]);
  expect(proposals[3]?.other).toEqual({ row: 6 });
});

test('a name of one endless word is still a person, who sorts by the beginning of it', () => {
  const { person, faults } = row({ 'Họ và tên': `Lý ${'Ưỡ'.repeat(90)}`, 'Chức vụ': 'Ủy viên' });
  expect(faults).toEqual([]);
  expect(Person.safeParse(person).success).toBe(true);
});
