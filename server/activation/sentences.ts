import type { Language, Sentence } from '../../domain/text/language.ts';
import type { CodeFailure } from './commands.ts';

export const NO_BRIDGES: Sentence = {
  vi: 'Hội nghị chưa có điểm cầu nào nên chưa có mã. Hãy dựng cây điểm cầu trước.',
  en: 'The conference has no bridges yet, so there are no codes. Build the bridges first.',
};
export const NOBODY_NEEDS_ONE: Sentence = {
  vi: 'Mọi điểm cầu ở đây đã có người phụ trách hoặc đã có mã còn hạn. Chưa làm mã nào; mã đã phát vẫn dùng được.',
  en: 'Every bridge here has a host or a code that is still good. No code was made; those handed out still work.',
};

/** What whoever typed a code is told. */
export const CODE_PROBLEMS = {
  'code-unknown': {
    vi: 'Mã này không đúng. Hãy so lại từng chữ với phiếu; phiếu không dùng các chữ 0, O, 1, I, L.',
    en: 'This code is not right. Compare it with the slip letter by letter; it has no 0, O, 1, I or L.',
  },
  'code-used': {
    vi: 'Mã này đã được dùng. Nếu chính đồng chí đã dùng, hãy đăng nhập. Nếu không, hãy báo ngay cho ban tổ chức.',
    en: 'This code has been used. If it was you, sign in. If it was not, tell the organizers at once.',
  },
  'code-expired': {
    vi: 'Mã này đã hết hạn. Hãy xin ban tổ chức mã mới.',
    en: 'This code has expired. Ask the organizers for a new one.',
  },
  'code-replaced': {
    vi: 'Mã này đã được thay bằng mã mới. Hãy dùng phiếu phát sau.',
    en: 'This code was replaced by a new one. Use the slip that was handed out later.',
  },
  'code-revoked': {
    vi: 'Mã này đã bị thu hồi. Hãy hỏi ban tổ chức.',
    en: 'This code was revoked. Ask the organizers.',
  },
} as const satisfies Readonly<Record<Exclude<CodeFailure['reason'], 'too-many'>, Sentence>>;

/** Headings of the sheet. */
export const HEADINGS = {
  number: { vi: 'STT', en: 'No.' },
  bridge: { vi: 'Điểm cầu', en: 'Bridge' },
  upper: { vi: 'Cấp trên', en: 'Under' },
  code: { vi: 'Mã kích hoạt', en: 'Activation code' },
  link: { vi: 'Đường dẫn', en: 'Link' },
  pairing: { vi: 'Mã ghép máy', en: 'Pairing code' },
  expires: { vi: 'Dùng trước', en: 'Use before' },
  handed: { vi: 'Người nhận (ký)', en: 'Handed to (signature)' },
} as const satisfies Readonly<Record<string, Sentence>>;

export const SHEET: Sentence = { vi: 'Mã kích hoạt', en: 'Activation codes' };
export const SLIPS: Sentence = { vi: 'Phiếu', en: 'Slips' };
export const LIST: Sentence = { vi: 'Danh sách', en: 'List' };

/** The words of a slip: three lines on what to do. */
export const SLIP = {
  title: { vi: 'Phiếu kích hoạt phụ trách điểm cầu', en: 'Activation slip for the host of a bridge' },
  address: { vi: 'Địa chỉ', en: 'Address' },
  code: { vi: 'Mã', en: 'Code' },
  pairing: { vi: 'Mã ghép máy', en: 'Pairing code' },
  expires: { vi: 'Dùng trước', en: 'Use before' },
} as const satisfies Readonly<Record<string, Sentence>>;

/** Where the page is that takes a code. */
export const CODE_PAGE = '/code';

export function slipLines(language: Language): readonly string[] {
  return language === 'vi'
    ? [
        'Quét mã vuông, hoặc mở địa chỉ trên rồi gõ mã.',
        'Ghi họ tên, tự đặt mật khẩu; trang sẽ cho tên đăng nhập. Trên máy điểm danh gõ mã ghép máy.',
        'Mỗi mã dùng một lần, chỉ cho điểm cầu này. Không đưa cho người khác; mất thì báo ngay.',
      ]
    : [
        'Scan the square, or open the address above and type the code.',
        'Write your name and choose a password; the page gives you a name to sign in by. On the check-in machine type the pairing code.',
        'Each code works once, for this bridge alone. Give them to nobody; tell us at once if they are lost.',
      ];
}
