import { afterAll, beforeAll, expect, test } from 'vitest';

import { verifyTrail } from '../../../server/audit/verification.ts';
import { enterDone, settle, audited } from '../../../server/platform/trail.ts';
import { trailOf } from '../../../server/audit/trail.ts';
import { startTestServer, type TestServer } from '../harness.ts';
import { enteredBy } from './scene.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** Lets no page be added to the file, as a full disk does. */
async function fill(): Promise<void> {
  const [pages] = await server.database.write.raw<{ page_count: number }[]>('PRAGMA page_count');
  await server.database.write.raw(`PRAGMA max_page_count = ${pages!.page_count}`);
}
const makeRoom = () => server.database.write.raw('PRAGMA max_page_count = 1000000');
/** More than the free pages of the file hold. */
const LONG = 'x'.repeat(19_000);
const many = (count: number) => Array.from({ length: count }, () => ({ after: LONG }));

const act = (name: string) => ({ act: name, kind: 'change' as const, on: [], by: 'operator' as const });

test('the outcome of what was done before a disk filled stands in the trail before the next entry', async () => {
  const context = server.context();
  const trail = trailOf(server.database);
  const entered = await enteredBy(server, async () => {
    await fill();
    await enterDone(trail, context, act('early'), many(20));
    // What has not begun is refused: it would be done without a trace.
    const late = audited(trail, context, { ...act('late'), filter: { LONG } }, async () => undefined);
    await expect(late).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    await makeRoom();
    await enterDone(trail, context, act('next'), [{ after: 'short' }]);
  });
  const acts = entered.map(({ deed }) => deed.act);
  expect(acts).toEqual([...Array(20).fill('early'), 'next']);
  expect(await verifyTrail(context)).toMatchObject({ finding: null });
});

test('what is owed is written before the program ends', async () => {
  const context = server.context();
  const trail = trailOf(server.database);
  const entered = await enteredBy(server, async () => {
    await fill();
    await enterDone(trail, context, act('early'), many(20));
    await makeRoom();
    await settle(trail, context.log);
  });
  expect(entered.map(({ deed }) => deed.act)).toEqual(Array(20).fill('early'));
});

test('entries that no memory could hold are let go, and the log says so', async () => {
  const trail = trailOf(server.database);
  const said: unknown[] = [];
  const context = server.context();
  const log = { ...context.log, error: (...words: unknown[]) => void said.push(words) };
  await fill();
  await enterDone(trail, { ...context, log }, act('many'), many(5001));
  await makeRoom();
  expect(said).toHaveLength(1);
});
