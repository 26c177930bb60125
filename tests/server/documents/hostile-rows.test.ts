import { describe, expect, test } from 'vitest';

import { collectRows, readRows } from '../../../server/documents/rows.ts';
import type { RowProblem, TableFailure } from '../../../server/documents/table.ts';
import { archive, bookParts, textRow } from './archives.ts';
import { book, bytesOf, failureOf, headerRow, number, tableOf } from './tables.ts';

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
