import { afterAll, beforeAll, expect, test } from 'vitest';

import { api } from '../../../domain/wire/api.ts';
import { addAccount, addGrant } from '../../../server/access/store.ts';
import { hashed } from './hashed.ts';
import { setPassword } from '../../../server/sign-in/store.ts';
import { client, signIn, socket, STANDING, startTestServer, testClock, type TestServer } from '../harness.ts';

const clock = testClock();
const password = 'trời xanh mây trắng';
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ clock });
  const { account } = await signIn(server);
  await server.database.write('account').where({ id: account }).update({ username: 'le-thu' });
  await setPassword(server.database.write, account, await hashed(password));
});
afterAll(() => server.close());

/** Signs in as a browser does and gives back its cookie. */
async function browser(cookie?: string): Promise<{ cookie: string; header: string }> {
  const response = await client(server, cookie).response(api.signIn, {
    body: { username: 'le-thu', password },
  });
  expect(response.status).toBe(200);
  const header = response.headers.getSetCookie()[0] ?? '';
  return { cookie: header.split(';')[0] ?? '', header };
}

test('signing in gives a cookie that scripts and other sites cannot use, and /me knows who it is', async () => {
  const { cookie, header } = await browser();
  expect(header).toMatch(/; Path=\//);
  expect(header).toMatch(/; HttpOnly/);
  expect(header).toMatch(/; SameSite=Lax/);
  expect(header).not.toMatch(/Secure/);
  expect((await client(server, cookie).call(api.me)).username).toBe('le-thu');
});

test('over https the cookie is for https only', async () => {
  const secure = await startTestServer({ publicUrl: 'https://nhipcau.example', data: server.data, clock });
  const response = await client(secure).response(api.signIn, { body: { username: 'le-thu', password } });
  expect(response.headers.getSetCookie()[0]).toMatch(/; Secure/);
  expect(response.headers.get('strict-transport-security')).toMatch(/max-age=/);
  await secure.close();
});

test('a wrong password and an unknown name get the same answer, in the language of the request', async () => {
  const stranger = client(server);
  const wrong = await stranger.refusal(api.signIn, { body: { username: 'le-thu', password: 'sai' } });
  const unknown = await stranger.refusal(api.signIn, { body: { username: 'khong-co-ai', password } });
  expect({ ...wrong, instance: '' }).toEqual({ ...unknown, instance: '' });
  expect(wrong).toMatchObject({ status: 401, code: 'wrong-credentials', title: 'Sai tên hoặc mật khẩu' });
  const english = await stranger.refusal(api.signIn, {
    body: { username: 'le-thu', password: 'wrong' },
    language: 'en',
  });
  expect(english.title).toBe('Wrong name or password');
});

test('a password typed in another Unicode form is the same password, a name in capitals the same name', async () => {
  const body = { username: ' LE-THU ', password: password.normalize('NFD') };
  expect(await client(server).call(api.signIn, { body })).toMatchObject({
    step: 'in',
    account: { username: 'le-thu' },
  });
});

test('an account without a password cannot be signed in to', async () => {
  const id = (await signIn(server)).account;
  await server.database
    .write('account')
    .where({ id })
    .update({ username: 'chua-kich-hoat', password_hash: null });
  for (const tried of ['', 'null', 'none']) {
    const problem = await client(server).refusal(api.signIn, {
      body: { username: 'chua-kich-hoat', password: tried },
    });
    expect(problem.code).toBe('wrong-credentials');
  }
});

test('signing out ends this browser and no other', async () => {
  const [here, there] = [await browser(), await browser()];
  const response = await client(server, here.cookie).response(api.signOut);
  expect(response.status).toBe(204);
  // Under either name: the server may be reached by HTTPS and without.
  expect(response.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^__Host-nhipcau=;.*Expires=Thu, 01 Jan 1970/),
    expect.stringMatching(/^nhipcau=;.*Expires=Thu, 01 Jan 1970/),
  ]);
  expect((await client(server, here.cookie).refusal(api.me)).code).toBe('not-signed-in');
  expect((await client(server, there.cookie).call(api.me)).username).toBe('le-thu');
});

test('signing in anew ends the sign-in that the browser had', async () => {
  const before = await browser();
  const after = await browser(before.cookie);
  expect(after.cookie).not.toBe(before.cookie);
  expect((await client(server, before.cookie).refusal(api.me)).code).toBe('not-signed-in');
  expect((await client(server, after.cookie).call(api.me)).username).toBe('le-thu');
});

test('a sign-in ends after twelve idle hours, and stays while it is used', async () => {
  const { cookie } = await browser();
  for (let hours = 0; hours < 24; hours += 8) {
    clock.advance(8 * 3_600_000);
    expect((await client(server, cookie).response(api.me)).status).toBe(200);
  }
  clock.advance(12 * 3_600_000);
  expect((await client(server, cookie).refusal(api.me)).code).toBe('not-signed-in');
});

test('a sign-in ends after a week however much it is used', async () => {
  const { cookie } = await browser();
  for (let hours = 0; hours < 7 * 24 - 8; hours += 8) {
    clock.advance(8 * 3_600_000);
    expect((await client(server, cookie).response(api.me)).status).toBe(200);
  }
  clock.advance(8 * 3_600_000);
  expect((await client(server, cookie).response(api.me)).status).toBe(401);
});

test('signing out closes the sockets of that browser', async () => {
  const [here, there] = [await browser(), await browser()];
  const [ending, staying] = [await socket(server, here.cookie), await socket(server, there.cookie)];
  const ended = new Promise<string>((resolve) => ending.socket.once('disconnect', resolve));
  await client(server, here.cookie).call(api.signOut);
  expect(await ended).toBe('io server disconnect');
  expect(staying.socket.connected).toBe(true);
  staying.close();
});

test.each(['', 'x', 'y'.repeat(43), '%00', '"; drop table account'])(
  'a cookie that is none of ours is nobody: %s',
  async (value) => {
    expect((await client(server, `nhipcau=${value}`).refusal(api.me)).code).toBe('not-signed-in');
  },
);

test('five failures from one address close a name there for a quarter of an hour, and no other name', async () => {
  const id = (await signIn(server, [])).account;
  await server.database
    .write('account')
    .where({ id })
    .update({
      username: 'bi-doan',
      password_hash: await hashed(password),
    });
  await addGrant(server.database.write, id, STANDING, clock());
  const tries = await Promise.all(
    Array.from({ length: 7 }, () =>
      client(server).response(api.signIn, { body: { username: 'bi-doan', password: 'sai rồi' } }),
    ),
  );
  expect(tries.map((response) => response.status).toSorted((a, b) => a - b)).toEqual([
    401, 401, 401, 401, 401, 429, 429,
  ]);
  const closed = await client(server).response(api.signIn, { body: { username: 'bi-doan', password } });
  expect(closed.status).toBe(429);
  expect(Number(closed.headers.get('retry-after'))).toBeGreaterThan(800);
  expect((await browser()).cookie).not.toBe('');
  clock.advance(15 * 60_000);
  expect((await client(server).call(api.signIn, { body: { username: 'bi-doan', password } })).step).toBe(
    'in',
  );
});

test('two accounts cannot have one name', async () => {
  const row = { username: 'le-thu', name: 'Ai đó', password_hash: null, created_at: clock() };
  const id = (await signIn(server)).account;
  await server.database.write('account').where({ id }).delete();
  await expect(addAccount(server.database.write, { id, ...row })).rejects.toThrow(/UNIQUE/);
});
