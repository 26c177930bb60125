import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { ConferenceId, PersonId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import type { PlacedPerson } from '../../../domain/wire/placement.ts';
import { client, hostAt, organizerOf, signIn, unitOrganizerAt } from '../harness.ts';
import { addConference, everyPage, importRoster, sample, type Sample } from '../sample.ts';

let s: Sample;
let other: ConferenceId;
beforeAll(async () => {
  s = await sample({ communes: 12 });
  other = await addConference(s.organizer);
});
afterAll(() => s.server.close());

interface Query {
  bridge?: string;
  unplaced?: boolean;
  q?: string;
  limit?: number;
  cursor?: string;
}
const params = () => ({ conference: s.conference });
const list = (body: Query = {}, language: 'vi' | 'en' = 'vi') =>
  s.organizer.call(api.placements, { params: params(), body, language });
const all = (query: Query = {}): Promise<PlacedPerson[]> =>
  everyPage((cursor) => list({ limit: 1000, ...query, ...cursor }));
const place = (settings: object = {}) =>
  s.organizer.call(api.place, { params: params(), body: { settings } });
const summary = (language: 'vi' | 'en' = 'vi') =>
  s.organizer.call(api.placement, { params: params(), language });

describe('placing people', () => {
  test('gives everybody at most one seat, each with its reason', async () => {
    const placed = await all();
    expect(placed.map(({ person }) => person)).toEqual(s.roster.map(({ id }) => id));
    expect(placed.filter(({ bridge }) => bridge !== null)).toHaveLength(s.summary.seated);
    expect(s.summary.seated + s.summary.unplaced).toBe(s.summary.people);
    expect(placed.every(({ why }) => why.length > 10)).toBe(true);
    expect(
      placed.every(
        ({ bridge, as, basis }) => (bridge === null) === (as === null) && (as === null) === (basis === null),
      ),
    ).toBe(true);
  });

  test('seats by the clause, and explains it in Vietnamese and in English', async () => {
    const commune = s.bridge('97004');
    const delegates = (await all({ bridge: commune.id })).filter(({ as }) => as === 'delegate');
    const [seated] = delegates;
    expect(seated?.why).toMatch(/^Được triệu tập dự tại Điểm cầu .+ theo C\d+: “.+”\.$/);
    const en = (await list({ bridge: commune.id, limit: 1000 }, 'en')).items.find(
      ({ person }) => person === seated?.person,
    );
    expect(en?.why).toMatch(/C\d+/);
    expect(en?.why.replaceAll(/“[^”]*”|Điểm cầu [^,.:]*/g, '')).not.toMatch(/[ạảấầậắằđ]/);
  });

  test('seats one chair at each bridge that has one', async () => {
    const chairs = (await all()).filter(({ as }) => as === 'chair');
    const assigned = s.bridges.filter(({ chair }) => chair !== null);
    expect(new Map(chairs.map(({ bridge, person }) => [bridge, person]))).toEqual(
      new Map(assigned.map(({ id, chair }) => [id, chair])),
    );
    expect(s.bridges.every(({ chair, chairName }) => (chair === null) === (chairName === null))).toBe(true);
  });

  test('tells what each clause was understood to mean, in the language asked for', async () => {
    const vi = await summary();
    const en = await summary('en');
    const words = (of: typeof vi) => of.clauses.find(({ clause }) => clause === 'C19')?.understood;
    expect(words(vi)).toBe('Ủy viên cấp ủy cấp xã.');
    expect(words(en)).toMatch(/commune/);
    expect(vi.clauses.reduce((sum, { seated }) => sum + seated, 0)).toBeLessThanOrEqual(vi.seated);
    expect(vi.findings.length).toBe(en.findings.length);
  });

  test('who sits at each bridge is the figure of the bridge', async () => {
    const placed = await all();
    for (const { id, summoned, invited } of s.bridges) {
      const here = placed.filter(({ bridge }) => bridge === id);
      expect(here.filter(({ basis }) => basis === 'invited')).toHaveLength(invited);
      expect(here.filter(({ basis }) => basis !== 'invited')).toHaveLength(summoned);
    }
  });
});

describe('settings', () => {
  test('are kept, shown beside the result, and left as they were where nothing is said', async () => {
    const before = (await summary()).settings;
    const { settings } = await place({ lowerLevelMembership: 'lower bridge first' });
    expect(settings).toEqual({ ...before, lowerLevelMembership: 'lower bridge first' });
    expect((await place()).settings).toEqual(settings);
    await place({ lowerLevelMembership: before.lowerLevelMembership });
  });

  test('seat somebody by hand with the reason, or keep them out', async () => {
    const [moved, out] = (await list({ bridge: s.bridge('97004').id, limit: 2 })).items;
    const target = s.bridge('97005');
    const note = 'theo phân công của tỉnh';
    await place({
      pins: [
        { person: moved!.person, bridge: target.id, note },
        { person: out!.person, bridge: null, note: 'đi học' },
      ],
    });
    const now = new Map((await all()).map((placed) => [placed.person, placed]));
    expect(now.get(moved!.person)).toMatchObject({ bridge: target.id, bridgeName: target.name });
    expect(now.get(moved!.person)?.why).toContain(note);
    expect(now.get(out!.person)).toMatchObject({ bridge: null, as: null, basis: null });
    expect(now.get(out!.person)?.why).toContain('đi học');
    await place({ pins: [] });
    expect((await all({ q: moved!.name })).find(({ person }) => person === moved!.person)?.bridge).toBe(
      moved!.bridge,
    );
  });

  test('that name people, bridges or clauses that there are not are told as findings, and place nobody wrongly', async () => {
    const before = await summary();
    const { findings, seated } = await place({
      pins: [
        { person: 'nguoi-la', bridge: s.bridge('97').id, note: 'x' },
        { person: s.roster[3]!.id, bridge: 'cau-la', note: 'x' },
      ],
      extensionAt: ['cau-la'],
      quota: [{ bridge: s.bridge('97').id, clause: 'C99', seats: 3, named: ['nguoi-la'] }],
    });
    const codes = findings.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['unknown-person', 'unknown-bridge', 'unknown-clause']));
    expect(seated).toBe(before.seated);
    await place({ pins: [], extensionAt: [], quota: [] });
  });

  test('of another form are refused at their field, and the placement stays', async () => {
    const before = await summary();
    const body = { settings: { lowerLevelMembership: 'as you like', fillOrder: [] } } as never;
    const refusal = await s.organizer.refusal(api.place, { params: params(), body });
    expect(refusal.code).toBe('malformed');
    expect(refusal.faults?.map(({ at }) => at)).toEqual([
      'settings.lowerLevelMembership',
      'settings.fillOrder',
    ]);
    expect(await summary()).toEqual(before);
  });
});

const keepOut = (person: PersonId) => ({ pins: [{ person, bridge: null, note: 'đi học' }] });

describe('a placement', () => {
  test('is stale once plan, bridges or roster have changed, and current again when done again', async () => {
    expect((await summary()).stale).toBe(false);
    await s.organizer.call(api.changeBridge, {
      params: { ...params(), bridge: s.bridge('97').id },
      body: { capacity: 1000 },
    });
    expect((await summary()).stale).toBe(true);
    expect((await place()).stale).toBe(false);

    await importRoster(s.organizer, s.conference, [{ 'Họ và tên': 'Lò Văn Ước', 'Số thẻ': 'moi' }]);
    expect((await summary()).stale).toBe(true);
    expect(await place()).toMatchObject({ stale: false, people: s.roster.length + 1 });

    const { plan, revision } = await s.organizer.call(api.plan, { params: params() });
    await s.organizer.call(api.changePlan, {
      params: params(),
      body: { revision, plan: { ...plan, venue: 'Hội trường lớn' } },
    });
    expect((await summary()).stale).toBe(true);
    expect((await place()).stale).toBe(false);
  });

  test('done by two at once is one of the two, whole', async () => {
    const [one, another] = (await list({ bridge: s.bridge('97006').id, limit: 2 })).items;
    await Promise.all([place(keepOut(one!.person)), place(keepOut(another!.person))]);
    const { settings, people, seated, unplaced } = await summary();
    const placed = await all();
    expect(placed).toHaveLength(people);
    expect(placed.filter(({ bridge }) => bridge !== null)).toHaveLength(seated);
    expect(seated + unplaced).toBe(people);
    const kept = settings.pins.map(({ person }) => person);
    expect(kept).toHaveLength(1);
    expect(placed.find(({ person }) => person === kept[0])?.bridge).toBeNull();
    await place({ pins: [] });
  });
});

describe('the list of placements', () => {
  test('comes page by page in official order, everybody once', async () => {
    const roster = (await all()).map(({ person }) => person);
    const paged = await everyPage((cursor) => list({ limit: 113, ...cursor }));
    expect(paged.map(({ person }) => person)).toEqual(roster);
    expect(new Set(roster).size).toBe(roster.length);
  });

  test('shows the unplaced alone, one bridge alone, and finds names without marks', async () => {
    const placed = await all();
    const unplaced = placed.filter(({ bridge }) => bridge === null);
    expect(await all({ unplaced: true })).toEqual(unplaced);
    expect(unplaced.length).toBeGreaterThan(0);
    const bridge = s.bridge('97007').id;
    expect(await all({ bridge })).toEqual(placed.filter((one) => one.bridge === bridge));
    expect(await all({ bridge, unplaced: true })).toEqual([]);
    const [someone] = placed;
    const bare = someone!.name
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .replaceAll('đ', 'd')
      .replaceAll('Đ', 'D');
    expect((await all({ q: bare })).map(({ person }) => person)).toContain(someone!.person);
    expect(await all({ q: 'khong ai ten nay' })).toEqual([]);
  });
});

describe('before there is anything to place', () => {
  test('says what is to be done first, in a sentence', async () => {
    const at = { params: { conference: other } };
    const none = await s.organizer.refusal(api.placement, at);
    expect(none.code).toBe('not-found');
    expect(none.detail).toContain('Chưa xếp chỗ lần nào');
    const bridges = await s.organizer.refusal(api.place, { ...at, body: {} });
    expect(bridges).toMatchObject({ code: 'wrong-state' });
    expect(bridges.detail).toContain('Hãy dựng cây điểm cầu trước');
    await s.organizer.call(api.buildBridges, { ...at, body: {} });
    const people = await s.organizer.refusal(api.place, { ...at, body: {}, language: 'en' });
    expect(people).toMatchObject({ code: 'wrong-state' });
    expect(people.detail).toBe('There is no roster yet. Import one before seating people.');
    expect((await s.organizer.call(api.placements, at)).items).toEqual([]);
  });
});

test('only organizers of the conference place people and see where they sit', async () => {
  const code = async (grants: Parameters<typeof signIn>[1]) => {
    const by = await signIn(s.server, grants);
    return [
      (await by.refusal(api.place, { params: params(), body: {} })).code,
      (await by.refusal(api.placement, { params: params() })).code,
      (await by.refusal(api.placements, { params: params() })).code,
    ];
  };
  const province = s.bridge('97').id;
  expect(await code([unitOrganizerAt(s.conference, province)])).toEqual([
    'forbidden',
    'forbidden',
    'forbidden',
  ]);
  expect(await code([hostAt(s.conference, province)])).toEqual(['forbidden', 'forbidden', 'forbidden']);
  expect(await code([organizerOf(other)])).toEqual(['not-found', 'not-found', 'not-found']);
  expect(await code([])).toEqual(['not-found', 'not-found', 'not-found']);
  expect((await client(s.server).refusal(api.placements, { params: params() })).code).toBe('not-signed-in');
});
