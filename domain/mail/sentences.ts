import type { Language, Sentence } from '../text/language.ts';
import type { AddressFault } from './address.ts';
import type { LetterState } from './letter.ts';

const FAULTS: Readonly<Record<AddressFault, Sentence>> = {
  empty: { vi: 'Chưa có địa chỉ thư.', en: 'There is no mail address.' },
  'too long': { vi: 'Địa chỉ thư dài quá 254 ký tự.', en: 'The mail address is longer than 254 characters.' },
  'control characters': {
    vi: 'Địa chỉ thư có ký tự không nhìn thấy. Hãy gõ lại.',
    en: 'The mail address has invisible characters in it. Type it again.',
  },
  'not one address': {
    vi: 'Chỉ ghi một địa chỉ thư, không có dấu cách, dấu phẩy hay dấu ngoặc.',
    en: 'Write one mail address only, without blanks, commas or brackets.',
  },
  'not plain letters': {
    vi: 'Địa chỉ thư không có chữ có dấu.',
    en: 'A mail address has no letters with marks.',
  },
  'no at sign': { vi: 'Địa chỉ thư thiếu dấu @.', en: 'The mail address has no @.' },
  'before the at sign': {
    vi: 'Phần trước dấu @ của địa chỉ thư chưa đúng.',
    en: 'What stands before the @ of the mail address is not right.',
  },
  'after the at sign': {
    vi: 'Phần sau dấu @ của địa chỉ thư chưa đúng, ví dụ đúng: tinh.gov.vn.',
    en: 'What stands after the @ of the mail address is not right; right would be tinh.gov.vn.',
  },
};

/** Why a text cannot be an address. */
export function sayAddressFault(fault: AddressFault, language: Language): string {
  return FAULTS[fault][language];
}

export const LETTER_STATE_WORDS: Readonly<Record<LetterState, Sentence>> = {
  waiting: { vi: 'chờ gửi', en: 'waiting' },
  sending: { vi: 'đang gửi', en: 'being sent' },
  sent: { vi: 'đã gửi', en: 'sent' },
  kept: { vi: 'giữ lại (chạy thử)', en: 'kept (test mode)' },
  failed: { vi: 'không gửi được', en: 'not sent' },
  bounced: { vi: 'bị trả lại', en: 'came back' },
  withdrawn: { vi: 'đã rút', en: 'withdrawn' },
};

export function letterStateWord(state: LetterState, language: Language): string {
  return LETTER_STATE_WORDS[state][language];
}

/** Why the line to the mail server carries nothing. */
export const LINE_TROUBLES = ['no connection', 'no encryption', 'sign-in refused', 'refused'] as const;
export type LineTrouble = (typeof LINE_TROUBLES)[number];

const TROUBLES: Readonly<Record<LineTrouble, Sentence>> = {
  'no connection': {
    vi: 'không nối được máy chủ thư',
    en: 'the mail server cannot be reached',
  },
  'no encryption': {
    vi: 'không mã hóa được đường nối tới máy chủ thư',
    en: 'the connection to the mail server cannot be encrypted',
  },
  'sign-in refused': {
    vi: 'máy chủ thư không nhận tên hoặc mật khẩu',
    en: 'the mail server does not take the user name or password',
  },
  refused: { vi: 'máy chủ thư từ chối', en: 'the mail server refuses' },
};

export function sayLineTrouble(trouble: LineTrouble, language: Language): string {
  return TROUBLES[trouble][language];
}
