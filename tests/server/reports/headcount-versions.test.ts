import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import type { Bridge } from '../../../domain/bridges/bridge.ts';
import { api } from '../../../domain/wire/api.ts';
import {
  hostAt,
  instant,
  signIn,
  startTestServer,
  testClock,
  unitOrganizerAt,
  type SignedInClient,
  type TestServer,
} from '../harness.ts';
import { setScene, type Scene } from './scene.ts';

/** The sample plan: "trước ngày 10/01/2025". The province sets an inner deadline before it. */
const clock = testClock('2025-01-06T08:00:00+07:00');
const DUE = instant('2025-01-10T00:00:00+07:00');
const INNER = instant('2025-01-08T00:00:00+07:00');
const wait = { timeout: 20_000, interval: 200 };

let data: string;
let server: TestServer;
let scene: Scene;
let organizer: SignedInClient;
let districts: readonly Bridge[];
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'nhipcau-headcounts-'));
  server = await startTestServer({ clock, data });
  scene = await setScene(server, 4);
  organizer = scene.organizer;
  districts = scene.below(scene.province);
});
afterAll(async () => {
  await server.close();
  await rm(data, { recursive: true, force: true });
});

const paramsAt = (bridge: Bridge) => ({ conference: scene.conference, bridge: bridge.id });
const submit = (bridge: Bridge, total: number, by = organizer) =>
  by.call(api.submitHeadcount, { params: paramsAt(bridge), body: { total } });
/** First version first. */
async function versionsOf(bridge: Bridge) {
  return (await organizer.call(api.headcountVersions, { params: paramsAt(bridge) })).items.toReversed();
}
async function goTo(iso: string): Promise<void> {
  clock.set(iso);
  organizer = await signIn(server, undefined, 'Trần Tổng Hợp');
}
function district(at: number): Bridge {
  const found = districts[at];
  if (found === undefined) throw new Error('no such district');
  return found;
}

describe('a level’s headcount summary', () => {
  test('has no version before its deadline, and says when that is', async () => {
    const params = paramsAt(scene.province);
    await organizer.call(api.setInnerDeadline, { params, body: { dueBefore: INNER } });
    expect(await organizer.call(api.headcountVersions, { params })).toEqual({
      items: [],
      next: null,
      dueBefore: INNER,
    });
    expect(await organizer.call(api.headcountVersions, { params: paramsAt(scene.root) })).toMatchObject({
      dueBefore: DUE,
    });
    const leaf = scene.bridges.find((bridge) => bridge.class === 'commune') ?? district(0);
    expect(await organizer.call(api.headcountVersions, { params: paramsAt(leaf) })).toMatchObject({
      dueBefore: null,
    });
  });

  test('is frozen at an inner deadline with what was received before it, though the server was down when it passed', async () => {
    await goTo('2025-01-07T16:00:00+07:00');
    await submit(district(0), 40);
    await submit(district(1), 0);
    await server.close();

    // The deadline passes; somebody reports by the time that the server runs again, before anything was frozen.
    clock.set('2025-01-08T09:00:00+07:00');
    server = await startTestServer({ clock, data });
    organizer = await signIn(server, undefined, 'Vi Văn Muộn');
    await submit(district(2), 25);

    await vi.waitFor(async () => {
      const [first, second] = await versionsOf(scene.province);
      expect(first).toMatchObject({
        version: 1,
        dueBefore: INNER,
        at: INNER,
        reported: 2,
        people: 40,
        late: 0,
      });
      expect(first?.missing).toBe((first?.bridges ?? 0) - 2);
      expect(second).toMatchObject({ version: 2, reported: 3, late: 1, people: 65 });
      const by = {
        bridge: district(2).id,
        bridgeName: district(2).name,
        key: null,
        by: 'Vi Văn Muộn',
        at: clock(),
      };
      expect(second?.differences).toEqual([
        { ...by, figure: 'total', before: null, after: 25 },
        { ...by, figure: 'status', before: 'missing', after: 'late' },
      ]);
    }, wait);
    expect(await versionsOf(scene.root)).toEqual([]);
  });

  test('of the level above is frozen at the plan’s deadline, and names those below who were late for theirs', async () => {
    await goTo('2025-01-09T23:59:00+07:00');
    await submit(scene.province, 120);
    await goTo('2025-01-10T00:00:00+07:00');
    await vi.waitFor(async () => {
      const [first] = await versionsOf(scene.root);
      expect(first).toMatchObject({ version: 1, dueBefore: DUE, at: DUE, reported: 4, late: 1, people: 185 });
    }, wait);
    const params = { ...paramsAt(scene.root), version: '1' };
    const late = await organizer.call(api.headcountVersion, { params, query: { status: 'late' } });
    expect(late.items).toMatchObject([
      { bridge: district(2).id, total: 25, lateByMs: 9 * 3_600_000, by: 'Vi Văn Muộn' },
    ]);
    const missing = await organizer.call(api.headcountVersion, {
      params,
      query: { status: 'missing', limit: 5 },
    });
    expect(missing.items).toHaveLength(5);
    expect(missing.items.every(({ total }) => total === null)).toBe(true);
    expect(missing.next).not.toBeNull();
  });

  test('has a next version for what comes after it, also a correction and a report sent back, in every level above', async () => {
    await goTo('2025-01-11T10:00:00+07:00');
    await submit(district(0), 41);
    await vi.waitFor(async () => {
      for (const level of [scene.province, scene.root]) {
        const last = (await versionsOf(level)).at(-1);
        expect(last?.differences).toMatchObject([
          {
            bridge: district(0).id,
            figure: 'total',
            before: 40,
            after: 41,
            by: 'Trần Tổng Hợp',
            at: clock(),
          },
        ]);
      }
    }, wait);
    clock.advance(60_000);
    await organizer.call(api.returnHeadcount, { params: paramsAt(district(0)), body: { remark: 'thiếu' } });
    await vi.waitFor(async () => {
      const last = (await versionsOf(scene.root)).at(-1);
      expect(last?.differences).toMatchObject([{ figure: 'status', before: 'on-time', after: 'returned' }]);
      expect(last).toMatchObject({ version: 3, returned: 1 });
    }, wait);
  });

  test('says the same of every earlier version afterwards', async () => {
    const [first, second, third] = await versionsOf(scene.root);
    expect([first?.people, second?.people, third?.people]).toEqual([185, 186, 186]);
    const rows = async (version: number) => {
      const params = { ...paramsAt(scene.root), version: String(version) };
      const { items } = await organizer.call(api.headcountVersion, { params, query: { limit: 1000 } });
      return items.find(({ bridge }) => bridge === district(0).id);
    };
    expect(await rows(1)).toMatchObject({ total: 40, status: 'on-time' });
    expect(await rows(2)).toMatchObject({ total: 41, status: 'on-time' });
    expect(await rows(3)).toMatchObject({ total: 41, status: 'returned' });
    await expect(server.database.write('headcount_version').update({ at: 0 })).rejects.toThrow(
      'never changes',
    );
  });

  test('is a file, with who was missing and who was late', async () => {
    const params = { ...paramsAt(scene.root), version: '2' };
    const response = await organizer.response(api.exportHeadcountVersion, {
      params,
      query: { format: 'csv' },
    });
    expect(decodeURIComponent(response.headers.get('content-disposition') ?? '')).toContain(
      `Tổng hợp số lượng đại biểu, bản 2 - ${scene.root.name} - 11-01-2025.csv`,
    );
    const rows = parse(await response.text(), { bom: true, columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(scene.bridges.length);
    expect(rows.find((row) => row['Điểm cầu'] === district(2).name)).toMatchObject({
      'Số đại biểu đã báo cáo': '25',
      'Tình trạng báo cáo': 'chậm',
      Chậm: '9 giờ',
      'Người gửi': 'Vi Văn Muộn',
    });
    expect(rows.some((row) => row['Tình trạng báo cáo'] === 'chưa báo cáo')).toBe(true);
    const none = { ...params, version: '9' };
    expect(
      await organizer.refusal(api.exportHeadcountVersion, { params: none, query: { format: 'csv' } }),
    ).toMatchObject({ code: 'not-found' });
  });

  test('is for who organizes the level, not for its host and not for a neighbour', async () => {
    const own = await signIn(server, [unitOrganizerAt(scene.conference, scene.province.id)]);
    expect((await own.call(api.headcountVersions, { params: paramsAt(scene.province) })).items).not.toEqual(
      [],
    );
    const host = await signIn(server, [hostAt(scene.conference, scene.province.id)]);
    for (const [by, bridge, code] of [
      [host, scene.province, 'forbidden'],
      [own, scene.root, 'not-found'],
    ] as const)
      expect(await by.refusal(api.headcountVersions, { params: paramsAt(bridge) })).toMatchObject({ code });
  });
});
