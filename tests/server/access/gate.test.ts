import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { BridgeId, ConferenceId, type AccountId } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';
import type { Grant } from '../../../domain/wire/access.ts';
import { createGate } from '../../../server/access/gate.ts';
import { grantsChanged } from '../../../server/access/live.ts';
import { addGrant } from '../../../server/access/store.ts';
import type { Context } from '../../../server/platform/context.ts';
import { openDatabase, databaseFile, type Database } from '../../../server/platform/database.ts';
import type { AuthorizedBridgeId } from '../../../server/platform/scopes.ts';
import {
  grantOf,
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

const gate = createGate();
const ours = ConferenceId.parse('hoi-nghi');
const other = ConferenceId.parse('hoi-nghi-khac');
/** centre > province > commune, and a province beside it. */
const [centre, province, commune, beside, elsewhere] = ['TW', 'T1', 'X1', 'T2', 'K1'].map((id) =>
  BridgeId.parse(id),
) as [BridgeId, BridgeId, BridgeId, BridgeId, BridgeId];
const nowhere = BridgeId.parse('khong-co');

let server: TestServer;
/** The same data as another process has it open: what it writes the server finds out by looking. */
let outside: Database;
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
  outside = await openDatabase(databaseFile(server.data));
});
afterAll(async () => {
  await outside.close();
  await server.close();
});

async function as(...grants: Grant[]): Promise<Context & { readonly account: AccountId }> {
  const { account } = await signIn(server, grants);
  return { ...server.context(), actor: { account, name: 'Trần Thử Nghiệm' }, account };
}

/** For each bridge the most that is allowed there, or why nothing is. */
async function rights(context: Context, conference = ours): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const bridge of [centre, province, commune, beside]) {
    let most = '';
    for (const right of ['read', 'people', 'host', 'organize'] as const) {
      const answer = await gate.bridge(context, conference, bridge, right);
      if (answer.ok) most = right;
      else if (most === '') most = answer.reason;
    }
    found[bridge] = most;
  }
  return found;
}

describe('at a bridge', () => {
  test('a unit organizer may do everything at their bridge and below it; nothing else is there for them', async () => {
    expect(await rights(await as(unitOrganizerAt(ours, province)))).toEqual({
      TW: 'not-found',
      T1: 'organize',
      X1: 'organize',
      T2: 'not-found',
    });
  });

  test('a host may record at their bridge alone, not below it', async () => {
    expect(await rights(await as(hostAt(ours, province)))).toEqual({
      TW: 'not-found',
      T1: 'host',
      X1: 'not-found',
      T2: 'not-found',
    });
  });

  test.each([
    ['the control room', 'control-room', 'read'],
    ['an auditor', 'auditor', 'people'],
    ['a technician', 'technician', 'read'],
  ] as const)('%s reads at their bridge and below it, and changes nothing', async (_, role, most) => {
    expect(await rights(await as(grantOf(role, ours, province)))).toEqual({
      TW: 'not-found',
      T1: most,
      X1: most,
      T2: 'not-found',
    });
    for (const whole of [grantOf(role, ours), grantOf(role, null)])
      expect(new Set(Object.values(await rights(await as(whole))))).toEqual(new Set([most]));
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
      T1: 'not-found',
      X1: 'not-found',
      T2: 'organize',
    });
  });

  test('whoever sees a bridge and may not do a thing there is forbidden it', async () => {
    const host = await as(hostAt(ours, commune));
    expect(await gate.bridge(host, ours, commune, 'organize')).toEqual({ ok: false, reason: 'forbidden' });
  });

  test('a bridge that somebody does not see is refused as one that does not exist', async () => {
    const host = await as(hostAt(ours, commune));
    for (const right of ['read', 'host', 'organize'] as const) {
      const refusal = { ok: false, reason: 'not-found' };
      expect(await gate.bridge(host, ours, beside, right)).toEqual(refusal);
      expect(await gate.bridge(host, ours, nowhere, right)).toEqual(refusal);
    }
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

  test('a role follows a bridge that is moved in the tree by another process', async () => {
    const context = await as(unitOrganizerAt(ours, beside));
    const moved = BridgeId.parse('X9');
    await addBridge(outside.write, ours, moved, province);
    expect(await gate.bridge(context, ours, moved, 'organize')).toEqual({ ok: false, reason: 'not-found' });
    await outside.write('bridge').where({ id: moved }).update({ parent: beside });
    await outside.write('conference').where({ id: ours }).increment('bridges_revision');
    expect(await gate.bridge(context, ours, moved, 'organize')).toEqual({ ok: true, value: moved });
  });
});

describe('below and above a bridge', () => {
  test('a host has everything below only where there is nothing below', async () => {
    const above = await as(hostAt(ours, province));
    expect(await gate.subtree(above, ours, province, 'read')).toEqual({ ok: false, reason: 'forbidden' });
    const leaf = await as(hostAt(ours, commune));
    expect(await gate.subtree(leaf, ours, commune, 'read')).toEqual({ ok: true, value: commune });
    const unit = await as(unitOrganizerAt(ours, province));
    expect(await gate.subtree(unit, ours, province, 'organize')).toEqual({ ok: true, value: province });
  });

  test('what the level above decides nobody decides for themselves', async () => {
    const unit = await as(unitOrganizerAt(ours, province));
    expect(await gate.fromAbove(unit, ours, province, 'organize')).toEqual({
      ok: false,
      reason: 'forbidden',
    });
    expect(await gate.fromAbove(unit, ours, commune, 'organize')).toEqual({ ok: true, value: commune });
    expect(await gate.fromAbove(unit, ours, beside, 'organize')).toEqual({ ok: false, reason: 'not-found' });
    const organizer = await as(organizerOf(ours));
    expect(await gate.fromAbove(organizer, ours, centre, 'organize')).toEqual({ ok: true, value: centre });
  });
});

describe('at a conference', () => {
  test.each([
    ['a host', hostAt(ours, commune), ['belong']],
    ['a unit organizer', unitOrganizerAt(ours, province), ['belong']],
    ['an auditor of a unit', grantOf('auditor', ours, province), ['belong']],
    ['its auditor', grantOf('auditor', ours), ['belong', 'read', 'people', 'audit']],
    ['its control room', grantOf('control-room', ours), ['belong', 'read', 'control']],
    ['its organizer', organizerOf(ours), ['belong', 'read', 'people', 'control', 'audit', 'organize']],
    ['a standing organizer', STANDING, ['belong', 'read', 'people', 'control', 'audit', 'organize']],
  ] as const)('%s', async (_, grant, allowed) => {
    const context = await as(grant);
    for (const right of ['belong', 'read', 'people', 'control', 'audit', 'organize'] as const) {
      expect(await gate.conference(context, ours, right)).toEqual(
        (allowed as readonly string[]).includes(right)
          ? { ok: true, value: ours }
          : { ok: false, reason: 'forbidden' },
      );
    }
  });

  test('somebody without a role in it is told that there is none, as for one that does not exist', async () => {
    const stranger = await as(organizerOf(other));
    expect(await gate.conference(stranger, ours, 'belong')).toEqual({ ok: false, reason: 'not-found' });
    const standing = await as(STANDING);
    expect(await gate.conference(standing, ConferenceId.parse('khong-co'), 'belong')).toEqual({
      ok: false,
      reason: 'not-found',
    });
  });

  test('shows each the bridges under their own nodes', async () => {
    const seen = async (...grants: Grant[]): Promise<string[]> => {
      const context = await as(...grants);
      const conference = await gate.conference(context, ours, 'belong');
      if (!conference.ok) throw new Error(conference.reason);
      const sight = await gate.sight(context, conference.value);
      return [centre, province, commune, beside].filter((bridge) => sight.sees(bridge));
    };
    expect(await seen(hostAt(ours, province))).toEqual([province]);
    expect(await seen(unitOrganizerAt(ours, province))).toEqual([province, commune]);
    expect(await seen(hostAt(ours, commune), hostAt(ours, beside))).toEqual([commune, beside]);
    expect(await seen(grantOf('auditor', ours))).toEqual([centre, province, commune, beside]);
  });
});

describe('over everything', () => {
  test('standing roles have their rights, no others have any', async () => {
    expect((await gate.installation(await as(STANDING), 'organize')).ok).toBe(true);
    const auditor = await as(grantOf('auditor', null));
    expect((await gate.installation(auditor, 'audit')).ok).toBe(true);
    const forbidden = { ok: false, reason: 'forbidden' };
    expect(await gate.installation(auditor, 'organize')).toEqual(forbidden);
    expect(await gate.installation(await as(organizerOf(ours)), 'organize')).toEqual(forbidden);
    expect(await gate.installation(server.context(), 'organize')).toEqual({
      ok: false,
      reason: 'not-signed-in',
    });
  });

  test('the operator at the machine may do everything, with what exists', async () => {
    const operator = gate.operator(server.context());
    expect(await operator.conference(ours)).toEqual({ ok: true, value: ours });
    expect(await operator.bridge(ours, commune)).toEqual({ ok: true, value: commune });
    const nothing = { ok: false, reason: 'not-found' };
    expect(await operator.conference(ConferenceId.parse('khong-co'))).toEqual(nothing);
    expect(await operator.bridge(ours, elsewhere)).toEqual(nothing);
  });
});

/** Asks until the answer is as expected; gives how long that took, in milliseconds. */
async function untilSo(ask: () => Promise<boolean>): Promise<number> {
  const began = performance.now();
  while (!(await ask())) {
    if (performance.now() - began > 5000) throw new Error('it did not come to that');
    await new Promise((resolve) => void setTimeout(resolve, 50));
  }
  return performance.now() - began;
}

describe('in memory', () => {
  test('a known account is answered at once, without a promise', async () => {
    const context = await as(hostAt(ours, province), unitOrganizerAt(ours, beside));
    expect((await gate.bridge(context, ours, province, 'host')).ok).toBe(true);
    expect((await gate.bridge(context, ours, beside, 'organize')).ok).toBe(true);
    for (const answer of [
      gate.conference(context, ours, 'belong'),
      gate.bridge(context, ours, province, 'host'),
      gate.subtree(context, ours, beside, 'organize'),
    ])
      expect(answer).toMatchObject({ ok: true });
  });

  test('a role that is taken away here is gone at the next question', async () => {
    const context = await as(hostAt(ours, province));
    expect((await gate.bridge(context, ours, province, 'host')).ok).toBe(true);
    await server.database.write('grant_').where({ account: context.account }).delete();
    await grantsChanged(context);
    expect(await gate.bridge(context, ours, province, 'host')).toEqual({ ok: false, reason: 'not-found' });
  });

  test('one that another process takes away is gone within two seconds, one that it gives counts at once', async () => {
    const context = await as(hostAt(ours, province));
    expect((await gate.bridge(context, ours, province, 'host')).ok).toBe(true);
    await outside.write('grant_').where({ account: context.account }).delete();
    const took = await untilSo(async () => !(await gate.bridge(context, ours, province, 'host')).ok);
    expect(took).toBeLessThan(2200);
    await addGrant(outside.write, context.account, hostAt(ours, province), 0 as Instant);
    expect((await gate.bridge(context, ours, province, 'host')).ok).toBe(true);
  });

  test('a role counts from its start to its end, to the millisecond', async () => {
    const clock = testClock('2025-01-13T07:00:00+07:00');
    const from = clock();
    const until = (from + 1000) as Instant;
    const context = { ...(await as({ ...hostAt(ours, province), from, until })), clock };
    const is = async (): Promise<boolean> => (await gate.bridge(context, ours, province, 'host')).ok;
    clock.advance(-1);
    expect(await is()).toBe(false);
    clock.advance(1);
    expect(await is()).toBe(true);
    clock.advance(999);
    expect(await is()).toBe(true);
    clock.advance(1);
    expect(await is()).toBe(false);
    expect(await gate.conference(context, ours, 'belong')).toEqual({ ok: false, reason: 'not-found' });
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
      gate.conference(host, ours, 'belong'),
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
});

test('more right stands for less, never the other way round, and no bare id stands for any', () => {
  const takes = {
    read: (_bridge: AuthorizedBridgeId): void => undefined,
    people: (_bridge: AuthorizedBridgeId<'people' | 'below'>): void => undefined,
    organize: (_bridge: AuthorizedBridgeId<'organize'>): void => undefined,
  };
  const given: BridgeId = commune;
  // Compiled, never run: the checker is the test.
  const compiled = (
    host: AuthorizedBridgeId<'host'>,
    auditor: AuthorizedBridgeId<'audit'>,
    organizer: AuthorizedBridgeId<'organize'>,
  ): void => {
    takes.read(host);
    takes.read(organizer);
    takes.people(auditor);
    takes.people(organizer);
    // @ts-expect-error -- a host's right does not reach below their bridge
    takes.people(host);
    // @ts-expect-error -- a host's right is not an organizer's
    takes.organize(host);
    // @ts-expect-error -- an auditor changes nothing
    takes.organize(auditor);
    // @ts-expect-error -- a bare id is no right
    takes.read(given);
  };
  expect(compiled).toBeTypeOf('function');
});
