import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readLine } from '../../../domain/ledger/export.ts';
import { verifyExport } from '../../../domain/ledger/verify.ts';
import type { Verdict } from '../../../domain/ledger/verdict.ts';
import type { EventId, PersonId } from '../../../domain/ids.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import { verifyLedger } from '../../../server/ledger/verification.ts';
import { signCheckpoint } from '../../../server/ledger/commands.ts';
import { closingCheckpoint, latestCheckpoint } from '../../../server/ledger/queries.ts';
import { databaseFile, openDatabase } from '../../../server/platform/database.ts';
import { createLog } from '../../../server/platform/log.ts';
import { arriveAt, eventAt, sample, type Sample } from '../sample.ts';
import { closedBy, exported, optionsOf, record } from './scene.ts';

const NOTHING = { checkpoints: [], heads: [] };
let s: Sample;
let top: BridgeRow;
let closed: BridgeRow;
let open: BridgeRow;
/** What the doors were given with the receipt of their third event. */
let head: { place: number; hash: string };

beforeAll(async () => {
  s = await sample({ communes: 12 });
  top = s.bridges[0]!;
  closed = s.bridge('97004');
  open = s.bridge('97005');
  for (const bridge of [closed, open]) {
    const people = Array.from({ length: 30 }, (_, at) =>
      arriveAt(s, bridge.id, `nguoi-${bridge.id}-${at}` as PersonId),
    );
    const receipts = await record(s, bridge.id, eventAt(s, bridge.id, 'open', {}), ...people);
    if (bridge === closed) head = receipts[2]!.receipt!;
  }
  const walkIn = eventAt(s, closed.id, 'walk-in', {
    name: 'Khách Thử Nghiệm',
    unit: 'Xóm 2',
    mode: 'in-person',
  });
  const excuse = { person: 'nguoi-vang' as PersonId, reason: 'đi công tác' };
  await record(
    s,
    closed.id,
    walkIn,
    eventAt(s, closed.id, 'excuse', excuse),
    eventAt(s, closed.id, 'close', {}),
  );
  await closedBy(s.server.context(), s.session, closed.id);
});
afterAll(() => s.server.close());

const key = () => s.server.context().keys.ledger.publicKey;
const verify = (lines: readonly string[], more: object = {}): Verdict =>
  verifyExport(lines, { ...optionsOf(key()), ...more });

describe('an export', () => {
  test('of a closed bridge ends in its signed closing checkpoint', async () => {
    const verdict = verify(await exported(s, closed.id, 'alone'));
    const closing = await closingCheckpoint(s.server.context(), s.session, closed.id);
    expect(verdict).toMatchObject({
      ok: true,
      closed: true,
      events: 34,
      erased: 0,
      bridges: [
        {
          bridge: closed.id,
          name: closed.name,
          state: 'closed',
          closing: { fingerprint: closing?.fingerprint },
        },
      ],
    });
  });

  test('of an open bridge is complete up to its last checkpoint', async () => {
    const verdict = verify(await exported(s, open.id, 'alone'));
    expect(verdict).toMatchObject({
      ok: true,
      closed: false,
      bridges: [{ state: 'open', events: 31, covered: 31 }],
    });
  });

  test('of everything has every bridge once, also those that never opened', async () => {
    const verdict = verify(await exported(s, top.id, 'subtree'));
    if (!verdict.ok) throw new Error(JSON.stringify(verdict));
    expect(verdict.bridges.map(({ bridge }) => bridge)).toEqual(s.bridges.map(({ id }) => id));
    expect(verdict.bridges.filter(({ state }) => state === 'empty').length).toBe(s.bridges.length - 2);
    expect(verdict.events).toBe(65);
  });

  test('has the words with it, or leaves them out and verifies all the same', async () => {
    const whole = (await exported(s, closed.id, 'alone')).join('\n');
    expect(whole).toContain('Khách Thử Nghiệm');
    const bare = await exported(s, closed.id, 'alone', { texts: 'false' });
    expect(bare.join('\n')).not.toMatch(/Khách Thử Nghiệm|đi công tác/);
    expect(verify(bare)).toMatchObject({ ok: true, closed: true, erased: 2 });
  });

  test('holds against what was kept: a head, a fingerprint, an older checkpoint', async () => {
    const first = (await exported(s, closed.id, 'alone'))
      .map(readLine)
      .find((line) => line?.kind === 'checkpoint');
    expect(first).toBeDefined();
    const closing = (await closingCheckpoint(s.server.context(), s.session, closed.id))!;
    const keptCheckpoints = [{ fingerprint: closing.fingerprint, number: null }];
    const keptHeads = [{ bridge: closed.id, ...head }];
    expect(verify(await exported(s, closed.id, 'alone'), { keptCheckpoints, keptHeads }).ok).toBe(true);
    // Of the other bridges it shows how they stood then only where it is asked for.
    await record(s, open.id, arriveAt(s, open.id, 'nguoi-den-sau' as PersonId));
    const other = await exported(s, open.id, 'alone');
    expect(verify(other, { keptCheckpoints })).toMatchObject({ ok: false, finding: { kind: 'not-shown' } });
    const asked = await exported(s, open.id, 'alone', { under: `${closing.fingerprint.toLowerCase()},1` });
    expect(verify(asked, { keptCheckpoints })).toMatchObject({ ok: true });
    const all = await exported(s, top.id, 'subtree', { under: String(closing.number) });
    expect(verify(all, { keptCheckpoints, keptHeads }).ok).toBe(true);
    const forged = [{ bridge: closed.id, place: head.place, hash: '0'.repeat(64) }];
    expect(verify(all, { keptHeads: forged })).toMatchObject({
      ok: false,
      finding: { kind: 'rewritten', place: 1, upTo: head.place },
    });
  });

  test('signs nothing where the last checkpoint covers it, whatever other bridges wrote since', async () => {
    await signCheckpoint(s.server.context());
    const before = await latestCheckpoint(s.server.context());
    await record(s, open.id, arriveAt(s, open.id, 'nguoi-den-sau-nua' as PersonId));
    expect(verify(await exported(s, closed.id, 'alone'))).toMatchObject({ ok: true, closed: true });
    expect(await latestCheckpoint(s.server.context())).toEqual(before);
    expect(verify(await exported(s, open.id, 'alone'))).toMatchObject({ ok: true, closed: false });
    expect((await latestCheckpoint(s.server.context()))?.number).toBe(before!.number + 1);
  });

  test('while events come in ends where its checkpoint does', async () => {
    const neighbour = s.bridge('97006');
    const busy = Array.from({ length: 20 }, (_, at) =>
      record(s, neighbour.id, arriveAt(s, neighbour.id, `ban-${at}` as PersonId)),
    );
    const [lines] = await Promise.all([exported(s, top.id, 'subtree'), ...busy]);
    expect(verify(lines).ok).toBe(true);
  });
});

const audit = () => verifyLedger(s.server.context(), NOTHING);
/** Works on the tables as somebody with the file and without the program would, and puts everything back. */
async function tampered(sql: string, look: () => Promise<void>, ...values: unknown[]): Promise<void> {
  const { write } = s.server.database;
  const triggers = await write.raw<{ name: string; sql: string }[]>(
    `select name, sql from sqlite_master where type = 'trigger' and name like '%_no_%'`,
  );
  await write.raw('create table kept_event as select * from attendance_event');
  for (const { name } of triggers) await write.raw(`drop trigger ${name}`);
  try {
    for (const one of sql.split(';')) await write.raw(one, one.includes('?') ? (values as string[]) : []);
    await look();
  } finally {
    await write.raw('delete from attendance_event');
    await write.raw('insert into attendance_event select * from kept_event');
    await write.raw('drop table kept_event');
    for (const trigger of triggers) await write.raw(trigger.sql);
  }
}

const found = async () => (await audit()).finding;

describe('what is tampered with in the database', () => {
  test('nothing is found before', async () => {
    await signCheckpoint(s.server.context());
    expect(await audit()).toMatchObject({ finding: null, unsigned: 0, erased: 0 });
  });

  test('a changed form, a removed row, an exchanged pair and an inserted row are named with their place', async () => {
    const at = 'bridge = ? and place = ?';
    const named = { kind: 'tampered', bridge: closed.id };
    await tampered(
      `update attendance_event set form = replace(form, 'in-person', 'online') where ${at}`,
      async () => expect(await found()).toMatchObject({ ...named, how: 'changed', place: 5 }),
      closed.id,
      5,
    );
    await tampered(
      `delete from attendance_event where ${at}`,
      async () => expect(await found()).toMatchObject({ ...named, how: 'removed', place: 7 }),
      closed.id,
      7,
    );
    await tampered(
      `insert into attendance_event
       select (select max(seq) + 1 from attendance_event), randomblob(16), session, bridge, received_at, place, hash,
              replace(form, '["arrive"', '["leave"') from attendance_event where ${at}`,
      async () => expect(await found()).toMatchObject({ ...named, how: 'inserted', place: 35 }),
      closed.id,
      9,
    );
    await tampered(
      `create table swapped as select seq, place from attendance_event where bridge = ? and place in (11, 12);
       update attendance_event set seq = -1 where seq = (select seq from swapped where place = 11);
       update attendance_event set seq = (select seq from swapped where place = 11)
         where seq = (select seq from swapped where place = 12);
       update attendance_event set seq = (select seq from swapped where place = 12) where seq = -1;
       drop table swapped`,
      async () => expect(await found()).toMatchObject({ ...named, how: 'reordered', place: 11 }),
      closed.id,
    );
    await tampered(
      `update attendance_event set received_at = received_at + 1 where ${at}`,
      async () => expect(await found()).toMatchObject({ ...named, how: 'changed', place: 1 }),
      closed.id,
      1,
    );
  });

  test('columns that say other than the form are a change', async () => {
    const events = await s.server.database
      .read('attendance_event')
      .where({ bridge: open.id, place: 3 })
      .first('form');
    const id = (JSON.parse((events as { form: string }).form) as string[])[1] as EventId;
    await tampered(
      'update attendance_event set id = randomblob(16) where bridge = ? and place = ?',
      async () =>
        expect(await found()).toEqual({
          kind: 'tampered',
          how: 'changed',
          session: s.session,
          bridge: open.id,
          place: 3,
          id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        }),
      open.id,
      3,
    );
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('a tail that was cut is found by the checkpoint that covers it', async () => {
    await tampered(
      'delete from attendance_event where bridge = ? and place > ?',
      async () => expect(await found()).toMatchObject({ kind: 'rewritten' }),
      open.id,
      20,
    );
  });

  test('words that were changed are found, words that were erased are counted', async () => {
    const { write } = s.server.database;
    const [row] = await write.raw<{ seq: number; salt: string; texts: string }[]>(
      `select * from attendance_text where texts like '%Xóm 2%'`,
    );
    await write('attendance_text')
      .where({ seq: row!.seq })
      .update({ texts: row!.texts.replace('Xóm 2', 'Xóm 3') });
    expect(await found()).toMatchObject({ kind: 'tampered', how: 'changed', bridge: closed.id });
    expect(verify(await exported(s, closed.id, 'alone'))).toMatchObject({
      ok: false,
      finding: { kind: 'changed' },
    });
    await write('attendance_text').where({ seq: row!.seq }).delete();
    expect(await audit()).toMatchObject({ finding: null, erased: 1 });
    expect(verify(await exported(s, closed.id, 'alone'))).toMatchObject({ ok: true, erased: 1 });
  });

  test('a kept checkpoint that is not there, and a kept head that is another, are said', async () => {
    const context = s.server.context();
    const fingerprint = '0000-0000-0000-0000';
    expect(
      (await verifyLedger(context, { checkpoints: [{ fingerprint, number: null }], heads: [] })).finding,
    ).toEqual({
      kind: 'kept-missing',
      fingerprint,
    });
    const heads = [{ bridge: closed.id, ...head }];
    expect((await verifyLedger(context, { checkpoints: [], heads })).finding).toBeNull();
    const other = [{ bridge: closed.id, place: head.place, hash: 'f'.repeat(64) }];
    expect((await verifyLedger(context, { checkpoints: [], heads: other })).finding).toMatchObject({
      kind: 'head-differs',
      place: head.place,
    });
  });

  test('a checkpoint that was changed or taken out is named', async () => {
    const { write } = s.server.database;
    const [row] = await write.raw<{ statement: string; sql: string }[]>(
      'select * from checkpoint where number = 1',
    );
    const triggers = await write.raw<{ sql: string }[]>(
      `select sql from sqlite_master where type = 'trigger' and name like 'checkpoint_no_%'`,
    );
    for (const change of ['update', 'delete']) await write.raw(`drop trigger checkpoint_no_${change}`);
    try {
      await write('checkpoint')
        .where({ number: 1 })
        .update({ statement: row!.statement.replace('seq ', 'seq 1') });
      expect(await found()).toEqual({ kind: 'bad-checkpoint', checkpoint: 1 });
    } finally {
      await write('checkpoint').where({ number: 1 }).update({ statement: row!.statement });
      for (const { sql } of triggers) await write.raw(sql);
    }
    expect(await found()).toBeNull();
  });

  test('a kept proof that does not lead to its checkpoint is named', async () => {
    const { write } = s.server.database;
    const [row] = await write.raw<{ rowid: number; proof: string; bridge: string }[]>(
      'select rowid, * from checkpoint_proof limit 1',
    );
    await write.raw('update checkpoint_proof set place = place + 1 where rowid = ?', [row!.rowid]);
    expect(await found()).toMatchObject({ kind: 'bad-proof', bridge: row!.bridge });
    await write.raw('update checkpoint_proof set place = place - 1 where rowid = ?', [row!.rowid]);
    expect(await found()).toBeNull();
  });

  // Last, as it signs over what was tampered with.
  test('before a start is said by the first checkpoint after it', async () => {
    const said: string[] = [];
    const database = await openDatabase(databaseFile(s.server.data));
    const log = createLog('error', { write: (line) => void said.push(line) });
    try {
      await signCheckpoint(s.server.context());
      await tampered(
        `update attendance_event set hash = randomblob(32) where bridge = ? and place = (select max(place) from attendance_event where bridge = ?);
         insert into attendance_event
           select (select max(seq) + 1 from attendance_event), randomblob(16), session, bridge, received_at, place, hash,
                  form from attendance_event where bridge in (?, ?) limit 1`,
        async () => void (await signCheckpoint({ ...s.server.context(), database, log })),
        open.id,
        open.id,
      );
    } finally {
      await database.close();
    }
    expect(said.join('')).toContain('ledger verify');
  });
});
