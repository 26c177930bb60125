import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, expect, test, vi } from 'vitest';

import { ConferenceId } from '../../domain/ids.ts';
import { queueLetters } from '../../server/mail/commands.ts';
import { PACK } from '../../server/mail/when-due.ts';
import { databaseFile, openDatabase, transaction } from '../../server/platform/database.ts';
import type { Instant } from '../../domain/time.ts';
import { newId } from '../server/harness.ts';
import { startPost } from '../server/mail/post.ts';
import { addConference } from '../server/rows.ts';
import { killAll, launch } from './program.ts';

/** All that a nation's conference may invite at one time; some hundreds where every change is tested. */
const LETTERS = process.env['FAULTS'] === 'long' ? 15_000 : 600;
const KILLS = 3;

afterEach(killAll);

test('of letters that are queued none is missing after the program was killed again and again; those on the line then may come twice, with the same Message-ID', async () => {
  const data = await mkdtemp(join(tmpdir(), 'nhipcau-mail-'));
  const post = await startPost();
  try {
    const ids = await queueMany(data);
    const environment = {
      MAIL_URL: `smtp://127.0.0.1:${post.port}`,
      MAIL_FROM: 'Ban tổ chức <hoinghi@tinh.example>',
      MAIL_RATE: '60000',
    };
    const mayComeTwice = new Set<string>();
    for (let kill = 1; kill <= KILLS; kill++) {
      const program = launch(data, { environment });
      const until = (LETTERS * kill) / (KILLS + 1);
      await vi.waitFor(() => expect(post.got.length).toBeGreaterThan(until), {
        timeout: 60_000,
        interval: 1,
      });
      await program.kill();
      const onLine = await inState(data, 'sending');
      expect(onLine.length).toBeLessThanOrEqual(PACK);
      for (const id of onLine) mayComeTwice.add(id);
    }
    expect(post.got.length).toBeLessThan(LETTERS);
    const last = launch(data, { environment });
    const arrived = (): Set<string> => new Set(post.got.map(({ raw }) => messageIdIn(raw)));
    await vi.waitFor(() => expect(arrived().size).toBe(LETTERS), { timeout: 120_000, interval: 50 });
    expect(await last.stop()).toBe(0);
    expect(arrived()).toEqual(new Set(ids.map((id) => `<${id}@nhipcau.invalid>`)));
    const times = Map.groupBy(post.got, ({ raw }) => messageIdIn(raw));
    const twice = [...times].filter(([, came]) => came.length > 1).map(([id]) => id);
    expect(twice.filter((id) => !mayComeTwice.has(id.slice(1, 37)))).toEqual([]);
    expect(await inState(data, 'sent')).toHaveLength(LETTERS);
  } finally {
    await killAll();
    await post.close();
    await rm(data, { recursive: true, force: true });
  }
});

test('a stop waits for the letters that are on the line, and leaves the others for the next start', async () => {
  const data = await mkdtemp(join(tmpdir(), 'nhipcau-mail-'));
  const post = await startPost();
  try {
    await queueMany(data);
    const environment = {
      MAIL_URL: `smtp://127.0.0.1:${post.port}`,
      MAIL_FROM: 'hoinghi@tinh.example',
      MAIL_RATE: '60000',
    };
    const program = launch(data, { environment });
    await vi.waitFor(() => expect(post.got.length).toBeGreaterThan(PACK), { timeout: 60_000, interval: 1 });
    expect(await program.stop()).toBe(0);
    expect(await inState(data, 'sending')).toEqual([]);
    expect(await inState(data, 'sent')).toHaveLength(post.got.length);
    expect(post.got.length).toBeLessThan(LETTERS);
  } finally {
    await killAll();
    await post.close();
    await rm(data, { recursive: true, force: true });
  }
});

const clock = (): Instant => Date.now() as Instant;
const messageIdIn = (raw: string): string => /^Message-ID: (\S+)/im.exec(raw)?.[1] ?? 'none';

async function queueMany(data: string): Promise<readonly string[]> {
  const database = await openDatabase(databaseFile(data));
  try {
    const conference = ConferenceId.parse(newId());
    await addConference(database.write, conference);
    const letters = Array.from({ length: LETTERS }, (_, at) => ({
      conference,
      language: 'vi' as const,
      isAutomatic: true,
      subject: `Giấy mời số ${at}`,
      text: 'Kính gửi đồng chí, trân trọng kính mời dự Hội nghị trực tuyến.\n'.repeat(10),
      about: { kind: 'thu', id: String(at) },
      to: { name: `Đại biểu ${at}`, address: `dai-bieu-${at}@don-vi.example` },
    }));
    return (await transaction(database, (db) => queueLetters(db, { clock, newId }, letters))).letters;
  } finally {
    await database.close();
  }
}

async function inState(data: string, state: string): Promise<string[]> {
  const database = await openDatabase(databaseFile(data));
  try {
    const rows = await database.read('letter').where({ state }).select<{ id: string }[]>('id');
    return rows.map(({ id }) => id);
  } finally {
    await database.close();
  }
}
