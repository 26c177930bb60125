/** Of an odd number of rounds the middle one. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}

/** Percentile of numbers that `toSorted` or `sorted` has put in order. */
export function at(share: number, inOrder: ArrayLike<number>): number {
  return inOrder[Math.min(inOrder.length - 1, Math.floor(inOrder.length * share))] ?? NaN;
}

/** All of several lists in one, in order. */
export function sorted(lists: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(lists.reduce((sum, list) => sum + list.length, 0));
  let end = 0;
  for (const list of lists) {
    all.set(list, end);
    end += list.length;
  }
  return all.toSorted();
}

/** For people: 12,345 */
export function count(number: number): string {
  return Math.round(number).toLocaleString('en');
}

/** For the line of figures: so many decimals and no more. */
export function round(number: number, decimals = 0): number {
  return Number(number.toFixed(decimals));
}
