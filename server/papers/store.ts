import type { Knex } from 'knex';

import type { ConferenceId } from '../../domain/ids.ts';
import type { PaperKind } from '../../domain/papers/kind.ts';
import type { Instant } from '../../domain/time.ts';

/** A paper without its bytes. */
export interface PaperRow {
  readonly id: string;
  readonly conference: ConferenceId;
  readonly name: string;
  readonly kind: PaperKind;
  readonly size: number;
  readonly added_at: Instant;
}

const COLUMNS = ['id', 'conference', 'name', 'kind', 'size', 'added_at'] as const;

/** The whole papers of a conference. */
export async function readPapers(db: Knex, conference: ConferenceId): Promise<PaperRow[]> {
  return await db('paper')
    .where({ conference, is_whole: true })
    .select<PaperRow[]>(...COLUMNS);
}

export async function readPaper(
  db: Knex,
  conference: ConferenceId,
  id: string,
): Promise<PaperRow | undefined> {
  return await db('paper')
    .where({ conference, id, is_whole: true })
    .first<PaperRow | undefined>(...COLUMNS);
}

/** How many papers a conference has, those that are still coming too, and their bytes. */
export async function readRoom(
  db: Knex,
  conference: ConferenceId,
): Promise<{ readonly papers: number; readonly bytes: number }> {
  const row = await db('paper')
    .where({ conference })
    .first<{ papers: number; bytes: number }>(
      db.raw('count(*) as papers'),
      db.raw('coalesce(sum(size), 0) as bytes'),
    );
  return row;
}

/** Adds a paper whose parts are still to come. A unique violation says that one of this name is there. */
export async function insertPaper(db: Knex, paper: PaperRow): Promise<void> {
  await db('paper').insert({ ...paper, is_whole: false });
}

export async function insertPart(db: Knex, paper: string, place: number, bytes: Buffer): Promise<void> {
  await db('paper_part').insert({ paper, place, bytes });
}

export async function readPart(db: Knex, paper: string, place: number): Promise<Buffer | undefined> {
  const row = await db('paper_part').where({ paper, place }).first<{ bytes: Buffer } | undefined>('bytes');
  return row?.bytes;
}

export async function markWhole(db: Knex, id: string): Promise<void> {
  await db('paper').where({ id }).update({ is_whole: true });
}

/** False where there is none. */
export async function deletePaper(db: Knex, conference: ConferenceId, id: string): Promise<boolean> {
  return (await db('paper').where({ conference, id }).delete()) === 1;
}

/** Papers whose upload was cut off: those that began before a moment and never became whole. */
export async function deleteUnfinished(db: Knex, conference: ConferenceId, before: Instant): Promise<void> {
  await db('paper').where({ conference, is_whole: false }).where('added_at', '<', before).delete();
}
