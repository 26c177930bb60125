import type { Knex } from 'knex';

import type { ConferenceId } from '../../domain/ids.ts';
import type { LetterState } from '../../domain/mail/letter.ts';
import type { Instant } from '../../domain/time.ts';
import { HEAD, headOf, type HeadRow, type LetterHead } from './store.ts';

/** Letters that are looked for: words that each begin a word of the key, folded, and a state. */
export interface LetterSearch {
  readonly words: readonly string[];
  readonly state: LetterState | null;
}

/** Letters of a conference, newest first, before a place. */
export async function listLetters(
  db: Knex,
  conference: ConferenceId,
  { words, state }: LetterSearch,
  before: number | null,
  limit: number,
): Promise<LetterHead[]> {
  const list = searched(db, conference, words).orderBy('place', 'desc').limit(limit);
  if (state !== null) void list.where({ state });
  if (before !== null) void list.where('place', '<', before);
  const rows = await list.select<HeadRow[]>(HEAD);
  return rows.map(headOf);
}

function searched(db: Knex, conference: ConferenceId, words: readonly string[]): Knex.QueryBuilder {
  const list = db('letter').where({ conference });
  for (const word of words) void list.whereRaw(`instr(' ' || search_key, ?) > 0`, [` ${word}`]);
  return list;
}

/** How many letters of a conference, or of those that are looked for, are in each state. */
export async function countLetters(
  db: Knex,
  conference: ConferenceId,
  words: readonly string[],
): Promise<StateCounts> {
  return await byState(db, searched(db, conference, words));
}

/** Of all conferences together, in each state; how the queue stands. */
export async function countAll(db: Knex): Promise<StateCounts> {
  return await byState(db, db('letter'));
}

type StateCounts = Partial<Record<LetterState, number>>;

async function byState(db: Knex, list: Knex.QueryBuilder): Promise<StateCounts> {
  const rows = await list
    .groupBy('state')
    .select<{ state: LetterState; count: number }[]>('state', db.raw('count(*) as count'));
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** How many letters were queued about each of some things of a kind. */
export async function countAbout(
  db: Knex,
  kind: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await db('letter')
    .where({ about_kind: kind })
    .whereIn('about_id', ids)
    .groupBy('about_id')
    .select<{ id: string; count: number }[]>('about_id as id', db.raw('count(*) as count'));
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** Where the last letter about something stands, and since when. */
export interface LetterStanding {
  readonly state: LetterState;
  readonly at: Instant;
}

/** The last letter about each of some things of a kind; those about which there is none are left out. */
export async function readLastAbout(
  db: Knex,
  kind: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, LetterStanding>> {
  const rows = await db('letter')
    .where({ about_kind: kind })
    .whereRaw('about_id in (select value from json_each(?))', [JSON.stringify(ids)])
    .orderBy('place')
    .select<(LetterStanding & { readonly id: string })[]>('about_id as id', 'state', 'state_at as at');
  return new Map(rows.map(({ id, state, at }) => [id, { state, at }]));
}

/** How many letters wait, and since when the first of them is due. */
export async function readWaiting(
  db: Knex,
): Promise<{ readonly waiting: number; readonly firstDue: Instant | null }> {
  const row = await db('letter')
    .where({ state: 'waiting' })
    .first<{ waiting: number; firstDue: Instant | null }>(
      db.raw('count(*) as waiting'),
      db.raw('min(due_at) as firstDue'),
    );
  return row;
}
