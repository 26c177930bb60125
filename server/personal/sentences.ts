import type { AnswerFault, AnswerField } from '../../domain/personal/answer-form.ts';
import type { Language, Sentence } from '../../domain/text/language.ts';
import { formatDate } from '../../domain/text/dates.ts';
import { civilDateOf, type Instant } from '../../domain/time.ts';

/** Words of the page of somebody who is invited. */
export const WORDS = {
  summons: { vi: 'Thông báo triệu tập', en: 'Summons' },
  invitation: { vi: 'Giấy mời', en: 'Invitation' },
  dear: { vi: 'Kính gửi', en: 'To' },
  from: { vi: 'Đơn vị mời', en: 'From' },
  conference: { vi: 'Hội nghị', en: 'Conference' },
  plan: { vi: 'Kế hoạch số', en: 'Plan no.' },
  when: { vi: 'Thời gian', en: 'When' },
  doors: { vi: 'Đón đại biểu từ', en: 'Doors open at' },
  noTime: { vi: 'Sẽ báo sau', en: 'To be announced' },
  where: { vi: 'Nơi họp', en: 'Where' },
  bridge: { vi: 'Điểm cầu', en: 'Bridge' },
  seat: { vi: 'Số ghế', en: 'Seat' },
  chair: { vi: 'Bạn chủ trì điểm cầu này.', en: 'You chair this bridge.' },
  noSeat: {
    vi: 'Bạn hiện chưa có chỗ ở điểm cầu này. Hãy hỏi đơn vị mời.',
    en: 'You have no seat at this bridge at the moment. Ask whoever invited you.',
  },
  calledOff: { vi: 'Buổi họp đã hủy. Lý do:', en: 'The session was called off. Reason:' },
  withdrawn: {
    vi: 'Thư này đã được rút lại, bạn không cần đến. Lý do:',
    en: 'This letter was taken back; you need not come. Reason:',
  },
  answer: { vi: 'Trả lời', en: 'Your answer' },
  asked: { vi: 'Xin cho biết bạn có dự được không.', en: 'Please say whether you can come.' },
  saidComing: { vi: 'Bạn đã trả lời: sẽ dự.', en: 'You answered: coming.' },
  saidNotComing: { vi: 'Bạn đã trả lời: không dự được. Lý do:', en: 'You answered: not coming. Reason:' },
  proposed: {
    vi: 'Bạn đã đề nghị người dự thay. Đơn vị chưa quyết định. Người dự thay:',
    en: 'You proposed somebody to come in your place. The unit has not decided yet. In your place:',
  },
  accepted: {
    vi: 'Đơn vị đã đồng ý người dự thay. Bạn không cần đến. Người dự thay:',
    en: 'The unit has agreed to somebody in your place. You need not come. In your place:',
  },
  refused: {
    vi: 'Đơn vị không đồng ý người dự thay. Hãy trả lời lại. Lý do:',
    en: 'The unit has not agreed to somebody in your place. Please answer again. Reason:',
  },
  mayChange: {
    vi: 'Bạn có thể đổi câu trả lời đến trước giờ họp.',
    en: 'You may change your answer until the session begins.',
  },
  closed: {
    vi: 'Đã đến giờ họp nên trang này không nhận trả lời nữa.',
    en: 'The session has begun, so this page takes no answers any more.',
  },
  coming: { vi: 'Tôi sẽ dự', en: 'I am coming' },
  notComing: { vi: 'Tôi không dự được', en: 'I cannot come' },
  substitute: { vi: 'Đề nghị người dự thay', en: 'Propose somebody in my place' },
  sendAbsence: { vi: 'Gửi: không dự được', en: 'Send: not coming' },
  sendSubstitute: { vi: 'Gửi đề nghị', en: 'Send the proposal' },
  substituteMore: {
    vi: 'Đơn vị sẽ xem và quyết định. Người được đồng ý ngồi vào chỗ của bạn.',
    en: 'The unit looks at it and decides. Whoever is accepted takes your seat.',
  },
  optional: { vi: 'không bắt buộc', en: 'optional' },
  pass: { vi: 'Thẻ đại biểu', en: 'Your pass' },
  passMore: {
    vi: 'Đưa mã này cho người ở cửa quét, trên màn hình hoặc bản in. Ai có mã đều vào được bằng tên bạn, nên đừng gửi cho người khác.',
    en: 'Show this code at the door, on the screen or on paper. Whoever has it can come in under your name, so do not pass it on.',
  },
  passCode: { vi: 'Mã thẻ của bạn', en: 'The code of your pass' },
  programme: { vi: 'Chương trình', en: 'Programme' },
  minutes: { vi: 'phút', en: 'min' },
  papers: { vi: 'Tài liệu', en: 'Papers' },
  noPapers: { vi: 'Chưa có tài liệu nào.', en: 'There are no papers yet.' },
  calendar: { vi: 'Thêm vào lịch', en: 'Add to calendar' },
  calendarMore: {
    vi: 'Tải một tệp nhỏ; mở tệp đó là lịch của điện thoại có buổi họp này.',
    en: 'Downloads a small file; open it and the session is in the calendar of your phone.',
  },
  other: { vi: 'English', en: 'Tiếng Việt' },
  ownPage: {
    vi: 'Trang này là của riêng bạn. Ai có đường dẫn đều xem và trả lời thay được, nên đừng gửi cho người khác.',
    en: 'This page is yours alone. Whoever has its address can read it and answer for you, so do not pass it on.',
  },
  faults: { vi: 'Chưa gửi được. Hãy sửa các mục sau:', en: 'Nothing was sent. Please mend these:' },
  noAnswer: {
    vi: 'Chưa gửi được: chưa chọn câu trả lời nào. Hãy chọn một trong ba cách dưới đây.',
    en: 'Nothing was sent: no answer was chosen. Choose one of the three below.',
  },
  sent: { vi: 'Đã nhận câu trả lời của bạn.', en: 'Your answer was received.' },
  notNow: {
    vi: 'Câu trả lời chưa được nhận, vì thư vừa thay đổi hoặc đã đến giờ họp. Dưới đây là tình trạng hiện nay.',
    en: 'Your answer was not taken: the letter has just changed, or the session has begun. Below is how it stands now.',
  },
} as const satisfies Readonly<Record<string, Sentence>>;

export const FIELD_NAMES: Readonly<Record<AnswerField, Sentence>> = {
  reason: { vi: 'Lý do không dự được', en: 'Why you cannot come' },
  name: { vi: 'Họ và tên người dự thay', en: 'Name of the substitute' },
  position: { vi: 'Chức vụ', en: 'Post' },
  unit: { vi: 'Đơn vị', en: 'Unit' },
  phone: { vi: 'Điện thoại', en: 'Telephone' },
  why: { vi: 'Lý do bạn không dự được', en: 'Why you cannot come yourself' },
};

const FAULTS: Readonly<Record<AnswerFault['fault'], Sentence>> = {
  missing: { vi: 'chưa điền.', en: 'is missing.' },
  'too long': { vi: 'quá dài, hãy viết ngắn lại.', en: 'is too long; write it shorter.' },
  'no telephone': {
    vi: 'chưa đúng. Ví dụ: 0912 345 678.',
    en: 'is no telephone number. For example: 0912 345 678.',
  },
};

/** `Họ và tên người dự thay: chưa điền.` */
export function sayFault({ field, fault }: AnswerFault, language: Language): string {
  const mark = language === 'vi' ? ': ' : ' ';
  return `${FIELD_NAMES[field][language]}${mark}${FAULTS[fault][language]}`;
}

/** Since when somebody is obliged to come without any letter. */
export function sayObliged(since: Instant, language: Language): string {
  const day = formatDate(civilDateOf(since));
  return language === 'vi'
    ? `Bạn được triệu tập theo kế hoạch ban hành ngày ${day}.`
    : `You are summoned by the plan issued on ${day}.`;
}

/** Pages in the place of the one that was asked for. */
export const NO_SUCH_PAGE = {
  title: { vi: 'Đường dẫn không dùng được', en: 'The link does not work' },
  text: {
    vi: 'Đường dẫn thiếu chữ, hoặc đã được thay bằng đường dẫn mới. Hãy mở lại từ thư mới nhất, chép đủ cả dòng; nếu vẫn không được, hãy hỏi đơn vị mời bạn.',
    en: 'Letters of the address are missing, or it was replaced by a new one. Open it from the latest letter, the whole line of it; if that does not help, ask whoever invited you.',
  },
} as const;
export const TOO_OFTEN = {
  title: { vi: 'Xin đợi một chút', en: 'Please wait a moment' },
  text: {
    vi: 'Có quá nhiều lượt mở cùng lúc. Hãy đợi một phút rồi mở lại. Chưa có gì thay đổi.',
    en: 'The page was opened too often. Wait a minute and open it again. Nothing has changed.',
  },
} as const;
export const FAILED = {
  title: { vi: 'Máy chủ gặp lỗi', en: 'The server failed' },
  text: {
    vi: 'Trang chưa mở được và chưa có gì được lưu. Hãy quay lại rồi thử lần nữa sau ít phút.',
    en: 'The page could not be opened and nothing was saved. Go back and try again in a few minutes.',
  },
} as const;
export const NO_SUCH_PAPER_HERE = {
  title: { vi: 'Tài liệu không còn', en: 'The paper is gone' },
  text: {
    vi: 'Đơn vị mời đã gỡ hoặc thay tài liệu này. Hãy quay lại và tải lại trang.',
    en: 'This paper was taken away or replaced. Go back and load the page again.',
  },
} as const;
export const CALENDAR_FILE: Sentence = { vi: 'Lịch họp', en: 'Conference' };

export const NO_INVITATION: Sentence = {
  vi: 'Không có thư mời nào như vậy ở điểm cầu này. Chưa có gì thay đổi.',
  en: 'There is no such invitation at this bridge. Nothing has changed.',
};
export const TOO_MANY_LINKS: Sentence = {
  vi: 'Đường dẫn của người này đã thay quá nhiều lần. Hãy trả lời hộ tại trang thư mời.',
  en: 'The link of this person was replaced too often. Write their answer down on the page of invitations.',
};

/** Where somebody goes, for the entry in their own calendar. */
export function placeNotes(
  {
    bridge,
    seat,
  }: {
    readonly bridge: { readonly name: string };
    readonly seat: { readonly seatNumber: string | null } | null;
  },
  language: Language,
): string[] {
  const number = seat?.seatNumber ?? null;
  const mark = language === 'vi' ? ': ' : ' ';
  return [
    `${WORDS.bridge[language]}: ${bridge.name}`,
    ...(number === null ? [] : [`${WORDS.seat[language]}${mark}${number}`]),
  ];
}
