import type { Language, Sentence } from '../../domain/text/language.ts';

/** What the letter says by which an organizer sees that mail works. */
export const TEST_LETTER: Readonly<Record<Language, { readonly subject: string; readonly text: string }>> = {
  vi: {
    subject: 'Thư thử từ Nhịp Cầu',
    text: 'Đây là thư thử. Bạn đọc được thư này nghĩa là Nhịp Cầu gửi thư được tới địa chỉ của bạn.\n\nKhông cần trả lời.\n',
  },
  en: {
    subject: 'A test letter from Nhịp Cầu',
    text: 'This is a test letter. That you read it means that Nhịp Cầu can send mail to your address.\n\nThere is no need to answer.\n',
  },
};

export const NO_LETTER: Sentence = {
  vi: 'Không có thư này. Hãy tải lại trang.',
  en: 'There is no such letter. Load the page again.',
};
export const ON_ITS_WAY: Sentence = {
  vi: 'Thư đã đi hoặc đang đi, không rút lại được nữa.',
  en: 'The letter has gone or is on its way, and cannot be taken back.',
};
export const NOTHING_TO_TRY: Sentence = {
  vi: 'Chỉ gửi lại được thư không gửi được, bị trả lại, hoặc giữ lại khi chạy thử.',
  en: 'Only a letter that was not sent, came back, or was kept in test mode can be sent again.',
};
export const FOLLOWED: Sentence = {
  vi: 'Sau thư này đã có thư khác về cùng việc tới cùng địa chỉ, nên không gửi lại. Hãy xem thư sau.',
  en: 'A later letter about the same thing went to the same address, so this one is not sent again. See the later one.',
};
export const NO_LINE: Sentence = {
  vi: 'Máy chủ chưa được cài đặt để gửi thư, nên chưa gửi gì. Người quản trị máy chủ cần đặt MAIL_URL và MAIL_FROM.',
  en: 'The server is not set up to send mail, so nothing was sent. Whoever runs it has to set MAIL_URL and MAIL_FROM.',
};
export const TOO_LARGE: Sentence = {
  vi: 'Thư lớn quá 10 MB nên không đọc. Chưa ghi gì.',
  en: 'The message is larger than 10 MB and was not read. Nothing was written.',
};
export const NOT_READ: Sentence = {
  vi: 'Không đọc được thư này trong giới hạn thời gian và bộ nhớ. Chưa ghi gì.',
  en: 'The message could not be read within the bounds on time and memory. Nothing was written.',
};
