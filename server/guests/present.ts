import type { Guest } from '../../domain/wire/guests.ts';
import type { LetterStanding } from '../mail/queries.ts';
import type { StoredGuest } from './store.ts';

export function presentGuest(
  { id, list, draft, answer, arrivedAt }: StoredGuest,
  letters: ReadonlyMap<string, LetterStanding>,
): Guest {
  return { id, list, ...draft, answer, arrivedAt, letter: letters.get(id) ?? null };
}
