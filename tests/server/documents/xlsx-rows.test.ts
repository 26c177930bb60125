import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';

import { collectRows } from '../../../server/documents/rows.ts';
import { archive, bookParts, textRow } from './archives.ts';
import { HEADER, book, contentOf, failureOf, headerRow, number, tableOf } from './tables.ts';

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
