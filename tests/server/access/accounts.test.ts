import { afterAll, beforeAll, expect, test } from 'vitest';

import { BridgeId, ConferenceId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import {
  client,
  grantOf,
  hostAt,
  organizerOf,
  signIn,
  startTestServer,
  testClock,
  type SignedInClient,
  type TestServer,
} from '../harness.ts';
import { addBridge, addConference } from '../rows.ts';

const conference = ConferenceId.parse('hoi-nghi');
const other = ConferenceId.parse('hoi-nghi-khac');
const bridge = BridgeId.parse('T1');
const elsewhere = BridgeId.parse('K1');
const params = { conference };
const clock = testClock();
const password = 'một mật khẩu đủ dài';

let server: TestServer;
let organizer: SignedInClient;
beforeAll(async () => {
  server = await startTestServer({ clock });
  for (const id of [conference, other]) await addConference(server.database.write, id);
  await addBridge(server.database.write, conference, bridge, null);
  await addBridge(server.database.write, other, elsewhere, null);
  organizer = await signIn(server, [organizerOf(conference)], 'Vũ Tổ Chức');
});
afterAll(() => server.close());

function tokenOf(path: string | null): string {
  expect(path).toMatch(/^\/activate#[\w-]{43}$/);
  return path?.split('#')[1] ?? '';
}

test('somebody new gets a role and a link, chooses a password with it, and is signed in', async () => {
  const added = await organizer.call(api.addAccount, {
    params,
    body: { username: 'phu-trach-1', name: 'Đỗ Phụ Trách', role: 'host', bridge },
  });
  expect(added.account).toMatchObject({ active: false, grants: [hostAt(conference, bridge)] });
  const response = await client(server).response(api.activate, {
    body: { token: tokenOf(added.activation), password },
  });
  expect(await response.json()).toMatchObject({
    step: 'in',
    account: { username: 'phu-trach-1', active: true },
  });
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
  expect((await client(server, cookie).call(api.me)).name).toBe('Đỗ Phụ Trách');
  expect(
    await client(server).call(api.signIn, { body: { username: 'phu-trach-1', password } }),
  ).toMatchObject({ step: 'in', account: { active: true } });
  expect(
    (await client(server).refusal(api.activate, { body: { token: tokenOf(added.activation), password } }))
      .code,
  ).toBe('link-used');
});

test('a lost link is replaced by a new one, and the old one ends', async () => {
  const body = { username: 'phu-trach-2', name: 'Hồ Mất Thư', role: 'host', bridge } as const;
  const first = tokenOf((await organizer.call(api.addAccount, { params, body })).activation);
  const second = tokenOf((await organizer.call(api.addAccount, { params, body })).activation);
  expect((await client(server).refusal(api.activate, { body: { token: first, password } })).code).toBe(
    'link-used',
  );
  const entered = await client(server).call(api.activate, { body: { token: second, password } });
  expect(entered).toMatchObject({ step: 'in', account: { grants: [hostAt(conference, bridge)] } });
});

test('an activation link expires after thirty days', async () => {
  const body = { username: 'phu-trach-3', name: 'Bùi Đến Muộn', role: 'host', bridge } as const;
  const token = tokenOf((await organizer.call(api.addAccount, { params, body })).activation);
  const then = clock();
  clock.advance(30 * 24 * 3_600_000);
  expect((await client(server).refusal(api.activate, { body: { token, password } })).code).toBe('link-used');
  clock.advance(then - clock());
});

test('a role in a second conference gives its organizer no link to an account that others opened', async () => {
  const body = { username: 'phu-trach-4', name: 'Ngô Hai Nơi', role: 'auditor', bridge: null } as const;
  await organizer.call(api.addAccount, { params, body });
  const stranger = await signIn(server, [organizerOf(other)]);
  const added = await stranger.call(api.addAccount, { params: { conference: other }, body });
  expect(added.activation).toBeNull();
  // Roles in other conferences are none of theirs to see.
  expect(added.account.grants).toMatchObject([grantOf('auditor', other)]);
});

test('whoever is active keeps their password and their name', async () => {
  const added = await organizer.call(api.addAccount, {
    params,
    body: { username: 'phu-trach-1', name: 'Tên Khác', role: 'unit-organizer', bridge },
  });
  expect(added).toMatchObject({ activation: null, account: { name: 'Đỗ Phụ Trách', active: true } });
  expect(added.account.grants.map((grant) => grant.role)).toEqual(['host', 'unit-organizer']);
});

test('everybody with a role in the conference is listed, with those roles and without secrets', async () => {
  await signIn(server, [hostAt(conference, bridge), organizerOf(other)], 'An Danh Sách');
  const { items } = await organizer.call(api.accounts, { params });
  expect(items.map((item) => item.name)).toContain('Vũ Tổ Chức');
  expect(items.find((item) => item.name === 'An Danh Sách')?.grants).toMatchObject([
    hostAt(conference, bridge),
  ]);
  expect(JSON.stringify(items)).not.toMatch(/password|argon2|hash/);
});

test.each([
  ['a host without a bridge', { role: 'host', bridge: null }, 'malformed', undefined],
  ['an organizer with one', { role: 'organizer', bridge }, 'malformed', undefined],
  ['a bridge of another conference', { role: 'host', bridge: elsewhere }, 'not-found', undefined],
] as const)('refused, and nobody is added: %s', async (_, node, code, at) => {
  const before = await server.database.read('account').count();
  const body = { username: 'khong-them', name: 'Không Thêm', ...node };
  const problem = await organizer.refusal(api.addAccount, { params, body });
  expect(problem.code).toBe(code);
  expect(problem.faults?.[0]?.at).toBe(at);
  expect(await server.database.read('account').count()).toEqual(before);
});

test('a host gives no roles and sees no list', async () => {
  const host = await signIn(server, [hostAt(conference, bridge)]);
  const body = { username: 'ban-toi', name: 'Bạn Tôi', role: 'organizer', bridge: null } as const;
  expect((await host.refusal(api.addAccount, { params, body })).code).toBe('forbidden');
  expect((await host.refusal(api.accounts, { params })).code).toBe('forbidden');
});
