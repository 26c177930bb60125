import type { Sentence } from '../../domain/text/language.ts';
import type { MediaRefusal } from '../../domain/wire/media.ts';

/** Why something of the video plane was not done, and what goes on all the same. */
export const MEDIA_REFUSALS: Readonly<Record<MediaRefusal['reason'], Sentence>> = {
  'no-media': {
    vi: 'Máy chủ chưa truyền được hình và tiếng. Điểm danh vẫn chạy bình thường; trang tự thử lại.',
    en: 'The server carries no pictures and no sound just now. Checking in goes on as usual; the page tries again by itself.',
  },
  gone: {
    vi: 'Đường hình này không còn. Trang tự nối lại.',
    en: 'This line is no longer there. The page connects again by itself.',
  },
  'too-many': {
    vi: 'Máy chủ đã phục vụ hết số đường hình. Hãy đóng bớt trang đang xem hình, rồi thử lại.',
    en: 'The server carries no more lines. Close pages that show pictures, then try again.',
  },
  unsupported: {
    vi: 'Máy chủ không nhận kiểu hình hoặc tiếng mà trình duyệt này gửi. Hãy dùng Chrome, Edge hoặc Cốc Cốc bản mới.',
    en: 'The server does not take the kind of picture or sound that this browser sends. Use a current Chrome, Edge or Cốc Cốc.',
  },
  'not-wanted': {
    vi: 'Chưa ai cần hình và tiếng của máy này. Khi cần, trang tự gửi.',
    en: 'Nobody asks for picture and sound of this machine. When somebody does, the page sends by itself.',
  },
  'not-asking': {
    vi: 'Điểm cầu này không còn xin phát biểu.',
    en: 'This bridge does not ask for the floor any more.',
  },
  'not-holding': {
    vi: 'Điểm cầu này không giữ quyền phát biểu.',
    en: 'This bridge does not have the floor.',
  },
  'not-joined': {
    vi: 'Trang này chưa vào phòng hình. Hãy tải lại trang.',
    en: 'This page has not joined the room. Load it again.',
  },
};

/** A bridge that the session is not for has no place in its room. */
export const NOT_OF_SESSION: Sentence = {
  vi: 'Điểm cầu này không dự buổi này. Hãy mở buổi khác, hoặc hỏi ban tổ chức.',
  en: 'This bridge takes no part in this session. Open another one, or ask the organizers.',
};
