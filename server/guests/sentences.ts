import type { Sentence } from '../../domain/text/language.ts';
import type { InviteFailure } from './letters.ts';

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
/** Why no guest was invited. */
export const NOT_INVITED: Readonly<Record<InviteFailure['reason'], Sentence>> = {
  'no bridges': {
    vi: 'Hội nghị chưa có điểm cầu nên chưa có nơi để mời đến. Chưa gửi gì. Hãy lập điểm cầu trước.',
    en: 'The conference has no bridges yet, so there is no place to invite to. Nothing was sent. Make the bridges first.',
  },
  'no line': {
    vi: 'Máy chủ chưa được cài đặt để gửi thư, nên chưa gửi gì. Hãy nhờ người quản trị đặt MAIL_URL và MAIL_FROM.',
    en: 'The server is not set up to send mail, so nothing was sent. Have MAIL_URL and MAIL_FROM set.',
  },
  'no such guest': NO_SUCH_GUEST,
};
