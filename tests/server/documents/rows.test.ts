import { describe, expect, test } from 'vitest';

import { collectRows } from '../../../server/documents/rows.ts';
import { sayRowProblem } from '../../../server/documents/sentences.ts';
import type { RowProblem } from '../../../server/documents/table.ts';
import { textRow } from './archives.ts';
import { HEADER, book, bytesOf, contentOf, failureOf, hasName, headerRow, tableOf } from './tables.ts';

describe('CSV', () => {
  const rows = [
    [2, 'Trần Văn Mẫu', 'Bí thư, Trưởng ban'],
    [3, 'Lê Thị Thử', 'Phó Bí thư'],
  ];

  test.each([
    ['commas', 'Họ và tên,Chức vụ\nTrần Văn Mẫu,"Bí thư, Trưởng ban"\nLê Thị Thử,Phó Bí thư\n'],
    ['semicolons', 'Họ và tên;Chức vụ\r\nTrần Văn Mẫu;Bí thư, Trưởng ban\r\nLê Thị Thử;Phó Bí thư'],
    ['tabs', 'Họ và tên\tChức vụ\nTrần Văn Mẫu\tBí thư, Trưởng ban\nLê Thị Thử\tPhó Bí thư\n'],
    ['old line ends', 'Họ và tên;Chức vụ\rTrần Văn Mẫu;Bí thư, Trưởng ban\rLê Thị Thử;Phó Bí thư\r'],
    [
      'a byte order mark',
      '\uFEFFHọ và tên;Chức vụ\nTrần Văn Mẫu;Bí thư, Trưởng ban\nLê Thị Thử;Phó Bí thư\n',
    ],
  ])('%s', async (_, text) => {
    expect(await contentOf(bytesOf(text))).toEqual({ header: HEADER, rows, problems: [] });
  });

  test.each([
    ['UTF-16 with its mark', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 without a mark', (text: string) => Buffer.from(text, 'utf16le')],
    ['big-endian UTF-16', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ])('%s', async (_, encode) => {
    const text = 'Ho ten\tChức vụ\nTrần Văn Mẫu\tBí thư, Trưởng ban\nLê Thị Thử\tPhó Bí thư\n';
    expect(await contentOf(encode(text))).toEqual({ header: ['Ho ten', 'Chức vụ'], rows, problems: [] });
  });

  test("Excel's line sep= is taken, and lines keep their numbers", async () => {
    const { rows: read } = await contentOf(bytesOf('sep=|\nHọ tên|Chức vụ\nA, B; C|D\n'));
    expect(read).toEqual([[3, 'A, B; C', 'D']]);
  });

  test('a row has the number of the line on which it begins; empty lines count and are left out', async () => {
    const { rows: read } = await contentOf(bytesOf('a;b\n1;2\n\n;\n"3\ntiếp";4\n5;6\n'));
    expect(read).toEqual([
      [2, '1', '2'],
      [5, '3\ntiếp', '4'],
      [7, '5', '6'],
    ]);
  });

  test('quotation marks inside a cell are signs like others', async () => {
    const { rows: read, problems } = await contentOf(bytesOf('a;b\nCông ty "Mẫu" A;"Chi nhánh ""Bắc"""\n'));
    expect(read).toEqual([[2, 'Công ty "Mẫu" A', 'Chi nhánh "Bắc"']]);
    expect(problems).toEqual([]);
  });

  test('a quotation mark that is never closed is a problem of its line', async () => {
    expect(await contentOf(bytesOf('a;b\n1;2\n3;"4\n5;6\n7;8\n'))).toMatchObject({
      rows: [[2, '1', '2']],
      problems: [[3, null, 'broken quotes']],
    });
    expect(await contentOf(bytesOf('a;b\n1;2\n3;"4\n5;6"x\n7;8\n'))).toMatchObject({
      rows: [
        [2, '1', '2'],
        [5, '7', '8'],
      ],
      problems: [[3, null, 'broken quotes']],
    });
    expect(await contentOf(bytesOf('a;b\n1;2\n\n\n3;"4\n5;6\n'))).toMatchObject({
      problems: [[5, null, 'broken quotes']],
    });
    expect(await failureOf(bytesOf('a;"b\n1;2\n3;4\n'))).toMatchObject({ reason: 'broken quotes', row: 1 });
  });

  test('rows of other lengths than the header are read: missing cells are empty, others have the letter of their column', async () => {
    const table = await tableOf(bytesOf('a;b\n1\n2;3;4\n5;6\n'));
    const { rows: read } = await collectRows(table);
    expect(read.map(({ cells }) => cells)).toEqual([
      { a: '1', b: '' },
      { a: '2', b: '3', C: '4' },
      { a: '5', b: '6' },
    ]);
  });

  test('cells that the program itself wrote with an apostrophe lose it', async () => {
    expect((await contentOf(bytesOf("a;b\n'=1+1;'+84\n"))).rows).toEqual([[2, '=1+1', '+84']]);
  });
});

describe('the header', () => {
  test('titles, office and motto above the table are passed over', async () => {
    const text =
      'TỈNH ỦY MẪU;;ĐẢNG CỘNG SẢN VIỆT NAM\nVĂN PHÒNG\n\nDANH SÁCH ĐẠI BIỂU\n(Kèm theo Kế hoạch số 1)\n' +
      'TT;Họ và tên;Chức vụ;Đơn vị\n1;Trần Văn Mẫu;Bí thư;Sở A\n2;Lê Thị Thử;Phó Bí thư;Sở B\n';
    const table = await tableOf(bytesOf(text));
    expect(table.headerRow).toBe(6);
    expect(table.header).toEqual(['TT', 'Họ và tên', 'Chức vụ', 'Đơn vị']);
    expect((await collectRows(table)).rows.map(({ row }) => row)).toEqual([7, 8]);
  });

  test('columns of one name are told apart, nameless ones have their letter, line breaks are blanks', async () => {
    const table = await tableOf(bytesOf('Ghi chú;;Ghi chú;"Họ và\ntên";__proto__\n1;2;3;4;5\n'));
    expect(table.header).toEqual(['Ghi chú', 'B', 'Ghi chú (2)', 'Họ và tên', '__proto__']);
    const { rows } = await collectRows(table);
    expect(Object.entries(rows[0]?.cells ?? {})).toEqual([
      ['Ghi chú', '1'],
      ['B', '2'],
      ['Ghi chú (2)', '3'],
      ['Họ và tên', '4'],
      ['__proto__', '5'],
    ]);
  });

  test('texts come in NFC and without blanks around them', async () => {
    const decomposed = 'Họ và tên;Chức vụ\n  Trần Văn Mẫu\u00A0;Bí thư\n'.normalize('NFD');
    expect(await contentOf(bytesOf(decomposed))).toMatchObject({
      header: HEADER,
      rows: [[2, 'Trần Văn Mẫu', 'Bí thư']],
    });
  });

  test('an importer that knows its columns finds them where the look of the table misleads', async () => {
    const text = 'Đơn vị: Sở A;Ngày 13/01/2025\nHọ và tên;Chức vụ\nTrần Văn Mẫu;Bí thư\n';
    expect((await tableOf(bytesOf(text))).headerRow).toBe(1);
    expect((await tableOf(bytesOf(text), 'a.csv', { isHeader: hasName })).headerRow).toBe(2);
  });

  test('a file without two columns has no header', async () => {
    expect((await failureOf(bytesOf('Danh sách\nA\nB\n'))).reason).toBe('no header');
  });
});

describe('limits', () => {
  const long = 'a'.repeat(10_000_000);

  test('ten megabytes of text in a name are refused by row and column, and the other rows are read', async () => {
    const csv = await contentOf(bytesOf(`Họ và tên;Chức vụ\nA;B\n${long};C\nD;E\n`));
    const expected = {
      rows: [
        [2, 'A', 'B'],
        [4, 'D', 'E'],
      ],
      problems: [[3, 'Họ và tên', 'cell too long']],
    };
    expect(csv).toMatchObject(expected);
    const inline = book({
      rows: headerRow + textRow(2, ['A', 'B']) + textRow(3, [long, 'C']) + textRow(4, ['D', 'E']),
    });
    expect(await contentOf(inline, 'a.xlsx')).toMatchObject({
      problems: expected.problems,
      rows: expected.rows,
    });
    const shared = book({
      rows: `${headerRow}${textRow(2, ['A', 'B'])}<row r="3"><c t="s"><v>0</v></c></row>${textRow(4, ['D', 'E'])}`,
      strings: `<si><t>${long}</t></si>`,
    });
    expect(await contentOf(shared, 'a.xlsx')).toMatchObject(expected);
  });

  test('length counts graphemes: marks set apart do not make a name too long', async () => {
    const limits = { cell: 10 };
    const text = 'ế'.repeat(10).normalize('NFD');
    expect(await contentOf(bytesOf(`a;b\n${text};x\n${text}e;x\n`), 'a.csv', { limits })).toMatchObject({
      rows: [[2, 'ế'.repeat(10), 'x']],
      problems: [[3, 'a', 'cell too long']],
    });
  });

  test('files that are too large, too long or too wide are refused, each by its name', async () => {
    const csv = bytesOf('a;b\n1;2\n3;4\n5;6\n');
    expect(await failureOf(csv, 'a.csv', { limits: { bytes: 5 } })).toMatchObject({
      reason: 'too large',
      most: 5,
    });
    expect(await contentOf(csv, 'a.csv', { limits: { rows: 2 } })).toMatchObject({
      rows: [
        [2, '1', '2'],
        [3, '3', '4'],
      ],
      problems: [[4, null, 'too many rows']],
    });
    expect(await failureOf(csv, 'a.csv', { limits: { columns: 1 } })).toMatchObject({
      reason: 'too many columns',
    });
    expect(await contentOf(bytesOf('a;b\n1;2\n1;2;3\n'), 'a.csv', { limits: { columns: 2 } })).toMatchObject({
      problems: [[3, null, 'too many columns']],
    });
    const wide = book({
      rows: `${headerRow}<row r="2"><c r="XFD2"><v>1</v></c></row><row r="3"><c r="XFD3" s="0"/><c r="A4"><v>1</v></c></row>`,
    });
    expect(await contentOf(wide)).toMatchObject({
      problems: [[2, null, 'too many columns']],
      rows: [[3, '1', '']],
    });
  });

  test('columns that are only formatted, and rows without anything, do not count', async () => {
    const bytes = bytesOf(`a;b${';'.repeat(400)}\n1;2${';'.repeat(400)}\n${';'.repeat(400)}\n`);
    expect(await contentOf(bytes)).toMatchObject({ header: ['a', 'b'], rows: [[2, '1', '2']], problems: [] });
  });
});

test.each(['csv', 'xlsx'])(
  '%s: a long file leaves turns to everything else that the server does',
  async (kind) => {
    const count = 20_000;
    const rows = Array.from({ length: count }, (_, at) => [`Trần Văn Mẫu ${at}`, 'Ủy viên Ban Chấp hành']);
    const bytes =
      kind === 'csv'
        ? bytesOf(`${HEADER.join(';')}\n${rows.map((row) => row.join(';')).join('\n')}\n`)
        : book({ rows: headerRow + rows.map((row, at) => textRow(at + 2, row)).join('') });
    let turns = 0;
    let isReading = true;
    const tick = (): void => {
      turns += 1;
      if (isReading) setImmediate(tick);
    };
    setImmediate(tick);
    const { rows: read } = await collectRows(await tableOf(bytes));
    isReading = false;
    expect(read).toHaveLength(count);
    // One for every 64 kB at least.
    expect(turns).toBeGreaterThan(bytes.length / 100_000 + 3);
  },
);

test('every problem of a row has a sentence that names the place', () => {
  const at = { row: 17, column: 'Họ và tên' };
  const problems: RowProblem[] = [
    { ...at, reason: 'cell too long', most: 5000 },
    { ...at, reason: 'too many columns', most: 200 },
    { ...at, reason: 'formula error', text: '#N/A' },
    { ...at, reason: 'formula without value' },
    { ...at, reason: 'broken quotes' },
    { ...at, reason: 'too many rows', most: 200_000 },
    { ...at, reason: 'damaged' },
  ];
  for (const problem of problems) {
    expect(sayRowProblem(problem, 'vi').at).toBe('dòng 17, cột Họ và tên');
    expect(sayRowProblem(problem, 'en').at).toBe('row 17, column Họ và tên');
    expect(sayRowProblem(problem, 'vi').message).toMatch(/\.$/);
    expect(sayRowProblem(problem, 'en').message).not.toBe(sayRowProblem(problem, 'vi').message);
  }
  expect(sayRowProblem({ row: 3, column: null, reason: 'damaged' }, 'vi').at).toBe('dòng 3');
});
