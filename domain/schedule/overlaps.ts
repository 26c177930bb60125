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
