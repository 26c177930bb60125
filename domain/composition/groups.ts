import { TIER } from './rule.ts';
import type { Bits, Body } from './rule.ts';
import { quote } from './tokens.ts';
import type { Token, Tokens } from './tokens.ts';
import { AND, phraseKeys } from './words.ts';

/** One body that a clause names. */
export interface Item {
  readonly body: Body;
  readonly exec: 'committee' | 'standing' | null;
  /** A body called by its own name: "Ban Kinh tế Trung ương". */
  readonly name: string | null;
}

/** What one stretch of a clause says of the same people: "trưởng, phó các ban, sở trực thuộc tỉnh". */
export interface Group {
  from: number;
  to: number;
  roles: Bits;
  items: Item[];
  ranks: Bits;
  equivalents: boolean;
  sure: Bits;
  unsure: Bits;
  schools: Bits;
  settlements: Set<'village' | 'residential-group'>;
  collective: boolean;
  represent: boolean;
  standing: boolean;
  former: boolean;
  located: boolean;
  guests: boolean;
  others: boolean;
  list: boolean;
  high: boolean;
  names: string[];
  of: boolean;
}

/** An empty group that begins at a token. */
export function newGroup(from: number, collective: boolean): Group {
  return {
    from,
    to: from,
    roles: 0,
    items: [],
    ranks: 0,
    equivalents: false,
    sure: 0,
    unsure: 0,
    schools: 0,
    settlements: new Set(),
    collective,
    represent: false,
    standing: false,
    former: false,
    located: false,
    guests: false,
    others: false,
    list: false,
    high: false,
    names: [],
    of: false,
  };
}

/** Adds a level; "thành phố", "thành ủy" leave two open. */
export function takeTier(tiers: Bits, current: Group): void {
  // "của Trung ương đóng trên địa bàn tỉnh": first whose it is, then where.
  if (tiers === TIER_MEETS) current.unsure |= tiers;
  else current.sure |= tiers;
}

const TIER_MEETS = TIER.province | TIER.district;

/** Adds a body that the words name, unless it only says whose another one is. */
export function takeBody(
  source: Tokens,
  index: number,
  to: number,
  term: Extract<Token['term'], { is: 'body' }>,
  current: Group,
  hadComma: boolean,
): void {
  const last = current.items.at(-1);
  if (term.body === 'party-committee') {
    // "các chi, đảng bộ trực thuộc Huyện ủy": those under it, not itself.
    if (current.of && term.type !== null && last?.body === 'party-committee' && last.exec === null) {
      current.items.pop();
      current.items.push(plainItem('grassroots-committee'), plainItem('cell'));
      return;
    }
    if ((term.tiers & TIER.bloc) !== 0) current.sure |= TIER.bloc;
    else if (term.tiers !== 0) takeTier(term.tiers, current);
    // "ủy viên ủy ban kiểm tra tỉnh ủy", "ban chấp hành đảng bộ": whose, not another body.
    if (last !== undefined && term.exec === null && !(last.body === 'party-committee' && last.exec === null))
      return;
  }
  // "Văn phòng UBND tỉnh": whose.
  if (!hadComma && last !== undefined && OFFICES.has(last.body) && HOUSES.has(term.body)) return;
  if (last?.exec != null && (term.body === 'mass-organisation' || term.body === 'association'))
    current.items.pop();
  if (term.body === 'village' || term.body === 'residential-group') {
    if (last?.body === 'village-front' || current.items.some((one) => one.body === 'village-front')) return;
    if (last?.body === 'cell') {
      current.settlements.add(term.body);
      return;
    }
  }
  if (last?.body === 'residential-group' && current.settlements.size > 0) return;
  const name = ownName(source, index, to, current);
  const generic = current.items.length > 0 && current.items.every((one) => one.body === 'organ');
  if (current.of && !current.collective && current.items.length > 0) {
    if (generic && term.body === 'ministry' && name === null) {
      // "lãnh đạo các đơn vị thuộc bộ": not the ministry's own leaders.
      current.items = [
        plainItem('bureau'),
        plainItem('general-department'),
        plainItem('office'),
        plainItem('unit'),
      ];
      return;
    }
    if (generic) current.items.pop();
    else if (name === null && term.type === null && WHOSE.has(term.body)) return;
  }
  current.items.push({ body: term.body, exec: term.exec, name });
  current.ranks |= term.rank;
}

/** A kind of body. */
export function plainItem(body: Body): Item {
  return { body, exec: null, name: null };
}

const OFFICES: ReadonlySet<Body> = new Set<Body>(['office', 'board', 'sector', 'unit']);

const HOUSES: ReadonlySet<Body> = new Set<Body>(['people-committee', 'council', 'front']);

/** "thuộc các bộ": under which kind of body, which the bridge's class already says. */
const WHOSE: ReadonlySet<Body> = new Set<Body>(['organ', 'ministry', 'front']);

/** Bodies of which a clause may mean a kind ("các sở") or one ("Sở Nội vụ"). */
const NAMEABLE: ReadonlySet<Body> = new Set<Body>([
  'board',
  'office',
  'department',
  'ministry',
  'division',
  'bureau',
  'sector',
  'unit',
  'central-unit',
  'association',
  'mass-organisation',
]);

/** Of these, the vocabulary has many by their own names, and a few words for the kind. */
const SPECIFIC: ReadonlySet<Body> = new Set<Body>([
  'ministry',
  'sector',
  'unit',
  'central-unit',
  'association',
  'mass-organisation',
]);

const KINDS: ReadonlySet<string> = new Set(
  [
    'bộ',
    'cơ quan ngang bộ',
    'cơ quan trung ương',
    'ngành',
    'hội',
    'hội quần chúng',
    'hội đặc thù',
    'tổ chức quần chúng',
    'đoàn thể',
    'đoàn thể chính trị xã hội',
    'đoàn thể trung ương',
    'tổ chức chính trị xã hội',
    'các tổ chức chính trị xã hội',
    'ct xh',
    'tổ chức ct xh',
  ].map((kind) => phraseKeys(kind).join(' ')),
);

/**
 * A body called by its own name: unknown words follow ("Ban Kinh tế Trung ương"), the Centre is named, or the words
 * themselves are those of one body ("trạm y tế", "công an"). Then only positions that say the same are meant.
 */
function ownName(source: Tokens, index: number, to: number, current: Group): string | null {
  const { tokens, words } = source;
  const token = tokens[index] as Token;
  const { term } = token;
  if (term?.is !== 'body' || term.type !== null || !NAMEABLE.has(term.body)) return null;
  const phrase = words
    .slice(token.from, token.to)
    .filter((word) => word.key !== AND)
    .map((word) => word.key)
    .join(' ');
  const specific = SPECIFIC.has(term.body) && !KINDS.has(phrase);
  let end = index + 1;
  let called = false;
  let central = false;
  for (; end < to; end++) {
    const next = tokens[end] as Token;
    if (next.mark === AND) {
      const after = tokens[end + 1];
      if (called && after !== undefined && after.term === null && after.mark === null) continue;
      break;
    }
    if (next.mark !== null) break;
    const capital = words[next.from]?.capital === true;
    if (next.term === null) called = true;
    else if (next.term.is === 'body' && next.term.body === 'organ' && end === index + 1) called = true;
    else if (next.term.is === 'tier' && next.term.tiers === TIER.central && capital) central = true;
    else if (next.term.is === 'body' && next.term.body === 'central-committee') central = true;
    else if (next.term.is === 'filler' && capital && called) continue;
    else if (next.term.is === 'body' && next.term.type !== null && called && !current.of) continue;
    else break;
  }
  if (!called && !specific && !(central && (current.of || term.body === 'office'))) return null;
  return quote(source, index, end);
}
