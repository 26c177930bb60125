import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { formatLongDate, parseDate, parseTime } from '../../../domain/text/dates.ts';
import { LETTERS } from '../../../domain/text/letters.ts';
import { comparePeople } from '../../../domain/text/names.ts';
import { formatNumber, formatPercent, formatSmallCount } from '../../../domain/text/numbers.ts';
import { fold, toneKey } from '../../../domain/text/search.ts';
import { CivilDate } from '../../../domain/time.ts';
import vectors from '../../vectors/text.json' with { type: 'json' };

const twoTexts = z.array(z.tuple([z.string(), z.string()]));
const numberAndText = z.array(z.tuple([z.number(), z.string()]));
const two = (n: number | undefined) => String(n).padStart(2, '0');

describe('the worked examples of Vietnamese text', () => {
  test.each(twoTexts.parse(vectors.fold))('%s folds to %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  test.each(twoTexts.parse(vectors.sameWhenTonePlacementIgnored))('%s and %s are spelled alike', (a, b) => {
    expect(toneKey(a)).toBe(toneKey(b));
  });

  test.each(twoTexts.parse(vectors.notTheSame))('%s and %s are not the same', (a, b) => {
    expect(toneKey(a)).not.toBe(toneKey(b));
  });

  test('people are sorted by given name', () => {
    const shuffled = vectors.sortPeople.toReversed().map((name) => ({ name }));
    expect(shuffled.toSorted(comparePeople).map((person) => person.name)).toEqual(vectors.sortPeople);
  });

  test.each(numberAndText.parse(vectors.number))('%d is written %s', (n, text) => {
    expect(formatNumber(n)).toBe(text);
  });

  test.each(z.array(z.tuple([z.number(), z.number(), z.string()])).parse(vectors.percent))(
    '%d of %d is %s',
    (part, whole, text) => {
      expect(formatPercent(part, whole)).toBe(text);
    },
  );

  test.each(numberAndText.parse(vectors.smallCount))('the count %d is written %s', (n, text) => {
    expect(formatSmallCount(n)).toBe(text);
  });

  test.each(z.array(z.tuple([CivilDate, z.string()])).parse(vectors.longDate))(
    '%s in long form is %s',
    (date, text) => {
      expect(formatLongDate(date)).toBe(text);
    },
  );

  test.each(twoTexts.parse(vectors.parseDate))('%s is read as %s', (text, date) => {
    expect(parseDate(text)).toBe(date);
  });

  test.each(twoTexts.parse(vectors.parseTime))('%s is read as %s', (text, time) => {
    const read = parseTime(text);
    expect(`${two(read?.hour)}:${two(read?.minute)}`).toBe(time);
  });

  test('the letters of list items', () => {
    expect(LETTERS).toEqual(vectors.letters);
  });
});
