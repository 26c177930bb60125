import type { Knex } from 'knex';

import type { BridgeId, ConferenceId } from '../../domain/ids.ts';

/** Rows written straight into the tables, for tests of what only needs them to be there. */
export async function addConference(db: Knex, id: ConferenceId): Promise<void> {
  await db('conference').insert({
    id,
    title: 'Hội nghị thử',
    state: 'draft',
    tree_date: '2025-01-13',
    plan: '{}',
    revision: 1,
    created_at: 0,
  });
}

export async function addBridge(
  db: Knex,
  conference: ConferenceId,
  id: BridgeId,
  parent: BridgeId | null,
): Promise<void> {
  await db('bridge').insert({
    id,
    conference,
    parent,
    class: 'province',
    name: `Điểm cầu ${id}`,
    ord: 0,
    search_key: id.toLowerCase(),
  });
  await db('conference').where({ id: conference }).increment('bridges_revision');
}
