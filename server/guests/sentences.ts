import type { Sentence } from '../../domain/text/language.ts';

export const NO_SUCH_GUEST: Sentence = {
  vi: 'Khách này không còn trong danh sách. Có thể người khác vừa bỏ ra. Hãy tải lại trang.',
  en: 'This guest is not in the list any more. Somebody may just have taken them out. Load the page again.',
};
export const IN_LIST_ALREADY: Sentence = {
  vi: 'Danh sách đã có người này của cơ quan này. Chưa có gì thay đổi.',
  en: 'The list has this person of this organisation already. Nothing has changed.',
};
export const TOO_MANY: Sentence = {
  vi: 'Mỗi danh sách nhận nhiều nhất 500 khách. Chưa thêm gì.',
  en: 'A list takes 500 guests at most. Nothing was added.',
};
export const HAS_FAULTS: Sentence = {
  vi: 'Còn ô cần sửa. Chưa có gì thay đổi.',
  en: 'Some fields need mending. Nothing has changed.',
};
export const NOTHING_IMPORTED: Sentence = { vi: 'Chưa nhập gì.', en: 'Nothing was imported.' };
