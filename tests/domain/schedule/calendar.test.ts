import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  daysAround,
  daysIn,
  daysTouched,
  lastDayOf,
  rowsOf,
  stepped,
  weeksAround,
} from '../../../domain/schedule/calendar.ts';
import { changedFields, takeBack } from '../../../domain/schedule/change.ts';
import { dutyDeadline, withDeadline } from '../../../domain/schedule/plan-times.ts';
import { checkTimes, movedTo } from '../../../domain/schedule/session.ts';
import { CivilDate, Instant, startOfDay } from '../../../domain/time.ts';
import { samplePlan } from '../../server/plans/sample.ts';
import { at, minutesAfter } from './factories.ts';

const day = (text: string) => CivilDate.parse(text);

describe('the calendar', () => {
  test('has weeks from Monday, and a month in whole weeks', () => {
    expect(daysAround(day('2025-01-12'), 'week')).toEqual({ first: '2025-01-06', next: '2025-01-13' });
    expect(weeksAround(day('2025-01-13'))).toEqual({ first: '2024-12-30', next: '2025-02-03' });
    expect(daysAround(day('2025-05-20'), 'quarter')).toEqual({ first: '2025-04-01', next: '2025-07-01' });
    expect(daysIn(daysAround(day('2024-02-10'), 'month'))).toHaveLength(29);
  });

  test('a month further than 31 January is the last of February', () => {
    expect(stepped(day('2025-01-31'), 'month', 1)).toBe('2025-02-28');
    expect(stepped(day('2025-01-13'), 'week', -1)).toBe('2025-01-06');
  });

  test('what ends at midnight touches no day more, and a deadline of midnight is met on the day before', () => {
    const [start, end] = [startOfDay(day('2025-01-13')), startOfDay(day('2025-01-14'))];
    expect(daysTouched({ startsAt: start, endsAt: end })).toEqual({
      first: '2025-01-13',
      next: '2025-01-14',
    });
    expect(lastDayOf(end)).toBe('2025-01-13');
  });

  test('rows cover nothing, and are no more than share one moment', () => {
    const spans = fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 20 })), { maxLength: 40 });
    fc.assert(
      fc.property(spans, (drawn) => {
        const items = drawn
          .toSorted(([a], [b]) => a - b)
          .map(([start, length]) => ({
            startsAt: minutesAfter(at('08:00'), start),
            endsAt: minutesAfter(at('08:00'), start + length),
          }));
        const rows = rowsOf(items);
        const together = (one: number) =>
          items.filter(({ startsAt, endsAt }) => startsAt <= one && one < endsAt).length;
        const most = Math.max(0, ...items.map(({ startsAt }) => together(startsAt)));
        expect(Math.max(0, ...rows.map((row) => row + 1))).toBe(most);
        const covered = items.flatMap((a, n) =>
          items.filter(
            (b, m) => n < m && rows[n] === rows[m] && a.startsAt < b.endsAt && b.startsAt < a.endsAt,
          ),
        );
        expect(covered).toEqual([]);
      }),
    );
  });
});

describe('the times of a session', () => {
  const times = { doorsAt: at('07:30'), startsAt: at('08:00'), endsAt: at('11:30') };

  test('move together', () => {
    expect(movedTo(times, at('14:00'))).toEqual({
      doorsAt: at('13:30'),
      startsAt: at('14:00'),
      endsAt: at('17:30'),
    });
    expect(movedTo({ ...times, doorsAt: null }, at('09:00')).doorsAt).toBeNull();
  });

  test('begin with the doors, then the start, then the end, within a month', () => {
    expect(checkTimes(times)).toBeNull();
    expect(checkTimes({ ...times, endsAt: at('08:00') })?.reason).toBe('ends before it starts');
    expect(checkTimes({ ...times, endsAt: minutesAfter(at('08:00'), 32 * 1440) })?.reason).toBe('too long');
    expect(checkTimes({ ...times, doorsAt: at('08:01') })?.reason).toBe('doors');
    expect(checkTimes({ ...times, doorsAt: minutesAfter(at('08:00'), -1441) })?.reason).toBe('doors');
  });
});

describe('a change taken back', () => {
  test('puts back what still is as the change left it, and leaves what was changed since', () => {
    const before = { title: 'a', venue: 'P1', agenda: [1] };
    const after = { title: 'b', venue: 'P2', agenda: [1, 2] };
    expect(takeBack({ ...after, venue: 'P3' }, before, after)).toEqual({
      record: { title: 'a', venue: 'P3', agenda: [1] },
      restored: 2,
      left: 1,
    });
    expect(changedFields({ ...before, revision: 1 }, { ...before, revision: 2 })).toEqual([]);
  });
});

test('another deadline of the plan says its day as papers do', () => {
  const plan = samplePlan();
  const duty = plan.duties.findIndex(({ deadline }) => deadline?.dueBefore != null);
  const midnight = withDeadline(plan, duty, Instant.parse(startOfDay(day('2025-01-12'))));
  expect(midnight.duties[duty]?.deadline?.phrase).toBe('trước ngày 12/01/2025');
  expect(dutyDeadline(midnight, duty)).toBe(startOfDay(day('2025-01-12')));
  const hour = withDeadline(plan, duty, at('16:30'));
  expect(hour.duties[duty]?.deadline?.phrase).toBe('trước 16:30 ngày 13/01/2025');
});
