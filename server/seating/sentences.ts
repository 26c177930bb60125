import type { Sentence } from '../../domain/text/language.ts';

/** Headings of the file, which is read back by the same. */
export const HEADINGS = {
  person: { vi: 'Mã người', en: 'Person' },
  name: { vi: 'Họ và tên', en: 'Name' },
  position: { vi: 'Chức vụ', en: 'Position' },
  unit: { vi: 'Đơn vị', en: 'Unit' },
  number: { vi: 'Số ghế', en: 'Seat number' },
} as const satisfies Readonly<Record<string, Sentence>>;

export const FILE_NAME: Sentence = { vi: 'Số ghế', en: 'Seat numbers' };

export const CHANGED_MEANWHILE: Sentence = {
  vi: 'Danh sách hoặc số ghế vừa thay đổi. Chưa có gì được lưu. Hãy xem lại rồi làm tiếp.',
  en: 'The people or their seat numbers have just changed. Nothing was saved. Look again and go on.',
};
export const NOT_EXPECTED_HERE: Sentence = {
  vi: 'Người này không còn được xếp ở điểm cầu này. Chưa có gì được lưu. Hãy tải lại trang.',
  en: 'This person is not expected at this bridge any more. Nothing was saved. Load the page again.',
};
export const NOT_A_NUMBER: Sentence = {
  vi: 'Số ghế gồm chữ và số, như B12 hoặc 1-12, nhiều nhất 12 ký tự. Số cũ vẫn giữ.',
  en: 'A seat number has letters and figures, like B12 or 1-12, at most 12 of them. The old one was kept.',
};
export const NOTHING_IMPORTED: Sentence = {
  vi: 'Số ghế vẫn như trước.',
  en: 'The seat numbers are as they were.',
};
export const UNDONE_ALREADY: Sentence = {
  vi: 'Lần này đã được hoàn tác rồi.',
  en: 'This was taken back already.',
};
export const CHANGED_SINCE: Sentence = {
  vi: 'Các số ghế này đã được sửa tiếp sau đó, nên không hoàn tác được nữa. Chưa có gì thay đổi.',
  en: 'These seat numbers were changed again since, so this cannot be taken back any more. Nothing was changed.',
};

export const NOTHING_TO_UNDO: Sentence = {
  vi: 'Không có lần đổi số ghế nào để hoàn tác.',
  en: 'There is no change of seat numbers to take back.',
};

/** Who has the seat that was typed. */
export function sayTaken(number: string, holder: string): Sentence {
  return {
    vi: `Ghế ${number} là của ${holder}. Số cũ vẫn giữ.`,
    en: `Seat ${number} is that of ${holder}. The old number was kept.`,
  };
}
