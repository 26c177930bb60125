import { readFile } from 'node:fs/promises';

import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import { ERASED_NAME, ERASED_TEXT } from '../../../domain/retention/erased.ts';
import { api } from '../../../domain/wire/api.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import { createGate } from '../../../server/access/gate.ts';
import { deleteDue } from '../../../server/retention/when-over.ts';
import { start } from '../cli/run.ts';
import { hostAt, organizerOf, signIn, type SignedInClient } from '../harness.ts';
import { arriveAt, eventAt, sample, type Sample } from '../sample.ts';

let s: Sample;
let commune: BridgeRow;
let province: BridgeRow;
let host: SignedInClient;
let organizer: SignedInClient;

const GUEST = 'Lò Thị Khách';
const CHAIR = 'Bùi Văn Chủ Trì';
const at = (bridge = commune.id) => ({ conference: s.conference, bridge });
const cli = async (...args: string[]) => {
  const { code, out, err } = await start(['--data', s.server.data, '--json', ...args]);
  return { code, err, value: out === '' ? null : (JSON.parse(out) as Record<string, unknown>) };
};

/** Everything that counts something, as people are shown it. */
async function figures(): Promise<unknown> {
  const { session, conference } = s;
  const root = { conference, bridge: s.bridges[0]!.id };
  const report = (by: 'bridge' | 'level' | 'person') =>
    organizer
      .response(api.exportReport, { params: { ...root, session }, query: { format: 'json', by } })
      .then((response) => response.json() as Promise<Record<string, unknown>[]>);
  const named = new Set(['name', 'position', 'unit', 'reason', 'chairName', 'asOf', 'number']);
  // People stand in the order of their names, of which nothing is left.
  const without = (rows: Record<string, unknown>[]) =>
    rows
      .map((row) =>
        JSON.stringify(Object.fromEntries(Object.entries(row).filter(([key]) => !named.has(key)))),
      )
      .toSorted();
  const summary = await organizer.call(api.bridgeSummary, { params: { ...at(), session } });
  const due = await organizer.call(api.reportsDue, { params: root, query: { deep: 'true', limit: 1000 } });
  const node = await organizer.call(api.figures, { params: { ...root, session } });
  return {
    bridges: without(await report('bridge')),
    levels: without(await report('level')),
    people: without(await report('person')),
    summary: [summary.figures, summary.partyMembers, summary.withReason.length, summary.walkIns.length],
    headcounts: [
      due.rollUp.total,
      due.rollUp.reported,
      due.rollUp.chairs,
      due.items.map(({ total }) => total),
    ],
    tally: node.node,
    versions: await s.server.database
      .read('attendance_report')
      .select('bridge', 'version', 'figures', 'differences'),
    frozen: await s.server.database
      .read('headcount_version')
      .orderBy(['bridge', 'version'])
      .select('bridge', 'version', 'totals', 'whole', 'gone', 'differing', 'at'),
    placements: await s.server.database
      .read('placement')
      .orderBy('person')
      .select('person', 'bridge', 'as', 'basis', 'clause'),
  };
}

beforeAll(async () => {
  s = await sample({ communes: 6 });
  commune = s.bridge('97004');
  province = s.first('province');
  host = await signIn(s.server, [hostAt(s.conference, commune.id)], 'Hà Thị Phụ Trách');
  organizer = await signIn(s.server, [organizerOf(s.conference)], 'Vũ Tổ Chức');
  const people = (await s.seatedAt(commune.id)).map(({ person }) => person);
  const events: AttendanceEvent[] = [
    eventAt(s, commune.id, 'open', {}),
    ...people.slice(0, 3).map((person) => arriveAt(s, commune.id, person)),
    eventAt(s, commune.id, 'excuse', { person: people[4]!, reason: 'mổ ruột thừa' }),
    eventAt(s, commune.id, 'walk-in', { name: GUEST, unit: 'Xóm Bờ Suối', mode: 'in-person' }),
    eventAt(s, commune.id, 'close', {}),
  ];
  await organizer.call(api.record, {
    params: at(),
    body: { session: s.session, bridge: commune.id, events },
  });
  const content = {
    total: 9,
    byClause: {},
    byCategory: {},
    chairName: CHAIR,
    chairPost: 'Bí thư',
    remark: 'thiếu ghế',
  };
  await organizer.call(api.submitHeadcount, { params: at(), body: content });
  await organizer.call(api.reportDifficulty, { params: at(), body: { text: 'mất điện ở nhà ông Cầm' } });
  await organizer.call(api.reissuePass, {
    params: { ...at(), person: people[0]! },
    body: { reason: 'ông Lý làm rơi' },
  });
  await organizer.call(api.setSeatNumber, {
    params: { ...at(), person: people[0]! },
    body: { was: null, number: 'B12' },
  });
  await organizer.call(api.freezeReport, { params: { ...at(province.id), session: s.session } });
  await organizer.call(api.setInnerDeadline, {
    params: at(s.bridges[0]!.id),
    body: { dueBefore: s.clock() },
  });
  // The bridge has closed: its report freezes by itself, and so do headcounts at their deadline.
  const frozen = async (table: string, least: number) => {
    const rows = await s.server.database.read(table).select('version');
    expect(rows.length).toBeGreaterThanOrEqual(least);
  };
  await vi.waitFor(() => frozen('attendance_report', 2), { timeout: 20_000 });
  await vi.waitFor(() => frozen('headcount_version', 1), { timeout: 20_000 });
}, 60_000);
afterAll(() => s.server.close());

const PERSONAL = /Lò Thị Khách|Bờ Suối|Bùi Văn Chủ Trì|ruột thừa|thiếu ghế|ông Cầm|ông Lý|Hà Thị Phụ Trách/;

test('nothing is deleted before anybody has set a period, and the preview says how much there is', async () => {
  const shown = await organizer.call(api.retention, { params: { conference: s.conference } });
  expect(shown.lastDay).toBe('2025-01-13');
  expect(shown.kinds.map(({ kind, days, deletedOn, due }) => [kind, days, deletedOn, due])).toEqual([
    ['people', null, null, false],
    ['texts', null, null, false],
    ['accounts', null, null, false],
    ['audit', null, null, false],
  ]);
  const entries = Object.fromEntries(shown.kinds.map((one) => [one.kind, one.entries]));
  expect(entries).toMatchObject({ people: s.roster.length, texts: 3, accounts: 1 });
  expect(shown.deletions).toEqual([]);
});

test('only who organizes the whole conference sees and sets periods', async () => {
  const params = { conference: s.conference };
  for (const somebody of [host, await signIn(s.server, [])]) {
    expect([403, 404]).toContain((await somebody.refusal(api.retention, { params })).status);
    const body = { kinds: ['people'] as const, reason: 'thử' };
    expect([403, 404]).toContain(
      (await somebody.refusal(api.deleteNow, { params, body: { ...body, kinds: [...body.kinds] } })).status,
    );
  }
});

test('a period ends with its last day; then names and words go, and every figure stays', async () => {
  const params = { conference: s.conference };
  const body = { people: 30, texts: 30, accounts: 60, audit: null };
  const set = await organizer.call(api.setRetention, { params, body });
  expect(set.kinds.map(({ deletedOn }) => deletedOn)).toEqual([
    '2025-02-13',
    '2025-02-13',
    '2025-03-15',
    null,
  ]);
  const before = await figures();
  const context = s.server.context();
  const operator = createGate().operator(context);

  s.clock.set('2025-02-12T23:59:59+07:00');
  organizer = await signIn(s.server, [organizerOf(s.conference)], 'Vũ Tổ Chức');
  expect(await deleteDue(context, operator, s.conference)).toEqual([]);
  s.clock.set('2025-02-13T00:00:00+07:00');
  expect(await deleteDue(context, operator, s.conference)).toEqual(['people', 'texts']);
  // Done once: an hour later there is nothing left to do.
  s.clock.advance(3_600_000);
  expect(await deleteDue(context, operator, s.conference)).toEqual([]);

  expect(await figures()).toEqual(before);
  expect(await cli('ledger', 'verify')).toMatchObject({ code: 0, value: { finding: null } });
});

test('where a name stood, exports and pages say that it was deleted', async () => {
  const { session, conference } = s;
  const root = { conference, bridge: s.bridges[0]!.id };
  const person = async (language: 'vi' | 'en') => {
    const query = { format: 'csv', by: 'person', language } as const;
    return await (await organizer.response(api.exportReport, { params: { ...root, session }, query })).text();
  };
  const lines = (await person('vi')).split('\r\n').filter((line) => line !== '');
  const named = lines.filter((line) => line.includes(ERASED_NAME.vi));
  expect(named.length).toBe(lines.length - 1);
  expect(await person('en')).toContain(ERASED_NAME.en);
  expect(await person('en')).not.toContain(ERASED_NAME.vi);
  const bridges = await organizer.response(api.exportReport, {
    params: { ...root, session },
    query: { format: 'csv', by: 'bridge' },
  });
  expect(await bridges.text()).not.toMatch(PERSONAL);
  const { report } = await organizer.call(api.headcount, { params: at() });
  expect(report?.content).toMatchObject({ total: 9, chairName: ERASED_NAME.vi, remark: ERASED_TEXT.vi });
  const people = await organizer.call(api.people, { params: { conference }, body: { limit: 5 } });
  expect(people.items.every(({ name, positions }) => name === ERASED_NAME.vi && positions.length === 0)).toBe(
    true,
  );
  // And to whoever reads English, in English.
  const english = await organizer.call(api.people, {
    params: { conference },
    body: { limit: 5 },
    language: 'en',
  });
  expect(new Set(english.items.map(({ name }) => name))).toEqual(new Set([ERASED_NAME.en]));
  const own = await organizer.call(api.headcount, { params: at(), language: 'en' });
  expect(JSON.stringify(own)).not.toContain(ERASED_NAME.vi);
  expect(JSON.stringify(own)).not.toContain(ERASED_TEXT.vi);
});

test('neither the database nor its file holds a name or a word of them', async () => {
  // What was sent stands in the words of the audit trail too, which have a period of their own.
  const params = { conference: s.conference };
  await organizer.call(api.deleteNow, { params, body: { kinds: ['audit'], reason: 'thử' } });
  const file = await readFile(`${s.server.data}/nhipcau.sqlite`);
  const names = [
    GUEST,
    CHAIR,
    'ruột thừa',
    'thiếu ghế',
    'ông Cầm',
    'ông Lý',
    ...s.roster.slice(0, 20).map(({ name }) => name),
  ];
  const units = new Set(s.bridges.map(({ name }) => name));
  expect(names.filter((name) => !units.has(name) && file.includes(Buffer.from(name)))).toEqual([]);
});

test('nobody is imported or seated anew where names were deleted', async () => {
  const params = { conference: s.conference };
  expect((await organizer.refusal(api.place, { params, body: {} })).code).toBe('wrong-state');
  expect((await cli('placement', 'run')).code).toBe(2);
  const { items } = await organizer.call(api.seatNumbers, { params: at() });
  expect(items.every(({ number }) => number === null)).toBe(true);
  const seat = { params: { ...at(), person: items[0]!.person }, body: { was: null, number: 'B12' } };
  expect((await organizer.refusal(api.setSeatNumber, seat)).code).toBe('wrong-state');
});

test('what a machine brings in later goes as well', async () => {
  const late = eventAt(s, commune.id, 'walk-in', { name: 'Cháng A Muộn', unit: '', mode: 'in-person' });
  await organizer.call(api.record, {
    params: at(),
    body: { session: s.session, bridge: commune.id, events: [late] },
  });
  const context = s.server.context();
  expect(await deleteDue(context, createGate().operator(context), s.conference)).toEqual(['texts']);
  const texts = await s.server.database.read('attendance_text').select('texts');
  expect(JSON.stringify(texts)).not.toContain('Cháng A Muộn');
});

test('accounts of hosts go with their sign-ins once no conference needs them, and not before', async () => {
  const db = s.server.database;
  const standing = await signIn(s.server, [], 'Đàm Hai Nơi');
  await db.write('conference').insert({
    id: 'khac',
    title: 'Hội nghị khác',
    state: 'draft',
    tree_date: '2025-01-13',
    plan: '{}',
    revision: 1,
    created_at: s.clock(),
  });
  await db
    .write('bridge')
    .insert({ id: 'khac-1', conference: 'khac', class: 'province', name: 'K', ord: 0, search_key: 'k' });
  for (const [conference, bridge] of [
    [s.conference, commune.id],
    ['khac', 'khac-1'],
  ]) {
    await db
      .write('grant_')
      .insert({ account: standing.account, role: 'host', conference, bridge, created_at: 0 });
  }
  s.clock.set('2025-03-15T00:00:00+07:00');
  organizer = await signIn(s.server, [organizerOf(s.conference)], 'Vũ Tổ Chức');
  const context = s.server.context();
  expect(await deleteDue(context, createGate().operator(context), s.conference)).toContain('accounts');
  const names = async (id: string) =>
    (await db.read('account').where({ id }).first('name', 'username', 'password_hash')) as object;
  expect(await names(host.account)).toEqual({
    name: ERASED_NAME.vi,
    username: `da-xoa-${host.account}`,
    password_hash: null,
  });
  expect(await db.read('sign_in').where({ account: host.account })).toEqual([]);
  expect(await names(standing.account)).toMatchObject({ name: 'Đàm Hai Nơi' });
  expect(await names(organizer.account)).toMatchObject({ name: 'Vũ Tổ Chức' });
});

test('what is deleted now needs a reason, which is kept with who did it', async () => {
  const params = { conference: s.conference };
  const empty = { kinds: ['texts' as const], reason: ' ' };
  expect((await organizer.refusal(api.deleteNow, { params, body: empty })).code).toBe('malformed');
  const { deleted } = await organizer.call(api.deleteNow, {
    params,
    body: { kinds: ['audit'], reason: 'theo yêu cầu của thường trực' },
  });
  expect(deleted[0]!.entries).toBeGreaterThan(0);
  const shown = await organizer.call(api.retention, { params });
  expect(shown.deletions[0]).toMatchObject({
    kind: 'audit',
    by: 'Vũ Tổ Chức',
    reason: 'theo yêu cầu của thường trực',
  });
  expect(shown.deletions.filter(({ kind }) => kind === 'people')).toMatchObject([{ by: null, reason: null }]);
});

test('the command line shows, sets and deletes', async () => {
  const of = ['--conference', s.conference];
  expect(await cli('retention', 'set', '--audit', '10', ...of)).toMatchObject({ code: 0 });
  const shown = await cli('retention', 'show', ...of);
  expect(JSON.stringify(shown.value)).toContain('"days":10');
  expect((await cli('retention', 'set', '--audit', 'mười', ...of)).code).toBe(2);
  expect((await cli('retention', 'delete', '--kind', 'texts', '--reason', 'thử', ...of)).code).toBe(1);
  expect((await cli('retention', 'run')).code).toBe(0);
});
