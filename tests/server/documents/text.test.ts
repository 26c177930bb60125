import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { readPlan } from '../../../domain/plan/reader.ts';
import { TEXT_FAILURES, textFailureSentence, textOf } from '../../../server/documents/text.ts';
import { fixture, valuesOf } from '../../domain/plan/facts.ts';

const safe = (): { ok: boolean } => ({ ok: true });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const docx = readFileSync(new URL('../../../fixtures/plans/national.docx', import.meta.url));

async function reasonOf(file: Uint8Array, check = safe): Promise<string> {
  const read = await textOf(file, check);
  return read.ok ? 'read' : read.reason;
}

describe('textOf', () => {
  it('reads UTF-8 with and without its mark, and UTF-16 of both orders, as NFC', async () => {
    const text = 'Điểm cầu cấp xã';
    const little = new Uint8Array(
      Uint16Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)).buffer,
    );
    const big = little.slice();
    for (let at = 0; at < big.length; at += 2) big.set([little[at + 1] ?? 0, little[at] ?? 0], at);
    const files = [
      bytes(text),
      bytes(`\uFEFF${text}`),
      bytes(text.normalize('NFD')),
      new Uint8Array([0xff, 0xfe, ...little]),
      new Uint8Array([0xfe, 0xff, ...big]),
    ];
    for (const file of files) expect(await textOf(file, safe)).toEqual({ ok: true, value: text });
  });

  it('reads a DOCX to the same plan as its text', async () => {
    const read = await textOf(docx, safe);
    expect(read.ok).toBe(true);
    expect(valuesOf(readPlan(read.ok ? read.value : '').plan)).toEqual(
      valuesOf(readPlan(fixture('national-clean.md')).plan),
    );
  });

  it('opens no archive that the check refuses, and fails on a damaged one', async () => {
    expect(await reasonOf(docx, () => ({ ok: false }))).toBe('unsafe archive');
    expect(await reasonOf(docx.subarray(0, 4000))).toBe('damaged document');
    expect(await reasonOf(bytes('PK\u0003\u0004 not an archive'))).toBe('damaged document');
  });

  it('refuses old encodings and double encoding, and does not guess', async () => {
    expect(await reasonOf(bytes('Héi nghÞ trùc tuyÕn toµn quèc, ®iÓm cÇu x·, ph­êng, ®Æc khu'))).toBe(
      'old vietnamese encoding',
    );
    expect(await reasonOf(bytes('Hoäi nghò tröïc tuyeán toaøn quoác, ñieåm caàu xaõ, phöôøng'))).toBe(
      'old vietnamese encoding',
    );
    expect(await reasonOf(bytes('Há»™i nghá»‹ trá»±c tuyáº¿n toÃ n quá»‘c, Ä‘iá»ƒm cáº§u xÃ£'))).toBe(
      'old vietnamese encoding',
    );
    expect(await reasonOf(new Uint8Array([72, 0xe9, 105, 32, 110, 103, 104, 0xde, 10]))).toBe('not unicode');
  });

  it('takes plain Western text for what it is', async () => {
    expect(await reasonOf(bytes('A plan. Le café est fermé, señor. Große Straße.'))).toBe('read');
  });

  it('refuses what is no text, too much, or nothing', async () => {
    expect(await reasonOf(new Uint8Array())).toBe('empty');
    expect(await reasonOf(bytes(' \n\n'))).toBe('empty');
    expect(await reasonOf(bytes('%PDF-1.7'))).toBe('pdf');
    expect(await reasonOf(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]))).toBe('old word file');
    expect(await reasonOf(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 0xff]))).toBe('unknown kind');
    expect(await textOf(bytes('abc'), safe, { bytes: 2, units: 10 })).toEqual({
      ok: false,
      reason: 'too large',
    });
    expect(await textOf(bytes('abc'), safe, { bytes: 10, units: 2 })).toEqual({
      ok: false,
      reason: 'too much text',
    });
  });

  it('has a sentence for each failure in both languages', () => {
    for (const reason of TEXT_FAILURES) {
      expect(textFailureSentence(reason, 'vi')).toMatch(/[.]$/);
      expect(textFailureSentence(reason, 'en')).toMatch(/[.]$/);
    }
  });
});
