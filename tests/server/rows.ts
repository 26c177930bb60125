import type { Knex } from 'knex';

import type { BridgeId, ConferenceId } from '../../domain/ids.ts';
import type { Plan } from '../../domain/plan/plan.ts';

/** A plan that says nothing yet. */
export const EMPTY_PLAN: Plan = {
  number: null,
  issuer: null,
  issuedOn: null,
  title: 'Hội nghị thử',
  banner: null,
  startsAt: null,
  endsAt: null,
  venue: null,
  format: 'hybrid',
  broadcast: null,
  replacesNotice: false,
  bridgeClasses: [],
  clauses: [],
  chairing: [],
  agenda: [],
  documents: [],
  duties: [],
  recipients: [],
};

/** Rows written straight into the tables, for tests of what only needs them to be there. */
export async function addConference(db: Knex, id: ConferenceId): Promise<void> {
  await db('conference').insert({
    id,
    title: 'Hội nghị thử',
    state: 'draft',
    tree_date: '2025-01-13',
    plan: JSON.stringify(EMPTY_PLAN),
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
