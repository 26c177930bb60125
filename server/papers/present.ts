import type { Paper } from '../../domain/wire/papers.ts';
import type { PaperRow } from './store.ts';

export function presentPaper({ id, name, size, added_at: addedAt }: PaperRow): Paper {
  return { id, name, size, addedAt };
}
