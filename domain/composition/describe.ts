import { sayBridgeClass } from '../bridges/sentences.ts';
import { assertNever } from '../result.ts';
import type { Language } from '../text/language.ts';
import type { CompiledClause, Exclusion } from './compiled.ts';
import type { Readings } from './match.ts';
import type { Body, Rank, Role, Rule, School, Tier } from './rule.ts';

/** What something is called, in each language. */
export type Name = Readonly<Record<Language, string>>;

export const ROLE_NAMES: Readonly<Record<Role, Name>> = {
  'general-secretary': { vi: 'Tổng Bí thư', en: 'General Secretary' },
  secretary: { vi: 'bí thư', en: 'secretary' },
  'deputy-secretary': { vi: 'phó bí thư', en: 'deputy secretary' },
  'standing-member': { vi: 'ủy viên ban thường vụ', en: 'member of the standing committee' },
  member: { vi: 'ủy viên', en: 'member' },
  'alternate-member': { vi: 'ủy viên dự khuyết', en: 'alternate member' },
  head: { vi: 'cấp trưởng', en: 'head' },
  deputy: { vi: 'cấp phó', en: 'deputy head' },
  reporter: { vi: 'báo cáo viên', en: 'rapporteur' },
  'committee-member': { vi: 'cấp ủy viên', en: 'committee member' },
  delegate: { vi: 'đại biểu', en: 'deputy (elected)' },
  official: { vi: 'cán bộ', en: 'official' },
  'party-member': { vi: 'đảng viên', en: 'Party member' },
};

export const BODY_NAMES: Readonly<Record<Body, Name>> = {
  politburo: { vi: 'Bộ Chính trị', en: 'the Politburo' },
  secretariat: { vi: 'Ban Bí thư', en: 'the Secretariat' },
  'central-committee': { vi: 'Ban Chấp hành Trung ương Đảng', en: 'the Central Committee' },
  'military-commission': { vi: 'Quân ủy Trung ương', en: 'the Central Military Commission' },
  'public-security-committee': {
    vi: 'Đảng ủy Công an Trung ương',
    en: 'the Central Public Security Party Committee',
  },
  'party-committee': { vi: 'cấp ủy', en: 'the Party committee' },
  'inspection-committee': { vi: 'ủy ban kiểm tra', en: 'the inspection committee' },
  'grassroots-committee': { vi: 'cấp ủy cơ sở', en: 'grassroots Party committees' },
  cell: { vi: 'chi bộ', en: 'Party cells' },
  'steering-committee': { vi: 'ban chỉ đạo', en: 'the steering committee' },
  'party-central': { vi: 'ban đảng, văn phòng, cơ quan của Đảng ở Trung ương', en: 'central Party agencies' },
  'president-office': { vi: 'Văn phòng Chủ tịch nước', en: 'the Office of the President' },
  assembly: { vi: 'cơ quan của Quốc hội', en: 'bodies of the National Assembly' },
  ministry: { vi: 'bộ, cơ quan ngang bộ', en: 'ministries' },
  'government-agency': { vi: 'cơ quan thuộc Chính phủ', en: 'government agencies' },
  'general-department': { vi: 'tổng cục', en: 'general departments' },
  bureau: { vi: 'cục, vụ, viện', en: 'departments and institutes of a ministry' },
  board: { vi: 'ban', en: 'boards' },
  department: { vi: 'sở', en: 'departments' },
  sector: { vi: 'ngành', en: 'sector agencies' },
  office: { vi: 'văn phòng', en: 'offices' },
  division: { vi: 'phòng', en: 'divisions' },
  organ: { vi: 'cơ quan, đơn vị', en: 'agencies and units' },
  council: { vi: 'hội đồng nhân dân', en: "the People's Council" },
  'people-committee': { vi: 'ủy ban nhân dân', en: "the People's Committee" },
  front: { vi: 'Mặt trận Tổ quốc', en: 'the Fatherland Front' },
  'mass-organisation': { vi: 'tổ chức chính trị - xã hội, đoàn thể', en: 'socio-political organisations' },
  association: { vi: 'hội quần chúng', en: 'mass associations' },
  'central-unit': {
    vi: 'cơ quan, đơn vị của Trung ương đóng trên địa bàn',
    en: 'units of the Centre located there',
  },
  school: { vi: 'trường', en: 'schools' },
  village: { vi: 'thôn, xóm, bản, ấp và tương đương', en: 'villages' },
  'residential-group': { vi: 'tổ dân phố, khu phố và tương đương', en: 'residential groups' },
  'village-front': { vi: 'ban công tác mặt trận', en: 'village Front committees' },
  enterprise: { vi: 'doanh nghiệp', en: 'enterprises' },
  unit: { vi: 'đơn vị', en: 'units' },
};

export const TIER_NAMES: Readonly<Record<Tier, Name>> = {
  central: { vi: 'Trung ương', en: 'central' },
  province: { vi: 'cấp tỉnh', en: 'provincial' },
  district: { vi: 'cấp huyện', en: 'district' },
  commune: { vi: 'cấp xã', en: 'commune' },
  bloc: { vi: 'cấp Khối', en: 'bloc' },
  village: { vi: 'cấp thôn', en: 'village' },
  grassroots: { vi: 'cơ sở', en: 'grassroots' },
};

export const RANK_NAMES: Readonly<Record<Rank, Name>> = {
  'general-department': { vi: 'tổng cục', en: 'general department' },
  bureau: { vi: 'cục, vụ, viện', en: 'department (cục, vụ, viện)' },
  division: { vi: 'phòng', en: 'division' },
};

export const SCHOOL_NAMES: Readonly<Record<School, Name>> = {
  preschool: { vi: 'mầm non', en: 'preschools' },
  primary: { vi: 'tiểu học', en: 'primary schools' },
  'lower-secondary': { vi: 'trung học cơ sở', en: 'lower secondary schools' },
  'upper-secondary': { vi: 'trung học phổ thông', en: 'upper secondary schools' },
  higher: { vi: 'đại học, cao đẳng', en: 'colleges and universities' },
};

/** Bodies whose level goes without saying. */
const ONE_OF_A_KIND: ReadonlySet<Body> = new Set<Body>([
  'politburo',
  'secretariat',
  'central-committee',
  'military-commission',
  'public-security-committee',
  'president-office',
  'assembly',
  'party-central',
  'ministry',
  'government-agency',
  'school',
  'village',
  'residential-group',
  'village-front',
  'cell',
]);

/** What a clause came to mean, in words that an organizer can check: the rules it was read as, and what it leaves out. */
export function describe(compiled: CompiledClause, readings: Readings, language: Language): string {
  const vi = language === 'vi';
  const said = [
    ...new Set(joined(compiled.parts).map(({ rule, quota }) => sayRule(rule, quota, readings, language))),
  ];
  const lines = said.length > 0 ? said : [vi ? 'không có ai' : 'nobody'];
  const out = compiled.exclusions.map((exclusion) => sayExclusion(exclusion, readings, language));
  const except = out.length === 0 ? '' : ` ${vi ? 'Trừ' : 'Except'} ${out.join('; ')}.`;
  const unread = compiled.unread.map((words) => `“${words}”`).join(', ');
  const missing = unread === '' ? '' : vi ? ` Chưa hiểu: ${unread}.` : ` Not understood: ${unread}.`;
  return `${capital(lines.join('; '))}.${except}${missing}`;
}

/** A clause that lists bodies for its collective leadership part by part is said as one. */
function joined(parts: CompiledClause['parts']): Pick<CompiledClause['parts'][number], 'rule' | 'quota'>[] {
  const all: Pick<CompiledClause['parts'][number], 'rule' | 'quota'>[] = [];
  for (const { rule, quota } of parts) {
    const last = all.at(-1);
    if (rule.kind === 'collective-leadership' && last?.rule.kind === rule.kind && last.quota === quota) {
      const bodies = [...last.rule.bodies, ...rule.bodies];
      all[all.length - 1] = { rule: { ...last.rule, bodies }, quota };
    } else all.push({ rule, quota });
  }
  return all;
}

/** One rule in words. */
export function sayRule(rule: Rule, quota: boolean, readings: Readings, language: Language): string {
  const vi = language === 'vi';
  const words = ruleWords(rule, readings, language);
  if (!quota) return words;
  return vi
    ? `đại diện ${words}, do đơn vị cử đủ số chỗ`
    : `representatives of ${words}, named by the unit for its seats`;
}

function ruleWords(rule: Rule, readings: Readings, language: Language): string {
  const vi = language === 'vi';
  switch (rule.kind) {
    case 'office':
      return officeWords(rule, readings, language);
    case 'rank': {
      const ranks = list(rule.ranks, RANK_NAMES, language);
      const equal = rule.equivalents ? (vi ? ' và tương đương' : ' or equivalent') : '';
      const head = vi
        ? `cấp trưởng, cấp phó ${ranks}${equal}`
        : `heads and deputies of ${ranks} rank${equal}`;
      return head + within(rule.within, language);
    }
    case 'collective-leadership': {
      const bodies = list(rule.bodies, BODY_NAMES, language);
      return vi
        ? `tập thể lãnh đạo ${bodies}: cấp trưởng, cấp phó và người được đánh dấu trong danh sách`
        : `collective leadership of ${bodies}: heads, deputies and whom the roster marks so`;
    }
    case 'reporter': {
      const tiers = list(rule.tiers, TIER_NAMES, language);
      if (tiers === '') return vi ? 'báo cáo viên của cơ quan' : "the agency's own rapporteurs";
      return vi ? `báo cáo viên ${tiers}` : `${tiers} rapporteurs`;
    }
    case 'staff':
      return vi
        ? 'cán bộ, đảng viên của cơ quan đặt điểm cầu'
        : 'officials and Party members of the office that runs the bridge';
    case 'grassroots-committees':
      return vi ? 'cấp ủy cơ sở' : 'grassroots Party committees';
    case 'named-in-plan':
      return vi
        ? 'người có tên trong kế hoạch hoặc danh sách kèm theo'
        : 'people whom the plan or its list names';
    case 'listed':
      return vi
        ? 'người trong danh sách mời của cơ quan được giao'
        : 'guests on the list that the office in charge makes';
    case 'others':
      return vi
        ? 'người do cấp có thẩm quyền triệu tập bằng quyết định'
        : 'people summoned by a recorded decision';
    default:
      return assertNever(rule);
  }
}

function officeWords(
  rule: Extract<Rule, { kind: 'office' }>,
  readings: Readings,
  language: Language,
): string {
  const vi = language === 'vi';
  const roles: readonly Role[] =
    rule.roles.length > 0 ? rule.roles : readings.bodiesIncludeDeputies ? ['head', 'deputy'] : ['head'];
  const bodies = rule.bodies.flatMap((body): Body[] =>
    body === 'village' && readings.villageHeadsIncludeWards && !rule.bodies.includes('residential-group')
      ? ['village', 'residential-group']
      : [body],
  );
  const schools = list(rule.schools, SCHOOL_NAMES, language);
  const named = bodies
    .map((body) =>
      body === 'school' && schools !== '' ? (vi ? `trường ${schools}` : schools) : BODY_NAMES[body][language],
    )
    .join(', ');
  const leveled = bodies.some((body) => !ONE_OF_A_KIND.has(body));
  const tiers = leveled ? list(rule.tiers, TIER_NAMES, language) : '';
  const settlements =
    rule.settlements.length === 0 ? '' : ` (${list(rule.settlements, BODY_NAMES, language)})`;
  const former = rule.former ? (vi ? 'nguyên ' : 'former ') : '';
  const who = former + list(roles, ROLE_NAMES, language);
  const words = vi
    ? `${who} ${named}${settlements}${tiers === '' ? '' : ` ${tiers}`}`
    : `${who} of ${named}${settlements}${tiers === '' ? '' : `, ${tiers} level`}`;
  return words + within(rule.within, language);
}

function within(names: readonly string[], language: Language): string {
  if (names.length === 0) return '';
  return language === 'vi' ? `, riêng ${names.join(', ')}` : `, only in ${names.join(', ')}`;
}

/** One exclusion in words. */
export function sayExclusion(exclusion: Exclusion, readings: Readings, language: Language): string {
  const vi = language === 'vi';
  switch (exclusion.kind) {
    case 'chairs':
      return vi ? 'người chủ trì ở điểm cầu trực tuyến' : 'whoever chairs an online bridge';
    case 'seated-at': {
      const where = exclusion.bridgeClass;
      if (where === null) return vi ? 'người đã dự ở điểm cầu khác' : 'whoever sits at another bridge';
      const name = sayBridgeClass(where, language);
      return vi
        ? `người đã dự ở điểm cầu thuộc loại “${name}”`
        : `whoever sits at a bridge of the class “${name}”`;
    }
    case 'attended':
      return vi ? 'người đã dự hội nghị trước' : 'whoever attended the earlier conference';
    case 'rules':
      return exclusion.rules.map((rule) => ruleWords(rule, readings, language)).join(', ');
    default:
      return assertNever(exclusion);
  }
}

function list<Key extends string>(
  keys: readonly Key[],
  names: Readonly<Record<Key, Name>>,
  language: Language,
): string {
  return keys.map((key) => names[key][language]).join(', ');
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
}
