import type { Person } from './person.ts';

/** Most posts that one person can have. */
const MOST_POSITIONS = 20;

/** One person out of two entries: the id and posts of the first, the posts and values of the second added. */
export function joined(known: Person, more: Person): Person {
  const had = new Set(known.positions.map((position) => position.text));
  return {
    ...more,
    id: known.id,
    identity: more.identity ?? known.identity,
    birthDate: more.birthDate ?? known.birthDate,
    precedence: more.precedence ?? known.precedence,
    partyMember: more.partyMember ?? known.partyMember,
    collectiveLeadership: more.collectiveLeadership || known.collectiveLeadership,
    namedInPlan: more.namedInPlan || known.namedInPlan,
    phone: more.phone ?? known.phone,
    email: more.email ?? known.email,
    positions: [...known.positions, ...more.positions.filter((position) => !had.has(position.text))].slice(
      0,
      MOST_POSITIONS,
    ),
  };
}

/** What two entries of a person can differ in. */
export const PERSON_PARTS = [
  'name',
  'identity',
  'birthDate',
  'positions',
  'precedence',
  'collectiveLeadership',
  'namedInPlan',
  'partyMember',
  'phone',
  'email',
] as const satisfies readonly (keyof Person)[];
export type PersonPart = (typeof PERSON_PARTS)[number];

/** In what two entries differ. */
export function differencesOf(a: Person, b: Person): PersonPart[] {
  return PERSON_PARTS.filter((part) => JSON.stringify(a[part]) !== JSON.stringify(b[part]));
}
