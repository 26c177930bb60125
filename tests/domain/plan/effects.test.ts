import { expect, test } from 'vitest';

import type { BridgeClass } from '../../../domain/bridges/bridge.ts';
import type { ClauseId } from '../../../domain/ids.ts';
import { changesOf } from '../../../domain/plan/changes.ts';
import { effectSentence } from '../../../domain/plan/effect-sentences.ts';
import { effectsOf, type Standing } from '../../../domain/plan/effects.ts';
import type { Plan } from '../../../domain/plan/plan.ts';
import { samplePlan } from '../../server/plans/sample.ts';

const plan = samplePlan();
const STANDING: Standing = {
  issued: false,
  bridges: new Map([
    ['central' as BridgeClass, 1],
    ['district' as BridgeClass, 696],
  ]),
  seated: new Map([['C1' as ClauseId, 45]]),
  placed: true,
  reports: 12,
  session: 'waits',
};
const planWith = (changes: Partial<Plan>): Plan => ({ ...plan, ...changes });
const codes = (after: Plan, standing: Standing = STANDING): string[] =>
  effectsOf(plan, after, standing).map(({ code }) => code);

test('a plan that says the same touches nothing', () => {
  expect(codes(planWith({}))).toEqual([]);
  expect(changesOf(plan, planWith({}))).toEqual([]);
});

test('other hours move the session, or make one where there is none; one that has run stays', () => {
  const later = planWith({ endsAt: '2025-01-13T12:00:00+07:00' });
  expect(codes(later)).toEqual(['session-moves']);
  expect(codes(later, { ...STANDING, session: 'none' })).toEqual(['session-made']);
  expect(codes(later, { ...STANDING, session: 'ran' })).toEqual(['session-ran']);
  expect(codes(planWith({ venue: 'Hội trường B' }))).toEqual(['session-follows']);
});

test('a class that goes leaves its bridges behind, and a new one has none yet', () => {
  const classes = plan.bridgeClasses.filter((each) => each !== 'district');
  const effects = effectsOf(
    plan,
    planWith({ bridgeClasses: [...classes, 'village' as BridgeClass] }),
    STANDING,
  );
  expect(effects).toMatchObject([
    { code: 'class-gone', class: 'district', bridges: 696, to: 'bridges' },
    { code: 'class-new', class: 'village', to: 'bridges' },
  ]);
});

test('a clause names the people who have their seats by it, once people were placed', () => {
  const [first, ...rest] = plan.clauses;
  const clauses = [{ ...first!, text: 'Các đồng chí bí thư chi bộ' }, ...rest.slice(1)];
  const gone = { code: 'clause-gone', clause: 'C2', people: 0 };
  expect(effectsOf(plan, planWith({ clauses }), STANDING)).toMatchObject([
    { code: 'clause-changed', clause: 'C1', people: 45 },
    gone,
    { code: 'place-again' },
  ]);
  expect(codes(planWith({ clauses }), { ...STANDING, placed: false })).toEqual([]);
});

test('another deadline for the headcount is told with what was sent already', () => {
  const duties = plan.duties.map((duty) =>
    duty.deadline?.dueBefore === undefined || duty.deadline.dueBefore === null
      ? duty
      : { ...duty, deadline: { ...duty.deadline, dueBefore: '2025-01-09T00:00:00+07:00' } },
  );
  const [effect, ...others] = effectsOf(plan, planWith({ duties }), STANDING);
  expect(others).toEqual([]);
  expect(effectSentence(effect!, 'vi')).toBe(
    'Hạn báo cáo số lượng đổi từ trước 00:00 thứ Sáu, 10/01/2025 sang trước 00:00 thứ Năm, 09/01/2025. Đã có 12 báo cáo được gửi.',
  );
});

test('whoever changes an issued plan is told that units see it at once', () => {
  expect(codes(planWith({ banner: null }), { ...STANDING, issued: true })).toEqual(['already-issued']);
});

test('an entry that moved, came, went or was rewritten is told as that', () => {
  const [a, b, ...rest] = plan.agenda;
  const changed = changesOf(
    plan,
    planWith({ agenda: [b!, a!, ...rest.slice(1), { ...rest[0]!, minutes: 45 }] }),
  );
  expect(changed.map(({ path, change }) => [path, change])).toEqual([
    [`agenda.${plan.agenda.length - 1}`, 'changed'],
    ['agenda', 'moved'],
  ]);
  const documents = ['Tài liệu mới', ...plan.documents.slice(1)];
  expect(changesOf(plan, planWith({ documents })).map(({ change }) => change)).toEqual(['added', 'removed']);
  const clauses = plan.clauses.map((clause, index) =>
    index === 0 ? { ...clause, text: 'Khác hẳn' } : clause,
  );
  expect(changesOf(plan, planWith({ clauses }))).toMatchObject([{ path: 'clauses.0', change: 'changed' }]);
});
