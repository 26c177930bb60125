import { assertNever } from '../result.ts';
import type { Language, Sentence } from '../text/language.ts';
import { rowPlace } from '../text/rows.ts';
import type { Fault } from '../wire/problem.ts';
import { MOST_GUESTS, type GuestFault, type GuestField } from './guest.ts';
import type { GuestRowFault } from './import.ts';

const FIELDS: Readonly<Record<GuestField, Sentence>> = {
  name: { vi: 'Họ và tên', en: 'Name' },
  organisation: { vi: 'Cơ quan', en: 'Organisation' },
  post: { vi: 'Chức danh', en: 'Post' },
  card: { vi: 'Số thẻ nhà báo', en: 'Press card' },
  phone: { vi: 'Điện thoại', en: 'Phone' },
  email: { vi: 'Thư điện tử', en: 'Email' },
};

/** What is wrong with one field of a guest. */
export function sayGuestFault({ field, kind }: GuestFault): Sentence {
  const { vi, en } = FIELDS[field];
  switch (kind) {
    case 'missing':
      return { vi: `Thiếu "${vi}".`, en: `"${en}" is missing.` };
    case 'too long':
      return { vi: `"${vi}" quá dài. Hãy viết gọn lại.`, en: `"${en}" is too long. Write it shorter.` };
    case 'not an address':
      return {
        vi: 'Đây không phải địa chỉ thư điện tử. Hãy viết như ten@coquan.vn, hoặc để trống.',
        en: 'This is no email address. Write it like name@office.vn, or leave it empty.',
      };
    default:
      return assertNever(kind);
  }
}

/** Where a file of guests is wrong, and how. */
export function sayGuestRowFault(fault: GuestRowFault, language: Language): Fault {
  const vi = language === 'vi';
  switch (fault.kind) {
    case 'no column': {
      const column = FIELDS[fault.field][language];
      const message = vi
        ? `Tệp không có cột "${column}". Hãy đặt tên cột ở dòng đầu của bảng rồi gửi lại.`
        : `The file has no column "${column}". Name the columns in the first line of the table and send it again.`;
      return { at: vi ? 'dòng tiêu đề' : 'header', message };
    }
    case 'too many':
      return {
        at: vi ? 'tệp' : 'file',
        message: vi ? `Tệp có hơn ${MOST_GUESTS} khách.` : `The file has more than ${MOST_GUESTS} guests.`,
      };
    case 'twice':
      return {
        at: rowPlace(fault.row, null, language),
        message: vi
          ? `Trùng với dòng ${fault.earlier}. Hãy bỏ một trong hai dòng.`
          : `The same as row ${fault.earlier}. Take one of the two out.`,
      };
    case 'missing':
    case 'too long':
    case 'not an address':
      return {
        at: rowPlace(fault.row, fault.column || FIELDS[fault.field][language], language),
        message: sayGuestFault(fault)[language],
      };
    default:
      return assertNever(fault);
  }
}
