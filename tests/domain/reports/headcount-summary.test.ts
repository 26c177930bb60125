import { describe, expect, test } from 'vitest';

import type { BridgeId } from '../../../domain/ids.ts';
import { ownDeadlines } from '../../../domain/reports/due.ts';
import type { PlanDeadline } from '../../../domain/reports/due.ts';
import { giveBack, submit } from '../../../domain/reports/headcount.ts';
import type { HeadcountReport } from '../../../domain/reports/headcount.ts';
import {
  collectingDeadlines,
  diffSummaries,
  freezeSummary,
  linesUnder,
  stepBetween,
  summaryLines,
  type FrozenSummary,
} from '../../../domain/reports/headcount-summary.ts';
import { summaryDifferenceWords } from '../../../domain/reports/summary-sentences.ts';
import type { Instant } from '../../../domain/time.ts';
import { bridgeId, classOf } from '../attendance/factory.ts';
import { clerk, content, on, rules, submitted, tree, upper } from './factory.ts';

const plan: PlanDeadline[] = [{ classes: [classOf('province'), classOf('agency')], dueBefore: on('10/01') }];
const inner = (set: Readonly<Record<string, string>>): ReadonlyMap<BridgeId, Instant> =>
  new Map(Object.entries(set).map(([bridge, time]) => [bridgeId(bridge), on(time)]));
const T1 = inner({ t1: '06/01' });

function linesAt(reports: readonly HeadcountReport[], asOf: string) {
  return summaryLines({ tree, plan, inner: T1, reports, asOf: on(asOf) });
}

/** A version of a level's summary as of a moment. */
function frozen(
  reports: readonly HeadcountReport[],
  level: string,
  asOf: string,
  before: FrozenSummary | null = null,
): FrozenSummary {
  const lines = linesUnder(tree, linesAt(reports, asOf), bridgeId(level));
  return freezeSummary(before, { dueBefore: on('10/01'), at: on(asOf), lines });
}

describe('when a level has its headcounts together', () => {
  test('it is at the deadline of those directly below: the plan’s, or the inner one of whoever set one', () => {
    const collecting = collectingDeadlines(tree, ownDeadlines(tree, plan, T1));
    expect(Object.fromEntries(collecting)).toEqual({ tw: on('10/01'), t1: on('06/01'), h1: on('06/01') });
  });

  test('a level that set no inner deadline collects until its own', () => {
    const collecting = collectingDeadlines(tree, ownDeadlines(tree, plan, new Map()));
    expect(collecting.get(bridgeId('t1'))).toBe(on('10/01'));
  });

  test('a duty without a date freezes nothing', () => {
    const open = [{ classes: [classOf('province')], dueBefore: null }];
    expect(collectingDeadlines(tree, ownDeadlines(tree, open, new Map())).size).toBe(0);
  });
});

describe('the first version', () => {
  const before = submitted('t2', '09/01 23:59', { t2: 30 });
  const after = submitted('t1', '10/01', { t1: 150 });

  test('holds what came before the deadline, and not what came in its first instant', () => {
    const { version, totals, lines } = frozen([before, after], 'tw', '10/01');
    expect(version).toBe(1);
    expect(totals).toMatchObject({ bridges: 7, reported: 1, missing: 5, people: 30 });
    expect(lines.get(bridgeId('t1'))).toMatchObject({ total: null, status: 'missing', reportedBy: null });
  });

  test('is the same whenever it is made: what came later is not in it', () => {
    const late = submit(
      before,
      bridgeId('t2'),
      { content: content({ t2: 31 }), at: on('12/01'), by: clerk },
      rules,
    );
    if (!late.ok) throw new Error(late.reason);
    const returned = giveBack(before, {
      revision: 1,
      remark: 'thiếu',
      about: null,
      at: on('11/01'),
      by: upper,
    });
    if (!returned.ok) throw new Error(returned.reason);
    const then = frozen([before], 'tw', '10/01');
    expect(frozen([late.value], 'tw', '10/01')).toEqual(then);
    expect(frozen([returned.value], 'tw', '10/01')).toEqual(then);
  });

  test('names who was late against an inner deadline, and by how long', () => {
    const { lines, totals } = frozen([submitted('h1', '06/01 02:00', { h1: 20 })], 'tw', '10/01');
    expect(lines.get(bridgeId('h1'))).toMatchObject({
      status: 'late',
      lateByMs: 2 * 3_600_000,
      total: 20,
      by: clerk,
    });
    expect(totals.late).toBe(1);
  });

  test('a bridge that nobody asks for a report is not missing', () => {
    expect(frozen([], 'tw', '10/01').lines.get(bridgeId('tw'))?.status).toBe('not-due');
  });

  test('zero is a report, and nothing is a gap', () => {
    const { lines } = frozen([submitted('t2', '08/01', { t2: 0 })], 'tw', '10/01');
    expect([lines.get(bridgeId('t2'))?.total, lines.get(bridgeId('t1'))?.total]).toEqual([0, null]);
  });

  test('of a level holds itself and what is below it', () => {
    expect([...frozen([], 't1', '06/01').lines.keys()]).toEqual(['t1', 'h1', 'x1', 'x2']);
  });
});

describe('a later version', () => {
  const first = submitted('t2', '09/01 10:00', { t2: { total: 30, byClause: { C16: 4 } } });

  test('says which bridge, which figure, before and after, and who sent it when', () => {
    const one = frozen([first], 'tw', '10/01');
    const late = submitted('t1', '11/01 11:00', { t1: { total: 150, chairName: 'Lò Thị Hà' } });
    const two = frozen([first, late], 'tw', '11/01 12:00', one);
    expect(two.version).toBe(2);
    const made = { bridge: 't1', key: null, by: clerk, at: on('11/01 11:00') };
    expect(two.differences).toEqual([
      { ...made, figure: 'total', before: null, after: 150 },
      { ...made, figure: 'chair', before: null, after: 'Lò Thị Hà' },
      { ...made, figure: 'status', before: 'missing', after: 'late' },
    ]);
    expect(two.totals).toMatchObject({ reported: 2, late: 1, people: 180, chairs: 1 });
  });

  test('a correction after the deadline is a difference too, though its unit was on time', () => {
    const again = submitted('t2', '11/01', { t2: { total: 30, byClause: { C16: 5, C19: 0 } } }, first);
    const two = frozen([again], 'tw', '12/01', frozen([first], 'tw', '10/01'));
    expect(two.differences).toEqual([
      { bridge: 't2', figure: 'clause', key: 'C16', before: 4, after: 5, by: clerk, at: on('11/01') },
    ]);
  });

  test('a report that is sent back is a difference, made by whoever sent it back', () => {
    const back = giveBack(first, { revision: 1, remark: 'thiếu', about: null, at: on('11/01'), by: upper });
    if (!back.ok) throw new Error(back.reason);
    const two = frozen([back.value], 'tw', '12/01', frozen([first], 'tw', '10/01'));
    expect(two.differences).toMatchObject([
      { figure: 'status', before: 'on-time', after: 'returned', by: upper },
    ]);
  });

  test('there is none where nothing differs, however much time has passed', () => {
    const one = frozen([first], 'tw', '10/01');
    expect(frozen([first], 'tw', '20/01', one)).toBe(one);
  });

  test('a bridge that is gone, or new, is a difference', () => {
    const lines = linesAt([first], '10/01');
    const without = new Map([...lines].filter(([id]) => id !== 't2'));
    expect(diffSummaries(lines, without).map(({ figure, before, after }) => [figure, before, after])).toEqual(
      [
        ['total', 30, null],
        ['clause', 4, 0],
        ['status', 'on-time', null],
      ],
    );
    expect(diffSummaries(without, lines)[0]).toMatchObject({ bridge: 't2', before: null, after: 30 });
  });

  test('is kept as the lines that changed, and they lead from the version before to it', () => {
    const one = frozen([first], 'tw', '10/01');
    const two = frozen([first, submitted('x1', '11/01', { x1: 12 })], 'tw', '12/01', one);
    const { changed, gone } = stepBetween(one.lines, two);
    expect([changed.map(({ bridge }) => bridge), gone]).toEqual([['x1'], []]);
    const again = new Map([...one.lines, ...changed.map((line) => [line.bridge, line] as const)]);
    expect(again).toEqual(two.lines);
  });
});

const words = (
  figure: 'total' | 'status' | 'category',
  before: string | number | null,
  after: string | number,
) =>
  summaryDifferenceWords({ figure, key: figure === 'category' ? 'partyMember' : null, before, after }, 'vi');

describe('what differs, in words', () => {
  test('is a gap where nothing was reported, and a status in its word', () => {
    expect(words('total', null, 1500)).toEqual({ figure: 'Số đại biểu', before: 'chưa có', after: '1.500' });
    expect(words('status', 'missing', 'late')).toMatchObject({ before: 'chưa báo cáo', after: 'chậm' });
    expect(words('category', 0, 3)).toMatchObject({ figure: 'Nhóm đảng viên', before: '0', after: '3' });
  });
});
