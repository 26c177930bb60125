import type { Knex } from 'knex';

import type { AccountId, BridgeId, ConferenceId, DeviceId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/** A machine that was revoked at a bridge, at present or before. */
export interface WatchedDevice {
  readonly bridge: BridgeId;
  readonly device: DeviceId;
  readonly revoked: boolean;
}

/** Every machine that was ever revoked: a handful, out of an index of their own. */
export async function readWatched(connection: Knex): Promise<WatchedDevice[]> {
  const rows = await connection<DeviceRecord>('device')
    .where('watched', 1)
    .select('bridge', 'device', 'revoked_at');
  return rows.map(({ bridge, device, revoked_at }) => ({ bridge, device, revoked: revoked_at !== null }));
}

/** A machine at a bridge, as it is kept. */
export interface DeviceRecord {
  readonly conference: ConferenceId;
  readonly bridge: BridgeId;
  readonly device: DeviceId;
  readonly number: number;
  readonly name: string | null;
  readonly account: AccountId | null;
  readonly browser: string;
  readonly first_contact: Instant | null;
  readonly last_contact: Instant | null;
  readonly waiting: number;
  readonly waiting_since: Instant | null;
  readonly revoked_at: Instant | null;
  readonly revoke_reason: string | null;
}

const COLUMNS = [
  'conference',
  'bridge',
  'device',
  'number',
  'name',
  'account',
  'browser',
  'first_contact',
  'last_contact',
  'waiting',
  'waiting_since',
  'revoked_at',
  'revoke_reason',
] as const;

/** The machines of a bridge, by number. */
export async function devicesAt(connection: Knex, bridge: BridgeId): Promise<DeviceRecord[]> {
  return connection<DeviceRecord>('device')
    .where('bridge', bridge)
    .select(...COLUMNS)
    .orderBy('number');
}

/** One machine at a bridge. */
export async function deviceAt(
  connection: Knex,
  bridge: BridgeId,
  device: DeviceId,
): Promise<DeviceRecord | undefined> {
  return connection<DeviceRecord>('device')
    .where({ bridge, device })
    .first(...COLUMNS);
}

/**
 * All machines of a conference. They come as one text that the database makes in its own thread: tens of thousands of rows
 * one by one would hold up the check-ins.
 */
export async function devicesOf(connection: Knex, conference: ConferenceId): Promise<DeviceRecord[]> {
  const object = COLUMNS.map((column) => `'${column}', ${column}`).join(', ');
  const [row] = await connection.raw<{ all: string }[]>(
    `select json_group_array(json_object(${object})) as "all" from device where conference = ?`,
    [conference],
  );
  return JSON.parse(row?.all ?? '[]') as DeviceRecord[];
}

/** Where a machine is known in a conference. */
export async function placesOf(
  connection: Knex,
  conference: ConferenceId,
  device: DeviceId,
): Promise<DeviceRecord[]> {
  return connection<DeviceRecord>('device')
    .where({ conference, device })
    .select(...COLUMNS);
}

/** What a machine said, as it goes to the disk. */
export interface ContactRow {
  readonly conference: ConferenceId;
  readonly bridge: BridgeId;
  readonly device: DeviceId;
  readonly number: number;
  /** Null where the host gave none: the one that it has stays. */
  readonly name: string | null;
  readonly account: AccountId | null;
  readonly browser: string;
  readonly first: Instant;
  readonly last: Instant;
  readonly waiting: number;
  readonly since: Instant | null;
}

/**
 * Writes what machines said in one statement, which is one commit; those of a bridge that is gone are left out. Gives
 * back what they are called by now.
 */
export async function writeContacts(
  connection: Knex,
  contacts: readonly ContactRow[],
): Promise<Pick<DeviceRecord, 'bridge' | 'device' | 'name'>[]> {
  return connection.raw<Pick<DeviceRecord, 'bridge' | 'device' | 'name'>[]>(
    `insert into device (conference, bridge, device, number, name, account, browser, first_contact, last_contact,
                         waiting, waiting_since)
     select value ->> 'conference', value ->> 'bridge', value ->> 'device', value ->> 'number', value ->> 'name',
            (select id from account where id = value ->> 'account'), value ->> 'browser', value ->> 'first', value ->> 'last', value ->> 'waiting',
            value ->> 'since'
     from json_each(?)
     where exists (select 1 from bridge where bridge.id = value ->> 'bridge'
                                          and bridge.conference = value ->> 'conference')
     on conflict (bridge, device) do update set
       name = coalesce(excluded.name, device.name), account = excluded.account, browser = excluded.browser,
       first_contact = coalesce(device.first_contact, excluded.first_contact),
       last_contact = excluded.last_contact, waiting = excluded.waiting, waiting_since = excluded.waiting_since
     returning bridge, device, name`,
    [JSON.stringify(contacts)],
  );
}

/** One deed on a machine: who named, revoked or restored it. */
export interface StepRow {
  readonly id: string;
  readonly conference: ConferenceId;
  readonly bridge: BridgeId;
  readonly device: DeviceId;
  readonly step: 'name' | 'revoke' | 'restore';
  readonly at: Instant;
  readonly by: AccountId | null;
  readonly text: string | null;
}

async function addStep(connection: Knex, step: StepRow): Promise<void> {
  await connection<StepRow>('device_step').insert(step);
}

/** Names a machine. Inside a transaction; false where the bridge has none of this id. */
export async function setName(connection: Knex, step: StepRow): Promise<boolean> {
  const { bridge, device, text } = step;
  const changed = await connection<DeviceRecord>('device').where({ bridge, device }).update('name', text);
  if (changed === 1) await addStep(connection, step);
  return changed === 1;
}

/** Revokes a machine at a bridge. Inside a transaction; false where it was revoked before, which stays. */
export async function setRevoked(connection: Knex, step: StepRow & { text: string }): Promise<boolean> {
  const { bridge, device, at, text } = step;
  const changed = await connection('device')
    .where({ bridge, device, revoked_at: null })
    .update({ revoked_at: at, revoke_reason: text, watched: 1 });
  if (changed === 1) await addStep(connection, step);
  return changed === 1;
}

/** Restores a revoked machine. Inside a transaction; false where it is not revoked. */
export async function setRestored(connection: Knex, step: StepRow): Promise<boolean> {
  const { bridge, device } = step;
  const changed = await connection('device')
    .where({ bridge, device })
    .whereNotNull('revoked_at')
    .update({ revoked_at: null, revoke_reason: null });
  if (changed === 1) await addStep(connection, step);
  return changed === 1;
}

/** Who revoked the machines of a conference that are revoked; null where that was at the command line. */
export async function revokersOf(
  connection: Knex,
  conference: ConferenceId,
): Promise<Pick<StepRow, 'bridge' | 'device' | 'by'>[]> {
  return connection<DeviceRecord>('device')
    .join('device_step', (on) =>
      on.on('device_step.bridge', 'device.bridge').andOn('device_step.device', 'device.device'),
    )
    .where('device.conference', conference)
    .where('device_step.step', 'revoke')
    .whereRaw('device_step.at = device.revoked_at')
    .select('device.bridge as bridge', 'device.device as device', 'device_step.by as by');
}

/** How many events of each machine are in quarantine without a decision, or decided and not yet in the ledger. */
export async function heldCounts(
  connection: Knex,
  conference: ConferenceId,
): Promise<{ readonly bridge: BridgeId; readonly device: DeviceId; readonly events: number }[]> {
  return connection('quarantine')
    .where({ conference })
    .whereIn('state', ['waiting', 'accepting'])
    .groupBy('bridge', 'device')
    .select('bridge', 'device')
    .count({ events: '*' });
}
