import type { Language } from '../../domain/text/language.ts';

type Sentence = Readonly<Record<Language, string>>;

export const NO_REMINDER: Sentence = {
  vi: 'Không có lần đôn đốc này. Hãy tải lại trang.',
  en: 'There is no such reminder. Load the page again.',
};
export const OTHER_REMINDER: Sentence = {
  vi: 'Lần đôn đốc này đã được lập với nội dung khác. Chưa có gì được gửi. Hãy tải lại trang rồi làm lại.',
  en: 'This reminder is there already with other content. Nothing was sent. Load the page again and start anew.',
};
export const ALREADY_SENT: Sentence = {
  vi: 'Lần đôn đốc này đã gửi đi, không rút lại được nữa.',
  en: 'This reminder has gone out and cannot be taken back.',
};

/** Name of the exported list. */
export const UNANSWERED: Sentence = { vi: 'Chưa trả lời', en: 'Not answered' };
