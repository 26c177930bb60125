/** More questions in one query make its first asker wait without making the others quicker (measured: 500 take 2 ms). */
const MOST_AT_ONCE = 500;

interface Waiting<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Answers many questions with one query, an answer for each in order. What is asked in the same turn of the event loop goes
 * together, and then whatever came while the query before was under way. None is answered by a query that began before it
 * was asked: nothing is remembered. A query that fails fails all who were in it.
 *
 * When a whole country comes back after a broken line, each asks who it is and what it may do: one by one that takes five times as
 * long as the connections themselves.
 */
export function askTogether<Of extends object, Question, Answer>(
  ask: (of: Of, questions: readonly Question[]) => Promise<readonly Answer[]>,
): (of: Of, question: Question) => Promise<Answer> {
  const asking = new WeakMap<Of, Waiting<Question, Answer>[]>();

  async function run(of: Of, queue: Waiting<Question, Answer>[]): Promise<void> {
    await new Promise((resolve) => void setImmediate(resolve));
    while (queue.length > 0) {
      const together = queue.splice(0, MOST_AT_ONCE);
      try {
        const answers = await ask(
          of,
          together.map(({ question }) => question),
        );
        for (const [at, { resolve }] of together.entries()) resolve(answers[at]!);
      } catch (error) {
        for (const { reject } of together) reject(error);
      }
    }
    asking.delete(of);
  }

  return (of, question) =>
    new Promise((resolve, reject) => {
      const waiting = { question, resolve, reject };
      const queue = asking.get(of);
      if (queue !== undefined) {
        queue.push(waiting);
        return;
      }
      const first = [waiting];
      asking.set(of, first);
      void run(of, first);
    });
}
