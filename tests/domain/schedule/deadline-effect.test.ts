import { expect, test } from 'vitest';

import { bridgeTree } from '../../../domain/bridges/tree.ts';
import {
  deadlineEffects,
  describeDeadlineEffect,
  warningOn,
} from '../../../domain/schedule/deadline-effect.ts';
import { BridgeClass } from '../../../domain/bridges/bridge.ts';
import { CivilDate, startOfDay } from '../../../domain/time.ts';
import { bridge, bridgeId } from './factories.ts';

const day = (text: string) => startOfDay(CivilDate.parse(text));

function tree() {
  const [top, one, other] = [bridge('top'), bridge('x'), bridge('y')].map((each, at) => ({
    ...each,
    class: BridgeClass.parse(at === 0 ? 'central' : 'province'),
    parent: at === 0 ? null : bridgeId('top'),
  }));
  const made = bridgeTree([top!, one!, other!]);
  if (!made.ok) throw new Error('no tree');
  return made.value;
}

test('an earlier deadline says whom it binds and who is overdue at once', () => {
  const before = {
    tree: tree(),
    plan: [{ classes: [BridgeClass.parse('province')], dueBefore: day('2025-01-10') }],
    inner: new Map(),
    reports: [],
  };
  const due = day('2025-01-07');
  const after = { ...before, plan: [{ classes: [BridgeClass.parse('province')], dueBefore: due }] };
  const effects = deadlineEffects(before, after, due, day('2025-01-08'));
  expect(effects).toEqual([
    { kind: 'bound', bridges: 2 },
    { kind: 'now-overdue', reports: 2 },
  ]);
  expect(effects.map((effect) => describeDeadlineEffect(effect, 'vi'))).toEqual([
    'Hạn mới áp dụng cho 2 điểm cầu.',
    '2 điểm cầu chưa báo cáo sẽ quá hạn ngay.',
  ]);
  expect(deadlineEffects(before, before, day('2025-01-10'), day('2025-01-08'))).toEqual([
    { kind: 'nobody-bound' },
  ]);
});

test('a deadline whose last day is a Sunday says the last working day', () => {
  const warning = warningOn(day('2025-03-10'));
  expect(warning && describeDeadlineEffect(warning, 'vi')).toContain('07/03/2025');
  expect(warningOn(day('2025-01-10'))).toBeNull();
});
