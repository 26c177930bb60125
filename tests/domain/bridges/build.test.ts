import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Bridge } from '../../../domain/bridges/bridge.ts';
import { buildBridges } from '../../../domain/bridges/build.ts';
import type { Built } from '../../../domain/bridges/build.ts';
import { applyEdit, moveBridge, setChair } from '../../../domain/bridges/edit.ts';
import type { ExtraBridge } from '../../../domain/bridges/extra.ts';
import { sayBuildFailure, sayBuildFinding } from '../../../domain/bridges/sentences.ts';
import { readUnitRows } from '../../../domain/units/import.ts';
import { PROVINCES } from '../../../domain/units/provinces.ts';
import { treeAsOf, unitsWithin } from '../../../domain/units/tree.ts';
import type { UnitTree } from '../../../domain/units/unit.ts';
import { code, date, failureOf, fixtureRows, officialRows, valueOf, WITHOUT_LISTS } from '../units/lists.ts';
import { bridgeClass, counter, personId, treeOf } from './factory.ts';

const fourLevels = valueOf(treeAsOf(readUnitRows(fixtureRows('three-level.csv')).units, date('2025-01-13')));
const threeLevels = valueOf(treeAsOf(readUnitRows(fixtureRows('two-level.csv')).units, date('2025-08-01')));
const ALL = ['central', 'agency', 'province', 'district', 'commune'];

function extra(values: Partial<ExtraBridge> & { readonly class: ExtraBridge['class'] }): ExtraBridge {
  return { name: null, unit: null, organisation: null, under: null, ...values };
}

const MINISTRY = extra({ class: bridgeClass('agency'), organisation: 'Bộ Khoa học và Công nghệ' });
const BLOC = extra({
  class: bridgeClass('party-bloc'),
  organisation: 'Đảng ủy Khối tỉnh Thái Nguyên',
  under: '19',
});

function village(unit: string): ExtraBridge {
  return extra({ class: bridgeClass('village'), organisation: 'Thôn 1', under: unit });
}

function build(
  classes: readonly string[],
  options: {
    readonly unitTree?: UnitTree;
    readonly scope?: readonly string[];
    readonly extra?: readonly ExtraBridge[];
    readonly existing?: readonly Bridge[];
    readonly newId?: ReturnType<typeof counter>;
  } = {},
) {
  return buildBridges({
    classes: classes.map(bridgeClass),
    unitTree: options.unitTree ?? fourLevels,
    scope: (options.scope ?? []).map(code),
    extra: options.extra ?? [MINISTRY],
    existing: options.existing ?? [],
    newId: options.newId ?? anyId,
  });
}

const anyId = counter();

/** Each bridge by the name of what it hangs under. */
function outline(built: Built): Record<string, string> {
  return Object.fromEntries(
    built.bridges.map((bridge) => [
      bridge.name,
      bridge.parent === null ? '' : (built.tree.get(bridge.parent)?.name ?? '?'),
    ]),
  );
}

const kinds = (built: Built) => built.findings.map((finding) => finding.kind);
const villagesOf = (built: Built) => built.bridges.filter((bridge) => bridge.class === 'village');
const named = (built: Built, name: string): Bridge => {
  const found = built.bridges.find((bridge) => bridge.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

describe('from a plan and a unit tree', () => {
  test('every unit of a planned level has a bridge under that of the unit above it', () => {
    const built = valueOf(build(ALL));
    expect(outline(built)).toMatchObject({
      'Điểm cầu Trung ương': '',
      'Điểm cầu Bộ Khoa học và Công nghệ': 'Điểm cầu Trung ương',
      'Điểm cầu tỉnh Thái Nguyên': 'Điểm cầu Trung ương',
      'Điểm cầu huyện Đại Từ': 'Điểm cầu tỉnh Thái Nguyên',
      'Điểm cầu thị trấn Hùng Sơn': 'Điểm cầu huyện Đại Từ',
    });
    expect(built.bridges).toHaveLength(fourLevels.size + 2);
    expect(built.added).toHaveLength(built.bridges.length);
    expect(kinds(built)).toEqual([]);
    expect(named(built, 'Điểm cầu huyện Đại Từ')).toMatchObject({
      class: 'district',
      unit: '171',
      organisation: null,
    });
  });

  test('a district without communes has its bridge', () => {
    expect(outline(valueOf(build(ALL)))).toMatchObject({
      'Điểm cầu huyện Lý Sơn': 'Điểm cầu tỉnh Quảng Ngãi',
    });
  });

  test('units of one name have bridges of their own', () => {
    const built = valueOf(build(ALL));
    const two = built.bridges.filter((bridge) => bridge.name === 'Điểm cầu xã Yên Lãng');
    expect(two.map((bridge) => bridge.unit)).toEqual(['05773', '08644']);
    expect(new Set(two.map((bridge) => bridge.parent)).size).toBe(2);
  });

  test('communes hang under their province where the plan has no district bridges', () => {
    const built = valueOf(build(['central', 'province', 'commune']));
    expect(outline(built)).toMatchObject({ 'Điểm cầu thị trấn Hùng Sơn': 'Điểm cầu tỉnh Thái Nguyên' });
    expect(built.bridges.some((bridge) => bridge.class === 'district')).toBe(false);
  });

  test('communes hang under the centre where the plan has nothing between', () => {
    expect(outline(valueOf(build(['central', 'commune'])))).toMatchObject({
      'Điểm cầu thị trấn Hùng Sơn': 'Điểm cầu Trung ương',
    });
  });

  test('from 01/07/2025 a plan with districts is told that there are none', () => {
    const built = valueOf(build(ALL, { unitTree: threeLevels }));
    expect(outline(built)).toMatchObject({ 'Điểm cầu đặc khu Lý Sơn': 'Điểm cầu tỉnh Quảng Ngãi' });
    expect(kinds(built)).toEqual(['level without units']);
    expect(built.findings.map((finding) => sayBuildFinding(finding, 'vi'))).toEqual([
      'Kế hoạch có điểm cầu cấp huyện, nhưng ngày 01/08/2025 không có đơn vị nào ở cấp này.',
    ]);
  });

  test('a scope keeps to its units', () => {
    const built = valueOf(build(ALL, { scope: ['19'] }));
    expect(built.bridges.filter((bridge) => bridge.unit !== null).map((bridge) => bridge.unit)).toEqual([
      '19',
      '164',
      '05431',
      '171',
      '05761',
      '05773',
    ]);
    expect(failureOf(build(ALL, { scope: ['nowhere'] }))).toMatchObject({
      reason: 'unknown scope',
      unit: 'nowhere',
    });
  });

  test("a province's own conference has the province's bridge at the top", () => {
    const built = valueOf(build(['province', 'district', 'commune'], { scope: ['19'], extra: [] }));
    expect(built.tree.root).toMatchObject({ class: 'province', unit: '19' });
    expect(built.bridges).toHaveLength(6);
    expect(kinds(built)).toEqual([]);
  });

  test('several tops without a central bridge in the plan get one, and it is said', () => {
    const built = valueOf(build(['province'], { extra: [] }));
    expect(built.tree.root.class).toBe('central');
    expect(kinds(built)).toEqual(['centre added']);
  });

  test('a class without a list is told', () => {
    const built = valueOf(build(ALL, { extra: [] }));
    expect(kinds(built)).toEqual(['class without bridges']);
    expect(built.findings.map((finding) => sayBuildFinding(finding, 'vi'))).toEqual([
      'Kế hoạch có nhóm điểm cầu "Bộ, ngành, cơ quan Trung ương", nhưng chưa có danh sách.',
    ]);
  });

  test('the 63 provinces of the program make the bridges of a national conference', () => {
    const unitTree = valueOf(treeAsOf(PROVINCES, date('2025-01-13')));
    expect(valueOf(build(['central', 'province'], { unitTree, extra: [] })).bridges).toHaveLength(64);
  });
});

describe('beside the territorial bridges', () => {
  test('a party bloc hangs under its province, its grassroots under the bloc', () => {
    const cell = extra({
      class: bridgeClass('grassroots'),
      organisation: 'Đảng bộ Sở Mẫu',
      under: 'Đảng ủy Khối tỉnh Thái Nguyên',
    });
    const built = valueOf(build(ALL, { extra: [cell, BLOC, MINISTRY] }));
    expect(outline(built)).toMatchObject({
      'Điểm cầu Đảng ủy Khối tỉnh Thái Nguyên': 'Điểm cầu tỉnh Thái Nguyên',
      'Điểm cầu Đảng bộ Sở Mẫu': 'Điểm cầu Đảng ủy Khối tỉnh Thái Nguyên',
    });
  });

  test('villages of one name are told apart by the commune they hang under', () => {
    const first = valueOf(build(ALL, { extra: [MINISTRY, village('05773'), village('08644')] }));
    const villages = first.bridges.filter((bridge) => bridge.class === 'village');
    expect(villages.map((bridge) => first.tree.get(bridge.parent ?? bridge.id)?.unit)).toEqual([
      '05773',
      '08644',
    ]);
    const again = valueOf(
      build(ALL, {
        extra: [village('08644'), village('05773'), MINISTRY],
        existing: first.bridges,
      }),
    );
    expect(again.added).toEqual([]);
    expect(again.changed).toEqual([]);
  });

  test('a second room of a province stands beside the first, and units below hang under the first', () => {
    const second = extra({ class: bridgeClass('province'), unit: code('19'), ordinal: 2, capacity: 120 });
    const built = valueOf(build(ALL, { extra: [MINISTRY, second] }));
    expect(outline(built)).toMatchObject({
      'Điểm cầu số 2, tỉnh Thái Nguyên': 'Điểm cầu Trung ương',
      'Điểm cầu huyện Đại Từ': 'Điểm cầu tỉnh Thái Nguyên',
    });
    expect(named(built, 'Điểm cầu số 2, tỉnh Thái Nguyên')).toMatchObject({ capacity: 120, unit: '19' });
    const again = valueOf(build(ALL, { extra: [MINISTRY, second], existing: built.bridges }));
    expect(again.added).toEqual([]);
  });

  test('a room with a name of its own is another room, once', () => {
    const hall = extra({ class: bridgeClass('province'), unit: code('19'), name: 'Hội trường Thành phố' });
    const built = valueOf(build(ALL, { extra: [MINISTRY, hall] }));
    expect(outline(built)).toMatchObject({ 'Hội trường Thành phố': 'Điểm cầu Trung ương' });
    expect(valueOf(build(ALL, { extra: [MINISTRY, hall], existing: built.bridges })).added).toEqual([]);
  });

  test('a row without a name fills in what is known of the own bridge of a unit', () => {
    const details = extra({
      class: bridgeClass('district'),
      unit: code('171'),
      capacity: 120,
      chair: personId('an'),
      address: 'Hội trường Huyện ủy',
    });
    const built = valueOf(build(ALL, { extra: [MINISTRY, details] }));
    expect(named(built, 'Điểm cầu huyện Đại Từ')).toMatchObject({
      capacity: 120,
      chair: 'an',
      address: 'Hội trường Huyện ủy',
    });
    expect(built.bridges).toHaveLength(fourLevels.size + 2);
  });

  test('the picture may come from elsewhere than the bridge above', () => {
    const fed = extra({
      class: bridgeClass('enterprise'),
      organisation: 'Công ty Mẫu',
      under: '19',
      feedFrom: 'Bộ Khoa học và Công nghệ',
    });
    const built = valueOf(build(ALL, { extra: [fed, MINISTRY] }));
    expect(named(built, 'Điểm cầu Công ty Mẫu').feedParent).toBe(
      named(built, 'Điểm cầu Bộ Khoa học và Công nghệ').id,
    );
  });

  test('what cannot be placed is said: unknown, ambiguous, twice, a chair with two bridges', () => {
    const rows = [
      MINISTRY,
      MINISTRY,
      extra({ class: bridgeClass('enterprise'), organisation: 'Công ty A', under: 'Nơi lạ' }),
      extra({ class: bridgeClass('enterprise'), organisation: 'Công ty B', under: 'Điểm cầu xã Yên Lãng' }),
      extra({ class: bridgeClass('enterprise'), organisation: 'Công ty C', chair: personId('an') }),
      extra({ class: bridgeClass('enterprise'), organisation: 'Công ty D', chair: personId('an') }),
    ];
    const built = valueOf(build(ALL, { extra: rows }));
    expect(kinds(built)).toEqual(['said twice', 'unknown place', 'ambiguous place', 'chairs another bridge']);
    expect(outline(built)).toMatchObject({ 'Điểm cầu Công ty A': 'Điểm cầu Trung ương' });
    for (const finding of built.findings) {
      expect(sayBuildFinding(finding, 'vi')).toMatch(/^Điểm cầu|^Người/);
      expect(sayBuildFinding(finding, 'en')).toMatch(/\.$/);
    }
  });

  test('rows that hang under each other are refused with the bridges on the circle', () => {
    const rows = [
      extra({ class: bridgeClass('enterprise'), organisation: 'Công ty A', under: 'Công ty B' }),
      extra({ class: bridgeClass('enterprise'), organisation: 'Công ty B', under: 'Công ty A' }),
    ];
    const failure = failureOf(build(ALL, { extra: rows }));
    expect(failure).toMatchObject({ reason: 'cycle' });
    expect(sayBuildFailure(failure, 'vi')).toContain('Công ty A');
  });
});

describe('built again', () => {
  const rows = [MINISTRY, BLOC];
  const first = valueOf(build(ALL, { extra: rows }));

  test('the same input changes nothing', () => {
    const again = valueOf(build(ALL, { extra: rows, existing: first.bridges }));
    expect(again.bridges).toEqual(first.bridges);
    expect([again.added, again.changed, again.removedSuggested]).toEqual([[], [], []]);
    expect(again.kept).toHaveLength(first.bridges.length);
  });

  test('what was changed by hand stays', () => {
    const bloc = named(first, 'Điểm cầu Đảng ủy Khối tỉnh Thái Nguyên').id;
    const hue = named(first, 'Điểm cầu thành phố Huế').id;
    let bridges = first.bridges;
    bridges = applyEdit(bridges, valueOf(moveBridge(treeOf(bridges), bloc, hue)));
    bridges = applyEdit(bridges, valueOf(setChair(treeOf(bridges), hue, personId('an'))));
    const again = valueOf(build(ALL, { extra: [MINISTRY, { ...BLOC, id: bloc }], existing: bridges }));
    expect(again.added).toEqual([]);
    expect(again.tree.get(bloc)?.parent).toBe(hue);
    expect(again.tree.get(hue)?.chair).toBe('an');
    expect(kinds(again)).toEqual(['hangs elsewhere']);
    expect(again.findings.map((finding) => sayBuildFinding(finding, 'vi'))).toEqual([
      'Điểm cầu Đảng ủy Khối tỉnh Thái Nguyên trực thuộc Điểm cầu thành phố Huế (theo đơn vị hành chính là Điểm cầu tỉnh Thái Nguyên).',
    ]);
  });

  test('one of the same name in another place is named, never taken for the one of the row', () => {
    const bloc = named(first, 'Điểm cầu Đảng ủy Khối tỉnh Thái Nguyên').id;
    const hue = named(first, 'Điểm cầu thành phố Huế').id;
    const bridges = applyEdit(first.bridges, valueOf(moveBridge(treeOf(first.bridges), bloc, hue)));
    const again = valueOf(build(ALL, { extra: rows, existing: bridges }));
    expect(again.added.map((bridge) => bridge.name)).toEqual(['Điểm cầu Đảng ủy Khối tỉnh Thái Nguyên']);
    expect(kinds(again)).toEqual(['same name elsewhere']);
  });

  test('a list for another commune leaves the villages of the first one alone', () => {
    const one = valueOf(build(ALL, { extra: [MINISTRY, village('05773')] }));
    const two = valueOf(build(ALL, { extra: [MINISTRY, village('08644')], existing: one.bridges }));
    expect(two.bridges.filter((bridge) => bridge.class === 'village')).toHaveLength(2);
    expect(two.changed).toEqual([]);
    expect(kinds(two)).toEqual([]);
  });

  test('villages stay known when the level of their communes comes into the plan or leaves it', () => {
    const extras = [MINISTRY, village('05773')];
    const without = valueOf(build(['central', 'agency', 'province'], { extra: extras }));
    const within = valueOf(build(ALL, { extra: extras, existing: without.bridges }));
    const again = valueOf(
      build(['central', 'agency', 'province'], { extra: extras, existing: within.bridges }),
    );
    expect(villagesOf(again).map((bridge) => bridge.id)).toEqual(
      villagesOf(without).map((bridge) => bridge.id),
    );
    expect(outline(within)).toMatchObject({ 'Điểm cầu Thôn 1': 'Điểm cầu xã Yên Lãng' });
  });

  test('a level that comes in takes the bridges below it, and it is said', () => {
    const without = valueOf(build(['central', 'agency', 'province', 'commune']));
    const again = valueOf(build(ALL, { existing: without.bridges }));
    expect(outline(again)).toEqual(outline(valueOf(build(ALL))));
    const communes = again.bridges.filter((bridge) => bridge.class === 'commune');
    expect(again.changed).toHaveLength(communes.length);
    expect(kinds(again)).toEqual(communes.map(() => 'moved'));
  });

  test('a level that goes leaves its bridges in place and names them', () => {
    const again = valueOf(
      build(['central', 'agency', 'province', 'commune'], { extra: rows, existing: first.bridges }),
    );
    expect(again.bridges).toHaveLength(first.bridges.length);
    expect(again.removedSuggested.map((bridge) => bridge.class)).toEqual(
      again.bridges.filter((bridge) => bridge.class === 'district').map((bridge) => bridge.class),
    );
    expect(again.removedSuggested).toHaveLength(4);
    expect(kinds(again).filter((kind) => kind === 'not in plan')).toHaveLength(4);
  });

  test('a unit that leaves the scope keeps its bridge, named', () => {
    const again = valueOf(build(ALL, { extra: rows, existing: first.bridges, scope: ['19'] }));
    expect(again.bridges).toHaveLength(first.bridges.length);
    expect(again.removedSuggested.map((bridge) => bridge.unit)).toEqual([
      '25',
      '238',
      '08644',
      '46',
      '51',
      '536',
    ]);
  });

  test('broken bridges are refused, not mended in silence', () => {
    const [one] = first.bridges;
    const twice = one === undefined ? [] : [...first.bridges, one];
    expect(failureOf(build(ALL, { existing: twice })).reason).toBe('duplicate id');
  });

  test('any plan, scope and earlier tree: ids stay, nothing goes, and a second build changes nothing', () => {
    const codes = unitsWithin(fourLevels).map((unit) => unit.code);
    const input = fc.record({
      before: fc.subarray(ALL),
      after: fc.subarray(ALL),
      scope: fc.subarray(codes, { maxLength: 3 }),
      moves: fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 6 }),
      rows: fc.subarray([
        MINISTRY,
        BLOC,
        extra({ class: bridgeClass('province'), unit: code('19'), ordinal: 3 }),
        village('05773'),
        village('08644'),
        village('Nơi lạ'),
      ]),
    });
    fc.assert(
      fc.property(input, ({ before, after, scope, moves, rows: extras }) => {
        const newId = counter();
        let bridges = valueOf(build(before, { extra: extras, newId })).bridges;
        for (const [from, to] of moves) {
          const [id, parent] = [bridges[from % bridges.length]?.id, bridges[to % bridges.length]?.id];
          if (id === undefined || parent === undefined) continue;
          const moved = moveBridge(treeOf(bridges), id, parent);
          if (moved.ok) bridges = applyEdit(bridges, moved.value);
        }
        const once = valueOf(build(after, { extra: extras, existing: bridges, scope, newId }));
        const ids = new Set(once.bridges.map((bridge) => bridge.id));
        for (const bridge of bridges) expect(ids.has(bridge.id)).toBe(true);
        const twice = valueOf(build(after, { extra: extras, existing: once.bridges, scope, newId }));
        expect(twice.bridges).toEqual(once.bridges);
        expect([twice.added, twice.changed]).toEqual([[], []]);
      }),
      { numRuns: 300 },
    );
  });
});

describe.skipIf(officialRows('units_2025-03-01_three_level.csv') === null)(
  `the whole nation (${WITHOUT_LISTS} where skipped)`,
  () => {
    test('the conference of 13/01/2025 gets 10,794 territorial bridges in about a second', () => {
      const { units } = readUnitRows(officialRows('units_2025-03-01_three_level.csv') ?? [], {
        validFrom: date('2025-01-01'),
      });
      const unitTree = valueOf(treeAsOf(units, date('2025-01-13')));
      const started = performance.now();
      const built = valueOf(build(ALL, { unitTree }));
      const again = valueOf(build(ALL, { unitTree, existing: built.bridges }));
      expect(built.bridges).toHaveLength(10_796);
      expect(again.changed).toEqual([]);
      expect(again.added).toEqual([]);
      expect(performance.now() - started).toBeLessThan(10_000);
    });
  },
);
