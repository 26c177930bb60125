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

/** Somebody who is known by now, in the order in which they came. */
interface Known {
  readonly person: Person;
  /** Null for somebody of the roster. */
  readonly row: number | null;
  readonly order: number;
}

/**
 * People of one name, with a card all of them or none: the first of each birth date and place of work. One name may stand
 * in every row of a file, so that nobody is looked for by asking all who have it.
 */
interface Namesakes {
  readonly first: Known;
  readonly byBirth: Map<string, Known>;
  /** By place, those whose birth date is known and those whose is not. */
  readonly dated: Map<string, Known>;
  readonly undated: Map<string, Known>;
}

/**
 * Who of an import may be one person with somebody of the roster, or with an earlier row. Only proposed: identity is a
 * card or a number; about a third of all Vietnamese share one family name, so that a name alone never merges two people.
 */
export function proposeDuplicates(
  roster: readonly Person[],
  candidates: readonly Candidate[],
): DuplicateProposal[] {
  const byIdentity = new Map<string, Known>();
  const withCard = new Map<string, Namesakes>();
  const withoutCard = new Map<string, Namesakes>();
  const organisations = new Map<string, string>();
  /** Units and organisations of a person, each as a key. */
  const placesOf = ({ positions }: Person): string[] =>
    positions.flatMap(({ unit, organisation }) => {
      const places = unit === null ? [] : [`unit ${unit}`];
      if (organisation !== null) {
        const key = organisations.get(organisation) ?? toneKey(organisation);
        organisations.set(organisation, key);
        places.push(`organisation ${key}`);
      }
      return places;
    });

  let order = 0;
  const remember = (person: Person, row: number | null, name: string, places: readonly string[]): void => {
    const known = { person, row, order: order++ };
    if (person.identity !== null && !byIdentity.has(person.identity)) byIdentity.set(person.identity, known);
    const group = person.identity === null ? withoutCard : withCard;
    const namesakes = group.get(name) ?? {
      first: known,
      byBirth: new Map(),
      dated: new Map(),
      undated: new Map(),
    };
    group.set(name, namesakes);
    const { byBirth, dated, undated } = namesakes;
    if (person.birthDate !== null) keepFirst(byBirth, person.birthDate, known);
    for (const place of places) keepFirst(person.birthDate === null ? undated : dated, place, known);
  };

  /** Two different cards are two people, whatever their names: whoever has one is asked only of those without. */
  const closest = (
    { identity, birthDate }: Person,
    name: string,
    places: readonly string[],
  ): { readonly known: Known; readonly certainty: DuplicateProposal['certainty'] } | null => {
    const same = identity === null ? undefined : byIdentity.get(identity);
    if (same !== undefined) return { known: same, certainty: 'same' };
    const groups = identity === null ? [withCard, withoutCard] : [withoutCard];
    let likely: Known | undefined;
    let perhaps: Known | undefined;
    for (const group of groups) {
      const namesakes = group.get(name);
      if (namesakes === undefined) continue;
      const { first, byBirth, dated, undated } = namesakes;
      perhaps = earlier(perhaps, first);
      if (birthDate !== null) likely = earlier(likely, byBirth.get(birthDate));
      for (const place of places) {
        likely = earlier(likely, undated.get(place));
        // Two birth dates that differ outweigh a place that is shared.
        if (birthDate === null) likely = earlier(likely, dated.get(place));
      }
    }
    if (likely !== undefined) return { known: likely, certainty: 'likely' };
    return perhaps === undefined ? null : { known: perhaps, certainty: 'perhaps' };
  };

  for (const person of roster) remember(person, null, toneKey(person.name), placesOf(person));
  const proposals: DuplicateProposal[] = [];
  for (const { row, person } of candidates) {
    const name = toneKey(person.name);
    const places = placesOf(person);
    const found = closest(person, name, places);
    if (found !== null) {
      const { known, certainty } = found;
      const other =
        known.row === null ? { person: known.person.id, name: known.person.name } : { row: known.row };
      proposals.push({ row, name: person.name, other, certainty });
    }
    remember(person, row, name, places);
  }
  return proposals;
}

function keepFirst(known: Map<string, Known>, key: string, one: Known): void {
  if (!known.has(key)) known.set(key, one);
}

function earlier(a: Known | undefined, b: Known | undefined): Known | undefined {
  return a === undefined || (b !== undefined && b.order < a.order) ? b : a;
}
