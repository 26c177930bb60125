import type { ReadingFailure } from '../documents/plan-reading.ts';
import { textFailureSentence } from '../documents/text.ts';
import { ProblemError, type Refusals } from '../platform/problems.ts';

/** Why a document was not read. */
export const READING_PROBLEMS: Refusals<ReadingFailure> = {
  unreadable: ({ why }) =>
    new ProblemError(why === 'too large' || why === 'too much text' ? 'too-large' : 'unreadable-file', {
      vi: `${textFailureSentence(why, 'vi')} Chưa có gì được lưu.`,
      en: `${textFailureSentence(why, 'en')} Nothing was saved.`,
    }),
  'too heavy': () =>
    new ProblemError('unreadable-file', {
      vi: 'Văn bản quá phức tạp nên máy chủ đã ngừng đọc. Chưa có gì được lưu. Hãy bỏ hình và bảng rồi thử lại.',
      en: 'The document is too complex and the server stopped reading it. Nothing was saved. Take out images and tables and try again.',
    }),
  busy: () =>
    new ProblemError(
      'too-many-requests',
      {
        vi: 'Máy chủ đang đọc nhiều văn bản cùng lúc. Hãy thử lại sau ít phút.',
        en: 'The server is reading many documents at once. Try again in a moment.',
      },
      undefined,
      10,
    ),
};

export const ISSUED_WITH_ERRORS = {
  vi: 'Kế hoạch đã ban hành chỉ được thay bằng bản không còn lỗi. Bản của bạn chưa được lưu; hãy sửa các lỗi được nêu.',
  en: 'An issued plan is only replaced by one without errors. Your version was not saved; mend the errors named.',
} as const;
