import { findLimits } from './agenda-entry.ts';
import type { FoundLimit } from './agenda-entry.ts';
import type { DraftAgendaItem } from './draft.ts';
import { derived, keyOf, slice, trim } from './passage.ts';
import type { Passage } from './passage.ts';
import { entries } from './phrases.ts';

/** A passage of the duties in which a length in minutes may stand, and whose duty it is. */
export interface Order {
  readonly owner: string | null;
  readonly sentence: Passage;
}

interface Candidate {
  readonly limit: FoundLimit;
  readonly item: number;
  readonly score: number;
  readonly near: boolean;
}

/** More lengths than any programme has items; what comes after is not joined. */
const MOST = 200;

const STOP = new Set([
  'va',
  'cua',
  'cac',
  've',
  'tai',
  'hoi',
  'nghi',
  'trong',
  'cho',
  'theo',
  'noi',
  'dung',
  'dong',
  'chi',
  'quoc',
  'gia',
  'thuc',
  'hien',
  'duoc',
  'voi',
  'den',
  'la',
  'mot',
  'nhung',
]);

function wordsOf(text: string): Set<string> {
  return new Set(
    keyOf(text)
      .split(/[^a-z0-9]+/)
      .filter((word) => word.length > 1 && !STOP.has(word)),
  );
}

function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let common = 0;
  for (const word of one) if (other.has(word)) common++;
  return one.size === 0 || other.size === 0 ? 0 : (2 * common) / (one.size + other.size);
}

/** The part of the sentence that a length closes: from the semicolon before it. */
function segmentOf(sentence: Passage, at: number): Passage {
  let from = 0;
  for (const entry of entries(sentence)) {
    const begin = (entry.at.byteOffset - sentence.at.byteOffset) / sentence.at.BYTES_PER_ELEMENT;
    if (begin <= at) from = begin;
  }
  return trim(slice(sentence, from, at));
}

/**
 * Gives agenda items the lengths that stand in another section: "dự thảo Báo cáo ... (không quá 30 phút)" among the duties
 * of the office that reports. Joined by office and by subject, never by order; where two items fit alike, neither gets it.
 */
export function joinLimits(agenda: readonly DraftAgendaItem[], orders: readonly Order[]): DraftAgendaItem[] {
  const found: { limit: FoundLimit; order: Order; segment: Passage }[] = [];
  for (const order of orders) {
    for (const limit of findLimits(order.sentence)) {
      if (found.length < MOST) found.push({ limit, order, segment: segmentOf(order.sentence, limit.at) });
    }
  }
  const titles = agenda
    .slice(0, MOST)
    .map((item) => ({ words: wordsOf(item.title.value ?? ''), who: keyOf(item.presenter.value ?? '') }));
  const candidates: Candidate[] = found.flatMap(({ limit, order, segment }) => {
    const near = keyOf(segment.text);
    const sentence = keyOf(order.sentence.text);
    const owner = keyOf(order.owner ?? '');
    const words = wordsOf(segment.text);
    const all = wordsOf(order.sentence.text);
    return titles.map((title, item) => {
      const named = title.who.length >= 4;
      const who =
        named && near.includes(title.who)
          ? 3
          : named && sentence.includes(title.who)
            ? 2.5
            : named && owner.includes(title.who)
              ? 1.5
              : 0;
      const subject = 2 * Math.max(overlap(title.words, words), overlap(title.words, all) * 0.9);
      return { limit, item, score: who + subject, near: who >= 2.5 };
    });
  });
  const byItem = new Map<number, Candidate>();
  const taken = new Set<FoundLimit>();
  for (const candidate of candidates.toSorted((a, b) => b.score - a.score)) {
    if (candidate.score < 1.4) break;
    if (taken.has(candidate.limit) || byItem.has(candidate.item)) continue;
    if (agenda[candidate.item]?.minutes.value !== null) continue;
    const rivals = candidates.filter(
      (each) => each.limit === candidate.limit && each.item !== candidate.item && !byItem.has(each.item),
    );
    taken.add(candidate.limit);
    if (rivals.some((rival) => candidate.score - rival.score < 0.1)) continue;
    byItem.set(candidate.item, candidate);
  }
  return agenda.map((item, at) => {
    const joined = byItem.get(at);
    if (joined === undefined) return item;
    const confidence = joined.near ? 0.92 : joined.score >= 1.9 ? 0.78 : 0.65;
    const { minutes, limit, passage } = joined.limit;
    return {
      ...item,
      minutes: derived(minutes, [passage], confidence),
      limit: limit === null ? item.limit : derived(limit, [passage], confidence),
    };
  });
}
