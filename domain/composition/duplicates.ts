import type { PersonId } from '../ids.ts';
import { toneKey } from '../text/search.ts';
import type { Person } from './person.ts';

/** Somebody of an import: the row they stand in and what was read. */
export interface Candidate {
  readonly row: number;
  readonly person: Person;
}

export interface DuplicateProposal {
  readonly row: number;
  readonly name: string;
  readonly other: { readonly person: PersonId; readonly name: string } | { readonly row: number };
  readonly certainty: 'same' | 'likely' | 'perhaps';
}

/**
 * Who of an import may be one person with somebody of the roster, or with an earlier row. Only proposed: identity is a
 * card or a number; about a third of all Vietnamese share one family name, so that a name alone never merges two people.
 */
export function proposeDuplicates(
  roster: readonly Person[],
  candidates: readonly Candidate[],
): DuplicateProposal[] {
  interface Known {
    readonly person: Person;
    readonly row: number | null;
  }
  const byIdentity = new Map<string, Known>();
  const byName = new Map<string, Known[]>();
  const remember = (known: Known): void => {
    if (known.person.identity !== null && !byIdentity.has(known.person.identity)) {
      byIdentity.set(known.person.identity, known);
    }
    const key = toneKey(known.person.name);
    const namesakes = byName.get(key);
    if (namesakes === undefined) byName.set(key, [known]);
    else namesakes.push(known);
  };
  for (const person of roster) remember({ person, row: null });

  const proposals: DuplicateProposal[] = [];
  for (const { row, person } of candidates) {
    const found = closest(person, byIdentity, byName.get(toneKey(person.name)) ?? []);
    if (found !== null) {
      const { known, certainty } = found;
      const other =
        known.row === null ? { person: known.person.id, name: known.person.name } : { row: known.row };
      proposals.push({ row, name: person.name, other, certainty });
    }
    remember({ person, row });
  }
  return proposals;
}

function closest<K extends { readonly person: Person }>(
  person: Person,
  byIdentity: ReadonlyMap<string, K>,
  namesakes: readonly K[],
): { readonly known: K; readonly certainty: DuplicateProposal['certainty'] } | null {
  const same = person.identity === null ? undefined : byIdentity.get(person.identity);
  if (same !== undefined) return { known: same, certainty: 'same' };
  // Two different cards are two people, whatever their names.
  const open = namesakes.filter((known) => person.identity === null || known.person.identity === null);
  const likely = open.find((known) => sharesBirthOrUnit(person, known.person));
  if (likely !== undefined) return { known: likely, certainty: 'likely' };
  const perhaps = open[0];
  return perhaps === undefined ? null : { known: perhaps, certainty: 'perhaps' };
}

function sharesBirthOrUnit(a: Person, b: Person): boolean {
  if (a.birthDate !== null && b.birthDate !== null) return a.birthDate === b.birthDate;
  return a.positions.some((mine) =>
    b.positions.some(
      (theirs) =>
        (mine.unit !== null && mine.unit === theirs.unit) ||
        (mine.organisation !== null &&
          theirs.organisation !== null &&
          toneKey(mine.organisation) === toneKey(theirs.organisation)),
    ),
  );
}
