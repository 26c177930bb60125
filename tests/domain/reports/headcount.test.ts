import { describe, expect, test } from 'vitest';

import { difficultyRoute, headcountDuty, boundClasses } from '../../../domain/reports/bodies.ts';
import { answerDifficulty, raiseDifficulty } from '../../../domain/reports/difficulties.ts';
import {
  accept,
  giveBack,
  HeadcountContent,
  saveDraft,
  stateOf,
  submit,
  withdraw,
} from '../../../domain/reports/headcount.ts';
import type { HeadcountReport } from '../../../domain/reports/headcount.ts';
import type { Duty } from '../../../domain/plan/plan.ts';
import { bridgeId } from '../attendance/factory.ts';
import { clerk, content, on, rules, upper } from './factory.ts';

const returned = (report: HeadcountReport, revision = 1, time = '08/01 10:00') =>
  giveBack(report, { revision, remark: 'Thiếu người chủ trì', about: null, at: on(time), by: upper });
const accepted = (report: HeadcountReport, revision = 1) =>
  accept(report, { revision, at: on('08/01 10:00'), by: upper });
const send = (
  before: HeadcountReport | null,
  lines: Readonly<Record<string, number | object>>,
  bridge = 'h1',
) => submit(before, bridgeId(bridge), { content: content(lines), at: on('08/01 09:00'), by: clerk }, rules);

function valueOf<Value>(result: { ok: true; value: Value } | { ok: false }): Value {
  if (!result.ok) throw new Error('refused');
  return result.value;
}

const withdrawn = (report: HeadcountReport, revision = 1) =>
  withdraw(report, { revision, at: on('08/01 11:00'), by: upper });

describe('a headcount report', () => {
  test('goes from draft to sent, back with a remark, sent again, accepted; every revision is kept', () => {
    const draft = valueOf(saveDraft(null, bridgeId('h1'), content({ h1: 10 })));
    expect(stateOf(draft)).toBe('draft');
    const first = valueOf(send(draft, { h1: 10, x1: 0 }));
    expect([stateOf(first), first.draft]).toEqual(['submitted', null]);
    const back = valueOf(returned(first));
    expect(stateOf(back)).toBe('returned');
    const again = valueOf(send(back, { h1: { total: 10, chairName: 'Lò Thị Hà' }, x1: 0 }));
    const done = valueOf(accepted(again, 2));
    expect(stateOf(done)).toBe('accepted');
    expect(done.revisions.map(({ number, verdicts }) => [number, verdicts.map(({ kind }) => kind)])).toEqual([
      [1, ['returned']],
      [2, ['accepted']],
    ]);
    expect(done.revisions[0]).toEqual(back.revisions[0]);
  });

  test('that is accepted changes only after the upper level has returned it', () => {
    const done = valueOf(accepted(valueOf(send(null, { h1: 10 }))));
    expect(send(done, { h1: 11 })).toEqual({ ok: false, reason: 'already accepted' });
    expect(saveDraft(done, bridgeId('h1'), content({ h1: 11 }))).toMatchObject({
      reason: 'already accepted',
    });
    expect(stateOf(valueOf(send(valueOf(returned(done)), { h1: 11 })))).toBe('submitted');
  });

  test('that was accepted or returned by mistake waits again once that is taken back, as long as the unit has not sent anew', () => {
    const sent = valueOf(send(null, { h1: 10 }));
    expect(withdrawn(sent)).toEqual({ ok: false, reason: 'nothing to withdraw' });
    expect(stateOf(valueOf(withdrawn(valueOf(accepted(sent)))))).toBe('submitted');
    const once = valueOf(returned(sent));
    expect(stateOf(valueOf(withdrawn(once)))).toBe('submitted');
    // What stood before holds again.
    const reopened = valueOf(returned(valueOf(accepted(sent)), 1, '08/01 10:30'));
    expect(stateOf(valueOf(withdrawn(reopened)))).toBe('accepted');
    const again = valueOf(send(once, { h1: 12 }));
    expect(withdrawn(again)).toMatchObject({ reason: 'other revision', last: 2 });
    const { verdicts = [] } = valueOf(withdrawn(once)).revisions[0] ?? {};
    expect(verdicts.map(({ kind }) => kind)).toEqual(['returned', 'withdrawn']);
  });

  test('sent twice with the same content is one submission', () => {
    const first = valueOf(send(null, { h1: { total: 5, byClause: { C16: 3, C19: 1 } }, x1: 0 }));
    expect(send(first, { x1: 0, h1: { total: 5, byClause: { C19: 1, C16: 3 } } })).toEqual({
      ok: true,
      value: first,
    });
    expect(valueOf(send(first, { h1: 6 })).revisions).toHaveLength(2);
  });

  test('is judged by the revision that the upper level looked at, and by no other', () => {
    const twice = valueOf(send(valueOf(send(null, { h1: 10 })), { h1: 11 }));
    expect(accepted(twice, 1)).toEqual({ ok: false, reason: 'other revision', last: 2 });
    expect(accepted(valueOf(accepted(twice, 2)), 2)).toMatchObject({ reason: 'already accepted' });
    expect(returned(valueOf(returned(twice, 2)), 2)).toMatchObject({ reason: 'already returned' });
    expect(accepted(valueOf(saveDraft(null, bridgeId('h1'), content({ h1: 1 }))))).toMatchObject({
      reason: 'nothing submitted',
    });
    const silent = giveBack(twice, {
      revision: 2,
      remark: ' \u00a0',
      about: null,
      at: on('08/01'),
      by: upper,
    });
    expect(silent).toMatchObject({ reason: 'remark missing' });
  });

  test('is refused where it does not add up, with the bridge at fault', () => {
    const refused = [
      send(null, { h1: 1, t2: 1 }),
      send(null, { x1: 1 }),
      send(null, { h1: { total: 1, byClause: { C99: 1 } } }),
      send(null, { h1: { total: 4, byClause: { C16: 3, C19: 2 } } }),
      send(null, { h1: { total: 4, byCategory: { partyMember: 5 } } }),
      send(null, { h1: { total: 0, names: [{ name: 'Lò Thị Hà', post: 'Bí thư', clause: null }] } }),
    ].map((result) => (result.ok ? 'taken' : [result.reason, 'bridge' in result && result.bridge]));
    expect(refused).toEqual([
      ['bridge not below', 't2'],
      ['own bridge missing', 'h1'],
      ['clause not in plan', 'h1'],
      ['clauses exceed total', 'h1'],
      ['category exceeds total', 'h1'],
      ['names exceed total', 'h1'],
    ]);
    const twice = HeadcountContent.parse({
      lines: [...content({ h1: 1 }).lines, ...content({ h1: 2 }).lines],
    });
    const input = { content: twice, at: on('08/01'), by: clerk };
    expect(submit(null, bridgeId('h1'), input, rules)).toMatchObject({ reason: 'bridge twice' });
  });

  test('may say less by clause than in all: people come outside every clause', () => {
    expect(
      send(null, { h1: { total: 5, byClause: { C16: 3 }, byCategory: { partyMember: 5, woman: 2 } } }).ok,
    ).toBe(true);
  });

  test('has its text tidied and its numbers checked where it comes in', () => {
    const [line] = content({ h1: { total: 1, chairName: '  Lò\u00a0Thị Hà '.normalize('NFD') } }).lines;
    expect(line?.chairName).toBe('Lò Thị Hà');
    const broken = [{ total: -1 }, { total: 1.5 }, { total: 1, byClause: { C16: -2 } }, {}];
    expect(
      broken.map((of) => HeadcountContent.safeParse({ lines: [{ bridge: 'h1', ...of }] }).success),
    ).toEqual([false, false, false, false]);
    expect(HeadcountContent.safeParse({ lines: [] }).success).toBe(false);
  });
});

const duty = (given: Partial<Duty>): Duty => ({
  owner: 'Các cơ quan',
  text: 'Thực hiện Kế hoạch',
  addressee: null,
  via: null,
  deadline: null,
  ...given,
});

describe('what the plan says of reports', () => {
  test('names the bodies that its deadline binds', () => {
    expect(
      boundClasses(
        'Các ban, bộ, ngành, cơ quan Trung ương, các tỉnh uỷ, thành uỷ, đảng uỷ trực thuộc Trung ương',
      ),
    ).toEqual(['direct-committee', 'agency', 'province']);
    expect(boundClasses('Các huyện ủy, Đảng ủy Khối các cơ quan')).toEqual(['party-bloc', 'district']);
    expect(boundClasses('Văn phòng Trung ương Đảng')).toEqual([]);
  });

  test('the duty to report the headcount is found by its words', () => {
    const wanted = duty({ text: 'Thông báo thành phần, số lượng đại biểu dự Hội nghị.' });
    expect(headcountDuty([duty({}), wanted])).toBe(wanted);
    expect(headcountDuty([duty({})])).toBeNull();
  });

  test('difficulties go at any time to whom the plan names, through the office it names', () => {
    const route = difficultyRoute([
      duty({}),
      duty({
        text: 'Quá trình thực hiện có khó khăn, vướng mắc thì báo cáo.',
        addressee: 'Thường trực Ban Bí thư',
        via: 'Vụ Tổng hợp',
      }),
    ]);
    const made = { id: 'k1', at: on('07/01 08:00'), by: clerk };
    const raised = raiseDifficulty({ bridge: bridgeId('x1'), text: ' Mất điện ' }, route, made);
    expect(raised).toMatchObject({
      ok: true,
      value: { text: 'Mất điện', addressee: 'Thường trực Ban Bí thư', via: 'Vụ Tổng hợp', answers: [] },
    });
    const answered = answerDifficulty(valueOf(raised), {
      text: 'Đã cử người',
      at: on('07/01 09:00'),
      by: upper,
    });
    expect(valueOf(answered).answers.map(({ text }) => text)).toEqual(['Đã cử người']);
    expect(raiseDifficulty({ bridge: bridgeId('x1'), text: ' ' }, route, made)).toMatchObject({
      reason: 'text missing',
    });
    expect(difficultyRoute([])).toEqual({ addressee: null, via: null });
  });
});
