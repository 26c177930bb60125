import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Bridge } from '../../../domain/bridges/bridge.ts';
import {
  addBridge,
  applyEdit,
  chairedBy,
  describeBridge,
  moveBridge,
  removeBridges,
  setChair,
  setFeedParent,
  setReady,
} from '../../../domain/bridges/edit.ts';
import { sayBridgeEditFailure } from '../../../domain/bridges/sentences.ts';
import { bridgeTree } from '../../../domain/bridges/tree.ts';
import { failureOf, valueOf } from '../units/lists.ts';
import { bridge, bridgeClass, bridgeId, counter, idsOf, personId, treeOf } from './factory.ts';

const small = treeOf([
  bridge('centre', null),
  bridge('p1', 'centre'),
  bridge('p2', 'centre'),
  bridge('d1', 'p1'),
  bridge('c1', 'd1'),
]);

describe('moving', () => {
  test('a bridge moves with all below it', () => {
    const changed = valueOf(moveBridge(small, bridgeId('d1'), bridgeId('p2')));
    expect(changed).toEqual([bridge('d1', 'p2')]);
    const after = treeOf(applyEdit(small.bridges, changed));
    expect(idsOf(after.path(bridgeId('c1')))).toEqual(['c1', 'd1', 'p2', 'centre']);
  });

  test('a bridge never moves below itself, and the way round is named', () => {
    const failure = failureOf(moveBridge(small, bridgeId('p1'), bridgeId('c1')));
    expect(failure).toMatchObject({ reason: 'would circle' });
    expect('path' in failure ? idsOf(failure.path) : []).toEqual(['c1', 'd1', 'p1']);
    expect(sayBridgeEditFailure(failure, 'vi')).toContain('Điểm cầu c1 → Điểm cầu d1 → Điểm cầu p1');
    expect(failureOf(moveBridge(small, bridgeId('p1'), bridgeId('p1'))).reason).toBe('would circle');
  });

  test('the root stays at the top', () => {
    expect(failureOf(moveBridge(small, bridgeId('centre'), bridgeId('p1'))).reason).toBe('the root stays');
  });

  test('a source of its own that becomes the parent is none any more', () => {
    const fed = treeOf(applyEdit(small.bridges, [bridge('d1', 'p1', { feedParent: bridgeId('p2') })]));
    expect(valueOf(moveBridge(fed, bridgeId('d1'), bridgeId('p2')))).toEqual([bridge('d1', 'p2')]);
  });

  test('any sequence of moves and changes of source leaves a tree', () => {
    const count = 12;
    const start = Array.from({ length: count }, (_, at) =>
      bridge(`n${at}`, at === 0 ? null : `n${Math.floor((at - 1) / 2)}`),
    );
    const node = fc.integer({ min: 0, max: count - 1 }).map((at) => bridgeId(`n${at}`));
    const step = fc.record({
      kind: fc.constantFrom('move', 'feed', 'unfeed'),
      id: node,
      to: node,
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let bridges: readonly Bridge[] = start;
        for (const { kind, id, to } of steps) {
          const tree = treeOf(bridges);
          const edit =
            kind === 'move' ? moveBridge(tree, id, to) : setFeedParent(tree, id, kind === 'feed' ? to : null);
          if (edit.ok) bridges = applyEdit(bridges, edit.value);
          expect(bridgeTree(bridges).ok).toBe(true);
        }
        expect(treeOf(bridges).bridges).toHaveLength(count);
      }),
      { numRuns: 300 },
    );
  });

  test('exactly the moves that would make a circle are refused', () => {
    const ids = idsOf(small.bridges);
    for (const id of ids) {
      for (const to of ids) {
        const moved = moveBridge(small, bridgeId(id), bridgeId(to));
        const raw = applyEdit(small.bridges, [bridge(id, to)]);
        expect(moved.ok, `${id} under ${to}`).toBe(bridgeTree(raw).ok);
      }
    }
  });
});

describe('the source of the picture', () => {
  test('it may be another bridge than the parent, and back', () => {
    const changed = valueOf(setFeedParent(small, bridgeId('c1'), bridgeId('p2')));
    expect(changed[0]?.feedParent).toBe('p2');
    const after = treeOf(applyEdit(small.bridges, changed));
    expect(valueOf(setFeedParent(after, bridgeId('c1'), null))[0]?.feedParent).toBeNull();
    expect(valueOf(setFeedParent(after, bridgeId('c1'), bridgeId('d1')))[0]?.feedParent).toBeNull();
  });

  test('a picture never goes round', () => {
    const failure = failureOf(setFeedParent(small, bridgeId('p1'), bridgeId('c1')));
    expect(failure).toMatchObject({ reason: 'feed would circle' });
    expect('path' in failure ? idsOf(failure.path) : []).toEqual(['c1', 'd1', 'p1']);
    expect(failureOf(setFeedParent(small, bridgeId('centre'), bridgeId('p1'))).reason).toBe('the root stays');
  });

  test('a bridge that is taken out leaves nobody without a picture, or stays', () => {
    const fed = treeOf(applyEdit(small.bridges, [bridge('c1', 'd1', { feedParent: bridgeId('p2') })]));
    expect(valueOf(removeBridges(fed, new Set([bridgeId('p2')])))).toEqual([bridge('c1', 'd1')]);
    // d1 takes its picture from c1, so c1 cannot fall back on d1.
    const tangled = treeOf(
      applyEdit(small.bridges, [
        bridge('c1', 'd1', { feedParent: bridgeId('p2') }),
        bridge('d1', 'p1', { feedParent: bridgeId('c1') }),
      ]),
    );
    expect(failureOf(removeBridges(tangled, new Set([bridgeId('p2')]))).reason).toBe('feed would circle');
  });
});

describe('chairs', () => {
  const chaired = treeOf(applyEdit(small.bridges, [bridge('p1', 'centre', { chair: personId('an') })]));

  test('one person chairs one bridge: the other bridge is named', () => {
    const failure = failureOf(setChair(chaired, bridgeId('p2'), personId('an')));
    expect(failure).toMatchObject({ reason: 'chairs another bridge', other: { id: 'p1' } });
    expect(sayBridgeEditFailure(failure, 'vi')).toBe(
      'Người này đã chủ trì Điểm cầu p1. Mỗi người chỉ chủ trì một điểm cầu.',
    );
  });

  test('a chair is set again, changed and taken off', () => {
    expect(valueOf(setChair(chaired, bridgeId('p1'), personId('an')))[0]?.chair).toBe('an');
    expect(valueOf(setChair(chaired, bridgeId('p1'), personId('binh')))[0]?.chair).toBe('binh');
    expect(valueOf(setChair(chaired, bridgeId('p1'), null))[0]?.chair).toBeNull();
    expect(chairedBy(chaired.bridges, personId('an'))?.id).toBe('p1');
    expect(chairedBy(chaired.bridges, personId('an'), bridgeId('p1'))).toBeUndefined();
  });
});

test('readiness items are set, not toggled, and keep the order of the checklist', () => {
  const once = valueOf(setReady(small, bridgeId('p1'), 'line', true));
  const tree = treeOf(applyEdit(small.bridges, once));
  expect(valueOf(setReady(tree, bridgeId('p1'), 'line', true))[0]?.ready).toEqual(['line']);
  expect(valueOf(setReady(tree, bridgeId('p1'), 'room', true))[0]?.ready).toEqual(['room', 'line']);
  expect(valueOf(setReady(tree, bridgeId('p1'), 'line', false))[0]?.ready).toEqual([]);
});

test('details are tidied, and what is not said stays', () => {
  const [described] = valueOf(
    describeBridge(small, bridgeId('p1'), { name: '  Điểm  cầu Tỉnh ủy ', address: ' ', capacity: 300 }),
  );
  expect(described).toMatchObject({
    name: 'Điểm cầu Tỉnh ủy',
    address: null,
    capacity: 300,
    organisation: null,
  });
  const tree = treeOf(applyEdit(small.bridges, described === undefined ? [] : [described]));
  expect(valueOf(describeBridge(tree, bridgeId('p1'), { capacity: null }))[0]).toMatchObject({
    name: 'Điểm cầu Tỉnh ủy',
    capacity: null,
  });
});

test.each([
  [{ name: ' ' }, { reason: 'no name' }],
  [{ name: 'a'.repeat(301) }, { reason: 'too long', field: 'name', most: 300 }],
  [{ address: 'a'.repeat(10_000_000) }, { reason: 'too long', field: 'address', most: 500 }],
  [{ capacity: -1 }, { reason: 'not a capacity' }],
  [{ capacity: 1.5 }, { reason: 'not a capacity' }],
  [{ capacity: 10_000_000 }, { reason: 'not a capacity' }],
])('details %# are refused with the field', (details, expected) => {
  const failure = failureOf(describeBridge(small, bridgeId('p1'), details));
  expect(failure).toMatchObject(expected);
  expect(sayBridgeEditFailure(failure, 'vi')).toMatch(/\.$/);
});

test('a bridge is added below another, and only a leaf is taken out', () => {
  const added = valueOf(
    addBridge(
      small,
      {
        class: bridgeClass('enterprise'),
        name: 'Công ty Mẫu',
        unit: null,
        organisation: 'Công ty Mẫu',
        parent: bridgeId('p2'),
      },
      counter(),
    ),
  );
  expect(added).toMatchObject([{ id: 'b1', parent: 'p2', feedParent: null, capacity: null, ready: [] }]);
  expect(failureOf(removeBridges(small, new Set([bridgeId('p1')])))).toMatchObject({
    reason: 'has bridges below',
    count: 2,
  });
  expect(valueOf(removeBridges(small, new Set(['p1', 'd1', 'c1'].map(bridgeId))))).toEqual([]);
  expect(failureOf(removeBridges(small, new Set([bridgeId('centre')]))).reason).toBe('the root stays');
  expect(valueOf(removeBridges(small, new Set([bridgeId('c1')])))).toEqual([]);
});

test('every edit of a bridge that is not there says so', () => {
  const nowhere = bridgeId('nowhere');
  const failures = [
    moveBridge(small, nowhere, bridgeId('p1')),
    moveBridge(small, bridgeId('p1'), nowhere),
    setFeedParent(small, nowhere, null),
    setFeedParent(small, bridgeId('p1'), nowhere),
    setChair(small, nowhere, null),
    setReady(small, nowhere, 'room', true),
    describeBridge(small, nowhere, {}),
    removeBridges(small, new Set([nowhere])),
  ].map((edit) => failureOf(edit));
  expect(new Set(failures.map((failure) => failure.reason))).toEqual(new Set(['unknown bridge']));
});
