import { describe, expect, test } from 'vitest';

import {
  dutyOf,
  EMPTY_GUEST,
  guestFaults,
  guestKey,
  MOST_GUESTS,
  tidyGuest,
  type GuestDraft,
} from '../../../domain/guests/guest.ts';
import { readGuestRows } from '../../../domain/guests/import.ts';
import { Duty } from '../../../domain/plan/plan.ts';

const guest = (own: Partial<GuestDraft> = {}): GuestDraft => ({ ...EMPTY_GUEST, ...own });
const duty = (owner: string, text: string): Duty =>
  Duty.parse({ owner, text, addressee: null, via: null, deadline: null });

describe('whose duty a list is', () => {
  const duties = [
    duty('Văn phòng', 'Gửi giấy mời, thông báo triệu tập đại biểu dự Hội nghị.'),
    duty('Ban Tuyên giáo', 'Chỉ đạo các cơ quan báo chí tuyên truyền trước, trong và sau Hội nghị.'),
    duty('Ban Tuyên giáo và Dân vận', 'Lập danh sách, gửi giấy mời các cơ quan báo chí dự và đưa tin.'),
    duty('Sở Khoa học', 'Phối hợp lập danh sách và mời đại biểu là các nhà khoa học.'),
  ];
  test('is told by the duty to list or invite them, not by any that names them', () => {
    expect(dutyOf('press', duties)?.owner).toBe('Ban Tuyên giáo và Dân vận');
    expect(dutyOf('scientists', duties)?.owner).toBe('Sở Khoa học');
    expect(dutyOf('press', duties.slice(0, 2))).toBeNull();
  });
});

describe('a guest', () => {
  test('of the press may be an agency without a name; a scientist has a name', () => {
    const agency = guest({ organisation: 'Báo Mây Ngàn' });
    expect(guestFaults('press', agency)).toEqual([]);
    expect(guestFaults('scientists', agency)).toEqual([{ field: 'name', kind: 'missing' }]);
    expect(guestFaults('press', guest({ name: 'Lò Thị Ổn' }))).toEqual([
      { field: 'organisation', kind: 'missing' },
    ]);
  });

  test('is written in one form, and is the same whatever case and wherever the tone mark stands', () => {
    const one = tidyGuest(guest({ name: '  Lò  Thị\u00A0Hòa ', email: ' ' }));
    expect(one).toMatchObject({ name: 'Lò Thị Hòa', email: null });
    expect(guestKey(guest({ name: 'LÒ THỊ HOÀ' }))).toBe(guestKey(one));
    expect(guestKey(guest({ name: 'Lò Thị Hoa' }))).not.toBe(guestKey(one));
  });

  test('has an address to which mail can go, or none', () => {
    const wrong = guest({ name: 'Ổn', email: 'on@' });
    expect(guestFaults('scientists', wrong)).toEqual([{ field: 'email', kind: 'not an address' }]);
  });
});

const row = (at: number, cells: Record<string, string>) => ({ row: at, cells });

describe('a file of guests', () => {
  test('is read by the names of its columns; lines of sums and signatures are left out', () => {
    const rows = [
      row(5, { 'Cơ quan báo chí': 'Báo Mây Ngàn', 'Họ và tên': 'Lò Thị Ổn', 'Số thẻ': '123' }),
      row(6, { 'Cơ quan báo chí': 'Đài PTTH Mây Ngàn', 'Họ và tên': '', 'Số thẻ': '' }),
      row(7, { 'Cơ quan báo chí': '', 'Họ và tên': '', 'Số thẻ': '2' }),
    ];
    expect(readGuestRows('press', rows)).toEqual({
      guests: [
        guest({ organisation: 'Báo Mây Ngàn', name: 'Lò Thị Ổn', card: '123' }),
        guest({ organisation: 'Đài PTTH Mây Ngàn' }),
      ],
      faults: [],
    });
  });

  test('names the row and column of every fault', () => {
    const rows = [
      row(2, { 'Họ tên': 'Lò Thị Ổn', Email: 'on@x.vn' }),
      row(3, { 'Họ tên': 'lò thị ổn', Email: 'không có' }),
    ];
    expect(readGuestRows('scientists', rows).faults).toEqual([
      { row: 3, column: 'Email', field: 'email', kind: 'not an address' },
      { kind: 'twice', row: 3, earlier: 2 },
    ]);
    expect(readGuestRows('press', rows).faults).toEqual([{ kind: 'no column', field: 'organisation' }]);
    const many = Array.from({ length: MOST_GUESTS + 1 }, (_, n) => row(n, { 'Họ tên': `Người ${n}` }));
    expect(readGuestRows('scientists', many).faults).toEqual([{ kind: 'too many' }]);
  });
});
