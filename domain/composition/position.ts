import { draft, finish, LEADING, type Draft, type Mention, type Office } from './office.ts';
import { ROLE, TIER, type Bits, type Body } from './rule.ts';
import { tokenize, type Token, type Tokens } from './tokens.ts';
import { AND } from './words.ts';
import type { Word } from './words.ts';

export interface PositionReading {
  readonly words: readonly Word[];
  readonly offices: readonly Office[];
}

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
