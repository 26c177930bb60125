import { inReadingOrder } from '../../domain/papers/paper.ts';
import type { ConferenceId } from '../../domain/ids.ts';
import type { Context } from '../platform/context.ts';
import { readPaper, readPapers, type PaperRow } from './store.ts';

export type { PaperRow } from './store.ts';

/** Papers of a conference, in the order in which they are read. */
export async function papersOf({ database }: Context, conference: ConferenceId): Promise<PaperRow[]> {
  return inReadingOrder(await readPapers(database.read, conference));
}

/** One paper of a conference; null where it has none of this id. */
export async function paperOf(
  { database }: Context,
  conference: ConferenceId,
  id: string,
): Promise<PaperRow | null> {
  return (await readPaper(database.read, conference, id)) ?? null;
}
