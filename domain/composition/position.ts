import { RANK, ROLE, TIER, type Bits, type Body } from './rule.ts';
import { tokenize, type Token, type Tokens } from './tokens.ts';
import { AND } from './words.ts';
import type { Word } from './words.ts';

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

export interface PositionReading {
  readonly words: readonly Word[];
  readonly offices: readonly Office[];
}

interface Draft {
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

function draft(former: boolean, acting: boolean): Draft {
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

const LEADING = ROLE.head | ROLE.deputy;
const REFINED: ReadonlySet<Body> = new Set<Body>(['bureau', 'unit']);

/**
 * Reads a position ("Phó Viện trưởng (tương đương phó cục trưởng), Bộ Khoa học và Công nghệ"). The organisation, where
 * the roster has it in a column of its own, reads as if it followed. Never fails: what it does not know stays empty.
 */
export function readPosition(text: string, organisation: string | null = null): PositionReading {
  const source = tokenize(organisation === null ? text : `${text}, ${organisation}`, false);
  return { words: source.words, offices: readOffices(source) };
}

function readOffices(source: Tokens): Office[] {
  const { tokens } = source;
  const drafts: Draft[] = [];
  let current: Draft | null = null;
  let former = false;
  let acting = false;
  let deputy = false;
  let brackets = 0;
  let equivalent = false;
  let centralSaid = false;
  /** Unknown words since the role and before its body: then the body that follows is only what it stands under. */
  let strangers = 0;
  let run: [number, number] | null = null;

  const open = (): Draft => {
    const next = draft(former, acting);
    former = false;
    acting = false;
    strangers = 0;
    centralSaid = false;
    drafts.push(next);
    return next;
  };

  const takeRole = (bits: Bits, body: Body | null, rank: Bits, tiers: Bits): void => {
    let role = bits;
    if (deputy) {
      if ((role & ROLE.head) !== 0) role = (role & ~ROLE.head) | ROLE.deputy;
      if ((role & ROLE.secretary) !== 0) role = (role & ~ROLE.secretary) | ROLE['deputy-secretary'];
      deputy = false;
    }
    if (brackets > 0 && current !== null) return;
    if (current === null || current.roles !== 0 || former || acting) current = open();
    current.roles |= role;
    if (body !== null) {
      if (current.body !== null && current.body !== body)
        current.parents = [...current.parents, current.body];
      current.body = body;
      current.bodyFromRole = true;
    }
    current.rank |= rank;
    if (current.tiers === 0) current.tiers = tiers;
    strangers = 0;
  };

  const takeBody = (body: Body, exec: 'committee' | 'standing' | null): void => {
    current ??= open();
    if (current.body === null) {
      if (strangers > 0 && (current.roles & LEADING) !== 0) {
        current.body = 'unit';
        current.parents = [...current.parents, body];
        return;
      }
      current.body = body;
    } else if (current.body === body) {
      current.bodyFromRole = false;
    } else if (
      current.bodyFromRole &&
      REFINED.has(current.body) &&
      (body === 'central-unit' || body === 'sector')
    ) {
      // "Cục trưởng Cục Thuế tỉnh": not a bureau of a ministry, but what the name says.
      current.body = body;
      current.bodyFromRole = false;
    } else if (current.exec && (body === 'mass-organisation' || body === 'association' || body === 'front')) {
      current.body = body;
      current.exec = false;
    } else if (current.body === 'cell' && (body === 'village' || body === 'residential-group')) {
      current.settlements = [...current.settlements, body];
    } else if (current.body === 'school' && body === 'organ') {
      // "Trường ..., đơn vị ...": says nothing new.
    } else {
      current.parents = [...current.parents, body];
    }
    if (exec !== null && current.body === 'party-committee') {
      current.exec = true;
      if (exec === 'standing' && (current.roles & ROLE.member) !== 0)
        current.roles |= ROLE['standing-member'];
    }
  };

  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as Token;
    const { term } = token;
    if (term === null && token.mark === null) {
      strangers++;
      if (run === null) run = [token.from, token.to];
      else run[1] = token.to;
      continue;
    }
    if (run !== null && token.mark !== AND) {
      current ??= open();
      current.runs = [...current.runs, run];
      run = null;
    }
    if (token.mark !== null) {
      if (token.mark === '(') brackets++;
      else if (token.mark === ')') brackets = Math.max(0, brackets - 1);
      if (token.mark !== AND) {
        equivalent = false;
        deputy = false;
      }
      continue;
    }
    if (term === null) continue;
    switch (term.is) {
      case 'former':
        // "cố", "nguyên" open an office; after a role they would be part of a name.
        former = true;
        break;
      case 'acting':
        acting = true;
        break;
      case 'also':
        if (current !== null && current.roles !== 0) current = null;
        break;
      case 'deputy':
        deputy = true;
        if (followedBy(tokens, index) === null) takeRole(ROLE.deputy, null, 0, 0);
        else if (followedBy(tokens, index)?.is === 'body') {
          const next = followedBy(tokens, index);
          deputy = false;
          if (next?.is === 'body' && brackets === 0) takeRole(ROLE.deputy, next.body, next.rank, 0);
        }
        break;
      case 'head': {
        const next = followedBy(tokens, index);
        if (next?.is === 'body') takeRole(ROLE.head, next.body, next.rank, 0);
        else takeRole(ROLE.head, null, 0, 0);
        break;
      }
      case 'leaders':
        takeRole(LEADING, null, 0, 0);
        break;
      case 'role':
        if (equivalent && current !== null) {
          current.equivalent |= term.rank;
          deputy = false;
        } else if (equivalent) {
          current = open();
          current.roles |= ROLE.official;
          current.equivalent |= term.rank;
        } else takeRole(term.role, term.body, term.rank, term.tiers);
        break;
      case 'body':
        if (equivalent && current !== null) {
          current.equivalent |= term.rank;
          break;
        }
        if (brackets > 0 && current !== null && term.type === null) break;
        takeBody(term.body, term.exec);
        if (current !== null) {
          if (current.body === term.body && (current.roles & LEADING) !== 0) current.rank |= term.rank;
          if ((term.tiers & TIER.bloc) !== 0) current.bloc = true;
          if (current.tiers === 0) current.tiers = term.tiers;
          if (term.type !== null)
            current.mentions = [...current.mentions, mention(term.type, term.tiers, tokens, index)];
        }
        break;
      case 'tier':
        if (term.tiers === TIER.central) centralSaid = true;
        current ??= open();
        if (current.tiers === 0 && brackets === 0) current.tiers = term.tiers;
        if (term.type !== null)
          current.mentions = [...current.mentions, mention(term.type, term.tiers, tokens, index)];
        break;
      case 'bloc':
        current ??= open();
        current.bloc = true;
        if (current.tiers === 0) current.tiers = TIER.bloc;
        break;
      case 'school':
        current ??= open();
        if (current.body === null) {
          current.body = 'school';
        }
        if (current.body === 'school') current.schools |= term.schools;
        break;
      case 'settlement':
        if (current?.body === 'cell')
          current.settlements = [...current.settlements, 'village', 'residential-group'];
        else takeBody('residential-group', null);
        break;
      case 'alternate':
        if (current !== null) current.roles = (current.roles & ~ROLE.member) | ROLE['alternate-member'];
        break;
      case 'standing':
        if (current === null) current = open();
        current.standing = true;
        break;
      case 'equivalent':
        equivalent = true;
        break;
      case 'located':
        if (centralSaid && current !== null) {
          current.central = true;
          if (current.tiers === TIER.central) current.tiers = 0;
        }
        break;
      default:
        break;
    }
  }
  if (run !== null) {
    current ??= open();
    current.runs = [...current.runs, run];
  }
  return finish(drafts);
}

/** The meaning right after a token, fillers set aside ("trưởng các ban"); null at a mark or an unknown word. */
function followedBy(tokens: readonly Token[], index: number): Token['term'] {
  for (let next = index + 1; next < tokens.length; next++) {
    const token = tokens[next] as Token;
    if (token.mark !== null || token.term === null) return null;
    if (token.term.is !== 'filler') return token.term;
  }
  return null;
}

function mention(type: string, tiers: Bits, tokens: readonly Token[], index: number): Mention {
  const token = tokens[index] as Token;
  const next = tokens[index + 1];
  const named = next !== undefined && next.mark === null && next.term === null;
  return { type, tiers, at: token.to, named };
}

const COUNCILS: ReadonlySet<Body | null> = new Set<Body | null>(['council', 'people-committee', 'front']);
const PARTY: ReadonlySet<Body> = new Set<Body>([
  'party-committee',
  'grassroots-committee',
  'cell',
  'inspection-committee',
]);

function finish(drafts: readonly Draft[]): Office[] {
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
