/**
 * The signs of a pass: digits, and consonants of which neither Telex nor VNI makes another letter. Scanners type, and most
 * office machines type Vietnamese: "AA" becomes "Â", "DD" "Đ", "W" "Ư". A QR code packs all of them as alphanumeric.
 */
const LETTERS = '0123456789BCFGHJKLMNPQRSTVXZ';
const BASE = BigInt(LETTERS.length);
const BITS = Math.log2(LETTERS.length);

/** How many letters a number of bytes takes: always the same, and no two numbers of bytes take as many. */
export function lettersFor(bytes: number): number {
  return Math.ceil((bytes * 8) / BITS);
}

/** Bytes as letters. */
export function toLetters(bytes: readonly number[]): string {
  let value = 0n;
  for (const byte of bytes) value = value * 256n + BigInt(byte);
  let letters = '';
  for (let left = lettersFor(bytes.length); left > 0; left--) {
    letters = LETTERS.charAt(Number(value % BASE)) + letters;
    value /= BASE;
  }
  return letters;
}

/** The bytes that `toLetters` wrote; null for any other text. */
export function fromLetters(letters: string): readonly number[] | null {
  const length = Math.floor((letters.length * BITS) / 8);
  if (lettersFor(length) !== letters.length) return null;
  let value = 0n;
  for (const letter of letters) {
    const digit = LETTERS.indexOf(letter);
    if (digit < 0) return null;
    value = value * BASE + BigInt(digit);
  }
  const bytes: number[] = [];
  for (let left = length; left > 0; left--) {
    bytes.unshift(Number(value % 256n));
    value /= 256n;
  }
  return value === 0n ? bytes : null;
}
