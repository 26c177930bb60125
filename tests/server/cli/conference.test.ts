import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';

import { Bridge } from '../../../domain/bridges/bridge.ts';
import { Person } from '../../../domain/composition/person.ts';
import { Account } from '../../../domain/wire/access.ts';
import { NodeFigures, RecordAnswer } from '../../../domain/wire/attendance.ts';
import { ConferenceSummary } from '../../../domain/wire/conferences.ts';
import { DueRow, HeadcountReport } from '../../../domain/wire/headcount.ts';
import { ImportPreview } from '../../../domain/wire/people.ts';
import { PlacedPerson, PlacementSummary } from '../../../domain/wire/placement.ts';
import { SessionRow } from '../../../domain/wire/schedule.ts';
import { api } from '../../../domain/wire/api.ts';
import { sampleRoster } from '../../../fixtures/sample/roster.ts';
import { provinceUnits } from '../../../fixtures/sample/units.ts';
import { collectRows, readRows } from '../../../server/documents/rows.ts';
import { client, instant, signIn, startTestServer } from '../harness.ts';
import { csv, MINISTRY, PARTY_BLOC } from '../sample.ts';
import { openDesk, type Desk } from './run.ts';

/*
 * One conference from its plan to its report at the command line alone, step after step as somebody would type them. The
 * tests stand on one another in this order.
 */

// Every command is a program that starts: many of them, on a machine that may be busy.
vi.setConfig({ testTimeout: 90_000 });

const PLAN = fileURLToPath(new URL('../../../fixtures/plans/national-clean.md', import.meta.url));
const units = provinceUnits(12);
const roster = sampleRoster(units);

const Imported = z.looseObject({ imported: z.boolean(), units: z.int(), errors: z.array(z.unknown()) });
const Built = z.strictObject({
  ok: z.literal(true),
  added: z.int(),
  kept: z.int(),
  total: z.int(),
  findings: z.array(z.unknown()),
});
const Refused = z.looseObject({ ok: z.literal(false) });
const Confirmed = z.strictObject({ ok: z.literal(true), added: z.int(), merged: z.int(), total: z.int() });
const Due = z.strictObject({ asOf: z.int(), bridges: z.int(), reported: z.int(), rows: z.array(DueRow) });
const Stepped = z.looseObject({ ok: z.literal(true), report: HeadcountReport, status: z.string() });
const RecordedFile = z.strictObject({ recorded: z.int(), items: z.array(RecordAnswer) });
const Figures = z.strictObject({
  sequence: z.int(),
  asOf: z.int(),
  node: NodeFigures,
  children: z.array(NodeFigures),
});
const Frozen = z.looseObject({ ok: z.literal(true), version: z.int(), differs: z.boolean() });
const Exported = z.strictObject({ ok: z.literal(true), file: z.string(), bytes: z.int() });

let desk: Desk;
let bridges: Bridge[] = [];
beforeAll(async () => {
  desk = await openDesk();
  await writeFile(desk.file('don-vi.csv'), csv(units));
  await writeFile(desk.file('dai-bieu.csv'), csv(roster));
});
afterAll(() => desk.clear());

const bridgeOf = (unitOrOrganisation: string): Bridge => {
  const found = bridges.find(
    (one) => one.unit === unitOrOrganisation || one.organisation === unitOrOrganisation,
  );
  if (found === undefined) throw new Error(`no bridge ${unitOrOrganisation}`);
  return found;
};
const people = async (): Promise<Person[]> => (await desk.json(z.array(Person), 'people', 'list')).value;
const seatedAt = async (bridge: Bridge): Promise<PlacedPerson[]> =>
  (await desk.json(z.array(PlacedPerson), 'placements', '--bridge', bridge.id)).value;

test('units import: a dry run and a list with an error import nothing, a sound one does', async () => {
  const dry = await desk.json(Imported, 'units', 'import', desk.file('don-vi.csv'), '--dry-run');
  expect(dry).toMatchObject({ code: 0, value: { imported: false, units: units.length } });
  const [, ...others] = units;
  await writeFile(desk.file('loi.csv'), csv(others));
  const faulty = await desk.json(Imported, 'units', 'import', desk.file('loi.csv'));
  expect(faulty).toMatchObject({ code: 1, value: { imported: false } });
  expect(faulty.value.errors).not.toEqual([]);
  const done = await desk.json(Imported, 'units', 'import', desk.file('don-vi.csv'));
  expect(done).toMatchObject({ code: 0, value: { imported: true, units: units.length } });
});

test('conference create, list, plan show: the plan of the document', async () => {
  const made = await desk.json(
    z.looseObject({ ok: z.literal(true), conference: ConferenceSummary }),
    'conference',
    'create',
    '--from',
    PLAN,
  );
  expect(made.code).toBe(0);
  expect(made.value.conference).toMatchObject({ number: '25-KH/TW', startsAt: '2025-01-13T08:00:00+07:00' });
  const list = await desk.json(z.array(ConferenceSummary), 'conference', 'list');
  expect(list.value.map(({ id }) => id)).toEqual([made.value.conference.id]);
  const shown = await desk.json(
    z.looseObject({ revision: z.int(), plan: z.looseObject({}) }),
    'plan',
    'show',
  );
  expect(shown.value.plan['clauses']).toHaveLength(21);
  expect((await desk.run('plan', 'check')).code).toBe(0);
});

test('plan replace: only from the revision that was read, and only what is a plan', async () => {
  const Shown = z.looseObject({ revision: z.int(), plan: z.looseObject({ venue: z.string().nullable() }) });
  const { value } = await desk.json(Shown, 'plan', 'show');
  await writeFile(
    desk.file('moi.json'),
    JSON.stringify({ ...value, plan: { ...value.plan, venue: 'Phòng 2' } }),
  );
  const replaced = await desk.json(
    z.looseObject({ ok: z.literal(true) }),
    'plan',
    'replace',
    desk.file('moi.json'),
  );
  expect(replaced).toMatchObject({ code: 0, value: { revision: value.revision + 1 } });
  const late = await desk.json(Refused, 'plan', 'replace', desk.file('moi.json'));
  expect(late).toMatchObject({ code: 1, value: { reason: 'out of date' } });
  await writeFile(
    desk.file('sai.json'),
    JSON.stringify({ revision: 'one', plan: { ...value.plan, agenda: 7 } }),
  );
  const wrong = await desk.run('--json', 'plan', 'replace', desk.file('sai.json'));
  expect({ code: wrong.code, out: wrong.out }).toEqual({ code: 2, out: '' });
  expect(wrong.err).toMatch(/revision: .*\n.*plan\.agenda: /);
  expect((await desk.json(Shown, 'plan', 'show')).value.plan.venue).toBe('Phòng 2');
});

test('bridges build: the tree with the bridges of a list; a list with errors builds nothing', async () => {
  await writeFile(desk.file('loi.csv'), csv([{ 'Loại điểm cầu': 'cung trăng', 'Cơ quan': MINISTRY }]));
  const faulty = await desk.json(Refused, 'bridges', 'build', '--list', desk.file('loi.csv'));
  expect(faulty.code).toBe(1);
  expect(JSON.stringify(faulty.value)).toContain('cung trăng');
  const unknown = await desk.json(Refused, 'bridges', 'build', '--scope', '12345');
  expect(unknown).toMatchObject({ code: 1, value: { reason: 'unknown scope' } });
  expect((await desk.json(z.array(Bridge), 'bridges', 'list')).value).toEqual([]);

  const list = [
    { 'Loại điểm cầu': 'bộ', 'Cơ quan': MINISTRY, 'Điểm cầu cấp trên': '', 'Số chỗ': '60' },
    { 'Loại điểm cầu': 'khối', 'Cơ quan': PARTY_BLOC, 'Điểm cầu cấp trên': '97', 'Số chỗ': '' },
  ];
  await writeFile(desk.file('ngoai-dia-ban.csv'), csv(list));
  const args = ['bridges', 'build', '--scope', '97', '--list', desk.file('ngoai-dia-ban.csv')];
  const built = await desk.json(Built, ...args);
  // The centre, the province, ten districts (one an island), twelve communes, and the two of the list.
  expect(built).toMatchObject({ code: 0, value: { added: 26, kept: 0, total: 26 } });
  expect((await desk.json(Built, ...args)).value).toMatchObject({ added: 0, kept: 26, total: 26 });
  bridges = (await desk.json(z.array(Bridge), 'bridges', 'list')).value;
  expect(bridgeOf(MINISTRY)).toMatchObject({ class: 'agency', capacity: 60 });
  expect(bridgeOf(PARTY_BLOC).parent).toBe(bridgeOf('97').id);
  const tree = await desk.run('bridges', 'list');
  expect(tree.out).toContain(`${bridgeOf('97').id}    ${bridgeOf('97').name}\n`);
});

test('people import: nothing is written without --confirm, nor with one bad row', async () => {
  const preview = await desk.json(ImportPreview, 'people', 'import', desk.file('dai-bieu.csv'));
  expect(preview).toMatchObject({ code: 0, value: { people: roster.length, errorCount: 0 } });
  expect(await people()).toEqual([]);

  const bad = roster.map((row, at) => (at === 6 ? { ...row, 'Thứ bậc': 'đầu tiên' } : row));
  await writeFile(desk.file('loi.csv'), csv(bad));
  const faulty = await desk.json(ImportPreview, 'people', 'import', desk.file('loi.csv'), '--confirm');
  expect(faulty).toMatchObject({ code: 1, value: { errorCount: 1 } });
  expect(faulty.value.errors[0]?.at).toBe('dòng 8, cột Thứ bậc');
  expect(await people()).toEqual([]);
  const said = await desk.run('people', 'import', desk.file('loi.csv'), '--confirm');
  expect(said.out).toContain('Chưa ghi gì');
  expect(said.out).toContain('dòng 8, cột Thứ bậc');

  const done = await desk.json(Confirmed, 'people', 'import', desk.file('dai-bieu.csv'), '--confirm');
  expect(done).toMatchObject({ code: 0, value: { added: roster.length, total: roster.length } });
  // The same file once more: with the card numbers everybody is somebody known.
  const again = await desk.json(
    Confirmed,
    'people',
    'import',
    desk.file('dai-bieu.csv'),
    '--confirm',
    '--merge-same',
  );
  expect(again.value).toEqual({ ok: true, added: 0, merged: roster.length, total: roster.length });
  expect(await people()).toHaveLength(roster.length);
});

test('place and placements: everybody has a seat or a reason, settings are kept, a chair moves', async () => {
  const placed = await desk.json(PlacementSummary, 'place');
  expect(placed.code).toBe(0);
  expect(placed.value.seated + placed.value.unplaced).toBe(roster.length);
  const unplaced = await desk.json(z.array(PlacedPerson), 'placements', '--unplaced');
  expect(unplaced.value).toHaveLength(placed.value.unplaced);
  expect(unplaced.value.every(({ why }) => why !== '')).toBe(true);

  const [delegate] = await seatedAt(bridgeOf('97'));
  if (delegate === undefined) throw new Error('nobody at the province');
  const named = await desk.json(
    z.looseObject({ ok: z.literal(true), bridge: Bridge }),
    'bridges',
    'change',
    '--bridge',
    bridgeOf('971').id,
    '--chair',
    delegate.person,
    '--capacity',
    '80',
  );
  expect(named.value.bridge).toMatchObject({ chair: delegate.person, capacity: 80 });
  await writeFile(desk.file('lua-chon.json'), JSON.stringify({ villageHeadsIncludeWards: true }));
  const anew = await desk.json(PlacementSummary, 'place', '--settings', desk.file('lua-chon.json'));
  expect(anew.value.settings.villageHeadsIncludeWards).toBe(true);
  expect((await desk.json(PlacementSummary, 'place')).value.settings.villageHeadsIncludeWards).toBe(true);
  const moved = (await seatedAt(bridgeOf('971'))).find(({ person }) => person === delegate.person);
  expect(moved?.as).toBe('chair');

  const nobody = await desk.json(Refused, 'bridges', 'change', '--bridge', bridgeOf('97').id, '--chair', 'x');
  expect(nobody).toMatchObject({ code: 1, value: { reason: 'unknown person' } });
  const wrong = await desk.run(
    '--json',
    'bridges',
    'change',
    '--bridge',
    bridgeOf('97').id,
    '--capacity',
    'ten',
  );
  expect(wrong).toMatchObject({ code: 2, out: '' });
  await writeFile(desk.file('sai.json'), JSON.stringify({ lowerLevelMembership: 'whichever' }));
  expect(await desk.run('--json', 'place', '--settings', desk.file('sai.json'))).toMatchObject({
    code: 2,
    out: '',
  });
});

test('account add: prints a link that opens the door, once', async () => {
  const Added = z.strictObject({ account: Account, activation: z.string().nullable() });
  const { id: bridge } = bridgeOf('97001');
  const args = ['account', 'add', '--username', 'cua-1', '--name', 'Vũ Thị Cửa', '--role', 'host'];
  const added = await desk.json(Added, ...args, '--bridge', bridge, '--public-url', 'https://cau.example/');
  expect(added.value.account).toMatchObject({ username: 'cua-1', active: false });
  const token = added.value.activation?.replace('https://cau.example/activate#', '') ?? '';
  expect(token).toMatch(/^[\w-]{20,}$/);

  expect(await desk.run('--json', ...args)).toMatchObject({ code: 2, out: '' });
  const alone = [
    'account',
    'add',
    '--username',
    'ban',
    '--name',
    'Ban',
    '--role',
    'organizer',
    '--bridge',
    bridge,
  ];
  expect(await desk.run('--json', ...alone)).toMatchObject({ code: 2, out: '' });
  expect(await desk.run('--json', ...args, '--bridge', 'nowhere')).toMatchObject({ code: 2, out: '' });

  const server = await startTestServer({ data: desk.data });
  try {
    const body = { token, password: 'mat-khau-cua-cua' };
    const entered = await client(server).call(api.activate, { body });
    expect(entered).toMatchObject({ step: 'in', account: { grants: [{ role: 'host', bridge }] } });
  } finally {
    await server.close();
  }
  const list = await desk.json(z.array(Account), 'account', 'list');
  expect(list.value).toMatchObject([{ username: 'cua-1', active: true }]);
  expect((await desk.json(Added, ...args, '--bridge', bridge)).value.activation).toBeNull();
});

test('reports due: exit code 1 from the deadline on, with who is missing; not before it', async () => {
  const before = await desk.json(Due, 'reports', 'due', '--as-of', '2025-01-09');
  expect(before).toMatchObject({ code: 0, value: { bridges: 25, reported: 0 } });
  const after = await desk.json(Due, 'reports', 'due', '--as-of', '2025-01-10', '--missing');
  expect(after.code).toBe(1);
  expect(after.value.rows.map(({ bridge }) => bridge)).toContain(bridgeOf('97').id);
  // "Trước ngày 10/01/2025": one millisecond into the day is late.
  const minute = (time: string) => desk.json(Due, 'reports', 'due', '--as-of', `2025-01-${time}+07:00`);
  expect((await minute('09T23:59')).code).toBe(0);
  expect((await minute('10T00:00')).code).toBe(1);
  const wrong = await desk.run('--json', 'reports', 'due', '--as-of', '10/01/2025');
  expect(wrong).toMatchObject({ code: 2, out: '' });
});

test('reports submit, return, accept, deadline, difficulty', async () => {
  const { id: bridge } = bridgeOf('97');
  const sent = await desk.json(Stepped, 'reports', 'submit', '--bridge', bridge, '--total', '120');
  // The plan's day is long gone on the clock of whoever runs this.
  expect(sent).toMatchObject({
    code: 0,
    value: { status: 'late', report: { state: 'submitted', revision: 1 } },
  });
  const returned = await desk.json(
    Stepped,
    'reports',
    'return',
    '--bridge',
    bridge,
    '--remark',
    'Thiếu các sở',
  );
  expect(returned.value.report).toMatchObject({ state: 'returned', returnedWith: 'Thiếu các sở' });
  await writeFile(
    desk.file('so-luong.json'),
    JSON.stringify({ total: 130, byCategory: { partyMember: 128 }, chairName: 'Nguyễn Văn Chủ' }),
  );
  await desk.json(Stepped, 'reports', 'submit', '--bridge', bridge, '--content', desk.file('so-luong.json'));
  const accepted = await desk.json(Stepped, 'reports', 'accept', '--bridge', bridge);
  expect(accepted.value.report).toMatchObject({ state: 'accepted', revision: 2, content: { total: 130 } });
  const twice = await desk.json(Refused, 'reports', 'accept', '--bridge', bridge);
  expect(twice).toMatchObject({ code: 1, value: { reason: 'already accepted' } });

  const much = { total: 3, byCategory: { partyMember: 4 } };
  await writeFile(desk.file('sai.json'), JSON.stringify(much));
  const wrong = await desk.json(
    Refused,
    'reports',
    'submit',
    '--bridge',
    bridge,
    '--content',
    desk.file('sai.json'),
  );
  expect(wrong.code).toBe(1);
  expect(await desk.run('--json', 'reports', 'submit', '--bridge', bridge)).toMatchObject({
    code: 2,
    out: '',
  });

  const deadline = await desk.json(
    z.looseObject({ ok: z.literal(true), dueBefore: z.int() }),
    'reports',
    'deadline',
    '--bridge',
    bridge,
    '--before',
    '2025-01-08',
  );
  expect(deadline.value.dueBefore).toBe(instant('2025-01-08T00:00:00+07:00'));
  const later = await desk.json(Refused, 'reports', 'deadline', '--bridge', bridge, '--before', '2025-02-08');
  expect(later.code).toBe(1);
  const raised = await desk.json(
    z.looseObject({ ok: z.literal(true), addressee: z.string() }),
    'reports',
    'difficulty',
    '--bridge',
    bridge,
    '--text',
    'Đường truyền yếu',
  );
  expect(raised.value.addressee).toBe('Thường trực Ban Bí thư');
});

test('sessions list and add: the session of the plan, and a rehearsal', async () => {
  const moments = ['--starts', '2025-01-11T14:00+07:00', '--ends', '2025-01-11T15:00+07:00'];
  const added = await desk.json(
    z.looseObject({ ok: z.literal(true), session: SessionRow }),
    'sessions',
    'add',
    '--kind',
    'rehearsal',
    '--title',
    'Chạy thử',
    ...moments,
  );
  expect(added.value.session.startsAt).toBe(instant('2025-01-11T14:00:00+07:00'));
  const list = await desk.json(z.array(SessionRow), 'sessions', 'list');
  expect(list.value.map(({ kind }) => kind).toSorted()).toEqual(['rehearsal', 'session']);
  const back = ['--starts', '2025-01-11T15:00+07:00', '--ends', '2025-01-11T14:00+07:00'];
  expect(await desk.json(Refused, 'sessions', 'add', '--title', 'Lùi', ...back)).toMatchObject({ code: 1 });
  expect(
    await desk.run('--json', 'sessions', 'add', '--title', 'Lạ', '--kind', 'party', ...moments),
  ).toMatchObject({ code: 2, out: '' });
});

test('conference issue: issues once and says when', async () => {
  const Issued = z.strictObject({ ok: z.literal(true), issuedAt: z.int() });
  const first = await desk.json(Issued, 'conference', 'issue');
  expect(first.code).toBe(0);
  expect((await desk.json(Issued, 'conference', 'issue')).value).toEqual(first.value);
});

test('attendance record: a file of events goes into the ledger beside the running server, which sees them', async () => {
  const commune = bridgeOf('97001');
  const seated = await seatedAt(commune);
  const [first, second, third] = seated.map(({ person }) => person);
  const [{ id: session } = { id: '' }] = (
    await desk.json(z.array(SessionRow), 'sessions', 'list')
  ).value.filter(({ kind }) => kind === 'session');
  const server = await startTestServer({ data: desk.data });
  try {
    const organizer = await signIn(server);
    const [{ id: conference } = { id: '' }] = (await organizer.call(api.conferences)).items;
    const params = { conference, bridge: commune.id, session };
    expect((await organizer.call(api.figures, { params })).node.own.attended).toBe(0);

    const at = '2025-01-13T07:40:00+07:00';
    const events = [
      { kind: 'open', at: '2025-01-13T07:30:00+07:00' },
      { kind: 'arrive', at, person: first, mode: 'in-person' },
      { kind: 'arrive', at, person: first, mode: 'in-person' },
      { kind: 'excuse', at, person: second, reason: 'ốm' },
      { kind: 'walk-in', at, name: 'Ma Thị Khách', unit: 'Hội Khuyến học', mode: 'in-person' },
      { kind: 'count', at, point: 'cửa chính', counts: { other: 4 } },
    ];
    await writeFile(
      desk.file('diem-danh.jsonl'),
      events.map((event) => `${JSON.stringify(event)}\r\n`).join(''),
    );
    const args = ['attendance', 'record', desk.file('diem-danh.jsonl'), '--bridge', commune.id];
    const recorded = await desk.json(RecordedFile, ...args);
    expect(recorded).toMatchObject({ code: 0, value: { recorded: events.length } });
    expect(recorded.value.items[2]?.flags).toEqual(['already-present']);

    // The server looks at the ledger again after two seconds at the most.
    await expect
      .poll(async () => (await organizer.call(api.figures, { params })).node.own, { timeout: 5000 })
      .toMatchObject({ attended: 2, named: 1, walkIn: 1, excused: 1, counted: { other: 4 } });
    const figures = await desk.json(Figures, 'attendance', 'figures', '--bridge', commune.id);
    expect(figures.value.node).toEqual((await organizer.call(api.figures, { params })).node);
  } finally {
    await server.close();
  }

  const event = { kind: 'arrive', at: '2025-01-13T07:50:00+07:00', person: third, mode: 'in-person' };
  for (const bad of ['{"kind":"fly","at":1}', 'not json', JSON.stringify({ ...event, bridge: 'nowhere' })]) {
    await writeFile(desk.file('sai.jsonl'), `${JSON.stringify(event)}\n${bad}\n`);
    const wrong = await desk.run(
      '--json',
      'attendance',
      'record',
      desk.file('sai.jsonl'),
      '--bridge',
      commune.id,
    );
    expect(wrong).toMatchObject({ code: 2, out: '' });
  }
  const after = await desk.json(Figures, 'attendance', 'figures', '--bridge', commune.id);
  expect(after.value.node.own.named).toBe(1);

  const id = '01941d2c-0000-7000-8000-000000000001';
  await writeFile(desk.file('mot.jsonl'), JSON.stringify({ ...event, id, bridge: commune.id }));
  await desk.json(RecordedFile, 'attendance', 'record', desk.file('mot.jsonl'));
  const again = await desk.json(RecordedFile, 'attendance', 'record', desk.file('mot.jsonl'));
  expect(again).toMatchObject({ code: 0, value: { recorded: 1 } });
  await writeFile(
    desk.file('mot.jsonl'),
    JSON.stringify({ ...event, id, mode: 'online', bridge: commune.id }),
  );
  const other = await desk.json(RecordedFile, 'attendance', 'record', desk.file('mot.jsonl'));
  expect(other).toMatchObject({ code: 1, value: { recorded: 0, items: [{ outcome: 'conflict' }] } });
});

test('attendance freeze: closing makes the first version, what comes late the next, nothing new none', async () => {
  const commune = bridgeOf('97001');
  const record = async (...events: object[]): Promise<void> => {
    await writeFile(desk.file('them.jsonl'), events.map((event) => JSON.stringify(event)).join('\n'));
    await desk.json(RecordedFile, 'attendance', 'record', desk.file('them.jsonl'), '--bridge', commune.id);
  };
  await record({ kind: 'close', at: '2025-01-13T11:35:00+07:00' });
  const freeze = async () => (await desk.json(Frozen, 'attendance', 'freeze', '--bridge', commune.id)).value;
  expect(await freeze()).toMatchObject({ version: 1, differs: false });
  const [, , , fourth] = await seatedAt(commune);
  await record({
    kind: 'arrive',
    at: '2025-01-13T07:55:00+07:00',
    person: fourth?.person,
    mode: 'in-person',
  });
  expect(await freeze()).toMatchObject({ version: 2, differs: false });
});

test('attendance export: every format by every kind of line; XLSX, CSV and JSON have the same figures', async () => {
  const { node } = (await desk.json(Figures, 'attendance', 'figures')).value;
  const last = new Map<string, string | undefined>();
  for (const by of ['bridge', 'level', 'person']) {
    const figures: unknown[] = [];
    for (const format of ['xlsx', 'csv', 'json']) {
      const out = desk.file(`bao-cao-${by}.${format}`);
      const args = ['attendance', 'export', '--format', format, '--by', by, '--out', out];
      const { code, value } = await desk.json(Exported, ...args);
      const bytes = await readFile(out);
      expect({ code, bytes: value.bytes }).toEqual({ code: 0, bytes: bytes.length });
      figures.push(await presentColumn(bytes, format, by));
    }
    expect(figures[1]).toEqual(figures[0]);
    expect(figures[2]).toEqual(figures[0]);
    last.set(by, (figures[0] as string[]).at(-1));
  }
  // The last line of both is the whole conference.
  expect(last.get('bridge')).toBe(String(node.subtree.attended));
  expect(last.get('level')).toBe(String(node.subtree.attended));
  const nowhere = await desk.run('--json', 'attendance', 'export', '--out', desk.file('gone/x.xlsx'));
  expect(nowhere).toMatchObject({ code: 2, out: '' });
});

/** Of a report by bridge or level the figure of those present, by person the name: one column to know the lines by. */
async function presentColumn(bytes: Uint8Array, format: string, by: string): Promise<string[]> {
  if (format === 'json') {
    const rows = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>[];
    return rows.map((row) => String(by === 'person' ? row['name'] : row['attended']));
  }
  const header = by === 'person' ? 'Họ và tên' : 'Có mặt';
  if (format === 'csv') {
    const rows = parse(Buffer.from(bytes), { bom: true, columns: true }) as Record<string, string>[];
    return rows.map((row) => row[header] ?? 'missing');
  }
  const table = await readRows(bytes, 'bao-cao.xlsx');
  if (!table.ok) throw new Error(table.reason);
  return (await collectRows(table.value)).rows.map(({ cells }) => cells[header] ?? 'missing');
}
