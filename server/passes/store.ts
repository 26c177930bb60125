import type { Knex } from 'knex';

import type { Person } from '../../domain/composition/person.ts';
import type { BridgeId, ConferenceId, PersonId } from '../../domain/ids.ts';
import type { SeatNumber } from '../../domain/seating/number.ts';
import type { Instant } from '../../domain/time.ts';
import { inOfficialOrder } from '../people/store.ts';
import { seats } from '../seating/store.ts';

/** A seat with whom it is for. */
export interface Seated {
  readonly person: Person;
  readonly bridge: BridgeId;
  readonly as: 'chair' | 'delegate';
  /** Of the chair that they have there; null without one. */
  readonly seatNumber: SeatNumber | null;
}

interface SeatRow {
  readonly bridge: BridgeId;
  readonly as: 'chair' | 'delegate';
  readonly number: SeatNumber | null;
  readonly data: string;
}

function seatedOf({ bridge, as, number, data }: SeatRow): Seated {
  return { bridge, as, seatNumber: number, person: JSON.parse(data) as Person };
}

/** Everybody seated at the given bridges, in official order; with `words` those of whose name or card every one begins a word. */
export async function readSeated(
  connection: Knex,
  conference: ConferenceId,
  bridges: readonly BridgeId[],
  words: readonly string[],
): Promise<Seated[]> {
  const list = seats(connection, conference).whereRaw(
    'placement.bridge in (select value from json_each(?))',
    [JSON.stringify(bridges)],
  );
  for (const word of words) void list.whereRaw(`' ' || person.search_key like ?`, [`% ${word}%`]);
  const rows = await inOfficialOrder(list, conference).select<SeatRow[]>(
    'placement.bridge',
    'placement.as',
    'seat_number.number',
    'person.data',
  );
  return rows.map(seatedOf);
}

/** Where a person sits; null without a seat. */
export async function readSeat(
  connection: Knex,
  conference: ConferenceId,
  person: PersonId,
): Promise<Seated | null> {
  const row = await seats(connection, conference)
    .where('placement.person', person)
    .whereNotNull('placement.bridge')
    .first<SeatRow | undefined>('placement.bridge', 'placement.as', 'seat_number.number', 'person.data');
  return row === undefined ? null : seatedOf(row);
}

/** The current serials of those who were issued another pass than the first. */
export async function readSerials(
  connection: Knex,
  conference: ConferenceId,
): Promise<Map<PersonId, number>> {
  const rows = await connection('pass_reissue')
    .where({ conference })
    .groupBy('person')
    .select<{ person: PersonId; serial: number }[]>('person', connection.raw('max(serial) as serial'));
  return new Map(rows.map(({ person, serial }) => [person, serial]));
}

/** The current serial of a person. */
export async function readSerial(
  connection: Knex,
  conference: ConferenceId,
  person: PersonId,
): Promise<number> {
  const row = await connection('pass_reissue')
    .where({ conference, person })
    .max<{ serial: number | null }>({ serial: 'serial' })
    .first();
  return row?.serial ?? 1;
}

/** Keeps that a pass was issued again. Inside a transaction, after the serial before it was read. */
export async function insertReissue(
  connection: Knex,
  conference: ConferenceId,
  reissue: {
    readonly person: PersonId;
    readonly serial: number;
    readonly at: Instant;
    readonly by: string | null;
    readonly reason: string;
  },
): Promise<void> {
  await connection('pass_reissue').insert({ conference, ...reissue });
}
