import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { BridgeId, ConferenceId, PersonId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import type { BodyInput } from '../../../domain/wire/contract.ts';
import { client, hostAt, organizerOf, signIn, unitOrganizerAt, type SignedInClient } from '../harness.ts';
import { addConference, allBridges, MINISTRY, sample, type Sample } from '../sample.ts';

type Change = BodyInput<typeof api.changeBridge>;

let s: Sample;
let other: ConferenceId;
beforeAll(async () => {
  s = await sample({ communes: 12, until: 'people' });
  other = await addConference(s.organizer);
});
afterAll(() => s.server.close());

const at = (bridge: BridgeRow | BridgeId) => ({
  conference: s.conference,
  bridge: typeof bridge === 'string' ? bridge : bridge.id,
});
const change = (bridge: BridgeRow, body: Change, by: SignedInClient = s.organizer) =>
  by.call(api.changeBridge, { params: at(bridge), body });
const refused = (bridge: BridgeRow, body: Change, by: SignedInClient = s.organizer) =>
  by.refusal(api.changeBridge, { params: at(bridge), body });
const look = async (bridge: BridgeRow) => (await s.organizer.call(api.bridge, { params: at(bridge) })).bridge;
const person = (index: number): PersonId => s.roster[index]!.id;

describe('changing a bridge', () => {
  test('takes what is given and leaves the rest', async () => {
    const commune = s.bridge('97001');
    const changed = await change(commune, {
      name: '  Điểm cầu  nhà văn hóa ',
      capacity: 150,
      chair: person(0),
      address: 'Xóm 1',
      ready: ['line-test', 'room'],
    });
    expect(changed).toMatchObject({
      name: 'Điểm cầu nhà văn hóa',
      capacity: 150,
      chair: person(0),
      chairName: s.roster[0]!.name,
      address: 'Xóm 1',
      ready: ['room', 'line-test'],
      parent: commune.parent,
    });
    expect(await change(commune, { capacity: null, chair: null, address: '' })).toMatchObject({
      name: 'Điểm cầu nhà văn hóa',
      capacity: null,
      chair: null,
      chairName: null,
      address: null,
    });
  });

  test('names what is missing for it to be ready', async () => {
    const { findings, path } = await s.organizer.call(api.bridge, { params: at(s.bridge('97002')) });
    expect(path.map(({ name }) => name)).toEqual([
      s.bridge('97002').name,
      s.bridge('972').name,
      s.bridge('97').name,
      s.first('central').name,
    ]);
    expect(findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['chair', 'capacity', 'contact', 'host', 'room']),
    );
    expect(findings.every(({ message }) => /^(Chưa|Phòng|Đường truyền chưa)/.test(message))).toBe(true);
  });

  test('hangs it with all below it under another one', async () => {
    const moved = await change(s.bridge('974'), { parent: s.bridge('973').id });
    expect(moved.parent).toBe(s.bridge('973').id);
    const { path } = await s.organizer.call(api.bridge, { params: at(s.bridge('97004')) });
    expect(path.map(({ id }) => id).slice(1, 3)).toEqual([s.bridge('974').id, s.bridge('973').id]);
    await change(s.bridge('974'), { parent: s.bridge('97').id });
  });

  test('never under one of those below it, nor under itself, and nothing else of the change is kept', async () => {
    const refusal = await refused(s.bridge('97'), { capacity: 777, parent: s.bridge('97005').id });
    expect(refusal.code).toBe('has-errors');
    expect(refusal.detail).toMatch(
      /^Không thể đặt .+ dưới điểm cầu trực thuộc nó \(.+ → .+\)\. Chưa có gì được lưu\.$/,
    );
    expect((await look(s.bridge('97'))).capacity).toBeNull();
    expect((await refused(s.bridge('97'), { parent: s.bridge('97').id })).code).toBe('has-errors');
    expect((await refused(s.first('central'), { parent: s.bridge('97').id })).code).toBe('has-errors');
  });

  test('the picture goes round in no circle either', async () => {
    await change(s.bridge('975'), { feedParent: s.bridge('976').id });
    const refusal = await refused(s.bridge('976'), { feedParent: s.bridge('975').id });
    expect(refusal.detail).toContain('đi vòng quanh');
    await change(s.bridge('975'), { feedParent: null });
  });

  test('the picture comes from a bridge of this conference', async () => {
    const refusal = await refused(s.bridge('975'), { feedParent: 'khong-co' });
    expect(refusal).toMatchObject({ code: 'has-errors', faults: [{ at: 'feedParent' }] });
  });

  test('whoever chairs is in the roster, and chairs one bridge only', async () => {
    const stranger = await s.organizer.refusal(api.changeBridge, {
      params: at(s.bridge('97001')),
      body: { chair: 'nguoi-la' },
      language: 'en',
    });
    expect(stranger).toMatchObject({ code: 'has-errors', faults: [{ at: 'chair' }] });
    expect(stranger.faults?.[0]?.message).toMatch(/^Whoever chairs/);
    await change(s.bridge('977'), { chair: person(5) });
    const twice = await refused(s.bridge('978'), { chair: person(5) });
    expect(twice.code).toBe('conflict');
    expect(twice.detail).toContain(`đã chủ trì ${s.bridge('977').name}`);
    expect(await change(s.bridge('977'), { chair: person(5) })).toMatchObject({ chair: person(5) });
  });

  test.each<[string, Change, string]>([
    ['a name of blanks', { name: '   ' }, 'name'],
    ['a name without end', { name: 'x'.repeat(10_000_000) }, 'name'],
    ['seats below zero', { capacity: -1 }, 'capacity'],
    ['an item that is not on the list', { ready: ['coffee' as 'room'] }, 'ready.0'],
  ])('%s is refused at its field', async (_, body, field) => {
    const refusal = await refused(s.bridge('97001'), body);
    expect(refusal).toMatchObject({ code: 'malformed', faults: [{ at: field }] });
  });

  test('a bridge that there is not is not found', async () => {
    const params = at('khong-co' as BridgeId);
    expect((await s.organizer.refusal(api.changeBridge, { params, body: {} })).code).toBe('not-found');
    expect((await s.organizer.refusal(api.bridge, { params })).code).toBe('not-found');
    const elsewhere = { conference: other, bridge: s.bridge('97').id };
    expect((await s.organizer.refusal(api.changeBridge, { params: elsewhere, body: {} })).code).toBe(
      'not-found',
    );
  });

  test('of organizers who write at one moment nobody loses what they wrote, at one bridge or at many', async () => {
    const communes = s.bridges.filter((bridge) => bridge.class === 'commune');
    await Promise.all([
      ...communes.map((bridge, index) => change(bridge, { address: `Số ${index}` })),
      change(communes[0]!, { capacity: 33 }),
      change(communes[0]!, { ready: ['documents'] }),
    ]);
    const now = await allBridges(s.organizer, s.conference);
    const written = communes.map(({ id }) => now.find((bridge) => bridge.id === id));
    expect(written.map((bridge) => bridge?.address)).toEqual(communes.map((_, index) => `Số ${index}`));
    expect(written[0]).toMatchObject({ capacity: 33, ready: ['documents'] });
  });

  test('a change that changes nothing does not make what rests on the bridges stale', async () => {
    const revision = async (): Promise<number> =>
      (await s.server.database.read('conference').where({ id: s.conference }).first('bridges_revision'))
        .bridges_revision;
    await change(s.bridge('979'), { capacity: 12, ready: ['room'] });
    const before = await revision();
    await change(s.bridge('979'), { capacity: 12, ready: ['room'] });
    await change(s.bridge('979'), {});
    expect(await revision()).toBe(before);
  });
});

const district = () => s.bridge('971');
const commune = () => s.bridge('97001');

describe('who may change a bridge', () => {
  test('a unit organizer their own and all below it, neither above nor beside', async () => {
    const own = await signIn(s.server, [unitOrganizerAt(s.conference, district().id)]);
    expect(await change(district(), { capacity: 90 }, own)).toMatchObject({ capacity: 90 });
    expect(await change(commune(), { capacity: 40 }, own)).toMatchObject({ capacity: 40 });
    for (const bridge of [s.bridge('97'), s.bridge('972'), s.bridge('97002'), s.first('central')]) {
      expect((await refused(bridge, { capacity: 1 }, own)).code).toBe('not-found');
      expect((await own.refusal(api.bridge, { params: at(bridge) })).code).toBe('not-found');
    }
  });

  test('nobody hangs a bridge where they have no right', async () => {
    const own = await signIn(s.server, [unitOrganizerAt(s.conference, district().id)]);
    expect((await refused(commune(), { parent: s.bridge('972').id }, own)).code).toBe('not-found');
    expect((await refused(commune(), { parent: s.first('central').id }, own)).code).toBe('not-found');
    expect((await look(commune())).parent).toBe(district().id);
  });

  test('a host sees their bridge and changes none', async () => {
    const host = await signIn(s.server, [hostAt(s.conference, commune().id)]);
    expect((await host.call(api.bridge, { params: at(commune()) })).bridge.id).toBe(commune().id);
    expect((await refused(commune(), { capacity: 1 }, host)).code).toBe('forbidden');
    expect((await host.refusal(api.bridge, { params: at(district()) })).code).toBe('not-found');
    const building = { params: { conference: s.conference }, body: {} };
    expect((await host.refusal(api.buildBridges, building)).code).toBe('forbidden');
  });

  test('an organizer of another conference finds none, a stranger is asked to sign in', async () => {
    const elsewhere = await signIn(s.server, [organizerOf(other)]);
    expect((await refused(commune(), { capacity: 1 }, elsewhere)).code).toBe('not-found');
    const listing = { params: { conference: s.conference } };
    expect((await elsewhere.refusal(api.bridges, listing)).code).toBe('not-found');
    expect((await elsewhere.refusal(api.buildBridges, { ...listing, body: {} })).code).toBe('not-found');
    expect((await client(s.server).refusal(api.bridges, listing)).code).toBe('not-signed-in');
  });
});

const list = (query: { parent?: BridgeId; q?: string; limit?: number; cursor?: string } = {}) =>
  s.organizer.call(api.bridges, { params: { conference: s.conference }, query });

describe('the list of bridges', () => {
  test('comes page by page in tree order, each bridge once', async () => {
    const ids: BridgeId[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await list({ limit: 4, ...(cursor !== undefined && { cursor }) });
      ids.push(...page.items.map(({ id }) => id));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(ids).toEqual(s.bridges.map(({ id }) => id));
  });

  test('below one bridge has its children only', async () => {
    const { items } = await list({ parent: s.bridge('972').id });
    expect(items.map(({ unit }) => unit)).toEqual(['97002', '97011']);
    expect((await list({ parent: 'khong-co' as BridgeId })).items).toEqual([]);
  });

  test('is searched without marks, below one bridge at any depth', async () => {
    const ministry = await list({ q: 'bo khoa hoc' });
    expect(ministry.items.map(({ organisation }) => organisation)).toEqual([MINISTRY]);
    const name = s.bridge('97011').name.split(' ').slice(-2).join(' ');
    expect((await list({ q: name, parent: s.bridge('97').id })).items.map(({ unit }) => unit)).toContain(
      '97011',
    );
    expect((await list({ q: name, parent: s.bridge('971').id })).items).toEqual([]);
    expect((await list({ q: '   ' })).items).toHaveLength(s.bridges.length);
  });

  test('goes on where it was, also after bridges came in; a place that has gone is refused', async () => {
    const { next } = await list({ limit: 2 });
    await change(s.bridge('979'), { parent: s.bridge('971').id });
    const { items } = await list({ limit: 1, cursor: next! });
    expect(items[0]?.id).toBe(s.bridges[2]!.id);
    const params = { conference: s.conference };
    const gone = await s.organizer.refusal(api.bridges, {
      params,
      query: { cursor: next!, q: 'bo khoa hoc' },
    });
    expect(gone.code).toBe('malformed');
    await change(s.bridge('979'), { parent: s.bridge('97').id });
  });

  test('a conference without bridges has an empty one', async () => {
    const { items, next } = await s.organizer.call(api.bridges, { params: { conference: other } });
    expect({ items, next }).toEqual({ items: [], next: null });
  });
});
