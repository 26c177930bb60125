import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { DEFAULT_TEMPLATES } from '../../../domain/letters/defaults.ts';
import { renderLetter, type LetterFields } from '../../../domain/letters/render.ts';
import {
  bringsPass,
  OFFERED,
  TEMPLATE_KINDS,
  templateFaults,
  tidyTemplate,
  type LetterTemplate,
} from '../../../domain/letters/template.ts';

const FIELDS: LetterFields = {
  texts: {
    'họ tên': 'Lò Thị Ổn',
    'chức vụ': 'Bí thư Đảng ủy xã Mường Lạn',
    'hội nghị': 'Hội nghị toàn quốc',
    'thời gian': '08:00 thứ Hai, 13/01/2025',
    'địa điểm': 'Điểm cầu xã Mường Lạn',
    'số ghế': null,
    'đơn vị mời': 'Điểm cầu xã Mường Lạn',
    'loại giấy': 'giấy mời',
    'lý do': null,
    'người dự thay': null,
  },
  facts: [
    ['Hội nghị', 'Hội nghị toàn quốc'],
    ['Thời gian', '08:00 thứ Hai, 13/01/2025'],
  ],
  answer: { url: 'https://nhipcau.example/invitation?letter=abc' },
  hasPass: true,
};
const withBody = (body: string): LetterTemplate => ({ subject: 'Giấy mời', body });
const kindsOf = (template: LetterTemplate) => templateFaults('moved', template).map(({ kind }) => kind);
const WHOLE = '{họ tên}\n{bảng thông tin}\n{trang riêng}';

describe('a template', () => {
  test.each(TEMPLATE_KINDS)('of our own has no fault: %s', (kind) => {
    const own = DEFAULT_TEMPLATES[kind];
    expect(tidyTemplate(own)).toEqual(own);
    expect(templateFaults(kind, own)).toEqual([]);
  });

  test('with a word that is none is told by its line, however it is written otherwise', () => {
    const faults = templateFaults('invitation', withBody(`${WHOLE}\n\nKính gửi {tên gọi}`));
    expect(faults).toEqual([{ kind: 'unknown', line: 5, word: 'tên gọi' }]);
    expect(templateFaults('invitation', withBody(WHOLE.replace('{họ tên}', '{ HỌ  TÊN }')))).toEqual([]);
  });

  test('that lacks whom it is to, or how to answer, is told what is missing', () => {
    const faults = templateFaults('summons', withBody('Kính mời {hội nghị} {thời gian} {địa điểm}'));
    expect(faults).toEqual([
      { kind: 'missing', line: null, oneOf: ['họ tên'] },
      { kind: 'missing', line: null, oneOf: ['trang riêng'] },
    ]);
  });

  test('keeps parts of the letter in lines of their own, and none in the subject', () => {
    const faults = templateFaults('invitation', {
      subject: 'Thư {trang riêng}',
      body: `${WHOLE}\nXem {thẻ đại biểu}\n  {bảng thông tin}`,
    });
    expect(faults).toEqual([
      { kind: 'not alone', line: 0, word: 'trang riêng' },
      { kind: 'not alone', line: 4, word: 'thẻ đại biểu' },
    ]);
  });

  test('has nothing to say in words of other letters', () => {
    const faults = templateFaults('reminder', withBody(`${WHOLE}\n{lý do}\n{thẻ đại biểu}`));
    expect(faults.map(({ kind, line }) => [kind, line])).toEqual([
      ['not of this letter', 4],
      ['not of this letter', 5],
    ]);
    expect(OFFERED.reminder).not.toContain('lý do');
  });

  test('that is empty or too long is refused', () => {
    expect(kindsOf({ subject: '', body: '' }).filter((kind) => kind === 'empty')).toHaveLength(2);
    expect(kindsOf({ subject: 'a'.repeat(201), body: WHOLE })).toEqual(['too long']);
    expect(kindsOf(withBody(`${WHOLE}\n${'a'.repeat(10_000)}`))).toEqual(['too long']);
  });

  test('brings the pass only where it shows it', () => {
    expect(bringsPass(withBody(`${WHOLE}\n{thẻ đại biểu}`))).toBe(true);
    expect(bringsPass(withBody(`${WHOLE}\n{thẻ  đại biểu }`))).toBe(true);
    expect(bringsPass(withBody(WHOLE))).toBe(false);
  });
});

describe('a letter of a template', () => {
  test('has its words filled in, its parts as a table, a link and a picture', () => {
    const { subject, text, html } = renderLetter(DEFAULT_TEMPLATES.invitation, FIELDS);
    expect(subject).toBe('Giấy mời dự: Hội nghị toàn quốc');
    expect(text).toContain(
      'Kính gửi đồng chí Lò Thị Ổn (Bí thư Đảng ủy xã Mường Lạn),\n\nTrân trọng kính mời',
    );
    expect(text).toContain('Thời gian: 08:00 thứ Hai, 13/01/2025');
    expect(text).toContain('\nhttps://nhipcau.example/invitation?letter=abc\n');
    expect(html).toContain('<a href="https://nhipcau.example/invitation?letter=abc">');
    expect(html).toContain('<img src="cid:');
  });

  test('leaves out a line whose words say nothing, and parentheses around nothing', () => {
    const none = { ...FIELDS, texts: { ...FIELDS.texts, 'chức vụ': null } };
    const body = 'Kính gửi {họ tên} ({chức vụ}),\nGhế: {số ghế}\n\nLý do: {lý do}\n\nHết.';
    expect(renderLetter(withBody(body), none).text).toBe('Kính gửi Lò Thị Ổn,\n\nHết.\n');
  });

  test('without a page asks for an answer by mail, and without a pass shows none', () => {
    const { text, html } = renderLetter(DEFAULT_TEMPLATES.summons, {
      ...FIELDS,
      answer: { url: null },
      hasPass: false,
    });
    expect(text).toContain('trả lời thư này');
    expect(html).not.toMatch(/<img|<a /);
  });

  test('runs nothing that anybody wrote into a name, a post or the template', () => {
    const evil = '<img src=x onerror=alert(1)>"\'&';
    fc.assert(
      fc.property(fc.constantFrom(...TEMPLATE_KINDS), fc.string({ unit: 'grapheme' }), (kind, word) => {
        const texts = Object.fromEntries(
          Object.keys(FIELDS.texts).map((name) => [name, `${evil}${word}`]),
        ) as LetterFields['texts'];
        const own = { subject: evil, body: `${DEFAULT_TEMPLATES[kind].body}\n${evil}${word}` };
        const { html } = renderLetter(own, { ...FIELDS, texts, facts: [[evil, word]] });
        expect(
          html.replaceAll(
            /<\/?(?:html|meta|body|p|br|table|tr|th|td|a|img)(?: [^<>]*)?>|<!doctype html>/g,
            '',
          ),
        ).not.toMatch(/[<>]/);
        expect(html).not.toContain('onerror=alert(1)>');
      }),
    );
  });
});
