import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';

import { collectRows, readRows } from '../../../server/documents/rows.ts';
import type { ReadOptions } from '../../../server/documents/rows.ts';
import { sayRowProblem, sayTableFailure } from '../../../server/documents/sentences.ts';
import type { RowProblem, Table, TableFailure } from '../../../server/documents/table.ts';
import { archive, bookParts, textRow } from './archives.ts';
import type { BookParts } from './archives.ts';

const HEADER = ['Họ và tên', 'Chức vụ'];

function bytesOf(text: string): Uint8Array {
  return Buffer.from(text);
}

async function tableOf(bytes: Uint8Array, name = 'danh-sach.csv', options: ReadOptions = {}): Promise<Table> {
  const opened = await readRows(bytes, name, options);
  if (!opened.ok) throw new Error(sayTableFailure(opened, 'en'));
  return opened.value;
}

async function failureOf(
  bytes: Uint8Array,
  name = 'danh-sach.csv',
  options: ReadOptions = {},
): Promise<TableFailure> {
  const opened = await readRows(bytes, name, options);
  if (opened.ok) throw new Error('was read');
  expect(sayTableFailure(opened, 'vi')).toMatch(/\.$/);
  expect(sayTableFailure(opened, 'en')).toMatch(/\.$/);
  return opened;
}

/** Rows as `[number, cell, cell, ...]`, and problems as `[row, column, reason]`. */
async function contentOf(bytes: Uint8Array, name?: string, options?: ReadOptions) {
  const table = await tableOf(bytes, name, options);
  const { rows, problems } = await collectRows(table);
  return {
    header: table.header,
    rows: rows.map(({ row, cells }) => [row, ...Object.values(cells)]),
    problems: problems.map(({ row, column, reason }) => [row, column, reason]),
  };
}

const book = (parts: BookParts): Buffer => archive(bookParts(parts));
const headerRow = textRow(1, HEADER);
const hasName = (names: readonly string[]): boolean => names.includes('Họ và tên');
const number = (style: number, value: string): string => `<c s="${style}"><v>${value}</v></c>`;

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

describe('XLSX', () => {
  test('what another program wrote is read: shared texts, numbers, dates, hours, yes and no', async () => {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: 'Danh sách',
          rows: [
            ['Mã', 'Họ và tên', 'Ngày sinh', 'Số', 'Đảng viên', 'Bắt đầu'],
            [
              '00123',
              'Trần Văn Mẫu',
              new Date(Date.UTC(1970, 0, 31)),
              15_345,
              true,
              new Date(Date.UTC(2025, 0, 13, 8)),
            ],
            ['0045', 'Lê Thị Thử', null, 0.1 + 0.2, false, null],
          ],
          columns: [{}, {}, { numFmt: 'dd/mm/yyyy' }, {}, {}, { numFmt: 'dd/mm/yyyy hh:mm' }],
        },
      ],
    });
    expect(await contentOf(bytes, 'danh-sach.xlsx')).toEqual({
      header: ['Mã', 'Họ và tên', 'Ngày sinh', 'Số', 'Đảng viên', 'Bắt đầu'],
      rows: [
        [2, '00123', 'Trần Văn Mẫu', '31/01/1970', '15345', 'TRUE', '13/01/2025 08:00'],
        [3, '0045', 'Lê Thị Thử', '', '0,3', 'FALSE', ''],
      ],
      problems: [],
    });
  });

  test('cells keep their columns where others are left out, and rows their numbers', async () => {
    const bytes = book({
      rows: `${headerRow}<row r="5"><c r="B5" t="str"><f>A1</f><v>tính ra</v></c></row><row><c t="s"><v>0</v></c></row>`,
      strings:
        '<si><r><rPr><b/></rPr><t>Trần </t></r><r><t xml:space="preserve">Văn &amp; Mẫu</t></r><rPh><t>x</t></rPh></si>',
    });
    expect(await contentOf(bytes)).toMatchObject({
      rows: [
        [5, '', 'tính ra'],
        [6, 'Trần Văn & Mẫu', ''],
      ],
    });
  });

  test('zeros that a format puts in front are kept, decimals get a comma, great numbers no exponent', async () => {
    const bytes = book({
      rows: `${headerRow}<row r="2">${number(1, '123')}${number(0, '1.5')}</row><row r="3">${number(0, '84901234567')}${number(0, '1E+16')}</row><row r="4">${number(0, '-0.000001')}${number(2, '1234.5')}</row>`,
      styles:
        '<numFmts><numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="#,##0.00&quot; đ&quot;"/></numFmts>' +
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>',
    });
    expect((await contentOf(bytes)).rows).toEqual([
      [2, '00123', '1,5'],
      [3, '84901234567', '10000000000000000'],
      [4, '-0,000001', '1234,5'],
    ]);
  });

  test.each([
    ['dd/mm/yyyy', '45670', '13/01/2025'],
    ['[$-42A]dd mmmm yyyy', '45670', '13/01/2025'],
    ['d/m/yy;@', '45670', '13/01/2025'],
    ['hh:mm dd/mm/yyyy', '45670.333333333336', '13/01/2025 08:00'],
    ['h:mm', '0.3333333333', '08:00'],
    ['[h]:mm', '0.5', '12:00'],
    ['"ngày" dd', '45670', '13/01/2025'],
    ['General', '45670', '45670'],
    ['#,##0" ngày"', '45670', '45670'],
    ['0.00%', '0.9916', '0,9916'],
    ['dd/mm/yyyy', '1', '01/01/1900'],
    ['dd/mm/yyyy', '61', '01/03/1900'],
    ['dd/mm/yyyy', '99999999', '99999999'],
  ])('a number %s formatted %s reads as people see it: %s', async (format, value, expected) => {
    const bytes = book({
      rows: `${headerRow}<row r="2"><c s="1"><v>${value}</v></c></row>`,
      styles: `<numFmts><numFmt numFmtId="170" formatCode="${format.replaceAll('"', '&quot;')}"/></numFmts><cellXfs><xf/><xf numFmtId="170"/></cellXfs>`,
    });
    expect((await contentOf(bytes)).rows).toEqual([[2, expected, '']]);
  });

  test('dates of a workbook that counts from 1904 are four years later', async () => {
    const bytes = book({
      rows: `${headerRow}<row r="2"><c s="1"><v>44208</v></c></row>`,
      styles: '<cellXfs><xf/><xf numFmtId="14"/></cellXfs>',
      workbook:
        '<workbook xmlns:r="x"><workbookPr date1904="1"/><sheets><sheet name="A" r:id="rId1"/></sheets></workbook>',
    });
    expect((await contentOf(bytes)).rows).toEqual([[2, '13/01/2025', '']]);
  });

  test('errors of formulas, and formulas without a value, are problems of their cells', async () => {
    const bytes = book({
      rows: `${headerRow}<row r="2"><c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row><row r="3"><c r="B3"><f>A1</f></c></row><row r="4"><c r="A4" t="str"><f>""</f><v></v></c><c r="B4"><v>1</v></c></row>`,
    });
    expect(await contentOf(bytes)).toMatchObject({
      rows: [[4, '', '1']],
      problems: [
        [2, 'Họ và tên', 'formula error'],
        [3, 'Chức vụ', 'formula without value'],
      ],
    });
  });

  test('markup with prefixes, comments, CDATA and numbered entities is read', async () => {
    const parts = bookParts({ rows: '' }).map((part) =>
      part.name === 'xl/worksheets/sheet1.xml'
        ? {
            ...part,
            data: `\uFEFF<?xml version="1.0"?><!-- c --><x:worksheet xmlns:x="y"><x:sheetData><x:row r='1'><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t><![CDATA[<b>]]></x:t></x:is></x:c></x:row><x:row><x:c t="inlineStr"><x:is><x:t>&#x1EA1;&#7841;_x0041_&lt;&unknown;</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`,
          }
        : part,
    );
    expect(await contentOf(archive(parts))).toMatchObject({
      header: ['a', '<b>'],
      rows: [[2, 'ạạA<&unknown;', '']],
    });
  });

  test('the first sheet that is not hidden is read, or the one of the given name', async () => {
    const bytes = await writeXlsx({
      sheets: [
        { name: 'Ẩn', hidden: true, rows: [HEADER, ['ẩn', 'x']] },
        { name: 'Đại biểu', rows: [HEADER, ['một', 'x']] },
        { name: 'Khách mời', rows: [HEADER, ['hai', 'x']] },
      ],
    });
    const table = await tableOf(bytes);
    expect([table.sheet, table.sheets]).toEqual(['Đại biểu', ['Đại biểu', 'Khách mời']]);
    expect((await collectRows(table)).rows[0]?.cells).toMatchObject({ 'Họ và tên': 'một' });
    const other = await contentOf(bytes, 'a.xlsx', { sheet: 'Khách mời'.normalize('NFD') });
    expect(other.rows).toEqual([[2, 'hai', 'x']]);
    expect(await failureOf(bytes, 'a.xlsx', { sheet: 'Không có' })).toMatchObject({
      reason: 'no such sheet',
    });
  });

  test('leaving early closes the file', async () => {
    const table = await tableOf(
      book({
        rows: headerRow + Array.from({ length: 5000 }, (_, at) => textRow(at + 2, ['a', 'b'])).join(''),
      }),
    );
    let count = 0;
    for await (const _ of table.rows) if (++count === 3) break;
    expect(count).toBe(3);
    expect(await table.rows[Symbol.asyncIterator]().next()).toMatchObject({ done: true });
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

describe('hostile and foreign files', () => {
  test.each<[string, TableFailure['reason'], Uint8Array, string]>([
    ['nothing', 'empty', new Uint8Array(), 'a.csv'],
    ['blank lines', 'empty', bytesOf('\n\n;;\n'), 'a.csv'],
    ['a PDF', 'pdf', bytesOf('%PDF-1.7 ...'), 'a.xlsx'],
    [
      'a web page that is called .xls',
      'web page',
      bytesOf('\uFEFF<html><table><tr><td>a</td></tr></table>'),
      'a.xls',
    ],
    ['an XML spreadsheet', 'web page', bytesOf('<?xml version="1.0"?><Workbook/>'), 'a.xls'],
    [
      'an old .xls',
      'old excel',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1000)]),
      'a.xls',
    ],
    [
      'a workbook with a password',
      'encrypted',
      Buffer.concat([
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        Buffer.alloc(500),
        Buffer.from('EncryptedPackage', 'utf16le'),
      ]),
      'a.xlsx',
    ],
    [
      'an .ods',
      'opendocument',
      archive([
        { name: 'mimetype', data: 'x', isStored: true },
        { name: 'content.xml', data: '<a/>' },
      ]),
      'a.ods',
    ],
    ['an .xlsb', 'binary workbook', archive([{ name: 'xl/workbook.bin', data: 'x' }]), 'a.xlsb'],
    [
      'a .docx',
      'other document',
      archive([
        { name: '[Content_Types].xml', data: '<a/>' },
        { name: 'word/document.xml', data: '<a/>' },
      ]),
      'a.docx',
    ],
    ['some archive', 'other document', archive([{ name: 'a.txt', data: 'x' }]), 'a.zip'],
    ['a picture', 'unknown kind', Buffer.from('89504e470d0a1a0a0000', 'hex'), 'a.csv'],
    ['bytes without sense', 'not unicode', Buffer.from('fa80ff81fe82c3', 'hex'), 'a.csv'],
    ['an old Vietnamese encoding', 'not unicode', Buffer.from('Hä vµ tªn;Chøc vô\n', 'latin1'), 'a.csv'],
    ['zeros in a text', 'unknown kind', bytesOf('a;b\n1;\u00002\n'), 'a.csv'],
    ['half an archive', 'unsafe archive', book({ rows: headerRow }).subarray(0, 300), 'a.xlsx'],
  ])('%s is refused with its reason: %s', async (_, reason, bytes, name) => {
    expect((await failureOf(bytes, name)).reason).toBe(reason);
  });

  test('an XLSX that is a bomb is refused before its sheet is touched', async () => {
    const zeros = Buffer.alloc(200_000_000);
    const parts = bookParts({ rows: headerRow });
    const bomb = archive(
      parts.map((part) => (part.name.includes('sheet1') ? { ...part, data: zeros } : part)),
    );
    expect(bomb.length).toBeLessThan(250_000);
    expect(await failureOf(bomb, 'a.xlsx')).toMatchObject({
      reason: 'unsafe archive',
      why: 'too high a ratio',
    });
    expect(await failureOf(bomb, 'a.xlsx', { limits: { unpackedBytes: 1_000_000 } })).toMatchObject({
      reason: 'too large unpacked',
    });
  });

  test('a sheet that says it is small is left at what it said', async () => {
    const parts = bookParts({ rows: headerRow + textRow(2, ['A', 'B']) }).map((part) =>
      part.name.includes('sheet1')
        ? { ...part, data: `${part.data as string}${' '.repeat(50_000_000)}`, claim: { size: 5000 } }
        : part,
    );
    const opened = await readRows(archive(parts), 'a.xlsx');
    const problems = opened.ok
      ? (await collectRows(opened.value)).problems.map(({ reason }) => reason)
      : [opened.reason];
    expect(problems).toEqual(['damaged']);
    const strings = bookParts({ rows: headerRow, strings: '<si><t>a</t></si>' }).map((part) =>
      part.name.includes('sharedStrings') ? { ...part, claim: { size: 10 } } : part,
    );
    expect(await failureOf(archive(strings), 'a.xlsx')).toMatchObject({
      reason: 'unsafe archive',
      why: 'false size',
    });
  });

  test.each([
    ['a tag that never ends', `<row r="1" x="${'a'.repeat(20_000_000)}`],
    ['a comment that never ends', `<!-- ${'a'.repeat(20_000_000)}`],
    ['markup nested without end', '<a>'.repeat(1_000_000)],
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]>'],
    ['a row number beyond the last', '<row r="9999999"></row>'],
    ['row numbers that go back', `${textRow(5, ['a', 'b'])}${textRow(4, ['c', 'd'])}`],
    ['a cell beyond the last column', '<row r="2"><c r="ZZZZ2"><v>1</v></c></row>'],
    ['a shared text that is not there', '<row r="2"><c t="s"><v>99</v></c></row>'],
    ['markup that is cut off', '<row r="2"><c><v>1'],
  ])('%s is a damage, found at once', async (_, rows) => {
    const started = performance.now();
    const parts = bookParts({ rows: '' }).map((part) =>
      part.name.includes('sheet1')
        ? {
            ...part,
            data: `<worksheet><sheetData>${headerRow}${textRow(2, ['a', 'b'])}${rows}`.replace(
              'r="2"><c r="ZZZZ2',
              'r="3"><c r="ZZZZ2',
            ),
          }
        : part,
    );
    const read = await readRows(archive(parts), 'a.xlsx');
    const { problems } = read.ok ? await collectRows(read.value) : { problems: [] as RowProblem[] };
    const reason = read.ok ? problems.at(-1)?.reason : read.reason;
    expect(['damaged', 'unsafe archive']).toContain(reason);
    // Read over and over from its start, such a tag takes minutes.
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('a workbook with any one byte changed gives the same rows, or says that something is wrong', async () => {
    const honest = archive(
      bookParts({
        rows: `${headerRow}${textRow(2, ['A', 'B'])}<row r="3"><c t="s"><v>0</v></c>${number(1, '45670')}</row>`,
        strings: '<si><t>chung</t></si>',
        styles: '<cellXfs><xf/><xf numFmtId="14"/></cellXfs>',
      }).map((part) => Object.assign({}, part, { isStored: true })),
    );
    const { rows } = await collectRows(await tableOf(honest));
    expect(rows.map(({ cells }) => Object.values(cells))).toEqual([
      ['A', 'B'],
      ['chung', '13/01/2025'],
    ]);
    for (let at = 0; at < honest.length; at += 1) {
      const changed = Buffer.from(honest);
      changed[at] = (changed[at] ?? 0) ^ 0x15;
      const opened = await readRows(changed, 'a.xlsx');
      const read = opened.ok ? await collectRows(opened.value) : null;
      expect(read === null || read.problems.length > 0 ? rows : read.rows, `byte ${at}`).toEqual(rows);
    }
  });
});

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
