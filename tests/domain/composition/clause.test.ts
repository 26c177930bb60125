import { describe as group, expect, test } from 'vitest';

import { compileClause } from '../../../domain/composition/clause.ts';
import { describe } from '../../../domain/composition/describe.ts';
import { Rule } from '../../../domain/composition/rule.ts';
import { DEFAULT_SETTINGS } from '../../../domain/composition/settings.ts';
import { clause, nationalClauses } from './factory.ts';

/** The rules of a clause, with only what they ask. */
function rules(bridgeClass: string, text: string): unknown[] {
  const compiled = compileClause(clause('C', bridgeClass, text));
  return compiled.parts.map(({ rule }) =>
    Object.fromEntries(
      Object.entries(rule).filter(
        ([, value]) => !(value === false || (Array.isArray(value) && value.length === 0)),
      ),
    ),
  );
}

function members(bodies: string): string {
  return `Ủy viên Ban Chấp hành ${bodies}`;
}

/** The kinds of exclusion of a clause. */
function kinds(text: string, exclusions: string[] = []): string[] {
  return compileClause(clause('C', 'agency', text, { exclusions })).exclusions.map((one) => one.kind);
}

group('understanding a clause', () => {
  test('every clause of the national plan is understood, and its rules are well formed', () => {
    for (const one of nationalClauses()) {
      const compiled = compileClause(one);
      expect({ id: one.id, unread: compiled.unread }).toEqual({ id: one.id, unread: [] });
      expect(compiled.parts.length).toBeGreaterThan(0);
      for (const { rule } of compiled.parts) expect(Rule.safeParse(rule).success).toBe(true);
    }
  });

  test('the level said once at the end holds for all before it', () => {
    expect(
      rules('province', 'ủy viên ban thường vụ, ủy viên ban chấp hành, ủy viên ủy ban kiểm tra tỉnh ủy'),
    ).toEqual([
      { kind: 'office', roles: ['standing-member'], tiers: ['province'], bodies: ['party-committee'] },
      { kind: 'office', roles: ['member'], tiers: ['province'], bodies: ['party-committee'] },
      { kind: 'office', roles: ['member'], tiers: ['province'], bodies: ['inspection-committee'] },
    ]);
  });

  test('"thành ủy" is of the province beside "tỉnh ủy" and of the district beside "huyện ủy"', () => {
    expect(rules('province', members('tỉnh ủy, thành ủy'))).toMatchObject([{ tiers: ['province'] }]);
    expect(rules('district', members('huyện ủy, thị ủy, thành ủy'))).toMatchObject([{ tiers: ['district'] }]);
    expect(rules('province', members('thành ủy'))).toMatchObject([{ tiers: ['province'] }]);
    expect(rules('district', members('thành ủy'))).toMatchObject([{ tiers: ['district'] }]);
    expect(rules('province', 'Bí thư, phó bí thư các huyện ủy, thị ủy, thành ủy')).toMatchObject([
      { roles: ['secretary', 'deputy-secretary'], tiers: ['district'] },
    ]);
  });

  test('communes of the three-level State: xã, phường, đặc khu', () => {
    expect(
      rules(
        'commune',
        'Ủy viên Ban Chấp hành Đảng bộ xã, phường, đặc khu; trưởng thôn, tổ trưởng tổ dân phố',
      ),
    ).toEqual([
      { kind: 'office', roles: ['member'], tiers: ['commune'], bodies: ['party-committee'] },
      { kind: 'office', roles: ['head'], tiers: ['commune'], bodies: ['village'] },
      { kind: 'office', roles: ['head'], tiers: ['commune'], bodies: ['residential-group'] },
    ]);
  });

  test('ranks hold only in the agencies that the clause names', () => {
    expect(
      rules(
        'central',
        'lãnh đạo cấp vụ, cục và tương đương thuộc Văn phòng Trung ương Đảng, Ban Kinh tế Trung ương',
      ),
    ).toEqual([
      {
        kind: 'rank',
        ranks: ['bureau'],
        equivalents: true,
        within: ['Văn phòng Trung ương Đảng', 'Ban Kinh tế Trung ương'],
      },
    ]);
  });

  test('bodies without a role leave the role to a setting', () => {
    const [rule] = rules(
      'province',
      'Mặt trận Tổ quốc, các cơ quan, đơn vị của Trung ương đóng trên địa bàn tỉnh',
    );
    expect(rule).toEqual({ kind: 'office', tiers: ['province'], bodies: ['front', 'central-unit'] });
  });

  test('a body called by its own name brings only its own people', () => {
    expect(rules('commune', 'Trưởng trạm y tế, Trưởng Công an xã')).toMatchObject([
      { roles: ['head'], bodies: ['unit'], within: ['trạm y tế'] },
      { roles: ['head'], bodies: ['sector'], within: ['Công an'] },
    ]);
    expect(rules('province', 'Lãnh đạo Văn phòng Tỉnh ủy, Văn phòng UBND tỉnh')).toEqual([
      { kind: 'office', roles: ['head', 'deputy'], tiers: ['province'], bodies: ['office'] },
    ]);
    expect(rules('commune', 'công chức Trung tâm Phục vụ hành chính công')).toMatchObject([
      { bodies: ['unit'], within: ['Trung tâm Phục vụ hành chính công'] },
    ]);
  });

  test('"các chi, đảng bộ trực thuộc Huyện ủy" are those under it, not itself', () => {
    expect(rules('district', 'Bí thư, phó bí thư các chi, đảng bộ trực thuộc Huyện ủy')).toMatchObject([
      { roles: ['secretary', 'deputy-secretary'], bodies: ['grassroots-committee', 'cell'] },
    ]);
  });

  test('"đảng ủy" without a level takes it from what follows, or is not understood', () => {
    expect(rules('province', 'Bí thư Đảng ủy; Chủ tịch UBND các xã, phường')).toMatchObject([
      { roles: ['secretary'], bodies: ['party-committee'], tiers: ['commune'] },
      { roles: ['head'], bodies: ['people-committee'], tiers: ['commune'] },
    ]);
    expect(compileClause(clause('C', 'province', 'Bí thư các đảng ủy')).unread).toEqual([
      'Bí thư các đảng ủy',
    ]);
  });

  test('"thường trực" are the secretaries of a committee and the heads of a council', () => {
    expect(rules('province', 'Thường trực Tỉnh ủy, HĐND tỉnh')).toMatchObject([
      { roles: ['secretary', 'deputy-secretary'], bodies: ['party-committee'] },
      { roles: ['head', 'deputy'], bodies: ['council'] },
    ]);
  });

  test('one clause may hold a quota among its parts', () => {
    const compiled = compileClause(nationalClauses().at(-1) ?? clause('C', 'party-bloc', 'x'));
    expect(compiled.parts.filter((part) => part.quota).map((part) => part.rule.kind)).toEqual([
      'grassroots-committees',
    ]);
    const whole = compileClause(clause('C', 'party-bloc', 'đại diện các doanh nghiệp', { quota: 3 }));
    expect(whole.parts.map((part) => part.quota)).toEqual([true]);
  });

  test('words that no rule understands are named, and bring nobody', () => {
    const compiled = compileClause(
      clause('C', 'commune', 'trưởng thôn, hộ gia đình văn hóa; người tình nguyện'),
    );
    expect(compiled.unread).toEqual(['hộ gia đình văn hóa', 'người tình nguyện']);
    expect(compiled.parts.map((part) => part.words)).toEqual(['trưởng thôn']);
    expect(describe(compiled, DEFAULT_SETTINGS, 'vi')).toContain('hộ gia đình văn hóa');
  });

  test('a rule given by an organizer stands in place of the words', () => {
    const given: Rule = { kind: 'reporter', tiers: ['province'] };
    const one = clause('C7', 'province', 'những người có duyên với hội nghị');
    expect(compileClause(one).unread).not.toEqual([]);
    const compiled = compileClause(one, new Map([[one.id, [given]]]));
    expect(compiled).toMatchObject({ unread: [], given: true, parts: [{ rule: given }] });
  });

  test('exclusions are read, those in brackets of the text too', () => {
    expect(kinds('báo cáo viên (trừ các đồng chí đã dự ở điểm cầu Trung ương)')).toEqual(['seated-at']);
    expect(kinds('báo cáo viên', ['trừ các đồng chí chủ trì tại điểm cầu trực tuyến'])).toEqual(['chairs']);
    expect(
      kinds('cán bộ, đảng viên', ['không bao gồm các đồng chí đã tham gia học tập Hội nghị ngày 13/01/2025']),
    ).toEqual(['attended']);
    expect(kinds('trưởng, phó các ban, trừ phó ban')).toEqual(['rules']);
    const odd = compileClause(
      clause('C', 'agency', 'báo cáo viên', { exclusions: ['trừ những ai mặc áo xanh'] }),
    );
    expect(odd.unreadExclusions).toEqual(['trừ những ai mặc áo xanh']);
  });

  test('reads the same in NFD and with either tone placement', () => {
    for (const one of nationalClauses()) {
      const strip = (text: string): unknown =>
        compileClause({ ...one, text }).parts.map((part) => ({
          ...part,
          words: '',
          rule: { ...part.rule, who: '', within: [] },
        }));
      expect(strip(one.text.normalize('NFD'))).toEqual(strip(one.text));
      expect(strip(one.text.replaceAll('ủy', 'uỷ').replaceAll('Ủy', 'Uỷ'))).toEqual(strip(one.text));
    }
  });

  test('says itself back in both languages', () => {
    for (const one of nationalClauses()) {
      for (const language of ['vi', 'en'] as const) {
        const said = describe(compileClause(one), DEFAULT_SETTINGS, language);
        expect(said).not.toMatch(/undefined|null|nobody|không có ai/);
        expect(said.endsWith('.')).toBe(true);
      }
    }
    const village = compileClause(clause('C20', 'commune', 'trưởng, phó cấp thôn'));
    const wards = { ...DEFAULT_SETTINGS, villageHeadsIncludeWards: true };
    expect(describe(village, DEFAULT_SETTINGS, 'vi')).not.toContain('tổ dân phố');
    expect(describe(village, wards, 'vi')).toContain('tổ dân phố');
  });
});
