import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { sortKey } from '../../../domain/text/collate.ts';
import {
  comparePeople,
  compareVi,
  givenName,
  personSortKey,
  stripHonorific,
} from '../../../domain/text/names.ts';
import { toneKey } from '../../../domain/text/search.ts';

const syllables = fc.constantFrom(
  ...'An Ân Ăn Án ạn Bà Bá Ba bả Cường Dũng Đạt Đức Dục Hà Hạ hạ Hòa Hoà Hóa Hoá Lê Lễ Ơn Ôn Ư Ủy Uỷ Thúy Thuý'.split(
    ' ',
  ),
);
const phrase = fc.array(syllables, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));

function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

describe('Vietnamese order', () => {
  test('letters first, tones after', () => {
    const list = [
      'an',
      'àn',
      'ản',
      'ãn',
      'án',
      'ạn',
      'ăn',
      'ân',
      'bà',
      'da',
      'đa',
      'em',
      'êm',
      'om',
      'ôm',
      'ơm',
      'um',
      'ưm',
    ];
    expect(list.toReversed().toSorted(compareVi)).toEqual(list);
  });

  test('the letters of the whole text come before any tone', () => {
    expect(['Hạ Long', 'Hà Nam'].toSorted(compareVi)).toEqual(['Hạ Long', 'Hà Nam']);
  });

  test('numbers sort by value', () => {
    expect(['Phường 10', 'Phường 2', 'Phường 1'].toSorted(compareVi)).toEqual([
      'Phường 1',
      'Phường 2',
      'Phường 10',
    ]);
  });

  test('tone placement does not part what belongs together', () => {
    expect(['Hòa B', 'Hoà A', 'Hoá A', 'Hòa C'].toSorted(compareVi)).toEqual([
      'Hoà A',
      'Hoá A',
      'Hòa B',
      'Hòa C',
    ]);
  });

  test('the stored key sorts as the collator does', () => {
    const text = fc
      .tuple(
        phrase,
        fc.constantFrom('', ' 2', ' 10', ' 010', '-', ' - ', '(a)', '.', "'"),
        fc.oneof(phrase, fc.constant('')),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (a, b) => {
        // Case, tone placement and leading zeros are no part of the key.
        const alike = toneKey(a).replace(/\b0/g, '') === toneKey(b).replace(/\b0/g, '');
        const expected = alike ? 0 : Math.sign(compareVi(a.toLowerCase(), b.toLowerCase()));
        expect(byCodeUnit(sortKey(a), sortKey(b))).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  test('the order is total: two different texts never tie', () => {
    fc.assert(
      fc.property(phrase, phrase, (a, b) => {
        expect(compareVi(a, b) === 0).toBe(a === b);
      }),
    );
  });
});

describe('people', () => {
  test('precedence comes before the alphabet, none comes last', () => {
    const list = [
      { name: 'Trần Văn An', precedence: null },
      { name: 'Bùi Thị Yến', precedence: 2 },
      { name: 'Lê Văn Vinh', precedence: 1 },
      { name: 'Lê Văn Ân' },
      { name: 'Đỗ Thị Yên', precedence: 2 },
    ];
    expect(list.toSorted(comparePeople).map((person) => person.name)).toEqual([
      'Lê Văn Vinh',
      'Đỗ Thị Yên',
      'Bùi Thị Yến',
      'Trần Văn An',
      'Lê Văn Ân',
    ]);
  });

  test('then given, middle and family name', () => {
    const list = ['Trần An', 'Lê Bình An', 'Trần Bình An', 'Bùi Văn An', 'Đỗ Văn An'];
    const sorted = list
      .toReversed()
      .map((name) => ({ name }))
      .toSorted(comparePeople);
    expect(sorted.map((person) => person.name)).toEqual(list);
  });

  test('the given name can be set where it is not the last word', () => {
    const list = [
      { name: "H'Hen Niê", sortGiven: "H'Hen" },
      { name: 'Phạm Thị Nga' },
      { name: 'Trần Thanh Hà', sortGiven: 'Thanh Hà' },
    ];
    expect(list.toReversed().toSorted(comparePeople)).toEqual(list);
  });

  test('a name in capitals stands where it stands in small letters', () => {
    const list = ['TRẦN VĂN AN', 'Vũ Văn An', 'ĐỖ VĂN ÂN'];
    expect(
      list
        .toReversed()
        .map((name) => ({ name }))
        .toSorted(comparePeople)
        .map((p) => p.name),
    ).toEqual(list);
  });

  test('the stored key gives the same order', () => {
    fc.assert(
      fc.property(phrase, phrase, (a, b) => {
        const expected = toneKey(a) === toneKey(b) ? 0 : Math.sign(comparePeople({ name: a }, { name: b }));
        expect(byCodeUnit(personSortKey({ name: a }), personSortKey({ name: b }))).toBe(expected);
      }),
    );
  });

  test('a changed name is seen although the person was compared before', () => {
    const person = { name: 'Trần Văn An' };
    const other = { name: 'Lê Văn Bình' };
    expect(comparePeople(person, other)).toBeLessThan(0);
    person.name = 'Trần Văn Vinh';
    expect(comparePeople(person, other)).toBeGreaterThan(0);
  });

  test('the given name is the last word', () => {
    expect(givenName(' Nguyễn Thị  Ánh ')).toBe('Ánh');
    expect(givenName('Vinh')).toBe('Vinh');
  });
});

describe('forms of address', () => {
  test.each([
    ['đồng chí Trần Văn An', 'Trần Văn An'],
    ['Đồng chí Trần Văn An'.normalize('NFD'), 'Trần Văn An'],
    ['ĐỒNG CHÍ TRẦN VĂN AN', 'TRẦN VĂN AN'],
    ['đ/c An', 'An'],
    ['Đ/c: Trần Văn An', 'Trần Văn An'],
    ['các đ/c Trần Văn An', 'Trần Văn An'],
    ['ông Trần Văn An', 'Trần Văn An'],
    ['Ông Trần Văn An', 'Trần Văn An'],
    ['Bà Đỗ Thị Yên', 'Đỗ Thị Yên'],
    ['Ông/Bà Đỗ Thị Yên', 'Đỗ Thị Yên'],
  ])('%s is %s', (text, name) => {
    expect(stripHonorific(text)).toBe(name);
  });

  test.each(['Ông Ích Vinh', 'Bà Yên', 'Đồng Chí', 'nguyên Bí thư Trần Văn An', 'GS.TS Trần Văn An'])(
    'nothing is taken from %s',
    (name) => {
      expect(stripHonorific(name)).toBe(name);
    },
  );
});
