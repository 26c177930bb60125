import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, expect, test, vi } from 'vitest';

import { personNamed } from '../../domain/composition/person.ts';
import { BridgeId, ConferenceId, PersonId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import { api } from '../../domain/wire/api.ts';
import { PACK } from '../../server/mail/when-due.ts';
import { writePeople } from '../../server/people/store.ts';
import { databaseFile, openDatabase, transaction, type Database } from '../../server/platform/database.ts';
import { newId, signIn, startTestServer } from '../server/harness.ts';
import { settingsFor, startPost, type Post } from '../server/mail/post.ts';
import { addBridge, addConference } from '../server/rows.ts';
import { killAll, launch } from './program.ts';

/** All that a nation's conference may invite at one time; some hundreds where every change is tested. */
const LETTERS = process.env['FAULTS'] === 'long' ? 15_000 : 600;
const KILLS = 3;

afterEach(killAll);

test('of people who are invited none is missing after the program was killed again and again; those whose letter was on the line then may get it twice, with the same Message-ID', async () => {
  const data = await mkdtemp(join(tmpdir(), 'nhipcau-mail-'));
  const post = await startPost();
  try {
    const ids = await inviteMany(data, post);
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
    await vi.waitFor(async () => expect(await invitationsAt(data, 'unanswered')).toBe(LETTERS), {
      timeout: 60_000,
      interval: 200,
    });
    expect(await last.stop()).toBe(0);
    expect(await stepsOf(data, 'sent')).toBe(LETTERS);
    expect(arrived()).toEqual(new Set(ids.map((id) => `<${id}@tinh.example>`)));
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
    await inviteMany(data, post);
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

const messageIdIn = (raw: string): string => /^Message-ID: (\S+)/im.exec(raw)?.[1] ?? 'none';

/** Everybody of a hall is prepared, approved and sent a letter, which all wait: at this pace hardly one goes. Gives the letters. */
async function inviteMany(data: string, post: Post): Promise<readonly string[]> {
  const mail = { ...settingsFor(post.port), perMinute: 0.001 };
  const server = await startTestServer({ data, mail, clock: () => Date.now() as Instant });
  try {
    const conference = ConferenceId.parse(newId());
    const bridge = BridgeId.parse('hoi-truong');
    await seatMany(server.database, conference, bridge);
    const organizer = await signIn(server);
    const params = { conference, bridge };
    const all = { params, body: { invitations: null } };
    expect(await organizer.call(api.prepareInvitations, { params, body: {} })).toMatchObject({
      prepared: LETTERS,
    });
    expect(await organizer.call(api.approveInvitations, all)).toEqual({ approved: LETTERS });
    const sent = await organizer.call(api.sendInvitations, {
      params,
      body: { by: 'mail', invitations: null },
    });
    expect(sent).toEqual({ sent: LETTERS, withoutAddress: 0 });
    const letters = await server.database.read('letter').select<{ id: string }[]>('id');
    return letters.map(({ id }) => id);
  } finally {
    await server.close();
  }
}

async function seatMany(database: Database, conference: ConferenceId, bridge: BridgeId): Promise<void> {
  await transaction(database, async (db) => {
    await addConference(db, conference);
    await addBridge(db, conference, bridge, null);
    const startsAt = Date.now() + 30 * 86_400_000;
    await db('session').insert({
      id: 'buoi-sang',
      conference,
      kind: 'session',
      title: 'Buổi sáng',
      starts_at: startsAt,
      ends_at: startsAt + 3 * 3_600_000,
    });
    const people = Array.from({ length: LETTERS }, (_, at) => ({
      id: PersonId.parse(`NGUOI-${at}`),
      ...personNamed(`Đại biểu Thứ ${at}`),
      email: `dai-bieu-${at}@don-vi.example`,
    }));
    await writePeople(db, conference, people);
    await db.raw(
      `insert into placement (conference, person, bridge, "as", basis, clause, reason)
       select conference, id, ?, 'delegate', 'summoned', 'C1', '{"kind":"clause","clause":"C1"}' from person where conference = ?`,
      [bridge, conference],
    );
  });
}

async function looking<Value>(data: string, look: (db: Database['read']) => Promise<Value>): Promise<Value> {
  const database = await openDatabase(databaseFile(data));
  try {
    return await look(database.read);
  } finally {
    await database.close();
  }
}

async function inState(data: string, state: string): Promise<string[]> {
  const rows = await looking(data, (db) => db('letter').where({ state }).select<{ id: string }[]>('id'));
  return rows.map(({ id }) => id);
}

async function invitationsAt(data: string, state: string): Promise<number> {
  return (await looking(data, (db) => db('invitation').where({ state }).select('id'))).length;
}

async function stepsOf(data: string, step: string): Promise<number> {
  return (
    await looking(data, (db) => db('invitation_step').whereRaw(`what ->> 'step' = ?`, [step]).select('place'))
  ).length;
}
