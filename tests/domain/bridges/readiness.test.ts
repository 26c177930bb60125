import { expect, test } from 'vitest';

import { READINESS_ITEMS } from '../../../domain/bridges/bridge.ts';
import { missingAt, readinessBelow } from '../../../domain/bridges/readiness.ts';
import { sayMissing } from '../../../domain/bridges/sentences.ts';
import { bridge, bridgeId, personId, treeOf } from './factory.ts';

const ready = { chair: personId('an'), capacity: 80, ready: [...READINESS_ITEMS] };

test('a bare bridge lacks a chair, seats, a host and every item of the checklist', () => {
  expect(missingAt(bridge('a', null), 0).map((missing) => sayMissing(missing, 'vi'))).toEqual([
    'Chưa phân công người chủ trì.',
    'Chưa biết phòng có bao nhiêu chỗ.',
    'Chưa xác nhận phòng họp.',
    'Chưa xác nhận thiết bị.',
    'Chưa xác nhận đường truyền.',
    'Chưa xác nhận kiểm tra đường truyền.',
    'Chưa xác nhận tài liệu hội nghị.',
    'Chưa có người trực điểm cầu.',
  ]);
  expect(missingAt(bridge('a', null), 0).map((missing) => sayMissing(missing, 'en'))).toHaveLength(8);
});

test('a bridge with everything lacks nothing; a room of no seats is a room whose seats are known', () => {
  expect(missingAt(bridge('a', null, ready), 0)).toEqual([]);
  expect(missingAt(bridge('a', null, { ...ready, capacity: 0 }), 0)).toEqual([]);
});

test('an account that works at the bridge is its host', () => {
  const withoutTick = bridge('a', null, {
    ...ready,
    ready: READINESS_ITEMS.filter((item) => item !== 'host'),
  });
  expect(missingAt(withoutTick, 0)).toEqual([{ kind: 'hosts' }]);
  expect(missingAt(withoutTick, 1)).toEqual([]);
});

test('without a chair a bridge is not ready', () => {
  expect(missingAt(bridge('a', null, { ...ready, chair: null }), 1)).toEqual([{ kind: 'chair' }]);
});

test('readiness is counted at every bridge for all below it', () => {
  const tree = treeOf([
    bridge('centre', null, ready),
    bridge('p1', 'centre'),
    bridge('c1', 'p1', ready),
    bridge('c2', 'p1', ready),
  ]);
  const counts = readinessBelow(tree, () => 0);
  expect(counts.get(bridgeId('centre'))).toEqual({ ready: 3, total: 4 });
  expect(counts.get(bridgeId('p1'))).toEqual({ ready: 2, total: 3 });
  expect(counts.get(bridgeId('c1'))).toEqual({ ready: 1, total: 1 });
});
