import { nextLink, type Hash, type Link } from './chain.ts';
import type { Instant } from '../time.ts';
import type { Tampering } from './verdict.ts';

/** Something that a chain has at a place: what its hash is made over, and the hash that it says of itself. */
export interface Linked {
  readonly place: number;
  readonly receivedAt: Instant;
  /** The text that stands in the chain. */
  readonly form: string;
  /** Head of the chain after it. */
  readonly hash: string;
}

/** What there is to know of the links of one kind of chain. */
export interface LinkRules<Item extends Linked> {
  /** By what an item is told from all others; null where it is none of this chain. */
  readonly idOf: (item: Item) => string | null;
  /** Whether what stands beside the item is what it was made of. */
  readonly holds: (item: Item) => boolean;
  /** Takes an item that holds. */
  readonly accept: (item: Item) => void;
}

/** What was tampered with in a chain, and how; the id is null where it is not there. */
export interface TamperedLink {
  readonly kind: Tampering;
  readonly place: number;
  readonly id: string | null;
}

/** A chain as it is read item by item. */
export interface LinkCheck<Item extends Linked> {
  /** The next item; null for a line that cannot be read. */
  readonly take: (item: Item | null) => void;
  /** The last place up to which all hold, one after the other. */
  readonly length: number;
  /** Head of the chain after a place, and the item there; null beyond what holds. */
  readonly hashAt: (place: number) => string | null;
  readonly idAt: (place: number) => string | null;
  /**
   * The first item that was tampered with, once all have been taken; null where the chain holds.
   * @param vouched heads that a signed checkpoint proves, by place: they tell of two claimants which one is true
   */
  readonly tampering: (vouched: ReadonlyMap<number, string>) => TamperedLink | null;
}

/** Where a chain stops to hold, and what the items after it say about why. */
interface Break<Item> {
  /** The item that does not fit; null where the line cannot be read. */
  readonly stranger: Item | null;
  /** The item that fits at the broken place, found later: the true one. */
  rightful: Item | null;
  /** Whether the stranger fits after some other item of the file: it is of this chain, in another place. */
  isOfChain: boolean;
  /** Another item that fits at the place before: one of the two was made to fit. */
  rival: Item | null;
  /** Whether something goes on from the rival. */
  rivalGoesOn: boolean;
  /** Whether the item right after the stranger goes on from it as if places had been left out. */
  skips: boolean;
  following: number;
}

/** So many items left out, with the places after them numbered anew, are still told from a change. */
const MOST_SKIPPED = 1000;

/**
 * Checks one chain, from any link of it on. Whoever tampers with an item without making every hash after it anew leaves the
 * others as they were: each item is tied by its hash to the true one before it, so that what fits where tells the four kinds apart.
 * - removed: the item that comes instead has a later place, and nothing fits here;
 * - reordered: the one that fits here comes later, and the one that stands here fits elsewhere;
 * - inserted: the one that fits here comes later, and the one that stands here fits nowhere, or was here before;
 * - changed: nothing else fits here, and the chain goes on behind it.
 * Memory grows with the longest chain, by its ids and hashes.
 */
export function checkLinks<Item extends Linked>(
  start: Link,
  rules: LinkRules<Item>,
  hash: Hash,
): LinkCheck<Item> {
  const hashes: string[] = [start.hash];
  const ids: (string | null)[] = [null];
  const seen = new Set<string>();
  let named: TamperedLink | null = null;
  let broken: Break<Item> | null = null;

  const next = (): number => start.place + hashes.length;
  const hashAt = (place: number): string | undefined => hashes[place - start.place];
  const fits = (before: string | undefined, place: number, item: Item): boolean =>
    before !== undefined &&
    nextLink({ place: place - 1, hash: before }, item.receivedAt, item.form, hash).hash === item.hash;

  function take(item: Item | null): void {
    if (named !== null) return;
    if (broken !== null) {
      if (item !== null) gather(broken, item);
      return;
    }
    const place = next();
    if (item === null || !fits(hashAt(place - 1), place, item)) {
      broken = startBreak(item, place);
      return;
    }
    const id = rules.idOf(item);
    if (id === null || seen.has(id)) named = { kind: 'inserted', place, id };
    else if (item.place !== place || !rules.holds(item)) named = { kind: 'changed', place, id };
    else accept(item, id);
  }

  function accept(item: Item, id: string): void {
    hashes.push(item.hash);
    ids.push(id);
    seen.add(id);
    rules.accept(item);
  }

  function startBreak(stranger: Item | null, place: number): Break<Item> {
    const isCopy = stranger?.hash === hashAt(place - 1);
    const isRival = stranger !== null && !isCopy && fits(hashAt(place - 2), place - 1, stranger);
    return {
      stranger,
      rightful: null,
      isOfChain: false,
      rival: isRival ? stranger : null,
      rivalGoesOn: false,
      skips: false,
      following: 0,
    };
  }

  /** What one more item after the broken place says about the stranger there. */
  function gather(at: Break<Item>, item: Item): void {
    const place = next();
    const { stranger } = at;
    at.following += 1;
    if (at.rival !== null && fits(at.rival.hash, place, item)) at.rivalGoesOn = true;
    if (at.rightful === null && fits(hashAt(place - 1), place, item)) at.rightful = item;
    if (stranger === null) return;
    // Whoever reordered may have numbered the places anew: each way to count is tried.
    const after = item === at.rightful ? place + 1 : item.place + 1;
    at.isOfChain ||= fits(item.hash, after, stranger) || fits(item.hash, stranger.place, stranger);
    if (at.following > 1 || stranger.place !== place) return;
    for (let skipped = 1; skipped <= MOST_SKIPPED && !at.skips; skipped++) {
      at.skips = fits(stranger.hash, place + 1 + skipped, item);
    }
  }

  function tampering(vouched: ReadonlyMap<number, string>): TamperedLink | null {
    if (named !== null || broken === null) return named;
    const place = next();
    const { stranger, rightful, isOfChain, rival, rivalGoesOn, skips } = broken;
    const strangerId = stranger === null ? null : rules.idOf(stranger);
    if (rival !== null && rightful === null && (rivalGoesOn || vouched.get(place - 1) === rival.hash)) {
      return { kind: 'inserted', place: place - 1, id: idAt(place - 1) };
    }
    const isCopy = stranger !== null && hashes.includes(stranger.hash);
    if (rightful !== null) {
      return isOfChain && !isCopy
        ? { kind: 'reordered', place, id: rules.idOf(rightful) }
        : { kind: 'inserted', place, id: strangerId };
    }
    if (rival !== null || isCopy) return { kind: 'inserted', place, id: strangerId };
    if (stranger !== null && (stranger.place > place || skips)) return { kind: 'removed', place, id: null };
    let last = 0;
    for (const at of vouched.keys()) last = Math.max(last, at);
    // Behind the last one that is vouched for nothing was there to be changed.
    return { kind: last > 0 && place > last ? 'inserted' : 'changed', place, id: strangerId };
  }

  const idAt = (place: number): string | null => ids[place - start.place] ?? null;

  return {
    take,
    get length() {
      return next() - 1;
    },
    hashAt: (place) => hashAt(place) ?? null,
    idAt,
    tampering,
  };
}
