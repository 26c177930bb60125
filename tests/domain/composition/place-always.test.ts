import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Placement, PlacementOutcome } from '../../../domain/composition/placement.ts';
import { explainer } from '../../../domain/composition/sentences.ts';
import type { Clause } from '../../../domain/plan/plan.ts';
import { nationalClauses, person, treeOf } from './factory.ts';
import { chaired, of, run } from './placing.ts';

function byPerson(outcome: PlacementOutcome): Placement[] {
  return outcome.placements.toSorted((a, b) => (a.person < b.person ? -1 : 1));
}

/** Positions of every kind that the bridges above know, and some that they do not. */
const somePosition = fc.constantFrom(
  'Ủy viên Trung ương Đảng',
  'Bí thư Tỉnh ủy Thái Nguyên',
  'Ủy viên Ban Chấp hành Đảng bộ tỉnh Thái Nguyên',
  'Ủy viên Ban Chấp hành Đảng bộ huyện Đại Từ',
  'Bí thư Đảng ủy xã Yên Lãng',
  'Trưởng thôn 4, xã Tân Long, huyện Đại Từ',
  'Trưởng thôn 4, xã Tân Long',
  'Vụ trưởng, Bộ Khoa học và Công nghệ',
  'Chuyên viên, Bộ Khoa học và Công nghệ',
  'Báo cáo viên cấp tỉnh',
  'Cấp ủy viên, Chi bộ cơ sở thuộc Đảng bộ Khối',
  'Giám đốc, doanh nghiệp tư nhân tại Thái Nguyên',
  'người qua đường',
);
const somePeople = fc
  .array(
    fc.record({
      positions: fc.array(somePosition, { maxLength: 3 }),
      precedence: fc.option(fc.integer({ min: 0, max: 3 })),
      name: fc.constantFrom('Trần Văn An', 'Lê Thị Ánh', 'Đỗ Đức Đạt', 'Ma Thị Yến'),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((people) => people.map((one, at) => person(`p${at}`, one.positions, one)));
const someChairs = fc.dictionary(
  fc.constantFrom('tw', 'bo', 'tn', 'dt', 'yl'),
  fc.constantFrom('p0', 'p1', 'p2', 'gone'),
);
const someSettings = fc.record({
  lowerLevelMembership: fc.constantFrom('higher bridge first', 'lower bridge first'),
  extensionAt: fc.subarray(['bo']),
  pins: fc.array(
    fc.record({
      person: fc.constantFrom('p0', 'p3'),
      bridge: fc.constantFrom('tn', 'yl', null),
      note: fc.constant('vì lý do riêng'),
    }),
    {
      maxLength: 1,
    },
  ),
  named: fc.array(
    fc.record({
      bridge: fc.constant('tn'),
      clause: fc.constant('C15'),
      people: fc.subarray(['p1', 'p4', 'p5']),
      decision: fc.constant('Công văn'),
    }),
    { maxLength: 1 },
  ),
  quota: fc.array(
    fc.record({
      bridge: fc.constant('khoi'),
      clause: fc.constant('C22'),
      seats: fc.integer({ min: 0, max: 2 }),
      named: fc.subarray(['p2', 'p4']),
    }),
    {
      maxLength: 1,
    },
  ),
});

describe('whatever the people, chairs and settings', () => {
  const clauses: Clause[] = nationalClauses();

  test('the order of the people changes nothing', () => {
    fc.assert(
      fc.property(somePeople, someChairs, someSettings, fc.integer(), (people, chairs, settings, seed) => {
        const shuffled = people
          .map((one, at) => ({ one, key: Math.imul(seed + at * 7919, 2654435761) }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ one }) => one);
        const given = { clauses, bridges: chaired(chairs), settings };
        const [first, second] = [run(people, given), run(shuffled, given)];
        expect(byPerson(second)).toEqual(byPerson(first));
        expect(second.findings).toEqual(first.findings);
        expect(second.byBridge).toEqual(first.byBridge);
        expect(second.openSeats).toEqual(first.openSeats);
        expect(second.clauses).toEqual(first.clauses);
      }),
      { numRuns: 150 },
    );
  });

  test('everybody has one answer, chairs chair, rooms never turn the summoned away, and all can say why', () => {
    fc.assert(
      fc.property(somePeople, someChairs, someSettings, (people, chairs, settings) => {
        const bridges = chaired(chairs);
        const outcome = run(people, { clauses, bridges, settings });
        expect(outcome.placements.map((one) => one.person)).toEqual(people.map((one) => one.id));
        for (const [at, chair] of Object.entries(chairs)) {
          if (chair === 'gone' || !people.some((one) => (one.id as string) === chair)) continue;
          const first = bridges.find((one) => (one.chair as string | null) === chair)?.id;
          if (at !== first) continue;
          expect(of(outcome, chair)).toMatchObject({ bridge: first, as: 'chair', basis: 'summoned' });
        }
        const roomy = run(people, {
          clauses,
          bridges: bridges.map((one) => ({ ...one, capacity: null })),
          settings,
        });
        for (const placement of outcome.placements) {
          if (placement.basis === 'conditional' || placement.reason.kind === 'room-full') continue;
          expect(of(roomy, placement.person).bridge).toBe(placement.bridge);
        }
        for (const { bridge: at, summoned, invited, conditional, capacity } of outcome.byBridge.values()) {
          const sitting = outcome.placements.filter((one) => one.bridge === at);
          expect(summoned + invited + conditional).toBe(sitting.length);
          const full = conditional === 0 || summoned + invited + conditional <= (capacity ?? Infinity);
          expect(full).toBe(true);
        }
        const explain = explainer({
          bridges: treeOf(bridges),
          clauses,
          lowerLevelMembership: 'higher bridge first',
        });
        for (const placement of outcome.placements) {
          for (const language of ['vi', 'en'] as const) {
            expect(explain(placement, language)).not.toMatch(/undefined|null|NaN|\[object/);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});
