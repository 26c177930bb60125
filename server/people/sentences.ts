import type { Language, Sentence } from '../../domain/text/language.ts';
import type { InUse } from './store.ts';

/** Headings of the workbook of faulty rows. */
export const FAULTS: Readonly<Record<Language, { sheet: string; row: string; fault: string }>> = {
  vi: { sheet: 'Dòng lỗi', row: 'Dòng trong tệp', fault: 'Lỗi cần sửa' },
  en: { sheet: 'Faulty rows', row: 'Row of the file', fault: 'What is wrong' },
};

export const ROSTER_UNTOUCHED: Sentence = {
  vi: 'Danh sách vẫn như trước.',
  en: 'The roster is as it was.',
};

/** Why somebody cannot be taken out of the roster, and what to do. */
export const IN_USE: Readonly<Record<InUse['by'], Sentence>> = {
  chair: {
    vi: 'Người này đang được phân công chủ trì một điểm cầu. Chưa có gì thay đổi. Hãy chọn người chủ trì khác trước.',
    en: 'This person is the chair of a bridge. Nothing has changed. Choose another chair first.',
  },
  attendance: {
    vi: 'Người này đã có lượt điểm danh nên phải ở lại danh sách. Chưa có gì thay đổi.',
    en: 'This person has been checked in and has to stay on the roster. Nothing has changed.',
  },
  pass: {
    vi: 'Người này đã được cấp lại thẻ nên phải ở lại danh sách. Chưa có gì thay đổi.',
    en: 'A pass of this person was issued again, so that they have to stay on the roster. Nothing has changed.',
  },
};
