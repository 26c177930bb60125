import type { Knex } from 'knex';

import type { AccountId, ConferenceId } from '../../domain/ids.ts';
import type { Reading } from '../../domain/plan/draft.ts';
import { conferenceName } from '../../domain/plan/name.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { CivilDate, Instant } from '../../domain/time.ts';
import type { ConferenceState } from '../../domain/wire/conferences.ts';

/** A conference as lists show it. */
export interface SummaryRecord {
  readonly id: ConferenceId;
  readonly title: string;
  readonly number: string | null;
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly state: ConferenceState;
  readonly treeDate: CivilDate;
  readonly treePinned: boolean;
  readonly revision: number;
  readonly issuedAt: Instant | null;
  readonly createdAt: Instant;
  readonly bridges: number;
  readonly people: number;
}

/** A conference with its plan. */
export interface PlanRecord extends SummaryRecord {
  readonly plan: Plan;
}

/** What a change of the plan writes. */
export interface PlanChange {
  readonly plan: Plan;
  readonly treeDate: CivilDate;
}

export interface NewConference extends PlanChange {
  readonly id: ConferenceId;
  readonly treePinned: boolean;
  readonly reading: Reading | null;
  readonly createdAt: Instant;
}

interface SummaryRow {
  readonly id: string;
  readonly title: string;
  readonly number: string | null;
  readonly starts_at: string | null;
  readonly ends_at: string | null;
  readonly state: string;
  readonly tree_date: string;
  readonly tree_pinned: number;
  readonly revision: number;
  readonly issued_at: number | null;
  readonly created_at: number;
  /** PostgreSQL counts in text. */
  readonly bridges: number | string;
  readonly people: number | string;
}

const SUMMARY = [
  'id',
  'title',
  'number',
  'starts_at',
  'ends_at',
  'state',
  'tree_date',
  'tree_pinned',
  'revision',
  'issued_at',
  'created_at',
] as const;

/** Counts bridges and people where they lie: two queries for each conference of a list would be the price of asking. */
function summaries(connection: Knex): Knex.QueryBuilder {
  const countOf = (table: string): Knex.QueryBuilder =>
    connection(table)
      .count('*')
      .whereRaw('?? = ??', [`${table}.conference`, 'conference.id'])
      .as(table === 'bridge' ? 'bridges' : 'people');
  return connection('conference').select(...SUMMARY, countOf('bridge'), countOf('person'));
}

function summaryOf(row: SummaryRow): SummaryRecord {
  return {
    id: row.id as ConferenceId,
    title: row.title,
    number: row.number,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    state: row.state as ConferenceState,
    treeDate: row.tree_date as CivilDate,
    treePinned: row.tree_pinned === 1,
    revision: row.revision,
    issuedAt: row.issued_at as Instant | null,
    createdAt: row.created_at as Instant,
    bridges: Number(row.bridges),
    people: Number(row.people),
  };
}

/** The columns that repeat the plan's own values, for lists. */
function columnsOf({ plan, treeDate }: PlanChange): Record<string, string | null> {
  return {
    title: conferenceName(plan.title),
    number: plan.number,
    starts_at: plan.startsAt,
    ends_at: plan.endsAt,
    tree_date: treeDate,
    plan: JSON.stringify(plan),
  };
}

export async function insertConference(connection: Knex, conference: NewConference): Promise<void> {
  const { reading } = conference;
  await connection('conference').insert({
    ...columnsOf(conference),
    id: conference.id,
    state: 'draft',
    revision: 1,
    tree_pinned: conference.treePinned ? 1 : 0,
    reading: reading && JSON.stringify({ plan: reading.plan, leftovers: reading.leftovers }),
    source_text: reading && reading.text,
    created_at: conference.createdAt,
  });
}

export async function readSummary(connection: Knex, id: ConferenceId): Promise<SummaryRecord | null> {
  const row = (await summaries(connection).where({ id }).first()) as SummaryRow | undefined;
  return row === undefined ? null : summaryOf(row);
}

export async function readPlanRecord(connection: Knex, id: ConferenceId): Promise<PlanRecord | null> {
  const row = (await summaries(connection).select('plan').where({ id }).first()) as
    | (SummaryRow & { readonly plan: string })
    | undefined;
  return row === undefined ? null : { ...summaryOf(row), plan: JSON.parse(row.plan) as Plan };
}

/** The reading that the plan came from; null where it was written by hand. */
export async function readReading(connection: Knex, id: ConferenceId): Promise<Reading | null> {
  const row = (await connection('conference').select('reading', 'source_text').where({ id }).first()) as
    | { readonly reading: string | null; readonly source_text: string | null }
    | undefined;
  if (row === undefined || row.reading === null || row.source_text === null) return null;
  return { text: row.source_text, ...(JSON.parse(row.reading) as Omit<Reading, 'text'>) };
}

/** What a writer has seen of a conference, and what it must still be for the writing to count. */
export type Seen = Pick<SummaryRecord, 'revision' | 'state'>;

/** Writes the plan where the conference still is as it was seen; false where it is not, and nothing is written. */
export async function updatePlan(
  connection: Knex,
  id: ConferenceId,
  { revision, state }: Seen,
  change: PlanChange,
): Promise<boolean> {
  const changed = await connection('conference')
    .where({ id, revision, state })
    .update({ ...columnsOf(change), revision: revision + 1 });
  return changed === 1;
}

/** Issues the plan where it still is a draft of `revision`; false where it is not. */
export async function updateIssued(
  connection: Knex,
  id: ConferenceId,
  revision: number,
  at: Instant,
): Promise<boolean> {
  const changed = await connection('conference')
    .where({ id, revision, state: 'draft' })
    .update({ state: 'issued', issued_at: at });
  return changed === 1;
}

/** Where a conference stands in the list: newest first. */
export interface ConferencePlace {
  readonly createdAt: number;
  readonly id: string;
}

/**
 * Conferences in which an account has a role, newest first, at most `limit` after the place `after`; without an account
 * all. The roles are those of `access`: read here, so that one query lists them.
 */
export async function listSummaries(
  connection: Knex,
  account: AccountId | null,
  now: Instant,
  after: ConferencePlace | null,
  limit: number,
): Promise<SummaryRecord[]> {
  const query = summaries(connection)
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit);
  if (account !== null) {
    void query.whereExists((grants: Knex.QueryBuilder) => {
      void grants
        .select('account')
        .from('grant_')
        .where({ account })
        .whereRaw('(from_at is null or from_at <= ?) and (until_at is null or until_at > ?)', [now, now])
        .andWhere((over) => {
          // A role over no one conference is a standing organizer's, over all of them.
          void over
            .whereNull('grant_.conference')
            .orWhereRaw('?? = ??', ['grant_.conference', 'conference.id']);
        });
    });
  }
  if (after !== null) {
    void query.where((later: Knex.QueryBuilder) => {
      void later
        .where('created_at', '<', after.createdAt)
        .orWhere((same) => void same.where({ created_at: after.createdAt }).where('id', '<', after.id));
    });
  }
  const rows = (await query) as SummaryRow[];
  return rows.map(summaryOf);
}
