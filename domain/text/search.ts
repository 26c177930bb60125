import { tidy } from './normalize.ts';

/** Past the last precomposed Vietnamese letter (U+1EF9). */
const TABLE_END = 0x1f00;

/** đ has no decomposition. Ð and ð (Icelandic) stand for Đ and đ in texts converted from old Vietnamese fonts. */
const LETTER_D = /[đðÐĐ]/g;

/** Apostrophes ("H’Hen", "Đạ M‘ri"), hyphens and blanks that scanners and word processors write for the plain ones. */
const PLAIN: Readonly<Record<string, string>> = {
  '\u00A0': ' ',
  '\u2002': ' ',
  '\u2003': ' ',
  '\u2009': ' ',
  '\u202F': ' ',
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2018': "'",
  '\u2019': "'",
  '\u02BC': "'",
};

function foldSlowly(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(LETTER_D, 'd').toLowerCase();
}

/** The folded letter of each UTF-16 unit below `TABLE_END`; marks fold to nothing, null where it is not one for one. */
const FOLDED: readonly (string | null)[] = Array.from({ length: TABLE_END }, (_, code) => {
  const letter = String.fromCharCode(code);
  const folded = PLAIN[letter] ?? foldSlowly(letter);
  return folded.length <= 1 ? folded : null;
});

/**
 * Search key: no marks, đ as d, lower case, plain apostrophes and hyphens. For search only: Hoàn, Hoan and Hoãn have the
 * same key. The key of an NFC text in Vietnamese is as long as the text, so that offsets hold in both.
 */
export function fold(text: string): string {
  let out = '';
  for (let at = 0; at < text.length; at++) {
    const letter = FOLDED[text.charCodeAt(at)] ?? PLAIN[text.charAt(at)];
    if (letter === undefined || letter === null)
      return foldSlowly(text).replace(/[^\x20-\x7E]/g, (c) => PLAIN[c] ?? c);
    out += letter;
  }
  return out;
}

/** Huyền, sắc, ngã, hỏi, nặng. The other marks (ă â ê ô ơ ư) make letters of their own and stay where they are. */
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/;
const TONES = new RegExp(TONE, 'g');

/** Letter without tone and the tone, of each UTF-16 unit that carries one. */
const TONED = new Map<number, readonly [bare: string, tone: string]>();
for (let code = 0xc0; code < TABLE_END; code++) {
  const parts = String.fromCharCode(code).normalize('NFD');
  const tone = TONE.exec(parts)?.[0];
  if (tone !== undefined) TONED.set(code, [parts.replace(TONES, '').normalize('NFC'), tone]);
}

/** Whether a UTF-16 unit is a letter of a syllable, as far as Vietnamese goes. */
export function isLetter(code: number): boolean {
  if (code < 0x80) return (code > 0x40 && code < 0x5b) || (code > 0x60 && code < 0x7b);
  return code >= 0xc0 && code < TABLE_END && code !== 0xd7 && code !== 0xf7;
}

/**
 * The text with every tone mark at the end of its syllable, so that both placements in use (hoà and hòa, uỷ and ủy)
 * read the same. Not for display.
 */
export function tonesLast(text: string): string {
  const composed = text.normalize('NFC');
  let out = '';
  let tone = '';
  for (let at = 0; at < composed.length; at++) {
    const code = composed.charCodeAt(at);
    const toned = code < 0xc0 ? undefined : TONED.get(code);
    if (toned !== undefined) {
      out += toned[0];
      tone += toned[1];
    } else {
      if (tone !== '' && !isLetter(code)) {
        out += tone;
        tone = '';
      }
      out += composed.charAt(at);
    }
  }
  return out + tone;
}

/**
 * Equality key that ignores tone placement and case and keeps every mark: Hoà = hòa, Hoàn ≠ Hoan. Two names with one
 * key are spelled alike; they may still be two people.
 */
export function toneKey(text: string): string {
  return tonesLast(text.toLowerCase());
}

/**
 * Looser key to propose matches in an import: as `fold`, with i for y (Quy, Qui), final k for c (Đắk, Đắc), hyphens
 * as blanks, no apostrophes. Never an identity, never a correction.
 */
export function looseKey(text: string): string {
  return tidy(fold(text).replace(/-/g, ' ').replace(/['`]/g, ''))
    .replace(/y/g, 'i')
    .replace(/c(?![a-z])/g, 'k');
}

const WORD = /[\p{L}\p{N}]/u;
const MARKED = /[^\x20-\x7E]/;

function startsWordIn(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (at === 0 || !WORD.test(text.charAt(at - 1)) || !WORD.test(word.charAt(0))) return true;
  }
  return false;
}

/** A text beside its folded form: kept where the same texts are searched again and again. */
export interface SearchKey {
  readonly text: string;
  readonly folded: string;
}

export function searchKeyOf(text: string): SearchKey {
  return { text, folded: fold(text) };
}

/** How well a text answers: `exact` with the query's own marks, `folded` without them, null not at all. */
export type MatchQuality = 'exact' | 'folded' | null;

/** A query that many texts are held against. */
export function searchFor(query: string): (key: SearchKey) => MatchQuality {
  const words = tidy(query).split(' ');
  const folded = words.map(fold);
  const marked = MARKED.test(query) ? words.map(toneKey) : null;
  return (key) => {
    if (!folded.every((word) => startsWordIn(key.folded, word))) return null;
    if (marked === null) return 'folded';
    const own = toneKey(key.text);
    return marked.every((word) => startsWordIn(own, word)) ? 'exact' : 'folded';
  };
}

/** How well one text answers a query. */
export function matchQuality(query: string, text: string): MatchQuality {
  return searchFor(query)(searchKeyOf(text));
}

/**
 * Whether a text answers a search: every word of the query begins a word of the text, marks set aside. Where the query
 * has marks, order by `matchQuality`, exact ones first. An empty query matches everything.
 */
export function matches(query: string, text: string): boolean {
  return matchQuality(query, text) !== null;
}
