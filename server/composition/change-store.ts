import type { Knex } from 'knex';
import type { CompositionChange } from '../../domain/composition/change.ts';
import type { ConferenceId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/** Of how many of the last changes the settings from before are kept. */
const TAKEN_BACK_AT_MOST = 30;

export interface KeptChange {
  readonly place: number;
  readonly at: Instant;
  readonly by: string;
  readonly change: CompositionChange | null;
  readonly undone: boolean;
}

/** Keeps a change of the composition, with the settings from before. */
export async function insertChange(
  connection: Knex,
  conference: ConferenceId,
  row: {
    readonly at: Instant;
    readonly by: string;
    readonly change: CompositionChange | null;
    readonly before: unknown;
  },
): Promise<void> {
  const place = (await readLastPlace(connection, conference)) + 1;
  await connection('composition_change').insert({
    conference,
    place,
    at: row.at,
    by: row.by,
    change: row.change === null ? null : JSON.stringify(row.change),
    before: JSON.stringify(row.before),
  });
  await connection('composition_change')
    .where({ conference })
    .where('place', '<=', place - TAKEN_BACK_AT_MOST)
    .update({ before: null });
}

async function readLastPlace(connection: Knex, conference: ConferenceId): Promise<number> {
  const row = await connection('composition_change')
    .where({ conference })
    .max<{ last: number | null }>({ last: 'place' })
    .first();
  return row?.last ?? 0;
}

/** The last changes, newest first. */
export async function listChanges(
  connection: Knex,
  conference: ConferenceId,
  limit: number,
): Promise<KeptChange[]> {
  const rows = await connection('composition_change')
    .where({ conference })
    .orderBy('place', 'desc')
    .limit(limit)
    .select<{ place: number; at: number; by: string; change: string | null; undone: number }[]>();
  return rows.map(({ place, at, by, change, undone }) => ({
    place,
    at: at as Instant,
    by,
    change: change === null ? null : (JSON.parse(change) as CompositionChange),
    undone: undone === 1,
  }));
}

/** The last change that stands, with the settings from before; null where there is none. */
export async function readLastChange(
  connection: Knex,
  conference: ConferenceId,
): Promise<{ readonly place: number; readonly before: unknown } | null> {
  const row = await connection('composition_change')
    .where({ conference, undone: 0 })
    .orderBy('place', 'desc')
    .first<{ place: number; before: string | null } | undefined>('place', 'before');
  if (row === undefined || row.before === null) return null;
  return { place: row.place, before: JSON.parse(row.before) };
}

export async function markUndone(connection: Knex, conference: ConferenceId, place: number): Promise<void> {
  await connection('composition_change').where({ conference, place }).update({ undone: 1, before: null });
}

/** Changes with every change of the composition, and with every one that is taken back. */
export async function readChangeRevision(connection: Knex, conference: ConferenceId): Promise<number> {
  const row = await connection('composition_change')
    .where({ conference })
    .first<{ revision: number }>(connection.raw('count(*) + coalesce(sum(undone), 0) as revision'));
  return row?.revision ?? 0;
}
