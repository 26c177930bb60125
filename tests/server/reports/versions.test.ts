import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import type { Bridge } from '../../../domain/bridges/bridge.ts';
import { api } from '../../../domain/wire/api.ts';
import {
  hostAt,
  signIn,
  startTestServer,
  testClock,
  type SignedInClient,
  type TestServer,
} from '../harness.ts';
import { anEvent, record, setScene, type Scene } from './scene.ts';

const clock = testClock('2025-01-13T07:00:00+07:00');
let data: string;
let server: TestServer;
let scene: Scene;
let organizer: SignedInClient;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'nhipcau-versions-'));
  server = await startTestServer({ clock, data });
  scene = await setScene(server, 4);
  organizer = scene.organizer;
});
afterAll(async () => {
  await server.close();
  await rm(data, { recursive: true, force: true });
});

const paramsAt = (bridge: Bridge) => ({
  conference: scene.conference,
  session: scene.session,
  bridge: bridge.id,
});
/** First version first. */
async function versionsOf(bridge: Bridge) {
  return (await organizer.call(api.reportVersions, { params: paramsAt(bridge) })).items.toReversed();
}
const close = (bridge: Bridge) => record(scene, bridge.id, [anEvent(scene, bridge.id, 'close', {})]);
const walkIn = (bridge: Bridge, name: string) =>
  record(scene, bridge.id, [anEvent(scene, bridge.id, 'walk-in', { name, unit: '', mode: 'in-person' })]);
const wait = { timeout: 15_000, interval: 100 };

const below = (bridge: Bridge): Bridge[] => [bridge, ...scene.below(bridge).flatMap(below)];
const communes = () => below(scene.province).filter((bridge) => bridge.class === 'commune');
function commune(at: number): Bridge {
  const found = communes()[at];
  if (found === undefined) throw new Error('no such commune');
  return found;
}

describe('an attendance report freezes by itself', () => {
  test('when its bridge closes, and again with every bridge below that closes later', async () => {
    const [last, ...others] = below(scene.province).toReversed();
    if (last === undefined) throw new Error('nothing below');
    await record(scene, scene.province.id, [anEvent(scene, scene.province.id, 'open', {})]);
    for (const bridge of others) if (bridge !== scene.province) await close(bridge);
    await vi.waitFor(async () => expect(await versionsOf(commune(0))).toHaveLength(1), wait);
    expect(await versionsOf(scene.province)).toEqual([]);
    await close(scene.province);
    await vi.waitFor(async () => expect(await versionsOf(scene.province)).toHaveLength(1), wait);
    await close(last);
    await vi.waitFor(async () => {
      const versions = await versionsOf(scene.province);
      expect(versions.at(-1)?.differences).toContainEqual(
        expect.objectContaining({
          bridge: scene.province.id,
          figure: 'closed',
          after: below(scene.province).length,
        }),
      );
    }, wait);
    expect(await versionsOf(scene.root)).toEqual([]);
  });

  test('a late upload makes the next version of the bridge and of every frozen level above, with what changed', async () => {
    await organizer.call(api.freezeReport, { params: paramsAt(scene.root) });
    await walkIn(commune(1), 'Hà Văn Muộn');
    await vi.waitFor(async () => {
      for (const bridge of [commune(1), scene.province, scene.root]) {
        const last = (await versionsOf(bridge)).at(-1);
        expect(last?.differences).toContainEqual({
          bridge: commune(1).id,
          bridgeName: commune(1).name,
          figure: 'walkIn',
          before: 0,
          after: 1,
        });
      }
    }, wait);
    expect(await versionsOf(commune(0))).toHaveLength(1);
  });

  test('a storm of uploads makes a few versions, and the last of them has everything', async () => {
    const before = await versionsOf(scene.province);
    for (let n = 0; n < 60; n++) await walkIn(commune(n % 3), `Khách ${n}`);
    const tally = async () =>
      (await organizer.call(api.figures, { params: paramsAt(scene.province) })).node.subtree.walkIn;
    expect(await tally()).toBe(61);
    await vi.waitFor(async () => {
      const all = (await versionsOf(scene.province)).flatMap(({ differences }) => differences);
      const own = all.filter(({ bridge, figure }) => bridge === scene.province.id && figure === 'walkIn');
      expect(own.at(-1)?.after).toBe(61);
    }, wait);
    const made = (await versionsOf(scene.province)).length - before.length;
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThan(15);
  });

  test('each version leads over into the next: no figure changes in between', async () => {
    const versions = await versionsOf(commune(1));
    const figures = new Map<string, number>();
    for (const { differences } of versions) {
      for (const { figure, before, after } of differences) {
        expect(before).toBe(figures.get(figure) ?? before);
        figures.set(figure, after);
      }
    }
    expect(versions.map(({ version }) => version)).toEqual(versions.map((_, at) => at + 1));
  });

  test('what differs can be read in full, page by page', async () => {
    const last = (await versionsOf(scene.province)).at(-1);
    const params = { ...paramsAt(scene.province), version: String(last?.version) };
    const items = [];
    let cursor: string | undefined;
    do {
      const page = await organizer.call(api.reportDifferences, {
        params,
        query: { limit: 3, ...(cursor === undefined ? {} : { cursor }) },
      });
      items.push(...page.items);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(items).toHaveLength(last?.differing ?? -1);
    const none = { ...params, version: '99' };
    expect(await organizer.refusal(api.reportDifferences, { params: none })).toMatchObject({
      code: 'not-found',
    });
  });

  test('a host sees the versions of the own bridge, and freezes nothing', async () => {
    const host = await signIn(server, [hostAt(scene.conference, commune(0).id)]);
    expect(
      (await host.call(api.reportVersions, { params: paramsAt(commune(0)) })).items.length,
    ).toBeGreaterThan(0);
    expect(await host.refusal(api.freezeReport, { params: paramsAt(commune(0)) })).toMatchObject({
      code: 'forbidden',
    });
    expect(await host.refusal(api.reportVersions, { params: paramsAt(scene.province) })).toMatchObject({
      code: 'not-found',
    });
  });

  test('what came in just before the server stopped is frozen after it has started again', async () => {
    const count = (await versionsOf(commune(2))).length;
    await walkIn(commune(2), 'Lò Thị Cuối');
    await server.close();
    server = await startTestServer({ clock, data });
    organizer = await signIn(server);
    await vi.waitFor(async () => {
      const versions = await versionsOf(commune(2));
      expect(versions.length).toBeGreaterThan(count);
      const walkIns = versions.flatMap(({ differences }) =>
        differences.filter(({ figure }) => figure === 'walkIn'),
      );
      expect(walkIns.at(-1)?.after).toBe(21);
    }, wait);
  });

  test('a frozen version is never changed and never removed: the database itself refuses it', async () => {
    const db = server.database.write;
    await expect(db('attendance_report').update({ figures: '[]' })).rejects.toThrow('never changes');
    await expect(db('attendance_report').delete()).rejects.toThrow('never changes');
  });
});
