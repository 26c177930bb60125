import { z } from 'zod';

/** What somebody is in a body (chức danh). Several may hold at once: a secretary is also a member of the committee. */
export const ROLES = [
  'general-secretary',
  'secretary',
  'deputy-secretary',
  'standing-member',
  'member',
  'alternate-member',
  'head',
  'deputy',
  'reporter',
  'committee-member',
  'delegate',
  'official',
  'party-member',
] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** The kinds of body (tổ chức) that plans and positions speak of. */
export const BODIES = [
  'politburo',
  'secretariat',
  'central-committee',
  'military-commission',
  'public-security-committee',
  'party-committee',
  'inspection-committee',
  'grassroots-committee',
  'cell',
  'steering-committee',
  'party-central',
  'president-office',
  'assembly',
  'ministry',
  'government-agency',
  'general-department',
  'bureau',
  'board',
  'department',
  'sector',
  'office',
  'division',
  'organ',
  'council',
  'people-committee',
  'front',
  'mass-organisation',
  'association',
  'central-unit',
  'school',
  'village',
  'residential-group',
  'village-front',
  'enterprise',
  'unit',
] as const;
export const Body = z.enum(BODIES);
export type Body = z.infer<typeof Body>;

/**
 * The level that a body's own words give it ("tỉnh ủy", "cấp xã"). These are words of the language; which levels a
 * conference has is said by its bridges and units. `bloc` is a Party committee of agencies or enterprises (khối).
 */
export const TIERS = ['central', 'province', 'district', 'commune', 'bloc', 'village', 'grassroots'] as const;
export const Tier = z.enum(TIERS);
export type Tier = z.infer<typeof Tier>;

/** Ranks of units inside an agency, from the top down: tổng cục > cục, vụ, viện > phòng. */
export const RANKS = ['general-department', 'bureau', 'division'] as const;
export const Rank = z.enum(RANKS);
export type Rank = z.infer<typeof Rank>;

/** Kinds of school: mầm non, tiểu học, trung học cơ sở, trung học phổ thông, đại học và cao đẳng. */
export const SCHOOLS = ['preschool', 'primary', 'lower-secondary', 'upper-secondary', 'higher'] as const;
export const School = z.enum(SCHOOLS);
export type School = z.infer<typeof School>;

const words = z.string().min(1).max(300);

/**
 * What a clause, or one part of it, asks of a person. The program reads rules out of a clause's words; an organizer may
 * give them instead. Empty lists ask nothing.
 */
export const Rule = z.discriminatedUnion('kind', [
  /** body × role × level: "trưởng, phó các ban, sở, ngành, đoàn thể trực thuộc tỉnh". */
  z.object({
    kind: z.literal('office'),
    /** Empty where the clause names bodies and no role: who then comes for them is a setting. */
    roles: z.array(Role),
    bodies: z.array(Body).min(1),
    tiers: z.array(Tier),
    schools: z.array(School),
    /** For a cell: of which kind of settlement ("chi bộ khu dân cư, tổ dân phố"). */
    settlements: z.array(z.enum(['village', 'residential-group'])),
    /** Named bodies: "Văn phòng Trung ương Đảng". */
    within: z.array(words),
    former: z.boolean(),
  }),
  /** Leaders by rank: "cấp vụ, cục và tương đương thuộc ...". */
  z.object({
    kind: z.literal('rank'),
    ranks: z.array(Rank).min(1),
    equivalents: z.boolean(),
    within: z.array(words),
  }),
  /** "Tập thể lãnh đạo: ...": head and deputies of the body itself, and whom the roster marks so. */
  z.object({ kind: z.literal('collective-leadership'), bodies: z.array(Body), tiers: z.array(Tier) }),
  /** "báo cáo viên cấp tỉnh" */
  z.object({ kind: z.literal('reporter'), tiers: z.array(Tier) }),
  /** "cán bộ, đảng viên": everybody of the office that runs the bridge itself. */
  z.object({ kind: z.literal('staff') }),
  /** "đại diện cấp ủy cơ sở": members of the grassroots committees below the bridge. */
  z.object({ kind: z.literal('grassroots-committees') }),
  /** People whom the plan names one by one, or who are on its own list: whoever the roster marks so. */
  z.object({ kind: z.literal('named-in-plan'), names: z.array(words) }),
  /** "các nhà khoa học, trí thức, doanh nghiệp tiêu biểu": only who is on the list that an office makes. */
  z.object({ kind: z.literal('listed'), who: words }),
  /** "Thành phần khác có liên quan": no property at all, only a decision brings them. */
  z.object({ kind: z.literal('others') }),
]);
export type Rule = z.infer<typeof Rule>;

/** Sets of roles, tiers, ranks and schools as bits, for predicates that run a million times. */
export type Bits = number;

function bitTable<Name extends string>(names: readonly Name[]): Readonly<Record<Name, Bits>> {
  return Object.fromEntries(names.map((name, index) => [name, 1 << index])) as Record<Name, Bits>;
}

export const ROLE = bitTable(ROLES);
export const TIER = bitTable(TIERS);
export const RANK = bitTable(RANKS);
export const SCHOOL = bitTable(SCHOOLS);

export function bitsOf<Name extends string>(
  table: Readonly<Record<Name, Bits>>,
  names: readonly Name[],
): Bits {
  let bits = 0;
  for (const name of names) bits |= table[name];
  return bits;
}

export function namesOf<Name extends string>(names: readonly Name[], bits: Bits): Name[] {
  return names.filter((_, index) => (bits & (1 << index)) !== 0);
}
