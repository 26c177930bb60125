import type { Sentence } from '../../domain/text/language.ts';
import type { AddPaperFailure } from './commands.ts';

/** Why a paper was not added, and what helps. */
export const NOT_ADDED: Readonly<Record<AddPaperFailure['reason'], Sentence>> = {
  'unknown kind': {
    vi: 'Chỉ nhận tệp PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), ảnh JPG hoặc PNG. Hãy lưu tài liệu thành một trong các loại này, tốt nhất là PDF. Chưa thêm gì.',
    en: 'Only PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), JPG and PNG files are taken. Save the paper as one of these, best as PDF. Nothing was added.',
  },
  'another kind': {
    vi: 'Nội dung tệp không đúng với tên của tệp, hoặc tệp bị hỏng. Hãy mở tệp, lưu lại rồi thử lần nữa. Chưa thêm gì.',
    en: 'What is in the file is not what its name says, or the file is damaged. Open it, save it again and try once more. Nothing was added.',
  },
  macros: {
    vi: 'Tệp có macro nên không gửi cho đại biểu. Hãy lưu tài liệu thành PDF. Chưa thêm gì.',
    en: 'The file has macros, so it is not handed to delegates. Save the paper as PDF. Nothing was added.',
  },
  'too large': {
    vi: 'Tệp lớn hơn 20 MB, điện thoại ở điểm cầu khó tải. Hãy giảm cỡ ảnh hoặc chia thành nhiều tệp. Chưa thêm gì.',
    en: 'The file is larger than 20 MB, which is hard for phones at a bridge. Make its pictures smaller or split it. Nothing was added.',
  },
  'same name': {
    vi: 'Hội nghị đã có tài liệu mang tên này. Hãy gỡ tài liệu cũ trước, hoặc đổi tên tệp. Chưa thêm gì.',
    en: 'The conference has a paper of this name already. Take that one away first, or give the file another name. Nothing was added.',
  },
  'too many': {
    vi: 'Hội nghị đã có 60 tài liệu. Hãy gỡ bớt rồi thêm tiếp. Chưa thêm gì.',
    en: 'The conference has 60 papers already. Take some away first. Nothing was added.',
  },
  'no room': {
    vi: 'Tài liệu của hội nghị đã đủ 300 MB. Hãy gỡ bớt hoặc giảm cỡ tệp. Chưa thêm gì.',
    en: 'The papers of the conference have reached 300 MB. Take some away or make them smaller. Nothing was added.',
  },
};
export const NO_SUCH_PAPER: Sentence = {
  vi: 'Tài liệu này không còn. Có thể ban tổ chức đã gỡ hoặc thay bằng bản khác.',
  en: 'This paper is not there any more. The organizers may have taken it away or put another in its place.',
};
