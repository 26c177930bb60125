import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { formatDate, formatDateTime } from '../../../domain/text/dates.ts';
import { momentOf, readClock, readDay, readMoment } from '../../../domain/text/typed.ts';
import { addDays, CivilDate, Instant } from '../../../domain/time.ts';

const near = CivilDate.parse('2025-11-20');

describe('a day that is typed', () => {
  test.each([
    '13/01/2025',
    '13/1/25',
    '13012025',
    '130125',
    '13.1.2025',
    '13-1-2025',
    '13 1 2025',
    '2025-01-13',
  ])('is read from %s', (text) => expect(readDay(` ${text} `, near)).toBe('2025-01-13'));

  test('without a year is of the year in which it is nearest to today', () => {
    expect(readDay('13/1', near)).toBe('2026-01-13');
    expect(readDay('20 11', near)).toBe('2025-11-20');
    expect(readDay('1.9', near)).toBe('2025-09-01');
    expect(readDay('30/6', CivilDate.parse('2025-01-05'))).toBe('2025-06-30');
    expect(readDay('25/12', CivilDate.parse('2025-01-05'))).toBe('2024-12-25');
  });

  test('needs its year where no day is near', () => {
    expect(readDay('13/1', null)).toBeNull();
  });

  test.each(['31/02/2025', '00/01/2025', '1/13/2025', '29/2/2025', '32', 'mai', '', '13/1/', '1301'])(
    'is nothing where the calendar has none such: %s',
    (text) => expect(readDay(text, near)).toBeNull(),
  );

  test('is read again from the way in which it is written, and near days without their year', () => {
    fc.assert(
      fc.property(fc.integer({ min: -180, max: 180 }), (days) => {
        const day = addDays(near, days);
        expect(readDay(formatDate(day), null)).toBe(day);
        expect(readDay(formatDate(day).slice(0, 5), near)).toBe(day);
      }),
    );
  });
});

describe('a time that is typed', () => {
  test.each([
    ['8', '08:00'],
    ['8h', '08:00'],
    ['8h30', '08:30'],
    ['830', '08:30'],
    ['0830', '08:30'],
    ['08.30', '08:30'],
    ['8 30', '08:30'],
    ['14g05', '14:05'],
    ['2 giờ chiều', '14:00'],
    ['2:30 CH', '14:30'],
    ['2pm', '14:00'],
    ['12 SA', '00:00'],
    ['12:15 pm', '12:15'],
    ['0:00', '00:00'],
  ])('%s is %s', (text, time) => expect(readClock(text)).toBe(time));

  test.each(['24:00', '8:75', '14 pm', 'sáng', '', '8:', '12345', '-1'])(
    '%s is no time of the clock',
    (text) => expect(readClock(text)).toBeNull(),
  );
});

describe('a day with its hour', () => {
  test.each(['08:00 13/01/2025', '13/1/2025 8h', '130120250800', '2025-01-13T08:00', '13/1/25, 8'])(
    'is read in either order: %s',
    (text) => expect(readMoment(text, near)).toBe('2025-01-13T08:00:00+07:00'),
  );

  test('is the day alone where no hour is typed', () => {
    expect(readMoment('13/1/2025', near)).toBe('2025-01-13');
  });

  test('is nothing where either half is nothing', () => {
    for (const text of ['8h', '31/2/2025 8h', '13/1/2025 25h', 'sớm mai', ''])
      expect(readMoment(text, near)).toBeNull();
  });

  test('is read again from how pages say it', () => {
    const iso = momentOf(CivilDate.parse('2025-08-15'), '17:30');
    const instant = Instant.parse(Date.parse(iso));
    expect(readMoment(formatDateTime(instant, 'vi'), null)).toBe(iso);
  });
});
