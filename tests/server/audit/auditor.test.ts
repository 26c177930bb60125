import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { api } from '../../../domain/wire/api.ts';
import { signIn, type SignedInClient } from '../harness.ts';
import { sample, type Sample } from '../sample.ts';

let s: Sample;
beforeAll(async () => {
  s = await sample({ communes: 3 });
});
afterAll(() => s.server.close());

const at = () => ({ conference: s.conference });

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
