import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { api } from '../../../domain/wire/api.ts';
import { COOKIE, newTicket } from '../../../server/sign-in/cookie.ts';
import { hashOfToken } from '../../../server/sign-in/tokens.ts';
import { client, socket, startTestServer, testClock, type TestServer } from '../harness.ts';
import { comeIn, openBrowser, PASSWORD, person, signedIn, type Person } from './browser.ts';

const HOUR = 3_600_000;
const clock = testClock();
let server: TestServer;
let who: Person;
beforeAll(async () => {
  server = await startTestServer({ clock });
});
beforeEach(async () => {
  who = await person(server);
});
afterAll(() => server.close());

const status = async (cookie: string): Promise<number> =>
  (await client(server, cookie).response(api.me)).status;

test('the secret of a cookie is followed by another every hour, and nothing is noticed of it', async () => {
  const browser = await signedIn(server, who);
  const first = browser.header();
  clock.advance(HOUR / 2);
  await browser.call(api.me);
  expect(browser.header()).toBe(first);
  clock.advance(HOUR / 2);
  await browser.call(api.me);
  const second = browser.header();
  expect(second).not.toBe(first);
  // The name of the sign-in stays: its sockets are found by it.
  expect(second.split('.')[0]).toBe(first.split('.')[0]);
  await browser.call(api.me);
  expect(browser.header()).toBe(second);
});

test('requests side by side are given one and the same secret', async () => {
  const browser = await signedIn(server, who);
  clock.advance(HOUR);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => client(server, browser.header()).response(api.me)),
  );
  const given = answers.map((answer) => answer.headers.getSetCookie()[0]?.split(';')[0]);
  expect(new Set(given).size).toBe(1);
  expect(await status(given[0] ?? '')).toBe(200);
});

test('an answer that was lost on its way signs nobody out', async () => {
  const browser = await signedIn(server, who);
  const first = browser.header();
  for (let hours = 0; hours < 5; hours++) {
    clock.advance(HOUR);
    expect(await status(first)).toBe(200);
  }
});

test('the secret before is good for a minute more, for what was on its way', async () => {
  const browser = await signedIn(server, who);
  const first = browser.header();
  clock.advance(HOUR);
  await browser.call(api.me);
  await browser.call(api.me);
  clock.advance(59_000);
  expect(await status(first)).toBe(200);
  expect(await status(browser.header())).toBe(200);
});

test('an old secret that comes back ends the sign-in, for whoever has it, and its sockets', async () => {
  const browser = await signedIn(server, who);
  const stolen = browser.header();
  clock.advance(HOUR);
  await browser.call(api.me);
  await browser.call(api.me);
  const line = await socket(server, browser.header());
  const cut = new Promise((resolve) => line.socket.once('disconnect', resolve));
  clock.advance(61_000);
  expect(await status(stolen)).toBe(401);
  expect(await status(browser.header())).toBe(401);
  expect(await cut).toBe('io server disconnect');
});

test('a made-up secret under the name of a sign-in ends it too, one under a made-up name ends nothing', async () => {
  const browser = await signedIn(server, who);
  const [name = ''] = browser.header().split('.');
  expect(await status(`${COOKIE}=${newTicket().value}`)).toBe(401);
  expect(await status(browser.header())).toBe(200);
  expect(await status(`${name}.${'x'.repeat(43)}`)).toBe(401);
  expect(await status(browser.header())).toBe(401);
});

test('a socket that was let in stays while the secret changes, and ends with its sign-in', async () => {
  const browser = await signedIn(server, who);
  const line = await socket(server, browser.header());
  clock.advance(HOUR);
  await browser.call(api.me);
  await browser.call(api.me);
  clock.advance(2 * HOUR);
  expect(await line.ask('clock:ask', {})).toMatchObject({ ok: true });
  const cut = new Promise((resolve) => line.socket.once('disconnect', resolve));
  await browser.call(api.signOut);
  expect(await cut).toBe('io server disconnect');
});

test('a socket that comes back writes nothing, also where another secret is due', async () => {
  const browser = await signedIn(server, who);
  clock.advance(HOUR + 1);
  // Noted once that somebody is there.
  (await socket(server, browser.header())).close();
  const before = await server.database.read('sign_in').where({ account: who.account });
  for (let times = 0; times < 3; times++) (await socket(server, browser.header())).close();
  expect(await server.database.read('sign_in').where({ account: who.account })).toEqual(before);
});

test('a line that only watches is cut within a minute when its sign-in ends out of sight of the server', async () => {
  const staying = await signedIn(server, who);
  const ending = await signedIn(server, await person(server));
  const [watching, others] = [await socket(server, ending.header()), await socket(server, staying.header())];
  const cut = new Promise((resolve) => watching.socket.once('disconnect', resolve));
  const [, name = ''] = /=([^.]+)/.exec(ending.header()) ?? [];
  await server.database
    .write('sign_in')
    .where({ key: hashOfToken(name) })
    .delete();
  clock.advance(60_000);
  // It goes through the lines every five seconds of real time.
  expect(await cut).toBe('io server disconnect');
  expect(others.socket.connected).toBe(true);
  others.close();
});

test('a cookie that somebody planted before signing in opens nothing afterwards', async () => {
  const planted = newTicket();
  const browser = openBrowser(server, new Map([[COOKIE, planted.value]]));
  expect((await comeIn(browser, who)).step).toBe('in');
  expect(browser.header()).not.toContain(planted.value.split('.')[0]);
  expect(await status(`${COOKIE}=${planted.value}`)).toBe(401);
  const rows = await server.database.read('sign_in').where({ key: planted.key });
  expect(rows).toEqual([]);
});

test('a sign-in that somebody planted, their own, ends when another person signs in over it', async () => {
  const attacker = await signedIn(server, await person(server));
  const victim = openBrowser(server, new Map(attacker.cookies));
  expect(await comeIn(victim, who)).toMatchObject({ account: { username: who.username } });
  expect(await status(attacker.header())).toBe(401);
  expect((await victim.call(api.me)).username).toBe(who.username);
});

test('proving once more who one is gives another name and secret, and the ones before get nothing', async () => {
  const browser = await signedIn(server, who);
  const before = browser.header();
  await browser.call(api.confirm, { body: { password: PASSWORD } });
  expect(browser.header().split('.')[0]).not.toBe(before.split('.')[0]);
  expect(await status(before)).toBe(401);
  expect(await status(browser.header())).toBe(200);
});

test('people see their browsers with device and last use, and sign out one or all others', async () => {
  const agents = [
    'Mozilla/5.0 (Windows NT 6.1; Win64; x64) AppleWebKit/537.36 Chrome/109.0.0.0 Safari/537.36',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Safari/604.1',
    'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  ];
  const browsers = [];
  for (const agent of agents) {
    const browser = openBrowser(server);
    const body = { username: who.username, password: PASSWORD };
    await browser.call(api.signIn, { body, headers: { 'user-agent': agent } });
    browsers.push(browser);
    clock.advance(60_000);
  }
  const [first, second, third] = browsers;
  if (first === undefined || second === undefined || third === undefined) throw new Error('three browsers');
  const line = await socket(server, second.header());
  const cut = new Promise((resolve) => line.socket.once('disconnect', resolve));
  const { items } = await first.call(api.signIns);
  expect(items.map(({ browser, current }) => [browser, current])).toEqual([
    ['Firefox trên Linux', false],
    ['Safari trên iPhone', false],
    ['Chrome trên Windows 7', true],
  ]);
  expect(JSON.stringify(items)).not.toMatch(/hash|secret/);
  await first.call(api.endSignIn, { body: { key: items[1]?.key ?? '' } });
  expect(await cut).toBe('io server disconnect');
  expect(await status(second.header())).toBe(401);
  expect(await status(third.header())).toBe(200);
  expect(await first.call(api.endOtherSignIns)).toEqual({ ended: 1 });
  expect(await status(third.header())).toBe(401);
  expect(await status(first.header())).toBe(200);
});

test('nobody signs out a browser of somebody else', async () => {
  const browser = await signedIn(server, who);
  const stranger = await signedIn(server, await person(server));
  const { items } = await browser.call(api.signIns);
  await stranger.call(api.endSignIn, { body: { key: items[0]?.key ?? '' } });
  expect(await status(browser.header())).toBe(200);
});

test('another password ends every other browser, and the old one lets nobody in', async () => {
  const [browser, other] = [await signedIn(server, who), await signedIn(server, who)];
  const before = browser.header();
  await browser.call(api.changePassword, { body: { password: 'một mật khẩu khác hẳn' } });
  expect(await status(other.header())).toBe(401);
  expect(await status(before)).toBe(401);
  expect(await status(browser.header())).toBe(200);
  const tried = { username: who.username, password: PASSWORD };
  expect((await openBrowser(server).refusal(api.signIn, { body: tried })).code).toBe('wrong-credentials');
});

test('what lets one in is not changed by whoever finds the page open ten minutes later', async () => {
  const browser = await signedIn(server, who);
  clock.advance(10 * 60_000);
  const body = { password: 'một mật khẩu khác hẳn' };
  expect((await browser.refusal(api.changePassword, { body })).code).toBe('not-proven');
  expect((await browser.refusal(api.beginSecondFactor)).code).toBe('not-proven');
  expect((await browser.refusal(api.beginPasskey)).code).toBe('not-proven');
  expect((await browser.call(api.myAccount)).proven).toBe(false);
  expect((await browser.refusal(api.confirm, { body: { password: 'sai' } })).code).toBe('wrong-credentials');
  await browser.call(api.confirm, { body: { password: PASSWORD } });
  expect((await browser.call(api.myAccount)).proven).toBe(true);
  await browser.call(api.changePassword, { body });
});

test('a password that was kept at lower costs is kept at the present ones after the next sign-in', async () => {
  const read = async (): Promise<string> => {
    const [row] = await server.database
      .read('account')
      .where({ id: who.account })
      .select<{ password_hash: string }[]>('password_hash');
    return row?.password_hash ?? '';
  };
  const { scryptSync } = await import('node:crypto');
  const key = scryptSync(PASSWORD, Buffer.alloc(16), 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26 });
  const old = `scrypt$${Buffer.alloc(16).toString('base64url')}$${key.toString('base64url')}`;
  await server.database.write('account').where({ id: who.account }).update({ password_hash: old });
  const wrong = { username: who.username, password: 'sai' };
  await openBrowser(server).refusal(api.signIn, { body: wrong });
  expect(await read()).toBe(old);
  await signedIn(server, who);
  expect(await read()).toMatch(/^argon2id:19456,2,1\$/);
  await signedIn(server, who);
});
