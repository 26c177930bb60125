import { describe, expect, test } from 'vitest';

import { groupCommit } from '../../../server/platform/group-commit.ts';
import { TooSlow } from '../../../server/platform/storage-trouble.ts';

/** A store whose commits end when the test says so. */
function slowStore() {
  const commits: { readonly items: readonly string[]; end(): void; fail(error: Error): void }[] = [];
  const commit = (items: readonly string[]): Promise<string[]> =>
    new Promise((resolve, reject) => {
      commits.push({ items, end: () => resolve(items.map((item) => `${item}!`)), fail: reject });
    });
  return { commits, write: groupCommit(commit) };
}
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

const batch = (size: number): number[] => Array.from({ length: size }, (_, at) => at);

describe('shared commits', () => {
  test('who comes in one turn of the loop goes together, and so does whoever waits meanwhile', async () => {
    const { commits, write } = slowStore();
    const first = [write(['a']), write(['b', 'c'])];
    await turn();
    expect(commits.map(({ items }) => items)).toEqual([['a', 'b', 'c']]);
    const second = [write(['d']), write(['e'])];
    await turn();
    expect(commits).toHaveLength(1);
    commits[0]!.end();
    await turn();
    expect(commits.map(({ items }) => items)).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e'],
    ]);
    commits[1]!.end();
    expect(await Promise.all([...first, ...second])).toEqual([['a!'], ['b!', 'c!'], ['d!'], ['e!']]);
  });

  test('nobody is answered before the commit that holds their items has ended', async () => {
    const { commits, write } = slowStore();
    let answered = false;
    void write(['a']);
    await turn();
    const second = write(['b']).then(() => (answered = true));
    commits[0]!.end();
    await turn();
    expect(answered).toBe(false);
    commits[1]!.end();
    await second;
    expect(answered).toBe(true);
  });

  test('each gets an outcome for each item, in order, also for no items at all', async () => {
    const write = groupCommit(async (items: readonly number[]) => items.map((item) => item * 2));
    const answers = await Promise.all([write([1, 2, 3]), write([]), write([4]), write([5, 6])]);
    expect(answers).toEqual([[2, 4, 6], [], [8], [10, 12]]);
  });

  test('a commit that fails fails those who were in it, and no others', async () => {
    const { commits, write } = slowStore();
    const first = write(['a']);
    await turn();
    const failing = [write(['b']), write(['c'])].map((answer) =>
      answer.catch((error: Error) => error.message),
    );
    commits[0]!.end();
    await turn();
    const last = write(['d']);
    commits[1]!.fail(new Error('disk full'));
    expect(await Promise.all(failing)).toEqual(['disk full', 'disk full']);
    await turn();
    commits[2]!.end();
    expect(await first).toEqual(['a!']);
    expect(await last).toEqual(['d!']);
  });

  test('a commit that does not end leaves nobody without an answer, and is waited for before the next', async () => {
    let commits = 0;
    const stuckCommit = Promise.withResolvers<string[]>();
    const write = groupCommit((items: readonly string[]) => {
      commits += 1;
      return commits === 1 ? stuckCommit.promise : Promise.resolve([...items]);
    }, 30);
    const stuck = write(['a']);
    await turn();
    const behind = write(['b']);
    await expect(stuck).rejects.toThrow(TooSlow);
    await expect(behind).rejects.toThrow(TooSlow);
    const later = write(['c']);
    expect(commits).toBe(1);
    stuckCommit.resolve(['a!']);
    expect(await later).toEqual(['c']);
  });

  test('what a lock of another process has kept waiting in vain does not wait for it a second time', async () => {
    const { commits, write } = slowStore();
    const first = write(['a']);
    await turn();
    const behind = write(['b']);
    commits[0]!.fail(Object.assign(new Error('locked'), { code: 'SQLITE_BUSY' }));
    await expect(first).rejects.toThrow('locked');
    await expect(behind).rejects.toThrow('locked');
    const next = write(['c']);
    await turn();
    commits[1]!.end();
    expect(await next).toEqual(['c!']);
  });

  test('a commit is no longer than some thousand items, but one batch is never torn', async () => {
    const sizes: number[] = [];
    const write = groupCommit(async (items: readonly number[]) => {
      sizes.push(items.length);
      await turn();
      return items;
    });
    await Promise.all([
      write(batch(1)),
      write(batch(3000)),
      write(batch(3000)),
      write(batch(9000)),
      write(batch(1)),
    ]);
    expect(sizes).toEqual([3001, 3000, 9000, 1]);
  });
});
