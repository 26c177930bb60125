import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';

import { deedOf } from '../../../server/cli/deeds.ts';
import { backUp } from '../../../server/platform/backup.ts';
import { restore } from '../../../server/platform/restore.ts';
import { openDesk, type Desk } from '../cli/run.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.clear());

const Row = z.object({
  act: z.string(),
  who: z.string(),
  sentence: z.string(),
  after: z.string().nullable(),
});

const tell = (): void => undefined;

/** The last entries of the trail, newest first. */
async function entries(limit: number) {
  const { value } = await desk.json(z.array(Row), 'audit', 'list', '--limit', String(limit));
  return value;
}

test('a backup, a restore and certificates are entered with the user of the machine', async () => {
  // Before there is a database nothing has a trail, and none is made for it.
  const names = ['--name', 'nhipcau.xa-thu.local'];
  expect((await desk.run('certificates', 'make', ...names)).code).toBe(0);
  expect(existsSync(join(desk.data, 'nhipcau.sqlite'))).toBe(false);
  await entries(1);

  const file = desk.file('sao-luu.sqlite');
  expect(await desk.run('backup', '--out', file)).toMatchObject({ code: 0, err: '' });
  expect((await desk.run('certificates', 'renew', ...names)).code).toBe(0);
  const [renewed, made] = await entries(2);
  const operator = `Người vận hành máy chủ (${userInfo().username})`;
  expect(made).toMatchObject({ act: 'cli backup', who: operator });
  expect(made?.sentence).toMatch(/ chạy lệnh “backup” lúc/);
  expect(JSON.parse(made?.after ?? '')).toMatchObject({ file, events: 0, keys: null });
  expect(renewed).toMatchObject({ act: 'cli certificates renew', who: operator });
  expect(renewed?.after).toContain('nhipcau.xa-thu.local');

  const restored = await desk.run('restore', '--from', file);
  expect(restored).toMatchObject({ code: 0, err: '' });
  // What came after the backup is gone with the database that it was in, and the first thing since says so.
  const [last, before] = await entries(2);
  expect(last).toMatchObject({ act: 'cli restore', who: operator });
  expect(JSON.parse(last?.after ?? '')).toMatchObject({ backup: file, events: 0, keys: 'kept' });
  expect(before?.act).toBe('cli audit list');
  expect((await desk.run('audit', 'verify')).code).toBe(0);
});

test('what is cut short before its outcome is entered stands in the trail all the same', async () => {
  await entries(1);
  const common = { data: desk.data, json: false, language: 'vi', given: {} } as const;
  const file = desk.file('sao-luu.sqlite');
  const { ask: about } = deedOf({ ...common, command: 'backup' }, { upgrades: false });
  expect((await backUp(desk.data, file, { withKeys: false, tell, about })).ok).toBe(true);
  const [copied] = await entries(1);
  expect(copied?.sentence).toMatch(/ bắt đầu chạy lệnh “backup” .* Không rõ kết quả/);

  const deed = deedOf({ ...common, command: 'restore' }, { upgrades: true });
  expect((await restore(desk.data, file, 'thu', false, deed.ask)).ok).toBe(true);
  const [restored, before] = await entries(2);
  expect(restored?.sentence).toMatch(/ bắt đầu chạy lệnh “restore” .* Không rõ kết quả/);
  expect(before?.act).toBe('cli audit list');
  expect((await desk.run('audit', 'verify')).code).toBe(0);
});

test('the program enters its start, with its settings but none of their secrets, and the key that it signs with', async () => {
  const program = spawn(process.execPath, ['server/main.ts', '--data', desk.data, '--port', '0'], {
    env: { PATH: process.env['PATH'], LOG_LEVEL: 'silent', METRICS_TOKEN: 'bi-mat-bi-mat-bi-mat' },
  });
  let said = '';
  program.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  try {
    await vi.waitFor(() => expect(said).toMatch(/Nhịp Cầu: http/), { timeout: 20_000 });
  } finally {
    program.kill('SIGTERM');
    await once(program, 'exit');
  }
  const [start] = await entries(1);
  expect(start).toMatchObject({ act: 'start', who: 'Chương trình' });
  expect(start?.sentence).toMatch(/^Chương trình khởi động máy chủ lúc/);
  const { settings, ledgerKey } = JSON.parse(start?.after ?? '') as {
    settings: Record<string, string>;
    ledgerKey: string;
  };
  expect(settings).toMatchObject({ LOG_LEVEL: 'silent', METRICS_TOKEN: '********', PORT: '0' });
  expect((await desk.run('ledger', 'key')).out.trim()).toBe(ledgerKey);
});
