import { ok } from '../result.ts';
import type { Result } from '../result.ts';
import type { Language } from './language.ts';
import { nfc } from './normalize.ts';

const FORMATS = {
  vi: new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 3 }),
  en: new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 }),
} as const satisfies Record<Language, Intl.NumberFormat>;

/** `978.532` and `1.234.567,5`; in English `978,532` and `1,234,567.5`. At most three decimals. */
export function formatNumber(n: number, language: Language = 'vi'): string {
  return FORMATS[language].format(n);
}

/**
 * `95,57 %`, in English `95.57%`: at most two decimals, rounded half up. `-` where the whole is zero or less: there is no
 * ratio of nothing. Both numbers are whole. Show the fraction beside it, as 99,999 % rounds to 100 %.
 */
export function formatPercent(part: number, whole: number, language: Language = 'vi'): string {
  if (whole <= 0) return '-';
  // In whole hundredths of a percent, as 1.005 has no exact binary form. Safe up to some 4 · 10^11 people.
  const hundredths = Math.floor((part * 20_000 + whole) / (2 * whole));
  const text = formatNumber(hundredths / 100, language);
  return language === 'vi' ? `${text} %` : `${text}%`;
}

/** A count in a sentence of an official text: `01 điểm cầu`, `05 quan điểm`, `12`. Zero stays `0`. */
export function formatSmallCount(n: number): string {
  return Number.isInteger(n) && n > 0 && n < 10 ? `0${n}` : FORMATS.vi.format(n);
}

/** How large a file is, as people weigh it: `1,4 MB`, `320 kB`. */
export function formatBytes(bytes: number, language: Language = 'vi'): string {
  const kilobytes = Math.max(1, Math.round(bytes / 1000));
  if (kilobytes < 1000) return `${formatNumber(kilobytes, language)} kB`;
  return `${formatNumber(Math.round(bytes / 100_000) / 10, language)} MB`;
}

export type NumberFailure = { readonly reason: 'not a number' | 'ambiguous' | 'too large' };

const PLAIN = /^\d+$/;
const VIETNAMESE = /^(?:\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:,\d+)?$/;
const ENGLISH = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
/** `1,234`: a thousand to one writer, one and a bit to another. */
const ONE_COMMA_THREE_DIGITS = /^[1-9]\d{0,2},\d{3}$/;
/** `1.5` out of a spreadsheet: an English decimal, or a thousands group that lost its zeros. */
const ENGLISH_DECIMAL = /^\d+\.\d+$/;

/**
 * Reads a number as a Vietnamese writes it: `15.345` is fifteen thousand, `99,16` a decimal. What could be meant in two
 * ways (`1.5`, `1,234`) is `ambiguous`: ask, do not guess.
 */
export function parseNumber(text: string): Result<number, NumberFailure> {
  const signed = nfc(text).trim().replace(/\s/g, ' ').replace(/^−/, '-');
  const negative = signed.startsWith('-');
  const body = negative || signed.startsWith('+') ? signed.slice(1).trimStart() : signed;
  // No count and no ratio has more; a longer text need not be looked at.
  if (body.length > 40) return { ok: false, reason: 'not a number' };
  if (ONE_COMMA_THREE_DIGITS.test(body)) return { ok: false, reason: 'ambiguous' };
  let plain: string;
  if (PLAIN.test(body)) plain = body;
  else if (VIETNAMESE.test(body)) plain = body.replace(/[. ]/g, '').replace(',', '.');
  else if (ENGLISH.test(body)) plain = body.replace(/,/g, '');
  else return { ok: false, reason: ENGLISH_DECIMAL.test(body) ? 'ambiguous' : 'not a number' };
  const value = Number(plain);
  if (value > Number.MAX_SAFE_INTEGER) return { ok: false, reason: 'too large' };
  return ok(negative && value !== 0 ? -value : value);
}
