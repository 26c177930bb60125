import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { verifyAuditExport, type AuditVerdict } from '../../../domain/audit/verify.ts';
import { api } from '../../../domain/wire/api.ts';
import { auditHead } from '../../../server/audit/queries.ts';
import { trailOf } from '../../../server/audit/trail.ts';
import { verifyTrail } from '../../../server/audit/verification.ts';
import { signCheckpoint } from '../../../server/ledger/commands.ts';
import { latestCheckpoint } from '../../../server/ledger/queries.ts';
import { databaseFile } from '../../../server/platform/database.ts';
import { checkLedger } from '../../../server/platform/ledger-check.ts';
import { openSqlite } from '../../../server/platform/sqlite-file.ts';
import { optionsOf } from '../ledger/scene.ts';
import { signIn, type SignedInClient } from '../harness.ts';
import { sample, type Sample } from '../sample.ts';

let s: Sample;
let organizer: SignedInClient;
beforeAll(async () => {
  s = await sample({ communes: 3 });
  organizer = s.organizer;
});
afterAll(() => s.server.close());

const at = () => ({ conference: s.conference });

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

/** What a check of the file finds, as after a start and before and after a backup. */
async function checked() {
  const file = await openSqlite(databaseFile(s.server.data), 'read');
  try {
    return await checkLedger(file);
  } finally {
    await file.close();
  }
}

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
    expect(await checked()).toMatchObject({ bad: null, trail: { bad: 5, cut: false } });
    await write('audit_entry').where({ place: 5 }).update({ form: row.form });
    expect(await verifyTrail(context)).toMatchObject({ finding: null });
    await write.raw('drop trigger audit_entry_no_delete');
    const { place } = await auditHead(context);
    const last = await write('audit_entry')
      .where({ place })
      .first<Record<string, unknown>>('place', 'at', 'hash', 'form');
    await write('audit_entry').where({ place }).delete();
    expect(await verifyTrail(context)).toMatchObject({ finding: { kind: 'cut', place } });
    expect(await checked()).toMatchObject({ bad: null, trail: { bad: null, cut: true } });
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
