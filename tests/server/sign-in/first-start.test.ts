import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { api } from '../../../domain/wire/api.ts';
import { client, startTestServer, testClock, type TestServer } from '../harness.ts';

let data: string;
let server: TestServer;
const running: TestServer[] = [];

async function start(parts: Parameters<typeof startTestServer>[0] = {}): Promise<TestServer> {
  const started = await startTestServer({ data, ...parts });
  running.push(started);
  return started;
}

function tokenOf(link: string | null): string {
  expect(link).toMatch(/\/setup#[\w-]{43}$/);
  return link?.split('#')[1] ?? '';
}

const first = { username: 'truong-ban', name: 'Lê Thị Thử', password: 'một mật khẩu đủ dài' };

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'nhipcau-first-'));
  server = await start();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((started) => started.close()));
  await rm(data, { recursive: true });
});

test('the link of the first start creates a standing organizer, who is signed in at once', async () => {
  const token = tokenOf(server.setupLink);
  const response = await client(server).response(api.setUp, { body: { token, ...first } });
  expect(((await response.json()) as Record<string, unknown>)['account']).toMatchObject({
    username: 'truong-ban',
    name: 'Lê Thị Thử',
    active: true,
    grants: [{ role: 'organizer', conference: null, bridge: null }],
  });
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
  expect((await client(server, cookie).call(api.me)).username).toBe('truong-ban');
});

test('the link works once, and no start after it makes another', async () => {
  const token = tokenOf(server.setupLink);
  await client(server).call(api.setUp, { body: { token, ...first } });
  const again = { token, ...first, username: 'nguoi-khac' };
  expect((await client(server).refusal(api.setUp, { body: again })).code).toBe('link-used');
  await server.close();
  expect((await start()).setupLink).toBeNull();
});

test('of two who use the link at the same moment one comes in', async () => {
  const token = tokenOf(server.setupLink);
  const answers = await Promise.all(
    ['mot-nguoi', 'hai-nguoi'].map((username) =>
      client(server).response(api.setUp, { body: { ...first, token, username } }),
    ),
  );
  expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 410]);
  expect(await server.database.read('account')).toHaveLength(1);
});

test('a wrong token is refused and makes nobody', async () => {
  const problem = await client(server).refusal(api.setUp, { body: { token: 'x'.repeat(43), ...first } });
  expect(problem.code).toBe('not-found');
  expect(await server.database.read('account')).toEqual([]);
});

test('a new start without an account makes a new link and ends the old one', async () => {
  const old = tokenOf(server.setupLink);
  await server.close();
  server = await start();
  const token = tokenOf(server.setupLink);
  expect(token).not.toBe(old);
  expect((await client(server).refusal(api.setUp, { body: { token: old, ...first } })).code).toBe(
    'link-used',
  );
  await client(server).call(api.setUp, { body: { token, ...first } });
});

test('the link expires after a week', async () => {
  await server.close();
  const clock = testClock();
  server = await start({ clock });
  clock.advance(7 * 24 * 3_600_000);
  const body = { token: tokenOf(server.setupLink), ...first };
  expect((await client(server).refusal(api.setUp, { body })).code).toBe('link-used');
});

test('neither the token nor the password is anywhere in the data folder', async () => {
  const token = tokenOf(server.setupLink);
  await client(server).call(api.setUp, { body: { token, ...first } });
  for (const file of ['nhipcau.sqlite', 'nhipcau.sqlite-wal']) {
    const bytes = await readFile(join(data, file));
    expect(bytes.includes('truong-ban') || file !== 'nhipcau.sqlite-wal').toBe(true);
    expect(bytes.includes(token)).toBe(false);
    expect(bytes.includes(first.password)).toBe(false);
  }
});

test('behind a proxy the link has the address that people know', async () => {
  await server.close();
  server = await start({ publicUrl: 'https://nhipcau.example' });
  expect(server.setupLink).toMatch(/^https:\/\/nhipcau\.example\/setup#/);
});
