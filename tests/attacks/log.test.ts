import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

import { contracts } from '../../domain/wire/api.ts';
import { API_PREFIX } from '../../domain/wire/request.ts';
import { contract } from '../../domain/wire/contract.ts';
import { implement } from '../../server/platform/endpoint.ts';
import { createLog } from '../../server/platform/log.ts';
import {
  client,
  signIn,
  socket,
  startTestServer,
  testClock,
  type SignedInClient,
  type TestServer,
} from '../server/harness.ts';
import { writeEverywhere, type Scene } from './scene.ts';

/** Stands in every text of the scene, and in everything that is asked for. */
const MARK = 'Qzxmark';

const failing = contract({
  method: 'post',
  path: '/test/failing',
  summary: 'Fails with what it was given',
  scope: { at: 'account' },
  body: z.object({ name: z.string(), how: z.enum(['sql', 'json', 'type', 'message']) }),
  answer: null,
});

const lines: string[] = [];
let server: TestServer;
let organizer: SignedInClient;
let scene: Scene;
beforeAll(async () => {
  server = await startTestServer({
    clock: testClock(),
    log: createLog('trace', { write: (line) => void lines.push(line) }),
    routes: [
      implement(failing, async ({ body: { name, how }, context }) => {
        if (how === 'sql') await context.database.write('account').insert({ id: name, nothing: name });
        if (how === 'json') JSON.parse(name);
        if (how === 'type') (name as unknown as { x(): void }).x();
        throw new Error(`${name} cannot be "${name}"`, { cause: new Error(`'${name}'`) });
      }),
    ],
  });
  organizer = await signIn(server);
  scene = await writeEverywhere(server, organizer, (field) => `${MARK} ${field}`);
});
afterAll(() => server.close());

test('a walk over the whole API leaves no word of anybody in the log', async () => {
  const ids: Record<string, string> = { ...scene, person: scene.people[0] ?? '', version: '1' } as never;
  const stranger = client(server);
  for (const { method, path, query } of Object.values(contracts)) {
    const address = API_PREFIX + path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => ids[name] ?? 'x');
    const asked = new URLSearchParams(
      Object.keys(query?.shape ?? {})
        .filter((field) => !['limit', 'cursor'].includes(field))
        .map((field) => [field, MARK]),
    );
    const named = query !== undefined && 'q' in query.shape ? new URLSearchParams({ q: MARK }) : asked;
    // Somebody else each time: some of it signs them out.
    for (const caller of [await signIn(server), stranger]) {
      for (const search of [asked, named]) {
        const response = await caller.fetch(`${address}?${String(search)}`, {
          method: method.toUpperCase(),
          headers: { 'content-type': 'application/json', 'user-agent': MARK, referer: `http://x/${MARK}` },
          // Nothing is to be changed away: what is sent is wrong.
          ...(method === 'get' ? {} : { body: JSON.stringify({ name: MARK, text: MARK, wrong: MARK }) }),
        });
        await response.body?.cancel();
      }
    }
  }
  const line = await socket(server, organizer.cookie);
  await line.ask('figures:watch', { conference: MARK, session: MARK, bridge: MARK });
  await line.ask('attendance:record', { conference: MARK, events: [{ name: MARK }] } as never);
  line.close();
  for (const how of ['sql', 'json', 'type', 'message'] as const) {
    const failed = await organizer.response(failing, { body: { name: `${MARK} Văn An`, how } });
    expect(failed.status).toBe(500);
    expect(await failed.text()).not.toContain(MARK);
  }
  // It was listening, and it says what fails.
  expect(lines.length).toBeGreaterThan(200);
  const failures = lines.filter((text) => text.includes('"err"'));
  expect(failures.length).toBeGreaterThanOrEqual(4);
  expect(failures.join('')).toContain('SQLITE_ERROR');
  expect(lines.filter((text) => /qzxmark|Văn An/i.test(text))).toEqual([]);
});

test('nor do cookies, links and codes', async () => {
  const [, token = ''] = (server.setupLink ?? '#').split('#');
  const secret = organizer.cookie.split('=')[1] ?? '';
  const [name = '', own = ''] = secret.split('.');
  for (const hidden of [token, secret, name, own].filter((text) => text.length > 8))
    expect(lines.some((text) => text.includes(hidden))).toBe(false);
});
