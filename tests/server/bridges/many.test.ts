import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { BridgeClass } from '../../../domain/bridges/bridge.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import { hostAt, signIn, unitOrganizerAt } from '../harness.ts';
import { allBridges, sample, type Sample } from '../sample.ts';

let s: Sample;
beforeAll(async () => {
  s = await sample({ communes: 12, until: 'people' });
});
afterAll(() => s.server.close());

const at = (bridge: BridgeId) => ({ conference: s.conference, bridge });
const look = async (bridge: BridgeId) => (await s.organizer.call(api.bridge, { params: at(bridge) })).bridge;
const communes = () => s.bridges.filter((bridge) => bridge.class === 'commune').map(({ id }) => id);
const province = () => s.bridge('97').id;
const latest = async () =>
  (await s.organizer.call(api.bridgeChanges, { params: at(province()) })).items.filter(
    ({ undone }) => !undone,
  );

describe('many bridges at once', () => {
  test('take the same, are one change, and are as they were after it is taken back', async () => {
    const ids = communes();
    const [first] = ids;
    if (first === undefined) throw new Error('no communes');
    await s.organizer.call(api.changeBridge, { params: at(first), body: { capacity: 33, ready: ['room'] } });
    const body = {
      bridges: ids,
      change: {
        capacity: 80,
        mark: ['line' as const],
        contacts: { technical: { name: 'Tổ kỹ thuật tỉnh', phone: '0912 345 678' } },
      },
    };
    const done = await s.organizer.call(api.changeBridges, { params: at(province()), body });
    expect(done.changed).toBe(ids.length);
    expect(await look(first)).toMatchObject({
      capacity: 80,
      ready: ['room', 'line'],
      contacts: { technical: { name: 'Tổ kỹ thuật tỉnh', phone: '0912 345 678' }, organizer: null },
    });
    const again = await s.organizer.call(api.changeBridges, { params: at(province()), body });
    expect(again).toEqual({ changed: 0, change: null });
    const [change] = await latest();
    expect(change?.message).toMatch(/^Sửa số chỗ, mức sẵn sàng, người liên hệ của .+ và 11 điểm cầu khác$/);

    const params = { ...at(province()), change: done.change ?? '' };
    expect(await s.organizer.call(api.undoBridgeChange, { params })).toMatchObject({
      changed: ids.length,
      left: 0,
    });
    expect(await look(first)).toMatchObject({
      capacity: 33,
      ready: ['room'],
      contacts: { technical: null, organizer: null },
    });
    expect((await s.organizer.refusal(api.undoBridgeChange, { params })).code).toBe('out-of-date');
  });

  test('what was changed again since stays as it is when the change is taken back', async () => {
    const [first, second] = communes();
    if (first === undefined || second === undefined) throw new Error('no communes');
    const { change } = await s.organizer.call(api.changeBridges, {
      params: at(province()),
      body: { bridges: [first, second], change: { capacity: 61 } },
    });
    await s.organizer.call(api.changeBridge, { params: at(first), body: { capacity: 62 } });
    const params = { ...at(province()), change: change ?? '' };
    expect(await s.organizer.call(api.undoBridgeChange, { params })).toMatchObject({ changed: 1, left: 1 });
    expect((await look(first)).capacity).toBe(62);
    expect((await look(second)).capacity).not.toBe(61);
  });

  test('a bad value or a bridge from elsewhere changes none of them', async () => {
    const [first] = communes();
    if (first === undefined) throw new Error('no communes');
    const before = (await look(first)).capacity;
    const bad = await s.organizer.refusal(api.changeBridges, {
      params: at(province()),
      body: {
        bridges: communes(),
        change: { capacity: 5, contacts: { organizer: { name: null, phone: 'không có' } } },
      },
    });
    expect(bad).toMatchObject({ code: 'has-errors', faults: [{ at: 'organizer' }] });
    const stray = await s.organizer.refusal(api.changeBridges, {
      params: at(s.bridge('971').id),
      body: { bridges: [first, s.bridge('972').id], change: { capacity: 5 } },
    });
    expect(stray.code).toBe('out-of-date');
    expect((await look(first)).capacity).toBe(before);
  });

  test('are taken out together with what hangs on them, and come back to their places', async () => {
    const before = await allBridges(s.organizer, s.conference);
    const district = s.bridge('974').id;
    const below = before.filter(({ parent }) => parent === district).map(({ id }) => id);
    const alone = await s.organizer.refusal(api.removeBridge, { params: at(district) });
    expect(alone.detail).toContain('trực thuộc');
    const taken = await s.organizer.call(api.removeBridge, {
      params: at(district),
      query: { below: 'true' },
    });
    expect(taken.changed).toBe(below.length + 1);
    expect((await allBridges(s.organizer, s.conference)).length).toBe(before.length - taken.changed);
    await s.organizer.call(api.undoBridgeChange, {
      params: { ...at(province()), change: taken.change ?? '' },
    });
    expect((await allBridges(s.organizer, s.conference)).map(({ id }) => id)).toEqual(
      before.map(({ id }) => id),
    );
  });

  test('a unit organizer changes and takes back what is below them, and nothing that others did above', async () => {
    const district = s.bridge('973').id;
    const own = await signIn(s.server, [unitOrganizerAt(s.conference, district)]);
    const village = { class: BridgeClass.parse('village'), name: 'Xóm 9', unit: null, organisation: null };
    const added = await own.call(api.addBridge, { params: at(district), body: village });
    const { items } = await own.call(api.bridgeChanges, { params: at(district) });
    expect(items.map(({ message }) => message)).toEqual(['Thêm Xóm 9']);
    const whole = await s.organizer.call(api.changeBridges, {
      params: at(province()),
      body: { bridges: [s.bridge('97').id, district], change: { capacity: 900 } },
    });
    const change = whole.change ?? '';
    expect((await own.refusal(api.undoBridgeChange, { params: { ...at(district), change } })).code).toBe(
      'not-found',
    );
    const back = { ...at(district), change: added.change ?? '' };
    await own.call(api.undoBridgeChange, { params: back });
    expect((await own.refusal(api.bridge, { params: at(added.id) })).code).toBe('not-found');
  });
});

describe('a move', () => {
  test('says before what it changes, and is taken back', async () => {
    const params = at(s.bridge('975').id);
    const { refusal, effects } = await s.organizer.call(api.moveEffect, {
      params,
      query: { to: s.bridge('976').id },
    });
    expect(refusal).toBeNull();
    expect(effects.join('\n')).toMatch(
      /^\d+ điểm cầu chuyển theo, với \d+ đại biểu\.\nBáo cáo số lượng của /,
    );
    expect(effects.some((effect) => /từ \d+ thành \d+ điểm cầu bên dưới/.test(effect))).toBe(true);
    const moved = await s.organizer.call(api.changeBridge, { params, body: { parent: s.bridge('976').id } });
    await s.organizer.call(api.undoBridgeChange, {
      params: { ...at(province()), change: moved.change ?? '' },
    });
    expect((await look(s.bridge('975').id)).parent).toBe(s.bridge('97').id);
  });

  test('is refused before and after where a frozen report of attendance would not fit the tree any more', async () => {
    const [from, to] = [s.bridge('977'), s.bridge('978')];
    const commune = s.bridges.find(({ parent }) => parent === from.id);
    if (commune === undefined) throw new Error('no commune');
    await s.server.database.write('attendance_report').insert({
      conference: s.conference,
      session: s.session,
      bridge: from.id,
      version: 1,
      sequence: 0,
      at: 1,
      figures: '',
      differences: '',
      differing: 0,
    });
    const params = at(commune.id);
    const said = await s.organizer.call(api.moveEffect, { params, query: { to: to.id } });
    expect(said.refusal).toBe(
      `Báo cáo điểm danh của ${from.name} đã chốt theo cây điểm cầu hiện nay, nên không chuyển được. Chưa có gì được lưu.`,
    );
    const refusal = await s.organizer.refusal(api.changeBridge, { params, body: { parent: to.id } });
    expect(refusal).toMatchObject({ code: 'conflict', detail: said.refusal });
  });
});

describe('the table of all bridges', () => {
  test('has every bridge below its parent, and says when nothing is new', async () => {
    const params = { conference: s.conference };
    const { revision, table } = await s.organizer.call(api.bridgeTable, { params });
    const all = await allBridges(s.organizer, s.conference);
    expect(table?.ids).toEqual(all.map(({ id }) => id));
    expect(table?.parents.every((parent, place) => parent < place)).toBe(true);
    expect(await s.organizer.call(api.bridgeTable, { params, query: { since: revision } })).toEqual({
      revision,
      table: null,
    });
    await s.organizer.call(api.changeBridge, { params: at(province()), body: { capacity: 901 } });
    const next = await s.organizer.call(api.bridgeTable, { params, query: { since: revision } });
    expect(next.table?.capacities[next.table.ids.indexOf(province())]).toBe(901);
  });

  test('has for somebody at one bridge what they see, and no more', async () => {
    const district = s.bridge('973').id;
    const params = { conference: s.conference };
    const own = await signIn(s.server, [unitOrganizerAt(s.conference, district)]);
    const seen = (await own.call(api.bridgeTable, { params })).table;
    expect(seen?.ids[0]).toBe(district);
    expect(seen?.parents).toEqual([-1, ...Array.from({ length: (seen?.ids.length ?? 1) - 1 }, () => 0)]);
    const host = await signIn(s.server, [hostAt(s.conference, province())]);
    expect((await host.call(api.bridgeTable, { params })).table?.ids).toEqual([province()]);
  });
});
