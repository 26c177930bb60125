import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

import { api } from '../../../domain/wire/api.ts';
import { openDesk, type Desk } from '../cli/run.ts';
import { startTestServer, type TestServer } from '../harness.ts';
import { comeIn, openBrowser, person, signedIn } from './browser.ts';

let desk: Desk;
let server: TestServer;
beforeAll(async () => {
  desk = await openDesk();
  server = await startTestServer({ data: desk.data });
});
afterAll(async () => {
  await server.close();
  await desk.clear();
});

test('a lost password: the operator prints a link, which works once and ends every sign-in', async () => {
  const who = await person(server);
  const browser = await signedIn(server, who);
  const printed = await desk.json(
    z.object({ link: z.string() }),
    'sign-in',
    'link',
    '--username',
    who.username.toUpperCase(),
    '--public-url',
    'https://nhipcau.example/',
  );
  expect(printed.value.link).toMatch(/^https:\/\/nhipcau\.example\/activate#[\w-]{43}$/);
  expect((await browser.response(api.me)).status).toBe(200);
  const body = { token: printed.value.link.split('#')[1] ?? '', password: 'một mật khẩu khác hẳn' };
  const other = openBrowser(server);
  expect(await other.call(api.activate, { body })).toMatchObject({ step: 'in' });
  expect((await browser.refusal(api.me)).code).toBe('not-signed-in');
  expect((await openBrowser(server).refusal(api.activate, { body })).code).toBe('link-used');
});

test('a lost phone: the operator takes the second factor and the passkeys away, and everybody out', async () => {
  const who = await person(server);
  const browser = await signedIn(server, who);
  await server.database.write('one_time_code').insert({ account: who.account, secret: 'x', used_step: 0 });
  const row = {
    account: who.account,
    name: 'x',
    public_key: '',
    counter: 0,
    transports: '[]',
    created_at: 0,
  };
  await server.database.write('passkey').insert({ ...row, id: 'a-lost-key' });
  const Reset = z.object({ passkeys: z.int(), ended: z.int() });
  const args = ['sign-in', 'reset-second-factor', '--username', who.username, '--passkeys'];
  expect((await desk.json(Reset, ...args)).value).toEqual({ passkeys: 1, ended: 1 });
  expect((await browser.refusal(api.me)).code).toBe('not-signed-in');
  expect((await comeIn(openBrowser(server), who)).step).toBe('in');
  expect(await server.database.read('passkey').where({ account: who.account })).toEqual([]);
});

test('somebody is signed out everywhere, and what a role asks for is said at the command line too', async () => {
  const who = await person(server, [{ role: 'auditor', conference: null, bridge: null }]);
  const browser = await signedIn(server, who);
  const ended = await desk.run('sign-in', 'end', '--username', who.username);
  expect(ended).toMatchObject({ code: 0, err: '' });
  expect(ended.out).toContain('Đã đăng xuất 1 nơi');
  expect((await browser.refusal(api.me)).code).toBe('not-signed-in');
  const rule = ['sign-in', 'require-second-factor', '--everywhere'];
  await desk.run(...rule, '--role', 'auditor', 'organizer');
  expect((await comeIn(openBrowser(server), who)).step).toBe('enrol');
  await desk.run(...rule);
  expect((await comeIn(openBrowser(server), who)).step).toBe('in');
});

test.each([
  ['an unknown name', ['sign-in', 'link', '--username', 'khong-co-ai']],
  ['an unknown role', ['sign-in', 'require-second-factor', '--everywhere', '--role', 'king']],
  ['no name', ['sign-in', 'end']],
])('bad usage is said in a sentence: %s', async (_, args) => {
  const { code, out, err } = await desk.run(...args);
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err.length).toBeGreaterThan(10);
});
