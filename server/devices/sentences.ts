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
