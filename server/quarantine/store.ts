import type { Knex } from 'knex';

import type { Texts } from '../../domain/ledger/form.ts';
import type { AccountId, BridgeId, ConferenceId, DeviceId, EventId, SessionId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { HeldCause } from '../../domain/wire/devices.ts';
import { bytesOfUuid, uuidOfBytes } from '../platform/ids.ts';

/** An event on its way into the quarantine, in the ledger's form. */
export interface HeldEntry {
  readonly id: EventId;
  readonly session: SessionId;
  readonly device: DeviceId;
  readonly cause: HeldCause;
  readonly receivedAt: Instant;
  readonly form: string;
  readonly salt: string | null;
  readonly texts: Texts | null;
}

/** `waiting` for a decision, `accepting` until the ledger has it, then `accepted`; or `refused`, or `conflict`. */
export type HeldState = 'waiting' | 'accepting' | 'accepted' | 'refused' | 'conflict';

/** What the quarantine has under an id. */
export interface HeldContent {
  readonly form: string;
  /** Null where nobody wrote anything, and where it was erased. */
  readonly texts: Texts | null;
  readonly cause: HeldCause;
  readonly state: HeldState;
}

/** Bound variables of one statement are limited; ids are looked up by so many at a time. */
const IDS_PER_QUERY = 500;

/**
 * Puts events of one bridge into the quarantine in one statement, which is one commit. An id that is there already is
 * left alone, and so is one that the ledger has: within the statement, as only there nobody writes in between.
 */
export async function holdEvents(
  connection: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
  entries: readonly HeldEntry[],
): Promise<void> {
  const rows = entries.map(({ id, texts, ...rest }) => ({
    ...rest,
    id: id.replaceAll('-', ''),
    texts: texts === null ? null : JSON.stringify(texts),
  }));
  await connection.raw(
    `insert into quarantine (id, conference, bridge, session, device, cause, received_at, form, salt, texts)
     select unhex(value ->> 'id'), ?, ?, value ->> 'session', value ->> 'device', value ->> 'cause',
            value ->> 'receivedAt',
            value ->> 'form', value ->> 'salt', value ->> 'texts'
     from json_each(?)
     where not exists (select 1 from attendance_event where attendance_event.id = unhex(value ->> 'id'))
     order by key
     on conflict (id) do nothing`,
    [conference, bridge, JSON.stringify(rows)],
  );
}

/** What the quarantine has under these ids. */
export async function heldContents(
  connection: Knex,
  ids: readonly EventId[],
): Promise<Map<EventId, HeldContent>> {
  const found = new Map<EventId, HeldContent>();
  for (let at = 0; at < ids.length; at += IDS_PER_QUERY) {
    const rows = await connection<Pick<HeldFields, 'id' | 'form' | 'texts' | 'cause' | 'state'>>('quarantine')
      .whereIn('id', ids.slice(at, at + IDS_PER_QUERY).map(bytesOfUuid))
      .select('id', 'form', 'texts', 'cause', 'state');
    for (const { id, form, texts, cause, state } of rows) {
      found.set(uuidOfBytes(id) as EventId, {
        form,
        texts: texts === null ? null : (JSON.parse(texts) as Texts),
        cause,
        state,
      });
    }
  }
  return found;
}

/** An event in quarantine, with the decision on it. */
export interface HeldRecord extends HeldContent {
  /** In the order in which they came. */
  readonly row: number;
  readonly id: EventId;
  readonly bridge: BridgeId;
  readonly session: SessionId;
  readonly device: DeviceId;
  readonly receivedAt: Instant;
  readonly decidedAt: Instant | null;
  readonly decidedBy: AccountId | null;
  readonly reason: string | null;
  /** Whether the ledger has an event under this id. */
  readonly inLedger: boolean;
}

interface HeldFields {
  readonly row: number;
  readonly id: Buffer;
  readonly bridge: BridgeId;
  readonly session: SessionId;
  readonly device: DeviceId;
  readonly cause: HeldCause;
  readonly received_at: Instant;
  readonly form: string;
  readonly texts: string | null;
  readonly state: HeldState;
  readonly decided_at: Instant | null;
  readonly decided_by: AccountId | null;
  readonly reason: string | null;
  readonly in_ledger: 0 | 1;
}

const FIELDS = `quarantine.rowid as row, id, bridge, session, device, cause, received_at, form, texts, state, decided_at,
  decided_by, reason,
  exists (select 1 from attendance_event where attendance_event.id = quarantine.id) as in_ledger`;

function recordOf(fields: HeldFields): HeldRecord {
  return {
    row: fields.row,
    id: uuidOfBytes(fields.id) as EventId,
    bridge: fields.bridge,
    session: fields.session,
    device: fields.device,
    cause: fields.cause,
    receivedAt: fields.received_at,
    form: fields.form,
    texts: fields.texts === null ? null : (JSON.parse(fields.texts) as Texts),
    state: fields.state,
    decidedAt: fields.decided_at,
    decidedBy: fields.decided_by,
    reason: fields.reason,
    inLedger: fields.in_ledger === 1,
  };
}

/** States of events on which nobody has decided, or whose decision is not carried out yet. */
const OPEN: readonly HeldState[] = ['waiting', 'accepting'];

/** Which events of the quarantine: of these bridges, and where given of one machine and in these states. */
export interface HeldFilter {
  readonly bridges: readonly BridgeId[];
  readonly device: DeviceId | null;
  readonly open: boolean | null;
}

/** Events of a conference in quarantine after one of them, in the order in which they came. */
export async function listHeld(
  connection: Knex,
  conference: ConferenceId,
  { bridges, device, open }: HeldFilter,
  after: number,
  limit: number,
): Promise<HeldRecord[]> {
  const found = connection('quarantine')
    .where({ conference })
    .whereRaw('bridge in (select value from json_each(?))', [JSON.stringify(bridges)])
    .whereRaw('quarantine.rowid > ?', [after]);
  if (device !== null) void found.where({ device });
  if (open !== null) void (open ? found.whereIn('state', OPEN) : found.whereNotIn('state', OPEN));
  const rows: HeldFields[] = await found
    .orderByRaw('quarantine.rowid')
    .limit(limit)
    .select(connection.raw(FIELDS));
  return rows.map(recordOf);
}

/** Events of one bridge in quarantine, by their ids; at most a thousand. */
export async function heldByIds(
  connection: Knex,
  bridge: BridgeId,
  ids: readonly EventId[],
): Promise<HeldRecord[]> {
  const rows: HeldFields[] = await connection('quarantine')
    .where({ bridge })
    .whereIn('id', ids.map(bytesOfUuid))
    .orderByRaw('quarantine.rowid')
    .select(connection.raw(FIELDS));
  return rows.map(recordOf);
}

/** A person's decision. */
export interface DecisionRow {
  readonly state: 'accepting' | 'refused';
  readonly at: Instant;
  readonly by: AccountId | null;
  readonly reason: string;
}

/** Writes a decision on those of the events that still wait for one; gives their ids. One commit. */
export async function decide(
  connection: Knex,
  ids: readonly EventId[],
  { state, at, by, reason }: DecisionRow,
): Promise<EventId[]> {
  const rows: { id: Buffer }[] = await connection('quarantine')
    .whereIn('id', ids.map(bytesOfUuid))
    .where('state', 'waiting')
    .update({ state, decided_at: at, decided_by: by, reason })
    .returning('id');
  return rows.map(({ id }) => uuidOfBytes(id) as EventId);
}

/**
 * Writes what came of accepted events. What people wrote in one that the ledger has is kept there and no more here: who
 * erases it there has erased it.
 */
export async function settle(
  connection: Knex,
  ids: readonly EventId[],
  state: 'accepted' | 'conflict',
): Promise<void> {
  await connection('quarantine')
    .whereIn('id', ids.map(bytesOfUuid))
    .where('state', 'accepting')
    .update(state === 'accepted' ? { state, salt: null, texts: null } : { state });
}

/** Takes back a decision that could not be carried out. */
export async function takeBack(connection: Knex, ids: readonly EventId[]): Promise<void> {
  await connection('quarantine')
    .whereIn('id', ids.map(bytesOfUuid))
    .where('state', 'accepting')
    .update({ state: 'waiting', decided_at: null, decided_by: null, reason: null });
}

/** Events that were accepted and are not known to be in the ledger, by bridge; at most a thousand of each. */
export async function unfinished(
  connection: Knex,
): Promise<{ readonly conference: ConferenceId; readonly bridge: BridgeId; readonly events: EventId[] }[]> {
  const rows: { conference: ConferenceId; bridge: BridgeId; id: Buffer }[] = await connection('quarantine')
    .where('state', 'accepting')
    .limit(10_000)
    .select('conference', 'bridge', 'id');
  return [...Map.groupBy(rows, ({ bridge }) => bridge).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const events = own.slice(0, 1000).map(({ id }) => uuidOfBytes(id) as EventId);
    return [{ conference: first.conference, bridge: first.bridge, events }];
  });
}
