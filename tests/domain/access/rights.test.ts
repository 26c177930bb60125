import { describe, expect, test } from 'vitest';

import { holds, isInForce } from '../../../domain/access/grants.ts';
import { hasRight, IMPLIED, reachesBelow, RIGHTS_OF } from '../../../domain/access/rights.ts';
import { sightOf } from '../../../domain/access/sight.ts';
import { BridgeId } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';
import { Role } from '../../../domain/wire/access.ts';
import { RIGHTS } from '../../../domain/wire/contract.ts';
import { grant, OTHER, OURS, treeOf } from './tree.ts';

/** TW > T1 > X1 > A1, X2; T2 > X3 beside them. */
const tree = treeOf({ TW: null, T1: 'TW', X1: 'T1', A1: 'X1', X2: 'T1', T2: 'TW', X3: 'T2' });
const ALL = ['TW', 'T1', 'X1', 'A1', 'X2', 'T2', 'X3'];
const NOW = 1_000 as Instant;

test('what goes with a right is in every role that has it', () => {
  for (const right of RIGHTS) {
    for (const role of Role.options.filter((one) => hasRight(one, right))) {
      for (const implied of IMPLIED[right]) {
        if (implied === 'belong') continue;
        const has = implied === 'below' ? reachesBelow(role) : hasRight(role, implied);
        expect(has, `${role} has ${right}, so ${implied}`).toBe(true);
      }
    }
  }
});

test('every role reads, and the quick answer is that of the table', () => {
  for (const role of Role.options) {
    expect(RIGHTS_OF[role]).toContain('read');
    for (const right of RIGHTS) expect(hasRight(role, right)).toBe(RIGHTS_OF[role].includes(right));
  }
});

test.each([
  ['organizer', '*', ALL],
  ['organizer', '**', ALL],
  ['unit-organizer', 'T1', ['T1', 'X1', 'A1', 'X2']],
  ['host', 'T1', ['T1']],
  ['control-room', 'X1', ['X1', 'A1']],
  ['auditor', '*', ALL],
  ['technician', 'T2', ['T2', 'X3']],
] as const)('%s at %s reads there and nowhere else', (role, node, where) => {
  const own = [grant(role, node)];
  const read = ALL.filter((id) =>
    holds(own, 'read', { conference: OURS, bridge: BridgeId.parse(id) }, tree, NOW),
  );
  expect(read).toEqual(where);
  const sight = sightOf(own, OURS, tree, NOW);
  expect(sight.bridges().map(({ id }) => id)).toEqual(where);
  expect(ALL.filter((id) => sight.sees(BridgeId.parse(id)))).toEqual(where);
});

test('a role in one conference is none in another, a standing one is one in every', () => {
  const node = { conference: OTHER, bridge: null };
  expect(holds([grant('organizer', '*')], 'read', node, null, NOW)).toBe(false);
  expect(holds([grant('organizer', '**')], 'read', node, null, NOW)).toBe(true);
});

test('a role over a bridge is none over the conference', () => {
  const own = [grant('unit-organizer', 'TW'), grant('auditor', 'TW')];
  for (const right of RIGHTS) {
    expect(holds(own, right, { conference: OURS, bridge: null }, tree, NOW)).toBe(false);
  }
});

test.each([
  [null, null, true],
  [1_000, null, true],
  [1_001, null, false],
  [null, 1_001, true],
  [null, 1_000, false],
  [999, 1_000, false],
] as const)('from %s until %s: at 1000 it is in force: %s', (from, until, is) => {
  const held = grant('host', 'X1', { from: from as Instant | null, until: until as Instant | null });
  expect(isInForce(held, NOW)).toBe(is);
});

describe('what somebody sees', () => {
  test('begins at their topmost bridges, and a host sees nothing below', () => {
    const sight = sightOf(
      [grant('host', 'T1'), grant('unit-organizer', 'X1'), grant('host', 'A1')],
      OURS,
      tree,
      NOW,
    );
    expect(sight.tops.map(({ bridge, below }) => [bridge.id, below])).toEqual([
      ['T1', false],
      ['X1', true],
    ]);
    expect(sight.bridges().map(({ id }) => id)).toEqual(['T1', 'X1', 'A1']);
    expect(ALL.filter((id) => sight.seesBelow(BridgeId.parse(id)))).toEqual(['X1', 'A1']);
  });

  test('a host of a bridge with nothing below it sees all that is below it', () => {
    expect(sightOf([grant('host', 'X2')], OURS, tree, NOW).seesBelow(BridgeId.parse('X2'))).toBe(true);
  });

  test('is nothing without a role in force', () => {
    const ended = grant('organizer', '*', { until: NOW });
    const sight = sightOf([ended], OURS, tree, NOW);
    expect([sight.whole, sight.tops, sight.bridges()]).toEqual([false, [], []]);
  });
});
