import type { Knex } from 'knex';

import type { Person } from '../../domain/composition/person.ts';
import type { AccountId, BridgeId, ConferenceId, PersonId } from '../../domain/ids.ts';
import type { SeatDeed, SeatTrace } from '../../domain/seating/change.ts';
import type { SeatNumber } from '../../domain/seating/number.ts';
import type { Instant } from '../../domain/time.ts';
import { inOfficialOrder } from '../people/store.ts';

/** Somebody who is expected at a bridge, with the seat number that counts there. */
export interface Expected {
  readonly person: Person;
  readonly isChair: boolean;
  readonly number: SeatNumber | null;
}

/** Seats of a conference with their people, and the number that each has at its bridge. */
export function seats(connection: Knex, conference: ConferenceId): Knex.QueryBuilder {
  return connection('placement')
    .join('person', (join) =>
      join.on('person.conference', 'placement.conference').on('person.id', 'placement.person'),
    )
    .leftJoin('seat_number', (join) =>
      join
        .on('seat_number.conference', 'placement.conference')
        .on('seat_number.person', 'placement.person')
        .on('seat_number.bridge', 'placement.bridge'),
    )
    .where('placement.conference', conference)
    .where('person.conference', conference);
}

/**
 * Everybody expected at a bridge, in official order. A seat number counts while its person is placed at its bridge: that of whoever
 * was moved away is not among them, and free.
 */
export async function readExpected(
  connection: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
): Promise<Expected[]> {
  const list = seats(connection, conference).where('placement.bridge', bridge);
  const rows = await inOfficialOrder(list, conference).select<
    { data: string; as: 'chair' | 'delegate'; number: SeatNumber | null }[]
  >('person.data', 'placement.as', 'seat_number.number');
  return rows.map(({ data, as, number }) => ({
    person: JSON.parse(data) as Person,
    isChair: as === 'chair',
    number,
  }));
}

/** The seat numbers that some people have at a bridge, whether or not they are placed there still. */
export async function readNumbers(
  connection: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
  people: readonly PersonId[],
): Promise<Map<PersonId, SeatNumber>> {
  // As one value: a row for each would be made on the main thread, which a door's list has to wait for.
  const [row] = await connection('seat_number')
    .where({ conference, bridge })
    .whereRaw('person in (select value from json_each(?))', [JSON.stringify(people)])
    .select<{ numbers: string }[]>(connection.raw('json_group_object(person, number) as numbers'));
  const numbers = JSON.parse(row?.numbers ?? '{}') as Record<PersonId, SeatNumber>;
  return new Map(Object.entries(numbers) as [PersonId, SeatNumber][]);
}

/** Frees the numbers of those who were moved away from a bridge. Inside a transaction, before any is given. */
export async function freeNumbers(
  connection: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
): Promise<void> {
  await connection.raw(
    `delete from seat_number where conference = ? and bridge = ? and person not in
       (select person from placement where conference = ? and bridge = ?)`,
    [conference, bridge, conference, bridge],
  );
}

/** Gives one person a number. False where somebody else has it: then nothing is changed. Inside a transaction. */
export async function writeNumber(
  connection: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
  person: PersonId,
  number: SeatNumber,
): Promise<boolean> {
  try {
    await connection('seat_number')
      .insert({ conference, person, bridge, number })
      .onConflict(['conference', 'person'])
      .merge(['bridge', 'number']);
    return true;
  } catch (error) {
    const isTaken =
      error instanceof Error && /UNIQUE constraint failed: .*seat_number\.number/.test(error.message);
    if (!isTaken) throw error;
    return false;
  }
}

/** Takes the numbers of some people away, whichever bridge they are of. Inside a transaction. */
export async function deleteNumbers(
  connection: Knex,
  conference: ConferenceId,
  people: readonly PersonId[],
): Promise<void> {
  await connection('seat_number')
    .where({ conference })
    .whereRaw('person in (select value from json_each(?))', [JSON.stringify(people)])
    .delete();
}

/** Gives people the numbers that they have after some traces, all at once: they may change chairs among themselves. */
export async function writeTraces(
  connection: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
  traces: readonly SeatTrace[],
): Promise<void> {
  await deleteNumbers(
    connection,
    conference,
    traces.map(({ person }) => person),
  );
  await connection.raw(
    `insert into seat_number (conference, person, bridge, number)
     select ?, value ->> 'person', ?, value ->> 'after' from json_each(?) where value ->> 'after' is not null`,
    [conference, bridge, JSON.stringify(traces)],
  );
}

/** Counts that seat numbers of a bridge have changed. Inside the transaction that changes them. */
export async function raiseRevision(
  connection: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
): Promise<number> {
  const [row] = await connection.raw<{ revision: number }[]>(
    `insert into seat_revision (conference, bridge, revision)
     values (?, ?, (select coalesce(max(revision), 0) + 1 from seat_revision where conference = ?))
     on conflict (conference, bridge) do update set revision = excluded.revision returning revision`,
    [conference, bridge, conference],
  );
  if (row === undefined) throw new Error('a revision was not raised');
  return row.revision;
}

/** The bridges whose seat numbers have changed after a revision, the first of them first. */
export async function readRevisions(
  connection: Knex,
  conference: ConferenceId,
  after: number,
): Promise<{ readonly bridge: BridgeId; readonly revision: number }[]> {
  return await connection('seat_revision')
    .where({ conference })
    .where('revision', '>', after)
    .orderBy('revision')
    .select<{ bridge: BridgeId; revision: number }[]>('bridge', 'revision');
}

/** So many deeds of a bridge can be taken back; older ones are forgotten. */
const MOST_CHANGES = 20;

export interface SeatChangeRecord {
  readonly id: string;
  readonly at: Instant;
  /** Null at the command line, or where the account is gone. */
  readonly by: AccountId | null;
  readonly deed: SeatDeed;
  readonly people: number;
}

export async function insertChange(
  connection: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
  change: SeatChangeRecord,
  traces: readonly SeatTrace[],
): Promise<void> {
  await connection('seat_change').insert({ conference, bridge, ...change, traces: JSON.stringify(traces) });
  const kept = connection('seat_change')
    .where({ conference, bridge })
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(MOST_CHANGES)
    .select('id');
  await connection('seat_change').where({ conference, bridge }).whereNotIn('id', kept).delete();
}

/** The last deed of a bridge that stands; null where there is none. */
export async function readLastChange(
  connection: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
): Promise<SeatChangeRecord | null> {
  const row = await connection('seat_change')
    .where({ conference, bridge })
    .whereNull('undone_at')
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .first<SeatChangeRecord | undefined>('id', 'at', 'by', 'deed', 'people');
  return row ?? null;
}

/** What one deed of a bridge did; null where it is not known any more. */
export async function readTraces(
  connection: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
  id: string,
): Promise<{ readonly traces: readonly SeatTrace[]; readonly isUndone: boolean } | null> {
  const row = await connection('seat_change')
    .where({ conference, bridge, id })
    .first<{ traces: string; undone_at: Instant | null } | undefined>('traces', 'undone_at');
  if (row === undefined) return null;
  return { traces: JSON.parse(row.traces) as SeatTrace[], isUndone: row.undone_at !== null };
}

export async function markUndone(connection: Knex, id: string, at: Instant): Promise<void> {
  await connection('seat_change').where({ id }).update({ undone_at: at });
}
