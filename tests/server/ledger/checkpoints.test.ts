import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readStatement } from '../../../domain/ledger/checkpoint.ts';
import { verifyExport } from '../../../domain/ledger/verify.ts';
import { ConferenceId, type PersonId, type SessionId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import { verifyLedger } from '../../../server/ledger/verification.ts';
import { signCheckpoint } from '../../../server/ledger/commands.ts';
import { exportLedger } from '../../../server/ledger/exports.ts';
import { closingCheckpoint, latestCheckpoint } from '../../../server/ledger/queries.ts';
import { databaseFile, openDatabase } from '../../../server/platform/database.ts';
import { openKeys, sha256 } from '../../../server/platform/keys.ts';
import type { Context } from '../../../server/platform/context.ts';
import { client, hostAt, signIn, startTestServer } from '../harness.ts';
import { addConference, arriveAt, eventAt, sample, type Sample } from '../sample.ts';
import { operatorOf } from '../operator.ts';
import { closedBy, optionsOf, record } from './scene.ts';

const NOTHING = { checkpoints: [], heads: [] };
let s: Sample;
let commune: BridgeRow;
let neighbour: BridgeRow;
beforeAll(async () => {
  s = await sample({ communes: 12 });
  commune = s.bridge('97004');
  neighbour = s.bridge('97005');
});
afterAll(() => s.server.close());

let next = 0;
const somebody = () => `khach-${(next += 1)}` as PersonId;
const arrive = (bridge: BridgeRow = commune) => record(s, bridge.id, arriveAt(s, bridge.id, somebody()));
const count = async (upTo = Infinity): Promise<number> => {
  const rows = await s.server.database.read('checkpoint').select<{ number: number }[]>('number');
  return rows.filter(({ number }) => number <= upTo).length;
};

/** A process of its own on the same data: what the command line is beside the server. */
async function beside(work: (context: Context) => Promise<unknown>): Promise<void> {
  const database = await openDatabase(databaseFile(s.server.data));
  try {
    await work({ ...s.server.context(), database, keys: openKeys(s.server.data) });
  } finally {
    await database.close();
  }
}

describe('a checkpoint', () => {
  test('covers everything that was written, and is signed once', async () => {
    const [answer] = await arrive();
    const signed = await signCheckpoint(s.server.context());
    expect(readStatement(signed?.statement ?? '')).toMatchObject({
      number: signed?.number,
      at: s.clock(),
      seq: signed?.seq,
    });
    expect(answer?.receipt?.place).toBeGreaterThan(0);
    const before = await count();
    expect(await signCheckpoint(s.server.context())).toEqual(signed);
    expect(await latestCheckpoint(s.server.context())).toEqual(signed);
    expect(await count()).toBe(before);
  });

  test('names the one before', async () => {
    await arrive();
    const first = await signCheckpoint(s.server.context());
    await arrive();
    const second = await signCheckpoint(s.server.context());
    expect(second?.number).toBe(first!.number + 1);
    expect(readStatement(second!.statement)?.before).toBe(sha256(first!.statement));
  });

  test('cannot be changed or removed', async () => {
    await arrive();
    await signCheckpoint(s.server.context());
    const { write } = s.server.database;
    await expect(write('checkpoint').update({ at: 0 })).rejects.toThrow('append only');
    await expect(write('checkpoint').delete()).rejects.toThrow('append only');
  });

  test('signed by several processes at the same time is one row of numbers, each over the one before', async () => {
    for (let round = 0; round < 4; round++) {
      await arrive();
      await beside(async (other) => {
        const own = s.server.context();
        const writes = [arrive(), arrive(neighbour), arrive()];
        const signs = [own, other, own, other, other].map((context) => signCheckpoint(context));
        await Promise.all([...writes, ...signs]);
      });
    }
    const last = await signCheckpoint(s.server.context());
    expect(last?.number).toBe(await count());
    expect(await verifyLedger(s.server.context(), NOTHING)).toMatchObject({ finding: null, unsigned: 0 });
  });
});

describe('a bridge that closes', () => {
  test('gets its checkpoint at once, and another after a late upload', async () => {
    await arrive();
    await record(s, commune.id, eventAt(s, commune.id, 'close', {}));
    const first = await closedBy(s.server.context(), s.session, commune.id);
    const latest = await latestCheckpoint(s.server.context());
    expect(latest?.number).toBeGreaterThanOrEqual(first.number);
    expect(first.fingerprint).toMatch(/^(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);

    s.clock.advance(3_600_000);
    const [late] = await arrive();
    expect(late?.flags).toContain('late-upload');
    const second = await closedBy(s.server.context(), s.session, commune.id);
    expect(second.number).toBeGreaterThan(first.number);
    expect(second.place).toBe(late?.receipt?.place);
    expect(second.hash).toBe(late?.receipt?.hash);
  });

  test('is not closed while an undo of its own takes the close back', async () => {
    const close = eventAt(s, neighbour.id, 'close', {});
    await record(s, neighbour.id, close);
    await closedBy(s.server.context(), s.session, neighbour.id);
    const undo = eventAt(s, neighbour.id, 'void', { target: close.id, reason: 'đóng nhầm' });
    await record(s, neighbour.id, undo);
    await signCheckpoint(s.server.context());
    expect(await closingCheckpoint(s.server.context(), s.session, neighbour.id)).toBeNull();
    const again = eventAt(s, neighbour.id, 'void', { target: undo.id, reason: 'đóng đúng' });
    await record(s, neighbour.id, again);
    expect((await closedBy(s.server.context(), s.session, neighbour.id)).place).toBeGreaterThan(2);
  });

  test('that never opened has none', async () => {
    const other = s.bridge('97006');
    expect(await closingCheckpoint(s.server.context(), s.session, other.id)).toBeNull();
    expect(await closingCheckpoint(s.server.context(), 'khac' as SessionId, commune.id)).toBeNull();
  });

  test('while another process signs, closes all the same', async () => {
    const other = s.bridge('97007');
    await beside(async (context) => {
      await record(s, other.id, eventAt(s, other.id, 'close', {}));
      await Promise.all([signCheckpoint(context), signCheckpoint(s.server.context())]);
    });
    expect((await closedBy(s.server.context(), s.session, other.id)).place).toBe(1);
  });
});

describe('a server that starts again', () => {
  test('signs at its end, goes on with the numbers, and signs what a killed one left', async () => {
    await arrive();
    const before = await latestCheckpoint(s.server.context());
    const kept = s.server.context();
    // A second server on the data: its end signs what neither has signed.
    const second = await startTestServer({ data: s.server.data, clock: s.clock });
    await second.close();
    const after = await latestCheckpoint(kept);
    expect(after?.number).toBeGreaterThan(before?.number ?? 0);
    const third = await startTestServer({ data: s.server.data, clock: s.clock });
    try {
      await arrive();
      // The first one goes on beside it and may sign in between, but no number is left out.
      const signed = (await signCheckpoint(third.context()))!;
      expect(signed.number).toBeGreaterThan(after!.number);
      expect(await count(signed.number)).toBe(signed.number);
      expect(await verifyLedger(third.context(), NOTHING)).toMatchObject({ finding: null, unsigned: 0 });
    } finally {
      await third.close();
    }
  });
});

describe('the routes', () => {
  test('tell anybody the key', async () => {
    const { key, algorithm } = await client(s.server).call(api.ledgerKey);
    expect([algorithm, key]).toEqual(['Ed25519', s.server.context().keys.ledger.publicKey]);
  });

  test('list checkpoints to whoever has a role in a conference, newest first, page by page', async () => {
    await arrive();
    await signCheckpoint(s.server.context());
    const host = await signIn(s.server, [hostAt(s.conference, commune.id)]);
    const params = { conference: s.conference };
    const first = await host.call(api.checkpoints, { params, query: { limit: 2 } });
    expect(first.items).toHaveLength(2);
    expect(first.items[0]?.number).toBe(await count());
    const second = await host.call(api.checkpoints, { params, query: { limit: 2, cursor: first.next! } });
    expect(second.items[0]?.number).toBe(first.items[1]!.number - 1);
    const stranger = await signIn(s.server, []);
    expect((await stranger.refusal(api.checkpoints, { params })).code).toBe('not-found');
    const nowhere = { params: { conference: ConferenceId.parse('khong-co') } };
    expect((await host.refusal(api.checkpoints, nowhere)).code).toBe('not-found');
  });

  test('keep a host to their own bridge, and the whole subtree to whoever organizes it', async () => {
    const host = await signIn(s.server, [hostAt(s.conference, commune.id)]);
    const at = (bridge: BridgeRow) => ({
      params: { conference: s.conference, bridge: bridge.id, session: s.session },
    });
    expect((await host.response(api.exportBridgeLedger, at(commune))).status).toBe(200);
    expect((await host.refusal(api.exportBridgeLedger, at(neighbour))).code).toBe('not-found');
    // Below a commune there is nothing: its subtree is its own bridge.
    expect((await host.response(api.exportLedger, at(commune))).status).toBe(200);
    expect((await host.refusal(api.exportLedger, at(neighbour))).code).toBe('not-found');
  });

  test('refuse in a sentence what is not there', async () => {
    const bare = await addConference(s.organizer);
    const at = (session: SessionId) => ({
      params: { conference: s.conference, bridge: commune.id, session },
      query: { under: '999999' },
    });
    expect((await s.organizer.refusal(api.exportLedger, at('khong-co' as SessionId))).detail).toContain(
      'buổi họp',
    );
    expect((await s.organizer.refusal(api.exportLedger, at(s.session))).detail).toBe(
      'Không có mốc ký 999999.',
    );
    expect(
      (await s.organizer.call(api.checkpoints, { params: { conference: bare } })).items.length,
    ).toBeGreaterThan(0);
  });
});

describe('a key that was lost', () => {
  test('is followed by the next one: what the old one signed stays in the row, and exports begin after it', async () => {
    await arrive();
    const before = await signCheckpoint(s.server.context());
    const elsewhere = await mkdtemp(join(tmpdir(), 'nhipcau-key-'));
    const database = await openDatabase(databaseFile(s.server.data));
    try {
      const context: Context = { ...s.server.context(), database, keys: openKeys(elsewhere) };
      const { conference, bridge } = await operatorOf(context, s.conference, s.bridges[0]!.id);
      // Nothing was written since: what nobody can check any more is signed anew all the same.
      const signed = await signCheckpoint(context);
      expect(signed?.number).toBe(before!.number + 1);
      expect(readStatement(signed!.statement)?.before).toBe(sha256(before!.statement));
      expect(await verifyLedger(context, NOTHING)).toMatchObject({ finding: null, otherKey: before?.number });
      const exported = await exportLedger(context, conference, bridge, s.session, { under: [], texts: true });
      if (!exported.ok) throw new Error(exported.reason);
      const file = join(elsewhere, 'so.ndjson');
      await exported.value.write(createWriteStream(file), new AbortController().signal);
      const lines = (await readFile(file, 'utf8')).split('\n');
      expect(verifyExport(lines, optionsOf(context.keys.ledger.publicKey))).toMatchObject({
        ok: true,
        checkpoint: { number: signed?.number },
      });
      const old = optionsOf(s.server.context().keys.ledger.publicKey);
      expect(verifyExport(lines, old)).toMatchObject({ ok: false, finding: { kind: 'other-key' } });
    } finally {
      await database.close();
      await rm(elsewhere, { recursive: true, force: true });
    }
    // The old key found again does not take the other one's signature for its own.
    expect((await verifyLedger(s.server.context(), NOTHING)).finding).toMatchObject({
      kind: 'bad-checkpoint',
    });
  });
});
