import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { api } from '../../../domain/wire/api.ts';
import type { Problem } from '../../../domain/wire/problem.ts';
import { startTestServer, testClock, type TestServer } from '../harness.ts';
import { openBrowser, PASSWORD, person, signedIn, type Browser } from '../sign-in/browser.ts';
import { CLIENT, startProvider, type Known, type RunningProvider } from './provider.ts';

const OWN = 'https://nhipcau.example';
const clock = testClock();
let provider: RunningProvider;
let server: TestServer;
const settings = () => ({
  issuer: provider.issuer,
  clientId: CLIENT.id,
  clientSecret: CLIENT.secret,
  name: 'Cổng cán bộ',
  linkBy: 'email' as const,
});
beforeAll(async () => {
  provider = await startProvider(`${OWN}/sign-in/return`);
  server = await startTestServer({ clock, publicUrl: OWN, singleSignOn: settings() });
});
afterEach(() => {
  provider.lie = null;
});
afterAll(async () => {
  await server.close();
  await provider.close();
});

async function begin(browser: Browser): Promise<string> {
  return (await browser.call(api.beginSingleSignOn, { body: { next: '/conferences/new' } })).url;
}
const queryOf = (url: string) => new URL(url).search.slice(1);

/** The whole way: to the provider, back, and in. */
async function comeBy(who: Known, browser = openBrowser(server)): Promise<Response> {
  const back = await provider.visit(await begin(browser), who);
  expect(back).toMatch(/^https:\/\/nhipcau\.example\/sign-in\/return\?/);
  return await browser.response(api.finishSingleSignOn, { body: { query: queryOf(back) } });
}
const refusedBy = async (response: Response): Promise<string> => ((await response.json()) as Problem).code;

/** Changes the ID token on its way. */
const inToken = (changes: object) => (answer: Record<string, unknown>) => {
  const [head = '', body = '', signature = ''] = String(answer['id_token']).split('.');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
  const changed = Buffer.from(JSON.stringify({ ...claims, ...changes })).toString('base64url');
  return { ...answer, id_token: `${head}.${changed}.${signature}` };
};

test('the way there has a state, a nonce and a challenge, and the sign-in page knows its name', async () => {
  expect(await openBrowser(server).call(api.ways)).toEqual({ singleSignOn: 'Cổng cán bộ', passkeys: true });
  const browser = openBrowser(server);
  const { searchParams } = new URL(await begin(browser));
  expect(Object.fromEntries(searchParams)).toMatchObject({
    response_type: 'code',
    client_id: CLIENT.id,
    redirect_uri: `${OWN}/sign-in/return`,
    code_challenge_method: 'S256',
  });
  for (const name of ['state', 'nonce', 'code_challenge'])
    expect(searchParams.get(name)?.length).toBeGreaterThan(30);
  // What the browser keeps says nothing of them.
  for (const name of ['state', 'nonce']) expect(browser.header()).not.toContain(searchParams.get(name) ?? '');
});

test('a verified e-mail address that is a user name links once; from then on the subject decides', async () => {
  const { username, account } = await person(server, [], 'lan.pham@tinh.vn');
  const who = { sub: 'lan', email: 'Lan.Pham@tinh.vn', email_verified: true };
  const browser = openBrowser(server);
  const response = await comeBy(who, browser);
  expect(await response.json()).toMatchObject({
    entered: { step: 'in', account: { username } },
    next: '/conferences/new',
  });
  expect((await browser.call(api.me)).id).toBe(account);
  expect((await browser.call(api.signIns)).items[0]?.how).toBe('single-sign-on');
  const moved = await comeBy({ sub: 'lan', email: 'khac@tinh.vn', email_verified: false });
  expect(await moved.json()).toMatchObject({ entered: { account: { username } } });
  // The local account goes on beside it.
  await openBrowser(server).call(api.signIn, { body: { username, password: PASSWORD } });
});

test('an address that went to somebody new opens nothing of the one before', async () => {
  await person(server, [], 'cu@tinh.vn');
  expect((await comeBy({ sub: 'cu', email: 'cu@tinh.vn', email_verified: true })).status).toBe(200);
  const response = await comeBy({ sub: 'moi', email: 'cu@tinh.vn', email_verified: true });
  expect(await refusedBy(response)).toBe('wrong-credentials');
});

test('without an account nobody comes in, none is made, and the refusal is that of any other failure', async () => {
  await person(server, [], 'chua.xac.minh@tinh.vn');
  await person(server, [], 'truong-ban');
  const before = await server.database.read('account').count();
  const refusals = [
    await comeBy({ sub: 'la', email: 'la@tinh.vn', email_verified: true }),
    await comeBy({ sub: 'chua', email: 'chua.xac.minh@tinh.vn', email_verified: false }),
    await comeBy({ sub: 'ten', preferred_username: 'truong-ban' }),
    await openBrowser(server).response(api.finishSingleSignOn, { body: { query: 'code=x&state=y' } }),
  ];
  const said = await Promise.all(
    refusals.map(async (one) => ({ ...((await one.json()) as Problem), instance: '' })),
  );
  for (const one of said) expect(one).toEqual(said[0]);
  expect(said[0]?.code).toBe('wrong-credentials');
  expect(await server.database.read('account').count()).toEqual(before);
  expect(await server.database.read('single_sign_on').whereIn('subject', ['la', 'chua', 'ten'])).toEqual([]);
});

test('user names of the provider are believed only where the settings say so', async () => {
  const other = await startTestServer({
    clock,
    publicUrl: OWN,
    singleSignOn: { ...settings(), linkBy: 'username' },
  });
  try {
    const { username } = await person(other, [], 'can-bo-7');
    const browser = openBrowser(other);
    const back = await provider.visit(await begin(browser), { sub: 'u7', preferred_username: 'Can-Bo-7' });
    const came = await browser.call(api.finishSingleSignOn, { body: { query: queryOf(back) } });
    expect(came.entered).toMatchObject({ step: 'in', account: { username } });
  } finally {
    await other.close();
  }
});

test('an answer fits the browser that asked, once, and nobody else', async () => {
  await person(server, [], 'mot@tinh.vn');
  const who = { sub: 'mot', email: 'mot@tinh.vn', email_verified: true };
  const browser = openBrowser(server);
  const back = await provider.visit(await begin(browser), who);
  const body = { query: queryOf(back) };
  // Somebody who leads another person's browser to the end of their own way signs nobody in as themselves.
  const victim = openBrowser(server);
  expect((await victim.refusal(api.finishSingleSignOn, { body })).code).toBe('wrong-credentials');
  await begin(victim);
  expect((await victim.refusal(api.finishSingleSignOn, { body })).code).toBe('wrong-credentials');
  const cookies = new Map(browser.cookies);
  await browser.call(api.finishSingleSignOn, { body });
  const replayed = openBrowser(server, cookies);
  expect((await replayed.refusal(api.finishSingleSignOn, { body })).code).toBe('wrong-credentials');
});

test('an answer that comes a quarter of an hour later is refused', async () => {
  await person(server, [], 'muon@tinh.vn');
  const browser = openBrowser(server);
  const back = await provider.visit(await begin(browser), {
    sub: 'muon',
    email: 'muon@tinh.vn',
    email_verified: true,
  });
  clock.advance(15 * 60_000);
  const body = { query: queryOf(back) };
  expect((await browser.refusal(api.finishSingleSignOn, { body })).code).toBe('wrong-credentials');
});

test('another state, issuer or nonce, and a token that was changed, are refused', async () => {
  await person(server, [], 'hai@tinh.vn');
  const who = { sub: 'hai', email: 'hai@tinh.vn', email_verified: true };
  for (const change of [
    (query: URLSearchParams) => query.set('state', 'x'.repeat(43)),
    (query: URLSearchParams) => query.set('iss', 'https://evil.example'),
    (query: URLSearchParams) => query.delete('iss'),
    (query: URLSearchParams) => query.set('code', 'x'.repeat(43)),
  ]) {
    const browser = openBrowser(server);
    const query = new URL(await provider.visit(await begin(browser), who)).searchParams;
    change(query);
    const body = { query: query.toString() };
    expect((await browser.refusal(api.finishSingleSignOn, { body })).code).toBe('wrong-credentials');
  }
  // The last one only its signature gives away.
  for (const changes of [
    { nonce: 'other' },
    { aud: 'other' },
    { iss: 'https://evil.example' },
    { exp: 1 },
    { amr: ['mfa'] },
  ]) {
    provider.lie = inToken(changes);
    expect(await refusedBy(await comeBy(who))).toBe('wrong-credentials');
  }
  provider.lie = null;
  expect((await comeBy(who)).status).toBe(200);
});

test('a second factor is asked for after a single sign-on as after a password', async () => {
  const { account } = await person(server, [], 'hai.buoc@tinh.vn');
  await server.database.write('one_time_code').insert({ account, secret: 'x', used_step: 0 });
  const browser = openBrowser(server);
  const response = await comeBy(
    { sub: 'hai.buoc', email: 'hai.buoc@tinh.vn', email_verified: true },
    browser,
  );
  expect(await response.json()).toMatchObject({ entered: { step: 'code' } });
  expect((await browser.refusal(api.me)).code).toBe('not-signed-in');
});

test('whoever is signed in links their own account, whatever its name, and ends the link', async () => {
  const who = await person(server);
  const browser = await signedIn(server, who);
  expect(await browser.call(api.mySingleSignOn)).toEqual({ provider: 'Cổng cán bộ', linked: false });
  const { url } = await browser.call(api.linkSingleSignOn);
  const back = await provider.visit(url, { sub: 'rieng' });
  const came = await browser.call(api.finishSingleSignOn, { body: { query: queryOf(back) } });
  expect(came).toMatchObject({
    entered: { step: 'in', account: { username: who.username } },
    next: '/account',
  });
  expect((await browser.call(api.mySingleSignOn)).linked).toBe(true);
  expect((await comeBy({ sub: 'rieng' })).status).toBe(200);
  await browser.call(api.unlinkSingleSignOn);
  expect(await refusedBy(await comeBy({ sub: 'rieng' }))).toBe('wrong-credentials');
});

test('a link that was begun is not finished in the browser of somebody else, nor after signing out', async () => {
  const who = await person(server);
  const browser = await signedIn(server, who);
  const { url } = await browser.call(api.linkSingleSignOn);
  const back = await provider.visit(url, { sub: 'gai-bay' });
  await browser.call(api.signOut);
  const body = { query: queryOf(back) };
  expect((await browser.refusal(api.finishSingleSignOn, { body })).code).toBe('wrong-credentials');
  expect(await server.database.read('single_sign_on').where({ subject: 'gai-bay' })).toEqual([]);
  const late = await signedIn(server, who);
  clock.advance(10 * 60_000);
  expect((await late.refusal(api.linkSingleSignOn)).code).toBe('not-proven');
});

test('a provider that is away keeps nobody from their password, and is asked again', async () => {
  const away = await startTestServer({
    clock,
    publicUrl: OWN,
    singleSignOn: { ...settings(), issuer: 'http://127.0.0.1:9' },
  });
  try {
    const refusal = await openBrowser(away).refusal(api.beginSingleSignOn, { body: { next: null } });
    expect(refusal.detail).toContain('tên và mật khẩu');
    await signedIn(away, await person(away));
  } finally {
    await away.close();
  }
});

test.each(['//evil.example', 'https://evil.example', '/\\evil.example'])(
  'after signing in nobody is led to another site: %s',
  async (next) => {
    expect((await openBrowser(server).refusal(api.beginSingleSignOn, { body: { next } })).code).toBe(
      'malformed',
    );
  },
);
