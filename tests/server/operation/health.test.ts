import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { backupCheck, readinessOf, type Check, type Stage } from '../../../server/platform/health.ts';
import { startTestServer } from '../harness.ts';

const check = (name: string, look: Check['look']): Check => ({ name, look });
const fine = check('fine', async () => ({ ok: true, left: 3 }));

describe('readiness', () => {
  test('is not there while the server starts or stops, and no part is asked then', async () => {
    let stage: Stage = 'starting';
    let asked = 0;
    const readiness = readinessOf(
      () => stage,
      [
        check('part', async () => {
          asked += 1;
          return { ok: true };
        }),
      ],
    );
    expect(await readiness()).toMatchObject({ ready: false, reasons: ['starting'] });
    stage = 'serving';
    expect(await readiness()).toMatchObject({ ready: true, reasons: [] });
    stage = 'stopping';
    expect(await readiness()).toMatchObject({ ready: false, reasons: ['stopping'] });
    expect(asked).toBe(1);
  });

  test('names every part that is in the way: one that says no, one that fails, one that does not answer', async () => {
    const parts = [
      fine,
      check('full', async () => ({ ok: false, freeBytes: 1 })),
      check('broken', () => Promise.reject(Object.assign(new Error('bí mật'), { code: 'SQLITE_FULL' }))),
      check('hanging', () => new Promise(() => undefined)),
    ];
    const found = await readinessOf(() => 'serving', parts, 20)();
    expect(found.reasons).toEqual(['full', 'broken', 'hanging']);
    expect(found.checks).toEqual({
      fine: { ok: true, left: 3 },
      full: { ok: false, freeBytes: 1 },
      broken: { ok: false, failed: 'SQLITE_FULL' },
      hanging: { ok: false, late: true },
    });
  });

  test('asked by many at once, each part is looked at once', async () => {
    let looks = 0;
    const readiness = readinessOf(
      () => 'serving',
      [
        check('part', async () => {
          looks += 1;
          return { ok: true };
        }),
      ],
    );
    await Promise.all(Array.from({ length: 20 }, readiness));
    expect(looks).toBe(1);
  });
});

test('a backup that is overdue is told and stops nobody', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'nhipcau-backups-'));
  const now = Date.now();
  const look = () => backupCheck(folder, 60_000, () => now).look();
  expect(await look()).toEqual({ ok: true, ageSeconds: null, overdue: false });
  const file = join(folder, 'nhipcau-20250113-074500.sqlite');
  await writeFile(file, '');
  for (const [age, overdue] of [
    [60, false],
    [121, true],
  ] as const) {
    await utimes(file, now / 1000, now / 1000 - age);
    expect(await look()).toMatchObject({ ok: true, ageSeconds: age, overdue });
  }
  await rm(folder, { recursive: true });
});

test('a server that serves is ready, and says of each part how it stands', async () => {
  const server = await startTestServer();
  try {
    const response = await fetch(`${server.url}/readyz`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      status: 'ready',
      stage: 'serving',
      reasons: [],
      checks: { database: { ok: true, missingMigrations: 0 }, disk: { ok: true } },
    });
    // Somebody behind a proxy is told no more than whether.
    const other = await fetch(`${server.url}/readyz`, { headers: { 'x-forwarded-for': '10.0.0.9' } });
    expect(await other.json()).toEqual({ status: 'ready' });
  } finally {
    await server.close();
  }
});

test('a server whose database is not writable, or that stops, is not ready', async () => {
  const server = await startTestServer({ capabilities: () => ({ routes: [], socketHandlers: [] }) });
  // Held by somebody else for as long as the look has patience.
  const held = Promise.withResolvers<void>();
  const holding = server.database.write.transaction(() => held.promise);
  const response = await fetch(`${server.url}/readyz`);
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({
    reasons: ['database'],
    checks: { database: { late: true } },
  });
  held.resolve();
  await holding;
  await server.close();
  await expect(fetch(`${server.url}/readyz`)).rejects.toThrow(/fetch failed/);
});
