import { stripHonorific } from '../text/names.ts';
import { newGroup, takeBody, takeTier } from './groups.ts';
import type { Group, Item } from './groups.ts';
import { ROLE, TIER } from './rule.ts';
import type { Rule, Tier } from './rule.ts';
import { rulesOf } from './ruling.ts';
import { quote, tokenize } from './tokens.ts';
import type { Token, Tokens } from './tokens.ts';
import { AND } from './words.ts';

/** One rule of a clause with the words that it was read from; a clause may hold several. */
export interface Part {
  readonly words: string;
  readonly rule: Rule;
  /** "đại diện": only whom the unit names, up to its number of seats. */
  readonly quota: boolean;
}

const NUMBER = /^\d+$/;

const LEADING = ROLE.head | ROLE.deputy;

const STAFF = ROLE.official | ROLE['party-member'];

/** The rules in a stretch of a plan, and the words in it that no rule understands. */
export function readRules(text: string, level: Tier | null): { parts: Part[]; unread: string[] } {
  const source = tokenize(text);
  const parts: Part[] = [];
  const unread: string[] = [];
  let collective = false;
  let pending: { group: Group; words: string }[] = [];
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
    pending = pending.filter((one) => {
      const first = groups[0];
      if (first === undefined || (first.sure === 0 && first.unsure === 0)) return end === ';';
      one.group.sure = first.sure;
      one.group.unsure = first.unsure;
      for (const rule of rulesOf(one.group, level))
        parts.push({ words: one.words, rule, quota: one.group.represent });
      return false;
    });
    for (const one of groups) {
      // "Bí thư đảng ủy; chủ tịch UBND các xã": of the communes, which only what follows says.
      if (isBareCommittee(one) && level !== 'commune' && level !== 'bloc' && level !== null) {
        pending.push({ group: one, words: quote(source, one.from, one.to) });
        continue;
      }
      const rules = rulesOf(one, level);
      const words = quote(source, one.from, one.to);
      if (rules.length === 0 && words !== '' && !onlyFillers(source, one.from, one.to)) unread.push(words);
      for (const rule of rules) {
        const own = rule.kind === 'listed' ? { ...rule, who: words.slice(0, 300) } : rule;
        parts.push({ words, rule: own, quota: one.represent });
      }
    }
  }
  for (const { words } of pending) unread.push(words);
  return { parts, unread };
}

/** "đảng ủy" of no level: at a province's or district's bridge it is not the committee of that level. */
function isBareCommittee(one: Group): boolean {
  const bare =
    one.items.length > 0 && one.items.every(({ body, exec }) => body === 'party-committee' && exec === null);
  return bare && one.sure === 0 && one.unsure === 0 && !one.represent;
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

function readGroups(
  source: Tokens,
  from: number,
  to: number,
  collective: boolean,
  unread: string[],
): Group[] {
  const { tokens, words } = source;
  const groups: Group[] = [];
  let current = newGroup(from, collective);
  const begin = (at: number): void => {
    // "các", "các đồng chí" before a new group belong to it.
    let start = at;
    while (start > current.from && tokens[start - 1]?.term?.is === 'filler') start--;
    if (tokens[start - 1]?.mark === null) start = at;
    current.to = start;
    if (current.to > current.from) groups.push(current);
    current = newGroup(start, collective);
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
    if (term === null && NUMBER.test(words[token.from]?.key ?? '')) continue;
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
        takeBody(source, index, to, term, current, hadComma);
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
