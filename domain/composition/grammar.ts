import { stripHonorific } from '../text/names.ts';
import { tidy } from '../text/normalize.ts';
import { RANK, ROLE, ROLES, SCHOOLS, TIER, TIERS, namesOf } from './rule.ts';
import type { Bits, Body, Rule, Tier } from './rule.ts';
import { tokenize } from './tokens.ts';
import type { Token, Tokens } from './tokens.ts';
import { AND } from './words.ts';

/** One rule of a clause with the words that it was read from; a clause may hold several. */
export interface Part {
  readonly words: string;
  readonly rule: Rule;
  /** "đại diện": only whom the unit names, up to its number of seats. */
  readonly quota: boolean;
}

interface Item {
  readonly body: Body;
  readonly exec: 'committee' | 'standing' | null;
  /** A body called by its own name: "Ban Kinh tế Trung ương". */
  readonly name: string | null;
}

interface Group {
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

function group(from: number, collective: boolean): Group {
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

const LEADING = ROLE.head | ROLE.deputy;
const STAFF = ROLE.official | ROLE['party-member'];

/** The rules in a stretch of a plan, and the words in it that no rule understands. */
export function readRules(text: string, level: Tier | null): { parts: Part[]; unread: string[] } {
  const source = tokenize(text);
  const parts: Part[] = [];
  const unread: string[] = [];
  let collective = false;
  for (const [from, to, end] of sentences(source)) {
    const groups = readGroups(source, from, to, collective, unread);
    // "Tập thể lãnh đạo: ...; ...": what stands before the colon holds until the full stop.
    collective =
      end === ';' && (collective || (groups.some((one) => one.collective) && hasColon(source, from, to)));
    let sure = 0;
    let unsure = 0;
    for (let index = groups.length - 1; index >= 0; index--) {
      const one = groups[index] as Group;
      // "ủy viên ban thường vụ, ủy viên ban chấp hành tỉnh ủy": the level is said once, at the end.
      if (one.sure === 0 && one.unsure === 0) {
        one.sure = sure;
        one.unsure = unsure;
      }
      ({ sure, unsure } = one);
    }
    for (const one of groups) {
      const rules = rulesOf(one, level);
      const words = quote(source, one.from, one.to);
      if (rules.length === 0 && words !== '' && !onlyFillers(source, one.from, one.to)) unread.push(words);
      for (const rule of rules) {
        const own = rule.kind === 'listed' ? { ...rule, who: words.slice(0, 300) } : rule;
        parts.push({ words, rule: own, quota: one.represent });
      }
    }
  }
  return { parts, unread };
}

/** Ranges of tokens between `;` and `.`, brackets left whole, with the mark that ended each. */
function sentences({ tokens }: Tokens): (readonly [from: number, to: number, end: string])[] {
  const found: (readonly [number, number, string])[] = [];
  let from = 0;
  let brackets = 0;
  for (let index = 0; index < tokens.length; index++) {
    const mark = (tokens[index] as Token).mark;
    if (mark === '(') brackets++;
    else if (mark === ')') brackets--;
    else if ((mark === ';' || mark === '.') && brackets <= 0) {
      found.push([from, index, mark]);
      from = index + 1;
    }
  }
  found.push([from, tokens.length, '.']);
  return found.filter(([start, end]) => start < end);
}

function hasColon({ tokens }: Tokens, from: number, to: number): boolean {
  return tokens.slice(from, to).some((token) => token.mark === ':');
}

function onlyFillers({ tokens }: Tokens, from: number, to: number): boolean {
  return tokens
    .slice(from, to)
    .every(
      (token) =>
        token.mark !== null ||
        token.term?.is === 'filler' ||
        token.term?.is === 'of' ||
        token.term?.is === 'topic',
    );
}

/** The words of a range of tokens, as the document has them. */
function quote({ text, tokens, starts, ends }: Tokens, from: number, to: number): string {
  let first = from;
  let last = to - 1;
  while (first <= last && (tokens[first] as Token).mark !== null) first++;
  while (last >= first && (tokens[last] as Token).mark !== null && (tokens[last] as Token).mark !== ')')
    last--;
  if (first > last) return '';
  return tidy(text.slice(starts[(tokens[first] as Token).from], ends[(tokens[last] as Token).to - 1]));
}

function readGroups(
  source: Tokens,
  from: number,
  to: number,
  collective: boolean,
  unread: string[],
): Group[] {
  const { tokens, words } = source;
  const groups: Group[] = [];
  let current = group(from, collective);
  const begin = (at: number): void => {
    // "các", "các đồng chí" before a new group belong to it.
    let start = at;
    while (start > current.from && tokens[start - 1]?.term?.is === 'filler') start--;
    if (tokens[start - 1]?.mark === null) start = at;
    current.to = start;
    if (current.to > current.from) groups.push(current);
    current = group(start, collective);
  };
  /** At the head of an item of a list: an unknown word here begins something that no rule understands. */
  let heading = true;
  let topic = false;
  let unknownBefore = false;
  let afterComma = false;
  for (let index = from; index < to; index++) {
    const token = tokens[index] as Token;
    const { term, mark } = token;
    if (mark !== null) {
      if (mark === ',' || mark === ':') {
        heading = true;
        afterComma = true;
      } else if (mark === AND) {
        const next = tokens[index + 1];
        heading =
          next !== undefined && next.term === null && words[next.from]?.capital === false && !unknownBefore;
      }
      if (mark === ':' && current.former) {
        current.names.push(...namesIn(source, index + 1, to));
        break;
      }
      if (mark !== AND) unknownBefore = false;
      continue;
    }
    if (term === null) {
      if (heading && !topic && !current.guests && !current.others && !current.list) {
        const end = endOfItem(tokens, index, to);
        // Its words are taken out, so that a known word inside it ("người đứng đầu dòng họ") asks nothing.
        const lost = quote(source, itemStart(tokens, index, from), end);
        if (lost !== '') unread.push(lost);
        current.to = index;
        if (current.items.length > 0 || current.roles !== 0) begin(index);
        current.from = end;
        index = end - 1;
        continue;
      }
      unknownBefore = true;
      continue;
    }
    unknownBefore = false;
    if (term.is === 'filler') continue;
    const hadComma = afterComma;
    afterComma = false;
    heading = false;
    if (topic && term.is !== 'role' && term.is !== 'head' && term.is !== 'deputy' && term.is !== 'leaders')
      continue;
    topic = false;
    switch (term.is) {
      case 'topic':
        topic = true;
        break;
      case 'role':
      case 'head':
      case 'deputy':
      case 'leaders': {
        const staff = (current.roles & (STAFF | ROLE.reporter)) !== 0;
        const bits =
          term.is === 'role'
            ? term.role
            : term.is === 'head'
              ? ROLE.head
              : term.is === 'deputy'
                ? ROLE.deputy
                : LEADING;
        const otherKind = staff !== ((bits & (STAFF | ROLE.reporter)) !== 0) && current.roles !== 0;
        // "phó hiệu trưởng" after "hiệu trưởng" is of the same schools; any other role after a body opens anew.
        const sameBody =
          term.is === 'role' &&
          term.body !== null &&
          current.items.every((item) => item.body === term.body && item.name === null);
        const afterDeputy = index > from && tokens[index - 1]?.term?.is === 'deputy';
        if (
          otherKind ||
          ((current.items.length > 0 || current.guests || current.list) && !sameBody && !afterDeputy)
        ) {
          if (!(term.is === 'deputy' && sameBodyFollows(tokens, index, current.items))) begin(index);
        }
        if (afterDeputy && term.is === 'role') {
          if ((bits & ROLE.secretary) !== 0) current.roles |= ROLE['deputy-secretary'];
          if ((bits & ROLE.head) === 0) current.roles |= bits;
        } else if (!(afterDeputy && term.is === 'head')) current.roles |= bits;
        if (term.is === 'role' && term.body !== null && current.items.length === 0) {
          current.items.push({ body: term.body, exec: null, name: null });
        }
        if (term.is === 'role') current.ranks |= term.rank;
        break;
      }
      case 'collective':
        if (current.items.length > 0 || current.roles !== 0) begin(index);
        current.collective = true;
        break;
      case 'body': {
        const roleAlone = (current.roles & (STAFF | ROLE.reporter)) !== 0 && current.items.length === 0;
        if (roleAlone && hadComma && !current.of) begin(index);
        takeBody(source, index, to, term, current);
        break;
      }
      case 'tier':
        takeTier(term.tiers, current);
        break;
      case 'bloc':
        current.sure |= TIER.bloc;
        break;
      case 'school':
        if (current.items.length === 0) current.items.push({ body: 'school', exec: null, name: null });
        current.schools |= term.schools;
        break;
      case 'settlement':
        if (current.items.some((item) => item.body === 'cell')) {
          current.settlements.add('village').add('residential-group');
        } else
          current.items.push(
            { body: 'village', exec: null, name: null },
            { body: 'residential-group', exec: null, name: null },
          );
        break;
      case 'alternate':
        current.roles |= ROLE['alternate-member'];
        break;
      case 'standing':
        if (current.roles === 0 && current.items.length === 0) current.standing = true;
        else if ((current.roles & ROLE['deputy-secretary']) === 0) {
          begin(index);
          current.standing = true;
        }
        break;
      case 'equivalent':
        current.equivalents = true;
        break;
      case 'former':
        if (current.items.length > 0 || current.roles !== 0) begin(index);
        current.former = true;
        break;
      case 'of':
        current.of = true;
        break;
      case 'located':
        current.located = true;
        break;
      case 'represent':
        if (current.items.length > 0 || current.roles !== 0) begin(index);
        current.represent = true;
        break;
      case 'others':
        if (current.items.length > 0 || current.roles !== 0) begin(index);
        current.others = true;
        break;
      case 'guests':
        if ((current.items.length > 0 || current.roles !== 0) && !current.guests) begin(index);
        current.guests = true;
        break;
      case 'high-leaders':
        current.high = true;
        break;
      case 'list':
        current.list = true;
        break;
      default:
        break;
    }
  }
  begin(to);
  return groups;
}

/** "hiệu trưởng, phó hiệu trưởng": the deputy is of the body that the list already speaks of. */
function sameBodyFollows(tokens: readonly Token[], index: number, items: readonly Item[]): boolean {
  const next = tokens[index + 1]?.term;
  return (
    next?.is === 'role' &&
    next.body !== null &&
    items.every((item) => item.body === next.body && item.name === null)
  );
}

function endOfItem(tokens: readonly Token[], index: number, to: number): number {
  let end = index;
  while (end < to && (tokens[end] as Token).mark !== ',' && (tokens[end] as Token).mark !== ':') end++;
  return end;
}

function itemStart(tokens: readonly Token[], index: number, from: number): number {
  let start = index;
  while (start > from && (tokens[start - 1] as Token).mark === null) start--;
  return start;
}

function namesIn(source: Tokens, from: number, to: number): string[] {
  const names: string[] = [];
  let start = from;
  for (let index = from; index <= to; index++) {
    if (index < to && (source.tokens[index] as Token).mark !== ',') continue;
    const name = stripHonorific(quote(source, start, index));
    if (name !== '') names.push(name);
    start = index + 1;
  }
  return names;
}

const TIER_MEETS = TIER.province | TIER.district;

function takeTier(tiers: Bits, current: Group): void {
  // "của Trung ương đóng trên địa bàn tỉnh": first whose it is, then where.
  if (tiers === TIER_MEETS) current.unsure |= tiers;
  else current.sure |= tiers;
}

function takeBody(
  source: Tokens,
  index: number,
  to: number,
  term: Extract<Token['term'], { is: 'body' }>,
  current: Group,
): void {
  const last = current.items.at(-1);
  const generic = current.items.length > 0 && current.items.every((item) => item.body === 'organ');
  if (term.body === 'party-committee') {
    if ((term.tiers & TIER.bloc) !== 0) current.sure |= TIER.bloc;
    else if (term.tiers !== 0) takeTier(term.tiers, current);
    // "ủy viên ủy ban kiểm tra tỉnh ủy", "ban chấp hành đảng bộ": whose, not another body.
    if (last !== undefined && term.exec === null && !(last.body === 'party-committee' && last.exec === null))
      return;
  }
  if (last?.exec != null && (term.body === 'mass-organisation' || term.body === 'association'))
    current.items.pop();
  if (last?.body === 'cell' && (term.body === 'village' || term.body === 'residential-group')) {
    current.settlements.add(term.body);
    return;
  }
  if (last?.body === 'residential-group' && current.settlements.size > 0) return;
  const name = ownName(source, index, to, current);
  if (current.of && generic && !current.collective) current.items.pop();
  else if (
    current.of &&
    !generic &&
    current.items.length > 0 &&
    name === null &&
    !current.collective &&
    term.type === null
  ) {
    // "thuộc các bộ": under which kind of body, which the bridge's class already says.
    if (term.body === 'organ' || term.body === 'ministry' || term.body === 'front') return;
  }
  current.items.push({ body: term.body, exec: term.exec, name });
  current.ranks |= term.rank;
}

/** A body called by its own name: unknown words in capitals follow ("Ban Kinh tế Trung ương"), or the Centre is named. */
function ownName(source: Tokens, index: number, to: number, current: Group): string | null {
  const { tokens, words } = source;
  const { term } = tokens[index] as Token;
  if (term?.is !== 'body' || term.type !== null) return null;
  if (!['board', 'office', 'department', 'ministry', 'division', 'sector', 'bureau'].includes(term.body))
    return null;
  let end = index + 1;
  let proper = false;
  let central = false;
  for (; end < to; end++) {
    const next = tokens[end] as Token;
    if (next.mark === AND) {
      const after = tokens[end + 1];
      if (after !== undefined && after.term === null && after.mark === null && proper) continue;
      break;
    }
    if (next.mark !== null) break;
    const word = words[next.from];
    const capital = word?.capital === true;
    if (next.term === null && (capital || proper)) proper ||= capital;
    else if (next.term?.is === 'tier' && next.term.tiers === TIER.central && capital) central = true;
    else if (next.term?.is === 'body' && next.term.body === 'central-committee') central = true;
    else if (next.term?.is === 'filler' && capital) continue;
    else if (next.term?.is === 'body' && next.term.type !== null && capital && !current.of) continue;
    else break;
  }
  if (!proper && !(central && (current.of || term.body === 'office'))) return null;
  return quote(source, index, end);
}

const RANKED: ReadonlySet<Body> = new Set<Body>(['general-department', 'bureau']);

function rulesOf(one: Group, level: Tier | null): Rule[] {
  if (one.others) return [{ kind: 'others' }];
  if (one.former && (one.high || one.list || one.names.length > 0))
    return [{ kind: 'named-in-plan', names: one.names }];
  if (one.guests) return [{ kind: 'listed', who: 'guests' }];
  if ((one.roles & ROLE.reporter) !== 0) return [{ kind: 'reporter', tiers: tiersOf(one, level) }];
  if (one.collective) {
    const bodies = unique(one.items.map((item) => item.body).filter((body) => body !== 'organ'));
    if (bodies.length === 0 && one.items.length === 0) return [];
    return [{ kind: 'collective-leadership', bodies, tiers: tiersOf(one, level) }];
  }
  const ranked =
    one.items.some((item) => RANKED.has(item.body)) &&
    (one.equivalents || one.items.every((item) => RANKED.has(item.body) || item.name !== null));
  if (ranked) {
    const within = one.items
      .filter((item) => item.name !== null && !RANKED.has(item.body))
      .map((item) => item.name as string);
    const ranks =
      one.ranks & (RANK['general-department'] | RANK.bureau | (one.equivalents ? RANK.division : 0));
    return [
      {
        kind: 'rank',
        ranks: namesOf(['general-department', 'bureau', 'division'] as const, ranks),
        equivalents: one.equivalents,
        within,
      },
    ];
  }
  if (
    one.represent &&
    one.items.every((item) =>
      ['grassroots-committee', 'cell', 'party-committee', 'organ'].includes(item.body),
    ) &&
    one.items.length > 0
  ) {
    return [{ kind: 'grassroots-committees' }];
  }
  if ((one.roles & STAFF) !== 0 && (one.roles & ~STAFF) === 0) return [{ kind: 'staff' }];
  return officeRules(one, level);
}

function officeRules(one: Group, level: Tier | null): Rule[] {
  let items = one.items;
  let { sure } = one;
  if (items.length === 0) {
    if ((one.roles & (ROLE.secretary | ROLE['deputy-secretary'])) === 0) return [];
    items = [{ body: 'party-committee', exec: null, name: null }];
  }
  // "các cơ quan, đơn vị của Trung ương đóng trên địa bàn tỉnh"
  if (
    (sure & TIER.central) !== 0 &&
    items.some((item) => item.body === 'organ') &&
    (one.located || level !== 'central')
  ) {
    items = items
      .filter((item) => item.body !== 'organ')
      .concat({ body: 'central-unit', exec: null, name: null });
    sure &= ~TIER.central;
  }
  let roles = one.roles;
  const committees = items.filter((item) => item.body === 'party-committee');
  if (
    (roles & ROLE.member) !== 0 &&
    committees.length > 0 &&
    committees.every((item) => item.exec === 'standing')
  ) {
    roles = (roles & ~ROLE.member) | ROLE['standing-member'];
  }
  if (one.standing) roles |= ROLE.secretary | ROLE['deputy-secretary'] | LEADING;
  const tiers = tiersOf({ ...one, sure }, level);
  const shared = {
    kind: 'office' as const,
    roles: namesOf(ROLES, roles),
    tiers,
    schools: namesOf(SCHOOLS, one.schools),
    settlements: [...one.settlements],
    former: one.former,
  };
  const rules: Rule[] = [];
  const general = unique(items.filter((item) => item.name === null).map((item) => item.body));
  if (general.length > 0) rules.push({ ...shared, bodies: general, within: [] });
  const named = items.filter((item) => item.name !== null);
  if (named.length > 0) {
    rules.push({
      ...shared,
      bodies: unique(named.map((item) => item.body)),
      within: named.map((item) => item.name as string),
    });
  }
  return rules;
}

/** The levels that a clause's words name; "thành ủy" settled by the words beside it, else by the bridge's class. */
function tiersOf(one: Pick<Group, 'sure' | 'unsure'>, level: Tier | null): Tier[] {
  let tiers = one.sure;
  if (one.unsure !== 0) {
    const beside = one.sure & one.unsure;
    const own = level === null ? 0 : TIER[level] & one.unsure;
    tiers |= beside !== 0 ? 0 : own !== 0 ? own : one.unsure;
  }
  if (tiers === 0 && level !== null) tiers = TIER[level];
  return namesOf(TIERS, tiers);
}

function unique<Value>(items: readonly Value[]): Value[] {
  return [...new Set(items)];
}
