import { expect, test } from 'vitest';

import {
  above,
  commonTop,
  filterPlaces,
  forestOf,
  unfoldedPlaces,
  withChange,
  type BridgeFilter,
} from '../../../domain/bridges/forest.ts';
import type { BridgeTable } from '../../../domain/wire/bridges.ts';
import { bridgeClass, bridgeId } from './factory.ts';

const ids = ['centre', 'p1', 'c1', 'c2', 'p2', 'c3'];
/** Centre; province p1 with communes c1, c2; province p2 with commune c3, which alone lacks nothing. */
const table: BridgeTable = {
  ids: ids.map(bridgeId),
  names: ['Trung ương', 'Tỉnh Mây Ngàn', 'Xã Lũng Ữ', 'Xã Lũng U', 'Tỉnh Hòa Bình', 'Xã Hoà An'],
  classes: ['central', 'province', 'commune'].map(bridgeClass),
  classOf: [0, 1, 2, 2, 1, 2],
  units: [null, '97', '97001', '97002', '17', '17001'] as BridgeTable['units'],
  parents: [-1, 0, 1, 1, 0, 4],
  capacities: [null, null, 10, null, null, 0],
  chairs: [null, null, null, null, null, 'Bí thư Đảng ủy xã'],
  ready: [0, 0, 3, 0, 0, 63],
  hosts: [0, 0, 1, 0, 0, 0],
  reachable: [0, 0, 0, 0, 0, 1],
  lines: [1, 1, 1, 1, 1, 4],
  expected: [0, 0, 8, 0, 0, 5],
};
const forest = forestOf(table);
const all: BridgeFilter = { query: '', class: null, lack: null, top: null };
const found = (filter: Partial<BridgeFilter>) =>
  filterPlaces(forest, { ...all, ...filter }).map((place) => ids[place]);

test('every bridge knows its level, its siblings and where what is below it ends', () => {
  expect(forest.nodes.map(({ level }) => level)).toEqual([0, 1, 2, 2, 1, 2]);
  expect(forest.nodes.map(({ end }) => end)).toEqual([6, 4, 3, 4, 6, 6]);
  expect(forest.nodes.map(({ position, siblings }) => `${position}/${siblings}`)).toEqual([
    '1/1',
    '1/2',
    '1/2',
    '2/2',
    '2/2',
    '1/1',
  ]);
});

test('what is below a folded bridge is out of sight, however much of it is unfolded', () => {
  const open = new Set(['centre', 'p2', 'c1']);
  expect(unfoldedPlaces(forest, (id) => open.has(id)).map((place) => ids[place])).toEqual([
    'centre',
    'p1',
    'p2',
    'c3',
  ]);
});

test('names are found without marks, and with marks those that have them come first', () => {
  expect(found({ query: 'lung u' })).toEqual(['c1', 'c2']);
  expect(found({ query: 'lũng u' })).toEqual(['c2', 'c1']);
  expect(found({ query: 'Hòa' })).toEqual(['p2', 'c3']);
  expect(found({ query: 'ung' })).toEqual([]);
  expect(found({ query: '97002' })).toEqual(['c2']);
});

test('a filter narrows by class, by what is lacking and by what is below a bridge', () => {
  expect(found({ class: 'commune' })).toEqual(['c1', 'c2', 'c3']);
  expect(found({ top: bridgeId('p1') })).toEqual(['p1', 'c1', 'c2']);
  expect(found({ lack: 'capacity', top: bridgeId('p1') })).toEqual(['p1', 'c2']);
});

test('those that are not ready come with the worst first, then in tree order', () => {
  expect(found({ lack: 'any' })).toEqual(['centre', 'p1', 'c2', 'p2', 'c1']);
});

test('a change shows at once, also in what is summed up above it', () => {
  expect([...forest.readyBelow]).toEqual([1, 0, 0, 0, 1, 1]);
  const changed = withChange(forest, bridgeId('c3'), { capacity: null });
  expect(changed.nodes[5]?.lacks).toEqual(['capacity']);
  expect([...changed.readyBelow]).toEqual([0, 0, 0, 0, 0, 0]);
  expect(forest.nodes[5]?.lacks).toEqual([]);
});

test('the bridges above one, and the lowest above many', () => {
  const [, , c1] = forest.nodes;
  if (c1 === undefined) throw new Error('no node');
  expect(above(forest, c1).map(({ id }) => id)).toEqual(['p1', 'centre']);
  expect(commonTop(forest, [2, 3])?.id).toBe('p1');
  expect(commonTop(forest, [3, 5])?.id).toBe('centre');
  expect(commonTop(forest, [4])?.id).toBe('p2');
});
