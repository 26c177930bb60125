import { PassThrough, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import { readXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';

import { instantOf } from '../../../domain/time.ts';
import { writeCsv } from '../../../server/documents/csv.ts';
import { collectRows, readRows } from '../../../server/documents/rows.ts';
import type { SheetColumn, SheetValue } from '../../../server/documents/sheet-writer.ts';
import { writeWorkbook } from '../../../server/documents/xlsx.ts';
import type { WorkbookSheet } from '../../../server/documents/xlsx.ts';
import { checkZip } from '../../../server/documents/zip.ts';

async function written(sheets: readonly WorkbookSheet[], mostRows?: number): Promise<Buffer> {
  const out = new PassThrough();
  const [bytes] = await Promise.all([buffer(out), writeWorkbook(sheets, out, mostRows)]);
  return bytes;
}

async function csvOf(header: readonly string[], rows: Iterable<readonly SheetValue[]>): Promise<string> {
  const out = new PassThrough();
  // The mark is taken off where a stream is read as text.
  const [csv] = await Promise.all([buffer(out), writeCsv(header, rows, out)]);
  return csv.toString();
}

const columns: SheetColumn[] = [
  { header: 'Họ và tên', width: 30 },
  { header: 'Số', kind: 'number' },
  { header: 'Tỷ lệ', kind: 'percent' },
  { header: 'Ngày', kind: 'date' },
  { header: 'Lúc', kind: 'datetime' },
];
const eight = instantOf('2025-01-13T08:00:00+07:00');

test('another program and our own reader find what was written, sheet by sheet', async () => {
  const bytes = await written([
    {
      name: 'Theo điểm cầu',
      columns,
      rows: [
        ['Điểm cầu xã Yên Lãng', 15_345, 0.9916, '2025-01-13', eight],
        ['Trống', null, null, null, null],
      ],
    },
    {
      name: 'Theo người',
      columns: [{ header: 'Tên' }, { header: 'Ghi chú' }],
      rows: [['A', 'dòng 1\ndòng 2 ']],
    },
  ]);
  expect((await checkZip(bytes)).ok).toBe(true);
  const book = await readXlsx(bytes, { readStyles: true });
  expect(book.sheets.map((sheet) => sheet.name)).toEqual(['Theo điểm cầu', 'Theo người']);
  expect(book.sheets[0]?.rows).toEqual([
    ['Họ và tên', 'Số', 'Tỷ lệ', 'Ngày', 'Lúc'],
    [
      'Điểm cầu xã Yên Lãng',
      15_345,
      0.9916,
      new Date('2025-01-13T00:00:00Z'),
      new Date('2025-01-13T08:00:00Z'),
    ],
    ['Trống', null, null, null, null],
  ]);
  expect(book.sheets[1]?.rows[1]).toEqual(['A', 'dòng 1\ndòng 2 ']);

  const opened = await readRows(bytes, 'a.xlsx');
  const { rows } = opened.ok ? await collectRows(opened.value) : { rows: [] };
  expect(rows[0]?.cells).toEqual({
    'Họ và tên': 'Điểm cầu xã Yên Lãng',
    Số: '15345',
    'Tỷ lệ': '0,9916',
    Ngày: '13/01/2025',
    Lúc: '13/01/2025 08:00',
  });
});

test('texts stay texts: formulas, numbers with zeros, markup, escapes, signs that XML cannot hold', async () => {
  const texts = [
    '=1+1',
    '+84',
    '-5',
    '@x',
    '00123',
    '<b> & "c"',
    '_x0041_',
    'a\u0000b\uD800c',
    '  đầu và cuối  ',
  ];
  const bytes = await written([
    { name: 'A', columns: [{ header: 'a' }, { header: 'b' }], rows: texts.map((one) => [one, 'x']) },
  ]);
  const book = await readXlsx(bytes);
  expect(book.sheets[0]?.rows.slice(1).map((row) => row[0])).toEqual([
    '=1+1',
    '+84',
    '-5',
    '@x',
    '00123',
    '<b> & "c"',
    '_x0041_',
    'a\uFFFDb\uFFFDc',
    '  đầu và cuối  ',
  ]);
  expect(bytes.includes('<f>')).toBe(false);
});

test('names of sheets are made such that Excel takes them, each once', async () => {
  const name = 'Báo cáo: [điểm danh] của tất cả các điểm cầu';
  const bytes = await written([
    { name, columns: [{ header: 'a' }], rows: [] },
    { name, columns: [{ header: 'a' }], rows: [] },
    { name: "'''", columns: [{ header: 'a' }], rows: [] },
  ]);
  const names = (await readXlsx(bytes)).sheets.map((sheet) => sheet.name);
  expect(new Set(names).size).toBe(3);
  for (const one of names) {
    expect(one.length).toBeLessThanOrEqual(31);
    expect(one).not.toMatch(/[[\]:*?/\\]|^'|'$/);
  }
});

test('a table of more rows than a sheet holds goes on in the next, with its header', async () => {
  const bytes = await written(
    [{ name: 'A', columns: [{ header: 'n', kind: 'number' }], rows: [1, 2, 3, 4, 5].map((n) => [n]) }],
    3,
  );
  const { sheets } = await readXlsx(bytes);
  expect(sheets.map((sheet) => [sheet.name, sheet.rows.flat()])).toEqual([
    ['A', ['n', 1, 2]],
    ['A (2)', ['n', 3, 4]],
    ['A (3)', ['n', 5]],
  ]);
});

test('a cell longer than Excel holds is cut with an ellipsis', async () => {
  const bytes = await written([{ name: 'A', columns: [{ header: 'a' }], rows: [['x'.repeat(40_000)]] }]);
  const cell = (await readXlsx(bytes)).sheets[0]?.rows[1]?.[0];
  expect(String(cell)).toHaveLength(32_767);
  expect(String(cell).endsWith('…')).toBe(true);
});

/** Rows without end, and whether they were closed. */
function endless() {
  const state = { given: 0, isClosed: false };
  async function* rows(): AsyncGenerator<readonly SheetValue[]> {
    try {
      for (;;) {
        state.given += 1;
        // Hardly to be packed, so that bytes come out.
        yield [`${Math.sin(state.given)} ${Math.cos(state.given)}`];
        if (state.given % 100 === 0) await new Promise(setImmediate);
      }
    } finally {
      state.isClosed = true;
    }
  }
  return { state, rows: rows() };
}

test.each(['xlsx', 'csv'])(
  '%s: when the reader goes away, the rows are closed and the promise fails',
  async (kind) => {
    const { state, rows } = endless();
    let bytes = 0;
    const out: Writable = new Writable({
      write(chunk: Buffer, _, done) {
        bytes += chunk.length;
        if (bytes > 100_000) out.destroy();
        done();
      },
    });
    await expect(
      kind === 'xlsx'
        ? writeWorkbook([{ name: 'A', columns: [{ header: 'a' }], rows }], out)
        : writeCsv(['a'], rows, out),
    ).rejects.toThrow(/premature|aborted|destroyed/i);
    expect(state.isClosed).toBe(true);
  },
);

test.each(['xlsx', 'csv'])('%s: rows are taken no faster than the reader takes the file', async (kind) => {
  const { state, rows } = endless();
  const out = new PassThrough();
  const writing = (
    kind === 'xlsx'
      ? writeWorkbook([{ name: 'A', columns: [{ header: 'a' }], rows }], out)
      : writeCsv(['a'], rows, out)
  ).catch(() => 'stopped');
  await new Promise((resolve) => setTimeout(resolve, 300));
  const given = state.given;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(state.given).toBe(given);
  expect(given).toBeLessThan(50_000);
  out.destroy();
  expect(await writing).toBe('stopped');
});

async function* failing(): AsyncGenerator<readonly SheetValue[]> {
  yield ['a'];
  await Promise.resolve();
  throw new Error('storage went away');
}

test('rows that fail while they are read fail the writing', async () => {
  await expect(written([{ name: 'A', columns: [{ header: 'a' }], rows: failing() }])).rejects.toThrow(
    'storage went away',
  );
});

test('a CSV has the mark that Excel needs, and no formula', async () => {
  const csv = await csvOf(
    ['Họ và tên', 'Số'],
    [
      ['Trần Văn Mẫu, "A"', 15_345],
      ['=HYPERLINK("x")', -5],
      [null, null],
    ],
  );
  expect(csv).toBe('\uFEFFHọ và tên,Số\r\n"Trần Văn Mẫu, ""A""",15345\r\n"\'=HYPERLINK(""x"")",-5\r\n,\r\n');
});

test('a CSV of ours reads back as it was', async () => {
  const values = [
    ['=1+1', '+84 912'],
    ['dòng 1\ndòng 2', '"trích"'],
    ['-5', '@a;b,c'],
  ];
  const csv = await csvOf(['a', 'b'], values);
  const opened = await readRows(Buffer.from(csv), 'a.csv');
  const { rows } = opened.ok ? await collectRows(opened.value) : { rows: [] };
  expect(rows.map(({ cells }) => Object.values(cells))).toEqual(values);
});
