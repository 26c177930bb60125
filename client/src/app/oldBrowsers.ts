/**
 * The last Chrome of Windows 7 and 8 is 109, and commune offices still have it. The build rewrites syntax for it but adds
 * no methods; these are the ones that the rules of `domain/` use and that Chrome has only had since 110.
 */
type Order<Item> = (a: Item, b: Item) => number;

const ADDED: Readonly<Record<string, (this: unknown[], order?: Order<unknown>) => unknown[]>> = {
  toSorted(order) {
    // oxlint-disable-next-line unicorn/no-array-sort -- this is toSorted
    return [...this].sort(order);
  },
  toReversed() {
    // oxlint-disable-next-line unicorn/no-array-reverse -- this is toReversed
    return [...this].reverse();
  },
};

for (const [name, value] of Object.entries(ADDED)) {
  if (name in Array.prototype) continue;
  // oxlint-disable-next-line no-extend-native -- standard methods, where the browser lacks them
  Object.defineProperty(Array.prototype, name, { value, writable: true, configurable: true });
}
