import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { codeFrom } from '../../../domain/activation/code.ts';
import { BridgeId, ConferenceId, type AccountId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import { becomeHost } from '../../../server/activation/commands.ts';
import { createThrottle } from '../../../server/sign-in/throttle.ts';
import {
  client,
  hostAt,
  organizerOf,
  signIn,
  startTestServer,
  testClock,
  unitOrganizerAt,
  type SignedInClient,
  type TestServer,
} from '../harness.ts';
import { testMachine } from '../../machines.ts';
import { authenticator } from '../authenticator.ts';
import { signedBy } from '../paired.ts';
import { addBridge, addConference } from '../rows.ts';
import { codesIn, filesIn, listIn, made } from './sheets.ts';

const conference = ConferenceId.parse('hoi-nghi');
const other = ConferenceId.parse('hoi-nghi-khac');
const root = BridgeId.parse('tu');
const provinces = ['tinh-1', 'tinh-2'].map((id) => BridgeId.parse(id));
const communes = ['xa-11', 'xa-12', 'xa-21'].map((id) => BridgeId.parse(id));
const [one, two] = provinces as [BridgeId, BridgeId];
const [first, second, third] = communes as [BridgeId, BridgeId, BridgeId];
const password = 'một mật khẩu đủ dài';
const clock = testClock();

let server: TestServer;
let organizer: SignedInClient;
beforeAll(async () => {
  server = await startTestServer({ clock });
  const db = server.database.write;
  for (const id of [conference, other]) await addConference(db, id);
  await addBridge(db, conference, root, null);
  for (const id of provinces) await addBridge(db, conference, id, root);
  for (const id of communes) await addBridge(db, conference, id, id === third ? two : one);
  await addBridge(db, other, BridgeId.parse('khac'), null);
});
afterAll(() => server.close());

beforeEach(async () => {
  const db = server.database.write;
  await db('activation_batch').delete();
  await db('grant_').where({ role: 'host' }).delete();
  // A guess that was counted long ago is forgotten.
  clock.advance(20 * 60_000);
  // Days go by in these tests: sign-ins end.
  organizer = await signIn(server, [organizerOf(conference)], 'Vũ Tổ Chức');
});

const at = (bridge: BridgeId) => ({ params: { conference, bridge } });
const use = (code: string, name = 'Đỗ Thị Phụ Trách') =>
  client(server).response(api.useCode, { body: { code, name, password } });
const refused = (code: string) =>
  client(server).refusal(api.useCode, { body: { code, name: 'Đỗ Thị Phụ Trách', password } });
const makeFor = (bridge: BridgeId, body = {}, by = organizer) =>
  made(by.response(api.makeCodes, { ...at(bridge), body }));
const counts = async (bridge: BridgeId) => (await organizer.call(api.hostCounts, at(bridge))).all;
const hostsAt = (bridge: BridgeId) =>
  server.database.read('grant_').where({ conference, bridge, role: 'host' }).select('account');

describe('codes are made', () => {
  test('one for each bridge below, and only their hashes are kept', async () => {
    const codes = codesIn(await makeFor(root));
    expect(codes.size).toBe(6);
    expect(new Set(codes.values()).size).toBe(6);
    for (const code of codes.values()) expect(code).toMatch(/^([2-9A-HJKMNP-Z]{4}-){3}[2-9A-HJKMNP-Z]{4}$/);
    const kept = JSON.stringify(await server.database.read('activation_code').select());
    for (const code of codes.values()) {
      expect(kept).not.toContain(code);
      expect(kept).not.toContain(code.replaceAll('-', ''));
    }
  });

  test('in two files for each unit directly below, each with its own bridges and no others', async () => {
    const files = filesIn(await makeFor(root));
    expect([...files.keys()]).toEqual([
      '1 Điểm cầu tu - Danh sách.xlsx',
      '1 Điểm cầu tu - Phiếu.html',
      '2 Điểm cầu tinh-1 - Danh sách.xlsx',
      '2 Điểm cầu tinh-1 - Phiếu.html',
      '3 Điểm cầu tinh-2 - Danh sách.xlsx',
      '3 Điểm cầu tinh-2 - Phiếu.html',
    ]);
    const rows = await listIn(files, '2 Điểm cầu tinh-1 - Danh sách.xlsx');
    expect(rows.map((row) => row[1])).toEqual(['Điểm cầu tinh-1', 'Điểm cầu xa-11', 'Điểm cầu xa-12']);
    const slips = files.get('2 Điểm cầu tinh-1 - Phiếu.html')!.toString();
    for (const row of rows) {
      expect(slips).toContain(row[3]);
      expect(row[4]).toBe(`${server.url}/code#${row[3]!.replaceAll('-', '')}`);
    }
    expect(slips.match(/<svg/g)).toHaveLength(3);
    expect(slips).toContain(`${server.url}/code<`);
    expect(slips).not.toContain('xa-21');
  });

  test('with a code beside each that pairs the first machine of its bridge, once', async () => {
    const [row] = await listIn(filesIn(await makeFor(first)), '1 Điểm cầu xa-11 - Danh sách.xlsx');
    const host = await signIn(server, [hostAt(conference, first)]);
    const input = { ...at(first), body: { code: row![5]! } };
    const pairing = (word: string) =>
      signedBy(host, testMachine(word), api.pairDevice, input, { at: clock() });
    expect(await pairing('may-phieu-1')).toHaveProperty('name');
    expect(await pairing('may-phieu-2')).toMatchObject({ code: 'link-used' });
  });

  test('only for bridges without host and code, unless asked for more; what was handed out stays good', async () => {
    const before = codesIn(await makeFor(one));
    const again = await organizer.refusal(api.makeCodes, { ...at(one), body: {} });
    expect(again.code).toBe('wrong-state');
    const rest = codesIn(await makeFor(root));
    expect([...rest.keys()].toSorted()).toEqual(['Điểm cầu tinh-2', 'Điểm cầu tu', 'Điểm cầu xa-21']);
    expect((await use(before.get('Điểm cầu xa-11')!)).status).toBe(200);
  });

  test('anew: the codes before them end, those of bridges that have a host are left alone', async () => {
    const before = codesIn(await makeFor(one));
    expect((await use(before.get('Điểm cầu xa-11')!)).status).toBe(200);
    const after = codesIn(await makeFor(one, { for: 'without-host' }));
    expect([...after.keys()].toSorted()).toEqual(['Điểm cầu tinh-1', 'Điểm cầu xa-12']);
    expect(await refused(before.get('Điểm cầu xa-12')!)).toMatchObject({
      code: 'link-used',
      detail: expect.stringContaining('thay bằng mã mới') as string,
    });
    expect((await use(after.get('Điểm cầu xa-12')!)).status).toBe(200);
    expect(codesIn(await makeFor(one, { for: 'all' })).size).toBe(3);
  });

  test('by two at the same moment: each bridge has one code that can be used', async () => {
    const body = { for: 'without-host' } as const;
    await Promise.all([1, 2, 3].map(() => makeFor(root, body)));
    const open = await server.database
      .read('activation_code')
      .whereNull('ended_at')
      .whereNull('used_at')
      .select('bridge');
    expect(open.map((row: { bridge: string }) => row.bridge).toSorted()).toEqual(
      [root, ...provinces, ...communes].toSorted(),
    );
  });

  test('by a unit organizer in their own subtree, and nowhere beside or above it', async () => {
    const unit = await signIn(server, [unitOrganizerAt(conference, one)]);
    expect([...codesIn(await makeFor(one, {}, unit)).keys()]).not.toContain('Điểm cầu xa-21');
    for (const bridge of [root, two, third]) {
      expect([403, 404]).toContain((await unit.refusal(api.makeCodes, { ...at(bridge), body: {} })).status);
      expect([403, 404]).toContain((await unit.refusal(api.revokeCodes, at(bridge))).status);
      expect([403, 404]).toContain((await unit.refusal(api.hosts, at(bridge))).status);
    }
    const host = await signIn(server, [hostAt(conference, first)]);
    expect((await host.refusal(api.makeCodes, { ...at(first), body: {} })).code).toBe('forbidden');
    const stranger = await signIn(server, [organizerOf(other)]);
    expect((await stranger.refusal(api.makeCodes, { ...at(first), body: {} })).code).toBe('not-found');
    expect((await client(server).refusal(api.makeCodes, { ...at(first), body: {} })).code).toBe(
      'not-signed-in',
    );
  });

  test('with names of bridges that a spreadsheet or a page would run: they stay texts', async () => {
    const evil = `=HYPERLINK("http://x";"a")<script>alert(1)</script>`;
    const db = server.database.write;
    await db('bridge').where({ id: second }).update({ name: evil });
    await db('conference').where({ id: conference }).increment('bridges_revision', 1);
    try {
      const files = filesIn(await makeFor(second));
      const [row] = await listIn(
        files,
        [...files.keys()].find((name) => name.endsWith('.xlsx'))!,
      );
      expect(row![1]).toBe(evil);
      const sheet = filesIn(files.get([...files.keys()].find((name) => name.endsWith('.xlsx'))!)!);
      expect(sheet.get('xl/worksheets/sheet1.xml')!.toString()).not.toMatch(/<f[ >]/);
      const slips = files.get([...files.keys()].find((name) => name.endsWith('.html'))!)!.toString();
      expect(slips).not.toContain('<script');
      expect([...files.keys()].join()).not.toMatch(/[<>"/\\]/);
    } finally {
      await db('bridge')
        .where({ id: second })
        .update({ name: `Điểm cầu ${second}` });
      await db('conference').where({ id: conference }).increment('bridges_revision', 1);
    }
  });
});

describe('a code', () => {
  test('makes an account with the role of host at its bridge, which signs in by the name it is told', async () => {
    const code = codesIn(await makeFor(first)).get('Điểm cầu xa-11')!;
    const answer = await use(code.toLowerCase(), 'Đỗ Thị  Phụ');
    expect(await answer.json()).toEqual({
      username: 'do.thi.phu',
      bridgeName: 'Điểm cầu xa-11',
      conferenceTitle: 'Hội nghị thử',
    });
    expect(answer.headers.getSetCookie()).toEqual([]);
    const account = await client(server).call(api.signIn, { body: { username: 'do.thi.phu', password } });
    expect(account).toMatchObject({
      step: 'in',
      account: { name: 'Đỗ Thị Phụ', grants: [{ role: 'host', conference, bridge: first }] },
    });
  });

  test('gives two people of one name different names to sign in by', async () => {
    const codes = codesIn(await makeFor(one));
    const usernames = await Promise.all(
      [...codes.values()].map(
        async (code) => ((await (await use(code, 'Lò Văn Trùng')).json()) as { username: string }).username,
      ),
    );
    expect(usernames.toSorted()).toEqual(['lo.van.trung', 'lo.van.trung.2', 'lo.van.trung.3']);
  });

  test('works once: a replay is told so, and makes nobody', async () => {
    const code = codesIn(await makeFor(first)).get('Điểm cầu xa-11')!;
    expect((await use(code)).status).toBe(200);
    const before = await server.database.read('account').count();
    expect(await refused(code)).toMatchObject({ code: 'link-used' });
    expect(await server.database.read('account').count()).toEqual(before);
  });

  test('used by many at the same moment lets one of them in', async () => {
    const code = codesIn(await makeFor(first)).get('Điểm cầu xa-11')!;
    const before = (await server.database.read('account').select('id')).length;
    const answers = await Promise.all(Array.from({ length: 8 }, () => use(code)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200,
      ...Array<number>(7).fill(410),
    ]);
    expect(await hostsAt(first)).toHaveLength(1);
    expect((await server.database.read('account').select('id')).length).toBe(before + 1);
  });

  test('ends with its last day', async () => {
    const codes = codesIn(await makeFor(one, { days: 2 }));
    clock.advance(2 * 24 * 3_600_000 - 1);
    expect((await use(codes.get('Điểm cầu xa-11')!)).status).toBe(200);
    clock.advance(1);
    expect(await refused(codes.get('Điểm cầu xa-12')!)).toMatchObject({
      code: 'link-used',
      detail: expect.stringContaining('hết hạn') as string,
    });
    organizer = await signIn(server, [organizerOf(conference)]);
    expect(await counts(one)).toEqual({ bridges: 3, in: 1, waiting: 0, expired: 2, none: 0 });
  });

  test('is revoked with all others of a subtree, and with none beside it', async () => {
    const codes = codesIn(await makeFor(root));
    expect(await organizer.call(api.revokeCodes, at(one))).toEqual({ revoked: 3 });
    expect(await refused(codes.get('Điểm cầu xa-11')!)).toMatchObject({
      code: 'link-used',
      detail: expect.stringContaining('thu hồi') as string,
    });
    expect((await use(codes.get('Điểm cầu xa-21')!)).status).toBe(200);
  });

  test('tells nothing of its bridge before it was used', async () => {
    const codes = codesIn(await makeFor(root));
    await organizer.call(api.revokeCodes, at(two));
    const told = JSON.stringify(await refused(codes.get('Điểm cầu xa-21')!));
    expect(told).not.toMatch(/xa-21|tinh-2|Hội nghị thử/);
    const short = { body: { code: codes.get('Điểm cầu xa-11')!, name: 'A', password: 'ngắn' } };
    expect(JSON.stringify(await client(server).refusal(api.useCode, short))).not.toContain('xa-11');
  });

  test('adds the role to the account of whoever is signed in', async () => {
    const codes = codesIn(await makeFor(one));
    const host = await signIn(server, [hostAt(conference, third)]);
    const code = codes.get('Điểm cầu xa-11')!;
    expect(await host.call(api.takeCode, { body: { code } })).toMatchObject({ bridgeName: 'Điểm cầu xa-11' });
    const bridges = (await host.call(api.me)).grants.map(({ bridge }) => bridge);
    expect(new Set(bridges)).toEqual(new Set([first, third]));
    expect((await host.refusal(api.takeCode, { body: { code } })).code).toBe('link-used');
  });
});

test('guesses are counted by address; who mistypes is told so and not counted', async () => {
  const right = codesIn(await makeFor(first)).get('Điểm cầu xa-11')!;
  const context = server.context();
  const throttle = createThrottle();
  const tried = async (code: string, address: string) => {
    const result = await becomeHost(context, throttle, { code, address, name: 'Đỗ Thị Đoán', password });
    return result.ok ? 'in' : result.reason;
  };
  for (let n = 0; n < 1500; n++) expect(await tried('ABCD-EFGH-JKMN-PQRT', 'x')).toBe('code-unknown');
  // An office of thousands behind one address has room: a thousand guesses are those of a program.
  const answers = new Map<string, number>();
  for (let n = 0; n < 1100; n++) {
    const code = codeFrom(Array.from({ length: 15 }, (_, place) => Math.floor(n / 31 ** (place % 3)) % 31));
    const answer = await tried(code, 'x');
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
  }
  expect(Object.fromEntries(answers)).toEqual({ 'code-unknown': 1000, 'too-many': 100 });
  expect(await tried(right, 'x')).toBe('too-many');
  expect(await tried(right, 'elsewhere')).toBe('in');
  clock.advance(16 * 60_000);
  expect(await tried(right, 'x')).toBe('code-used');
});

const site = () => ({ origin: server.url, host: new URL(server.url).hostname });
/** Asks for the question that a passkey answers, and comes with the answer. */
const begin = (code: string) =>
  client(server).call(api.beginUseWithPasskey, { body: { code, name: 'Lò Văn Khoá' } });
const finish = (code: string, account: AccountId, response: { id: string }) =>
  client(server).response(api.useCodeWithPasskey, {
    body: { code, name: 'Lò Văn Khoá', account, response },
  });

describe('a code is used with a passkey in the place of a password', () => {
  test('the account has none, and the passkey lets its host in; the code is used up', async () => {
    const code = codesIn(await makeFor(one)).get('Điểm cầu xa-11')!;
    const key = authenticator();
    const { account, options } = await begin(code);
    const answer = await finish(code, account, key.make(options, site()));
    expect(await answer.json()).toMatchObject({ username: 'lo.van.khoa', bridgeName: 'Điểm cầu xa-11' });
    const row = await server.database.read('account').where({ id: account }).first();
    expect(row).toMatchObject({ name: 'Lò Văn Khoá', password_hash: null });
    expect(await hostsAt(first)).toEqual([{ account }]);
    const question = await client(server).call(api.passkeyChallenge);
    const came = await client(server).response(api.signInWithPasskey, {
      body: { response: key.answer(question.options, site(), `sign-in:${account}`) },
    });
    expect(await came.json()).toMatchObject({ step: 'in', account: { username: 'lo.van.khoa' } });
    expect((await refused(code)).code).toBe('link-used');
    const body = { username: 'lo.van.khoa', password: '' };
    expect((await client(server).refusal(api.signIn, { body })).code).toBe('wrong-credentials');
  });

  test('what answers another question, or twice, or is somebody’s already makes nobody, and the code stays good', async () => {
    const codes = codesIn(await makeFor(one));
    const code = codes.get('Điểm cầu xa-11')!;
    const [mine, others] = [await begin(code), await begin(codes.get('Điểm cầu xa-12')!)];
    const key = authenticator();
    const before = await server.database.read('account').count({ n: '*' });
    const crossed = await finish(code, mine.account, key.make(others.options, site()));
    const elsewhere = await finish(
      code,
      mine.account,
      key.make(mine.options, { origin: 'https://evil.example', host: 'evil.example' }),
    );
    const response = key.make((await begin(code)).options, site());
    const forOther = await finish(code, others.account, response);
    expect([crossed.status, elsewhere.status, forOther.status]).toEqual([400, 400, 400]);
    expect(await server.database.read('account').count({ n: '*' })).toEqual(before);
    const good = await begin(code);
    const answered = key.make(good.options, site());
    expect((await finish(code, good.account, answered)).status).toBe(200);
    // The same passkey for a second bridge: an authenticator makes no two alike.
    const again = await begin(codes.get('Điểm cầu xa-12')!);
    const copied = await finish(codes.get('Điểm cầu xa-12')!, again.account, key.make(again.options, site()));
    expect(copied.status).toBe(400);
    expect((await use(codes.get('Điểm cầu xa-12')!)).status).toBe(200);
  });

  test('nothing is asked of whoever has no code', async () => {
    const code = codeFrom(Array.from({ length: 15 }, () => 3));
    const body = { code, name: 'Lò Văn Khoá' };
    expect((await client(server).refusal(api.beginUseWithPasskey, { body })).code).toBe('not-found');
  });
});

describe('who has come in', () => {
  test('is counted for each node, and the counts add up', async () => {
    const codes = codesIn(await makeFor(one));
    await use(codes.get('Điểm cầu xa-11')!, 'Đinh Thị Vào');
    const answer = await organizer.call(api.hostCounts, at(root));
    expect(answer.all).toEqual({ bridges: 6, in: 1, waiting: 2, expired: 0, none: 3 });
    expect(answer.own).toEqual({ bridges: 1, in: 0, waiting: 0, expired: 0, none: 1 });
    expect(answer.below).toBe(2);
    for (const figure of ['bridges', 'in', 'waiting', 'expired', 'none'] as const) {
      const sum = answer.items.reduce((all, row) => all + row[figure], answer.own[figure]);
      expect(sum).toBe(answer.all[figure]);
    }
    expect(answer.batches).toMatchObject([{ bridge: one, by: 'Vũ Tổ Chức', codes: 3, used: 1, open: 2 }]);
  });

  test('comes page by page, and with the names of those who did', async () => {
    const codes = codesIn(await makeFor(one));
    await use(codes.get('Điểm cầu xa-11')!, 'Đinh Thị Vào');
    const page = await organizer.call(api.hosts, { ...at(root), query: { limit: 4 } });
    const rest = await organizer.call(api.hosts, { ...at(root), query: { limit: 4, cursor: page.next! } });
    expect([page.total, page.items.length, rest.items.length, rest.next]).toEqual([6, 4, 2, null]);
    const all = [...page.items, ...rest.items];
    expect(new Set(all.map(({ bridge }) => bridge)).size).toBe(6);
    expect(all.find(({ bridge }) => bridge === first)).toMatchObject({
      standing: 'in',
      hosts: ['Đinh Thị Vào'],
    });
    const waiting = await organizer.call(api.hosts, { ...at(root), query: { standing: 'waiting' } });
    expect(waiting.items.map(({ bridge }) => bridge).toSorted()).toEqual([one, second].toSorted());
    expect(JSON.stringify(all)).not.toContain(codes.get('Điểm cầu xa-12'));
  });
});
