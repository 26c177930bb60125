import { fold, isLetter, tonesLast } from './search.ts';

const collator = new Intl.Collator('vi', { numeric: true });

/**
 * Vietnamese order of two texts: a à ả ã á ạ ă â b c d đ e ê ..., tones only where the letters are the same, small
 * before capital, numbers by value (Phường 2 before Phường 10), and both tone placements as one.
 */
export function compareVi(a: string, b: string): number {
  if (a === b) return 0;
  return collator.compare(tonesLast(a), tonesLast(b)) || (a < b ? -1 : 1);
}

/** Every sign that has a place in the order, from first to last; others come after them, by code point. */
const ORDER = ` _-,;:!?.'"()[]{}@*/\\&#%\`^+<=>|~$0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz`;
const RANK = new Map(Array.from(ORDER, (sign, rank) => [sign, String.fromCharCode(0x21 + rank)]));
const AFTER_ALL = '\x7F';

/** In the order of dictionaries: ngang (no mark), huyền, hỏi, ngã, sắc, nặng. */
const UNTONED = '1';
const TONE_ORDER = new Map([
  ['\u0300', '2'],
  ['\u0309', '3'],
  ['\u0303', '4'],
  ['\u0301', '5'],
  ['\u0323', '6'],
]);

/** Between the levels of a key; below every sign that a level can hold. */
const LEVEL = '\x01';

/** Letters and tones of a text, in two strings that compare by code unit; one tone per syllable, so that they line up. */
function levels(text: string): readonly [letters: string, tones: string] {
  const signs = tonesLast(text.toLowerCase());
  let letters = '';
  let tones = '';
  let tone = UNTONED;
  for (let at = 0; at < signs.length; at++) {
    const sign = signs.charAt(at);
    const mark = TONE_ORDER.get(sign);
    if (mark !== undefined) {
      tone = mark;
    } else if (sign >= '0' && sign <= '9') {
      const digits = /^0*(\d*)/.exec(signs.slice(at));
      const value = digits?.[1] ?? '';
      // Length first, then digits: 2 before 10. Past nine digits the order is by digit, which no list meets.
      letters += `${RANK.get(String(Math.min(value.length, 9)))}${value}`;
      at += (digits?.[0].length ?? 1) - 1;
    } else {
      if (!isLetter(sign.charCodeAt(0))) {
        tones += tone;
        tone = UNTONED;
      }
      letters += RANK.get(sign) ?? RANK.get(fold(sign)) ?? AFTER_ALL + sign;
    }
  }
  return [letters, tones + tone];
}

/**
 * A key that sorts as `compareVi` where only code units can be compared (an index in SQLite, a merge of streams). Holds
 * letters and tones; case and tone placement do not count. Equal keys want a tie-break by the text itself.
 */
export function sortKey(text: string): string {
  const [letters, tones] = levels(text);
  return letters + LEVEL + tones;
}
