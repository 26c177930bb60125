import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  formatDate,
  formatDateTime,
  formatLongDate,
  formatTime,
  parseDate,
  parseTime,
  weekday,
} from '../../../domain/text/dates.ts';
import { formatDuration } from '../../../domain/text/durations.ts';
import { formatNumber, formatPercent, formatSmallCount, parseNumber } from '../../../domain/text/numbers.ts';
import { CivilDate, instantOf } from '../../../domain/time.ts';

describe('numbers', () => {
  test('English writes them its own way', () => {
    expect(formatNumber(978_532, 'en')).toBe('978,532');
    expect(formatPercent(2909, 3044, 'en')).toBe('95.57%');
  });

  test('percentages round half up and have no trailing zeros', () => {
    expect(formatPercent(1, 2)).toBe('50 %');
    expect(formatPercent(1, 1)).toBe('100 %');
    expect(formatPercent(12_345, 1_000_000)).toBe('1,23 %');
    expect(formatPercent(10_125, 1_000_000)).toBe('1,01 %');
    expect(formatPercent(201, 20_000)).toBe('1,01 %');
    expect(formatPercent(5, 0)).toBe('-');
  });

  test('a count of zero is written 0', () => {
    expect(formatSmallCount(0)).toBe('0');
    expect(formatSmallCount(15_345)).toBe('15.345');
  });

  test.each([
    ['15.345', 15_345],
    ['978.532', 978_532],
    ['1.234.567,5', 1_234_567.5],
    ['99,16', 99.16],
    ['12', 12],
    ['978 532', 978_532],
    ['1,234,567', 1_234_567],
    ['1,234.5', 1234.5],
    ['-5', -5],
    ['0,125', 0.125],
    [' 01 ', 1],
  ])('%s is %d', (text, value) => {
    expect(parseNumber(text)).toEqual({ ok: true, value });
  });

  test.each(['1.5', '0.5', '15.34', '1,234'])('%s could be two numbers: ask', (text) => {
    expect(parseNumber(text)).toEqual({ ok: false, reason: 'ambiguous' });
  });

  test.each(['', 'mười', '1.234.56', '12a', '--5', '1e9', '٣', '9'.repeat(10_000)])(
    '%s is no number',
    (text) => {
      expect(parseNumber(text)).toEqual({ ok: false, reason: 'not a number' });
    },
  );

  test('a number past what can be counted exactly is refused', () => {
    expect(parseNumber('9'.repeat(17))).toEqual({ ok: false, reason: 'too large' });
  });

  test('what was written is read back', () => {
    fc.assert(
      fc.property(fc.nat(), (n) => {
        expect(parseNumber(formatNumber(n))).toEqual({ ok: true, value: n });
      }),
    );
  });
});

describe('dates', () => {
  test.each([
    ['13/01/2025', '2025-01-13'],
    ['10-3-2025', '2025-03-10'],
    ['2025-01-13', '2025-01-13'],
    ['13 / 01 / 2025', '2025-01-13'],
    ['ngày 10.01.2025', '2025-01-10'],
    ['Thứ Hai, ngày 13/01/2025', '2025-01-13'],
    ['ngày 13 tháng 1, 2025', '2025-01-13'],
    ['NGÀY 13  THÁNG 01\nNĂM 2025', '2025-01-13'],
    ['ngày 13 tháng 01 năm 2025'.normalize('NFD'), '2025-01-13'],
    ['29/02/2024', '2024-02-29'],
    ['12/5/68', '1968-05-12'],
  ])('%s is %s', (text, read) => {
    expect(parseDate(text)).toBe(read);
  });

  test.each([
    '31/02/2025',
    '29/02/2025',
    '01/13/2025',
    '0/1/2025',
    '13/01',
    '13/01-2025',
    '13/01/0205',
    'tháng 3/2025',
    'từ 10/01/2025 đến 13/01/2025',
    '',
    'trước ngày 13/01/2025',
  ])('%s is no date', (text) => {
    expect(parseDate(text)).toBeNull();
  });

  test('forms of display', () => {
    expect(formatDate(CivilDate.parse('2025-01-13'))).toBe('13/01/2025');
    expect(formatLongDate(CivilDate.parse('2025-01-13'), 'en')).toBe('13 January 2025');
    expect(weekday(CivilDate.parse('2025-01-13'), 'vi')).toBe('thứ Hai');
    expect(weekday(CivilDate.parse('2025-01-12'), 'vi')).toBe('Chủ nhật');
    expect(weekday(CivilDate.parse('2025-01-11'), 'en')).toBe('Saturday');
  });

  test('an instant shows on the clock of Vietnam, whatever the machine thinks', () => {
    const start = instantOf('2025-01-12T18:30:00Z');
    if (start === null) throw new Error('no instant');
    expect(formatTime(start)).toBe('01:30');
    expect(formatDateTime(start, 'vi')).toBe('01:30 thứ Hai, 13/01/2025');
    expect(formatDateTime(start, 'en')).toBe('01:30 Monday, 13/01/2025');
  });
});

describe('times of day', () => {
  test.each([
    ['8 giờ 05', 8, 5],
    ['8:00', 8, 0],
    ['14h30', 14, 30],
    ['14h30’', 14, 30],
    ['8g15', 8, 15],
    ['2 giờ chiều', 14, 0],
    ['8 giờ sáng', 8, 0],
    ['7 giờ 30 tối', 19, 30],
    ['11 GIỜ 30 PHÚT'.normalize('NFD'), 11, 30],
    ['0h00', 0, 0],
  ])('%s', (text, hour, minute) => {
    expect(parseTime(text)).toEqual({ hour, minute });
  });

  test.each(['24 giờ', '8 giờ 75', '8:', '8', 'giờ', '25h', '8h đến 9h', ''])(
    '%s is no time of day',
    (text) => {
      expect(parseTime(text)).toBeNull();
    },
  );
});

test.each([
  [0, 'dưới 1 phút', 'less than a minute'],
  [59_999, 'dưới 1 phút', 'less than a minute'],
  [60_000, '1 phút', '1 minute'],
  [90 * 60_000, '1 giờ 30 phút', '1 hour 30 minutes'],
  [26 * 3_600_000, '1 ngày 2 giờ', '1 day 2 hours'],
  [48 * 3_600_000 + 59 * 60_000, '2 ngày', '2 days'],
])('%d ms last %s', (ms, vi, en) => {
  expect(formatDuration(ms, 'vi')).toBe(vi);
  expect(formatDuration(ms, 'en')).toBe(en);
});
