import type { Knex } from 'knex';

import type { AlertKind } from '../../domain/control/alerts.ts';
import type { AccountId, BridgeId, ConferenceId, SessionId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/** An alert as it is kept. */
export interface AlertRecord {
  readonly id: string;
  readonly conference: ConferenceId;
  readonly session: SessionId;
  readonly bridge: BridgeId;
  readonly kind: AlertKind;
  readonly raised_at: Instant;
  /** Null while it lasts. */
  readonly over_at: Instant | null;
  readonly level: number;
  readonly bridges: number;
}

/** That somebody has taken an alert on, as bad as it was then. */
export interface Acknowledgement {
  readonly alert: string;
  readonly level: number;
  readonly bridges: number;
  readonly at: Instant;
  /** Null once the account is gone. */
  readonly by: AccountId | null;
}

const ROWS_PER_INSERT = 100;
const IDS_PER_QUERY = 500;

/** The alerts of a session that last. */
export async function readLasting(connection: Knex, session: SessionId): Promise<AlertRecord[]> {
  return connection<AlertRecord>('alert').where({ session, over_at: null });
}

/** Raises alerts; one that lasts already, raised by another process, stays as it is. */
export async function insertAlerts(connection: Knex, alerts: readonly AlertRecord[]): Promise<void> {
  for (let at = 0; at < alerts.length; at += ROWS_PER_INSERT) {
    await connection<AlertRecord>('alert')
      .insert(alerts.slice(at, at + ROWS_PER_INSERT))
      .onConflict()
      .ignore();
  }
}

/** Notes that an alert got worse. */
export async function worsenAlert(
  connection: Knex,
  id: string,
  { level, bridges }: Pick<AlertRecord, 'level' | 'bridges'>,
): Promise<void> {
  await connection<AlertRecord>('alert').where({ id }).update({ level, bridges });
}

export async function endAlerts(connection: Knex, ids: readonly string[], at: Instant): Promise<void> {
  for (let from = 0; from < ids.length; from += IDS_PER_QUERY) {
    await connection<AlertRecord>('alert')
      .whereIn('id', ids.slice(from, from + IDS_PER_QUERY))
      .update({ over_at: at });
  }
}

/** One alert of a bridge; undefined where there is none of this id. */
export async function readAlert(
  connection: Knex,
  session: SessionId,
  bridge: BridgeId,
  id: string,
): Promise<AlertRecord | undefined> {
  return connection<AlertRecord>('alert').where({ id, session, bridge }).first();
}

/** Takes an alert on; whoever did so first stands. */
export async function insertAcknowledgement(connection: Knex, row: Acknowledgement): Promise<void> {
  await connection<Acknowledgement>('alert_acknowledgement').insert(row).onConflict().ignore();
}

/** Who took these alerts on, first first. */
export async function readAcknowledgements(
  connection: Knex,
  alerts: readonly string[],
): Promise<Acknowledgement[]> {
  const found: Acknowledgement[] = [];
  for (let from = 0; from < alerts.length; from += IDS_PER_QUERY) {
    found.push(
      ...(await connection<Acknowledgement>('alert_acknowledgement')
        .whereIn('alert', alerts.slice(from, from + IDS_PER_QUERY))
        .orderBy('at')),
    );
  }
  return found;
}

/** All alerts of a session, the newest first. */
export async function readLog(connection: Knex, session: SessionId): Promise<AlertRecord[]> {
  return connection<AlertRecord>('alert')
    .where({ session })
    .orderBy([
      { column: 'raised_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ]);
}
