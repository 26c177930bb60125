import type { Knex } from 'knex';

import type { BridgeId, ConferenceId } from '../../../domain/ids.ts';
import type { RelayId } from '../../../domain/media/cascade.ts';
import type { Instant } from '../../../domain/time.ts';

export interface RelayRow {
  readonly id: RelayId;
  readonly conference: ConferenceId;
  readonly bridge: BridgeId;
  readonly hash: string;
  readonly created_at: Instant;
  readonly came_at: Instant | null;
  readonly revoked_at: Instant | null;
}

/** Of a conference, in the order in which they were added. */
export async function readRelays(db: Knex, conference: ConferenceId): Promise<RelayRow[]> {
  return await db<RelayRow>('relay').where({ conference }).orderBy(['created_at', 'id']);
}

export async function relayByHash(db: Knex, hash: string): Promise<RelayRow | undefined> {
  return await db<RelayRow>('relay').where({ hash }).whereNull('revoked_at').first();
}

/** Which of these are no longer good: revoked, or gone with their bridge. */
export async function goneAmong(db: Knex, ids: readonly RelayId[]): Promise<RelayId[]> {
  const good = await db<RelayRow>('relay').whereIn('id', ids).whereNull('revoked_at').pluck('id');
  return ids.filter((id) => !good.includes(id));
}

export async function addRelay(db: Knex, row: RelayRow): Promise<void> {
  await db<RelayRow>('relay').insert(row);
}

/** False where the conference has none of this id, or no longer. */
export async function setRevoked(
  db: Knex,
  conference: ConferenceId,
  id: RelayId,
  at: Instant,
): Promise<boolean> {
  const changed = await db<RelayRow>('relay')
    .where({ conference, id })
    .whereNull('revoked_at')
    .update({ revoked_at: at });
  return changed === 1;
}

export async function setCame(db: Knex, id: RelayId, at: Instant): Promise<void> {
  await db<RelayRow>('relay').where({ id }).update({ came_at: at });
}
