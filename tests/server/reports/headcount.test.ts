import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Bridge } from '../../../domain/bridges/bridge.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import type { DueRow } from '../../../domain/wire/headcount.ts';
import {
  hostAt,
  instant,
  organizerOf,
  signIn,
  startTestServer,
  testClock,
  unitOrganizerAt,
  type SignedInClient,
  type TestServer,
} from '../harness.ts';
import { setScene, type Scene } from './scene.ts';

const clock = testClock('2025-01-06T08:00:00+07:00');
let server: TestServer;
let scene: Scene;
let organizer: SignedInClient;
/** Organizes the province, and with it everything below. */
let upper: SignedInClient;
beforeAll(async () => {
  server = await startTestServer({ clock });
  scene = await setScene(server);
  organizer = scene.organizer;
  upper = await signIn(server, [unitOrganizerAt(scene.conference, scene.province.id)], 'Lò Thị Trên');
});
/** Goes on to another day. Whoever was away for so long signs in again. */
async function goTo(iso: string): Promise<void> {
  clock.set(iso);
  organizer = await signIn(server);
  upper = await signIn(server, [unitOrganizerAt(scene.conference, scene.province.id)], 'Lò Thị Trên');
}
afterAll(() => server.close());

const paramsAt = (bridge: Bridge) => ({ conference: scene.conference, bridge: bridge.id });
const submit = (bridge: Bridge, total: number, by = organizer) =>
  by.call(api.submitHeadcount, { params: paramsAt(bridge), body: { total } });
const due = (bridge: Bridge, query: { asOf?: number; deep?: 'true'; status?: DueRow['status'] } = {}) =>
  organizer.call(api.reportsDue, { params: paramsAt(bridge), query });

/** A district of its own for each test, so that none looks at what another did. */
let taken = 0;
function nextDistrict(): Bridge {
  const districts = scene.below(scene.province).filter((bridge) => scene.below(bridge).length > 0);
  const district = districts[taken++];
  if (district === undefined) throw new Error('no district left');
  return district;
}
function firstBelow(bridge: Bridge): Bridge {
  const [first] = scene.below(bridge);
  if (first === undefined) throw new Error('nothing below');
  return first;
}

describe('a report on its way', () => {
  test('draft, sent, returned with a remark, sent anew, accepted: every step is kept with who and when', async () => {
    const district = nextDistrict();
    const host = await signIn(server, [hostAt(scene.conference, district.id)], 'Vi Văn Cửa');
    const params = paramsAt(district);
    expect(await host.call(api.headcount, { params })).toMatchObject({ report: null, status: 'not-due' });

    const drafted = await host.call(api.saveHeadcount, { params, body: { total: 70 } });
    expect(drafted).toMatchObject({ state: 'draft', revision: 0, submittedAt: null, content: { total: 70 } });
    await host.call(api.saveHeadcount, { params, body: { total: 71 } });
    clock.advance(60_000);
    const sent = await host.call(api.submitHeadcount, {
      params,
      body: { total: 80, byClause: { C16: 50, C17: 20 }, chairName: 'Nông Văn Chủ' },
    });
    expect(sent).toMatchObject({ state: 'submitted', revision: 1, submittedAt: clock(), draft: null });
    clock.advance(60_000);
    const returned = await upper.call(api.returnHeadcount, {
      params,
      query: { revision: '1' },
      body: { remark: 'Thiếu số   khách mời' },
    });
    expect(returned).toMatchObject({ state: 'returned', returnedWith: 'Thiếu số khách mời' });
    const begun = await host.call(api.saveHeadcount, { params, body: { total: 84 } });
    expect(begun).toMatchObject({ state: 'returned', content: { total: 80 }, draft: { total: 84 } });
    await host.call(api.submitHeadcount, { params, body: { total: 85 } });
    const accepted = await upper.call(api.acceptHeadcount, { params });
    expect(accepted).toMatchObject({ state: 'accepted', revision: 2, returnedWith: null });
    const own = await host.call(api.headcount, { params });
    expect(own.report?.history.map(({ step, revision, total, by }) => [step, revision, total, by])).toEqual([
      ['draft', 0, 71, 'Vi Văn Cửa'],
      ['submit', 1, 80, 'Vi Văn Cửa'],
      ['return', 1, 80, 'Lò Thị Trên'],
      ['draft', 1, 84, 'Vi Văn Cửa'],
      ['submit', 2, 85, 'Vi Văn Cửa'],
      ['accept', 2, 85, 'Lò Thị Trên'],
    ]);
    expect(accepted.history.find(({ step }) => step === 'return')?.remark).toBe('Thiếu số khách mời');
    expect(accepted.history.map(({ step }) => step)).toEqual(['submit', 'return', 'submit', 'accept']);
  });

  test('a draft is for those who work at the bridge, and for whoever wrote it; the level above sees what was sent', async () => {
    const district = nextDistrict();
    const params = paramsAt(district);
    const host = await signIn(server, [hostAt(scene.conference, district.id)]);
    const beside = await signIn(server, [unitOrganizerAt(scene.conference, district.id)]);
    await host.call(api.saveHeadcount, { params, body: { total: 33 } });
    for (const above of [upper, organizer])
      expect(await above.call(api.headcount, { params })).toMatchObject({ report: null });
    expect((await beside.call(api.headcount, { params })).report).toMatchObject({ draft: { total: 33 } });
    await host.call(api.submitHeadcount, { params, body: { total: 34 } });
    await host.call(api.saveHeadcount, { params, body: { total: 35 } });
    const seen = (await upper.call(api.headcount, { params })).report;
    expect(seen).toMatchObject({ draft: null, content: { total: 34 } });
    // Ids have figures of their own.
    expect(JSON.stringify({ ...seen, bridge: null })).not.toMatch(/33|35/);
    await upper.call(api.saveHeadcount, { params, body: { total: 36 } });
    expect((await upper.call(api.headcount, { params })).report).toMatchObject({ draft: { total: 36 } });
  });

  test('what is accepted changes only after it was returned, and the refusal says so', async () => {
    const bridge = firstBelow(nextDistrict());
    await submit(bridge, 30);
    await organizer.call(api.acceptHeadcount, { params: paramsAt(bridge) });
    for (const contract of [api.submitHeadcount, api.saveHeadcount]) {
      const problem = await organizer.refusal(contract, { params: paramsAt(bridge), body: { total: 31 } });
      expect(problem.code).toBe('wrong-state');
      expect(problem.detail).toBe(
        'Báo cáo đã được nhận. Muốn sửa, đề nghị cấp trên trả lại. Chưa có gì được lưu.',
      );
    }
    await organizer.call(api.returnHeadcount, { params: paramsAt(bridge), body: { remark: 'sửa lại' } });
    expect(await submit(bridge, 31)).toMatchObject({ state: 'submitted', revision: 2 });
  });

  test('the same report sent again is the same submission', async () => {
    const bridge = firstBelow(nextDistrict());
    const first = await submit(bridge, 12);
    expect(await submit(bridge, 12)).toEqual(first);
  });

  test('nothing sent, nothing to decide on', async () => {
    const bridge = firstBelow(nextDistrict());
    const params = paramsAt(bridge);
    expect(await organizer.refusal(api.acceptHeadcount, { params })).toMatchObject({ code: 'wrong-state' });
    await organizer.call(api.saveHeadcount, { params, body: { total: 1 } });
    const problem = await organizer.refusal(api.returnHeadcount, {
      params,
      body: { remark: 'x' },
      language: 'en',
    });
    expect(problem.detail).toBe('No report has been sent. Nothing was saved.');
  });

  test('whoever looked at an earlier revision decides nothing', async () => {
    const bridge = firstBelow(nextDistrict());
    await submit(bridge, 20);
    await submit(bridge, 21);
    const problem = await organizer.refusal(api.acceptHeadcount, {
      params: paramsAt(bridge),
      query: { revision: '1' },
    });
    expect(problem.code).toBe('out-of-date');
    expect(problem.detail).toContain('nay là lần 2');
  });

  test('of two who decide at once one is told that the report has changed', async () => {
    const bridge = firstBelow(nextDistrict());
    await submit(bridge, 20);
    const answers = await Promise.all([
      upper.response(api.acceptHeadcount, { params: paramsAt(bridge) }),
      organizer.response(api.acceptHeadcount, { params: paramsAt(bridge) }),
    ]);
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200, 409]));
    const { report } = await organizer.call(api.headcount, { params: paramsAt(bridge) });
    expect(report?.history.map(({ step }) => step)).toEqual(['submit', 'accept']);
  });

  test('of two first drafts at once both are answered and one report stands', async () => {
    const bridge = firstBelow(nextDistrict());
    const save = (total: number) =>
      organizer.response(api.saveHeadcount, { params: paramsAt(bridge), body: { total } });
    const answers = await Promise.all([save(1), save(2), save(3)]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
    const { report } = await organizer.call(api.headcount, { params: paramsAt(bridge) });
    expect(report?.history).toHaveLength(1);
  });
});

describe('who may', () => {
  test('a host reports for the own bridge, and decides on nothing', async () => {
    const [first, second] = scene.below(scene.province);
    if (first === undefined || second === undefined) throw new Error('two districts');
    const host = await signIn(server, [hostAt(scene.conference, first.id)]);
    expect(await submit(first, 10, host)).toMatchObject({ state: 'submitted' });
    const params = paramsAt(second);
    for (const contract of [api.submitHeadcount, api.saveHeadcount])
      expect(await host.refusal(contract, { params, body: { total: 1 } })).toMatchObject({
        code: 'not-found',
      });
    const own = paramsAt(first);
    expect(await host.refusal(api.acceptHeadcount, { params: own })).toMatchObject({ code: 'forbidden' });
    const deadline = { params: own, body: { dueBefore: clock() } };
    expect(await host.refusal(api.setInnerDeadline, deadline)).toMatchObject({ code: 'forbidden' });
  });

  test('a unit does not accept its own report, nor that of a unit beside it; the one above does', async () => {
    const district = nextDistrict();
    const beside = scene.below(scene.province).find((bridge) => bridge.id !== district.id);
    const own = await signIn(server, [unitOrganizerAt(scene.conference, district.id)]);
    const other = await signIn(server, [unitOrganizerAt(scene.conference, beside?.id as BridgeId)]);
    await submit(district, 40, own);
    const params = paramsAt(district);
    const problem = await own.refusal(api.acceptHeadcount, { params });
    expect(problem).toMatchObject({ code: 'forbidden' });
    expect(problem.detail).toBe('Việc này do cấp trên trực tiếp quyết định. Chưa có gì thay đổi.');
    expect(await own.refusal(api.returnHeadcount, { params, body: { remark: 'x' } })).toMatchObject({
      code: 'forbidden',
    });
    expect(await other.refusal(api.acceptHeadcount, { params })).toMatchObject({ code: 'not-found' });
    expect(await other.refusal(api.headcount, { params })).toMatchObject({ code: 'not-found' });
    const below = firstBelow(district);
    await submit(below, 4, own);
    expect(await own.call(api.acceptHeadcount, { params: paramsAt(below) })).toMatchObject({
      state: 'accepted',
    });
    expect(await upper.call(api.acceptHeadcount, { params })).toMatchObject({ state: 'accepted' });
  });

  test("the topmost bridge's own report is for an organizer of the conference", async () => {
    const central = await signIn(server, [unitOrganizerAt(scene.conference, scene.root.id)]);
    const conference = await signIn(server, [organizerOf(scene.conference)]);
    await submit(scene.root, 500, central);
    const params = paramsAt(scene.root);
    expect(await central.refusal(api.acceptHeadcount, { params })).toMatchObject({ code: 'forbidden' });
    expect(await conference.call(api.acceptHeadcount, { params })).toMatchObject({ state: 'accepted' });
  });

  test('somebody without a role in the conference finds nothing', async () => {
    const stranger = await signIn(server, []);
    expect(await stranger.refusal(api.headcount, { params: paramsAt(scene.root) })).toMatchObject({
      code: 'not-found',
    });
  });
});

describe('what is sent', () => {
  test('a clause that the plan does not have, clauses over the total, a category over the total: nothing is kept', async () => {
    const bridge = firstBelow(scene.district);
    const params = paramsAt(bridge);
    const refusal = (body: object) =>
      organizer.refusal(api.submitHeadcount, { params, body: { total: 10, ...body } });
    expect(await refusal({ byClause: { C99: 1 } })).toMatchObject({
      code: 'has-errors',
      faults: [{ at: 'byClause.C99' }],
    });
    expect(await refusal({ byClause: { C19: 7, C20: 4 } })).toMatchObject({
      code: 'has-errors',
      detail: `${bridge.name}: các mục thành phần cộng lại 11, nhiều hơn tổng số 10. Chưa có gì được lưu.`,
    });
    expect(await refusal({ byCategory: { partyMember: 11 } })).toMatchObject({
      faults: [{ at: 'byCategory.partyMember' }],
    });
    expect(await organizer.call(api.headcount, { params })).toMatchObject({ report: null });
  });

  test('numbers that are no heads are refused at their field', async () => {
    const params = paramsAt(firstBelow(scene.district));
    for (const total of [-1, 1.5, 1_000_001, 1e300, '5', null]) {
      const problem = await organizer.refusal(api.submitHeadcount, { params, body: { total } as never });
      expect(problem.code).toBe('malformed');
      expect(new Set(problem.faults?.map(({ at }) => at))).toEqual(new Set(['total']));
    }
    const many = Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`k${at}`, 0]));
    expect(
      await organizer.refusal(api.submitHeadcount, { params, body: { total: 0, byCategory: many } }),
    ).toMatchObject({ code: 'malformed', faults: [{ at: 'byCategory' }] });
  });

  test('a hostile remark comes back as it was written, on one line, in NFC, and nothing else happens', async () => {
    const bridge = firstBelow(scene.district);
    const params = paramsAt(bridge);
    await submit(bridge, 3);
    const hostile = `<img src=x onerror=alert(1)>'; DROP TABLE bridge;--\n=HYPERLINK("http://x")\u202E ${'Thiếu'.normalize('NFD')}`;
    const returned = await organizer.call(api.returnHeadcount, { params, body: { remark: hostile } });
    expect(returned.returnedWith).toBe(
      `<img src=x onerror=alert(1)>'; DROP TABLE bridge;--`.replaceAll(/ (?=[,;.:])/g, '') +
        ` =HYPERLINK("http://x")\u202E Thiếu`,
    );
    const send = (remark: string) => organizer.refusal(api.returnHeadcount, { params, body: { remark } });
    for (const remark of ['', '   \n', 'x'.repeat(2001), 'a\0b', '\uD800'])
      expect(await send(remark)).toMatchObject({ code: 'malformed', faults: [{ at: 'remark' }] });
  });
});

describe('who has reported', () => {
  test('on time, late and by how long, missing, returned; each against its own deadline', async () => {
    const fresh = await setScene(server);
    const { province, conference } = fresh;
    const districts = fresh.below(province);
    const [onTime, late, missing, returned, zero] = districts;
    if (!onTime || !late || !missing || !returned || !zero) throw new Error('five districts');
    const at = (bridge: Bridge) => ({ conference, bridge: bridge.id });
    const dueOf = (bridge: Bridge, query = {}) =>
      organizer.call(api.reportsDue, { params: at(bridge), query });

    // The plan binds the province: trước ngày 10/01/2025. The province sets an earlier one for those below.
    const inner = instant('2025-01-08T17:00:00+07:00');
    await organizer.call(api.setInnerDeadline, { params: at(province), body: { dueBefore: inner } });
    const send = (bridge: Bridge, total: number) =>
      organizer.call(api.submitHeadcount, { params: at(bridge), body: { total } });
    await goTo('2025-01-08T16:59:59+07:00');
    await send(onTime, 100);
    await send(returned, 50);
    await send(zero, 0);
    await organizer.call(api.returnHeadcount, { params: at(returned), body: { remark: 'thiếu' } });
    await goTo('2025-01-08T19:30:00+07:00');
    await send(late, 60);
    await goTo('2025-01-10T08:00:00+07:00');
    await send(province, 200);

    const { items, rollUp } = await dueOf(province);
    const row = (bridge: Bridge) => items.find((item) => item.bridge === bridge.id);
    expect(items.map((item) => item.bridge)).toEqual(districts.map((bridge) => bridge.id));
    expect(row(onTime)).toMatchObject({ status: 'on-time', lateByMs: 0, total: 100, dueBefore: inner });
    expect(row(late)).toMatchObject({ status: 'late', lateByMs: 2.5 * 3_600_000, total: 60 });
    expect(row(missing)).toMatchObject({ status: 'missing', total: null, state: null });
    expect(row(missing)?.lateByMs).toBe(39 * 3_600_000);
    expect(row(returned)).toMatchObject({ status: 'returned', state: 'returned', total: 50 });
    // Zero is a report; nothing is a gap.
    expect(row(zero)).toMatchObject({ status: 'on-time', total: 0 });
    expect(rollUp).toMatchObject({ reported: 4, total: 410, late: 2 });
    expect(rollUp.bridges).toBe(1 + districts.length + 12);
    expect(rollUp.byClass.map((one) => [one.class, one.bridges, one.reported, one.total])).toEqual([
      ['province', 1, 1, 200],
      ['district', 10, 3, 210],
      ['commune', 12, 0, 0],
    ]);

    // The province was eight hours late by the plan's own deadline.
    const above = await dueOf(fresh.root);
    expect(above.items.find((item) => item.bridge === province.id)).toMatchObject({
      status: 'late',
      lateByMs: 8 * 3_600_000,
      dueBefore: instant('2025-01-10T00:00:00+07:00'),
      below: { bridges: 23, reported: 4, total: 410 },
    });

    // As it stood at an earlier moment.
    const before = await dueOf(province, { asOf: instant('2025-01-08T17:00:00+07:00') });
    expect(before.items.find((item) => item.bridge === late.id)).toMatchObject({
      status: 'missing',
      lateByMs: 0,
    });
    const early = await dueOf(province, { asOf: instant('2025-01-07T00:00:00+07:00') });
    expect(new Set(early.items.map((item) => item.status))).toEqual(new Set(['not-due']));
  });

  test('the list is filtered by status, goes down as deep as asked, and comes in pages of one moment', async () => {
    const params = paramsAt(scene.province);
    const all = await organizer.call(api.reportsDue, { params, query: { deep: 'true' } });
    expect(all.items).toHaveLength(22);
    expect(all.next).toBeNull();
    const paged: DueRow[] = [];
    let cursor: string | undefined;
    do {
      const page = await organizer.call(api.reportsDue, {
        params,
        query: { deep: 'true', limit: '5', ...(cursor !== undefined && { cursor }) },
      });
      paged.push(...page.items);
      cursor = page.next ?? undefined;
      expect(page.rollUp.asOf).toBe(all.rollUp.asOf);
      clock.advance(1);
    } while (cursor !== undefined);
    expect(paged).toEqual(all.items);
    const missing = await due(scene.province, { deep: 'true', status: 'missing', asOf: all.rollUp.asOf });
    expect(missing.items).toEqual(all.items.filter((item) => item.status === 'missing'));
    const broken = await organizer.refusal(api.reportsDue, { params, query: { cursor: 'zzz' } });
    expect(broken.code).toBe('malformed');
  });

  test('an inner deadline leaves the unit that sets it time, and needs somebody below', async () => {
    const late = instant('2025-01-10T00:00:00+07:00');
    const problem = await organizer.refusal(api.setInnerDeadline, {
      params: paramsAt(scene.province),
      body: { dueBefore: late },
    });
    expect(problem).toMatchObject({ code: 'has-errors', faults: [{ at: 'dueBefore' }] });
    expect(problem.detail).toContain('phải sớm hơn hạn của chính đơn vị');
    const [commune] = scene.communes;
    if (commune === undefined) throw new Error('a commune');
    const nobody = await organizer.refusal(api.setInnerDeadline, {
      params: paramsAt(commune),
      body: { dueBefore: instant('2025-01-07T00:00:00+07:00') },
    });
    expect(nobody).toMatchObject({ code: 'wrong-state' });
  });
});

describe('difficulties', () => {
  test('go up at any time, along the office that the plan names, and are read by those above', async () => {
    const [commune] = scene.communes;
    if (commune === undefined) throw new Error('a commune');
    await goTo('2025-01-12T22:00:00+07:00');
    const host = await signIn(server, [hostAt(scene.conference, commune.id)], 'Bế Thị Khó');
    const raised = await host.call(api.reportDifficulty, {
      params: paramsAt(commune),
      body: { text: 'Đường truyền   chập chờn' },
    });
    expect(raised).toMatchObject({ at: clock() });
    expect(raised.addressee).toContain('Thường trực Ban Bí thư');
    expect(raised.via).toContain('Vụ Tổng hợp');
    clock.advance(1000);
    await organizer.call(api.reportDifficulty, { params: paramsAt(scene.root), body: { text: 'Thiếu ghế' } });
    clock.advance(1000);
    await host.call(api.reportDifficulty, { params: paramsAt(commune), body: { text: 'Mất điện' } });

    const below = await upper.call(api.difficulties, { params: paramsAt(scene.province) });
    expect(below.items.map(({ text, by, bridgeName }) => [text, by, bridgeName])).toEqual([
      ['Mất điện', 'Bế Thị Khó', commune.name],
      ['Đường truyền chập chờn', 'Bế Thị Khó', commune.name],
    ]);
    const params = paramsAt(scene.root);
    const first = await organizer.call(api.difficulties, { params, query: { limit: '2' } });
    expect(first.items.map(({ text }) => text)).toEqual(['Mất điện', 'Thiếu ghế']);
    const rest = await organizer.call(api.difficulties, { params, query: { cursor: first.next ?? '' } });
    expect(rest.items.map(({ text }) => text)).toEqual(['Đường truyền chập chờn']);
    const own = await host.call(api.difficulties, { params: paramsAt(commune) });
    expect(own.items.map(({ text }) => text)).toEqual(['Mất điện', 'Đường truyền chập chờn']);
    expect(await host.refusal(api.difficulties, { params: paramsAt(scene.province) })).toMatchObject({
      code: 'not-found',
    });
    expect(
      await host.refusal(api.reportDifficulty, { params: paramsAt(commune), body: { text: ' ' } }),
    ).toMatchObject({ code: 'malformed' });
  });
});
