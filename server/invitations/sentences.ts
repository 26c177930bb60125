import type { Sentence } from '../../domain/text/language.ts';
import type { StepFailure } from '../../domain/invitations/life.ts';

/** Why somebody is kept out whose seat another has. */
export const REPLACED: Sentence = { vi: 'Có người dự thay', en: 'Somebody comes instead' };

export const NO_BRIDGES: Sentence = {
  vi: 'Hội nghị chưa có điểm cầu. Hãy lập điểm cầu và xếp chỗ trước.',
  en: 'The conference has no bridges yet. Make them and seat people first.',
};
export const FROZEN: Sentence = {
  vi: 'Danh sách đã chốt cho bảo vệ. Muốn đổi tên hãy ghi ai cho phép và vì sao. Chưa có gì thay đổi.',
  en: 'Names are frozen for the security list. To change them, enter who allows it and why. Nothing was changed.',
};
export const OVER: Sentence = {
  vi: 'Hội nghị đã bắt đầu: việc đến dự do cửa ghi nhận. Chưa có gì thay đổi.',
  en: 'The conference has begun: who comes is recorded at the door. Nothing was changed.',
};
export const NO_LINE: Sentence = {
  vi: 'Máy chủ chưa được cài đặt để gửi thư, nên chưa gửi gì. Hãy giao giấy tận tay, hoặc nhờ người quản trị đặt MAIL_URL và MAIL_FROM.',
  en: 'The server is not set up to send mail, so nothing was sent. Hand letters over on paper, or have MAIL_URL and MAIL_FROM set.',
};
export const NO_INVITATION: Sentence = {
  vi: 'Không có giấy mời này ở đây. Hãy tải lại trang.',
  en: 'There is no such invitation here. Load the page again.',
};
export const NO_SEAT: Sentence = {
  vi: 'Người được thay không còn chỗ ở điểm cầu này, nên chưa thay được. Hãy tải lại trang.',
  en: 'Whoever is to be replaced has no seat at this bridge any more, so nothing was changed. Load the page again.',
};
export const CHAIRS: Sentence = {
  vi: 'Người này chủ trì điểm cầu. Hãy đổi người chủ trì ở trang điểm cầu; chưa có gì thay đổi.',
  en: 'This person chairs the bridge. Change the chair on the page of bridges; nothing was changed here.',
};
export const SEATED_ALREADY: Sentence = {
  vi: 'Người dự thay đã có chỗ trong hội nghị, không dự thay được. Chưa có gì thay đổi.',
  en: 'The substitute has a seat of their own and cannot come instead. Nothing was changed.',
};

/** Why a step cannot be taken. */
export const STEPS: Readonly<Record<StepFailure['reason'], Sentence>> = {
  'not prepared': {
    vi: 'Chưa có giấy mời cho người này.',
    en: 'There is no invitation for this person yet.',
  },
  'already prepared': { vi: 'Người này đã có giấy mời.', en: 'This person has an invitation already.' },
  'not approved': { vi: 'Giấy mời chưa được duyệt.', en: 'The invitation is not approved yet.' },
  'already approved': { vi: 'Giấy mời đã được duyệt rồi.', en: 'The invitation is approved already.' },
  'already sent': { vi: 'Giấy mời đã gửi rồi.', en: 'The invitation has been sent already.' },
  'not sent': {
    vi: 'Giấy mời chưa gửi, nên chưa ghi trả lời được. Hãy gửi hoặc ghi là đã giao giấy.',
    en: 'The invitation has not been sent, so there is no answer to enter. Send it, or enter that it was handed over.',
  },
  withdrawn: { vi: 'Giấy mời đã rút.', en: 'The invitation was taken back.' },
  replaced: { vi: 'Đã có người dự thay.', en: 'Somebody else comes instead already.' },
  'no substitute proposed': {
    vi: 'Không còn đề nghị dự thay nào chờ quyết định. Hãy tải lại trang.',
    en: 'No substitute waits for a decision any more. Load the page again.',
  },
  'already there': { vi: 'Giấy mời đã ở điểm cầu này.', en: 'The invitation names this bridge already.' },
};

/** Headings of the list for the venue's security. */
export const HEADINGS = {
  order: { vi: 'Số thứ tự', en: 'No.' },
  name: { vi: 'Họ và tên', en: 'Name' },
  position: { vi: 'Chức vụ', en: 'Position' },
  unit: { vi: 'Đơn vị', en: 'Unit' },
  bridge: { vi: 'Điểm cầu', en: 'Bridge' },
  seat: { vi: 'Số ghế', en: 'Seat number' },
  state: { vi: 'Tình trạng', en: 'Status' },
  change: { vi: 'Thay đổi sau khi chốt', en: 'Change after the freeze' },
  allowedBy: { vi: 'Người cho phép', en: 'Allowed by' },
  why: { vi: 'Lý do', en: 'Why' },
} as const satisfies Readonly<Record<string, Sentence>>;

export const FILE_NAME: Sentence = { vi: 'Danh sách bảo vệ', en: 'Security list' };

/** Changes of names since they were frozen. */
export const CHANGES = {
  prepared: { vi: 'Thêm vào', en: 'Added' },
  moved: { vi: 'Chuyển đến', en: 'Moved here' },
  'substitute-accepted': { vi: 'Có người dự thay', en: 'Replaced' },
  withdrawn: { vi: 'Rút tên', en: 'Taken out' },
} as const satisfies Readonly<Record<string, Sentence>>;
export const EXPECTED: Sentence = { vi: 'Dự', en: 'Expected' };
export const NOT_EXPECTED: Sentence = { vi: 'Không dự', en: 'Not coming' };
export const GONE: Sentence = { vi: 'Không còn trong danh sách', en: 'No longer on the list' };
