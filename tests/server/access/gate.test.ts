import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { BridgeId, ConferenceId } from '../../../domain/ids.ts';
import type { Grant } from '../../../domain/wire/access.ts';
import { createGate, rememberingGate } from '../../../server/access/gate.ts';
import { bridgePath } from '../../../server/access/store.ts';
import type { Context } from '../../../server/platform/context.ts';
import type { AuthorizedBridgeId } from '../../../server/platform/scopes.ts';
import {
  hostAt,
  organizerOf,
  signIn,
  STANDING,
  startTestServer,
  testClock,
  unitOrganizerAt,
  type TestServer,
} from '../harness.ts';
import { addBridge, addConference } from '../rows.ts';

const gate = createGate({
  path: (context, conference, id) => bridgePath(context.database.read, conference, id),
});
const ours = ConferenceId.parse('hoi-nghi');
const other = ConferenceId.parse('hoi-nghi-khac');
/** centre > province > commune, and a province beside it. */
const [centre, province, commune, beside, elsewhere] = ['TW', 'T1', 'X1', 'T2', 'K1'].map((id) =>
  BridgeId.parse(id),
) as [BridgeId, BridgeId, BridgeId, BridgeId, BridgeId];

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  const db = server.database.write;
  await addConference(db, ours);
  await addConference(db, other);
  await addBridge(db, ours, centre, null);
  await addBridge(db, ours, province, centre);
  await addBridge(db, ours, commune, province);
  await addBridge(db, ours, beside, centre);
  await addBridge(db, other, elsewhere, null);
});
afterAll(() => server.close());

async function as(...grants: Grant[]): Promise<Context> {
  const person = await signIn(server, grants);
  return { ...server.context(), actor: { account: person.account, name: 'Trần Thử Nghiệm' } };
}

/** For each bridge the most that is allowed there, or why nothing is. */
async function rights(context: Context, conference = ours): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const bridge of [centre, province, commune, beside]) {
    let most = '';
    for (const right of ['read', 'host', 'organize'] as const) {
      const answer = await gate.bridge(context, conference, bridge, right);
      if (answer.ok) most = right;
      else if (most === '') most = answer.reason;
    }
    found[bridge] = most;
  }
  return found;
}

describe('at a bridge', () => {
  test('a unit organizer may do everything at their bridge and below it, nothing above or beside', async () => {
    expect(await rights(await as(unitOrganizerAt(ours, province)))).toEqual({
      TW: 'forbidden',
      T1: 'organize',
      X1: 'organize',
      T2: 'forbidden',
    });
  });

  test('a host may record at their bridge alone, not below it', async () => {
    expect(await rights(await as(hostAt(ours, province)))).toEqual({
      TW: 'forbidden',
      T1: 'host',
      X1: 'forbidden',
      T2: 'forbidden',
    });
  });

  test.each([
    ['of the conference', organizerOf(ours)],
    ['of everything', STANDING],
  ])('an organizer %s may do everything everywhere', async (_, grant) => {
    expect(new Set(Object.values(await rights(await as(grant))))).toEqual(new Set(['organize']));
  });

  test('several roles add up', async () => {
    expect(await rights(await as(hostAt(ours, centre), unitOrganizerAt(ours, beside)))).toEqual({
      TW: 'host',
      T1: 'forbidden',
      X1: 'forbidden',
      T2: 'organize',
    });
  });

  test('without a role in the conference there is no such bridge', async () => {
    for (const context of [await as(), await as(organizerOf(other)), await as(hostAt(other, elsewhere))])
      expect(new Set(Object.values(await rights(context)))).toEqual(new Set(['not-found']));
  });

  test('nobody signed in is told to sign in', async () => {
    expect(new Set(Object.values(await rights(server.context())))).toEqual(new Set(['not-signed-in']));
  });

  test('a bridge of another conference is not found, whatever the role', async () => {
    for (const context of [await as(organizerOf(ours)), await as(STANDING)])
      expect(await gate.bridge(context, ours, elsewhere, 'read')).toEqual({ ok: false, reason: 'not-found' });
  });

  test('a role follows a bridge that is moved in the tree', async () => {
    const context = await as(unitOrganizerAt(ours, beside));
    const moved = BridgeId.parse('X9');
    await addBridge(server.database.write, ours, moved, province);
    expect(await gate.bridge(context, ours, moved, 'organize')).toEqual({ ok: false, reason: 'forbidden' });
    await server.database.write('bridge').where({ id: moved }).update({ parent: beside });
    expect(await gate.bridge(context, ours, moved, 'organize')).toEqual({ ok: true, value: moved });
  });

  test('a tree that was broken into a cycle is refused, not walked for ever', async () => {
    const [a, b] = [BridgeId.parse('V1'), BridgeId.parse('V2')];
    await addBridge(server.database.write, ours, a, null);
    await addBridge(server.database.write, ours, b, a);
    await server.database.write('bridge').where({ id: a }).update({ parent: b });
    const context = await as(unitOrganizerAt(ours, province));
    expect(await gate.bridge(context, ours, a, 'read')).toEqual({ ok: false, reason: 'forbidden' });
  });
});

describe('at a conference', () => {
  test.each([
    ['a host', hostAt(ours, commune), 'read'],
    ['a unit organizer', unitOrganizerAt(ours, province), 'read'],
    ['its organizer', organizerOf(ours), 'organize'],
    ['a standing organizer', STANDING, 'organize'],
  ])('%s', async (_, grant, most) => {
    const context = await as(grant);
    expect(await gate.conference(context, ours, 'read')).toEqual({ ok: true, value: ours });
    expect(await gate.conference(context, ours, 'organize')).toEqual(
      most === 'organize' ? { ok: true, value: ours } : { ok: false, reason: 'forbidden' },
    );
  });

  test('somebody without a role in it is told that there is none, as for one that does not exist', async () => {
    const stranger = await as(organizerOf(other));
    expect(await gate.conference(stranger, ours, 'read')).toEqual({ ok: false, reason: 'not-found' });
    const standing = await as(STANDING);
    const nowhere = ConferenceId.parse('khong-co');
    expect(await gate.conference(standing, nowhere, 'read')).toEqual({ ok: false, reason: 'not-found' });
  });

  test('a role that is taken away is gone at the next question', async () => {
    const context = await as(organizerOf(ours));
    expect((await gate.conference(context, ours, 'organize')).ok).toBe(true);
    await server.database.write('grant_').where({ account: context.actor?.account }).delete();
    expect(await gate.conference(context, ours, 'organize')).toEqual({ ok: false, reason: 'not-found' });
  });
});

test('of many who ask at once everybody gets their own answer', async () => {
  const host = await as(hostAt(ours, province));
  const stranger = await as(hostAt(other, elsewhere));
  const standing = await as(STANDING);
  const answers = await Promise.all([
    gate.bridge(host, ours, province, 'host'),
    gate.bridge(stranger, ours, province, 'host'),
    gate.bridge(standing, ours, province, 'organize'),
    gate.bridge(host, ours, province, 'organize'),
    gate.bridge(host, other, elsewhere, 'host'),
    gate.bridge(stranger, other, elsewhere, 'host'),
    gate.conference(host, ours, 'read'),
  ]);
  expect(answers.map((answer) => (answer.ok ? answer.value : answer.reason))).toEqual([
    province,
    'not-found',
    province,
    'forbidden',
    'not-found',
    elsewhere,
    ours,
  ]);
});

test('the installation is for standing organizers', async () => {
  expect((await gate.installation(await as(STANDING))).ok).toBe(true);
  expect(await gate.installation(await as(organizerOf(ours)))).toEqual({ ok: false, reason: 'forbidden' });
  expect(await gate.installation(server.context())).toEqual({ ok: false, reason: 'not-signed-in' });
});

test('the operator at the machine may do everything, with what exists', async () => {
  const operator = gate.operator(server.context());
  expect(await operator.conference(ours)).toEqual({ ok: true, value: ours });
  expect(await operator.bridge(ours, commune)).toEqual({ ok: true, value: commune });
  expect(await operator.conference(ConferenceId.parse('khong-co'))).toEqual({
    ok: false,
    reason: 'not-found',
  });
  expect(await operator.bridge(ours, elsewhere)).toEqual({ ok: false, reason: 'not-found' });
});

describe('a gate that remembers', () => {
  test('lets in for a moment without asking, then asks again', async () => {
    const clock = testClock();
    const context = { ...(await as(hostAt(ours, province), organizerOf(other))), clock };
    const remembering = rememberingGate(gate);
    const ask = (): Promise<boolean[]> =>
      Promise.all([
        remembering.bridge(context, ours, province, 'host').then((answer) => answer.ok),
        remembering.conference(context, other, 'organize').then((answer) => answer.ok),
      ]);
    expect(await ask()).toEqual([true, true]);
    await server.database.write('grant_').where({ account: context.actor?.account }).delete();
    clock.advance(4999);
    expect(await ask()).toEqual([true, true]);
    clock.advance(1);
    expect(await ask()).toEqual([false, false]);
  });

  test('takes one question for no other: more right, another bridge, another person', async () => {
    const remembering = rememberingGate(gate);
    const host = await as(hostAt(ours, province));
    const stranger = await as();
    expect(await remembering.bridge(host, ours, province, 'host')).toEqual({ ok: true, value: province });
    const refusal = { ok: false, reason: 'forbidden' };
    expect(await remembering.bridge(host, ours, province, 'organize')).toEqual(refusal);
    expect(await remembering.bridge(host, ours, commune, 'host')).toEqual(refusal);
    expect(await remembering.conference(host, ours, 'organize')).toEqual(refusal);
    const nothing = { ok: false, reason: 'not-found' };
    expect(await remembering.bridge(stranger, ours, province, 'host')).toEqual(nothing);
    expect(await remembering.bridge(host, other, province, 'host')).toEqual(nothing);
  });

  test('forgets the oldest of many bridges, and lets in to all of them', async () => {
    const remembering = rememberingGate(gate);
    const organizer = await as(organizerOf(ours));
    const many = Array.from({ length: 20 }, (_, at) => BridgeId.parse(`N${at}`));
    for (const bridge of many) await addBridge(server.database.write, ours, bridge, province);
    for (const bridge of [...many, ...many])
      expect(await remembering.bridge(organizer, ours, bridge, 'host')).toEqual({ ok: true, value: bridge });
    expect(await remembering.bridge(organizer, ours, elsewhere, 'read')).toEqual({
      ok: false,
      reason: 'not-found',
    });
  });

  test('remembers no refusal', async () => {
    const remembering = rememberingGate(gate);
    const context = await as(hostAt(ours, commune));
    expect((await remembering.bridge(context, ours, province, 'host')).ok).toBe(false);
    const account = context.actor?.account;
    await server.database.write('grant_').where({ account }).update({ bridge: province });
    expect((await remembering.bridge(context, ours, province, 'host')).ok).toBe(true);
  });
});

test('more right stands for less, never the other way round, and no bare id stands for any', () => {
  const takes = {
    read: (_bridge: AuthorizedBridgeId): void => undefined,
    organize: (_bridge: AuthorizedBridgeId<'organize'>): void => undefined,
  };
  const given: BridgeId = commune;
  // Compiled, never run: the checker is the test.
  const compiled = (host: AuthorizedBridgeId<'host'>, organizer: AuthorizedBridgeId<'organize'>): void => {
    takes.read(host);
    takes.read(organizer);
    // @ts-expect-error -- a host's right is not an organizer's
    takes.organize(host);
    // @ts-expect-error -- a bare id is no right
    takes.read(given);
  };
  expect(compiled).toBeTypeOf('function');
});
