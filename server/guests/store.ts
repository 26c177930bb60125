import type { Knex } from 'knex';

import { guestKey, type GuestAnswer, type GuestDraft, type GuestList } from '../../domain/guests/guest.ts';
import type { ConferenceId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/** Somebody of a list. */
export interface StoredGuest {
  readonly id: string;
  readonly list: GuestList;
  readonly draft: GuestDraft;
  readonly answer: GuestAnswer | null;
  readonly arrivedAt: Instant | null;
}

interface GuestRow {
  readonly id: string;
  readonly list: GuestList;
  readonly data: string;
  readonly answer: GuestAnswer | null;
  readonly arrived_at: Instant | null;
}

const COLUMNS = ['id', 'list', 'data', 'answer', 'arrived_at'] as const;

function guestOf({ id, list, data, answer, arrived_at: arrivedAt }: GuestRow): StoredGuest {
  return { id, list, draft: JSON.parse(data) as GuestDraft, answer, arrivedAt };
}

/** All guests of a conference, in no order. */
export async function readGuests(db: Knex, conference: ConferenceId): Promise<StoredGuest[]> {
  const rows = await db('guest').where({ conference }).select<GuestRow[]>(COLUMNS);
  return rows.map(guestOf);
}

export async function readGuest(db: Knex, conference: ConferenceId, id: string): Promise<StoredGuest | null> {
  const row = await db('guest').where({ conference, id }).first<GuestRow | undefined>(COLUMNS);
  return row === undefined ? null : guestOf(row);
}

/** Adds guests. A unique violation says that the list has one of them. */
export async function insertGuests(
  db: Knex,
  conference: ConferenceId,
  guests: readonly StoredGuest[],
  at: Instant,
): Promise<void> {
  const rows = guests.map(({ id, list, draft }) => ({
    id,
    conference,
    list,
    at,
    key: guestKey(draft),
    data: JSON.stringify(draft),
  }));
  await db.batchInsert('guest', rows, 100);
}

/** A unique violation says that the list has another of this name. */
export async function updateGuest(
  db: Knex,
  conference: ConferenceId,
  { id, draft }: StoredGuest,
): Promise<void> {
  await db('guest')
    .where({ conference, id })
    .update({ key: guestKey(draft), data: JSON.stringify(draft) });
}

export async function updateStanding(
  db: Knex,
  conference: ConferenceId,
  { id, answer, arrivedAt }: Pick<StoredGuest, 'id' | 'answer' | 'arrivedAt'>,
): Promise<void> {
  await db('guest').where({ conference, id }).update({ answer, arrived_at: arrivedAt });
}

export async function deleteGuest(db: Knex, conference: ConferenceId, id: string): Promise<void> {
  await db('guest').where({ conference, id }).delete();
}
