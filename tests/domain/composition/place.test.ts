import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Bridge } from '../../../domain/bridges/bridge.ts';
import type { Person } from '../../../domain/composition/person.ts';
import { place, type PlacementInput } from '../../../domain/composition/place.ts';
import type { Placement, PlacementOutcome } from '../../../domain/composition/placement.ts';
import { explainer, sayPlacementFinding, severityOf } from '../../../domain/composition/sentences.ts';
import { DEFAULT_SETTINGS, PlacementSettings } from '../../../domain/composition/settings.ts';
import type { Clause } from '../../../domain/plan/plan.ts';
import { CivilDate } from '../../../domain/time.ts';
import { treeAsOf } from '../../../domain/units/tree.ts';
import type { UnitTree } from '../../../domain/units/unit.ts';
import { bridge, clause, nationalClauses, person, treeOf } from './factory.ts';

const BRIDGES: readonly Bridge[] = [
  bridge('tw', 'central', { name: 'Điểm cầu Trung ương', capacity: 5 }),
  bridge('bo', 'agency', { organisation: 'Bộ Khoa học và Công nghệ', parent: 'tw', capacity: 3 }),
  bridge('tn', 'province', { organisation: 'Tỉnh Thái Nguyên', parent: 'tw', capacity: 3 }),
  bridge('cb', 'province', { organisation: 'Tỉnh Cao Bằng', parent: 'tw' }),
  bridge('tpcb', 'district', { organisation: 'Thành phố Cao Bằng', parent: 'cb' }),
  bridge('dt', 'district', { organisation: 'Huyện Đại Từ', parent: 'tn' }),
  bridge('dh', 'district', { organisation: 'Huyện Đồng Hỷ', parent: 'tn' }),
  bridge('yl', 'commune', { organisation: 'Xã Yên Lãng', parent: 'dt', capacity: 1 }),
  bridge('tl1', 'commune', { organisation: 'Xã Tân Long', parent: 'dt' }),
  bridge('tl2', 'commune', { organisation: 'Xã Tân Long', parent: 'dh' }),
  bridge('khoi', 'party-bloc', { organisation: 'Đảng ủy Khối tỉnh Thái Nguyên', parent: 'tn' }),
];

type Given = Omit<Partial<PlacementInput>, 'settings' | 'bridges'> & {
  settings?: Record<string, unknown>;
  bridges?: readonly Bridge[];
};

function run(people: readonly Person[], given: Given = {}): PlacementOutcome {
  const settings: PlacementSettings = { ...DEFAULT_SETTINGS, ...given.settings };
  return place({
    people,
    clauses: given.clauses ?? nationalClauses(),
    bridges: treeOf(given.bridges ?? BRIDGES),
    units: given.units ?? null,
    settings,
  });
}

function of(outcome: PlacementOutcome, id: string): Placement {
  const found = outcome.placements.find((placement) => placement.person === id);
  if (found === undefined) throw new Error(`no placement of ${id}`);
  return found;
}

function seat(position: string | readonly [string, string], given: Given = {}): Placement {
  return of(run([person('a', [position])], given), 'a');
}

function expert(id: string, name: string, precedence: number | null): Person {
  return person(id, ['Chuyên viên, Bộ Khoa học và Công nghệ'], { name, precedence });
}

function byPerson(outcome: PlacementOutcome): Placement[] {
  return outcome.placements.toSorted((a, b) => (a.person < b.person ? -1 : 1));
}

function chaired(chairs: Record<string, string>): Bridge[] {
  return BRIDGES.map((one) => ({ ...one, chair: chairs[one.id] ?? null }) as unknown as Bridge);
}

describe('to which bridge somebody belongs', () => {
  test('a city and a province of one name are told apart by the words before it', () => {
    expect(seat('Ủy viên Ban Chấp hành Đảng bộ tỉnh Cao Bằng').bridge).toBe('cb');
    expect(seat('Ủy viên Ban Chấp hành Đảng bộ thành phố Cao Bằng')).toMatchObject({
      bridge: 'tpcb',
      clause: 'C16',
    });
    expect(seat('Bí thư Thành ủy Cao Bằng')).toMatchObject({ bridge: 'tpcb', clause: 'C16' });
  });

  test('a name that two communes bear decides nothing, unless the district is named', () => {
    expect(seat('Trưởng thôn 2, xã Tân Long').reason).toMatchObject({
      kind: 'no-bridge',
      clause: 'C20',
      why: 'ambiguous',
      among: ['tl1', 'tl2'],
    });
    expect(seat('Trưởng thôn 2, xã Tân Long, huyện Đồng Hỷ').bridge).toBe('tl2');
    expect(seat('Hiệu trưởng Trường THCS Tân Long, huyện Đại Từ').bridge).toBe('tl1');
  });

  test('a place that the conference does not have is not taken for one that it has', () => {
    expect(seat('Ủy viên Ban Chấp hành Đảng bộ huyện Định Hóa').reason).toMatchObject({
      kind: 'no-bridge',
      why: 'elsewhere',
    });
    expect(seat('Trưởng thôn 1, xã Yên Lãng, huyện Định Hóa').bridge).toBeNull();
    expect(seat('Vụ trưởng, Bộ Y tế').reason).toMatchObject({ kind: 'no-bridge', clause: 'C8', why: 'none' });
  });

  test('a position without a place takes it from the other positions of the person', () => {
    const outcome = run([person('a', ['Báo cáo viên cấp tỉnh', 'Trưởng phòng Nội vụ huyện Đại Từ'])]);
    expect(of(outcome, 'a')).toMatchObject({ bridge: 'tn', clause: 'C14' });
    expect(of(outcome, 'a').others).toEqual([
      { bridge: 'dt', clause: 'C17', passedOverBy: 'lower-level-setting' },
    ]);
    expect(seat('Báo cáo viên cấp tỉnh').reason).toMatchObject({ kind: 'no-bridge', why: 'none' });
  });

  test('spelling and tone placement do not part a person from their bridge', () => {
    expect(seat('ỦY VIÊN BAN CHẤP HÀNH ĐẢNG BỘ HUYỆN ĐẠI TỪ').bridge).toBe('dt');
    expect(seat('Bí thư Huyện uỷ Đại Từ'.normalize('NFD')).bridge).toBe('dt');
  });

  test("a district branch of a central office is no unit of the province's own level", () => {
    expect(seat('Giám đốc Kho bạc Nhà nước tỉnh Thái Nguyên').bridge).toBe('tn');
    expect(seat('Giám đốc Kho bạc Nhà nước huyện Đại Từ').bridge).toBeNull();
  });

  test('two bridges of one unit leave its people open until one is preferred', () => {
    const bridges = [
      ...BRIDGES,
      bridge('tn2', 'province', { organisation: 'Tỉnh Thái Nguyên', parent: 'tw' }),
    ];
    expect(seat('Bí thư Tỉnh ủy Thái Nguyên', { bridges }).reason).toMatchObject({
      kind: 'no-bridge',
      why: 'ambiguous',
    });
    expect(
      seat('Bí thư Tỉnh ủy Thái Nguyên', { bridges, settings: { preferredBridges: ['tn2'] } }).bridge,
    ).toBe('tn2');
  });

  test('with a unit tree, codes decide, and a unit without a bridge belongs to the one above', () => {
    const units = unitTree([
      ['19', 'province', 'Tỉnh', 'Thái Nguyên', null],
      ['171', 'district', 'Huyện', 'Đại Từ', '19'],
      ['05776', 'commune', 'Xã', 'Yên Lãng', '171'],
      ['05779', 'commune', 'Xã', 'Phú Xuyên', '171'],
    ]);
    const bridges = [
      bridge('tw', 'central'),
      bridge('tn', 'province', { unit: '19', parent: 'tw' }),
      bridge('dt', 'district', { unit: '171', parent: 'tn' }),
      bridge('yl', 'commune', { unit: '05776', parent: 'dt' }),
    ];
    const given = { bridges, units };
    expect(seat(['Trưởng phòng Nội vụ', '171'], given)).toMatchObject({ bridge: 'dt', clause: 'C17' });
    expect(seat(['Trưởng xóm 3', '05776'], given)).toMatchObject({ bridge: 'yl', clause: 'C20' });
    expect(seat('Trưởng phòng Nội vụ huyện Đại Từ', given).bridge).toBe('dt');
    expect(seat('Trưởng thôn 3, xã Phú Xuyên', given).reason).toMatchObject({
      kind: 'no-bridge',
      clause: 'C20',
    });
    expect(seat(['Ủy viên Ban Chấp hành Đảng bộ huyện', '05779'], given).bridge).toBe('dt');
  });

  test('a three-level tree places communes under provinces, and district clauses have no bridge', () => {
    const bridges = [
      bridge('tw', 'central'),
      bridge('tn', 'province', { organisation: 'Tỉnh Thái Nguyên', parent: 'tw' }),
      bridge('dp', 'commune', { organisation: 'Phường Phan Đình Phùng', parent: 'tn' }),
    ];
    const clauses = [
      clause('A', 'province', 'Bí thư, phó bí thư đảng ủy các xã, phường, đặc khu'),
      clause('B', 'commune', 'Ủy viên Ban Chấp hành Đảng bộ xã, phường, đặc khu; tổ trưởng tổ dân phố'),
      clause('D', 'district', 'Ủy viên Ban Chấp hành Đảng bộ huyện'),
    ];
    expect(seat('Bí thư Đảng ủy phường Phan Đình Phùng', { bridges, clauses })).toMatchObject({
      bridge: 'tn',
      clause: 'A',
    });
    expect(seat('Ủy viên Ban Chấp hành Đảng bộ phường Phan Đình Phùng', { bridges, clauses }).bridge).toBe(
      'dp',
    );
    expect(seat('Tổ trưởng tổ dân phố số 7, phường Phan Đình Phùng', { bridges, clauses }).bridge).toBe('dp');
    const { findings } = run([], { bridges, clauses });
    expect(findings).toContainEqual({ kind: 'clause-without-bridge', clause: 'D' });
  });
});

describe('who sits', () => {
  test('heads of tổ dân phố sit as heads of thôn do only where the setting says so', () => {
    const position = 'Tổ trưởng tổ dân phố số 1, xã Yên Lãng';
    expect(seat(position).reason.kind).toBe('no-clause');
    expect(seat(position, { settings: { villageHeadsIncludeWards: true } })).toMatchObject({
      bridge: 'yl',
      clause: 'C20',
    });
  });

  test('deputies of bodies that a clause merely names sit only where the setting says so', () => {
    const position = 'Phó Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Thái Nguyên';
    expect(seat(position)).toMatchObject({ bridge: 'tn', clause: 'C13' });
    expect(seat(position, { settings: { bodiesIncludeDeputies: false } }).bridge).toBeNull();
  });

  test('former office brings nobody in, but for guests whom the plan names', () => {
    expect(seat('nguyên Bí thư Tỉnh ủy Thái Nguyên').reason.kind).toBe('no-clause');
    const guest = run([person('g', ['nguyên Phó Thủ tướng'], { namedInPlan: true })]);
    expect(of(guest, 'g')).toMatchObject({ bridge: 'tw', basis: 'invited', clause: 'C3' });
  });

  test('a clause that was not understood seats nobody until it is given a rule or names', () => {
    const odd = clause('X1', 'commune', 'các hộ gia đình văn hóa tiêu biểu');
    const people = [person('a', ['Trưởng xóm 2, xã Yên Lãng'])];
    const unread = run(people, { clauses: [odd] });
    expect(unread.findings).toContainEqual(
      expect.objectContaining({ kind: 'clause-not-understood', clause: 'X1' }),
    );
    expect(of(unread, 'a').bridge).toBeNull();
    const rules = {
      X1: [
        {
          kind: 'office',
          roles: ['head'],
          bodies: ['village'],
          tiers: [],
          schools: [],
          settlements: [],
          within: [],
          former: false,
        },
      ],
    };
    expect(PlacementSettings.safeParse({ ...DEFAULT_SETTINGS, rules }).success).toBe(true);
    const ruled = run(people, { clauses: [odd], settings: { rules } });
    expect(of(ruled, 'a')).toMatchObject({ bridge: 'yl', clause: 'X1' });
    const named = run(people, {
      clauses: [odd],
      settings: { named: [{ bridge: 'yl', clause: 'X1', people: ['a'], decision: 'Giấy mời số 3' }] },
    });
    expect(of(named, 'a').reason).toEqual({
      kind: 'named-by-decision',
      clause: 'X1',
      decision: 'Giấy mời số 3',
    });
  });

  test('whoever attended the earlier conference is left out by the words, and told so', () => {
    const clauses = [
      clause('M', 'district', 'Ủy viên Ban Chấp hành Đảng bộ huyện', {
        exclusions: ['không bao gồm các đồng chí đã tham gia học tập Hội nghị trực tuyến toàn quốc'],
      }),
    ];
    const people = ['a', 'b'].map((id) => person(id, ['Ủy viên Ban Chấp hành Đảng bộ huyện Đại Từ']));
    const outcome = run(people, { clauses, settings: { attended: ['a'] } });
    expect(of(outcome, 'a').reason.kind).toBe('excluded');
    expect(of(outcome, 'b').bridge).toBe('dt');
  });

  test('a quota that nobody has set is a finding, and the program chooses nobody', () => {
    const clauses = [clause('Q', 'party-bloc', 'đại diện cấp ủy cơ sở', { quota: 0 })];
    const people = [person('a', ['Cấp ủy viên, Chi bộ cơ sở thuộc Đảng bộ Khối'])];
    const outcome = run(people, { clauses });
    expect(outcome.findings).toContainEqual({ kind: 'quota-unset', clause: 'Q', bridges: ['khoi'] });
    expect(of(outcome, 'a').reason).toEqual({
      kind: 'awaits-naming',
      clause: 'Q',
      words: 'đại diện cấp ủy cơ sở',
    });
    const named = run(people, {
      clauses,
      settings: { quota: [{ bridge: 'khoi', clause: 'Q', seats: 0, named: ['a'] }] },
    });
    expect(of(named, 'a').bridge).toBe('khoi');
    expect(named.findings).toContainEqual(
      expect.objectContaining({ kind: 'too-many-named', named: 1, seats: 0 }),
    );
  });

  test('an exclusion may name posts', () => {
    const clauses = [
      clause('P', 'district', 'trưởng, phó các phòng', {
        exclusions: ['trừ trưởng phòng, phó phòng Nội vụ'],
      }),
    ];
    expect(seat('Trưởng phòng Nội vụ huyện Đại Từ', { clauses }).reason.kind).toBe('excluded');
  });

  test('two clauses that give way to each other do not both fall', () => {
    const clauses = [
      clause('P', 'province', 'Ủy viên Ban Chấp hành Đảng bộ tỉnh', {
        exclusions: ['trừ các đồng chí đã dự ở điểm cầu cấp huyện'],
      }),
      clause('D', 'district', 'Ủy viên Ban Chấp hành Đảng bộ huyện', {
        exclusions: ['trừ các đồng chí đã dự ở điểm cầu cấp tỉnh'],
      }),
    ];
    const both = person('a', [
      'Ủy viên Ban Chấp hành Đảng bộ tỉnh Thái Nguyên',
      'Ủy viên Ban Chấp hành Đảng bộ huyện Đại Từ',
    ]);
    expect(of(run([both], { clauses }), 'a')).toMatchObject({ bridge: 'dt', clause: 'D' });
  });

  test('a pin seats, or keeps out, with its reason, but never takes a chair away', () => {
    const people = [
      person('a', ['Bí thư Huyện ủy Đại Từ']),
      person('b', ['Phó Bí thư Huyện ủy Đại Từ']),
      person('c', ['Bí thư Đảng ủy xã Yên Lãng']),
      person('d', []),
    ];
    const pins = [
      { person: 'a', bridge: 'tn', note: 'báo cáo điển hình' },
      { person: 'b', bridge: null, note: 'đi công tác nước ngoài' },
      { person: 'c', bridge: 'dt', note: 'nhầm' },
      { person: 'd', bridge: 'yl', note: 'theo đề nghị của xã' },
    ];
    const outcome = run(people, { bridges: chaired({ yl: 'c' }), settings: { pins } });
    expect(of(outcome, 'a')).toMatchObject({
      bridge: 'tn',
      basis: 'summoned',
      clause: null,
      reason: { kind: 'pinned' },
    });
    expect(of(outcome, 'b')).toMatchObject({ bridge: null, reason: { kind: 'kept-out' } });
    expect(of(outcome, 'c')).toMatchObject({ bridge: 'yl', as: 'chair' });
    expect(of(outcome, 'd').bridge).toBe('yl');
    expect(outcome.findings).toContainEqual({ kind: 'pin-against-chair', person: 'c', bridge: 'yl' });
    expect(outcome.findings).toContainEqual(
      expect.objectContaining({ kind: 'over-capacity', bridge: 'yl', summoned: 2 }),
    );
  });

  test('a room that has not said its seats takes nobody in by extension', () => {
    const people = [person('a', ['Chuyên viên, Bộ Khoa học và Công nghệ'])];
    const bridges = BRIDGES.map((one) => ({ ...one, capacity: null }));
    const outcome = run(people, { bridges, settings: { extensionAt: ['bo'] } });
    expect(of(outcome, 'a').reason.kind).toBe('room-unknown');
    expect(outcome.findings).toContainEqual({ kind: 'capacity-unknown', bridge: 'bo' });
  });

  test('an extension fills by precedence, then by given name, then by id, and stops at the last seat', () => {
    const people = [
      expert('1', 'Trần Văn Ước', null),
      expert('2', 'Trần Văn Đạt', null),
      expert('3', 'Lê Thị Yến', 9),
      expert('4', 'An Văn Dũng', null),
      expert('5', 'An Văn Dũng', null),
    ];
    const outcome = run(people, { settings: { extensionAt: ['bo'] } });
    const seated = outcome.placements.filter((one) => one.bridge === 'bo').map((one) => one.person);
    expect(seated).toEqual(['3', '4', '5']);
    expect(of(outcome, '2').reason).toEqual({ kind: 'room-full', clause: 'C10', bridge: 'bo' });
  });

  test('what settings name and nobody knows is an error, not silence', () => {
    const { findings } = run([person('a', ['Bí thư Huyện ủy Đại Từ'])], {
      bridges: chaired({ dt: 'z', tn: 'a', cb: 'a' }),
      settings: {
        named: [
          { bridge: 'tn', clause: 'C15', people: ['y'], decision: 'Công văn' },
          { bridge: 'dt', clause: 'C15', people: [], decision: 'Công văn' },
        ],
        quota: [{ bridge: 'x', clause: 'C22', seats: 1, named: [] }],
        pins: [{ person: 'a', bridge: 'nowhere', note: 'x' }],
        extensionAt: ['gone'],
      },
    });
    const kinds = findings.map((finding) => finding.kind);
    for (const kind of [
      'chair-unknown',
      'chairs-several',
      'unknown-person',
      'unknown-bridge',
      'wrong-bridge',
    ] as const) {
      expect(kinds).toContain(kind);
    }
    for (const finding of findings) {
      expect(['error', 'warning', 'note']).toContain(severityOf(finding));
      for (const language of ['vi', 'en'] as const) {
        const said = sayPlacementFinding(
          finding,
          { bridges: treeOf(BRIDGES), clauses: nationalClauses() },
          language,
        );
        expect(said).toMatch(/^\S.*\.$/u);
        expect(said).not.toMatch(/undefined|null|NaN/);
      }
    }
  });
});

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

type UnitRow = readonly [code: string, level: string, type: string, name: string, parent: string | null];

function unitTree(rows: readonly UnitRow[]): UnitTree {
  const tree = treeAsOf(
    rows.map(([code, level, type, name, parent]) => ({
      code,
      level,
      type,
      name,
      fullName: `${type} ${name}`,
      parent,
      validFrom: '2020-01-01',
      validTo: null,
    })) as never,
    CivilDate.parse('2025-01-13'),
  );
  if (!tree.ok) throw new Error(tree.reason);
  return tree.value;
}
