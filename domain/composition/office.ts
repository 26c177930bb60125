import { RANK, ROLE, TIER, type Bits, type Body } from './rule.ts';

/** A place that a position names: "huyện Đại Từ", "Huyện ủy Đại Từ". Its name, if any, are the words from `at` on. */
export interface Mention {
  readonly type: string;
  readonly tiers: Bits;
  readonly at: number;
  /** Whether a word follows that can be a name ("Sở Nội vụ tỉnh" names no province). */
  readonly named: boolean;
}

/** One office (chức vụ) in a position's text; "Phó Bí thư, Chủ tịch UBND xã" holds two. */
export interface Office {
  readonly roles: Bits;
  readonly body: Body | null;
  /** Bodies that it stands under: the Sở of a Phòng, the Tỉnh ủy of a Ban. */
  readonly parents: readonly Body[];
  /** Levels that the words allow; 0 where they say none. "Thành ủy" allows two. */
  readonly tiers: Bits;
  readonly schools: Bits;
  readonly rank: Bits;
  /** "tương đương", "hàm". */
  readonly equivalent: Bits;
  /** For a cell: in a village or a residential group, both where the words leave it open. */
  readonly settlements: readonly Body[];
  readonly former: boolean;
  readonly acting: boolean;
  /** A unit of the Centre, said so ("đơn vị của Trung ương đóng trên địa bàn"). */
  readonly central: boolean;
  /** In or under a Party committee of a bloc (Đảng ủy Khối). */
  readonly bloc: boolean;
  readonly mentions: readonly Mention[];
  /** Runs of words that no rule knows, from and to: names of places may end them ("Kho bạc Nhà nước Thái Nguyên"). */
  readonly runs: readonly (readonly [from: number, to: number])[];
}

/** An office while it is read. */
export interface Draft {
  roles: Bits;
  body: Body | null;
  /** Said by the role itself ("vụ trưởng"), not yet by a word of its own. */
  bodyFromRole: boolean;
  exec: boolean;
  parents: readonly Body[];
  tiers: Bits;
  schools: Bits;
  rank: Bits;
  equivalent: Bits;
  settlements: readonly Body[];
  former: boolean;
  acting: boolean;
  central: boolean;
  bloc: boolean;
  standing: boolean;
  mentions: readonly Mention[];
  runs: readonly (readonly [number, number])[];
}

/** Most offices have none of most things: shared, so that a million positions do not make millions of empty lists. */
const NONE: readonly never[] = [];

/** An office of which nothing is known yet. */
export function draft(former: boolean, acting: boolean): Draft {
  return {
    roles: 0,
    body: null,
    bodyFromRole: false,
    exec: false,
    parents: NONE,
    tiers: 0,
    schools: 0,
    rank: 0,
    equivalent: 0,
    settlements: NONE,
    former,
    acting,
    central: false,
    bloc: false,
    standing: false,
    mentions: NONE,
    runs: NONE,
  };
}

/** Roles that lead a body. */
export const LEADING = ROLE.head | ROLE.deputy;
const COUNCILS: ReadonlySet<Body | null> = new Set<Body | null>(['council', 'people-committee', 'front']);
const PARTY: ReadonlySet<Body> = new Set<Body>([
  'party-committee',
  'grassroots-committee',
  'cell',
  'inspection-committee',
]);

/** The offices of a position, with what each says of the one before it and what roles bring along. */
export function finish(drafts: readonly Draft[]): Office[] {
  const offices: Office[] = [];
  for (let index = 0; index < drafts.length; index++) {
    const one = drafts[index] as Draft;
    const next = drafts[index + 1];
    if (one.standing && one.roles === 0 && one.body !== null) {
      one.roles = one.body === 'party-committee' ? ROLE['deputy-secretary'] : ROLE.deputy;
    }
    const secretary = (one.roles & (ROLE.secretary | ROLE['deputy-secretary'])) !== 0;
    // "Phó Bí thư, Chủ tịch UBND xã Yên Lãng": the committee of the same level.
    if (secretary && one.body === null) {
      one.body = 'party-committee';
    }
    // "Ủy viên Ban Thường vụ, Trưởng Ban Tổ chức Tỉnh ủy": of the committee that the next office names.
    if (one.body === 'party-committee' && one.tiers === 0 && one.parents.length === 0 && next !== undefined) {
      if (COUNCILS.has(next.body) || next.parents.includes('party-committee')) {
        one.tiers = next.tiers;
        one.mentions = [...one.mentions, ...next.mentions];
      }
    }
    if (one.body === 'party-committee' && one.parents.some((parent) => !PARTY.has(parent))) {
      // "Đảng ủy Sở Y tế", "Đảng ủy Công an tỉnh": a committee inside an organ, not that of the level.
      one.body = 'grassroots-committee';
      one.tiers = 0;
    }
    if (one.tiers === TIER.grassroots && one.body === 'party-committee') one.body = 'grassroots-committee';
    if (secretary && one.body === 'mass-organisation') {
      one.roles |= (one.roles & ROLE.secretary) !== 0 ? ROLE.head : ROLE.deputy;
    }
    if ((one.tiers & TIER.central) !== 0 && (one.body === 'board' || one.body === 'office')) {
      if (!one.parents.some((parent) => STATE.has(parent))) one.body = 'party-central';
    }
    if (one.roles === 0 && one.body === null && one.mentions.length === 0 && one.runs.length === 0) continue;
    if ((one.roles & LEADING) === 0) one.rank = 0;
    offices.push({
      roles: implied(one.roles, one.body),
      body: one.body,
      parents: one.parents,
      tiers: one.tiers,
      schools: one.schools,
      rank: one.rank,
      equivalent: one.equivalent | heldEquivalent(one),
      settlements: one.settlements,
      former: one.former,
      acting: one.acting,
      central: one.central,
      bloc: one.bloc,
      mentions: one.mentions,
      runs: one.runs,
    });
  }
  return offices;
}

const STATE: ReadonlySet<Body> = new Set<Body>([
  'ministry',
  'government-agency',
  'assembly',
  'president-office',
  'people-committee',
]);

/** What a role brings with it: secretaries sit in the standing committee, its members in the committee. */
function implied(roles: Bits, body: Body | null): Bits {
  let all = roles;
  if (body === 'party-committee') {
    if ((all & (ROLE.secretary | ROLE['deputy-secretary'])) !== 0) all |= ROLE['standing-member'];
    if ((all & ROLE['standing-member']) !== 0) all |= ROLE.member;
  } else if (body === 'inspection-committee') {
    if ((all & LEADING) !== 0) all |= ROLE.member;
  } else if (body === 'politburo' || body === 'secretariat' || body === 'military-commission') {
    if ((all & (ROLE['general-secretary'] | ROLE.secretary | ROLE['deputy-secretary'])) !== 0)
      all |= ROLE.member;
  } else if (body === 'cell' || body === 'grassroots-committee') {
    if ((all & (ROLE.secretary | ROLE['deputy-secretary'] | ROLE.member)) !== 0)
      all |= ROLE['committee-member'];
  }
  return all;
}

/** Heads of a ministry's office and inspectorate rank with directors of a vụ. */
function heldEquivalent(one: Draft): Bits {
  const ministerial = one.parents.includes('ministry') || one.parents.includes('government-agency');
  return ministerial && (one.body === 'office' || one.body === 'sector') && (one.roles & LEADING) !== 0
    ? RANK.bureau
    : 0;
}
