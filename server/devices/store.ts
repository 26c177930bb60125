import type { Knex } from 'knex';

import type { AccountId, BridgeId, ConferenceId, DeviceId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/** A machine whose events are held against the quarantine first. */
export interface WatchedDevice {
  readonly bridge: BridgeId;
  readonly device: DeviceId;
  readonly revoked: boolean;
}

/** Every machine that was ever revoked, or in whose name something is held: a handful, out of an index of their own. */
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
  readonly public_key: string;
  readonly paired_at: Instant;
  readonly paired_by: AccountId | null;
  readonly replaces: DeviceId | null;
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
  'public_key',
  'paired_at',
  'paired_by',
  'replaces',
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

/** How the machines of a bridge that are not revoked were last heard of, all of them together. */
export interface LineRow {
  readonly bridge: BridgeId;
  readonly machines: number;
  readonly lastContact: Instant | null;
  readonly waiting: number;
  readonly waitingSince: Instant | null;
}

/** The lines of all bridges of a conference that have a machine: one text that the database makes in its own thread. */
export async function readLines(connection: Knex, conference: ConferenceId): Promise<LineRow[]> {
  const [row] = await connection.raw<{ all: string }[]>(
    `select json_group_array(json_object('bridge', bridge, 'machines', machines, 'lastContact', last_contact,
              'waiting', waiting, 'waitingSince', waiting_since)) as "all"
     from (select bridge, count(*) as machines, max(last_contact) as last_contact, sum(waiting) as waiting,
                  min(case when waiting > 0 then waiting_since end) as waiting_since
           from device where conference = ? and revoked_at is null group by bridge)`,
    [conference],
  );
  return JSON.parse(row?.all ?? '[]') as LineRow[];
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
  readonly bridge: BridgeId;
  readonly device: DeviceId;
  /** Null where the host gave none: the one that it has stays. */
  readonly name: string | null;
  readonly account: AccountId | null;
  readonly browser: string;
  readonly first: Instant;
  readonly last: Instant;
  readonly waiting: number;
  readonly since: Instant | null;
}

/** Writes what machines said in one statement, which is one commit. Gives back what they are called by now. */
export async function writeContacts(
  connection: Knex,
  contacts: readonly ContactRow[],
): Promise<Pick<DeviceRecord, 'bridge' | 'device' | 'name'>[]> {
  return connection.raw<Pick<DeviceRecord, 'bridge' | 'device' | 'name'>[]>(
    `update device set
       name = coalesce(said.value ->> 'name', name),
       account = (select id from account where id = said.value ->> 'account'),
       browser = said.value ->> 'browser',
       first_contact = coalesce(first_contact, said.value ->> 'first'),
       last_contact = said.value ->> 'last', waiting = said.value ->> 'waiting',
       waiting_since = said.value ->> 'since'
     from json_each(?) as said
     where bridge = said.value ->> 'bridge' and device = said.value ->> 'device'
     returning bridge, device, name`,
    [JSON.stringify(contacts)],
  );
}

/** One deed on a machine: who paired, named, revoked or restored it. */
export interface StepRow {
  readonly id: string;
  readonly conference: ConferenceId;
  readonly bridge: BridgeId;
  readonly device: DeviceId;
  readonly step: 'pair' | 'name' | 'revoke' | 'restore';
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

/** A pairing code on its way to the disk. */
export interface CodeRow {
  readonly hash: string;
  readonly bridge: BridgeId;
}

/** What all codes have in common that are made together. */
export interface CodesMade {
  readonly conference: ConferenceId;
  readonly at: Instant;
  readonly by: AccountId | null;
  readonly until: Instant;
  readonly printed: boolean;
}

/**
 * Writes pairing codes, in one statement. Printed ones take the place of those that stood on an earlier sheet of the bridge;
 * codes that nobody can use any more since a while go.
 */
export async function addCodes(
  connection: Knex,
  codes: readonly CodeRow[],
  { conference, at, by, until, printed }: CodesMade,
  forgetBefore: Instant,
): Promise<void> {
  const list = JSON.stringify(codes);
  await connection('pairing_code').where('expires_at', '<', forgetBefore).delete();
  if (printed) {
    await connection('pairing_code')
      .where({ conference, printed: 1, used_at: null })
      .whereRaw("bridge in (select value ->> 'bridge' from json_each(?))", [list])
      .delete();
  }
  await connection.raw(
    `insert into pairing_code (hash, conference, bridge, made_at, made_by, expires_at, printed)
     select value ->> 'hash', ?, value ->> 'bridge', ?, ?, ?, ? from json_each(?)`,
    [conference, at, by, until, printed ? 1 : 0, list],
  );
}

/** A pairing code as it is kept. */
export interface KeptCode {
  readonly conference: ConferenceId;
  readonly bridge: BridgeId;
  readonly expires_at: Instant;
  readonly used_at: Instant | null;
  readonly device: DeviceId | null;
}

export async function codeByHash(connection: Knex, hash: string): Promise<KeptCode | undefined> {
  return connection<KeptCode & { hash: string }>('pairing_code')
    .where({ hash })
    .first('conference', 'bridge', 'expires_at', 'used_at', 'device');
}

/** Uses a code for a machine. False where another one was quicker. */
export async function useCode(
  connection: Knex,
  hash: string,
  device: DeviceId,
  now: Instant,
): Promise<boolean> {
  const used = await connection('pairing_code')
    .where({ hash, used_at: null })
    .update({ used_at: now, device });
  return used === 1;
}

/** A machine that was paired just now. */
export interface PairedRow {
  readonly conference: ConferenceId;
  readonly bridge: BridgeId;
  readonly device: DeviceId;
  readonly publicKey: string;
  readonly name: string | null;
  readonly replaces: DeviceId | null;
  readonly at: Instant;
  readonly by: AccountId | null;
}

/**
 * Pairs a machine: it gets the next number of its bridge. Inside a transaction. What it sent before and is held makes it one whose
 * events are held against the quarantine first.
 */
export async function addDevice(connection: Knex, paired: PairedRow, step: StepRow): Promise<void> {
  const { conference, bridge, device, publicKey, name, replaces, at, by } = paired;
  await connection.raw(
    `insert into device (conference, bridge, device, number, name, public_key, paired_at, paired_by, replaces, watched)
     select ?, ?, ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?, ?,
            exists (select 1 from quarantine where conference = ? and bridge = ? and device = ?)
     from device where bridge = ?`,
    [conference, bridge, device, name, publicKey, at, by, replaces, conference, bridge, device, bridge],
  );
  await addStep(connection, step);
}

/** Where a machine is revoked at present, whichever conference it is. */
export async function revokedAnywhere(connection: Knex, device: DeviceId): Promise<boolean> {
  const found = await connection('device').where({ device, watched: 1 }).whereNotNull('revoked_at').first(1);
  return found !== undefined;
}

/** Has the events of these machines held against the quarantine first, as it holds some; gives how many are new to it. */
export async function setWatched(
  connection: Knex,
  bridge: BridgeId,
  devices: readonly DeviceId[],
): Promise<number> {
  return connection('device').where({ bridge, watched: 0 }).whereIn('device', devices).update('watched', 1);
}

/** The machines of a conference by bridge: one text that the database makes in its own thread, as there are tens of thousands. */
export async function pairedIn(
  connection: Knex,
  conference: ConferenceId,
): Promise<readonly (readonly [BridgeId, DeviceId])[]> {
  const [row] = await connection.raw<{ all: string }[]>(
    'select json_group_array(json_array(bridge, device)) as "all" from device where conference = ?',
    [conference],
  );
  return JSON.parse(row?.all ?? '[]') as [BridgeId, DeviceId][];
}

/** Whether a machine is paired at a bridge. */
export async function isPairedAt(connection: Knex, bridge: BridgeId, device: DeviceId): Promise<boolean> {
  return (await connection('device').where({ bridge, device }).first(1)) !== undefined;
}
