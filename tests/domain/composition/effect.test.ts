import { describe, expect, test } from 'vitest';

import { compileClauses, place } from '../../../domain/composition/place.ts';
import { effectOf, overBy } from '../../../domain/composition/effect.ts';
import { describe as inWords } from '../../../domain/composition/describe.ts';
import { DEFAULT_SETTINGS, type PlacementSettings } from '../../../domain/composition/settings.ts';
import type { Rule } from '../../../domain/composition/rule.ts';
import { bridge, clause, person, treeOf } from './factory.ts';

const BRIDGES = treeOf([
  bridge('tw', 'central'),
  bridge('tn', 'province', { organisation: 'Tỉnh Thái Nguyên', parent: 'tw' }),
  bridge('yl', 'commune', { organisation: 'Xã Yên Lãng', parent: 'tn', capacity: 1 }),
]);
const CLAUSES = [clause('C1', 'commune', 'Bí thư đảng ủy xã')];
const PEOPLE = [
  person('lan', ['Bí thư Đảng ủy xã Yên Lãng']),
  person('binh', ['Chủ tịch UBND xã Yên Lãng']),
  person('hoa', ['Chủ tịch UBND xã Yên Lãng']),
];
const chairmen: Rule = {
  kind: 'office',
  roles: ['head'],
  bodies: ['people-committee'],
  tiers: ['commune'],
  schools: [],
  settlements: [],
  within: [],
  former: false,
};
const run = (settings: Partial<PlacementSettings> = {}) =>
  place({
    people: PEOPLE,
    clauses: CLAUSES,
    bridges: BRIDGES,
    settings: { ...DEFAULT_SETTINGS, ...settings },
  });
const seatsOf = (outcome: ReturnType<typeof run>) =>
  new Map(outcome.placements.map(({ person: id, bridge: at }) => [id, at]));

describe('the effect of a change', () => {
  test('is who goes where, which rooms become too full, and what arises and is settled', () => {
    const before = run();
    const after = run({ rules: { [CLAUSES[0]!.id]: [chairmen] } });
    const effect = effectOf(PEOPLE, seatsOf(before), before.findings, after);
    expect(effect).toMatchObject({ seatedBefore: 1, seatedAfter: 2, changed: 3 });
    expect(effect.moves.map(({ from, to, count }) => [from, to, count])).toEqual([
      [null, 'yl', 2],
      ['yl', null, 1],
    ]);
    expect(effect.moves[0]?.people.map(({ id }) => id)).toEqual(['binh', 'hoa']);
    expect(effect.rooms).toEqual([{ bridge: 'yl', before: 1, after: 2, capacity: 1 }]);
    expect(overBy(effect.rooms[0]!)).toBe(1);
    expect(effect.arising.map(({ kind }) => kind)).toContain('over-capacity');
  });

  test('of nothing is nothing', () => {
    const outcome = run();
    const effect = effectOf(PEOPLE, seatsOf(outcome), outcome.findings, outcome);
    expect(effect).toMatchObject({ changed: 0, moves: [], rooms: [], arising: [], settled: [] });
  });
});

describe('what an organizer corrects of a clause', () => {
  const compiled = (corrections: PlacementSettings['corrections']) =>
    compileClauses(CLAUSES, { corrections })[0]!;
  const c1 = CLAUSES[0]!.id;

  test('stands in place of the plan: ground, seats, whom it leaves out', () => {
    const one = compiled({ [c1]: { basis: 'invited', quota: 2, exclusions: [{ kind: 'chairs' }] } });
    expect(one).toMatchObject({ given: true, clause: { basis: 'invited', quota: 2 } });
    expect(one.parts.every(({ quota }) => quota)).toBe(true);
    expect(one.exclusions).toMatchObject([{ kind: 'chairs', words: 'người chủ trì ở điểm cầu trực tuyến' }]);
    expect(inWords(one, DEFAULT_SETTINGS, 'vi')).toContain('Trừ người chủ trì');
  });

  test('takes representatives for a clause of the usual kind where it says so', () => {
    const words = [clause('C2', 'commune', 'Đại diện chi bộ: 3 đồng chí', { quota: 3 })];
    const id = words[0]!.id;
    const [as] = compileClauses(words, {});
    const [corrected] = compileClauses(words, { corrections: { [id]: { quota: null } } });
    expect([as?.parts.some(({ quota }) => quota), corrected?.parts.some(({ quota }) => quota)]).toEqual([
      true,
      false,
    ]);
  });

  test('leaves out whom it excludes by office', () => {
    const outcome = run({
      rules: { [c1]: [chairmen] },
      corrections: { [c1]: { exclusions: [{ kind: 'rules', rules: [chairmen] }] } },
    });
    expect(outcome.placements.map(({ bridge: at }) => at)).toEqual([null, null, null]);
  });
});
