/**
 * Activation codes (mã kích hoạt), which people read off paper and type: `7KPM-2QXD-HA9T-4WBN`. Letters and figures that
 * are mistaken for each other (0 and O, 1, I and L) are not among them. The last one checks the others.
 */
export const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
/** 31 is a prime number: that is what makes the check find every wrong letter and every two that changed places. */
const BASE = CODE_ALPHABET.length;
export const CODE_LENGTH = 16;
/**
 * Letters of chance in a code: 74 bits. Of a nation's 15,345 open codes one in 2^60 guesses hits one, be it at the page or
 * by whoever has a copy of the hashes, and a code ends within weeks.
 */
export const CODE_CHANCE = CODE_LENGTH - 1;
const GROUP = 4;

/** A code out of numbers of chance, each from 0 to below 31, one for each letter. */
export function codeFrom(chance: readonly number[]): string {
  const letters = chance.slice(0, CODE_CHANCE).map((number) => {
    const letter = CODE_ALPHABET[number];
    if (letter === undefined) throw new Error('a letter of a code is a number from 0 to 30');
    return letter;
  });
  if (letters.length < CODE_CHANCE) throw new Error(`a code is made of ${CODE_CHANCE} letters of chance`);
  const body = letters.join('');
  return body + checkLetter(body);
}

/** A code in groups of four, as it is printed. */
export function showCode(code: string): string {
  return code.match(new RegExp(`.{1,${GROUP}}`, 'g'))?.join('-') ?? '';
}

export type CodeFault = 'incomplete' | 'mistyped';

/**
 * What somebody typed, as a code: in any case, with or without hyphens and blanks. `mistyped` is said without asking
 * anybody: the letters do not go together.
 */
export function readCode(
  typed: string,
): { readonly ok: true; readonly code: string } | { readonly ok: false; readonly fault: CodeFault } {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}._]/gu, '');
  if (code.length < CODE_LENGTH) return { ok: false, fault: 'incomplete' };
  const isCode =
    code.length === CODE_LENGTH &&
    Array.from(code).every((letter) => CODE_ALPHABET.includes(letter)) &&
    checkLetter(code.slice(0, CODE_CHANCE)) === code.at(-1);
  return isCode ? { ok: true, code } : { ok: false, fault: 'mistyped' };
}

/** Each letter counts by its place, so that two which changed places show. */
function checkLetter(body: string): string {
  let sum = 0;
  for (const [at, letter] of Array.from(body).entries()) {
    sum = (sum + CODE_ALPHABET.indexOf(letter) * (at + 2)) % BASE;
  }
  return CODE_ALPHABET[sum] ?? '';
}
