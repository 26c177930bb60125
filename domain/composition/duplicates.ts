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

interface Found {
  readonly known: Known;
  readonly certainty: DuplicateProposal['certainty'];
}

/**
 * Who of an import may be one person with somebody of the roster, or with an earlier row. Only proposed: identity is a
 * card or a number; about a third of all Vietnamese share one family name, so that a name alone never merges two people.
 */
export function proposeDuplicates(
  roster: readonly Person[],
  candidates: readonly Candidate[],
): DuplicateProposal[] {
  const byCard = new Map<string, Known>();
  // Two different cards are two people: where everybody has one, names say nothing.
  const everybodyHas = roster.every(hasCard) && candidates.every(({ person }) => hasCard(person));
  const namesakes = everybodyHas ? null : openNamesakes();
  let order = 0;
  const remember = (person: Person, row: number | null): void => {
    const known = { person, row, order: order++ };
    if (person.identity !== null) keepFirst(byCard, person.identity, known);
    namesakes?.add(known);
  };
  for (const person of roster) remember(person, null);

  const proposals: DuplicateProposal[] = [];
  for (const { row, person } of candidates) {
    const same = person.identity === null ? undefined : byCard.get(person.identity);
    const found: Found | null =
      same === undefined ? (namesakes?.find(person) ?? null) : { known: same, certainty: 'same' };
    if (found !== null) {
      const { known, certainty } = found;
      const other =
        known.row === null ? { person: known.person.id, name: known.person.name } : { row: known.row };
      proposals.push({ row, name: person.name, other, certainty });
    }
    remember(person, row);
  }
  return proposals;
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

function openNamesakes() {
  const withCard = new Map<string, Namesakes>();
  const withoutCard = new Map<string, Namesakes>();
  /** Names and organisations come again and again. */
  const keys = new Map<string, string>();
  const keyOf = (words: string): string => {
    const key = keys.get(words) ?? toneKey(words);
    keys.set(words, key);
    return key;
  };
  /** Units and organisations of a person, each as a key. */
  const placesOf = ({ positions }: Person): string[] =>
    positions.flatMap(({ unit, organisation }) => [
      ...(unit === null ? [] : [`unit ${unit}`]),
      ...(organisation === null ? [] : [`organisation ${keyOf(organisation)}`]),
    ]);

  return {
    add(known: Known): void {
      const { name, identity, birthDate } = known.person;
      const group = identity === null ? withoutCard : withCard;
      const key = keyOf(name);
      const namesakes = group.get(key) ?? {
        first: known,
        byBirth: new Map<string, Known>(),
        dated: new Map<string, Known>(),
        undated: new Map<string, Known>(),
      };
      group.set(key, namesakes);
      const { byBirth, dated, undated } = namesakes;
      if (birthDate !== null) keepFirst(byBirth, birthDate, known);
      for (const place of placesOf(known.person))
        keepFirst(birthDate === null ? undated : dated, place, known);
    },
    find(person: Person): Found | null {
      const { name, identity, birthDate } = person;
      let likely: Known | undefined;
      let perhaps: Known | undefined;
      for (const group of identity === null ? [withCard, withoutCard] : [withoutCard]) {
        const namesakes = group.get(keyOf(name));
        if (namesakes === undefined) continue;
        const { first, byBirth, dated, undated } = namesakes;
        perhaps = earlier(perhaps, first);
        if (birthDate !== null) likely = earlier(likely, byBirth.get(birthDate));
        for (const place of placesOf(person)) {
          likely = earlier(likely, undated.get(place));
          // Two birth dates that differ outweigh a place that is shared.
          if (birthDate === null) likely = earlier(likely, dated.get(place));
        }
      }
      if (likely !== undefined) return { known: likely, certainty: 'likely' };
      return perhaps === undefined ? null : { known: perhaps, certainty: 'perhaps' };
    },
  };
}

function hasCard({ identity }: Person): boolean {
  return identity !== null;
}

function keepFirst(known: Map<string, Known>, key: string, one: Known): void {
  if (!known.has(key)) known.set(key, one);
}

function earlier(a: Known | undefined, b: Known | undefined): Known | undefined {
  return a === undefined || (b !== undefined && b.order < a.order) ? b : a;
}
