import { assertNever } from '../result.ts';
import type { Office } from './office.ts';
import { RANK, ROLE, SCHOOL, TIER, bitsOf, type Bits, type Body, type Rule } from './rule.ts';
import { AND, phraseKeys, splitWords } from './words.ts';
import type { Word } from './words.ts';

/** A rule made ready for a million questions. */
export interface Predicate {
  readonly rule: Rule;
  readonly roles: Bits;
  readonly tiers: Bits;
  readonly schools: Bits;
  readonly ranks: Bits;
  readonly bodies: ReadonlySet<Body>;
  readonly settlements: ReadonlySet<Body>;
  /** Keys of named bodies, each between blanks. */
  readonly within: readonly string[];
}

/** What the words leave to the organizers. */
export interface Readings {
  /** A clause that names bodies and no role brings their deputies too, besides their heads. */
  readonly bodiesIncludeDeputies: boolean;
  /** "trưởng, phó cấp thôn" also means tổ dân phố, khu phố and the like. */
  readonly villageHeadsIncludeWards: boolean;
}

/** Bodies that exist on several levels, so that a clause's level must be theirs. */
const LEVELED: ReadonlySet<Body | null> = new Set<Body | null>([
  'party-committee',
  'inspection-committee',
  'steering-committee',
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
]);

/** Wider words: a committee's office is one of its "ban"; "cơ quan, đơn vị" is any of them. */
const COVERS: Partial<Readonly<Record<Body, readonly Body[]>>> = {
  board: ['office', 'inspection-committee'],
  sector: ['office'],
  organ: [
    'board',
    'department',
    'sector',
    'office',
    'division',
    'council',
    'people-committee',
    'front',
    'mass-organisation',
    'association',
    'unit',
  ],
};

const CENTRAL_PARTY = ` ${phraseKeys('trung ương đảng').join(' ')} `;
const CENTRE = ` ${phraseKeys('trung ương').join(' ')} `;

/** The words of a text as one string to look for bodies in by name; "Trung ương Đảng" and "Trung ương" are one. */
export function nameKey(words: readonly Pick<Word, 'key'>[]): string {
  const keys = words.filter(({ key }) => key !== AND).map(({ key }) => key);
  return ` ${keys.join(' ')} `.replaceAll(CENTRAL_PARTY, CENTRE);
}

export function predicateOf(rule: Rule, readings: Readings): Predicate {
  const none = {
    rule,
    roles: 0,
    tiers: 0,
    schools: 0,
    ranks: 0,
    bodies: EMPTY,
    settlements: EMPTY,
    within: [],
  };
  switch (rule.kind) {
    case 'office': {
      const byBody = readings.bodiesIncludeDeputies ? ROLE.head | ROLE.deputy : ROLE.head;
      const bodies = new Set<Body>(rule.bodies);
      for (const body of rule.bodies) for (const covered of COVERS[body] ?? []) bodies.add(covered);
      if (bodies.has('village') && readings.villageHeadsIncludeWards) bodies.add('residential-group');
      return {
        ...none,
        roles: rule.roles.length > 0 ? bitsOf(ROLE, rule.roles) : byBody,
        tiers: bitsOf(TIER, rule.tiers),
        schools: bitsOf(SCHOOL, rule.schools),
        bodies,
        settlements: new Set(rule.settlements),
        within: rule.within.map((name) => nameKey(splitWords(name).words)),
      };
    }
    case 'rank':
      return {
        ...none,
        ranks: bitsOf(RANK, rule.ranks),
        within: rule.within.map((name) => nameKey(splitWords(name).words)),
      };
    case 'collective-leadership':
      return { ...none, tiers: bitsOf(TIER, rule.tiers), bodies: new Set(rule.bodies) };
    case 'reporter':
      return { ...none, tiers: bitsOf(TIER, rule.tiers) };
    default:
      return none;
  }
}

const EMPTY: ReadonlySet<Body> = new Set();
const LEADING = ROLE.head | ROLE.deputy;
const CELLS: ReadonlySet<Body | null> = new Set<Body | null>([
  'cell',
  'grassroots-committee',
  'village',
  'residential-group',
]);

/** `flagged`: only if the roster marks the person as of their agency's collective leadership. */
export type Fit = 'yes' | 'flagged' | 'no';

/**
 * Whether an office is what a rule asks, bodies called by name aside: those are `isNamed`. `tiers` is the office's level
 * with what its place adds. Says nothing about where: that is for the bridges.
 */
export function fit(predicate: Predicate, office: Office, tiers: Bits): Fit {
  const { rule } = predicate;
  if (rule.kind === 'office') return officeFits(predicate, office, tiers, rule.former) ? 'yes' : 'no';
  if (office.former) return 'no';
  switch (rule.kind) {
    case 'rank': {
      const held = office.rank | (rule.equivalents ? office.equivalent : 0);
      return (held & predicate.ranks) !== 0 ? 'yes' : 'no';
    }
    case 'collective-leadership': {
      const own = office.body !== null && predicate.bodies.has(office.body);
      if (!own && !office.parents.some((body) => predicate.bodies.has(body))) return 'no';
      if (LEVELED.has(office.body) && predicate.tiers !== 0 && (tiers & predicate.tiers) === 0) return 'no';
      return own && (office.roles & LEADING) !== 0 ? 'yes' : 'flagged';
    }
    case 'reporter':
      if ((office.roles & ROLE.reporter) === 0) return 'no';
      // An agency's own: "báo cáo viên cấp tỉnh" is none.
      if (predicate.tiers === 0) return (office.tiers & ~TIER.central) === 0 ? 'yes' : 'no';
      return (tiers & predicate.tiers) !== 0 ? 'yes' : 'no';
    case 'staff':
      return CELLS.has(office.body) ? 'no' : 'yes';
    case 'grassroots-committees': {
      const grassroots =
        office.body === null || office.body === 'cell' || office.body === 'grassroots-committee';
      return grassroots && (office.roles & ROLE['committee-member']) !== 0 ? 'yes' : 'no';
    }
    case 'named-in-plan':
    case 'listed':
    case 'others':
      return 'no';
    default:
      return assertNever(rule);
  }
}

/** Whether a position's words, by `nameKey`, hold one of the bodies that the rule calls by name. */
export function isNamed(predicate: Predicate, name: string): boolean {
  return predicate.within.some((body) => name.includes(body));
}

function officeFits(predicate: Predicate, office: Office, tiers: Bits, former: boolean): boolean {
  if ((office.roles & predicate.roles) === 0 || office.former !== former) return false;
  const { body } = office;
  const central = office.central && predicate.bodies.has('central-unit');
  if (!central && (body === null || !predicate.bodies.has(body))) return false;
  if (predicate.schools !== 0 && (office.schools & predicate.schools) === 0) return false;
  if (body === 'cell' && predicate.settlements.size > 0) {
    if (!office.settlements.some((kind) => predicate.settlements.has(kind))) return false;
  }
  if (predicate.tiers !== 0) {
    if (central || body === 'central-unit') {
      // A treasury of a district is no unit "đóng trên địa bàn tỉnh" of the province's own level.
      if (office.tiers !== 0 && (office.tiers & predicate.tiers) === 0) return false;
    } else if (LEVELED.has(body) && (tiers & predicate.tiers) === 0) {
      // "Phó Trưởng Ban Chỉ đạo", without a level, is of the committee that the plan speaks of.
      if (body !== 'steering-committee' || tiers !== 0) return false;
    }
  }
  return true;
}
