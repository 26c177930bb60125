import type { Knex } from 'knex';

import type { AccountId, BridgeId, ConferenceId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/** A code as it is kept: by its hash. */
export interface CodeRow {
  readonly hash: string;
  readonly conference: ConferenceId;
  readonly bridge: BridgeId;
  readonly batch: string;
  readonly expires_at: Instant;
  readonly used_at: Instant | null;
  readonly used_by: AccountId | null;
  readonly ended_at: Instant | null;
  readonly ended: 'replaced' | 'revoked' | null;
}

export interface BatchRow {
  readonly id: string;
  readonly conference: ConferenceId;
  readonly bridge: BridgeId;
  readonly at: Instant;
  readonly by: AccountId | null;
  readonly expires_at: Instant;
  readonly codes: number;
}

export async function addBatch(connection: Knex, row: BatchRow): Promise<void> {
  await connection<BatchRow>('activation_batch').insert(row);
}

const ROWS_PER_LIST = 1000;

/** Adds codes of one batch. SQLite's own way of giving a statement a list: a nation's take a tenth of a second. */
export async function addCodes(
  connection: Knex,
  of: Pick<CodeRow, 'conference' | 'batch' | 'expires_at'>,
  codes: readonly Pick<CodeRow, 'hash' | 'bridge'>[],
): Promise<void> {
  for (let at = 0; at < codes.length; at += ROWS_PER_LIST) {
    const list = codes.slice(at, at + ROWS_PER_LIST).map(({ hash, bridge }) => [hash, bridge]);
    await connection.raw(
      `insert into activation_code (hash, conference, bridge, batch, expires_at)
       select value ->> 0, ?, value ->> 1, ?, ? from json_each(?)`,
      [of.conference, of.batch, of.expires_at, JSON.stringify(list)],
    );
  }
}

/** Ends the unused codes of some bridges. Gives how many there were. */
export async function endCodes(
  connection: Knex,
  conference: ConferenceId,
  bridges: readonly BridgeId[],
  ended: 'replaced' | 'revoked',
  at: Instant,
): Promise<number> {
  const rows = await connection.raw<unknown[]>(
    `update activation_code set ended_at = ?, ended = ?
     where conference = ? and used_at is null and ended_at is null
       and bridge in (select value from json_each(?))
     returning bridge`,
    [at, ended, conference, JSON.stringify(bridges)],
  );
  return rows.length;
}

export async function codeByHash(connection: Knex, hash: string): Promise<CodeRow | undefined> {
  return await connection<CodeRow>('activation_code').where({ hash }).first();
}

/** Marks a code as used. False when somebody was faster, or it has ended. */
export async function useCode(connection: Knex, hash: string, by: AccountId, now: Instant): Promise<boolean> {
  const used = await connection('activation_code')
    .where({ hash })
    .whereNull('used_at')
    .whereNull('ended_at')
    .where('expires_at', '>', now)
    .update({ used_at: now, used_by: by });
  return used === 1;
}

/** Until when the unused code of each bridge is good; those without one are not in the answer. */
export async function openCodes(connection: Knex, conference: ConferenceId): Promise<Map<BridgeId, Instant>> {
  const rows = await connection('activation_code')
    .where({ conference })
    .whereNull('used_at')
    .whereNull('ended_at')
    .select<{ bridge: BridgeId; expires_at: Instant }[]>('bridge', 'expires_at');
  return new Map(rows.map((row) => [row.bridge, row.expires_at]));
}

/** Roles of host that are not over, also those that begin later. The roles are those of `access`. */
function hosts(connection: Knex, conference: ConferenceId, now: Instant): Knex.QueryBuilder {
  return connection('grant_')
    .where({ conference, role: 'host' })
    .where((lasting) => void lasting.whereNull('until_at').orWhere('until_at', '>', now));
}

/** How many hosts each bridge has; those without any are not in the answer. */
export async function hostNumbers(
  connection: Knex,
  conference: ConferenceId,
  now: Instant,
): Promise<Map<BridgeId, number>> {
  const rows = await hosts(connection, conference, now)
    .groupBy('bridge')
    .select<{ bridge: BridgeId; hosts: number }[]>('bridge', connection.raw('count(*) as hosts'));
  return new Map(rows.map((row) => [row.bridge, row.hosts]));
}

/** The names of the hosts of some bridges, at most some hundred bridges. */
export async function hostNames(
  connection: Knex,
  conference: ConferenceId,
  bridges: readonly BridgeId[],
  now: Instant,
): Promise<Map<BridgeId, string[]>> {
  const rows = await hosts(connection, conference, now)
    .join('account', 'account.id', 'grant_.account')
    .whereIn('bridge', bridges)
    .orderBy('grant_.created_at')
    .select<{ bridge: BridgeId; name: string }[]>('bridge', 'account.name');
  const names = new Map<BridgeId, string[]>();
  for (const { bridge, name } of rows) names.set(bridge, [...(names.get(bridge) ?? []), name]);
  return names;
}

export interface ListedBatch extends BatchRow {
  readonly used: number;
  readonly open: number;
}

/** The last batches made at some bridges, newest first, with what became of their codes. */
export async function listBatches(
  connection: Knex,
  conference: ConferenceId,
  bridges: readonly BridgeId[],
  now: Instant,
  limit: number,
): Promise<ListedBatch[]> {
  return await connection.raw<ListedBatch[]>(
    `select batch.*,
       (select count(*) from activation_code as code where code.batch = batch.id and used_at is not null) as used,
       (select count(*) from activation_code as code
        where code.batch = batch.id and used_at is null and ended_at is null and expires_at > ?) as open
     from activation_batch as batch
     where conference = ? and bridge in (select value from json_each(?))
     order by at desc, id desc limit ?`,
    [now, conference, JSON.stringify(bridges), limit],
  );
}

/** Names to sign in by that begin like one of them: itself, or with a number behind it. */
export async function takenUsernames(connection: Knex, base: string): Promise<Set<string>> {
  const rows = await connection('account')
    .where({ username: base })
    .orWhere('username', '>=', `${base}.`)
    .andWhere('username', '<', `${base}/`)
    .select<{ username: string }[]>('username');
  return new Set(rows.map(({ username }) => username));
}

export async function bridgeName(
  connection: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
): Promise<{ readonly bridgeName: string; readonly conferenceTitle: string } | undefined> {
  return await connection('bridge')
    .join('conference', 'conference.id', 'bridge.conference')
    .where({ 'bridge.conference': conference, 'bridge.id': bridge })
    .first({ bridgeName: 'bridge.name', conferenceTitle: 'conference.title' });
}
