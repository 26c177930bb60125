import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { fits, shorten, tidy } from '../../../domain/text/normalize.ts';
import { fold, looseKey, matches, matchQuality, toneKey } from '../../../domain/text/search.ts';

const letters = Array.from(
  'aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ',
);
const vietnamese = fc
  .array(fc.constantFrom(...letters, ...letters.map((letter) => letter.toUpperCase()), ' ', '-', "'", '1'))
  .map((signs) => signs.join(''));

describe('tidy', () => {
  test('makes one line of NFC text and leaves the letters as typed', () => {
    expect(tidy('  mã\u00A0 hóa , bảo\nmật ;  uỷ\u200B ban ')).toBe('mã hóa, bảo mật; uỷ ban');
    expect(tidy('Đảng ủy'.normalize('NFD'))).toBe('Đảng ủy');
  });

  test('takes ten million blanks without stalling', () => {
    expect(tidy(`${' '.repeat(10_000_000)}x`)).toBe('x');
  });
});

describe('limits count what a reader sees', () => {
  test('a decomposed name is as long as a composed one', () => {
    expect(fits('Nguyễn'.normalize('NFD'), 6)).toBe(true);
    expect(fits('Nguyễn'.normalize('NFD'), 5)).toBe(false);
  });

  test('a letter under a heap of marks does not count as one letter', () => {
    expect(fits(`a${'\u0301'.repeat(10_000)}`, 200)).toBe(false);
  });

  test('what is cut ends in an ellipsis and is never cut inside a letter', () => {
    expect(shorten('Nguyễn'.normalize('NFD'), 5).normalize('NFC')).toBe('Nguy…');
    expect(shorten('Nguyễn', 6)).toBe('Nguyễn');
  });
});

describe('fold', () => {
  test('reads decomposed text as composed', () => {
    fc.assert(
      fc.property(vietnamese, (text) => {
        expect(fold(text.normalize('NFD'))).toBe(fold(text));
      }),
    );
  });

  test('keeps the offsets of an NFC text', () => {
    fc.assert(
      fc.property(vietnamese, (text) => {
        expect(fold(text)).toHaveLength(text.length);
      }),
    );
  });

  test('is the plain rule: marks off, đ as d, lower case', () => {
    fc.assert(
      fc.property(vietnamese, (text) => {
        const plain = text
          .normalize('NFD')
          .replace(/\p{M}/gu, '')
          .replace(/đ/g, 'd')
          .replace(/Đ/g, 'D')
          .toLowerCase();
        expect(fold(text)).toBe(plain);
      }),
    );
  });

  test('takes the letters of old fonts, curly apostrophes and long hyphens for the plain ones', () => {
    expect(fold('Ðạ M’ri – Ð')).toBe("da m'ri - d");
  });

  test('leaves letters of other scripts alone', () => {
    expect(fold('日本 Đảng 😀')).toBe('日本 dang 😀');
  });
});

describe('toneKey', () => {
  test('does not mind case or composition', () => {
    expect(toneKey('HOÀ')).toBe(toneKey('hòa'.normalize('NFD')));
  });

  test('keeps apart what differs in a mark or in the syllable that carries it', () => {
    expect(toneKey('Bà Rịa')).not.toBe(toneKey('Ba Rìa'));
    expect(toneKey('Mã')).not.toBe(toneKey('Ma'));
    expect(toneKey('Quý')).not.toBe(toneKey('Quỹ'));
  });

  test('an apostrophe ends the syllable', () => {
    expect(toneKey("Kbuôr H'Hèn")).not.toBe(toneKey("Kbuôr H'Hen"));
  });
});

test('the loose key brings spelling variants together for a proposal', () => {
  expect(looseKey('Đắk Lắk')).toBe(looseKey('Đắc Lắc'));
  expect(looseKey('Quy Nhơn')).toBe(looseKey('Qui Nhơn'));
  expect(looseKey('Bà Rịa - Vũng Tàu')).toBe(looseKey('Bà Rịa–Vũng Tàu'));
  expect(looseKey("H'Hen")).toBe(looseKey('HHen'));
});

describe('search', () => {
  test('a query without marks finds every spelling', () => {
    expect(matches('dang uy', 'Đảng ủy Khối')).toBe(true);
    expect(matches('hoan', 'Trần Hoàn')).toBe(true);
  });

  test('a query with marks ranks its own spelling first and still finds the others', () => {
    expect(matchQuality('Hoàn', 'Trần Hoàn')).toBe('exact');
    expect(matchQuality('Hoàn', 'Trần Hoan')).toBe('folded');
    expect(matchQuality('uỷ', 'Đảng ủy')).toBe('exact');
    expect(matchQuality('Hoàn', 'Trần Nam')).toBeNull();
  });

  test('words may come in any order, each from the start of a word', () => {
    expect(matches('tuyet ngu', 'Nguyễn Thị Ánh Tuyết')).toBe(true);
    expect(matches('yet', 'Nguyễn Thị Ánh Tuyết')).toBe(false);
    expect(matches('hen', "H'Hen Niê")).toBe(true);
  });

  test('an empty query matches everything', () => {
    expect(matches('  ', 'Trần Nam')).toBe(true);
  });
});
