import type { Knex } from 'knex';
import type { ConferenceId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/** Of how many of the last changes it is kept what it takes to take them back. */
const TAKEN_BACK_AT_MOST = 10;

export interface RosterChange {
  readonly place: number;
  readonly at: Instant;
  readonly by: string;
  readonly kind: 'import' | 'added' | 'changed' | 'merged' | 'removed';
  readonly what: string;
  readonly people: number;
  readonly undone: boolean;
  /** It is still known what it takes to take it back. */
  readonly kept: boolean;
}

/** Keeps a change of the roster with what it takes to take it back, packed. */
export async function insertRosterChange(
  connection: Knex,
  conference: ConferenceId,
  change: Pick<RosterChange, 'at' | 'by' | 'kind' | 'what' | 'people'> & { readonly before: Buffer },
): Promise<void> {
  await raiseRosterRevision(connection, conference);
  const row = await connection('roster_change')
    .where({ conference })
    .max<{ last: number | null }>({ last: 'place' })
    .first();
  const place = (row?.last ?? 0) + 1;
  await connection('roster_change').insert({ conference, place, ...change });
  await connection('roster_change')
    .where({ conference })
    .where('place', '<=', place - TAKEN_BACK_AT_MOST)
    .update({ before: null });
}

async function raiseRosterRevision(connection: Knex, conference: ConferenceId): Promise<void> {
  await connection('conference').where({ id: conference }).increment('roster_revision', 1);
}

/** The last changes of a roster, newest first. */
export async function listRosterChanges(
  connection: Knex,
  conference: ConferenceId,
  limit: number,
): Promise<RosterChange[]> {
  const rows = await connection('roster_change')
    .where({ conference })
    .orderBy('place', 'desc')
    .limit(limit)
    .select<(Omit<RosterChange, 'undone' | 'kept'> & { undone: number; kept: number })[]>(
      'place',
      'at',
      'by',
      'kind',
      'what',
      'people',
      'undone',
      connection.raw('before is not null as kept'),
    );
  return rows.map(({ undone, kept, ...row }) => ({ ...row, undone: undone === 1, kept: kept === 1 }));
}

/** What it takes to take back the last change that stands; null where that is another, or too long ago. */
export async function readBefore(
  connection: Knex,
  conference: ConferenceId,
  place: number,
): Promise<Buffer | null> {
  const row = await connection('roster_change')
    .where({ conference, undone: 0 })
    .orderBy('place', 'desc')
    .first<{ place: number; before: Buffer | null } | undefined>('place', 'before');
  return row?.place === place ? row.before : null;
}

export async function markRosterUndone(
  connection: Knex,
  conference: ConferenceId,
  place: number,
): Promise<void> {
  await raiseRosterRevision(connection, conference);
  await connection('roster_change').where({ conference, place }).update({ undone: 1, before: null });
}
