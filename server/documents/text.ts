import { ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import type { Language } from '../../domain/text/language.ts';
import { nfc } from '../../domain/text/normalize.ts';
import { textOfDocx } from './docx.ts';

export const TEXT_FAILURES = [
  'empty',
  'too large',
  'too much text',
  'old word file',
  'pdf',
  'unknown kind',
  'not unicode',
  'old vietnamese encoding',
  'unsafe archive',
  'damaged document',
] as const;
export type TextFailureReason = (typeof TEXT_FAILURES)[number];

export interface TextFailure {
  readonly reason: TextFailureReason;
}

/** Says whether an archive is safe to unpack: bounded in entries, size and ratio. */
export type ArchiveCheck = (
  bytes: Uint8Array,
) => { readonly ok: boolean } | Promise<{ readonly ok: boolean }>;

export interface TextLimits {
  readonly bytes: number;
  /** UTF-16 units of the text. */
  readonly units: number;
}

/** A plan of fifty pages has 150,000 units and, with seals as images, rarely 10 MB. */
export const TEXT_LIMITS: TextLimits = { bytes: 20_000_000, units: 2_000_000 };

/**
 * The text of a document file in NFC: plain text or Markdown in UTF-8 or UTF-16, or DOCX. The content decides what it is,
 * not the name. A text in an old Vietnamese encoding (TCVN3, VNI) fails: a guess would put wrong names into a plan.
 */
export async function textOf(
  bytes: Uint8Array,
  checkArchive: ArchiveCheck,
  limits: TextLimits = TEXT_LIMITS,
): Promise<Result<string, TextFailure>> {
  if (bytes.length === 0) return fail('empty');
  if (bytes.length > limits.bytes) return fail('too large');
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return fail('old word file');
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46])) return fail('pdf');
  const read = startsWith(bytes, [0x50, 0x4b]) ? await readDocx(bytes, checkArchive) : decode(bytes);
  if (!read.ok) return read;
  if (read.value.length > limits.units) return fail('too much text');
  const text = nfc(read.value);
  return text.trim().length === 0 ? fail('empty') : ok(text);
}

function fail(reason: TextFailureReason): { ok: false; reason: TextFailureReason } {
  return { ok: false, reason };
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte);
}

async function readDocx(bytes: Uint8Array, checkArchive: ArchiveCheck): Promise<Result<string, TextFailure>> {
  const archive = await checkArchive(bytes);
  if (!archive.ok) return fail('unsafe archive');
  try {
    return ok(await textOfDocx(bytes));
  } catch {
    // Another kind of archive, or a part of the document is missing: mammoth has no closed list of what it throws.
    return fail('damaged document');
  }
}

function decode(bytes: Uint8Array): Result<string, TextFailure> {
  const encoding = encodingOf(bytes);
  let text: string;
  try {
    // Also takes the byte order mark away.
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return fail(looksTyped(bytes) ? 'not unicode' : 'unknown kind');
  }
  if (text.includes('\0')) return fail('unknown kind');
  return isOldVietnamese(text) ? fail('old vietnamese encoding') : ok(text);
}

/** UTF-16 is known by its mark, or by zeros in every other place as Western letters have them. */
function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(bytes, [0xfe, 0xff])) return 'utf-16be';
  const sample = bytes.subarray(0, 2000);
  const zeros = [0, 0];
  sample.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (odd > sample.length * 0.2 && even < odd / 10) return 'utf-16le';
  if (even > sample.length * 0.2 && odd < even / 10) return 'utf-16be';
  return 'utf-8';
}

/** Bytes of a text in some one-byte encoding: lines and letters, hardly a control character. */
function looksTyped(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 4000);
  const control = sample.filter((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13).length;
  return control <= sample.length * 0.01;
}

/** Letters that only Vietnamese in Unicode has. */
const VIETNAMESE = /[\u1EA0-\u1EF9đĐơƠưƯăĂ]/u;
// "Héi nghÞ trùc tuyÕn": what TCVN3 writes for Vietnamese letters, among them signs that stand in no word.
const TCVN3 = /(?<=\p{L})[®µ¸¹¨»¾¼½©ªÞ«¬\u00AD÷þ¶·]|[®µ¸¹¨»¾¼½©ªÞ«¬\u00AD÷þ¶·](?=\p{L})/gu;
// "Hoäi nghò": VNI sets a tone as a letter of its own after the vowel.
const VNI = /[aeiouyAEIOUYô][ùøûõïäåâêëéèüúàáãöò](?=[\p{L}\s]|$)/gu;
// "Há»™i nghá»‹": UTF-8 that a program took for Western letters.
const TWICE = /á[»º]|Ä[‘\u0090]|Æ[°¡]/gu;

function isOldVietnamese(text: string): boolean {
  const sample = text.slice(0, 20_000);
  const count = (pattern: RegExp): number => sample.match(pattern)?.length ?? 0;
  const least = Math.max(4, sample.length * 0.015);
  if (count(TWICE) >= least) return true;
  if (VIETNAMESE.test(sample)) return false;
  return count(TCVN3) >= least || count(VNI) >= least;
}

const SENTENCES: Readonly<Record<TextFailureReason, Record<Language, string>>> = {
  empty: { vi: 'Tệp không có chữ nào.', en: 'The file has no text.' },
  'too large': { vi: 'Tệp quá lớn.', en: 'The file is too large.' },
  'too much text': {
    vi: 'Văn bản quá dài, không phải một kế hoạch.',
    en: 'The text is too long for a plan.',
  },
  'old word file': {
    vi: 'Tệp .doc kiểu cũ, hoặc tệp có mật khẩu. Hãy mở bằng Word và lưu lại thành .docx.',
    en: 'An old .doc file, or one with a password. Open it in Word and save it as .docx.',
  },
  pdf: {
    vi: 'Chưa đọc được tệp PDF. Hãy dùng tệp .docx hoặc tệp văn bản.',
    en: 'PDF files cannot be read. Use a .docx or a text file.',
  },
  'unknown kind': {
    vi: 'Không nhận ra loại tệp. Hãy dùng tệp .docx, .txt hoặc .md.',
    en: 'This kind of file is not known. Use a .docx, .txt or .md file.',
  },
  'not unicode': {
    vi: 'Tệp không dùng bảng mã Unicode. Hãy lưu lại theo UTF-8.',
    en: 'The file is not in Unicode. Save it as UTF-8.',
  },
  'old vietnamese encoding': {
    vi: 'Chữ trong tệp theo bảng mã cũ (TCVN3, VNI) hoặc đã hỏng. Hãy chuyển sang Unicode rồi nộp lại.',
    en: 'The text is in an old Vietnamese encoding (TCVN3, VNI), or broken. Convert it to Unicode first.',
  },
  'unsafe archive': { vi: 'Tệp nén bất thường nên không được mở.', en: 'The archive is not safe to open.' },
  'damaged document': {
    vi: 'Tệp bị hỏng hoặc không phải văn bản Word.',
    en: 'The file is damaged, or is not a Word document.',
  },
};

export function textFailureSentence(reason: TextFailureReason, language: Language): string {
  return SENTENCES[reason][language];
}
