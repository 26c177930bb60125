/**
 * The marks that official documents number and list with. `rank` orders them from the outside in; what counts is only
 * which of two is the outer one: a document that starts at "1." reads as well as one that starts at "I-".
 */
export interface Marker {
  readonly kind: 'part' | 'roman' | 'decimal' | 'letter' | 'parenthesis' | 'dash' | 'plus';
  readonly rank: number;
  /** Units of the line that the mark and the blanks after it take. */
  readonly length: number;
}

/** "A." stands above "I." in long documents of the State. */
const PART = /^[A-EĐ]\s?[.)]\s+(?=\p{Lu}{2})/u;
// "V/v" (về việc) is no fifth section.
const ROMAN = /^(?:(?:Phần|PHẦN|Mục|MỤC)\s+)?(?:thứ\s+)?[IVX]{1,5}\s?(?:[-–—.:)]+|\/(?!v))\s*(?=\S)/u;
const DECIMAL = /^(\d{1,2}(?:\.\d{1,2}){0,3})\s?(?:[.):/]|[-–—](?=\s))\s*(?=[\p{L}(“"«])/u;
const NESTED = /^(\d{1,2}(?:\.\d{1,2}){1,3})\s+(?=\p{L})/u;
// The alphabet of lists has đ after d and neither f, j, w nor z.
const LETTER = /^\(?[a-eghik-vxyđ]\s?[).](?!\S\.)\s*(?=\S)/u;
const PARENTHESIS = /^\(\d{1,2}\)\s*(?=\S)/u;
const PLUS = /^[+○◦▪■]\s*(?=\S)/u;
const DASH = /^(?:[-–—−•·●‐‑]+|\*(?=\s))\s*(?=[^\s\d-]|\d{1,2}\S*\s)/u;

/** The mark at the start of a line, null where there is none. */
export function markerOf(line: string): Marker | null {
  const start = line.slice(0, 24);
  const part = PART.exec(start);
  if (part !== null) return { kind: 'part', rank: 0, length: part[0].length };
  const roman = ROMAN.exec(start);
  if (roman !== null) return { kind: 'roman', rank: 1, length: roman[0].length };
  const decimal = DECIMAL.exec(start) ?? NESTED.exec(start);
  if (decimal !== null) {
    const depth = (decimal[1] ?? '').split('.').length;
    return { kind: 'decimal', rank: 1 + depth, length: decimal[0].length };
  }
  const letter = LETTER.exec(start);
  if (letter !== null) return { kind: 'letter', rank: 6, length: letter[0].length };
  const parenthesis = PARENTHESIS.exec(start);
  if (parenthesis !== null) return { kind: 'parenthesis', rank: 7, length: parenthesis[0].length };
  const dash = DASH.exec(start);
  if (dash !== null) return { kind: 'dash', rank: 8, length: dash[0].length };
  const plus = PLUS.exec(start);
  if (plus !== null) return { kind: 'plus', rank: 9, length: plus[0].length };
  return null;
}
