import type { Instant } from '../time.ts';

export interface Span {
  readonly startsAt: Instant;
  /** The first instant after it: what ends at nine and what starts at nine do not overlap. */
  readonly endsAt: Instant;
}

/** Every pair that shares time, the earlier start first. Work grows with the pairs found, not with all pairs there are. */
export function* overlaps<Item extends Span>(items: readonly Item[]): Generator<readonly [Item, Item]> {
  const inOrder = Array.from(items);
  // oxlint-disable-next-line unicorn/no-array-sort -- a copy; Chrome 109 has no toSorted
  inOrder.sort((a, b) => a.startsAt - b.startsAt);
  let open: Item[] = [];
  for (const item of inOrder) {
    open = open.filter((earlier) => earlier.endsAt > item.startsAt);
    for (const earlier of open) yield [earlier, item];
    open.push(item);
  }
}

/**
 * Those that share time with one of another group, without looking at pairs: in order of their starts, something that came before
 * shares time where the latest end so far lies after the start, something that comes after where the next start lies before the end. They come in
 * the order in which they were given.
 */
export function thoseThatMeet<Item extends Span>(
  items: readonly Item[],
  groupOf: (item: Item) => unknown,
): Set<Item> {
  const inOrder = Array.from(items);
  // oxlint-disable-next-line unicorn/no-array-sort -- a copy; Chrome 109 has no toSorted
  inOrder.sort((a, b) => a.startsAt - b.startsAt);
  const met = new Set<Item>();
  const before = bestOfTwoGroups<Item>((a, b) => a.endsAt > b.endsAt);
  for (const item of inOrder) {
    const group = groupOf(item);
    const earlier = before.outside(group);
    if (earlier !== null && earlier.endsAt > item.startsAt) met.add(item);
    before.take(item, group);
  }
  const after = bestOfTwoGroups<Item>((a, b) => a.startsAt < b.startsAt);
  for (let at = inOrder.length - 1; at >= 0; at--) {
    const item = inOrder[at];
    if (item === undefined) continue;
    const group = groupOf(item);
    const later = after.outside(group);
    if (later !== null && later.startsAt < item.endsAt) met.add(item);
    after.take(item, group);
  }
  return new Set(items.filter((item) => met.has(item)));
}

/** The best so far, and the best of any other group than that one's: enough to know the best outside any group. */
function bestOfTwoGroups<Item>(isBetter: (a: Item, b: Item) => boolean) {
  let first: { readonly item: Item; readonly group: unknown } | null = null;
  let second: { readonly item: Item; readonly group: unknown } | null = null;
  return {
    outside(group: unknown): Item | null {
      if (first === null) return null;
      return first.group === group ? (second?.item ?? null) : first.item;
    },
    take(item: Item, group: unknown): void {
      const one = { item, group };
      if (first === null || first.group === group) {
        if (first === null || isBetter(item, first.item)) first = one;
      } else if (isBetter(item, first.item)) {
        second = first;
        first = one;
      } else if (second === null || isBetter(item, second.item)) {
        second = one;
      }
    },
  };
}
