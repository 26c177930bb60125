import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { api } from '../../../domain/wire/api.ts';
import { authenticator, type Authenticator, type Site } from '../authenticator.ts';
import { startTestServer, testClock, type TestServer } from '../harness.ts';
import { openBrowser, person, signedIn, type Browser, type Person } from '../sign-in/browser.ts';

const clock = testClock();
const site: Site = { origin: 'https://nhipcau.example', host: 'nhipcau.example' };
let server: TestServer;
let who: Person;
beforeAll(async () => {
  server = await startTestServer({ clock, publicUrl: site.origin });
});
beforeEach(async () => {
  who = await person(server);
});
afterAll(() => server.close());

async function make(browser: Browser, key: Authenticator, name = 'Máy của tôi', at = site): Promise<string> {
  const { options } = await browser.call(api.beginPasskey);
  const body = { name, response: key.make(options, at) };
  return (await browser.call(api.addPasskey, { body })).id;
}

/** Answers the question of the sign-in page, in a browser where nobody is signed in. */
async function answer(
  key: Authenticator,
  handle: string,
  changed: Parameters<Authenticator['answer']>[3] = {},
  at = site,
): Promise<{ browser: Browser; response: Response; sent: { response: { id: string } } }> {
  const browser = openBrowser(server);
  const { options } = await browser.call(api.passkeyChallenge);
  const sent = { response: key.answer(options, at, `sign-in:${handle}`, changed) };
  return { browser, sent, response: await browser.response(api.signInWithPasskey, { body: sent }) };
}

test('a passkey is made, named, listed, lets in without a name, and no more once it is removed', async () => {
  const browser = await signedIn(server, who);
  const key = authenticator();
  const id = await make(browser, key, 'Khoá USB');
  const { browser: other, response } = await answer(key, who.account);
  expect(await response.json()).toMatchObject({ step: 'in', account: { username: who.username } });
  expect((await other.call(api.signIns)).items.find(({ current }) => current)?.how).toBe('passkey');
  await browser.call(api.namePasskey, { body: { id, name: 'Khoá ở cơ quan' } });
  const { items } = await browser.call(api.passkeys);
  expect(items).toMatchObject([{ id, name: 'Khoá ở cơ quan', lastUsed: clock() }]);
  expect(JSON.stringify(items)).not.toMatch(/public/);
  await browser.call(api.removePasskey, { body: { id } });
  expect((await answer(key, who.account)).response.status).toBe(401);
});

test('it asks for finger or PIN, and counts as two factors', async () => {
  const browser = await signedIn(server, who);
  const { options } = await browser.call(api.beginPasskey);
  expect(options).toMatchObject({
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  const key = authenticator();
  await make(browser, key);
  await server.database.write('one_time_code').insert({ account: who.account, secret: 'x', used_step: 0 });
  expect((await answer(key, who.account, { unverified: true })).response.status).toBe(401);
  expect(await (await answer(key, who.account)).response.json()).toMatchObject({ step: 'in' });
});

test('an answer works once, and only for a question that was asked not long ago', async () => {
  const key = authenticator();
  await make(await signedIn(server, who), key);
  const { sent } = await answer(key, who.account);
  const again = await openBrowser(server).refusal(api.signInWithPasskey, { body: sent });
  expect(again.code).toBe('wrong-credentials');
  const browser = openBrowser(server);
  const { options } = await browser.call(api.passkeyChallenge);
  clock.advance(5 * 60_000);
  const late = { response: key.answer(options, site, `sign-in:${who.account}`) };
  expect((await browser.refusal(api.signInWithPasskey, { body: late })).code).toBe('wrong-credentials');
  const made = { response: key.answer({ challenge: 'Zm9v' }, site, `sign-in:${who.account}`) };
  expect((await browser.refusal(api.signInWithPasskey, { body: made })).code).toBe('wrong-credentials');
});

test('an answer that was given to another site is refused', async () => {
  const key = authenticator();
  await make(await signedIn(server, who), key);
  for (const other of [
    { origin: 'https://nhipcau.example.evil.example', host: 'nhipcau.example' },
    { origin: site.origin, host: 'evil.example' },
  ])
    expect((await answer(key, who.account, {}, other)).response.status).toBe(401);
});

test('unknown, wrong and somebody else: the same answer, byte for byte', async () => {
  const key = authenticator();
  const mine = await make(await signedIn(server, who), key);
  const answers = [
    await answer(authenticator(), who.account),
    await answer(authenticator(), who.account, { id: mine }),
    await answer(key, (await person(server)).account),
    await answer(key, who.account, { unverified: true }),
  ];
  const said = await Promise.all(
    answers.map(async ({ response }) => ({ ...((await response.json()) as object), instance: '' })),
  );
  for (const one of said) expect(one).toEqual(said[0]);
});

test('an unknown passkey takes as long to refuse as a known one', async () => {
  const key = authenticator();
  const mine = await make(await signedIn(server, who), key);
  const stranger = authenticator();
  const time = async (id: string): Promise<number> => {
    const start = performance.now();
    await answer(stranger, who.account, { id });
    return performance.now() - start;
  };
  await time(mine);
  let [known, unknown] = [Infinity, Infinity];
  for (let round = 0; round < 8; round++) {
    known = Math.min(known, await time(mine));
    unknown = Math.min(unknown, await time(stranger.id));
  }
  expect(unknown).toBeGreaterThan(known / 3);
  expect(known).toBeGreaterThan(unknown / 3);
});

test('one that signs with a lower count than before was copied', async () => {
  const key = authenticator();
  await make(await signedIn(server, who), key);
  expect((await answer(key, who.account, { counter: 7 })).response.status).toBe(200);
  expect((await answer(key, who.account, { counter: 7 })).response.status).toBe(401);
  expect((await answer(key, who.account, { counter: 8 })).response.status).toBe(200);
});

test('a passkey of one person is kept for no other, and what one began another does not finish', async () => {
  const key = authenticator();
  const id = await make(await signedIn(server, who), key);
  const other = await signedIn(server, await person(server));
  const { options } = await other.call(api.beginPasskey);
  const body = { name: 'Của tôi', response: key.make(options, site) };
  expect((await other.refusal(api.addPasskey, { body })).code).toBe('malformed');
  expect((await other.refusal(api.removePasskey, { body: { id } })).code).toBe('not-found');
  expect((await other.refusal(api.namePasskey, { body: { id, name: 'x' } })).code).toBe('not-found');
  const begun = await (await signedIn(server, who)).call(api.beginPasskey);
  const stolen = { name: 'x', response: authenticator().make(begun.options, site) };
  expect((await other.refusal(api.addPasskey, { body: stolen })).code).toBe('malformed');
});

test.each([{}, { response: {} }, { clientExtensionResults: [], type: 'x', rawId: 1 }])(
  'nonsense is refused as any wrong passkey: %j',
  async (odd) => {
    const body = { response: { id: 'abc', ...odd } };
    expect((await openBrowser(server).refusal(api.signInWithPasskey, { body })).code).toBe(
      'wrong-credentials',
    );
  },
);
