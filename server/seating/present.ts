import { postOf } from '../../domain/composition/person.ts';
import { saySeatDeed } from '../../domain/seating/sentences.ts';
import type { Language } from '../../domain/text/language.ts';
import type { SeatChange, SeatRow } from '../../domain/wire/seating.ts';
import type { SeatImport } from './commands.ts';
import type { lastSeatChange } from './queries.ts';
import type { Expected } from './store.ts';

/** Somebody with their seat number, as lists and files show them. */
export function presentSeat({ person, isChair, number }: Expected): SeatRow {
  return {
    person: person.id,
    name: person.name,
    ...postOf(person),
    isChair,
    number,
  };
}

export function presentChange(
  change: Awaited<ReturnType<typeof lastSeatChange>>,
  language: Language,
): SeatChange | null {
  if (change === null) return null;
  const { id, at, byName, deed, people } = change;
  return { id, at, byName, message: saySeatDeed(deed, people, language) };
}

/** Whose numbers a file changes, in official order. */
export function presentImport({ revision, guests, traces, imported, change }: SeatImport) {
  const names = new Map(guests.map(({ person, name }) => [person, name]));
  const differences = traces.map(({ person, before, after }) => {
    const name = names.get(person) ?? '';
    return { person, name, before, after };
  });
  return { revision, differences, imported, change };
}
