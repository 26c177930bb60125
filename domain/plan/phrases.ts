import { slice, trim } from './passage.ts';
import type { Passage } from './passage.ts';

const ABBREVIATED = /(?:^|[\s(])(?:TP|Tp|TS|ThS|GS|PGS|BS|Ths|KT|TM|TL|Q|đ\/c|Đ\/c|tr|vv|v\.v|\p{Lu})$/u;
// "(2)" and "2)" go on with a list that the sentence began.
const STARTS = /^[\s"”»)]*(?!\(?\d{1,2}\))[\p{Lu}\d"“«(]/u;

/** Cuts a passage where `ends` says so, never inside brackets. The mark that ends a part stays out of it. */
function cut(passage: Passage, ends: (text: string, at: number) => boolean): Passage[] {
  const { text } = passage;
  const parts: Passage[] = [];
  let from = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '(') depth++;
    else if (char === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0 && ends(text, at)) {
      parts.push(trim(slice(passage, from, at)));
      from = at + 1;
    }
  }
  parts.push(trim(slice(passage, from)));
  return parts.filter((part) => /[\p{L}\d]/u.test(part.text));
}

function endsSentence(text: string, at: number): boolean {
  const char = text.charAt(at);
  if (char !== '.' && char !== '!' && char !== '?' && char !== '…') return false;
  if (at + 1 === text.length) return true;
  if (!/\s/.test(text.charAt(at + 1))) return false;
  return STARTS.test(text.slice(at + 1, at + 6)) && !ABBREVIATED.test(text.slice(Math.max(0, at - 5), at));
}

/** The sentences of a passage, without the marks that end them. */
export function sentences(passage: Passage): Passage[] {
  return cut(passage, endsSentence);
}

/** The parts that semicolons divide. */
export function entries(passage: Passage): Passage[] {
  return cut(passage, (text, at) => text.charAt(at) === ';');
}

/** One pair of brackets and what is in it. */
export interface Bracket {
  readonly from: number;
  readonly to: number;
  readonly inside: Passage;
}

/** The outermost brackets of a passage; one that is not closed reaches to the end. */
export function brackets(passage: Passage): Bracket[] {
  const found: Bracket[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < passage.text.length; at++) {
    const char = passage.text.charAt(at);
    if (char === '(' && depth++ === 0) from = at;
    else if (char === ')' && depth > 0 && --depth === 0) {
      found.push({ from, to: at + 1, inside: trim(slice(passage, from + 1, at)) });
    }
  }
  if (depth > 0) found.push({ from, to: passage.text.length, inside: trim(slice(passage, from + 1)) });
  return found;
}

const HONORIFIC = /^(?:(?:các\s+)?(?:đồng\s+chí|đ\/c|đc|ông|bà)(?:\s*:)?\s+)/iu;

/** Without "đồng chí", "đ/c", "ông", "bà" before an office or a name. */
export function withoutHonorific(passage: Passage): Passage {
  const found = HONORIFIC.exec(passage.text);
  return found === null ? passage : trim(slice(passage, found[0].length));
}
