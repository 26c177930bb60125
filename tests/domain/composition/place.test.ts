import { describe, expect, test } from 'vitest';

import type { Person } from '../../../domain/composition/person.ts';
import type { Placement } from '../../../domain/composition/placement.ts';
import { sayPlacementFinding, severityOf } from '../../../domain/composition/sentences.ts';
import { DEFAULT_SETTINGS, PlacementSettings } from '../../../domain/composition/settings.ts';
import { CivilDate } from '../../../domain/time.ts';
import { treeAsOf } from '../../../domain/units/tree.ts';
import type { UnitTree } from '../../../domain/units/unit.ts';
import { bridge, clause, nationalClauses, person, treeOf } from './factory.ts';
import { BRIDGES, chaired, type Given, of, run } from './placing.ts';

function seat(position: string | readonly [string, string], given: Given = {}): Placement {
  return of(run([person('a', [position])], given), 'a');
}

function expert(id: string, name: string, precedence: number | null): Person {
  return person(id, ['Chuyên viên, Bộ Khoa học và Công nghệ'], { name, precedence });
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
