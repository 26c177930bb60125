import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { readAuditForm, type Deed } from '../../../domain/audit/entry.ts';
import { auditHead, everyEntry } from '../../../server/audit/queries.ts';
import { startTestServer, testClock, type TestServer } from '../harness.ts';
import { anEvent, record, setScene, type Scene } from '../reports/scene.ts';

const clock = testClock('2025-01-13T07:00:00+07:00');
let server: TestServer;
let scene: Scene;
beforeAll(async () => {
  server = await startTestServer({ clock });
  scene = await setScene(server, 4);
});
afterAll(() => server.close());

async function deedsOf(act: string): Promise<Deed[]> {
  const context = server.context();
  const deeds: Deed[] = [];
  for await (const { form } of everyEntry(context, 0, (await auditHead(context)).place)) {
    const { deed } = readAuditForm(form);
    if (deed.act === act) deeds.push(deed);
  }
  return deeds;
}
const onBridges = (deeds: readonly Deed[]): string[] =>
  deeds.flatMap(({ on }) => on.flatMap(([kind, id]) => (kind === 'bridge' ? [id] : [])));
const wait = { timeout: 15_000, interval: 100 };

test('a report that freezes as its bridge closes is entered as the doing of the program, with the bridge', async () => {
  const [commune] = scene.communes;
  await record(scene, commune!.id, [anEvent(scene, commune!.id, 'open', {})]);
  await record(scene, commune!.id, [anEvent(scene, commune!.id, 'close', {})]);
  await vi.waitFor(async () => {
    const deeds = await deedsOf('freezeReport');
    expect(onBridges(deeds)).toEqual([commune!.id]);
    expect(deeds[0]).toMatchObject({ step: 'done', by: 'program' });
    expect(deeds[0]?.on).toContainEqual(['session', scene.session]);
  }, wait);
});

test('a summary that freezes at its deadline is entered, with every level that has a new version', async () => {
  // The deadlines of the plan have passed by now.
  await vi.waitFor(async () => {
    const deeds = await deedsOf('freezeSummary');
    expect(deeds.every(({ step, by }) => step === 'done' && by === 'program')).toBe(true);
    const levels = await server.database
      .read('headcount_version')
      .distinct('bridge')
      .pluck<string[]>('bridge');
    expect(levels.length).toBeGreaterThan(0);
    expect(new Set(onBridges(deeds))).toEqual(new Set(levels));
  }, wait);
});
