import fc from 'fast-check';
import { expect, test } from 'vitest';

import { kindOf, tracesOf, undoChange } from '../../../domain/bridges/change.ts';
import { applyEdit, describeMany, moveBridge, removeBridges } from '../../../domain/bridges/edit.ts';
import { moveEffect } from '../../../domain/bridges/move.ts';
import { sayChange, sayMove } from '../../../domain/bridges/sentences.ts';
import { failureOf, valueOf } from '../units/lists.ts';
import { bridge, bridgeId, idsOf, personId, treeOf } from './factory.ts';

const small = treeOf([
  bridge('centre', null),
  bridge('p1', 'centre'),
  bridge('c1', 'p1', { chair: personId('an'), capacity: 10 }),
  bridge('c2', 'p1'),
  bridge('p2', 'centre'),
]);
const ids = small.bridges.map(({ id }) => id);

test('any change of many bridges is taken back whole while nobody else touches them', () => {
  const change = fc.record({
    which: fc.subarray(ids, { minLength: 1 }),
    capacity: fc.option(fc.nat(500)),
    address: fc.option(fc.constantFrom('Xóm 1', 'Nhà văn hóa')),
  });
  fc.assert(
    fc.property(change, ({ which, ...details }) => {
      const after = applyEdit(small.bridges, valueOf(describeMany(small, which, details)));
      const traces = tracesOf(small.bridges, after);
      fc.pre(traces.length > 0);
      const undone = valueOf(undoChange(after, traces));
      expect(undone.tree.bridges).toEqual(small.bridges);
      expect(undone).toMatchObject({ restored: traces.length, left: 0 });
    }),
  );
});

test('bridges that were taken out come back to their places, with what hung on them', () => {
  const gone = new Set(['p1', 'c1', 'c2'].map(bridgeId));
  expect(valueOf(removeBridges(small, gone))).toEqual([]);
  const after = small.bridges.filter(({ id }) => !gone.has(id));
  const traces = tracesOf(small.bridges, after);
  expect(kindOf(traces)).toBe('removed');
  expect(valueOf(undoChange(after, traces)).tree.bridges).toEqual(small.bridges);
});

test('a chair who sits elsewhere by now does not come back with the bridge', () => {
  const after = small.bridges.filter(({ id }) => id !== 'c1');
  const traces = tracesOf(small.bridges, after);
  const since = applyEdit(after, [bridge('c2', 'p1', { chair: personId('an') })]);
  expect(valueOf(undoChange(since, traces)).tree.get(bridgeId('c1'))).toMatchObject({
    chair: null,
    capacity: 10,
  });
});

test('what would be no tree any more is not taken back', () => {
  const moved = applyEdit(small.bridges, valueOf(moveBridge(small, bridgeId('c2'), bridgeId('p2'))));
  const traces = tracesOf(small.bridges, moved);
  expect(kindOf(traces)).toBe('moved');
  // Its place before is gone since.
  const since = moved.filter(({ id }) => id !== 'p1' && id !== 'c1');
  expect(failureOf(undoChange(since, traces)).reason).toBe('unknown parent');
  const again = applyEdit(moved, [{ ...bridge('c2', 'centre') }]);
  expect(failureOf(undoChange(again, traces)).reason).toBe('changed since');
});

test('a move tells who adds up fewer and who more, and says so', () => {
  const effect = valueOf(moveEffect(small, bridgeId('p1'), bridgeId('p2')));
  expect(idsOf(effect.moving)).toEqual(['p1', 'c1', 'c2']);
  expect(effect.loses).toEqual([]);
  expect(effect.gains.map(({ bridge: one, before, after }) => [one.id, before, after])).toEqual([
    ['p2', 0, 3],
  ]);
  expect(sayMove(effect, { people: 1200, losing: 0, gaining: 2 }, 'vi')).toEqual([
    '3 điểm cầu chuyển theo, với 1.200 đại biểu.',
    'Báo cáo số lượng của Điểm cầu p1 từ nay gửi lên Điểm cầu p2, không gửi Điểm cầu centre.',
    'Điểm cầu p2: từ 0 thành 3 điểm cầu bên dưới.',
    '2 tài khoản ở cấp trên mới xem và sửa được từ nay.',
  ]);
  expect(failureOf(moveEffect(small, bridgeId('p1'), bridgeId('c2'))).reason).toBe('would circle');
});

test('the list of changes tells what, where and how many', () => {
  const told = { kind: 'described', first: 'Xã A', fields: ['capacity', 'contacts'] } as const;
  expect(sayChange({ ...told, count: 15_345 }, 'vi')).toBe(
    'Sửa số chỗ, người liên hệ của Xã A và 15.344 điểm cầu khác',
  );
  expect(sayChange({ ...told, count: 1 }, 'en')).toBe('Changed the seats, whom to call of Xã A');
});
