import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { BridgeClass } from '../../../domain/bridges/bridge.ts';
import { UnitCode, type ConferenceId } from '../../../domain/ids.ts';
import type { CivilDate } from '../../../domain/time.ts';
import { api } from '../../../domain/wire/api.ts';
import { provinceUnits } from '../../../fixtures/sample/units.ts';
import { signIn, startTestServer, testClock, type SignedInClient, type TestServer } from '../harness.ts';
import { samplePlan } from '../plans/sample.ts';
import { addConference, allBridges, EXTRAS, importUnits, MINISTRY, PARTY_BLOC } from '../sample.ts';

let server: TestServer;
let organizer: SignedInClient;
let conference: ConferenceId;
beforeAll(async () => {
  server = await startTestServer({ clock: testClock() });
  organizer = await signIn(server);
  await importUnits(organizer, provinceUnits(6));
});
afterAll(() => server.close());
beforeEach(async () => {
  conference = await addConference(organizer);
});

const unit = (code: string) => UnitCode.parse(code);
const build = (body: { scope?: UnitCode[]; extra?: (typeof EXTRAS)[number][] } = {}) =>
  organizer.call(api.buildBridges, { params: { conference }, body });
const refused = (body: { scope?: UnitCode[]; extra?: (typeof EXTRAS)[number][] }) =>
  organizer.refusal(api.buildBridges, { params: { conference }, body });
const bridges = () => allBridges(organizer, conference);

const revision = async (): Promise<number> =>
  (await server.database.read('conference').where({ id: conference }).first('bridges_revision'))
    .bridges_revision;

describe('building the bridges', () => {
  test('gives every unit of the levels that the plan names a bridge, under the nearest above', async () => {
    // 1 province, 9 districts and an island without communes, 6 communes; 1 centre, 1 ministry, 1 Party bloc.
    expect(await build({ scope: [unit('97')], extra: [...EXTRAS] })).toMatchObject({
      added: 20,
      kept: 0,
      total: 20,
    });
    const all = await bridges();
    const by = new Map(all.map((bridge) => [bridge.unit ?? bridge.organisation ?? bridge.class, bridge]));
    const above = (name: string) => all.find(({ id }) => id === by.get(name)?.parent);
    expect(all[0]).toMatchObject({ class: 'central', parent: null, below: 19 });
    expect(above('97')?.class).toBe('central');
    expect(above('971')?.unit).toBe('97');
    expect(above('97001')?.unit).toBe('971');
    expect(by.get('970')).toMatchObject({ class: 'district', childCount: 0 });
    expect(above(MINISTRY)?.class).toBe('central');
    expect(above(PARTY_BLOC)?.unit).toBe('97');
  });

  test('a second time keeps every id and whatever was changed by hand', async () => {
    await build({ scope: [unit('97')], extra: [...EXTRAS] });
    const before = await bridges();
    const commune = before.find((bridge) => bridge.unit === '97001');
    await organizer.call(api.changeBridge, {
      params: { conference, bridge: commune!.id },
      body: { name: 'Điểm cầu Nhà văn hóa', capacity: 120, ready: ['room'] },
    });
    expect(await build({ scope: [unit('97')], extra: [...EXTRAS] })).toMatchObject({
      added: 0,
      kept: 20,
      total: 20,
    });
    const after = await bridges();
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after.find(({ id }) => id === commune!.id)).toMatchObject({
      name: 'Điểm cầu Nhà văn hóa',
      capacity: 120,
      ready: ['room'],
    });
  });

  test('a build that changes nothing does not make what rests on the bridges stale', async () => {
    await build({ scope: [unit('97')] });
    const first = await revision();
    await build({ scope: [unit('97')] });
    expect(await revision()).toBe(first);
    await build({ scope: [unit('97')], extra: [...EXTRAS] });
    expect(await revision()).toBe(first + 1);
  });

  test('takes nothing away: what the scope does not ask for any more is only named', async () => {
    await build({ scope: [unit('97')] });
    const { findings, total } = await build({ scope: [unit('971')] });
    expect(total).toBe(18);
    const gone = findings.filter(({ code }) => code === 'not in plan');
    expect(gone.length).toBeGreaterThan(10);
    expect(gone[0]?.message).toContain('không còn trong kế hoạch. Vẫn giữ lại');
  });

  test('says what it noticed in the language of the request', async () => {
    const sent = { params: { conference }, body: { scope: [unit('97')] } };
    const said = async (language: 'vi' | 'en') =>
      (await organizer.call(api.buildBridges, { ...sent, language })).findings.find(
        ({ code }) => code === 'class without bridges',
      )?.message;
    expect(await said('vi')).toMatch(/^Kế hoạch có nhóm điểm cầu .+, nhưng chưa có danh sách\.$/);
    expect(await said('en')).toMatch(
      /^The plan has bridges of the class .+, but nobody has listed them yet\.$/,
    );
  });

  test('with a unit that there is not builds nothing and says which', async () => {
    const refusal = await refused({ scope: [unit('97'), unit('98')] });
    expect(refusal.code).toBe('has-errors');
    expect(refusal.detail).toBe('Không có đơn vị mang mã 98 vào ngày của hội nghị. Chưa có gì được lưu.');
    expect(await bridges()).toEqual([]);
  });

  test('on a day of which no list of units is known asks for one', async () => {
    const { conference: early } = await organizer.call(api.createConference, {
      body: {
        text: null,
        plan: samplePlan({ startsAt: '1990-01-15T08:00:00+07:00', endsAt: '1990-01-15T11:00:00+07:00' }),
        treeDate: null,
      },
    });
    await server.database
      .write('conference')
      .where({ id: early.id })
      .update({ tree_date: '1990-01-15' satisfies string as CivilDate });
    const refusal = await organizer.refusal(api.buildBridges, { params: { conference: early.id }, body: {} });
    expect(refusal.code).toBe('wrong-state');
    expect(refusal.detail).toContain('Hãy nhập danh mục trước');
  });

  test('two thousand further bridges with one name stay apart or are named', async () => {
    const extra = Array.from({ length: 2000 }, (_, at) => ({
      class: BridgeClass.parse('grassroots'),
      name: `Thôn ${at % 100}`,
      unit: null,
      organisation: null,
      under: unit(`9700${1 + Math.floor(at / 400)}`),
    }));
    const { total } = await build({ scope: [unit('97')], extra });
    expect(total).toBe(18 + 500);
    expect(await bridges()).toHaveLength(518);
  });

  test('input of another form is refused at its field', async () => {
    const refusal = await refused({ extra: [{ ...EXTRAS[0]!, name: 'x'.repeat(301) }] });
    expect(refusal).toMatchObject({ code: 'malformed', faults: [{ at: 'extra.0.name' }] });
  });

  test('two who build at once leave one tree: one of them may have to load it again', async () => {
    const both = await Promise.all(
      [1, 2].map(() =>
        organizer.response(api.buildBridges, { params: { conference }, body: { scope: [unit('97')] } }),
      ),
    );
    const statuses = both.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses[0]).toBe(200);
    expect([200, 409]).toContain(statuses[1]);
    expect(await bridges()).toHaveLength(18);
  });
});
