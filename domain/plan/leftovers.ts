import type { Leftover, LeftoverReason, Reading, Span } from './draft.ts';
import { keyOf, spansOf } from './passage.ts';
import type { Passage } from './passage.ts';
import type { Item } from './sections.ts';

/** What stands where in a document: taken into a field, only framing, or left. */
const TAKEN = 1;
const FRAME = 2;

/** Every span of a draft, whatever its shape. */
export function sourcesOf(value: unknown): Span[] {
  const spans: Span[] = [];
  const walk = (each: unknown): void => {
    if (Array.isArray(each)) for (const entry of each) walk(entry);
    else if (typeof each === 'object' && each !== null) {
      const { source } = each as { source?: unknown };
      if (Array.isArray(source)) spans.push(...(source as Span[]));
      else for (const entry of Object.values(each)) walk(entry);
    }
  };
  walk(value);
  return spans;
}

export interface Known {
  readonly frames: readonly Passage[];
  readonly stamps: readonly Passage[];
  readonly noise: readonly Passage[];
  readonly purposes: readonly Passage[];
  readonly unplaced: readonly Passage[];
  readonly unclear: readonly Passage[];
}

const TIES = /^[\s(]*(?:(?:tại|và|các|với|từ|lúc|vào|ngày|của|do|đồng chí)[\s(]*){1,3}$/iu;
const WORDS = /[\p{L}\p{N}]/u;
/** Text in which letters are rare, or that a damaged file left. */
const DEBRIS = /\uFFFD|[\u0000-\u0008\u000E-\u001F\u007F-\u009F]/; // oxlint-disable-line no-control-regex -- they are what debris is made of

function isDebris(text: string): boolean {
  if (DEBRIS.test(text.slice(0, 2000))) return true;
  const sample = text.slice(0, 400).replaceAll(/\s/g, '');
  const letters = sample.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return sample.length >= 4 && letters < sample.length * 0.5;
}

/** Everything of the text that no field took and that does not merely frame, in its order, each with its reason. */
export function leftoversOf(
  text: string,
  plan: Reading['plan'],
  items: readonly Item[],
  known: Known,
  pageNumbers: readonly Passage[],
  unread: number,
): Leftover[] {
  const state = new Uint8Array(text.length);
  for (const passage of [...known.frames, ...pageNumbers])
    for (const [from, to] of spansOf(passage)) state.fill(FRAME, from, to);
  for (const item of items) {
    const { marker, passage } = item.paragraph;
    const length = marker?.length ?? 0;
    for (let at = 0; at < length; at++)
      if ((passage.at[at] ?? -1) >= 0) state[passage.at[at] as number] = FRAME;
  }
  for (const [from, to] of sourcesOf(plan)) state.fill(TAKEN, from, to);
  const found: Leftover[] = [];
  const leave = (passage: Passage, why: LeftoverReason): void => {
    for (const [from, to] of spansOf(passage)) {
      // Runs that no field took; what lies between two of them is shown by the fields.
      let start = -1;
      for (let at = from; at <= to; at++) {
        const free = at < to && state[at] === 0;
        if (free && start < 0) start = at;
        if (!free && start >= 0) {
          push(found, text, start, at, why);
          state.fill(TAKEN, start, at);
          start = -1;
        }
      }
    }
  };
  for (const passage of known.unclear) {
    // Shown even where a field holds the words: they plan a time that nobody can compute.
    for (const [from, to] of spansOf(passage)) {
      push(found, text, from, to, 'date-unclear');
      state.fill(TAKEN, from, to);
    }
  }
  for (const passage of known.stamps) leave(passage, 'stamp');
  for (const passage of known.noise) leave(passage, isStampLike(passage) ? 'stamp' : 'noise');
  for (const passage of known.purposes) leave(passage, 'purpose');
  for (const passage of known.unplaced) leave(passage, 'unplaced');
  for (const item of items) {
    const why: LeftoverReason =
      item.zone === 'annex'
        ? 'annex'
        : isDebris(item.body.text)
          ? 'noise'
          : item.zone === 'head'
            ? 'noise'
            : item.zone === 'signature' &&
                /\bsao y\b|\bsao luc\b|\bky boi\b|\bnguoi ky\b/.test(keyOf(item.body.text.slice(0, 80)))
              ? 'stamp'
              : item.topics.includes('purpose')
                ? 'purpose'
                : 'unplaced';
    leave(item.body, why);
  }
  for (const passage of pageNumbers)
    for (const [from, to] of spansOf(passage)) push(found, text, from, to, 'noise');
  if (unread < text.length) {
    push(found, text, unread, text.length, 'unplaced');
    state.fill(TAKEN, unread);
  }
  rest(text, state, found);
  return united(
    text,
    found.toSorted((a, b) => a.source[0] - b.source[0]),
  );
}

/** Lines of one stamp, one handwriting, one broken paragraph: left over as one. */
function united(text: string, leftovers: readonly Leftover[]): Leftover[] {
  const found: Leftover[] = [];
  for (const each of leftovers) {
    const last = found.at(-1);
    const between =
      last === undefined ? '' : text.slice(last.source[1], Math.min(each.source[0], last.source[1] + 12));
    const near =
      last !== undefined &&
      last.reason === each.reason &&
      each.source[0] - last.source[1] <= 8 &&
      /^[\s*_#.)]*$/.test(between) &&
      !/\n\s*\n/.test(between);
    if (!near || last === undefined || each.reason === 'date-unclear') found.push(each);
    else {
      const source: Span = [last.source[0], each.source[1]];
      found[found.length - 1] = { text: text.slice(...source), source, reason: last.reason };
    }
  }
  return found;
}

function isStampLike(passage: Passage): boolean {
  return /\bky so\b|\bchu ky\b/.test(keyOf(passage.text.slice(0, 80)));
}

function push(found: Leftover[], text: string, from: number, to: number, reason: LeftoverReason): void {
  let start = from;
  let end = to;
  while (start < end && /[\s,;:.)\]*_#]/.test(text.charAt(start))) start++;
  while (end > start && /[\s,;:([*_#]/.test(text.charAt(end - 1))) end--;
  const words = text.slice(start, end);
  // Brackets, full stops and bullets between two fields say nothing, nor do the small words that tie fields together.
  if ((WORDS.test(words.slice(0, 4000)) && !TIES.test(words)) || words.length > 4000)
    found.push({ text: words, source: [start, end], reason });
}

/** Characters that not even a paragraph holds: lines of symbols, what cleaning took away. */
function rest(text: string, state: Uint8Array, found: Leftover[]): void {
  let start = -1;
  for (let at = 0; at <= text.length; at++) {
    const free = at < text.length && state[at] === 0 && text.charAt(at) !== '\n';
    if (free && start < 0) start = at;
    if (!free && start >= 0) {
      push(found, text, start, at, 'noise');
      start = -1;
    }
  }
}
