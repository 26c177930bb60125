import { describe, expect, test } from 'vitest';

import { kindByName, paperKind } from '../../../domain/papers/kind.ts';
import { inReadingOrder, paperName } from '../../../domain/papers/paper.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const PDF = bytes('%PDF-1.7 …');
const ZIP = bytes('PK\x03\x04 …');
const noParts = (): null => null;
const parts =
  (...names: string[]) =>
  () => ['[Content_Types].xml', ...names];

describe('the kind of a paper', () => {
  test('is by its ending, and every other is not taken', () => {
    expect(kindByName('Chương trình.PDF')).toBe('pdf');
    expect(kindByName('ảnh.jpeg')).toBe('jpg');
    const others = ['a.exe', 'a.docm', 'a.pdf.html', 'a.svg', 'pdf', '.pdf ', 'a.constructor', 'a.zip'];
    expect(others.filter((name) => kindByName(name) !== null)).toEqual([]);
  });

  test('is held against the bytes: a page named as a PDF is refused', () => {
    expect(paperKind('a.pdf', PDF, noParts)).toEqual({ ok: true, value: 'pdf' });
    expect(paperKind('a.pdf', bytes('<html><script>'), noParts)).toEqual({
      ok: false,
      reason: 'another kind',
    });
    expect(paperKind('a.png', PDF, noParts)).toEqual({ ok: false, reason: 'another kind' });
    expect(paperKind('a.pdf', bytes(''), noParts)).toEqual({ ok: false, reason: 'another kind' });
  });

  test('of an office document is by the main part inside, and a program inside refuses it', () => {
    expect(paperKind('a.docx', ZIP, parts('word/document.xml'))).toEqual({ ok: true, value: 'docx' });
    expect(paperKind('a.docx', ZIP, parts('xl/workbook.xml'))).toEqual({ ok: false, reason: 'another kind' });
    expect(paperKind('a.docx', ZIP, noParts)).toEqual({ ok: false, reason: 'another kind' });
    expect(paperKind('a.docx', ZIP, parts('word/document.xml', 'word/vbaProject.bin'))).toEqual({
      ok: false,
      reason: 'macros',
    });
  });
});

describe('the name of a paper', () => {
  test('keeps its words and its ending, and nothing that a system cannot keep', () => {
    expect(paperName('  Dự thảo   báo cáo.PDF')).toBe('Dự thảo báo cáo.pdf');
    expect(paperName('../../etc/a\r\nSet-Cookie: x.pdf')).toBe(
      '.. etc a Set-Cookie x.pdf'.replace(/^\.+ /, ''),
    );
    expect(paperName('a\u202Efdp.exe.pdf')).toBe('a fdp.exe.pdf');
    expect(paperName('Chương trình.pdf'.normalize('NFD'))).toBe('Chương trình.pdf');
  });

  test('that is long is cut before its ending', () => {
    const name = paperName(`${'Báo cáo '.repeat(40)}.docx`);
    expect(name).toMatch(/…\.docx$/);
    expect([...new Intl.Segmenter('vi').segment(name)].length).toBeLessThanOrEqual(80);
  });
});

test('papers stand in the order in which they are read', () => {
  const names = ['10. Dự thảo.pdf', '2. Báo cáo.pdf', '1. Chương trình.pdf', 'Đề cương.pdf', 'Danh sách.pdf'];
  expect(inReadingOrder(names.map((name) => ({ name }))).map(({ name }) => name)).toEqual([
    '1. Chương trình.pdf',
    '2. Báo cáo.pdf',
    '10. Dự thảo.pdf',
    'Danh sách.pdf',
    'Đề cương.pdf',
  ]);
});
