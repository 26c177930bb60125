import { describe, expect, test } from 'vitest';

import { askTogether } from '../../../server/platform/ask-together.ts';

/** A store whose queries end when the test says so. */
function slowStore() {
  const queries: { readonly questions: readonly string[]; end(): void; fail(error: Error): void }[] = [];
  const ask = askTogether(
    (_of: object, questions: readonly string[]) =>
      new Promise<string[]>((resolve, reject) => {
        const end = (): void => resolve(questions.map((question) => `${question}!`));
        queries.push({ questions, end, fail: reject });
      }),
  );
  const store = {};
  return { queries, ask: (question: string) => ask(store, question) };
}
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe('questions asked together', () => {
  test('what is asked in one turn of the loop is one query, and each gets their own answer', async () => {
    const { queries, ask } = slowStore();
    const answers = Promise.all([ask('a'), ask('b'), ask('a')]);
    await turn();
    expect(queries.map(({ questions }) => questions)).toEqual([['a', 'b', 'a']]);
    queries[0]!.end();
    expect(await answers).toEqual(['a!', 'b!', 'a!']);
  });

  test('nobody is answered by a query that began before they asked', async () => {
    const { queries, ask } = slowStore();
    const first = ask('a');
    await turn();
    let answered = false;
    const second = ask('a').then(() => (answered = true));
    queries[0]!.end();
    await first;
    await turn();
    expect(answered).toBe(false);
    expect(queries).toHaveLength(2);
    queries[1]!.end();
    await second;
    expect(answered).toBe(true);
  });

  test('a query that fails fails those who were in it, and the next is asked again', async () => {
    const { queries, ask } = slowStore();
    const first = ask('a');
    await turn();
    const second = ask('b');
    queries[0]!.fail(new Error('the disk is gone'));
    await expect(first).rejects.toThrow('the disk is gone');
    await turn();
    queries[1]!.end();
    expect(await second).toBe('b!');
    const third = ask('c');
    await turn();
    queries[2]!.end();
    expect(await third).toBe('c!');
  });

  test('stores are asked apart', async () => {
    const asked: [object, readonly string[]][] = [];
    const ask = askTogether(async (of: object, questions: readonly string[]) => {
      asked.push([of, questions]);
      return questions;
    });
    const [one, other] = [{}, {}];
    expect(await Promise.all([ask(one, 'a'), ask(other, 'b'), ask(one, 'c')])).toEqual(['a', 'b', 'c']);
    expect(asked).toEqual([
      [one, ['a', 'c']],
      [other, ['b']],
    ]);
  });

  test('thousands at once are answered in order, a stretch at a time', async () => {
    const sizes: number[] = [];
    const ask = askTogether(async (_of: object, questions: readonly number[]) => {
      sizes.push(questions.length);
      return questions.map((question) => question * 2);
    });
    const of = {};
    const questions = Array.from({ length: 1200 }, (_, at) => at);
    expect(await Promise.all(questions.map((question) => ask(of, question)))).toEqual(
      questions.map((question) => question * 2),
    );
    expect(sizes).toEqual([500, 500, 200]);
  });
});
