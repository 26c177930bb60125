import { expect, test } from 'vitest';

import { deletedOn, kindsDue, lastDayOf } from '../../../domain/retention/due.ts';
import { ERASED_NAME, sayErased } from '../../../domain/retention/erased.ts';
import { NO_PERIODS } from '../../../domain/retention/kinds.ts';
import {
  differenceWithoutNames,
  lineWithoutNames,
  withoutNames,
  withoutRemarks,
} from '../../../domain/retention/without-names.ts';
import { HeadcountContent } from '../../../domain/reports/headcount.ts';
import { diffSummaries, summaryTotals, type SummaryLine } from '../../../domain/reports/headcount-summary.ts';
import { BridgeId } from '../../../domain/ids.ts';
import { CivilDate, instantOf, type Instant } from '../../../domain/time.ts';

const day = (text: string) => CivilDate.parse(text);
const at = (text: string) => instantOf(text) as Instant;

test('a conference ends with its last session, else as its plan says, else when it was made', () => {
  const times = {
    sessionEnds: [],
    endsAt: '2025-01-13T11:30:00+07:00',
    startsAt: '2025-01-13T08:00:00+07:00',
    createdAt: at('2025-01-02'),
  };
  expect(lastDayOf({ ...times, sessionEnds: [at('2025-01-13T11:30'), at('2025-02-20T23:59')] })).toBe(
    '2025-02-20',
  );
  expect(lastDayOf(times)).toBe('2025-01-13');
  expect(lastDayOf({ ...times, endsAt: null, startsAt: '2025-01-12' })).toBe('2025-01-12');
  expect(lastDayOf({ ...times, endsAt: null, startsAt: null })).toBe('2025-01-02');
});

test('a period of days is counted from the day after; on the day after its last one it is over', () => {
  expect(deletedOn(day('2025-01-13'), 30)).toBe('2025-02-13');
  expect(deletedOn(day('2025-01-13'), null)).toBeNull();
  const periods = { ...NO_PERIODS, people: 30, audit: 5 };
  expect(kindsDue(day('2025-01-13'), periods, day('2025-01-18'))).toEqual([]);
  expect(kindsDue(day('2025-01-13'), periods, day('2025-01-19'))).toEqual(['audit']);
  expect(kindsDue(day('2025-01-13'), periods, day('2025-02-13'))).toEqual(['people', 'audit']);
  expect(kindsDue(day('2025-01-13'), NO_PERIODS, day('2999-01-01'))).toEqual([]);
});

const content = HeadcountContent.parse({
  lines: [
    {
      bridge: 'xa',
      total: 3,
      byClause: { C1: 2 },
      chairName: 'Bùi Văn Chủ',
      chairPost: 'Bí thư',
      names: [{ name: 'Lý Thị Một', post: 'Phó bí thư', clause: 'C1' }],
      remark: 'thiếu ghế',
    },
    { bridge: 'xa-2', total: 0, chairName: null, remark: null },
  ],
});

test('a headcount report without names has the same figures and as many who are named', () => {
  const { lines } = withoutRemarks(withoutNames(content));
  expect(JSON.stringify(lines)).not.toMatch(/Bùi|Lý|thư|ghế/);
  expect(
    lines.map(({ total, byClause, names, chairName }) => [total, byClause, names.length, chairName === null]),
  ).toEqual([
    [3, { C1: 2 }, 1, false],
    [0, {}, 0, true],
  ]);
  const once = withoutNames(content);
  expect(withoutNames(once)).toEqual(once);
});

const line = (bridge: string, chairName: string | null): SummaryLine => ({
  bridge: BridgeId.parse(bridge),
  total: 3,
  byClause: {},
  byCategory: {},
  chairName,
  status: 'on-time',
  lateByMs: 0,
  reportedBy: null,
  by: null,
  at: null,
});
const map = (lines: readonly SummaryLine[]) => new Map(lines.map((one) => [one.bridge, one]));

test('frozen summaries count the same without names, and say the same of each other', () => {
  const before = [line('a', 'Bùi Văn Chủ'), line('b', null)];
  const erased = before.map(lineWithoutNames);
  expect(summaryTotals(erased)).toEqual(summaryTotals(before));
  const [difference] = diffSummaries(map(before), map([line('a', 'Lý Thị Một'), line('b', null)]));
  expect(differenceWithoutNames(difference!)).toMatchObject({
    figure: 'chair',
    before: ERASED_NAME.vi,
    after: ERASED_NAME.vi,
  });
  const total = { ...difference!, figure: 'total' as const, before: 1, after: 2 };
  expect(differenceWithoutNames(total)).toBe(total);
});

test('that a name was deleted is said in the language of whoever reads it', () => {
  expect(sayErased(ERASED_NAME.vi, 'vi')).toBe('tên đã xóa theo thời hạn lưu');
  expect(sayErased(ERASED_NAME.vi, 'en')).toBe(ERASED_NAME.en);
  expect(sayErased(`Điểm danh ${ERASED_NAME.vi}`, 'en')).toBe(`Điểm danh ${ERASED_NAME.en}`);
  expect(sayErased('Bùi Văn Chủ', 'en')).toBe('Bùi Văn Chủ');
});
