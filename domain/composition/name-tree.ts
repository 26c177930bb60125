import { AND, type Word } from './words.ts';

/** Names word by word, and what bears each; the root is the name of no words. */
export interface Node<Value> {
  values: Value[];
  next: Map<string, Node<Value>> | null;
}

/** Enters a value under a name. */
export function insert<Value>(root: Node<Value>, keys: readonly string[], value: Value): void {
  let node = root;
  for (const key of keys) {
    node.next ??= new Map();
    let child = node.next.get(key);
    if (child === undefined) {
      child = { values: [], next: null };
      node.next.set(key, child);
    }
    node = child;
  }
  if (!node.values.includes(value)) node.values.push(value);
}

/** Shared by all that find nothing. */
export const NOTHING: readonly never[] = [];

/** Values of the longest name that begins at a word, and where it ends; `until` bounds it. */
export function longest<Value>(
  root: Node<Value>,
  words: readonly Word[],
  at: number,
  until: number,
): { values: readonly Value[]; end: number } {
  let node: Node<Value> | undefined = root;
  let values: readonly Value[] = NOTHING;
  let end = at;
  for (let scan = at; scan < until; scan++) {
    const { key } = words[scan] as Word;
    if (key === AND) continue;
    node = node.next?.get(key);
    if (node === undefined) break;
    if (node.values.length > 0) {
      ({ values } = node);
      end = scan + 1;
    }
  }
  return { values, end };
}

const NUMBER = /^\d+$/;

/** The longest name that ends a run of unknown words; a bare number is no name of a place. */
export function endingName<Value>(
  names: Node<Value>,
  words: readonly Word[],
  from: number,
  to: number,
): readonly Value[] {
  for (let at = from; at < to; at++) {
    if (at === to - 1 && NUMBER.test((words[at] as Word).key)) break;
    const { values, end } = longest(names, words, at, to);
    if (values.length > 0 && end === to) return values;
  }
  return NOTHING;
}
