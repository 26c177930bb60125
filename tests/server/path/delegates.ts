import type { RosterRow } from '../../../fixtures/sample/roster.ts';

/** Invented people whose seats the plan's words decide, beside the many of the sample's roster. */
export interface Delegate {
  readonly name: string;
  readonly posts: readonly string[];
  readonly organisation?: string;
  /** Code of the unit. */
  readonly unit?: string;
  readonly collective?: true;
  readonly named?: true;
}

export const DELEGATES = {
  secretary: {
    name: 'Hoàng Đức Khởi',
    posts: ['Ủy viên Trung ương Đảng', 'Bí thư Tỉnh ủy Sông Cầu'],
    unit: '97',
  },
  deputy: {
    name: 'Lý Thị Nguyệt',
    posts: ['Ủy viên dự khuyết Trung ương Đảng', 'Phó Bí thư Tỉnh ủy Sông Cầu'],
    unit: '97',
  },
  minister: {
    name: 'Đặng Quang Trí',
    posts: ['Thứ trưởng, Bộ Khoa học và Công nghệ'],
    organisation: 'Bộ Khoa học và Công nghệ',
    collective: true,
  },
  director: {
    name: 'Bùi Hữu Phước',
    posts: ['Vụ trưởng, Bộ Khoa học và Công nghệ'],
    organisation: 'Bộ Khoa học và Công nghệ',
  },
  official: {
    name: 'Dương Thị Mận',
    posts: ['Đảng viên, Bộ Khoa học và Công nghệ'],
    organisation: 'Bộ Khoa học và Công nghệ',
  },
  elder: { name: 'Ngô Bá Thọ', posts: ['nguyên Chủ tịch nước'], named: true },
  both: {
    name: 'Vũ Xuân Tới',
    posts: [
      'Ủy viên Ban Chấp hành Đảng bộ tỉnh Sông Cầu',
      'Ủy viên Ban Chấp hành Đảng bộ thành phố Sông Cầu',
    ],
    unit: '97',
  },
  treasury: {
    name: 'Trần Thị Kho',
    posts: ['Giám đốc, Kho bạc Nhà nước Sông Cầu (đơn vị của Trung ương đóng trên địa bàn)'],
    unit: '97',
  },
  primary: {
    name: 'Phạm Thị Lớp',
    posts: ['Hiệu trưởng, Trường Tiểu học Tân Lập (phường Tân Lập)'],
    unit: '97001',
  },
  secondary: {
    name: 'Đỗ Văn Trường',
    posts: ['Hiệu trưởng, Trường THCS Tân Lập (phường Tân Lập)'],
    unit: '97001',
  },
  village: { name: 'Nông Văn Xóm', posts: ['Phó trưởng xóm 9, xã Phú Sơn'], unit: '97002' },
  nothing: { name: 'Ma Thị Chờ', posts: [] },
} as const satisfies Record<string, Delegate>;
export type DelegateName = keyof typeof DELEGATES;

/** Their rows in a roster file, with the columns that the sample's own rows have and two more. */
export function delegateRows(): (RosterRow &
  Record<'Tập thể lãnh đạo' | 'Nêu tên trong kế hoạch', string>)[] {
  return Object.values<Delegate>(DELEGATES).map((delegate, at) => ({
    'Họ và tên': delegate.name,
    'Chức vụ': delegate.posts.join('; '),
    'Đơn vị': delegate.organisation ?? '',
    'Mã đơn vị': delegate.unit ?? '',
    'Số thẻ': `DB${String(at + 1).padStart(6, '0')}`,
    'Thứ bậc': String(at + 1),
    'Đảng viên': 'có',
    'Điện thoại': '',
    'Tập thể lãnh đạo': delegate.collective === true ? 'có' : 'không',
    'Nêu tên trong kế hoạch': delegate.named === true ? 'có' : 'không',
  }));
}
