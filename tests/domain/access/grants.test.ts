import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { holds, mayGrant, mayTake } from '../../../domain/access/grants.ts';
import { LEVELS_OF, RIGHTS_OF } from '../../../domain/access/rights.ts';
import type { Instant } from '../../../domain/time.ts';
import { Role, type Grant } from '../../../domain/wire/access.ts';
import { RIGHTS } from '../../../domain/wire/contract.ts';
import { grant, OURS, treeOf } from './tree.ts';

const tree = treeOf({ TW: null, T1: 'TW', X1: 'T1', A1: 'X1', X2: 'T1', T2: 'TW', X3: 'T2' });
const NOW = 1_000 as Instant;

function answer(own: readonly Grant[], given: Grant): string {
  const may = mayGrant(own, given, tree, NOW);
  return may.ok ? 'given' : may.reason;
}

test.each([
  // Who gives, which role, over what, and what comes of it.
  ['organizer **', 'organizer *', 'given'],
  ['organizer **', 'auditor **', 'given'],
  ['organizer **', 'organizer **', 'own-level'],
  ['organizer *', 'unit-organizer TW', 'given'],
  ['organizer *', 'auditor *', 'given'],
  ['organizer *', 'host A1', 'given'],
  ['organizer *', 'organizer *', 'own-level'],
  ['organizer *', 'organizer **', 'not-yours'],
  ['unit-organizer T1', 'unit-organizer X1', 'given'],
  ['unit-organizer T1', 'unit-organizer A1', 'given'],
  ['unit-organizer T1', 'unit-organizer T1', 'own-level'],
  ['unit-organizer T1', 'unit-organizer T2', 'not-yours'],
  ['unit-organizer T1', 'unit-organizer TW', 'not-yours'],
  ['unit-organizer T1', 'host T1', 'given'],
  ['unit-organizer T1', 'host X2', 'given'],
  ['unit-organizer T1', 'host X3', 'not-yours'],
  ['unit-organizer T1', 'control-room T1', 'given'],
  ['unit-organizer T1', 'technician X1', 'given'],
  ['unit-organizer T1', 'auditor X1', 'more-than-held'],
  ['unit-organizer T1', 'organizer *', 'not-yours'],
  ['unit-organizer T1', 'control-room *', 'not-yours'],
  ['host X1', 'host X1', 'not-yours'],
  ['host T1', 'host X1', 'not-yours'],
  ['control-room *', 'control-room X1', 'not-yours'],
  ['auditor *', 'auditor X1', 'not-yours'],
  ['technician T1', 'technician X1', 'not-yours'],
  ['organizer *', 'host *', 'wrong-node'],
  ['organizer *', 'organizer X1', 'wrong-node'],
  ['organizer *', 'unit-organizer *', 'wrong-node'],
])('%s gives %s: %s', (giver, given, outcome) => {
  const [role, node] = giver.split(' ') as [Role, string];
  const [to, at] = given.split(' ') as [Role, string];
  expect(answer([grant(role, node)], grant(to, at))).toBe(outcome);
});

const endingAt = (end: number): { until: Instant } => ({ until: end as Instant });

describe('time', () => {
  test('nobody gives for longer than they have', () => {
    const own = [grant('unit-organizer', 'T1', endingAt(5_000))];
    expect(answer(own, grant('host', 'X1'))).toBe('longer-than-held');
    expect(answer(own, grant('host', 'X1', endingAt(5_001)))).toBe('longer-than-held');
    expect(answer(own, grant('host', 'X1', endingAt(5_000)))).toBe('given');
  });

  test('a role that is not yet or no more in force gives nothing', () => {
    expect(answer([grant('organizer', '*', endingAt(1_000))], grant('host', 'X1'))).toBe('not-yours');
    expect(answer([grant('organizer', '*', { from: 1_001 as Instant })], grant('host', 'X1'))).toBe(
      'not-yours',
    );
  });

  test('a time that is over, or ends before it begins, is none', () => {
    const own = [grant('organizer', '*')];
    expect(answer(own, grant('host', 'X1', endingAt(1_000)))).toBe('no-time');
    expect(answer(own, grant('host', 'X1', { from: 3_000 as Instant, until: 2_000 as Instant }))).toBe(
      'no-time',
    );
  });
});

test('a role is taken away by whoever could give it, however long it lasts', () => {
  const short = [grant('unit-organizer', 'T1', { until: 2_000 as Instant })];
  expect(mayTake(short, grant('host', 'X1'), tree, NOW)).toBe(true);
  expect(mayTake(short, grant('unit-organizer', 'T1'), tree, NOW)).toBe(false);
  expect(mayTake(short, grant('auditor', 'X1'), tree, NOW)).toBe(false);
  expect(mayTake(short, grant('host', 'X3'), tree, NOW)).toBe(false);
});

/** Random trees of up to twelve bridges, people with some roles to begin with, and tries to give. */
const nodes = fc.integer({ min: 1, max: 12 });
const scenes = nodes.chain((count) => {
  const time = fc.option(fc.integer({ min: 900, max: 1_200 }), { nil: null });
  const bridge = fc.nat(count - 1).map((at) => `N${at}`);
  /** Mostly what can be given at all, now and then what cannot. */
  const role = fc.oneof(
    fc.record({ role: fc.constantFrom('unit-organizer', 'host', 'technician'), place: bridge, until: time }),
    fc.record({
      role: fc.constantFrom(...Role.options),
      place: fc.oneof(fc.constant('*'), fc.constant('**'), bridge),
      until: time,
    }),
  ) as fc.Arbitrary<{ role: Role; place: string; until: number | null }>;
  return fc.record({
    parents: fc.tuple(...Array.from({ length: count }, (_, at) => fc.nat(Math.max(0, at - 1)))),
    first: fc.array(fc.tuple(fc.nat(3), role), { minLength: 1, maxLength: 4 }),
    organizer: fc.constantFrom('*', '**'),
    tries: fc.array(fc.tuple(fc.nat(3), fc.nat(3), role), { maxLength: 40 }),
  });
});

function sceneTree(parents: readonly number[]) {
  return treeOf(Object.fromEntries(parents.map((parent, at) => [`N${at}`, at === 0 ? null : `N${parent}`])));
}

function isFormal({ role, conference, bridge }: Grant): boolean {
  const level = conference === null ? 'standing' : bridge === null ? 'conference' : 'bridge';
  return LEVELS_OF[role].includes(level);
}

type Scene = typeof scenes extends fc.Arbitrary<infer One> ? One : never;

function made({ role, place, until }: Scene['first'][number][1]): Grant {
  return grant(role, place, { until: until as Instant | null });
}

/** Plays a scene; `each` is called for everything that was given, with what everybody had before. */
function play(
  { parents, first, organizer, tries }: Scene,
  each: (
    giver: readonly Grant[],
    taker: readonly Grant[],
    given: Grant,
    all: ReturnType<typeof sceneTree>,
  ) => void,
): void {
  const all = sceneTree(parents);
  const held: Grant[][] = [[grant('organizer', organizer)], [], [], []];
  for (const [who, what] of first) if (isFormal(made(what))) held[who]?.push(made(what));
  for (const [from, to, what] of tries) {
    const given = made(what);
    if (!mayGrant(held[from] ?? [], given, all, NOW).ok) continue;
    each(held[from] ?? [], held[to] ?? [], given, all);
    held[to]?.push(given);
  }
}

describe('by however long a chain of grants', () => {
  test('nobody gets a right, at any node and any later time, that the giver has not got', () => {
    let gave = 0;
    fc.assert(
      fc.property(scenes, (scene) => {
        const tooMuch: object[] = [];
        play(scene, (giver, _, given, all) => {
          gave += 1;
          for (const moment of [NOW, 1_050, 1_150, 5_000] as Instant[]) {
            for (const bridge of [null, ...all.bridges.map(({ id }) => id)]) {
              for (const right of RIGHTS) {
                const node = { conference: OURS, bridge };
                const isMore =
                  holds([given], right, node, all, moment) && !holds(giver, right, node, all, moment);
                if (isMore) tooMuch.push({ right, bridge, moment });
              }
            }
          }
        });
        expect(tooMuch).toEqual([]);
      }),
      { numRuns: 300 },
    );
    expect(gave).toBeGreaterThan(100);
  });

  test('a role of a kind is only ever given from strictly above, so that its level cannot multiply itself', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        play(scene, (giver, _, given, all) => {
          const above = giver.filter(
            (own) =>
              own.conference !== given.conference || own.bridge !== given.bridge || own.role !== given.role,
          );
          expect(mayGrant(above, given, all, NOW).ok).toBe(true);
        });
      }),
      { numRuns: 200 },
    );
  });

  test('nobody below the organizers ever gets `audit`', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        play(scene, (giver, _, given) => {
          const isAbove = giver.some(({ role }) => role === 'organizer');
          expect(isAbove || !RIGHTS_OF[given.role].includes('audit')).toBe(true);
        });
      }),
      { numRuns: 200 },
    );
  });
});
