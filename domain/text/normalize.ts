/** Zero-width spaces, soft hyphens and byte order marks, which PDF and web pages leave inside words. */
const INVISIBLE = /[\u00AD\u200B\u2060\uFEFF]/g;
const BLANKS = /\s+/g;
const BLANK_BEFORE_MARK = / (?=[,;.:])/g;
const ASCII = /^[\x00-\x7F]*$/; // oxlint-disable-line no-control-regex -- control characters are ASCII too

/** Unicode NFC, the form in which all text of the program is kept. Input from macOS and from PDF often is NFD. */
export function nfc(text: string): string {
  return ASCII.test(text) ? text : text.normalize('NFC');
}

/**
 * One line of clean text out of a form field or a cell: NFC, NBSP and runs of blanks (line breaks too) as one space,
 * no space before , ; . :, trimmed. The letters stay as they were typed.
 */
export function tidy(text: string): string {
  return nfc(text).replace(INVISIBLE, '').replace(BLANKS, ' ').replace(BLANK_BEFORE_MARK, '').trim();
}

/** Room for combining marks: Vietnamese has two on a letter; a text of more is no text but an attack on the page. */
const UNITS_PER_GRAPHEME = 8;

let segmenter: Intl.Segmenter | undefined;

/** Whether a text has at most `limit` graphemes, what a reader counts as letters. Looks no further than it must. */
export function fits(text: string, limit: number): boolean {
  if (text.length <= limit) return true;
  if (text.length > limit * UNITS_PER_GRAPHEME) return false;
  segmenter ??= new Intl.Segmenter('vi', { granularity: 'grapheme' });
  let count = 0;
  for (const _ of segmenter.segment(text)) if (++count > limit) return false;
  return true;
}

/** The first `limit` graphemes, with an ellipsis (…) as the last of them where something was cut. */
export function shorten(text: string, limit: number): string {
  if (fits(text, limit)) return text;
  segmenter ??= new Intl.Segmenter('vi', { granularity: 'grapheme' });
  let out = '';
  let count = 0;
  // A single grapheme can be as long as the text: what is cut off first never mattered.
  for (const { segment } of segmenter.segment(text.slice(0, limit * UNITS_PER_GRAPHEME))) {
    if (++count >= limit) break;
    out += segment;
  }
  return `${out.trimEnd()}…`;
}
