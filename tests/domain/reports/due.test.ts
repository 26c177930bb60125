import { describe, expect, test } from 'vitest';

import { partOfTree } from '../../../domain/bridges/tree.ts';
import { checkInnerDeadline, ownDeadline, ownDeadlines, reportsDue } from '../../../domain/reports/due.ts';
import type { PlanDeadline } from '../../../domain/reports/due.ts';
import { deadlineFindings, headcountFindings } from '../../../domain/reports/findings.ts';
import { accept, giveBack, withdraw } from '../../../domain/reports/headcount.ts';
import type { HeadcountReport } from '../../../domain/reports/headcount.ts';
import { rollUpHeadcounts } from '../../../domain/reports/roll-up.ts';
import {
  deadlineSentence,
  dueSentence,
  findingSentence,
  reportedSentence,
} from '../../../domain/reports/sentences.ts';
import { standingLines, standingReports } from '../../../domain/reports/standing.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';
import { bridgeId, classOf } from '../attendance/factory.ts';
import { on, submitted, tree, upper } from './factory.ts';

/** "trước ngày 10/01/2025" */
const plan: PlanDeadline[] = [{ classes: [classOf('province'), classOf('agency')], dueBefore: on('10/01') }];
const inner = (set: Readonly<Record<string, string>>): ReadonlyMap<BridgeId, Instant> =>
  new Map(Object.entries(set).map(([bridge, time]) => [bridgeId(bridge), on(time)]));

function due(reports: HeadcountReport[], asOf: string, inside = inner({ t1: '06/01' })) {
  const rows = reportsDue({ tree, plan, inner: inside, reports, asOf: on(asOf) });
  return (id: string) => {
    const row = rows.get(bridgeId(id));
    if (row === undefined) throw new Error(`no row of ${id}`);
    return row;
  };
}

function returnIt(report: HeadcountReport, time: string): HeadcountReport {
  const { length } = report.revisions;
  const result = giveBack(report, {
    revision: length,
    remark: 'Thiếu số của xã',
    about: null,
    at: on(time),
    by: upper,
  });
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

const nameOf = (id: BridgeId): string => `Điểm cầu ${id}`;
const hour = 3_600_000;

describe('whose deadline is whose', () => {
  test('is the same for one bridge alone as for all of them together', () => {
    const set = inner({ t1: '06/01', h1: '04/01' });
    const all = ownDeadlines(tree, plan, set);
    for (const { id } of tree.bridges) expect(ownDeadline(tree, plan, set, id)).toEqual(all.get(id) ?? null);
  });

  test('and so is how a bridge stands with all below it, where only they and what is above them is looked at', () => {
    const reports = [
      submitted('t1', '05/01 10:00', { t1: 5, h1: 7 }),
      submitted('h1', '06/01 10:00', { h1: 9 }),
      submitted('tw', '05/01 09:00', { tw: 3 }),
    ];
    const on10 = { plan, inner: inner({ t1: '06/01', h1: '04/01' }), asOf: on('10/01') };
    const all = reportsDue({ tree, reports, ...on10 });
    for (const { id } of tree.bridges) {
      const under = tree.subtree(id).map((bridge) => bridge.id);
      const part = partOfTree(tree, under);
      const some = reports.filter(({ bridge }) => part.get(bridge) !== undefined);
      const rows = reportsDue({ tree: part, reports: some, ...on10 });
      for (const inside of under) expect(rows.get(inside)).toEqual(all.get(inside));
    }
  });

  test('is not missed by a report whose return was taken back', () => {
    const back = returnIt(submitted('t1', '09/01 10:00', { t1: 5 }), '09/01 11:00');
    const taken = withdraw(back, { revision: 1, at: on('09/01 12:00'), by: upper });
    if (!taken.ok) throw new Error(taken.reason);
    expect(due([back], '11/01')('t1').status).toBe('returned');
    expect(due([taken.value], '11/01')('t1')).toMatchObject({ status: 'on-time', state: 'submitted' });
  });

  test("the plan's binds the bodies that it names; an inner one those below the unit that set it", () => {
    const own = ownDeadlines(tree, plan, inner({ t1: '06/01', h1: '04/01' }));
    const found = tree.bridges.map(({ id }) => [
      id,
      own.get(id)?.dueBefore,
      own.get(id)?.from,
      own.get(id)?.setBy,
    ]);
    expect(found).toEqual([
      ['tw', undefined, undefined, undefined],
      ['bo', on('10/01'), 'plan', null],
      ['t1', on('10/01'), 'plan', null],
      ['h1', on('06/01'), 'upper', 't1'],
      ['x1', on('04/01'), 'upper', 'h1'],
      ['x2', on('04/01'), 'upper', 'h1'],
      ['t2', on('10/01'), 'plan', null],
    ]);
  });

  test('where nobody set an inner one, the deadline above is the last moment that serves', () => {
    const own = ownDeadlines(tree, plan, new Map());
    expect(own.get(bridgeId('x1'))).toEqual({
      dueBefore: on('10/01'),
      from: 'inherited',
      setBy: 't1',
      graceMs: 0,
    });
  });

  test('a duty without a date ("theo quy định") makes nobody late', () => {
    const own = ownDeadlines(tree, [{ classes: [classOf('province')], dueBefore: null }], new Map());
    expect(own.size).toBe(0);
  });

  test('an inner deadline must be earlier than the own one, and somebody must be below', () => {
    const own = ownDeadlines(tree, plan, new Map());
    const set = (bridge: string, time: string) => checkInnerDeadline(tree, own, bridgeId(bridge), on(time));
    expect(set('t1', '09/01 23:59')).toEqual({ ok: true, value: on('09/01 23:59') });
    expect(set('t1', '10/01')).toEqual({ ok: false, reason: 'not before own deadline', own: on('10/01') });
    expect(set('bo', '05/01')).toEqual({ ok: false, reason: 'nobody below' });
  });

  test('an inner deadline that the plan overtook is found', () => {
    const own = ownDeadlines(tree, plan, inner({ t1: '11/01' }));
    const [finding] = deadlineFindings(inner({ t1: '11/01' }), own);
    expect(finding && findingSentence(finding, 'vi', nameOf)).toBe(
      'Hạn Điểm cầu t1 đặt cho cấp dưới (chậm nhất hết ngày 10/01/2025) không sớm hơn hạn của chính mình (chậm nhất hết ngày 09/01/2025).',
    );
  });
});

describe('who has reported and who has not', () => {
  const all = [
    submitted('x1', '05/01 23:59', { x1: 80 }),
    submitted('h1', '06/01 02:00', { h1: 20 }),
    submitted('t1', '09/01 16:30', { t1: 150 }),
    submitted('bo', '11/01 11:00', { bo: 0 }),
  ];

  test('late is judged against the own deadline, to the millisecond, and said by how long', () => {
    const at = due(all, '12/01');
    expect([at('x1').status, at('x1').lateByMs]).toEqual(['on-time', 0]);
    expect([at('h1').status, at('h1').lateByMs]).toEqual(['late', 2 * hour]);
    expect([at('t1').status, at('bo').status, at('bo').lateByMs]).toEqual(['on-time', 'late', 35 * hour]);
    expect([at('x2').status, at('x2').lateByMs]).toEqual(['missing', 144 * hour]);
    expect([at('t2').status, at('t2').lateByMs]).toEqual(['missing', 48 * hour]);
    expect(at('tw').status).toBe('not-due');
  });

  test('a report received in the first instant of the day that is too late is late', () => {
    const at = due([submitted('t1', '10/01', { t1: 1 }), submitted('t2', '09/01 23:59', { t2: 1 })], '12/01');
    expect([at('t1').status, at('t1').lateByMs, at('t2').status]).toEqual(['late', 0, 'on-time']);
  });

  test('grace is tolerated and still late', () => {
    const graced = [{ ...plan[0]!, graceMs: 24 * hour }];
    const reports = [submitted('t1', '10/01 08:00', { t1: 1 })];
    const row = reportsDue({ tree, plan: graced, inner: new Map(), reports, asOf: on('12/01') }).get(
      bridgeId('t1'),
    );
    expect(row).toMatchObject({ status: 'late', withinGrace: true, lateByMs: 8 * hour });
    expect(row && dueSentence(row, 'vi', nameOf)).toBe(
      'Chậm 8 giờ, còn trong mức cho phép, nhận lúc 08:00 thứ Sáu, 10/01/2025.',
    );
  });

  test('a list as of an earlier day knows nothing of what came later', () => {
    const at = due(all, '06/01 01:00');
    expect([at('x1').status, at('h1').status, at('t1').status, at('bo').status]).toEqual([
      'on-time',
      'missing',
      'not-due',
      'not-due',
    ]);
  });

  test('every node says how many below have reported, its own bridge apart', () => {
    const at = due(all, '12/01');
    expect(at('h1').below).toEqual({ bridges: 2, reported: 1, late: 0, missing: 1, returned: 0 });
    expect(at('h1').subtree).toEqual({ bridges: 3, reported: 2, late: 1, missing: 1, returned: 0 });
    expect(at('tw').below).toEqual({ bridges: 6, reported: 4, late: 2, missing: 2, returned: 0 });
    expect(reportedSentence(at('tw').below, 'vi')).toBe('4/6 điểm cầu đã báo cáo');
    expect(reportedSentence(at('tw').below, 'en')).toBe('4 of 6 bridges have reported');
  });

  test('a zero is a report, a bridge that nobody speaks of is missing', () => {
    const at = due([submitted('x1', '05/01', { x1: 0 })], '12/01');
    expect([at('x1').status, at('x2').status]).toEqual(['on-time', 'missing']);
  });

  test('a bridge for which its upper unit reported is judged by that report, and says so', () => {
    const at = due([submitted('t1', '09/01 16:30', { t1: 150, x1: 80 })], '12/01');
    expect(at('x1')).toMatchObject({ status: 'on-time', reportedBy: 't1' });
    expect(dueSentence(at('x1'), 'vi', nameOf)).toBe(
      'Đúng hạn, nhận lúc 16:30 thứ Năm, 09/01/2025. Điểm cầu t1 báo cáo thay.',
    );
    expect(at('x2')).toMatchObject({ status: 'missing', reportedBy: null });
  });

  test('sent back is not reported; the revision that was not sent back is the one judged', () => {
    const back = returnIt(submitted('t2', '08/01', { t2: 60 }), '09/01');
    const waiting = due([back], '12/01')('t2');
    expect(waiting).toMatchObject({ status: 'returned', remark: 'Thiếu số của xã', lateByMs: 48 * hour });
    expect(dueSentence(waiting, 'vi', nameOf)).toBe('Bị trả lại: Thiếu số của xã. Đã quá hạn 2 ngày.');
    const again = due([submitted('t2', '11/01', { t2: 61 }, back)], '12/01')('t2');
    expect(again).toMatchObject({ status: 'late', lateByMs: 24 * hour });
  });

  test('a correction of a report that nobody sent back does not make it late', () => {
    const first = submitted('t2', '08/01', { t2: 60 });
    const row = due([submitted('t2', '11/01', { t2: 61 }, first)], '12/01')('t2');
    expect(row).toMatchObject({ status: 'on-time', receivedAt: on('08/01') });
  });

  test('an accepted report that goes back for a change was on time, and is again once it is sent', () => {
    const first = accept(submitted('t2', '08/01', { t2: 60 }), {
      revision: 1,
      at: on('08/01 12:00'),
      by: upper,
    });
    if (!first.ok) throw new Error(first.reason);
    const back = returnIt(first.value, '10/01');
    expect(due([back], '12/01')('t2')).toMatchObject({
      status: 'returned',
      receivedAt: on('08/01'),
      lateByMs: 0,
    });
    const again = submitted('t2', '11/01', { t2: 61 }, back);
    expect(due([again], '12/01')('t2')).toMatchObject({ status: 'on-time', receivedAt: on('08/01') });
  });

  test('every standing has its sentence, in both languages', () => {
    const at = due(all, '12/01');
    const told = ['x1', 'h1', 'x2', 'tw'].map((id) => [
      dueSentence(at(id), 'vi', nameOf),
      dueSentence(at(id), 'en', nameOf),
    ]);
    expect(told).toEqual([
      ['Đúng hạn, nhận lúc 23:59 Chủ nhật, 05/01/2025.', 'On time, received at 23:59 Sunday, 05/01/2025.'],
      [
        'Chậm 2 giờ, nhận lúc 02:00 thứ Hai, 06/01/2025.',
        'Late by 2 hours, received at 02:00 Monday, 06/01/2025.',
      ],
      ['Chưa báo cáo, đã quá hạn 6 ngày.', 'Not reported, overdue by 6 days.'],
      ['Không có hạn báo cáo.', 'No deadline to report.'],
    ]);
    expect(deadlineSentence(at('x1').deadline, 'vi')).toBe(
      'Hạn của cấp trên: chậm nhất hết ngày 05/01/2025.',
    );
  });
});

describe('headcounts rolled up', () => {
  const reports = [
    submitted('x1', '05/01', {
      x1: { total: 80, byClause: { C19: 70 }, byCategory: { partyMember: 60 }, chairName: 'Lò Thị Hà' },
    }),
    submitted('x2', '05/01', { x2: 0 }),
    submitted('t1', '09/01', {
      t1: { total: 150, byClause: { C10: 150 }, chairName: 'Bàn Văn Sơn' },
      h1: 20,
      x1: 78,
    }),
    returnIt(submitted('t2', '08/01', { t2: { total: 60, byClause: { C10: 60 } } }), '09/01'),
  ];
  const lines = standingLines(tree, standingReports(reports, on('12/01')));
  const sums = rollUpHeadcounts(tree, lines);
  const of = (id: string) => sums.get(bridgeId(id));

  test('bridges by class, people by clause and by category, chairs, for every node', () => {
    expect(of('t1')).toMatchObject({ bridges: 4, reported: 4, people: 250, chairs: 2 });
    expect(Object.fromEntries(of('t1')?.byClause ?? [])).toEqual({ C10: 150, C19: 70 });
    expect(Object.fromEntries(of('t1')?.byCategory ?? [])).toEqual({ partyMember: 60 });
    expect(of('t1')?.byClass.get(classOf('commune'))).toEqual({
      bridges: 2,
      reported: 2,
      returned: 0,
      people: 80,
    });
    expect(of('h1')).toMatchObject({ bridges: 3, reported: 3, people: 100, chairs: 1 });
  });

  test('every total stands beside how many have reported; what was sent back counts apart', () => {
    expect(of('tw')).toMatchObject({ bridges: 7, reported: 4, returned: 1, people: 310 });
    expect(of('bo')).toMatchObject({ bridges: 1, reported: 0, people: 0 });
  });

  test("a bridge's own word counts before that of the unit above, and the difference is found", () => {
    expect(lines.get(bridgeId('x1'))).toMatchObject({ owner: 'x1', line: { total: 80 } });
    const found = Array.from(
      headcountFindings(tree, lines, (bridge) => (bridge === 'h1' ? 25 : null)),
      (finding) => findingSentence(finding, 'vi', nameOf),
    );
    expect(found).toEqual([
      'Điểm cầu h1 chưa báo cáo người chủ trì.',
      'Điểm cầu h1 báo cáo 20 đại biểu, ít hơn 25 người được triệu tập.',
      'Điểm cầu x1 báo cáo 80 đại biểu, Điểm cầu t1 báo cáo 78.',
      'Điểm cầu x1 có 10 đại biểu ngoài các mục thành phần.',
      'Điểm cầu x2 chưa báo cáo người chủ trì.',
      'Điểm cầu t2 chưa báo cáo người chủ trì.',
    ]);
  });

  test('a gap below a unit that reported, and a room that is too small, are found', () => {
    const given = [submitted('t1', '09/01', { t1: 1, x2: { total: 41, chairName: 'Lò Thị Hà' } })];
    const found = headcountFindings(tree, standingLines(tree, standingReports(given, on('12/01'))));
    expect(Array.from(found, ({ kind, bridge }) => [kind, bridge])).toEqual([
      ['no chair', 't1'],
      ['gap', 'h1'],
      ['gap', 'x1'],
      ['over capacity', 'x2'],
    ]);
  });
});
