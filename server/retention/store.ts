import type { Knex } from 'knex';
import type { AccountId, ConferenceId } from '../../domain/ids.ts';
import type { ConferenceTimes } from '../../domain/retention/due.ts';
import { NO_PERIODS, type RetentionKind, type RetentionPeriods } from '../../domain/retention/kinds.ts';
import type { Instant } from '../../domain/time.ts';

interface PeriodRow {
  readonly people_days: number | null;
  readonly texts_days: number | null;
  readonly accounts_days: number | null;
  readonly audit_days: number | null;
}

/** The periods of a conference; none before anybody set one. */
export async function readPeriods(connection: Knex, conference: ConferenceId): Promise<RetentionPeriods> {
  const row = await connection('retention').where({ conference }).first<PeriodRow | undefined>();
  if (row === undefined) return NO_PERIODS;
  return {
    people: row.people_days,
    texts: row.texts_days,
    accounts: row.accounts_days,
    audit: row.audit_days,
  };
}

export async function writePeriods(
  connection: Knex,
  conference: ConferenceId,
  { people, texts, accounts, audit }: RetentionPeriods,
  at: Instant,
  by: AccountId | null,
): Promise<void> {
  await connection('retention')
    .insert({
      conference,
      people_days: people,
      texts_days: texts,
      accounts_days: accounts,
      audit_days: audit,
      at,
      by,
    })
    .onConflict('conference')
    .merge();
}

/** The conferences that have a period at all. */
export async function conferencesWithPeriods(connection: Knex): Promise<ConferenceId[]> {
  const rows = await connection('retention').select<{ conference: ConferenceId }[]>('conference');
  return rows.map(({ conference }) => conference);
}

/** What tells when a conference is over; null where there is none. */
export async function readTimes(connection: Knex, conference: ConferenceId): Promise<ConferenceTimes | null> {
  const row = await connection('conference')
    .where({ id: conference })
    .first<{ starts_at: string | null; ends_at: string | null; created_at: Instant } | undefined>(
      'starts_at',
      'ends_at',
      'created_at',
    );
  if (row === undefined) return null;
  const sessions = await connection('session')
    .where({ conference })
    .select<{ ends_at: Instant }[]>('ends_at');
  return {
    sessionEnds: sessions.map(({ ends_at }) => ends_at),
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    createdAt: row.created_at,
  };
}

export interface Deletion {
  readonly id: string;
  readonly conference: ConferenceId;
  readonly kind: RetentionKind;
  readonly at: Instant;
  readonly by: AccountId | null;
  readonly reason: string | null;
  readonly entries: number;
}

export async function addDeletion(connection: Knex, deletion: Deletion): Promise<void> {
  await connection('retention_deletion').insert(deletion);
}

/** Says how much went. Where nothing did, and something had before, no more is said of it. */
export async function finishDeletion(
  connection: Knex,
  { id, conference, kind }: Pick<Deletion, 'id' | 'conference' | 'kind'>,
  entries: number,
): Promise<void> {
  const before = await connection('retention_deletion')
    .where({ conference, kind })
    .whereNot({ id })
    .first<object | undefined>('id');
  const row = connection('retention_deletion').where({ id });
  if (entries === 0 && before !== undefined) await row.delete();
  else await row.update({ entries });
}

/** The deletions of a conference, newest first, at most `limit`. */
export async function listDeletions(
  connection: Knex,
  conference: ConferenceId,
  limit: number,
): Promise<Deletion[]> {
  return await connection('retention_deletion')
    .where({ conference })
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit)
    .select<Deletion[]>('id', 'conference', 'kind', 'at', 'by', 'reason', 'entries');
}

/** When a kind was deleted of a conference last; null where it never was. */
export async function lastDeletion(
  connection: Knex,
  conference: ConferenceId,
  kind: RetentionKind,
): Promise<Instant | null> {
  const row = await connection('retention_deletion')
    .where({ conference, kind })
    .max<{ at: Instant | null }>({ at: 'at' })
    .first();
  return row?.at ?? null;
}
