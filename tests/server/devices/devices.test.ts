import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { api } from '../../../domain/wire/api.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import type { ServerBody } from '../../../domain/wire/sockets.ts';
import { writeEveryContact } from '../../../server/devices/live.ts';
import {
  hostAt,
  signIn,
  startTestServer,
  unitOrganizerAt,
  type SignedInClient,
  type TestSocket,
} from '../harness.ts';
import { arriveAt, sample, type Sample } from '../sample.ts';
import { machineAt } from './scene.ts';

let s: Sample;
let commune: BridgeRow;
let neighbour: BridgeRow;
let province: BridgeRow;
const open: TestSocket[] = [];
beforeAll(async () => {
  s = await sample({ communes: 12 });
  commune = s.bridge('97004');
  neighbour = s.bridge('97005');
  province = s.bridge('97');
});
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});
afterAll(() => s.server.close());

const machine = async (bridge: BridgeRow, own: Parameters<typeof machineAt>[2] = {}) => {
  const opened = await machineAt(s, bridge, own);
  open.push(opened);
  return opened;
};
const params = (bridge: BridgeRow) => ({ conference: s.conference, bridge: bridge.id });
const list = async (bridge: BridgeRow, by: SignedInClient = s.organizer) =>
  by.call(api.devices, { params: params(bridge), query: { limit: 1000 } });
const rowOf = async (bridge: BridgeRow, device: string) =>
  (await list(bridge)).items.find((row) => row.device === device);
const revoke = (bridge: BridgeRow, device: string, by: SignedInClient = s.organizer) =>
  by.call(api.revokeDevice, { params: { ...params(bridge), device }, body: { reason: 'mất máy' } });
const door = (bridge: BridgeRow) => ({ ...params(bridge), session: s.session });

describe('a machine that announces itself', () => {
  test('is known by its number until somebody names it, with its browser in plain words and who used it', async () => {
    const one = await machine(commune);
    expect(await one.hello()).toMatchObject({ ok: true, name: 'Máy 1', revoked: null, message: null });
    const other = await machine(commune);
    expect(await other.hello()).toMatchObject({ name: 'Máy 2' });
    expect(await rowOf(commune, one.device)).toMatchObject({
      name: 'Máy 1',
      browser: 'Chrome trên Windows 7',
      account: 'Trần Thử Nghiệm',
      state: 'connected',
      bridgeName: commune.name,
      waiting: 0,
    });
    expect(await other.hello({ name: 'Cửa chính' })).toMatchObject({ name: 'Cửa chính' });
    expect((await rowOf(commune, other.device))?.name).toBe('Cửa chính');
  });

  test('costs no write for each message: hundreds of them are one or two', async () => {
    const one = await machine(neighbour);
    let statements = 0;
    const count = ({ sql }: { sql: string }) => (statements += sql.startsWith('insert into device') ? 1 : 0);
    s.server.database.write.on('query', count);
    for (let waiting = 0; waiting < 200; waiting++) await one.hello({ waiting, waitingSince: s.clock() });
    expect((await rowOf(neighbour, one.device))?.waiting).toBe(199);
    await writeEveryContact(s.server.context());
    s.server.database.write.off('query', count);
    // One when its time came, one for the rest.
    expect(statements).toBeLessThanOrEqual(2);
    const row = await s.server.database.read('device').where({ device: one.device }).first();
    expect(row).toMatchObject({ waiting: 199, waiting_since: s.clock(), number: 1 });
  });

  test('is named in what the other machines of the bridge are told', async () => {
    const [one, other] = [await machine(commune), await machine(commune)];
    await one.hello({ name: 'Cửa 2' });
    await other.hello();
    const { person } = (await s.seatedAt(commune.id))[0]!;
    const scan = (device: string) => ({
      ...door(commune),
      language: 'vi' as const,
      events: [arriveAt(s, commune.id, person, { device })],
    });
    await one.ask('attendance:record', scan(one.device));
    s.clock.advance(60_000);
    expect(await other.ask('attendance:record', scan(other.device))).toMatchObject({
      items: [{ message: expect.stringMatching(/^Đã điểm danh lúc .* tại Cửa 2\.$/) }],
    });
  });

  test('that leaves is silent since then', async () => {
    const one = await machine(commune);
    await one.hello();
    s.clock.advance(60_000);
    const left = s.clock();
    one.close();
    await expect.poll(async () => (await rowOf(commune, one.device))?.state).toBe('silent');
    s.clock.advance(60_000);
    expect((await rowOf(commune, one.device))?.lastContact).toBe(left);
  });

  test('is refused where its account may not work', async () => {
    const stranger = await signIn(s.server, [hostAt(s.conference, neighbour.id)]);
    const one = await machine(commune, { host: stranger });
    // Somebody else's bridge is none that they see.
    expect(await one.hello()).toMatchObject({ ok: false, reason: 'not-found' });
  });

  test('is named by the unit as well, and the name stays after a restart', async () => {
    const one = await machine(commune);
    await one.hello({ name: 'Tên cũ' });
    const by = await signIn(s.server, [unitOrganizerAt(s.conference, province.id)]);
    const named = await by.call(api.nameDevice, {
      params: { ...params(commune), device: one.device },
      body: { name: 'Máy ở tầng 2' },
    });
    expect(named.name).toBe('Máy ở tầng 2');
    expect(await one.hello()).toMatchObject({ name: 'Máy ở tầng 2' });
    const again = await startTestServer({ data: s.server.data, clock: s.clock });
    const there = await machineAt({ ...s, server: again }, commune, one);
    expect(await there.hello()).toMatchObject({ name: 'Máy ở tầng 2' });
    there.close();
    await again.close();
  });
});

describe('the list', () => {
  test('shows those first that need somebody, over the whole subtree, and sums them up', async () => {
    const [quiet, stuck, busy] = [await machine(commune), await machine(neighbour), await machine(commune)];
    await quiet.hello();
    await busy.hello({ waiting: 5, waitingSince: s.clock() });
    await stuck.hello({ waiting: 3, waitingSince: s.clock() - 3_600_000 });
    stuck.close();
    await expect.poll(async () => (await rowOf(province, stuck.device))?.state).toBe('silent');
    const { items, summary } = await list(province);
    const place = (device: string) => items.findIndex((row) => row.device === device);
    expect(place(stuck.device)).toBeLessThan(place(busy.device));
    expect(place(busy.device)).toBeLessThan(place(quiet.device));
    expect(summary.machines).toBe(items.length);
    expect(summary.waiting).toBe(items.reduce((sum, { waiting }) => sum + waiting, 0));
    const pages = [];
    for (let cursor: string | undefined; ;) {
      const query = { limit: 2, ...(cursor !== undefined && { cursor }) };
      const page = await s.organizer.call(api.devices, { params: params(province), query });
      pages.push(...page.items);
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(pages.map(({ device }) => device)).toEqual(items.map(({ device }) => device));
  });

  test('is for organizers of the subtree only', async () => {
    const host = await signIn(s.server, [hostAt(s.conference, commune.id)]);
    const beside = await signIn(s.server, [unitOrganizerAt(s.conference, neighbour.id)]);
    for (const [by, code] of [
      [host, 'forbidden'],
      [beside, 'not-found'],
    ] as const) {
      expect((await by.refusal(api.devices, { params: params(commune) })).code).toBe(code);
      const path = { ...params(commune), device: 'may' };
      const body = { reason: 'thử' };
      expect((await by.refusal(api.revokeDevice, { params: path, body })).code).toBe(code);
    }
    expect((await beside.refusal(api.quarantine, { params: params(commune) })).code).toBe('not-found');
  });

  test('does not let one subtree revoke the machines of another', async () => {
    const one = await machine(commune);
    await one.hello();
    const beside = await signIn(s.server, [unitOrganizerAt(s.conference, neighbour.id)]);
    const refusal = await beside.refusal(api.revokeDevice, {
      params: { ...params(neighbour), device: one.device },
      body: { reason: 'của nơi khác' },
    });
    expect(refusal.code).toBe('not-found');
    expect(await one.hello()).toMatchObject({ revoked: null });
  });
});

describe('a revoked machine', () => {
  test('is told at once, is put off its line, and gets no new data', async () => {
    const one = await machine(commune);
    await one.hello();
    const watch = { ...door(commune), device: one.device };
    expect(await one.ask('door:watch', watch)).toMatchObject({ ok: true });
    const told = new Promise<ServerBody<'device:revoked'>>((resolve) =>
      one.socket.once('device:revoked', resolve),
    );
    const gone = new Promise((resolve) => one.socket.once('disconnect', resolve));
    expect(await revoke(commune, one.device)).toEqual({ bridges: [commune.id] });
    expect(await told).toMatchObject({ bridge: commune.id, device: one.device });
    expect((await told).message).toContain('mất máy');
    await gone;

    const again = await machine(commune, one);
    const answer = await again.hello();
    expect(answer).toMatchObject({ ok: true, revoked: { reason: 'mất máy' } });
    expect(await again.ask('door:watch', watch)).toMatchObject({ ok: false, reason: 'device-revoked' });
    const problem = await again.host.refusal(api.door, {
      params: door(commune),
      query: { device: one.device },
    });
    expect(problem.code).toBe('device-revoked');
    expect(problem.detail).toContain('mất máy');
    expect(await rowOf(commune, one.device)).toMatchObject({
      state: 'revoked',
      revoked: { reason: 'mất máy', by: 'Trần Thử Nghiệm' },
    });
  });

  test('is revoked once, and restored once', async () => {
    const one = await machine(commune);
    await one.hello();
    await revoke(commune, one.device);
    const path = { ...params(commune), device: one.device };
    const body = { reason: 'tìm thấy rồi' };
    expect((await s.organizer.refusal(api.revokeDevice, { params: path, body })).code).toBe('wrong-state');
    expect(await s.organizer.call(api.restoreDevice, { params: path, body })).toEqual({
      bridges: [commune.id],
    });
    expect((await s.organizer.refusal(api.restoreDevice, { params: path, body })).code).toBe('wrong-state');
    const again = await machine(commune, one);
    expect(await again.hello()).toMatchObject({ revoked: null });
    const page = await again.host.call(api.door, { params: door(commune), query: { device: one.device } });
    expect(page.bridge.id).toBe(commune.id);
  });

  test('is revoked at every bridge below where it was, and nowhere else', async () => {
    const host = await signIn(s.server, [
      hostAt(s.conference, commune.id),
      hostAt(s.conference, neighbour.id),
    ]);
    const one = await machine(commune, { host });
    await one.hello();
    const there = await machine(neighbour, one);
    await there.hello();
    expect((await revoke(neighbour, one.device)).bridges).toEqual([neighbour.id]);
    const still = await machine(commune, one);
    expect(await still.hello()).toMatchObject({ revoked: null });
    expect((await revoke(province, one.device)).bridges).toEqual([commune.id]);
  });

  test('that another process revoked is put off within some seconds', async () => {
    const one = await machine(commune);
    await one.hello();
    await writeEveryContact(s.server.context());
    const gone = new Promise((resolve) => one.socket.once('disconnect', resolve));
    const other = await startTestServer({ data: s.server.data, clock: s.clock });
    const organizer = await signIn(other);
    await organizer.call(api.revokeDevice, {
      params: { ...params(commune), device: one.device },
      body: { reason: 'từ máy chủ khác' },
    });
    await gone;
    const problem = await one.host.refusal(api.door, {
      params: door(commune),
      query: { device: one.device },
    });
    expect(problem.code).toBe('device-revoked');
    await other.close();
  });
});
