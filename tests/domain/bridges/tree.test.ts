import { expect, test } from 'vitest';

import { sayBuildFailure } from '../../../domain/bridges/sentences.ts';
import { bridgeTree, feedOf } from '../../../domain/bridges/tree.ts';
import { failureOf } from '../units/lists.ts';
import { bridge, bridgeId, idsOf, treeOf } from './factory.ts';

const nation = [
  bridge('commune', 'district'),
  bridge('centre', null),
  bridge('ministry', 'centre'),
  bridge('province', 'centre'),
  bridge('bloc', 'province'),
  bridge('district', 'province'),
  bridge('factory', 'bloc'),
];

test('each bridge comes after its parent, siblings in the order given', () => {
  expect(idsOf(treeOf(nation).bridges)).toEqual([
    'centre',
    'ministry',
    'province',
    'bloc',
    'factory',
    'district',
    'commune',
  ]);
});

test('a path leads up to the root, a subtree holds the bridge and all below it', () => {
  const tree = treeOf(nation);
  expect(tree.root.id).toBe('centre');
  expect(idsOf(tree.path(bridgeId('factory')))).toEqual(['factory', 'bloc', 'province', 'centre']);
  expect(idsOf(tree.subtree(bridgeId('province')))).toEqual([
    'province',
    'bloc',
    'factory',
    'district',
    'commune',
  ]);
  expect(idsOf(tree.children(bridgeId('province')))).toEqual(['bloc', 'district']);
  expect(tree.subtree(bridgeId('nowhere'))).toEqual([]);
  expect(tree.path(bridgeId('nowhere'))).toEqual([]);
  expect(tree.get(bridgeId('nowhere'))).toBeUndefined();
});

test('a picture comes from above, unless the bridge has a source of its own', () => {
  expect(feedOf(bridge('a', 'b'))).toBe('b');
  expect(feedOf(bridge('a', 'b', { feedParent: bridgeId('c') }))).toBe('c');
  expect(feedOf(bridge('a', null))).toBeNull();
});

test.each([
  ['no bridges', [], []],
  ['duplicate id', [bridge('a', null), bridge('b', 'a'), bridge('b', 'a')], ['b']],
  ['unknown parent', [bridge('a', null), bridge('b', 'x')], ['b']],
  ['unknown feed parent', [bridge('a', null), bridge('b', 'a', { feedParent: bridgeId('x') })], ['b']],
  ['several roots', [bridge('a', null), bridge('b', null), bridge('c', 'a')], ['a', 'b']],
  [
    'cycle',
    [bridge('a', null), bridge('b', 'd'), bridge('c', 'b'), bridge('d', 'c'), bridge('e', 'd')],
    ['b', 'd', 'c'],
  ],
  ['cycle', [bridge('a', 'a')], ['a']],
  [
    'feed cycle',
    [
      bridge('a', null),
      bridge('b', 'a', { feedParent: bridgeId('c') }),
      bridge('c', 'a', { feedParent: bridgeId('d') }),
      bridge('d', 'b'),
    ],
    ['b', 'c', 'd'],
  ],
  ['feed cycle', [bridge('a', null, { feedParent: bridgeId('b') }), bridge('b', 'a')], ['a', 'b']],
] as const)('%s: the bridges at fault are named', (reason, bridges, culprits) => {
  const failure = failureOf(bridgeTree(bridges));
  const named = 'bridges' in failure ? failure.bridges : 'bridge' in failure ? [failure.bridge] : [];
  expect([failure.reason, idsOf(named)]).toEqual([reason, culprits]);
  const vi = sayBuildFailure(failure, 'vi');
  expect(vi).toMatch(/\.$/);
  expect(sayBuildFailure(failure, 'en')).not.toBe(vi);
  for (const culprit of named) expect(vi).toContain(culprit.name);
});

test('40,000 bridges make a tree in well under a second, flat or in one long chain', () => {
  const count = 40_000;
  const flat = Array.from({ length: count }, (_, at) =>
    bridge(`n${at}`, at === 0 ? null : `n${Math.floor((at - 1) / 60)}`),
  );
  const chain = Array.from({ length: count }, (_, at) => bridge(`n${at}`, at === 0 ? null : `n${at - 1}`));
  const started = performance.now();
  const tree = treeOf(flat);
  const deep = treeOf(chain.toReversed());
  expect(tree.bridges).toHaveLength(count);
  expect(tree.subtree(bridgeId('n0'))).toHaveLength(count);
  expect(deep.path(bridgeId(`n${count - 1}`))).toHaveLength(count);
  // Measured at about 100 ms on one core; quadratic work would take minutes.
  expect(performance.now() - started).toBeLessThan(5000);
});
