import type { Guest } from '../../domain/wire/guests.ts';
import type { StoredGuest } from './store.ts';

export function presentGuest({ id, list, draft }: StoredGuest): Guest {
  return { id, list, ...draft };
}
