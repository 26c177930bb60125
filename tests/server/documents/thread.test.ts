import { expect, test } from 'vitest';

import { inThread } from '../../../server/documents/thread.ts';

/** A program that stands in its own address. */
function program(code: string): URL {
  const text = `import { parentPort, workerData } from 'node:worker_threads'; ${code}`;
  return new URL(`data:text/javascript,${encodeURIComponent(text)}`);
}
const BOUNDS = { longestMs: 20_000, largestMB: 64 };
const ANSWERS = program('parentPort.postMessage(workerData.n * 2);');

test('a thread is handed its task and answers', async () => {
  expect(await inThread<number>(ANSWERS, { n: 21 }, BOUNDS)).toEqual({ ok: true, value: 42 });
});

test('what never ends is ended, and hinders nobody', async () => {
  const [endless, honest] = await Promise.all([
    inThread(program('for (;;);'), null, { ...BOUNDS, longestMs: 500 }),
    inThread<number>(ANSWERS, { n: 1 }, BOUNDS),
  ]);
  expect(endless).toEqual({ ok: false, reason: 'too heavy' });
  expect(honest).toEqual({ ok: true, value: 2 });
});

test.each([10_000, 2_000_000])(
  'what takes all memory, %i places at a time, takes only its own',
  async (places) => {
    const greedy = program(`const all = []; for (;;) all.push(new Array(${places}).fill({}));`);
    const answers = await Promise.all(Array.from({ length: 10 }, () => inThread(greedy, null, BOUNDS)));
    expect(answers).toEqual(Array.from({ length: 10 }, () => ({ ok: false, reason: 'too heavy' })));
  },
);

test('a thread sees nothing of the environment, where keys and passwords may stand', async () => {
  process.env['NHIPCAU_TEST_SECRET'] = 'kín';
  const seen = await inThread<object>(program('parentPort.postMessage({ ...process.env });'), null, BOUNDS);
  expect(seen).toEqual({ ok: true, value: {} });
  delete process.env['NHIPCAU_TEST_SECRET'];
});

test('a thread that ends without an answer is a failure of ours, and its place is free again', async () => {
  for (let n = 0; n < 4; n++) {
    await expect(inThread(program('process.exit(3);'), null, BOUNDS)).rejects.toThrow('no answer');
    await expect(inThread(program('throw new Error("broken");'), null, BOUNDS)).rejects.toThrow('broken');
  }
  expect(await inThread<number>(ANSWERS, { n: 1 }, BOUNDS)).toEqual({ ok: true, value: 2 });
});

test('of many at once some wait, and the rest is told to come again', async () => {
  const slow = program('setTimeout(() => parentPort.postMessage(1), 100);');
  const answers = await Promise.all(Array.from({ length: 20 }, () => inThread(slow, null, BOUNDS)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(12);
  expect(answers.filter((answer) => !answer.ok && answer.reason === 'busy')).toHaveLength(8);
});
