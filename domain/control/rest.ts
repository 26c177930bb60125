/** What a screen shows of a list: the first so many, and the rest as one that adds up. */
export interface Folded<Item> {
  readonly shown: readonly Item[];
  readonly rest: readonly Item[];
}

/** The first items of a list that may show `most` places; where not all fit, the last place is for "and N more". */
export function fold<Item>(items: readonly Item[], most: number): Folded<Item> {
  if (items.length <= most) return { shown: items, rest: [] };
  const shown = Math.max(0, most - 1);
  return { shown: items.slice(0, shown), rest: items.slice(shown) };
}

/** The page of a list that a screen shows that turns its pages by itself, from 0 on. */
export function turned<Item>(items: readonly Item[], size: number, turn: number): readonly Item[] {
  const pages = Math.max(1, Math.ceil(items.length / size));
  const page = turn % pages;
  return items.slice(page * size, page * size + size);
}
