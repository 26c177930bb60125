import type { Language, Sentence } from '../../domain/text/language.ts';

/** What a machine is called while nobody has named it. */
export function numberedName(number: number, language: Language): string {
  return language === 'vi' ? `Máy ${number}` : `Machine ${number}`;
}

/** What the host of a revoked machine is told, with the reason that somebody gave. */
export function revokedSentence(reason: string): Sentence {
  return {
    vi: `Máy này đã bị thu hồi: ${reason}. Danh sách đại biểu trên máy được xóa. Lượt điểm danh còn trên máy vẫn được gửi lên và chờ ban tổ chức xem xét. Hãy dùng máy khác.`,
    en: `This machine was revoked: ${reason}. The list of people on it is wiped. Scans that are still on it are sent, and wait for the organizers to decide. Use another machine.`,
  };
}

export const UNKNOWN_DEVICE: Sentence = {
  vi: 'Không có máy này tại điểm cầu và các điểm cầu bên dưới. Chưa có gì thay đổi.',
  en: 'There is no such machine at the bridge or below it. Nothing has changed.',
};
export const REVOKED_BEFORE: Sentence = {
  vi: 'Máy này đã bị thu hồi từ trước. Chưa có gì thay đổi.',
  en: 'This machine was revoked before. Nothing has changed.',
};
export const NOT_REVOKED: Sentence = {
  vi: 'Máy này không bị thu hồi. Chưa có gì thay đổi.',
  en: 'This machine is not revoked. Nothing has changed.',
};

/** How a browser calls itself, the more special ones first: most claim to be Chrome and Safari as well. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bcoc_coc_browser\//i, 'Cốc Cốc'],
  [/\bEdg(?:A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bWindows NT 6\.1\b/, 'Windows 7'],
  [/\bWindows NT 6\.[23]\b/, 'Windows 8'],
  [/\bWindows\b/, 'Windows'],
  [/\bAndroid\b/, 'Android'],
  [/\b(?:iPhone|iPod)\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** A browser in plain words, "Chrome trên Windows 7"; how it calls itself is its `User-Agent`. */
export function browserWords(userAgent: string, language: Language): string {
  const find = (among: typeof BROWSERS) => among.find(([pattern]) => pattern.test(userAgent))?.[1];
  const [browser, system] = [find(BROWSERS), find(SYSTEMS)];
  const other = language === 'vi' ? 'Trình duyệt khác' : 'Another browser';
  if (system === undefined) return browser ?? other;
  return language === 'vi' ? `${browser ?? other} trên ${system}` : `${browser ?? other} on ${system}`;
}

export const NO_CODE: Sentence = {
  vi: 'Mã ghép máy có 8 chữ và số, ví dụ KMPT-4X7V. Hãy xem lại rồi nhập đủ.',
  en: 'A pairing code has 8 letters and digits, like KMPT-4X7V. Look again and type all of it.',
};
export const WRONG_CODE: Sentence = {
  vi: 'Mã ghép máy không đúng, hoặc là mã của điểm cầu khác. Hãy xem lại mã và tên điểm cầu.',
  en: 'The pairing code is wrong, or it is for another bridge. Look at the code and the name of the bridge again.',
};
export const USED_CODE: Sentence = {
  vi: 'Mã ghép máy này đã dùng cho một máy khác. Hãy xin mã mới.',
  en: 'This pairing code was used for another machine. Ask for a new one.',
};
export const EXPIRED_CODE: Sentence = {
  vi: 'Mã ghép máy này đã hết hạn. Hãy xin mã mới.',
  en: 'This pairing code has expired. Ask for a new one.',
};
export const REVOKED_KEY: Sentence = {
  vi: 'Máy này đã bị thu hồi. Trang sẽ ghép lại như một máy mới.',
  en: 'This machine was revoked. The page pairs it again as a new one.',
};
export const TOO_MANY_CODES: Sentence = {
  vi: 'Đã nhập sai mã ghép máy quá nhiều lần. Hãy đợi ít phút rồi nhập lại.',
  en: 'Too many wrong pairing codes. Wait a few minutes and try again.',
};
export const WRONG_SIGNATURE: Sentence = {
  vi: 'Dữ liệu đến không đúng như máy đã ký, nên chưa nhận. Máy sẽ gửi lại.',
  en: 'What came is not what the machine signed, so it was not taken. The machine sends it again.',
};
export const OTHER_TIME: Sentence = {
  vi: 'Giờ của máy lệch quá nhiều so với máy chủ, nên chưa nhận. Máy sẽ chỉnh giờ rồi gửi lại.',
  en: "The machine's clock differs too much from the server's. It sets its time right and sends again.",
};
