import { fold } from '../text/search.ts';
import type { Leaf, Span } from './draft.ts';

/**
 * A stretch of a document as it reads: without markup, blanks in runs as one, lines and pages joined. `at[i]` is the place
 * of its i-th UTF-16 unit in the document, -1 for a blank that stands where lines were joined.
 */
export interface Passage {
  readonly of: string;
  readonly text: string;
  readonly at: Int32Array;
}

export function slice(passage: Passage, from: number, to = passage.text.length): Passage {
  return { of: passage.of, text: passage.text.slice(from, to), at: passage.at.subarray(from, to) };
}

const BLANK = /\s/;

/** Without blanks at both ends, nor any of `also`. */
export function trim(passage: Passage, also = ''): Passage {
  const { text } = passage;
  let from = 0;
  let to = text.length;
  const drops = (at: number): boolean => BLANK.test(text.charAt(at)) || also.includes(text.charAt(at));
  while (from < to && drops(from)) from++;
  while (to > from && drops(to - 1)) to--;
  return from === 0 && to === text.length ? passage : slice(passage, from, to);
}

/** Without the marks that end a sentence or an entry of a list. */
export function trimEnd(passage: Passage): Passage {
  const { text } = passage;
  let to = text.length;
  while (to > 0 && /[\s.,;:/…]/.test(text.charAt(to - 1))) to--;
  // "v.v." and "..." mean something only inside.
  return trim(slice(passage, 0, to));
}

/** Passages one after the other, with a blank between. */
export function join(passages: readonly Passage[]): Passage {
  const [first, ...rest] = passages;
  if (first === undefined) return { of: '', text: '', at: new Int32Array(0) };
  if (rest.length === 0) return first;
  const at = new Int32Array(passages.reduce((length, each) => length + each.text.length + 1, -1));
  let to = 0;
  for (const each of passages) {
    if (to > 0) at[to++] = -1;
    at.set(each.at, to);
    to += each.text.length;
  }
  return { of: first.of, text: passages.map((each) => each.text).join(' '), at };
}

/** Markup, which stands for nothing. */
export const MARKUP = /[*_#`\\\u00AD\u200B\u2060\uFEFF]/;

/** Whether nothing but blanks and markup stands between, and at most one line break. */
function nothingBetween(text: string, from: number, to: number): boolean {
  let breaks = 0;
  for (let at = from; at < to; at++) {
    const char = text.charAt(at);
    if (char === '\n' && ++breaks > 1) return false;
    if (!BLANK.test(char) && !MARKUP.test(char)) return false;
  }
  return true;
}

/** The places of a passage in the document, in its own order. */
export function spansOf(passage: Passage): Span[] {
  const spans: [number, number][] = [];
  let last: [number, number] | undefined;
  for (const at of passage.at) {
    if (at < 0) continue;
    if (last !== undefined && at >= last[1] && nothingBetween(passage.of, last[1], at)) last[1] = at + 1;
    else spans.push((last = [at, at + 1]));
  }
  return spans;
}

/** A text value: the words of the passage itself. */
export function leaf(passage: Passage, confidence: number): Leaf<string> {
  return { value: passage.text, source: spansOf(passage), confidence };
}

/** A value that follows from the words of one or more passages. */
export function derived<Value>(value: Value, from: readonly Passage[], confidence: number): Leaf<Value> {
  return { value, source: from.flatMap(spansOf), confidence };
}

/**
 * Search key of a text, unit for unit as long as the text, so that what is found in it is found in the text. Marks are
 * gone, which also forgives most confusions of a scanner (Khôi for Khối, Để án for Đề án).
 */
export function keyOf(text: string): string {
  const key = fold(text);
  if (key.length === text.length) return key;
  let out = '';
  for (let at = 0; at < text.length; at++) {
    const folded = fold(text.charAt(at));
    out += folded.length === 1 ? folded : folded.charAt(0) || ' ';
  }
  return out;
}

/** The part of a passage that a pattern with the `d` flag matched, or one of its groups. */
export function matched(
  passage: Passage,
  found: RegExpMatchArray,
  group: number | string = 0,
): Passage | null {
  const range = typeof group === 'number' ? found.indices?.[group] : found.indices?.groups?.[group];
  return range === undefined ? null : slice(passage, range[0], range[1]);
}

const UPPER = /\p{Lu}/u;
const LETTER = /\p{L}/u;

/** Whether a text is set in capitals: a heading, a banner, the name of a body. */
export function inCapitals(text: string): boolean {
  let upper = 0;
  let letters = 0;
  for (const char of text.slice(0, 400)) {
    if (!LETTER.test(char)) continue;
    letters++;
    if (UPPER.test(char)) upper++;
  }
  return letters >= 3 && upper >= letters * 0.8;
}
