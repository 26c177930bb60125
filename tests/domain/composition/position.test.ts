import { describe, expect, test } from 'vitest';

import { readPosition } from '../../../domain/composition/position.ts';
import {
  RANKS,
  ROLES,
  SCHOOLS,
  TIERS,
  namesOf,
  type Body,
  type Rank,
  type Role,
  type School,
  type Tier,
} from '../../../domain/composition/rule.ts';

interface Said {
  readonly roles: readonly Role[];
  readonly body: Body | null;
  readonly tiers?: readonly Tier[];
  readonly schools?: readonly School[];
  readonly rank?: readonly Rank[];
  readonly equivalent?: readonly Rank[];
  readonly former?: boolean;
  readonly acting?: boolean;
  readonly central?: boolean;
  readonly bloc?: boolean;
}

function read(text: string): Said[] {
  return readPosition(text).offices.map((office) => ({
    roles: namesOf(ROLES, office.roles),
    body: office.body,
    tiers: namesOf(TIERS, office.tiers),
    schools: namesOf(SCHOOLS, office.schools),
    rank: namesOf(RANKS, office.rank),
    equivalent: namesOf(RANKS, office.equivalent),
    former: office.former,
    acting: office.acting,
    central: office.central,
    bloc: office.bloc,
  }));
}

const committee: readonly Role[] = ['secretary', 'standing-member', 'member'];

const POSITIONS: readonly (readonly [text: string, ...offices: Said[]])[] = [
  ['Ủy viên Bộ Chính trị', { roles: ['member'], body: 'politburo', tiers: ['central'] }],
  ['Ủy viên dự khuyết Trung ương Đảng', { roles: ['alternate-member'], body: 'central-committee' }],
  ['UVTWĐ', { roles: ['member'], body: 'central-committee' }],
  ['Ủy viên QUTW', { roles: ['member'], body: 'military-commission' }],
  ['Ủy viên ĐUCATW', { roles: ['member'], body: 'public-security-committee' }],
  ['Ủy viên UBKT T.Ư', { roles: ['member'], body: 'inspection-committee', tiers: ['central'] }],
  [
    'Bí thư Tỉnh ủy Thái Nguyên',
    { roles: committee, body: 'party-committee', tiers: ['province'], former: false },
  ],
  [
    'Bí thư Thành ủy Hải Phòng',
    { roles: committee, body: 'party-committee', tiers: ['province', 'district'] },
  ],
  [
    'PBTTT Tỉnh ủy',
    {
      roles: ['deputy-secretary', 'standing-member', 'member'],
      body: 'party-committee',
      tiers: ['province'],
    },
  ],
  ['UVBTV Huyện ủy', { roles: ['standing-member', 'member'], body: 'party-committee', tiers: ['district'] }],
  [
    'Ủy viên Ban Thường vụ, Trưởng Ban Tổ chức Tỉnh ủy',
    { roles: ['standing-member', 'member'], body: 'party-committee', tiers: ['province'] },
    { roles: ['head'], body: 'board', tiers: ['province'] },
  ],
  [
    'Phó Bí thư, Chủ tịch UBND xã Yên Lãng',
    { roles: ['deputy-secretary', 'standing-member', 'member'], body: 'party-committee', tiers: ['commune'] },
    { roles: ['head'], body: 'people-committee', tiers: ['commune'] },
  ],
  [
    'Ủy viên Ban Chấp hành Đảng bộ đặc khu',
    { roles: ['member'], body: 'party-committee', tiers: ['commune'] },
  ],
  ['Ủy viên Ban Chấp hành Liên đoàn Lao động tỉnh', { roles: ['member'], body: 'mass-organisation' }],
  ['Bí thư Tỉnh đoàn', { roles: ['secretary', 'head'], body: 'mass-organisation', tiers: ['province'] }],
  [
    'Bí thư Đảng ủy Công an tỉnh',
    { roles: ['secretary', 'committee-member'], body: 'grassroots-committee', tiers: [] },
  ],
  ['Q. Bí thư Huyện ủy', { roles: committee, body: 'party-committee', acting: true }],
  ['nguyên Chủ tịch nước', { roles: ['head'], body: null, former: true }],
  [
    'Giám đốc, Sở Tài nguyên và Môi trường',
    { roles: ['head'], body: 'department', tiers: ['province'], former: false },
  ],
  ['Trưởng phòng Tổ chức, Sở Nội vụ', { roles: ['head'], body: 'division', rank: ['division'] }],
  ['Trưởng khoa Nội, Bệnh viện huyện', { roles: ['head'], body: 'unit' }],
  ['Phó Trưởng ban, Ban Tổ chức Huyện ủy', { roles: ['deputy'], body: 'board', tiers: ['district'] }],
  ['Thứ trưởng, Bộ KH&CN', { roles: ['deputy'], body: 'ministry', tiers: ['central'] }],
  ['Vụ trưởng, Văn phòng Trung ương Đảng', { roles: ['head'], body: 'bureau', rank: ['bureau'] }],
  ['Phó Tổng cục trưởng', { roles: ['deputy'], body: 'general-department', rank: ['general-department'] }],
  [
    'Phó Viện trưởng (tương đương phó cục trưởng), Bộ Khoa học và Công nghệ',
    { roles: ['deputy'], body: 'bureau', rank: ['bureau'], equivalent: ['bureau'] },
  ],
  [
    'Hàm Vụ trưởng, Văn phòng Trung ương Đảng',
    { roles: ['official'], body: 'party-central', rank: [], equivalent: ['bureau'] },
  ],
  ['Chánh Văn phòng Bộ Nội vụ', { roles: ['head'], body: 'office', equivalent: ['bureau'] }],
  [
    'Giám đốc, Kho bạc Nhà nước Thái Nguyên (đơn vị của Trung ương đóng trên địa bàn)',
    { roles: ['head'], body: 'central-unit', tiers: [], central: true },
  ],
  ['Cục trưởng Cục Thuế tỉnh Thái Nguyên', { roles: ['head'], body: 'central-unit', tiers: ['province'] }],
  [
    'Hiệu trưởng, Trường THCS Yên Lãng (xã Yên Lãng)',
    { roles: ['head'], body: 'school', schools: ['lower-secondary'] },
  ],
  [
    'Phó Hiệu trưởng Trường TH&THCS Khe Mo',
    { roles: ['deputy'], body: 'school', schools: ['primary', 'lower-secondary'] },
  ],
  ['Phó trưởng xóm, xã Yên Lãng', { roles: ['deputy'], body: 'village' }],
  ['Trưởng bản Nà Khoa', { roles: ['head'], body: 'village' }],
  ['Tổ trưởng tổ dân phố số 05', { roles: ['head'], body: 'residential-group' }],
  ['Trưởng khu phố 3', { roles: ['head'], body: 'residential-group' }],
  ['Trưởng ban Công tác Mặt trận thôn 3', { roles: ['head'], body: 'village-front' }],
  ['Bí thư chi bộ tổ dân phố số 5', { roles: ['secretary', 'committee-member'], body: 'cell' }],
  ['Cấp ủy viên, Chi bộ cơ sở thuộc Đảng bộ Khối', { roles: ['committee-member'], body: 'cell', bloc: true }],
  ['Báo cáo viên cấp tỉnh', { roles: ['reporter'], body: null, tiers: ['province'] }],
  ['Giám đốc, doanh nghiệp tư nhân tại Thái Nguyên', { roles: ['head'], body: 'enterprise' }],
  ['Chủ tịch Hội Chữ thập đỏ tỉnh', { roles: ['head'], body: 'association', tiers: ['province'] }],
];

describe('reading a position', () => {
  for (const [text, ...offices] of POSITIONS) {
    test(`“${text}”`, () => {
      expect(read(text)).toMatchObject(offices);
    });
  }

  test('reads the same in NFD, in capitals and with either tone placement', () => {
    for (const [text] of POSITIONS) {
      expect(read(text.normalize('NFD'))).toEqual(read(text));
    }
    expect(read('BÍ THƯ HUYỆN UỶ ĐẠI TỪ')).toEqual(read('Bí thư Huyện ủy Đại Từ'));
    expect(read('bí thư huyện uỷ đại từ')).toEqual(read('Bí thư Huyện ủy Đại Từ'));
    expect(read('Hiệu trưởng trường trung học cơ sở Hoà Bình')).toEqual(
      read('Hiệu trưởng Trường THCS Hòa Bình'),
    );
  });

  test('a column for the organisation reads as if it followed', () => {
    const { offices } = readPosition('Vụ trưởng', 'Bộ Khoa học và Công nghệ');
    expect(offices).toMatchObject([{ body: 'bureau', parents: ['ministry'] }]);
  });

  test('does not take the head of a committee for the head of a village', () => {
    expect(read('Trưởng ban')[0]?.body).toBe('board');
    expect(read('Trưởng bản')[0]?.body).toBe('village');
  });

  test('survives text that is no position', () => {
    expect(read('')).toEqual([]);
    expect(read(')))((( ,,;')).toEqual([]);
    expect(readPosition('x'.repeat(300)).offices.every((office) => office.roles === 0)).toBe(true);
    expect(() => readPosition('phó '.repeat(75))).not.toThrow();
  });
});
