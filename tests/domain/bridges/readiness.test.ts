import { expect, test } from 'vitest';

import { READINESS_ITEMS } from '../../../domain/bridges/bridge.ts';
import { lacksOf, sumBelow } from '../../../domain/bridges/readiness.ts';
import { sayLack } from '../../../domain/bridges/sentences.ts';
import type { LineStanding } from '../../../domain/media/line-standing.ts';

const bare = {
  hasChair: false,
  capacity: null,
  hasContact: false,
  ready: [],
  hosts: 0,
  line: 'untested',
} as const;
const ready = {
  hasChair: true,
  capacity: 80,
  hasContact: true,
  ready: [...READINESS_ITEMS],
  hosts: 0,
  line: 'untested',
} as const;

test('a bare bridge lacks a chair, seats, somebody to call, a host and every item of the checklist', () => {
  expect(lacksOf(bare).map((lack) => sayLack(lack, 'vi'))).toEqual([
    'Chưa phân công người chủ trì.',
    'Chưa biết phòng có bao nhiêu chỗ.',
    'Chưa có người liên hệ.',
    'Chưa xác nhận phòng họp.',
    'Chưa xác nhận thiết bị.',
    'Chưa xác nhận đường truyền.',
    'Đường truyền chưa kiểm tra đạt.',
    'Chưa xác nhận tài liệu hội nghị.',
    'Chưa có người trực điểm cầu.',
  ]);
  expect(new Set(lacksOf(bare).map((lack) => sayLack(lack, 'en'))).size).toBe(9);
});

test('a bridge with everything lacks nothing; a room of no seats is a room whose seats are known', () => {
  expect(lacksOf(ready)).toEqual([]);
  expect(lacksOf({ ...ready, capacity: 0 })).toEqual([]);
});

test('an account that works at the bridge is its host', () => {
  const withoutTick = { ...ready, ready: READINESS_ITEMS.filter((item) => item !== 'host') };
  expect(lacksOf(withoutTick)).toEqual(['host']);
  expect(lacksOf({ ...withoutTick, hosts: 1 })).toEqual([]);
});

test.each<[LineStanding, boolean, boolean]>([
  ['fit', false, true],
  ['fit with remarks', false, true],
  ['untested', true, true],
  ['untested', false, false],
  ['old', false, false],
  ['old', true, true],
  ['unfit', true, false],
])('a line that is %s, ticked by hand (%s): ready is %s', (line, isTicked, isReady) => {
  const items = READINESS_ITEMS.filter((item) => isTicked || item !== 'line-test');
  expect(lacksOf({ ...ready, ready: items, line })).toEqual(isReady ? [] : ['line-test']);
});

test('without a chair, or anybody to call, a bridge is not ready', () => {
  expect(lacksOf({ ...ready, hasChair: false })).toEqual(['chair']);
  expect(lacksOf({ ...ready, hasContact: false })).toEqual(['contact']);
});

test('a figure is summed up at every bridge over all below it', () => {
  // The centre, a province with two communes, another province.
  expect([...sumBelow([-1, 0, 1, 1, 0], [1, 0, 1, 1, 0])]).toEqual([3, 2, 1, 1, 0]);
});
