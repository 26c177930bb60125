import { AND, phraseKeys, splitWords, type Word, type Words } from './words.ts';
import { tidy } from '../text/normalize.ts';
import { PHRASES, type Term } from './vocabulary.ts';

/** A stretch of words with its meaning: a known phrase, a mark between words, or one word that the vocabulary lacks. */
export interface Token {
  readonly term: Term | null;
  /** `,` `;` `:` `(` `)` `.` or `AND`; null otherwise. */
  readonly mark: string | null;
  /** First word, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

export interface Tokens extends Words {
  readonly tokens: readonly Token[];
}

interface Node {
  term: Term | null;
  next: Map<string, Node> | null;
}

function build(): Node {
  const root: Node = { term: null, next: new Map() };
  for (const [phrases, term] of PHRASES) {
    for (const phrase of phrases.split('|')) {
      let node = root;
      for (const key of phraseKeys(phrase)) {
        node.next ??= new Map();
        let child = node.next.get(key);
        if (child === undefined) {
          child = { term: null, next: null };
          node.next.set(key, child);
        }
        node = child;
      }
      node.term = term;
    }
  }
  return root;
}

const vocabulary = build();

/** One-word bodies that also begin names of places: xã Trường Xuân, xã Bản Lang, phường Hội Thương. */
function opensName(words: readonly Word[], at: number): boolean {
  const next = words[at + 1];
  return words[at]?.capital === true && next !== undefined && next.capital && !next.mark;
}

/** Too plain to be names of places after a capital: "Pháp chế Bộ Công an". */
const STRONG: ReadonlySet<string> = new Set(phraseKeys('sở bộ ban'));

/**
 * Whether a one-word phrase after an unknown word only continues a name: Thái Nguyên is no former Thái, Hải Phòng no
 * division, "chính quyền" nobody's deputy.
 */
function continuesName(term: Term, before: Word, word: Word): boolean {
  if (term.is === 'former' || term.is === 'acting' || term.is === 'equivalent') return true;
  if (!before.capital || !word.capital) return false;
  return term.is === 'filler' || (term.is === 'body' && !STRONG.has(word.key));
}

/** Reads a text as the longest phrases that the vocabulary has, left to right. */
export function tokenize(text: string, offsets = true): Tokens {
  const split = splitWords(text, offsets);
  const { words } = split;
  const tokens: Token[] = [];
  let afterPlace = false;
  let afterUnknown = false;
  let at = 0;
  while (at < words.length) {
    const word = words[at] as Word;
    if (word.mark || word.key === AND) {
      tokens.push({ term: null, mark: word.key, from: at, to: at + 1 });
      afterPlace = false;
      afterUnknown = false;
      at++;
      continue;
    }
    let node = vocabulary.next?.get(word.key);
    let term: Term | null = null;
    let end = at + 1;
    if (node !== undefined) {
      term = node.term;
      let scan = at + 1;
      while (node?.next != null && scan < words.length) {
        const following = words[scan] as Word;
        if (following.mark) break;
        if (following.key !== AND) {
          node = node.next.get(following.key);
          if (node === undefined) break;
          if (node.term !== null) {
            term = node.term;
            end = scan + 1;
          }
        }
        scan++;
      }
    }
    if (term?.is === 'word') term = null;
    if (term !== null && end === at + 1) {
      const before = afterUnknown ? (words[at - 1] as Word) : null;
      if (afterPlace && opensName(words, at)) term = null;
      else if (before !== null && continuesName(term, before, word)) term = null;
    }
    afterUnknown = term === null;
    afterPlace = term !== null && (term.is === 'tier' || term.is === 'body') && term.type !== null;
    tokens.push({ term, mark: null, from: at, to: end });
    at = end;
  }
  return { ...split, tokens };
}

/** The words of a range of tokens, as the document has them. */
export function quote({ text, tokens, starts, ends }: Tokens, from: number, to: number): string {
  let first = from;
  let last = to - 1;
  while (first <= last && (tokens[first] as Token).mark !== null) first++;
  while (last >= first && (tokens[last] as Token).mark !== null && (tokens[last] as Token).mark !== ')')
    last--;
  if (first > last) return '';
  return tidy(text.slice(starts[(tokens[first] as Token).from], ends[(tokens[last] as Token).to - 1]));
}
