import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { BridgeId } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';
import type { HeldGrant } from '../../../domain/wire/access.ts';
import { api } from '../../../domain/wire/api.ts';
import { takeRole } from '../../../server/access/commands.ts';
import { createGate } from '../../../server/access/gate.ts';
import { databaseFile, openDatabase } from '../../../server/platform/database.ts';
import {
  client,
  grantOf,
  hostAt,
  organizerOf,
  signIn,
  socket,
  unitOrganizerAt,
  type SignedInClient,
} from '../harness.ts';
import { sample, type Sample } from '../sample.ts';

let s: Sample;
let [province, district, commune, beside]: BridgeId[] = [];
let organizer: SignedInClient;
let unit: SignedInClient;
beforeAll(async () => {
  s = await sample();
  [province, district, commune, beside] = ['97', '971', '97001', '972'].map((of) => s.bridge(of).id);
  organizer = await signIn(s.server, [organizerOf(s.conference)], 'Vũ Tổ Chức');
  unit = await signIn(s.server, [unitOrganizerAt(s.conference, district!)], 'Lê Đầu Mối');
});
afterAll(() => s.server.close());

let people = 0;
function somebody() {
  people += 1;
  return { username: `nguoi-${people}`, name: 'Đinh Mới Vào' };
}
const at = (bridge: BridgeId | undefined) => ({ conference: s.conference, bridge: bridge! });

/** The roles that somebody has in the conference, as its organizer sees them. */
async function rolesOf(username: string): Promise<HeldGrant[]> {
  const { items } = await organizer.call(api.accounts, {
    params: { conference: s.conference },
    body: { q: username },
  });
  return items.find((one) => one.username === username)?.grants ?? [];
}

describe('giving', () => {
  test('a unit organizer gives roles at their bridge and below, with a link and a time', async () => {
    const who = somebody();
    const until = (s.clock() + 86_400_000) as Instant;
    const given = await unit.call(api.giveRole, {
      params: at(commune),
      body: { ...who, role: 'technician', until },
    });
    expect(given.activation).toMatch(/^\/activate#/);
    expect(given.account.grants).toMatchObject([{ ...grantOf('technician', s.conference, commune), until }]);
    await unit.call(api.giveRole, { params: at(district), body: { ...somebody(), role: 'host' } });
    await unit.call(api.giveRole, { params: at(commune), body: { ...somebody(), role: 'unit-organizer' } });
  });

  test.each([
    ['their own level', () => district, 'unit-organizer', 'forbidden'],
    ['more than they hold', () => commune, 'auditor', 'forbidden'],
    ['beside them', () => beside, 'host', 'not-found'],
    ['above them', () => province, 'host', 'not-found'],
  ] as const)('a unit organizer does not give %s', async (_, node, role, code) => {
    const who = somebody();
    const problem = await unit.refusal(api.giveRole, { params: at(node()), body: { ...who, role } });
    expect(problem.code).toBe(code);
    expect(await rolesOf(who.username)).toEqual([]);
  });

  test('an organizer makes no second organizer; somebody standing does', async () => {
    const params = { conference: s.conference };
    const body = { ...somebody(), role: 'organizer', bridge: null } as const;
    const problem = await organizer.refusal(api.addAccount, { params, body });
    expect([problem.code, problem.detail]).toEqual(['forbidden', expect.stringContaining('cùng cấp')]);
    expect((await s.organizer.call(api.addAccount, { params, body })).account.grants).toMatchObject([
      organizerOf(s.conference),
    ]);
  });

  test('nobody is given a role by fields that the route does not have', async () => {
    const who = somebody();
    const smuggled = { ...who, role: 'host', conference: null, bridge: province, id: 1, grants: [] } as never;
    await unit.call(api.giveRole, { params: at(commune), body: smuggled });
    expect(await rolesOf(who.username)).toMatchObject([hostAt(s.conference, commune!)]);
    const role = { ...somebody(), role: 'organizer' } as never;
    expect((await unit.refusal(api.giveRole, { params: at(commune), body: role })).code).toBe('malformed');
  });

  test('whoever gives a role gets no link to the account of somebody who is more', async () => {
    const who = somebody();
    const params = { conference: s.conference };
    await s.organizer.call(api.addAccount, { params, body: { ...who, role: 'organizer', bridge: null } });
    const given = await unit.call(api.giveRole, { params: at(commune), body: { ...who, role: 'host' } });
    expect(given.activation).toBeNull();
    const again = await s.organizer.call(api.addAccount, {
      params,
      body: { ...who, role: 'auditor', bridge: null },
    });
    expect(again.activation).toMatch(/^\/activate#/);
  });

  test('given again it has the new time', async () => {
    const who = somebody();
    const until = (s.clock() + 1000) as Instant;
    await unit.call(api.giveRole, { params: at(commune), body: { ...who, role: 'host' } });
    await unit.call(api.giveRole, { params: at(commune), body: { ...who, role: 'host', until } });
    expect(await rolesOf(who.username)).toMatchObject([{ ...hostAt(s.conference, commune!), until }]);
  });

  test('a time that is over is none', async () => {
    const body = { ...somebody(), role: 'host', until: s.clock() } as const;
    expect((await unit.refusal(api.giveRole, { params: at(commune), body })).code).toBe('malformed');
  });
});

async function givenRole(role: 'host' | 'technician', node: BridgeId | undefined): Promise<number> {
  const who = somebody();
  await s.organizer.call(api.giveRole, { params: at(node), body: { ...who, role } });
  const [grant] = await rolesOf(who.username);
  return grant!.id;
}

describe('taking away', () => {
  test('whoever could give it takes it away, once', async () => {
    const params = { ...at(district), role: String(await givenRole('host', commune)) };
    await unit.call(api.takeRole, { params });
    expect((await unit.refusal(api.takeRole, { params })).code).toBe('not-found');
  });

  test('a role elsewhere is not there, under whichever bridge it is asked for', async () => {
    const id = String(await givenRole('host', beside));
    const none = await unit.refusal(api.takeRole, { params: { ...at(district), role: '999999' } });
    for (const node of [district, commune]) {
      const { instance: _, ...problem } = await unit.refusal(api.takeRole, {
        params: { ...at(node), role: id },
      });
      expect(problem).toEqual({ ...problem, code: none.code, detail: none.detail });
    }
    expect((await unit.refusal(api.takeRole, { params: { ...at(beside), role: id } })).code).toBe(
      'not-found',
    );
  });

  test('nobody takes away what the level above has given', async () => {
    const auditor = await signIn(s.server, [grantOf('auditor', s.conference, commune)]);
    const { grants } = await auditor.call(api.me);
    const params = { ...at(district), role: String(grants[0]!.id) };
    expect((await unit.refusal(api.takeRole, { params })).code).toBe('forbidden');
    const own = (await unit.call(api.me)).grants[0]!;
    const ownParams = { ...at(district), role: String(own.id) };
    expect((await unit.refusal(api.takeRole, { params: ownParams })).code).toBe('forbidden');
  });

  test('a removed bridge takes the roles over it along', async () => {
    const added = await unit.call(api.addBridge, {
      params: at(commune),
      body: { class: 'village', name: 'Thôn Tạm', unit: null, organisation: null },
    });
    const host = await signIn(s.server, [hostAt(s.conference, added.id)]);
    expect((await host.call(api.bridge, { params: at(added.id) })).bridge.id).toBe(added.id);
    await unit.call(api.removeBridge, { params: at(added.id) });
    expect((await host.refusal(api.bridge, { params: at(added.id) })).code).toBe('not-found');
    expect((await host.call(api.me)).grants).toEqual([]);
  });
});

async function watching() {
  const host = await signIn(s.server, [hostAt(s.conference, commune!)]);
  const line = await socket(s.server, host.cookie);
  const watch = { conference: s.conference, session: s.session, bridge: commune! };
  const answer = await line.ask('figures:watch', watch);
  expect(answer.ok).toBe(true);
  const cut = new Promise<number>((resolve) => {
    const began = performance.now();
    line.socket.once('disconnect', () => resolve(performance.now() - began));
  });
  const [grant] = (await host.call(api.me)).grants;
  return { host, line, watch, cut, grant: grant! };
}

describe('lines that are open', () => {
  test('whoever loses a role loses what they watch, and comes back to nothing', async () => {
    const { host, watch, cut, grant } = await watching();
    await unit.call(api.takeRole, { params: { ...at(district), role: String(grant.id) } });
    expect(await cut).toBeLessThan(2000);
    const again = await socket(s.server, host.cookie);
    expect(await again.ask('figures:watch', watch)).toMatchObject({ ok: false, reason: 'not-found' });
    again.close();
  });

  test('also where another process took it away, within two seconds', async () => {
    const { cut, grant } = await watching();
    const outside = await openDatabase(databaseFile(s.server.data));
    const context = { ...s.server.context(), database: outside };
    const conference = await createGate().operator(context).conference(s.conference);
    if (!conference.ok) throw new Error(conference.reason);
    await takeRole(context, { at: 'conference', conference: conference.value }, grant.id);
    expect(await cut).toBeLessThan(2000);
    await outside.close();
  });

  test('a message that comes right after is refused', async () => {
    const host = await signIn(s.server, [hostAt(s.conference, commune!), hostAt(s.conference, district!)]);
    const grants = (await host.call(api.me)).grants;
    const grant = grants.find(({ bridge }) => bridge === commune)!;
    await unit.call(api.takeRole, { params: { ...at(district), role: String(grant.id) } });
    const params = { ...at(commune), session: s.session };
    expect((await host.refusal(api.events, { params })).code).toBe('not-found');
    expect((await host.call(api.bridge, { params: at(district) })).bridge.id).toBe(district);
  });

  test('others keep their lines', async () => {
    const other = await watching();
    const { grant, cut } = await watching();
    await unit.call(api.takeRole, { params: { ...at(district), role: String(grant.id) } });
    await cut;
    expect((await other.line.ask('clock:ask', {})).ok).toBe(true);
    other.line.close();
  });
});

describe('what each sees of a conference', () => {
  test('a host sees one bridge: in the list, by name, from the top, and nothing below it', async () => {
    const host = await signIn(s.server, [hostAt(s.conference, district!)]);
    const params = { conference: s.conference };
    for (const query of [{}, { tops: 'true' }, { q: s.bridge('971').name }] as never[]) {
      const { items } = await host.call(api.bridges, { params, query });
      expect(items.map(({ id, childCount, below }) => [id, childCount, below])).toEqual([[district, 0, 0]]);
    }
    for (const parent of [district, beside, province, 'khong-co' as BridgeId]) {
      const { items } = await host.call(api.bridges, { params, query: { parent: parent! } });
      expect(items).toEqual([]);
    }
    const { path } = await host.call(api.bridge, { params: at(district) });
    expect(path.map(({ id }) => id)).toEqual([district]);
  });

  test('a unit organizer sees their subtree, counted as such', async () => {
    const { items } = await unit.call(api.bridges, {
      params: { conference: s.conference },
      query: { limit: 1000 },
    });
    expect(items[0]?.id).toBe(district);
    expect(items.length).toBe((items[0]?.below ?? 0) + 1);
    const [listed] = (await unit.call(api.conferences)).items;
    expect(listed?.bridges).toBe(items.length);
    expect(listed?.people).toBe(items.reduce((sum, { summoned, invited }) => sum + summoned + invited, 0));
  });

  test('what the checks and conflicts say is for those who see the whole', async () => {
    const params = { conference: s.conference };
    const part = await unit.call(api.plan, { params });
    expect([part.findings, part.reading]).toEqual([[], null]);
    expect((await organizer.call(api.plan, { params })).reading).not.toBeNull();
    expect((await unit.call(api.sessions, { params })).conflicts).toEqual([]);
  });

  test('a conference whose role is over is in no list', async () => {
    const ended = await signIn(s.server, [{ ...hostAt(s.conference, commune!), until: s.clock() }]);
    expect((await ended.call(api.conferences)).items).toEqual([]);
  });
});

describe('nothing of another subtree through a side door', () => {
  test('passes, machines and bridges are looked for in the own subtree alone', async () => {
    const [stranger] = await s.seatedAt(beside!);
    const params = { ...at(district), person: stranger!.person };
    const reason = { reason: 'mất thẻ' };
    const theirs = await unit.refusal(api.reissuePass, { params, body: reason });
    const nobody = await unit.refusal(api.reissuePass, {
      params: { ...params, person: 'khong-co' },
      body: reason,
    });
    expect([theirs.code, theirs.detail]).toEqual([nobody.code, nobody.detail]);
    const moved = await unit.refusal(api.changeBridge, { params: at(commune), body: { parent: beside! } });
    const gone = await unit.refusal(api.changeBridge, {
      params: at(commune),
      body: { parent: 'khong-co' },
    });
    expect([moved.code, moved.detail]).toEqual([gone.code, gone.detail]);
  });

  test('a session of another conference is none', async () => {
    const other = await client(s.server, organizer.cookie).refusal(api.figures, {
      params: { ...at(district), session: 'khong-co' },
    });
    expect(other.code).toBe('not-found');
  });
});
