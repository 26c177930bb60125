import { describe, expect, test } from 'vitest';

import { HOLIDAYS } from '../../../domain/deadlines/holidays.ts';
import {
  addWorkingDays,
  deadlineWarning,
  isWorkingDay,
  lastWorkingDay,
  nextWorkingDay,
} from '../../../domain/deadlines/workdays.ts';
import { weekdayNumber } from '../../../domain/text/dates.ts';
import { addDays, CivilDate } from '../../../domain/time.ts';

const day = (text: string) => CivilDate.parse(text);

const inYears = (date: CivilDate) =>
  Number(date.slice(0, 4)) >= HOLIDAYS.firstYear && Number(date.slice(0, 4)) <= HOLIDAYS.lastYear;

const daysOff = (year: string) => [...HOLIDAYS.daysOff.keys()].filter((date) => date.startsWith(year)).length;

const madeUp = (year: string) => [...HOLIDAYS.makeUpDays].filter((date) => date.startsWith(year)).length;

describe('working days', () => {
  test.each([
    ['2025-01-10', true],
    ['2025-01-11', false],
    ['2025-01-12', false],
    ['2025-01-29', false],
    ['2025-02-03', true],
    // Saturday 26/4 makes up for Friday 02/5.
    ['2025-04-26', true],
    ['2025-05-02', false],
    ['2024-05-04', true],
    ['2026-08-22', true],
    ['2026-08-31', false],
    ['2026-04-27', false],
  ])('%s: %s', (date, working) => {
    expect(isWorkingDay(day(date))).toBe(working);
  });

  test('outside the years of the table nothing is said', () => {
    expect(isWorkingDay(day('2023-12-29'))).toBeNull();
    expect(isWorkingDay(day('2027-01-04'))).toBeNull();
    expect(lastWorkingDay(day('2024-01-01'))).toBeNull();
    expect(nextWorkingDay(day('2026-12-31'))).toBe('2026-12-31');
  });

  test('the nearest working days around Tết 2025', () => {
    expect(lastWorkingDay(day('2025-02-02'))).toBe('2025-01-24');
    expect(nextWorkingDay(day('2025-01-25'))).toBe('2025-02-03');
    expect(addWorkingDays(day('2025-01-24'), 2)).toBe('2025-02-04');
    expect(lastWorkingDay(day('2025-01-10'))).toBe('2025-01-10');
  });

  test('days off lie on weekdays, make-up days on Saturdays, all within the years of the table', () => {
    expect([...HOLIDAYS.daysOff.keys()].filter((date) => weekdayNumber(date) > 5 || !inYears(date))).toEqual(
      [],
    );
    expect([...HOLIDAYS.makeUpDays].filter((date) => weekdayNumber(date) !== 6 || !inYears(date))).toEqual(
      [],
    );
  });

  test('each swapped weekday has its Saturday, and the years have as many days off as the law and the notices give', () => {
    // 11 by the Labour Code, from 2026 one more; each swap adds a day off and a Saturday.
    expect(daysOff('2024') - madeUp('2024')).toBe(11);
    expect(daysOff('2025') - madeUp('2025')).toBe(11);
    expect(daysOff('2026') - madeUp('2026')).toBe(12);
  });

  test('a table of other years can be given', () => {
    const table = { firstYear: 2030, lastYear: 2030, daysOff: new Map(), makeUpDays: new Set<CivilDate>() };
    expect(isWorkingDay(day('2030-01-01'), table)).toBe(true);
    expect(isWorkingDay(day('2025-01-10'), table)).toBeNull();
  });
});

describe('warnings', () => {
  test('a working day needs none', () => {
    expect(deadlineWarning(day('2025-01-09'))).toBeNull();
  });

  test('a Sunday names the Friday before', () => {
    expect(deadlineWarning(day('2025-03-09'))).toEqual({
      kind: 'not-a-working-day',
      lastDay: '2025-03-09',
      day: 'sunday',
      holiday: null,
      lastWorkingDay: '2025-03-07',
    });
  });

  test('a holiday is named', () => {
    expect(deadlineWarning(day('2025-01-30'))).toMatchObject({
      day: 'holiday',
      holiday: { vi: 'Tết Nguyên đán' },
      lastWorkingDay: '2025-01-24',
    });
  });

  test('a year that the table does not cover is said, be the day a Sunday or not', () => {
    for (const date of ['2027-03-07', '2027-03-08']) {
      expect(deadlineWarning(day(date))).toEqual({ kind: 'not-covered', lastDay: date, year: 2027 });
    }
  });

  test('every day of the table has an answer', () => {
    for (let date = day('2024-01-01'); date <= '2026-12-31'; date = addDays(date, 1)) {
      expect(isWorkingDay(date)).not.toBeNull();
    }
  });
});
