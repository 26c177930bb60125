import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readAuditForm, type Deed } from '../../../domain/audit/entry.ts';
import { LONGEST_PAUSE_MS } from '../../../domain/audit/looks.ts';
import { verifyAuditExport, type AuditVerdict } from '../../../domain/audit/verify.ts';
import { api } from '../../../domain/wire/api.ts';
import { auditHead, everyEntry } from '../../../server/audit/queries.ts';
import { trailOf } from '../../../server/audit/trail.ts';
import { verifyTrail } from '../../../server/audit/verification.ts';
import { latestCheckpoint } from '../../../server/ledger/queries.ts';
import { signCheckpoint } from '../../../server/ledger/commands.ts';
import { readStatement } from '../../../domain/ledger/checkpoint.ts';
import { testMachine } from '../../machines.ts';
import { hostAt, signIn, socket, type SignedInClient } from '../harness.ts';
import { optionsOf } from '../ledger/scene.ts';
import { eventAt, sample, type Sample } from '../sample.ts';

let s: Sample;
let organizer: SignedInClient;
beforeAll(async () => {
  s = await sample({ communes: 3 });
  organizer = s.organizer;
});
afterAll(() => s.server.close());

interface Entered {
  readonly place: number;
  readonly deed: Deed;
  readonly words: Readonly<Record<string, string>> | null;
}

/** What the trail gets while something is done. */
async function enteredBy(work: () => Promise<unknown>): Promise<Entered[]> {
  const context = s.server.context();
  const { place: after } = await auditHead(context);
  await work();
  const { place: upTo } = await auditHead(context);
  const entered: Entered[] = [];
  for await (const { place, form, texts } of everyEntry(context, after, upTo)) {
    const { deed } = readAuditForm(form);
    // What the server does by itself comes when it comes.
    if (deed.by !== 'program') entered.push({ place, deed, words: texts?.texts ?? null });
  }
  return entered;
}

const at = () => ({ conference: s.conference });

describe('a look', () => {
  test('leaves one entry: who, from where, at which list, by which filter', async () => {
    const entered = await enteredBy(() =>
      s.organizer.call(api.people, { params: at(), body: { q: 'thử', limit: 5 } }),
    );
    expect(entered.map(({ deed }) => [deed.step, deed.act, deed.by])).toEqual([
      ['look', 'people', s.organizer.account],
    ]);
    expect(entered[0]?.deed.on).toEqual([['conference', s.conference]]);
    expect(entered[0]?.words).toMatchObject({
      who: 'Trần Thử Nghiệm',
      address: '127.0.0.1',
      filter: JSON.stringify({ q: 'thử' }),
    });
  });

  test('is entered before its answer is out, and a look at figures is none', async () => {
    const bridge = s.bridges[0]!.id;
    const entered = await enteredBy(() =>
      s.organizer.call(api.figures, { params: { ...at(), bridge, session: s.session } }),
    );
    expect(entered).toEqual([]);
  });

  test('of a door that watches its list is entered; its check-ins are not, as they are in the ledger', async () => {
    const bridge = s.bridges.at(-1)!.id;
    const host = await signIn(s.server, [hostAt(s.conference, bridge)]);
    const line = await socket(s.server, host.cookie);
    const device = testMachine('may-1').device;
    const entered = await enteredBy(async () => {
      const watch = { conference: s.conference, session: s.session, bridge, device };
      expect(await line.ask('door:watch', watch)).toMatchObject({ ok: true });
      const events = [eventAt(s, bridge, 'open', {})];
      const batch = { conference: s.conference, session: s.session, bridge, events };
      expect(await line.ask('attendance:record', batch)).toMatchObject({ ok: true });
    });
    line.close();
    const looks = entered.filter(({ deed }) => deed.by === host.account);
    expect(looks.map(({ deed }) => [deed.step, deed.act])).toEqual([['look', 'door:watch']]);
    expect(looks[0]?.deed.on).toEqual([
      ['bridge', bridge],
      ['conference', s.conference],
      ['device', device],
      ['session', s.session],
    ]);
    expect(looks[0]?.words).toMatchObject({ address: '127.0.0.1' });
  });

  test('at a list that the page reads again by itself is one entry, and every other look one of its own', async () => {
    const call = (q: string) => s.organizer.call(api.people, { params: at(), body: { q } });
    const entered = await enteredBy(async () => {
      for (let times = 0; times < 20; times++) {
        await call('lặng');
        s.clock.advance(15_000);
      }
      await call('khác');
      await call('lặng');
      await (await signIn(s.server)).call(api.people, { params: at(), body: { q: 'lặng' } });
      s.clock.advance(LONGEST_PAUSE_MS + 1);
      await call('lặng');
    });
    const filters = entered.map(({ words }) => words?.['filter']);
    expect(filters).toEqual(['lặng', 'khác', 'lặng', 'lặng'].map((q) => JSON.stringify({ q })));
    expect(entered[2]?.deed.by).not.toBe(s.organizer.account);
    s.clock.set('2025-01-13T07:00:00+07:00');
  });

  test('that takes a file away is entered each time', async () => {
    const bridge = s.bridges[0]!.id;
    const take = async () => {
      const query = { format: 'csv' } as const;
      const params = { ...at(), bridge, session: s.session };
      await (await s.organizer.response(api.exportReport, { params, query })).text();
    };
    const entered = await enteredBy(async () => {
      await take();
      await take();
    });
    expect(entered.map(({ deed }) => deed.act)).toEqual(['exportReport', 'exportReport']);
  });

  test('by somebody who may not is entered as refused', async () => {
    const host = await signIn(s.server, [hostAt(s.conference, s.bridges.at(-1)!.id)]);
    const entered = await enteredBy(() => host.refusal(api.people, { params: at() }));
    expect(entered.map(({ deed }) => [deed.step, deed.by])).toEqual([['refused', host.account]]);
    expect(['forbidden', 'not-found']).toContain(entered[0]?.deed.reason);
  });
});

describe('a change', () => {
  test('is entered when it is asked for and when it is done', async () => {
    const bridge = s.bridges.at(-1)!.id;
    const body = { address: 'Hội trường tầng 2' };
    const entered = await enteredBy(() =>
      s.organizer.call(api.changeBridge, { params: { ...at(), bridge }, body }),
    );
    expect(entered.map(({ deed }) => deed.step)).toEqual(['asked', 'done']);
    expect(entered[1]?.deed.of).toBe(entered[0]?.deed.id);
    expect(entered[1]?.deed.on).toEqual([
      ['bridge', bridge],
      ['conference', s.conference],
    ]);
  });

  test('that is refused is entered with the reason', async () => {
    const person = 'khong-co-ai';
    const bridge = s.bridges[0]!.id;
    const entered = await enteredBy(() =>
      s.organizer.refusal(api.reissuePass, {
        params: { ...at(), bridge, person },
        body: { reason: 'mất thẻ' },
      }),
    );
    expect(entered.map(({ deed }) => [deed.step, deed.reason])).toEqual([
      ['asked', null],
      ['refused', 'not-found'],
    ]);
  });
});

describe('the trail', () => {
  test('cannot be changed, and nothing can be taken out of it', async () => {
    const { write } = s.server.database;
    await expect(write('audit_entry').where({ place: 1 }).update({ at: 0 })).rejects.toThrow('append only');
    await expect(write('audit_entry').where({ place: 1 }).delete()).rejects.toThrow('append only');
    await expect(write('audit_object').delete()).rejects.toThrow('append only');
  });

  test('is covered by the next checkpoint, and the statement names its head', async () => {
    const context = s.server.context();
    await s.organizer.call(api.people, { params: at() });
    const head = await auditHead(context);
    const signed = await signCheckpoint(context);
    expect(readStatement(signed!.statement)?.audit).toEqual(head);
    expect(await signCheckpoint(context)).toMatchObject({ number: signed!.number });
    await s.organizer.call(api.people, { params: at(), body: { q: 'chốt' } });
    // What is only wanted for chains of the ledger does not sign for a look.
    expect(await signCheckpoint(context, undefined, false)).toMatchObject({ number: signed!.number });
    expect(await signCheckpoint(context)).toMatchObject({ number: signed!.number + 1 });
  });

  test('written by many at once is one chain', async () => {
    const entered = await enteredBy(() =>
      Promise.all(
        Array.from({ length: 60 }, (_, n) =>
          s.organizer.call(api.people, { params: at(), body: { limit: 1, q: `người ${n}` } }),
        ),
      ),
    );
    expect(entered).toHaveLength(60);
    expect(await verifyTrail(s.server.context())).toMatchObject({ finding: null });
  });
});

describe('the auditor', () => {
  let auditor: SignedInClient;
  beforeAll(async () => {
    auditor = await signIn(
      s.server,
      [{ role: 'auditor', conference: s.conference, bridge: null, from: null, until: null }],
      'Lê Thị Kiểm',
    );
  });

  test('reads it in sentences, newest first, a change as one row', async () => {
    const bridge = s.bridges.at(-1)!;
    await s.organizer.call(api.events, { params: { ...at(), bridge: bridge.id, session: s.session } });
    const { items } = await auditor.call(api.conferenceAudit, { params: at(), body: { limit: 50 } });
    const [look] = items.filter(({ account }) => account === s.organizer.account);
    expect(look).toMatchObject({
      act: 'events',
      kind: 'look',
      outcome: 'done',
      account: s.organizer.account,
    });
    expect(look?.sentence).toBe(
      `Trần Thử Nghiệm xem các lượt điểm danh ở điểm cầu ${bridge.name}, ` +
        `buổi ${look?.on.find(({ kind }) => kind === 'session')?.name} ` +
        `lúc 07:00 13/01/2025, từ máy 127.0.0.1.`,
    );
    const places = items.map(({ place }) => place);
    expect(places).toEqual(places.toSorted((a, b) => b - a));
    const placed = items.filter(({ act }) => act === 'place');
    expect(placed.map(({ outcome }) => outcome)).toEqual(placed.map(() => 'done'));
  });

  test('reads it in English', async () => {
    await auditor.call(api.conferenceAudit, { params: at() });
    const { items } = await auditor.call(api.conferenceAudit, {
      params: at(),
      body: { kind: 'look', who: 'le thi kiem' },
      language: 'en',
    });
    expect(items.every(({ kind }) => kind === 'look')).toBe(true);
    expect(items[0]?.sentence).toMatch(
      /^Lê Thị Kiểm looked at the audit trail of a conference at .*, from 127/,
    );
  });

  test('finds the trail of one thing, of one person, of some days', async () => {
    const bridge = s.bridges.at(-1)!;
    const { items } = await auditor.call(api.conferenceAudit, {
      params: at(),
      body: { object: `bridge ${bridge.id}`, limit: 200 },
    });
    expect(items.length).toBeGreaterThan(0);
    expect(items.every(({ on }) => on.some(({ id }) => id === bridge.id))).toBe(true);
    const own = await auditor.call(api.conferenceAudit, { params: at(), body: { who: 'le thi kiem' } });
    expect(new Set(own.items.map(({ account }) => account))).toEqual(new Set([auditor.account]));
    const none = await auditor.call(api.conferenceAudit, {
      params: at(),
      body: { from: '2025-01-14' },
    });
    expect(none.items).toEqual([]);
    const below = await auditor.call(api.bridgeAudit, { params: { ...at(), bridge: s.bridges[0]!.id } });
    expect(below.items.some(({ on }) => on.some(({ id }) => id === bridge.id))).toBe(true);
  });

  test('pages through it without a gap', async () => {
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const { items, next } = await auditor.call(api.conferenceAudit, {
        params: at(),
        body: { limit: 7, ...(cursor !== undefined && { cursor }) },
      });
      seen.push(...items.map(({ place }) => place));
      cursor = next ?? undefined;
    } while (cursor !== undefined && seen.length < 60);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('takes it away as a table', async () => {
    const response = await auditor.response(api.exportConferenceAudit, {
      params: at(),
      body: { format: 'csv' },
    });
    expect(await response.text()).toContain('Trần Thử Nghiệm');
    const sheet = await auditor.response(api.exportConferenceAudit, { params: at() });
    expect(sheet.headers.get('content-type')).toContain('spreadsheetml');
  });
});

/** The verifiable form of the trail of the conference. */
async function lines(query: { from?: string; kind?: 'look' | 'change' } = {}): Promise<string[]> {
  const response = await organizer.response(api.exportConferenceAudit, {
    params: at(),
    body: { format: 'trail', ...(query as object) },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text.trimEnd().split('\n');
}
const options = () => optionsOf(s.server.context().keys.ledger.publicKey);
const verify = (given: readonly string[], more: object = {}): AuditVerdict =>
  verifyAuditExport(given, { ...options(), ...more });
const isEntry = (line: string): boolean => line.startsWith('{"place"');

describe('the verifiable form', () => {
  test('is complete, and shows nothing of what is on other things', async () => {
    await s.organizer.call(api.me);
    const verdict = verify(await lines());
    expect(verdict).toMatchObject({ ok: true, from: 1, erased: 0, unsigned: 0 });
    if (!verdict.ok) throw new Error('not ok');
    expect(verdict.hidden).toBeGreaterThan(0);
    expect(verdict.shown + verdict.hidden).toBe(verdict.upTo);
  });

  test('names the entry that was changed, removed, moved, inserted, or cut off', async () => {
    const whole = await lines();
    const first = whole.findIndex(isEntry);
    const shown = whole.findIndex((line, at2) => at2 > first + 3 && line.includes('"form"'));
    const place = (JSON.parse(whole[shown]!) as { place: number }).place;
    const changed = whole.with(
      shown,
      whole[shown]!.replace('"look', '"seen').replace('conference', 'conferency'),
    );
    expect(verify(changed)).toMatchObject({ ok: false, finding: { kind: 'changed', place } });
    const { texts, ...rest } = JSON.parse(whole[shown]!) as { texts: { texts: object } };
    const words = whole.with(
      shown,
      JSON.stringify({ ...rest, texts: { ...texts, texts: { ...texts.texts, who: 'Người Khác' } } }),
    );
    expect(verify(words)).toMatchObject({ ok: false, finding: { kind: 'changed', place } });
    expect(verify(whole.toSpliced(shown, 1))).toMatchObject({
      ok: false,
      finding: { kind: 'removed', place },
    });
    const moved = whole.toSpliced(shown, 1).toSpliced(shown + 1, 0, whole[shown]!);
    expect(verify(moved)).toMatchObject({ ok: false, finding: { kind: 'reordered', place } });
    expect(verify(whole.toSpliced(shown, 0, whole[shown]!))).toMatchObject({
      ok: false,
      finding: { kind: 'inserted' },
    });
    const last = whole.findLastIndex(isEntry);
    const upTo = (JSON.parse(whole[last]!) as { place: number }).place;
    expect(verify(whole.toSpliced(last, 1))).toMatchObject({
      ok: false,
      finding: { kind: 'cut', place: upTo, upTo },
    });
    expect(verify(whole.slice(0, last))).toMatchObject({
      ok: false,
      finding: { kind: 'half-a-file', place: upTo },
    });
  });

  test('has words that can be erased from it, and stays whole', async () => {
    const whole = await lines();
    const bare = whole.map((line) => {
      if (!line.includes('"texts"')) return line;
      const { texts: _, ...rest } = JSON.parse(line) as { texts: unknown };
      return JSON.stringify(rest);
    });
    expect(bare.join('\n')).not.toContain('Trần Thử Nghiệm');
    const verdict = verify(bare);
    expect(verdict).toMatchObject({ ok: true });
    expect(verdict.ok && verdict.erased).toBeGreaterThan(0);
  });

  test('holds against a checkpoint that was kept, and says where one is missing', async () => {
    const context = s.server.context();
    const { fingerprint } = (await latestCheckpoint(context))!;
    const kept = [{ fingerprint, number: null }];
    expect(verify(await lines(), { keptCheckpoints: kept })).toMatchObject({ ok: true });
    const other = [{ fingerprint: 'K7QF-2M9X-4TZA-9C3D', number: 3 }];
    expect(verify(await lines(), { keptCheckpoints: other })).toMatchObject({
      ok: false,
      finding: { kind: 'signed-anew', number: 3 },
    });
  });

  test('of later days begins behind a checkpoint that vouches for what is before', async () => {
    s.clock.set('2025-01-15T08:00:00+07:00');
    organizer = await signIn(s.server);
    await organizer.call(api.people, { params: at() });
    const verdict = verify(await lines({ from: '2025-01-15' }));
    expect(verdict).toMatchObject({ ok: true });
    expect(verdict.ok && verdict.from).toBeGreaterThan(1);
    const late = await lines({ from: '2025-01-15' });
    const header = JSON.parse(late[0]!) as { start: { hash: string } };
    const forged = late.with(
      0,
      JSON.stringify({ ...header, start: { ...header.start, hash: '0'.repeat(64) } }),
    );
    expect(verify(forged)).toMatchObject({ ok: false });
  });
});

describe('the database', () => {
  test('that somebody wrote into past the triggers is found out, and the entry named', async () => {
    const context = s.server.context();
    await signCheckpoint(context);
    expect(await verifyTrail(context)).toMatchObject({ finding: null });
    const { write } = s.server.database;
    const row = await write('audit_entry').where({ place: 5 }).first<{ form: string }>('form');
    await write.raw('drop trigger audit_entry_no_update');
    await write('audit_entry')
      .where({ place: 5 })
      .update({ form: row.form.replace(/"[0-9a-f]{8}-/, '"00000000-') });
    expect(await verifyTrail(context)).toMatchObject({ finding: { kind: 'changed', place: 5 } });
    await write('audit_entry').where({ place: 5 }).update({ form: row.form });
    expect(await verifyTrail(context)).toMatchObject({ finding: null });
    await write.raw('drop trigger audit_entry_no_delete');
    const { place } = await auditHead(context);
    const last = await write('audit_entry')
      .where({ place })
      .first<Record<string, unknown>>('place', 'at', 'hash', 'form');
    await write('audit_entry').where({ place }).delete();
    expect(await verifyTrail(context)).toMatchObject({ finding: { kind: 'cut', place } });
    await write('audit_entry').insert(last);
    expect(await verifyTrail(context)).toMatchObject({ finding: null });
  });

  test('goes on from the entries that another process wrote', async () => {
    const context = s.server.context();
    await trailOf(s.server.database).write([
      {
        at: context.clock(),
        deed: {
          step: 'done',
          id: context.newId(),
          act: 'cli place',
          by: 'operator',
          on: [],
          of: null,
          reason: null,
        },
        words: { who: 'root' },
      },
    ]);
    await organizer.call(api.people, { params: at() });
    expect(await verifyTrail(context)).toMatchObject({ finding: null });
  });
});
