import type { Group, Item } from './groups.ts';
import { RANK, ROLE, ROLES, SCHOOLS, TIER, TIERS, namesOf } from './rule.ts';
import type { Body, Rule, Tier } from './rule.ts';

const LEADING = ROLE.head | ROLE.deputy;
const STAFF = ROLE.official | ROLE['party-member'];
const RANKED: ReadonlySet<Body> = new Set<Body>(['general-department', 'bureau']);

/** The rules that a group amounts to; none where its words ask for nobody that a rule can tell. */
export function rulesOf(one: Group, level: Tier | null): Rule[] {
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
  if ((one.roles & STAFF) !== 0 && (one.roles & ~STAFF) === 0) {
    if (one.items.every(({ name }) => name === null)) return [{ kind: 'staff' }];
    // "công chức Trung tâm Phục vụ hành chính công": of that body alone, its heads among them.
    return officeRules({ ...one, roles: one.roles | LEADING }, level);
  }
  return officeRules(one, level);
}

function officeRules(one: Group, level: Tier | null): Rule[] {
  if (one.standing && one.roles === 0) {
    // "Thường trực Tỉnh ủy, HĐND, UBND": of a committee its secretaries, of the others their heads and deputies.
    const [party, others] = [true, false].map((ofParty) =>
      one.items.filter(({ body }) => (body === 'party-committee') === ofParty),
    ) as [Item[], Item[]];
    const secretaries = { ...one, items: party, roles: ROLE.secretary | ROLE['deputy-secretary'] };
    return [
      ...(party.length > 0 ? officeRules(secretaries, level) : []),
      ...(others.length > 0 ? officeRules({ ...one, items: others, roles: LEADING }, level) : []),
    ];
  }
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
