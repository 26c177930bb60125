import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { api } from '../../../domain/wire/api.ts';
import type { BridgeSummary } from '../../../domain/wire/summary.ts';
import type { ReportVersion, SummaryVersion } from '../../../domain/wire/versions.ts';
import { startTestServer, testClock } from '../harness.ts';
import { setScene, type Scene } from '../reports/scene.ts';
import { start } from './run.ts';

let data: string;
let scene: Scene;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'nhipcau-cli-versions-'));
  const server = await startTestServer({ clock: testClock('2025-01-08T08:00:00+07:00'), data });
  scene = await setScene(server, 3);
  const params = { conference: scene.conference, bridge: scene.province.id };
  await scene.organizer.call(api.submitHeadcount, { params, body: { total: 70 } });
  await server.close();
});
afterAll(() => rm(data, { recursive: true, force: true }));

async function json<Value>(...args: string[]): Promise<Value> {
  const { out, err } = await start(['--data', data, '--json', ...args]);
  if (out === '') throw new Error(err);
  return JSON.parse(out) as Value;
}

test('reports versions: freezes as of the deadline what no server has, and lists it; --out writes one of them', async () => {
  const { versions } = await json<{ versions: SummaryVersion[] }>('reports', 'versions');
  expect(versions).toMatchObject([{ version: 1, people: 70, reported: 1 }]);
  expect(new Date(versions[0]?.at ?? 0).toISOString()).toBe('2025-01-09T17:00:00.000Z');
  expect((await json<{ versions: unknown[] }>('reports', 'versions')).versions).toHaveLength(1);
  const { out, code } = await start(['--data', data, 'reports', 'versions']);
  expect([code, out]).toEqual([0, expect.stringContaining('70 đại biểu, 1/')]);
  const file = join(data, 'ban-1.csv');
  await start(['--data', data, 'reports', 'versions', '--version', '1', '--out', file, '--format', 'csv']);
  expect(await readFile(file, 'utf8')).toContain(scene.province.name);
  const none = await start(['--data', data, 'reports', 'versions', '--version', '7', '--out', file]);
  expect([none.code, none.err]).toEqual([2, 'Không có bản 7.\n']);
});

test('attendance versions: what was recorded without a server freezes every level that has a version', async () => {
  const commune = scene.bridges.find((bridge) => bridge.class === 'commune');
  if (commune === undefined) throw new Error('no commune');
  const file = join(data, 'su-kien.jsonl');
  const write = (...events: object[]) =>
    writeFile(file, events.map((event) => JSON.stringify(event)).join('\n'));
  const record = () => start(['--data', data, 'attendance', 'record', file, '--bridge', commune.id]);
  await start(['--data', data, 'attendance', 'freeze', '--bridge', scene.province.id]);
  await write({ kind: 'open', at: '2025-01-13T07:00' }, { kind: 'close', at: '2025-01-13T11:35' });
  expect((await record()).code).toBe(0);
  await write({ kind: 'walk-in', at: '2025-01-13T09:00', name: 'Hà Văn Muộn', unit: '', mode: 'in-person' });
  await record();
  for (const bridge of [commune.id, scene.province.id]) {
    const [last] = await json<ReportVersion[]>('attendance', 'versions', '--bridge', bridge);
    expect(last?.differences).toContainEqual(
      expect.objectContaining({ bridge: commune.id, figure: 'walkIn', before: 0, after: 1 }),
    );
  }
  const { out } = await start(['--data', data, 'attendance', 'versions', '--bridge', commune.id]);
  expect(out).toContain(`${commune.name}, Khách ngoài danh sách: 0 → 1.`);
});

test('attendance summary: lines, JSON, and a page to print; exit code 1 while it is not final', async () => {
  const commune = scene.bridges.find((bridge) => bridge.class === 'commune');
  const file = join(data, 'tong-hop.html');
  const args = ['attendance', 'summary', '--bridge', commune?.id ?? ''];
  const { code, out } = await start(['--data', data, ...args, '--out', file]);
  expect(code).toBe(1);
  expect(out).toContain('! Chưa có mốc đóng sổ được ký cho điểm cầu này.');
  const page = await readFile(file, 'utf8');
  expect(page).toContain('Hà Văn Muộn');
  expect(page).toContain('NGƯỜI CHỦ TRÌ');
  expect(page).not.toMatch(/null|undefined|NaN/);
  const shown = await json<BridgeSummary>(...args);
  expect(shown).toMatchObject({
    bridge: { state: 'closed' },
    version: { version: 2 },
    figures: { walkIn: 1 },
  });
  expect(shown.opened?.at).toBe(Date.parse('2025-01-13T07:00:00+07:00'));
  expect(shown.closed?.at).toBe(Date.parse('2025-01-13T11:35:00+07:00'));
});
