import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import type { Bridge } from '../../../domain/bridges/bridge.ts';
import type { PersonId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import { testMachine } from '../../machines.ts';
import {
  hostAt,
  signIn,
  startTestServer,
  testClock,
  type SignedInClient,
  type TestServer,
} from '../harness.ts';
import { anEvent, record, setScene, type Scene } from '../reports/scene.ts';

const clock = testClock('2025-01-13T06:50:00+07:00');
const wait = { timeout: 15_000, interval: 200 };
let server: TestServer;
let scene: Scene;
let host: SignedInClient;
let bridge: Bridge;
let seated: readonly PersonId[];
beforeAll(async () => {
  server = await startTestServer({ clock });
  scene = await setScene(server, 4);
  const commune = scene.bridges.find((one) => one.class === 'commune' && scene.seatedAt(one.id).length > 5);
  if (commune === undefined) throw new Error('no commune with people');
  bridge = commune;
  seated = scene.seatedAt(bridge.id);
  host = await signIn(server, [hostAt(scene.conference, bridge.id)], 'Vi Văn Cửa');
});
afterAll(() => server.close());

const params = () => ({ conference: scene.conference, bridge: bridge.id, session: scene.session });
const summary = () => host.call(api.bridgeSummary, { params: params() });
const kinds = async () => (await summary()).notices.map(({ kind }) => kind);
const person = (at: number): PersonId => {
  const found = seated[at];
  if (found === undefined) throw new Error('nobody there');
  return found;
};

describe('the summary that the chair signs', () => {
  test('says that nothing is final while the bridge is not open, and then not closed', async () => {
    expect((await kinds())[0]).toBe('not closed');
    await record(scene, bridge.id, [
      anEvent(scene, bridge.id, 'open', {}),
      anEvent(scene, bridge.id, 'arrive', { person: person(0), mode: 'in-person' }),
      anEvent(scene, bridge.id, 'arrive', { person: person(1), mode: 'online' }),
      anEvent(scene, bridge.id, 'excuse', { person: person(2), reason: 'ốm' }),
      anEvent(scene, bridge.id, 'walk-in', { name: 'Hà Văn Khách', unit: 'Xóm 9', mode: 'in-person' }),
      anEvent(scene, bridge.id, 'count', { point: 'cửa 1', counts: { other: 7 } }),
    ]);
    const found = await summary();
    expect(found.notices.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['not closed', 'no version', 'no closing checkpoint']),
    );
    expect(found.unmarked).toHaveLength(seated.length - 3);
    expect(found).toMatchObject({ withoutReason: [], closed: null, version: null, checkpoint: null });
  });

  test('has who is absent by name, who came from no list, version and fingerprint, once the bridge has closed', async () => {
    clock.set('2025-01-13T11:35:00+07:00');
    await record(scene, bridge.id, [anEvent(scene, bridge.id, 'close', {})]);
    await vi.waitFor(async () => {
      expect((await kinds()).filter((kind) => kind !== 'no chair')).toEqual([]);
    }, wait);
    const found = await summary();
    expect(found.checkpoint?.fingerprint).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
    expect(found.checkpoint?.place).toBe(7);
    expect(found).toMatchObject({
      bridge: { name: bridge.name, state: 'closed' },
      opened: { at: clock() - 17_100_000 },
      closed: { at: clock() },
      version: { version: 1 },
      figures: { attended: 3, online: 1, walkIn: 1, absentWithReason: 1, counted: { other: 7 } },
      line: null,
      walkIns: [{ name: 'Hà Văn Khách', unit: 'Xóm 9' }],
      withReason: [{ person: person(2), reason: 'ốm' }],
      unmarked: [],
      below: null,
    });
    expect(found.withoutReason).toHaveLength(found.figures.absentWithout);
    const { summoned, ofExpected, attendedElsewhere } = found.figures;
    expect(found.withReason.length + found.withoutReason.length + ofExpected + attendedElsewhere).toBe(
      summoned,
    );
  });

  test('says where somebody was instead, and never calls them absent', async () => {
    const other = scene.bridges.find((one) => one.class === 'district');
    if (other === undefined) throw new Error('no district');
    await record(scene, other.id, [
      anEvent(scene, other.id, 'arrive', { person: person(3), mode: 'in-person' }),
    ]);
    const found = await summary();
    expect(found.elsewhere).toMatchObject([{ person: person(3), at: other.name }]);
    expect(found.withoutReason.map((one) => one.person)).not.toContain(person(3));
  });

  test('an upload after it has the next version and the next checkpoint; until then it says so', async () => {
    const before = await summary();
    clock.advance(3_600_000);
    await record(scene, bridge.id, [
      anEvent(scene, bridge.id, 'walk-in', { name: 'Lò Thị Muộn', unit: '', mode: 'in-person' }),
    ]);
    await vi.waitFor(async () => {
      const found = await summary();
      expect(found.version?.version).toBeGreaterThan(before.version?.version ?? 99);
      expect(found.checkpoint?.place).toBe(8);
      expect(found.checkpoint?.number).toBeGreaterThan(before.checkpoint?.number ?? 99);
    }, wait);
  });

  test('tells what waits on a machine of the bridge', async () => {
    const { tell } = await machineThatWaits();
    await tell(12);
    const found = await summary();
    expect(found.notices[0]).toMatchObject({ kind: 'machine waits' });
    expect(found.notices[0]?.message).toContain('còn 12 lượt chưa gửi');
    await tell(0);
    expect(await kinds()).not.toContain('machine waits');
  });

  test('is for those who work at the bridge or above it', async () => {
    const stranger = await signIn(server, [hostAt(scene.conference, scene.district.id)]);
    expect(await stranger.refusal(api.bridgeSummary, { params: params() })).toMatchObject({
      code: 'not-found',
    });
    const none = { ...params(), session: 'khong-co' };
    expect(await host.refusal(api.bridgeSummary, { params: none })).toMatchObject({ code: 'not-found' });
  });
});

/** A machine of the bridge on line, and a way to let it say how much waits on it. */
async function machineThatWaits() {
  const { socket } = await import('../harness.ts');
  const line = await socket(server, host.cookie);
  return {
    tell: async (waiting: number) => {
      const answer = await line.ask('device:hello', {
        conference: scene.conference,
        bridge: bridge.id,
        device: testMachine('may-1').device,
        waiting,
        waitingSince: waiting === 0 ? null : clock(),
      });
      if (!answer.ok) throw new Error(JSON.stringify(answer));
    },
  };
}
