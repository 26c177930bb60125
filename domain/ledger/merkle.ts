import type { BridgeId, SessionId } from '../ids.ts';
import type { Hash, Link } from './chain.ts';

/** The head of one chain, as it stands under a checkpoint. */
export interface Head extends Link {
  readonly session: SessionId;
  readonly bridge: BridgeId;
}

/** How a head is found under a root: its index among all heads, and the hashes beside its way up. */
export interface Inclusion extends Link {
  readonly index: number;
  readonly path: readonly string[];
}

/** A head beside the place where another would stand. */
export type Neighbour = Head & Inclusion;

/** That a chain has no head under a root: the two between which it would stand are next to each other. Null at an end. */
export interface Absence {
  readonly before: Neighbour | null;
  readonly after: Neighbour | null;
}

/**
 * A Merkle tree over the heads of all chains, in the shape of RFC 6962, sorted by session and then bridge (by UTF-16 code
 * units). Setting heads that are there costs their number times the depth; a new one costs everything to its right.
 */
export interface HeadTree {
  readonly size: number;
  /** Hash that stands for all heads. */
  root(): string;
  set(heads: readonly Head[]): void;
  /** Null where the chain has no head. */
  inclusion(session: SessionId, bridge: BridgeId): Inclusion | null;
  /** Null where the chain has one. */
  absence(session: SessionId, bridge: BridgeId): Absence | null;
  /** The tree as it is now, untouched by what is set afterwards. */
  copy(): HeadTree;
}

/** Leaves and nodes begin differently, so that neither can be passed off as the other. */
function leafHash({ session, bridge, place, hash: head }: Head, hash: Hash): string {
  return hash(`nhipcau leaf 1\n${JSON.stringify([session, bridge, place, head])}`);
}

function nodeHash(left: string, right: string, hash: Hash): string {
  return hash(`nhipcau node 1\n${left}\n${right}`);
}

type ChainName = Pick<Head, 'session' | 'bridge'>;

function compare(a: ChainName, b: ChainName): number {
  if (a.session !== b.session) return a.session < b.session ? -1 : 1;
  if (a.bridge === b.bridge) return 0;
  return a.bridge < b.bridge ? -1 : 1;
}

/** A tree without heads. */
export function headTree(hash: Hash): HeadTree {
  return treeOver([], [[]], hash);
}

/** @param levels hashes from the leaves up; the last level has one, or none in an empty tree */
function treeOver(heads: Head[], levels: string[][], hash: Hash): HeadTree {
  /** Index of the first head that does not stand before the one named. */
  function placeOf(name: ChainName): number {
    let low = 0;
    let high = heads.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const there = heads[middle];
      if (there !== undefined && compare(there, name) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function indexOf(name: ChainName): number | null {
    const index = placeOf(name);
    const there = heads[index];
    return there !== undefined && compare(there, name) === 0 ? index : null;
  }

  /** Makes the hashes anew over leaves that changed: those named, and every one from `from` on. */
  function rehash(changed: ReadonlySet<number>, from: number): void {
    const leaves = (levels[0] ??= []);
    for (const index of [...changed, ...rangeOf(from, heads.length)]) {
      const head = heads[index];
      if (head !== undefined) leaves[index] = leafHash(head, hash);
    }
    let stale = changed;
    let staleFrom = from;
    for (let at = 0, width = heads.length; width > 1; at++) {
      const below = levels[at] ?? [];
      const level = (levels[at + 1] ??= []);
      width = Math.ceil(width / 2);
      stale = new Set([...stale].map((index) => index >>> 1));
      staleFrom >>>= 1;
      for (const index of [...stale, ...rangeOf(staleFrom, width)]) {
        const left = below[index * 2] ?? '';
        const right = below[index * 2 + 1];
        // The last of an odd number goes up as it is.
        level[index] = right === undefined ? left : nodeHash(left, right, hash);
      }
    }
  }

  function set(changes: readonly Head[]): void {
    const changed = new Set<number>();
    const added = new Map<string, Head>();
    for (const head of changes) {
      const index = indexOf(head);
      if (index === null) {
        added.set(JSON.stringify([head.session, head.bridge]), head);
      } else {
        heads[index] = head;
        changed.add(index);
      }
    }
    const sorted = [...added.values()].toSorted(compare);
    const [first] = sorted;
    const from = first === undefined ? heads.length : placeOf(first);
    if (first !== undefined) {
      const tail = heads.splice(from);
      heads.push(...merged(tail, sorted));
    }
    rehash(new Set([...changed].filter((index) => index < from)), from);
  }

  function pathFrom(index: number): string[] {
    const path: string[] = [];
    let at = index;
    let width = heads.length;
    for (let level = 0; width > 1; level++) {
      const beside = levels[level]?.[at ^ 1];
      if ((at ^ 1) < width && beside !== undefined) path.push(beside);
      at >>>= 1;
      width = Math.ceil(width / 2);
    }
    return path;
  }

  function neighbour(index: number): Neighbour | null {
    const head = heads[index];
    return head === undefined ? null : { ...head, index, path: pathFrom(index) };
  }

  return {
    get size() {
      return heads.length;
    },
    root: () => levels.at(heads.length === 0 ? 0 : Math.ceil(Math.log2(heads.length)))?.[0] ?? hash(''),
    set,
    inclusion(session, bridge) {
      const index = indexOf({ session, bridge });
      const head = index === null ? undefined : heads[index];
      if (index === null || head === undefined) return null;
      return { place: head.place, hash: head.hash, index, path: pathFrom(index) };
    },
    absence(session, bridge) {
      if (indexOf({ session, bridge }) !== null) return null;
      const index = placeOf({ session, bridge });
      return { before: neighbour(index - 1), after: neighbour(index) };
    },
    copy: () =>
      treeOver(
        [...heads],
        levels.map((level) => [...level]),
        hash,
      ),
  };
}

function* rangeOf(from: number, to: number): Generator<number> {
  for (let index = from; index < to; index++) yield index;
}

/** Two sorted lists as one. */
function merged(a: readonly Head[], b: readonly Head[]): Head[] {
  const all: Head[] = [];
  let at = 0;
  for (const head of b) {
    for (let next = a[at]; next !== undefined && compare(next, head) < 0; next = a[++at]) all.push(next);
    all.push(head);
  }
  return all.concat(a.slice(at));
}

/** The root to which a head's way leads in a tree of `size` heads; null where the way does not fit such a tree. */
function rootAbove(head: Head, { index, path }: Inclusion, size: number, hash: Hash): string | null {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return null;
  let found = leafHash(head, hash);
  let used = 0;
  for (let at = index, width = size; width > 1; at = Math.floor(at / 2), width = Math.ceil(width / 2)) {
    const isRight = at % 2 === 1;
    if (!isRight && at + 1 >= width) continue;
    const beside = path[used];
    if (beside === undefined) return null;
    used += 1;
    found = isRight ? nodeHash(beside, found, hash) : nodeHash(found, beside, hash);
  }
  return used === path.length ? found : null;
}

/** What a proof is held against: the root over `chains` heads. */
export interface Root {
  readonly root: string;
  readonly chains: number;
}

/** Whether the chain has this head under the root. */
export function isIncluded(name: ChainName, proof: Inclusion, { root, chains }: Root, hash: Hash): boolean {
  const { place, hash: head } = proof;
  return rootAbove({ ...name, place, hash: head }, proof, chains, hash) === root;
}

/** Whether the chain has no head under the root. */
export function isAbsent(name: ChainName, { before, after }: Absence, under: Root, hash: Hash): boolean {
  if (before !== null && (compare(before, name) >= 0 || !isIncluded(before, before, under, hash)))
    return false;
  if (after !== null && (compare(name, after) >= 0 || !isIncluded(after, after, under, hash))) return false;
  return (before === null ? -1 : before.index) + 1 === (after === null ? under.chains : after.index);
}
