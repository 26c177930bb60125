import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { ConferenceId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import { organizerOf, signIn, socket, STANDING, startTestServer, testClock } from '../harness.ts';
import type { SignedInClient, TestServer } from '../harness.ts';
import { addConference } from '../rows.ts';
import { comeIn, openBrowser, person, signedIn, type Browser, type Person } from '../sign-in/browser.ts';

const conference = ConferenceId.parse('hoi-nghi');
const clock = testClock();
let server: TestServer;
let standing: SignedInClient;
let who: Person;
beforeAll(async () => {
  server = await startTestServer({ clock });
  await addConference(server.database.write, conference);
  standing = await signIn(server, [STANDING]);
});
beforeEach(async () => {
  who = await person(server, [organizerOf(conference)]);
  clock.advance(60_000);
});
afterAll(() => server.close());

/** What an app shows at a moment. */
function codeOf(secret: string, at = clock()): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });
}

/** Sets up a second factor. Answers with the app's secret and the recovery codes. */
async function enrol(browser: Browser): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { secret } = await browser.call(api.beginSecondFactor);
  const { recoveryCodes } = await browser.call(api.finishSecondFactor, { body: { code: codeOf(secret) } });
  clock.advance(30_000);
  return { secret, recoveryCodes };
}

const askOf = (roles: ('organizer' | 'host')[]) =>
  standing.call(api.setConferenceRequirement, { params: { conference }, body: { roles } });

test('with a second factor a password alone gets nothing but the question for the code', async () => {
  const { secret } = await enrol(await signedIn(server, who));
  const browser = openBrowser(server);
  expect(await comeIn(browser, who)).toEqual({ step: 'code', name: 'Ngô Thị Thử' });
  for (const contract of [api.me, api.signIns, api.beginSecondFactor, api.passkeys, api.conferences])
    expect((await browser.refusal(contract)).code).toBe('not-signed-in');
  await expect(socket(server, browser.header())).rejects.toThrow('not-signed-in');
  expect((await browser.call(api.step)).entered).toEqual({ step: 'code', name: 'Ngô Thị Thử' });
  const half = browser.header();
  expect(
    await browser.call(api.giveCode, {
      body: { code: ` ${codeOf(secret).slice(0, 3)} ${codeOf(secret).slice(3)} ` },
    }),
  ).toMatchObject({ step: 'in', account: { username: who.username } });
  expect((await browser.call(api.me)).username).toBe(who.username);
  // The secret of before the code is worth nothing after it.
  expect(
    (await openBrowser(server, new Map([half.split('=') as [string, string]])).refusal(api.me)).code,
  ).toBe('not-signed-in');
});

test('a code works once, and one of before the last never', async () => {
  const { secret } = await enrol(await signedIn(server, who));
  const code = codeOf(secret);
  const first = openBrowser(server);
  await comeIn(first, who);
  await first.call(api.giveCode, { body: { code } });
  const second = openBrowser(server);
  await comeIn(second, who);
  for (const used of [code, codeOf(secret, (clock() - 30_000) as never)])
    expect((await second.refusal(api.giveCode, { body: { code: used } })).code).toBe('wrong-credentials');
  await second.call(api.giveCode, { body: { code: codeOf(secret, (clock() + 30_000) as never) } });
});

test('two browsers that give one code at the same moment: one comes in', async () => {
  const { secret } = await enrol(await signedIn(server, who));
  const browsers = [openBrowser(server), openBrowser(server)];
  for (const browser of browsers) await comeIn(browser, who);
  const answers = await Promise.all(
    browsers.map((browser) => browser.response(api.giveCode, { body: { code: codeOf(secret) } })),
  );
  expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 401]);
});

test('five wrong codes close the account for codes, from wherever they come', async () => {
  const { secret } = await enrol(await signedIn(server, who));
  const browsers = Array.from({ length: 7 }, () => openBrowser(server));
  for (const browser of browsers) await comeIn(browser, who);
  const wrong = codeOf(secret) === '000000' ? '111111' : '000000';
  const tries = await Promise.all(
    browsers.map((browser) => browser.response(api.giveCode, { body: { code: wrong } })),
  );
  expect(tries.filter(({ status }) => status === 429)).toHaveLength(2);
  const last = openBrowser(server);
  await comeIn(last, who);
  const closed = await last.response(api.giveCode, { body: { code: codeOf(secret) } });
  expect(closed.status).toBe(429);
  expect(Number(closed.headers.get('retry-after'))).toBeGreaterThan(800);
});

test('each recovery code lets in once, however it is typed, and nothing of it is kept', async () => {
  const browser = await signedIn(server, who);
  const { recoveryCodes } = await enrol(browser);
  expect(new Set(recoveryCodes).size).toBe(10);
  const [code = '', other = ''] = recoveryCodes;
  const rows: unknown = await server.database.read('recovery_code').select();
  expect(JSON.stringify(rows)).not.toContain(code.replaceAll('-', ''));
  const lost = openBrowser(server);
  await comeIn(lost, who);
  await lost.call(api.giveCode, {
    body: { code: code.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O') },
  });
  expect((await lost.call(api.secondFactor)).recoveryCodes).toBe(9);
  const again = openBrowser(server);
  await comeIn(again, who);
  expect((await again.refusal(api.giveCode, { body: { code } })).code).toBe('wrong-credentials');
  await again.call(api.giveCode, { body: { code: other } });
  const fresh = await again.call(api.newRecoveryCodes);
  expect(fresh.recoveryCodes).toHaveLength(10);
  const late = openBrowser(server);
  await comeIn(late, who);
  expect((await late.refusal(api.giveCode, { body: { code: recoveryCodes[5] ?? '' } })).code).toBe(
    'wrong-credentials',
  );
});

test('a recovery code of one person is none of another', async () => {
  const { recoveryCodes } = await enrol(await signedIn(server, who));
  const other = await person(server);
  await enrol(await signedIn(server, other));
  const browser = openBrowser(server);
  await comeIn(browser, other);
  const body = { code: recoveryCodes[0] ?? '' };
  expect((await browser.refusal(api.giveCode, { body })).code).toBe('wrong-credentials');
});

test('a factor that is not finished with a right code is none', async () => {
  const browser = await signedIn(server, who);
  const { secret } = await browser.call(api.beginSecondFactor);
  const wrong = codeOf(secret) === '000000' ? '111111' : '000000';
  expect((await browser.refusal(api.finishSecondFactor, { body: { code: wrong } })).code).toBe(
    'wrong-credentials',
  );
  expect((await browser.call(api.secondFactor)).on).toBe(false);
  expect((await comeIn(openBrowser(server), who)).step).toBe('in');
});

test('the secret of an app is not readable in the database', async () => {
  const { secret } = await enrol(await signedIn(server, who));
  const rows: unknown = await server.database.read('one_time_code').select();
  expect(JSON.stringify(rows)).not.toContain(secret);
});

test('other browsers of somebody who sets one up are asked for its code from then on', async () => {
  const [here, there] = [await signedIn(server, who), await signedIn(server, who)];
  const { secret } = await enrol(here);
  await here.call(api.me);
  expect((await there.refusal(api.me)).code).toBe('not-signed-in');
  expect((await there.call(api.step)).entered?.step).toBe('code');
  await there.call(api.giveCode, { body: { code: codeOf(secret) } });
  await there.call(api.me);
});

test('a role that asks for one leads its people to set it up, and gives them nothing before', async () => {
  const already = await signedIn(server, who);
  const line = await socket(server, already.header());
  await askOf(['organizer']);
  try {
    expect((await already.refusal(api.me)).code).toBe('not-signed-in');
    clock.advance(61_000);
    const cut = new Promise((resolve) => line.socket.once('disconnect', resolve));
    await line.ask('clock:ask', {}).catch(() => undefined);
    expect(await cut).toBe('io server disconnect');

    const browser = openBrowser(server);
    expect(await comeIn(browser, who)).toEqual({ step: 'enrol', name: 'Ngô Thị Thử' });
    for (const contract of [api.me, api.conferences, api.signIns, api.beginPasskey])
      expect((await browser.refusal(contract)).code).toBe('not-signed-in');
    const { secret, uri } = await browser.call(api.beginEnrolment);
    expect(new URL(uri).protocol).toBe('otpauth:');
    expect(decodeURIComponent(uri)).toContain(`Nhịp Cầu:${who.username}`);
    const half = browser.header();
    const { entered, recoveryCodes } = await browser.call(api.finishEnrolment, {
      body: { code: codeOf(secret) },
    });
    expect(entered.step).toBe('in');
    expect(recoveryCodes).toHaveLength(10);
    expect(browser.header()).not.toBe(half);
    expect(await browser.call(api.secondFactor)).toEqual({ on: true, needed: true, recoveryCodes: 10 });
    expect((await browser.refusal(api.endSecondFactor)).code).toBe('wrong-state');
  } finally {
    await askOf([]);
  }
});

test('it is asked of those whose role it names, from the hour at which the role begins', async () => {
  const start = clock() + 3_600_000;
  const later = await person(server, [{ ...organizerOf(conference), from: start as never }]);
  const nobody = await person(server, []);
  await askOf(['organizer']);
  try {
    expect((await comeIn(openBrowser(server), nobody)).step).toBe('in');
    const browser = openBrowser(server);
    expect((await comeIn(browser, later)).step).toBe('in');
    clock.advance(3_600_000);
    expect((await browser.refusal(api.me)).code).toBe('not-signed-in');
    expect((await browser.call(api.step)).entered?.step).toBe('enrol');
  } finally {
    await askOf([]);
  }
});

test('an organizer of one conference asks it of nobody elsewhere; everywhere only a standing one does', async () => {
  const organizer = await signIn(server, [organizerOf(conference)]);
  const params = { conference };
  await organizer.call(api.setConferenceRequirement, { params, body: { roles: ['host'] } });
  expect(await organizer.call(api.conferenceRequirement, { params })).toEqual({ roles: ['host'] });
  expect((await organizer.refusal(api.setRequirement, { body: { roles: ['host'] } })).code).toBe('forbidden');
  const stranger = await signIn(server, []);
  expect((await stranger.refusal(api.conferenceRequirement, { params })).code).toBe('not-found');
  const elsewhere = await person(server, [{ role: 'organizer', conference: null, bridge: null }]);
  await askOf(['organizer']);
  expect((await comeIn(openBrowser(server), elsewhere)).step).toBe('in');
  await askOf([]);
});

test('everywhere: whoever has the role in any conference, or standing', async () => {
  const elsewhere = await person(server, [{ role: 'organizer', conference: null, bridge: null }]);
  const operator = await signedIn(server, elsewhere);
  await enrol(operator);
  await operator.call(api.setRequirement, { body: { roles: ['organizer'] } });
  expect((await comeIn(openBrowser(server), who)).step).toBe('enrol');
  expect((await comeIn(openBrowser(server), elsewhere)).step).toBe('code');
  await operator.call(api.setRequirement, { body: { roles: [] } });
  expect((await comeIn(openBrowser(server), who)).step).toBe('in');
});

test('steps that were not begun answer nothing', async () => {
  const browser = openBrowser(server);
  expect((await browser.refusal(api.giveCode, { body: { code: '123456' } })).code).toBe('not-signed-in');
  expect((await browser.refusal(api.beginEnrolment)).code).toBe('not-signed-in');
  const inside = await signedIn(server, who);
  expect((await inside.refusal(api.beginEnrolment)).code).toBe('not-signed-in');
  expect((await browser.call(api.step)).entered).toBeNull();
});
