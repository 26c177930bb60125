import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { UnitCode } from '../../../domain/ids.ts';
import type { CivilDate } from '../../../domain/time.ts';
import { api } from '../../../domain/wire/api.ts';
import type { AnswerOf, QueryInput } from '../../../domain/wire/contract.ts';
import { provinceUnits, type UnitRow } from '../../../fixtures/sample/units.ts';
import { writeWorkbook } from '../../../server/documents/xlsx.ts';
import { databaseFile, openDatabase } from '../../../server/platform/database.ts';
import { unitTreeOn } from '../../../server/units/queries.ts';
import { shared } from '../../shared.ts';
import {
  client,
  hostAt,
  organizerOf,
  signIn,
  startTestServer,
  testClock,
  unitOrganizerAt,
  type SignedInClient,
  type TestServer,
} from '../harness.ts';
import { samplePlan } from '../plans/sample.ts';
import { zipOf } from '../plans/zip.ts';
import * as rows from '../rows.ts';

type Answer = AnswerOf<typeof api.importUnits>;
type Query = Partial<QueryInput<typeof api.importUnits>>;

let server: TestServer;
let organizer: SignedInClient;
beforeEach(async () => {
  server = await startTestServer({ clock: testClock('2025-01-02T09:00:00+07:00') });
  organizer = await signIn(server);
});
afterEach(() => server.close());

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const DAY = '2025-01-13';

/** A list in the columns of the official ones. */
function csv(list: readonly UnitRow[]): string {
  const columns = Object.keys(list[0] ?? {}) as (keyof UnitRow)[];
  return [columns, ...list.map((row) => columns.map((column) => row[column]))]
    .map((line) => line.join(','))
    .join('\r\n');
}

function take(text: string, query: Query = {}): Promise<Answer> {
  return organizer.call(api.importUnits, {
    query: { dryRun: 'false', ...query },
    body: { name: 'don-vi.csv', bytes: bytesOf(text) },
  });
}

const list = (query: QueryInput<typeof api.units>) => organizer.call(api.units, { query });
const kept = (): Promise<object[]> =>
  server.database.read('unit').orderBy('code').orderBy('valid_from').select();

/** A small list with one row otherwise. */
function withRow(code: string, changes: Partial<UnitRow>): string {
  return csv(provinceUnits(12).map((row) => (row.code === code ? { ...row, ...changes } : row)));
}

describe('before any import', () => {
  test('the tree has the provinces of the day: 63, and 34 from 01/07/2025', async () => {
    const before = await organizer.call(api.levels, { query: { asOf: DAY } });
    expect(before).toMatchObject({ units: 63, levels: [{ id: 'province' }] });
    const after = await organizer.call(api.levels, { query: { asOf: '2025-07-01' } });
    expect(after.units).toBe(34);
    const page = await list({ asOf: DAY, limit: 2 });
    expect(page.items.map(({ code, name, childCount }) => [code, name, childCount])).toEqual([
      ['01', 'Hà Nội', 0],
      ['02', 'Hà Giang', 0],
    ]);
  });

  test('a date without units says so and names the nearest', async () => {
    for (const contract of [api.levels, api.units]) {
      const problem = await organizer.refusal(contract, { query: { asOf: '2024-12-31' } });
      expect(problem.code).toBe('not-found');
      expect(problem.detail).toContain('01/01/2025');
    }
  });
});

describe('importing an official list', () => {
  test('looks only, unless told to write', async () => {
    const answer = await organizer.call(api.importUnits, {
      body: { name: 'don-vi.csv', bytes: bytesOf(csv(provinceUnits(12))) },
    });
    expect(answer).toEqual({
      rows: 23,
      units: 23,
      byLevel: { province: 1, district: 10, commune: 12 },
      errors: [],
      imported: false,
      columns: expect.arrayContaining([{ field: 'code', header: 'code' }]),
      covers: 'country',
      provinces: ['Tỉnh Sông Cầu'],
      from: expect.any(String),
      differences: [{ kind: 'new', count: 23, first: expect.any(Array) }],
    });
    expect(await kept()).toEqual([]);
  });

  test('takes the level from the type and serves the tree of the day', async () => {
    expect(await take(csv(provinceUnits(12)))).toMatchObject({ units: 23, imported: true });
    const { levels, units } = await organizer.call(api.levels, { query: { asOf: DAY } });
    expect(levels.map((level) => level.id)).toEqual(['province', 'district', 'commune']);
    expect(units).toBe(23);
    const districts = await list({ asOf: DAY, parent: '97' });
    expect(districts.items).toHaveLength(10);
    // The island has no communes.
    expect(districts.items[0]).toMatchObject({ code: '970', name: 'Đảo Mây', childCount: 0 });
    expect(districts.items[1]).toMatchObject({ code: '971', level: 'district', childCount: 2 });
    const [record] = await server.database.read('unit_import').select();
    expect(record).toMatchObject({ by: 'Trần Thử Nghiệm', file_name: 'don-vi.csv', rows: 23 });
  });

  test('reads a wide list as the statistics office gives it', async () => {
    const file = readFileSync(new URL('../../../fixtures/units/wide.csv', import.meta.url), 'utf8');
    const answer = await take(file, { validFrom: DAY });
    expect(answer).toMatchObject({ errors: [], imported: true });
    expect((await list({ asOf: DAY })).items.map((unit) => unit.code)).toContain('51');
  });

  test('reads a workbook', async () => {
    const [head, ...lines] = csv(provinceUnits(12))
      .split('\r\n')
      .map((line) => line.split(','));
    const columns = (head ?? []).map((header) => ({ header }));
    const out = new PassThrough();
    const [bytes] = await Promise.all([
      buffer(out),
      writeWorkbook([{ name: 'Danh mục', columns, rows: lines }], out),
    ]);
    const answer = await organizer.call(api.importUnits, {
      query: { dryRun: 'false' },
      body: { name: 'don-vi.xlsx', bytes: new Uint8Array(bytes) },
    });
    expect(answer).toMatchObject({ units: 23, errors: [], imported: true });
    expect((await list({ asOf: DAY })).items[0]?.code).toBe('97');
  });

  test('again changes no unit', async () => {
    await take(csv(provinceUnits(12)));
    const before = await kept();
    expect(await take(csv(provinceUnits(12)))).toMatchObject({ imported: true });
    expect(await kept()).toEqual(before);
  });

  test('of another stretch leaves the old tree with its districts', async () => {
    await take(csv(provinceUnits(12).map((row) => ({ ...row, effective_to: '' }))));
    const file = readFileSync(new URL('../../../fixtures/units/two-level.csv', import.meta.url), 'utf8');
    expect(await take(file, { covers: 'country' })).toMatchObject({ imported: true });
    const old = await organizer.call(api.levels, { query: { asOf: '2025-06-30' } });
    expect(old.levels.map((level) => level.id)).toContain('district');
    const now = await organizer.call(api.levels, { query: { asOf: '2025-07-01' } });
    expect(now.levels.map((level) => level.id)).toEqual(['province', 'commune']);
  });

  test('may be given another first day than its column has', async () => {
    const later = provinceUnits(12).map((row) => ({ ...row, effective_from: '2025-03-01' }));
    await take(csv(later), { validFrom: '2025-01-13' });
    expect((await list({ asOf: DAY })).items.map((unit) => unit.validFrom)).toEqual([DAY]);
  });

  test('brings names to NFC', async () => {
    await take(csv(provinceUnits(12)).normalize('NFD'));
    expect((await list({ asOf: DAY })).items[0]?.name).toBe('Sông Cầu'.normalize('NFC'));
  });

  test('is seen by another process at once', async () => {
    const other = await openDatabase(databaseFile(server.data));
    try {
      const context = { ...server.context(), database: other };
      expect((await unitTreeOn(context, DAY as CivilDate))?.size).toBe(63);
      await take(csv(provinceUnits(12)));
      expect((await unitTreeOn(context, DAY as CivilDate))?.size).toBe(23);
      expect(await unitTreeOn(context, '2026-01-01' as CivilDate)).toBeNull();
    } finally {
      await other.close();
    }
  });

  test('takes the nation in a few seconds', async () => {
    const started = performance.now();
    const answer = await take(csv(provinceUnits(10_800)));
    expect(answer).toMatchObject({ units: 10_811, imported: true });
    expect(performance.now() - started).toBeLessThan(8000);
  });

  const official = shared('data/units/units_2025-03-01_three_level.csv');
  test.skipIf(official === null)(
    'takes the real lists, one after the other (skips without them)',
    async () => {
      await take(readFileSync(official ?? '', 'utf8'), { validFrom: '2025-01-01' });
      const started = performance.now();
      const page = await list({ asOf: DAY, q: 'yen lang' });
      expect(performance.now() - started).toBeLessThan(2000);
      expect(page.items.map((unit) => unit.name)).toContain('Yên Lãng');
      const { levels } = await organizer.call(api.levels, { query: { asOf: DAY } });
      expect(levels).toHaveLength(3);
    },
  );
});

describe('a list with an error imports nothing and names row and column', () => {
  test.each([
    ['a type that there is not', withRow('971', { type: 'Quận lỵ' }), 'dòng 3, cột type', 'Quận lỵ'],
    [
      'a date that does not exist',
      withRow('972', { effective_to: '2025-02-30' }),
      'dòng 4, cột effective_to',
      '2025-02-30',
    ],
    [
      'a last day before the first',
      withRow('972', { effective_to: '2019-01-01' }),
      'dòng 4, cột effective_to',
      'trước ngày bắt đầu',
    ],
    ['a parent that is not there', withRow('971', { parent_code: '55' }), 'dòng 3, cột parent_code', '55'],
    ['a missing code', withRow('971', { code: '' }), 'dòng 3, cột code', 'Thiếu mã'],
    [
      'a name of ten thousand letters',
      withRow('971', { name: 'A'.repeat(10_000) }),
      'dòng 3, cột name',
      'dài quá',
    ],
    [
      'a code that stands twice',
      csv([...provinceUnits(12), ...provinceUnits(12).slice(1, 2)]),
      'dòng 25, cột code',
      'dòng 3',
    ],
    [
      'two stretches of a code that overlap',
      csv([
        ...provinceUnits(12),
        ...provinceUnits(12)
          .slice(1, 2)
          .map((row) => ({ ...row, effective_from: '2024-01-01' })),
      ]),
      'dòng 25, cột code',
      'thời gian hiệu lực với dòng 3',
    ],
  ])('%s', async (_, text, at, message) => {
    for (const dryRun of ['true', 'false']) {
      const answer = await take(text, { dryRun });
      expect(answer.imported).toBe(false);
      expect(answer.errors.map((error) => error.at)).toContain(at);
      expect(answer.errors.find((error) => error.at === at)?.message).toContain(message);
    }
    expect(await kept()).toEqual([]);
  });

  test('a circle of parents', async () => {
    const text = csv(
      provinceUnits(12).map((row) =>
        row.code === '971'
          ? { ...row, parent_code: '97001' }
          : row.code === '97001'
            ? { ...row, parent_code: '971' }
            : row,
      ),
    );
    const answer = await take(text);
    expect(answer.imported).toBe(false);
    expect(answer.errors.some((error) => error.message.includes('Vòng lặp'))).toBe(true);
    expect(await kept()).toEqual([]);
  });

  test('in the language that was asked for, and not more than a person reads', async () => {
    const many = provinceUnits(3000).map((row) => ({ ...row, type: 'Planet' }));
    const answer = await organizer.call(api.importUnits, {
      query: { dryRun: 'false' },
      body: { name: 'a.csv', bytes: bytesOf(csv(many)) },
      language: 'en',
    });
    expect(answer.imported).toBe(false);
    expect(answer.errors).toHaveLength(501);
    expect(answer.errors[0]).toEqual({
      at: 'row 2, column type',
      message: '"Planet" is not a type of unit at this place.',
    });
    expect(answer.errors.at(-1)?.message).toContain('2,511');
  });

  test('leaves what was imported before', async () => {
    await take(csv(provinceUnits(12)));
    const before = await kept();
    await take(withRow('971', { type: 'Quận lỵ' }));
    expect(await kept()).toEqual(before);
  });

  test('a cell that cannot be read keeps the whole list out', async () => {
    const text = `${csv(provinceUnits(12))}\r\n"97099,3,Xã,Không đóng ngoặc`;
    const answer = await take(text);
    expect(answer.imported).toBe(false);
    expect(answer.errors[0]?.message).toContain('ngoặc kép');
    expect(await kept()).toEqual([]);
  });
});

describe('a file that is no list is refused', () => {
  test.each<[string, string, Uint8Array<ArrayBuffer>, string]>([
    [
      'garbage that calls itself XLSX',
      'a.xlsx',
      bytesOf('PK\x03\x04 không phải bảng tính'),
      'unreadable-file',
    ],
    [
      'an old workbook',
      'a.xls',
      new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      'unreadable-file',
    ],
    ['random bytes', 'a.csv', new Uint8Array(5000).map((_, at) => (at * 7919) % 251), 'unreadable-file'],
    [
      'a workbook that unpacks to a gigabyte',
      'a.xlsx',
      zipOf('xl/workbook.xml', Buffer.alloc(32 * 1024 * 1024), 1_000_000_000),
      'too-large',
    ],
    ['one column', 'a.csv', bytesOf('mã\n01\n02'), 'unreadable-file'],
    ['more than any list has', 'a.csv', new Uint8Array(21_000_000).fill(97), 'too-large'],
  ])('%s', async (_, name, body, code) => {
    const problem = await organizer.refusal(api.importUnits, {
      query: { dryRun: 'false' },
      body: { name, bytes: body },
    });
    expect(problem.code).toBe(code);
    expect(problem.detail).toContain('Chưa có gì được nhập');
  });

  test('a list without the columns names them', async () => {
    const answer = await take('số,ghi chú\n1,a');
    expect(answer.imported).toBe(false);
    expect(answer.errors.map((error) => error.at)).toContain('dòng tiêu đề');
  });

  test('a first day that does not exist', async () => {
    const problem = await organizer.refusal(api.importUnits, {
      query: { validFrom: '2025-02-30' },
      body: { name: 'a.csv', bytes: bytesOf(csv(provinceUnits(12))) },
    });
    expect(problem).toMatchObject({ code: 'malformed', faults: [{ at: 'validFrom' }] });
  });
});

describe('looking for units', () => {
  beforeEach(() => take(csv(provinceUnits(40))));

  test('goes through the children page by page, by code', async () => {
    const seen: UnitCode[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({
        asOf: DAY,
        parent: '97',
        limit: 3,
        ...(cursor === undefined ? {} : { cursor }),
      });
      expect(page.items.length).toBeLessThanOrEqual(3);
      seen.push(...page.items.map((unit) => unit.code));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(['970', '971', '972', '973', '974', '975', '976', '977', '978', '979']);
  });

  test('finds by name without marks, by marks first, and by code, in pages', async () => {
    const all = await list({ asOf: DAY, q: 'song' });
    expect(all.items.map((unit) => unit.fullName)).toContain('Tỉnh Sông Cầu');
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({
        asOf: DAY,
        q: 'song',
        limit: 1,
        ...(cursor === undefined ? {} : { cursor }),
      });
      paged.push(...page.items.map((unit) => unit.code));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(paged).toEqual(all.items.map((unit) => unit.code));
    const decomposed = await list({ asOf: DAY, q: 'Sông Cầu'.normalize('NFD') });
    expect(decomposed.items.map((unit) => unit.code)).toEqual(['97', '971']);
    expect((await list({ asOf: DAY, q: '97003' })).items.map((unit) => unit.code)).toEqual(['97003']);
  });

  test('below one unit leaves out the unit itself and those beside it', async () => {
    const page = await list({ asOf: DAY, parent: '971', q: 'phuong' });
    expect(page.items.length).toBeGreaterThan(0);
    expect(page.items.every((unit) => unit.parent === '971')).toBe(true);
  });

  test('finds nothing where there is nothing, and no children of a unit that is not there', async () => {
    expect(await list({ asOf: DAY, q: 'không đâu cả' })).toEqual({ items: [], next: null });
    const problem = await organizer.refusal(api.units, { query: { asOf: DAY, parent: '0000' } });
    expect(problem).toMatchObject({ code: 'not-found' });
    expect(problem.detail).toContain('0000');
  });

  test.each([
    [{ asOf: '2025-02-30' }, 'asOf'],
    [{ asOf: DAY, limit: 0 }, 'limit'],
    [{ asOf: DAY, q: 'a'.repeat(101) }, 'q'],
    [{ asOf: DAY, cursor: 'x' }, 'cursor'],
  ])('refuses %j', async (query, field) => {
    const problem = await organizer.refusal(api.units, { query });
    expect(problem.code).toBe('malformed');
    expect(problem.faults?.map((fault) => fault.at)).toEqual([field]);
  });
});

test('everybody with an account looks at units, only standing organizers import them', async () => {
  const { conference } = await organizer.call(api.createConference, {
    body: { text: null, plan: samplePlan(), treeDate: null },
  });
  const bridge = server.context().newId() as Parameters<typeof hostAt>[1];
  await rows.addBridge(server.database.write, conference.id, bridge, null);
  const sent = {
    query: { dryRun: 'false' },
    body: { name: 'a.csv', bytes: bytesOf(csv(provinceUnits(12))) },
  };
  const grants = [
    [],
    [hostAt(conference.id, bridge)],
    [unitOrganizerAt(conference.id, bridge)],
    [organizerOf(conference.id)],
  ];
  for (const own of grants) {
    const caller = await signIn(server, own);
    expect((await caller.call(api.units, { query: { asOf: DAY } })).items.length).toBeGreaterThan(0);
    expect((await caller.refusal(api.importUnits, sent)).code).toBe('forbidden');
  }
  const nobody = client(server);
  expect((await nobody.refusal(api.units, { query: { asOf: DAY } })).code).toBe('not-signed-in');
  expect((await nobody.refusal(api.levels, { query: { asOf: DAY } })).code).toBe('not-signed-in');
  expect((await nobody.refusal(api.importUnits, sent)).code).toBe('not-signed-in');
  expect(await kept()).toEqual([]);
});

test('a conference whose tree has no districts on its day is told that its plan has district bridges', async () => {
  const upper = provinceUnits(12).filter((row) => row.level !== '2');
  const flat = upper.map((row) => ({ ...row, parent_code: row.level === '3' ? '97' : '' }));
  await take(csv(flat));
  const made = await organizer.call(api.createConference, {
    body: { text: null, plan: samplePlan(), treeDate: null },
  });
  const found = made.findings.find((finding) => finding.code === 'districts-gone');
  expect(found?.severity).toBe('error');
});

test('the list of a second province leaves the first alone, and a preview tells what it changes', async () => {
  await take(csv(provinceUnits(12)));
  const other = csv(
    provinceUnits(6).map((row) => ({
      ...row,
      code: row.code.replace(/^97/, '98'),
      parent_code: row.parent_code.replace(/^97/, '98'),
    })),
  );
  const preview = await take(other, { dryRun: 'true' });
  expect(preview).toMatchObject({
    imported: false,
    covers: 'provinces',
    differences: [{ kind: 'new', count: 17 }],
  });
  await take(other);
  expect((await list({ asOf: DAY })).items.map(({ code, childCount }) => `${code} ${childCount}`)).toEqual([
    '97 10',
    '98 10',
  ]);
  // Who says that it speaks of the whole country takes the other away.
  const whole = await take(other, { covers: 'country' });
  expect(whole.differences).toMatchObject([{ kind: 'gone', count: 23 }]);
  expect((await list({ asOf: DAY })).items.map(({ code }) => code)).toEqual(['98']);
});
