import { describe, expect, test } from 'vitest';

import { readAnswer, typedAnswer } from '../../../domain/personal/answer-form.ts';

const SUBSTITUTE = {
  name: ' Lò  Thị Ổn ',
  position: 'Phó Trưởng xóm',
  unit: '',
  phone: '0912 345 678',
  why: 'Bận họp\r\nở tỉnh',
};
const reading = (answer: unknown, sent: object) => readAnswer(answer, typedAnswer({ ...sent }));
const faultsOf = (answer: string, sent: object) => {
  const read = reading(answer, sent);
  return read.ok || read.reason === 'no answer' ? read : read.faults;
};
const isOne = (phone: string) => reading('substitute', { ...SUBSTITUTE, phone }).ok;

describe('an answer on the personal page', () => {
  test('that somebody comes needs nothing else', () => {
    expect(reading('coming', {})).toEqual({ ok: true, value: { answer: 'coming' } });
  });

  test('that they do not come needs a reason', () => {
    expect(faultsOf('not-coming', { reason: ' \u200B ' })).toEqual([{ field: 'reason', fault: 'missing' }]);
    expect(reading('not-coming', { reason: 'Đang đi công tác' })).toMatchObject({
      value: { answer: 'not-coming', reason: 'Đang đi công tác' },
    });
  });

  test('with a substitute is taken in one line each; unit and telephone may be left out', () => {
    expect(reading('substitute', SUBSTITUTE)).toMatchObject({
      value: {
        reason: 'Bận họp ở tỉnh',
        substitute: {
          name: 'Lò Thị Ổn',
          position: 'Phó Trưởng xóm',
          unit: null,
          phone: '0912 345 678',
          email: null,
        },
      },
    });
    expect(reading('substitute', { ...SUBSTITUTE, phone: '' }).ok).toBe(true);
  });

  test('names each field that is not right, all at once', () => {
    expect(faultsOf('substitute', { phone: 'gọi sau', unit: 'x'.repeat(201) })).toEqual([
      { field: 'name', fault: 'missing' },
      { field: 'position', fault: 'missing' },
      { field: 'unit', fault: 'too long' },
      { field: 'phone', fault: 'no telephone' },
      { field: 'why', fault: 'missing' },
    ]);
  });

  test('a telephone is figures and what stands between them', () => {
    expect(['0912345678', '+84 912 345 678', '(024) 3825 1234', '024-3825.1234'].every(isOne)).toBe(true);
    expect(['12', '=1+2', '0912345678<b>', 'javascript:0912345'].some(isOne)).toBe(false);
  });

  test('is none of the three where the page was not the one that sent it', () => {
    for (const answer of [undefined, '', 'maybe', ['coming'], 'constructor'])
      expect(reading(answer, SUBSTITUTE)).toEqual({ ok: false, reason: 'no answer' });
  });

  test('a field that is no text, or none of ours, is nothing typed', () => {
    const typed = typedAnswer({ name: ['a', 'b'], reason: { x: 1 }, __proto__: { phone: '1' }, else: 'x' });
    expect(new Set(Object.values(typed))).toEqual(new Set(['']));
    expect(typedAnswer({ name: 'a\0b\uD800' }).name).toBe('ab\uFFFD');
  });
});
