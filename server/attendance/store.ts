import type { Knex } from 'knex';

import { canonicalEvent, readCanonical } from '../../domain/attendance/canonical.ts';
import type { AttendanceEvent, RecordedEvent } from '../../domain/attendance/event.ts';
import type { BridgeId, SessionId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import { bytesOfUuid } from '../platform/ids.ts';

/** An event on its way into the ledger. Its id is a UUID. */
export interface Entry {
  readonly event: AttendanceEvent;
  readonly receivedAt: Instant;
}

/** What became of it: written now, there before with the same content (`replay`), or with another (`conflict`). */
export interface Written {
  readonly outcome: 'written' | 'replay' | 'conflict';
  /** Its place in the ledger; for a conflict that of the event which has the id. */
  readonly sequence: number;
}

interface LedgerRecord {
  readonly seq: number;
  readonly id: Buffer;
  readonly body: string;
  readonly received_at: number;
}

/** Bound variables of one statement are limited; ids are looked up by so many at a time. */
const IDS_PER_QUERY = 500;

/**
 * Appends events in one statement, which is one commit. An id that is there already is left alone: the unique index
 * says so, not a look beforehand. SQLite's own way of giving a statement a list (`json_each`) and of binary ids
 * (`unhex`): it takes 53,000 rows a second in batches of 100 where a row at a time takes 26,000.
 */
export async function appendEvents(connection: Knex, entries: readonly Entry[]): Promise<Written[]> {
  const rows = entries.map(({ event, receivedAt }) => ({
    id: event.id.replaceAll('-', ''),
    session: event.session,
    bridge: event.bridge,
    device: event.device,
    receivedAt,
    body: canonicalEvent(event),
  }));
  const inserted = await connection.raw<{ seq: number; id: string }[]>(
    `insert into attendance_event (id, session, bridge, device, received_at, body, outcome)
     select unhex(value ->> 'id'), value ->> 'session', value ->> 'bridge', value ->> 'device',
            value ->> 'receivedAt', value ->> 'body', 'recorded'
     from json_each(?) where true order by key
     on conflict (id) do nothing
     returning seq, lower(hex(id)) as id`,
    [JSON.stringify(rows)],
  );
  const written = new Map(inserted.map((row) => [row.id, row.seq]));
  const before = await readByIds(
    connection,
    rows.filter((row) => !written.has(row.id)).map((row) => row.id),
  );
  /** Of an id that a batch brings twice, the first content is the one that was written. */
  const first = new Map<string, string>();
  return rows.map(({ id, body }): Written => {
    const sequence = written.get(id);
    const known = first.get(id) ?? (sequence === undefined ? before.get(id)?.body : undefined);
    first.set(id, known ?? body);
    if (known === undefined) return { outcome: 'written', sequence: sequence ?? 0 };
    return {
      outcome: known === body ? 'replay' : 'conflict',
      sequence: sequence ?? before.get(id)?.seq ?? 0,
    };
  });
}

async function readByIds(
  connection: Knex,
  ids: readonly string[],
): Promise<Map<string, { readonly seq: number; readonly body: string }>> {
  const found = new Map<string, { readonly seq: number; readonly body: string }>();
  for (let at = 0; at < ids.length; at += IDS_PER_QUERY) {
    const rows = await connection<LedgerRecord>('attendance_event')
      .whereIn(
        'id',
        ids.slice(at, at + IDS_PER_QUERY).map((id) => Buffer.from(id, 'hex')),
      )
      .select('seq', 'id', 'body');
    for (const row of rows) found.set(row.id.toString('hex'), row);
  }
  return found;
}

export interface LedgerRow {
  readonly sequence: number;
  readonly recorded: RecordedEvent;
}

/** Rows of the ledger read at a time. */
const CHUNK = 10_000;

/**
 * The events of a session after one place in the ledger and up to another, in order of receipt. Nothing is indexed by session: the ledger
 * is read from that place to its end, which is what a start does once and a look for news does from near the end.
 */
export async function* readEvents(
  connection: Knex,
  session: SessionId,
  after: number,
  upTo: number,
): AsyncGenerator<LedgerRow> {
  let from = after;
  for (;;) {
    const rows = await connection<LedgerRecord & { session: string }>('attendance_event')
      .where('seq', '>', from)
      .where('seq', '<=', upTo)
      .orderBy('seq')
      .limit(CHUNK)
      .select('seq', 'session', 'body', 'received_at');
    for (const row of rows) {
      if (row.session === session) yield rowOf(row);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < CHUNK) return;
    from = last.seq;
  }
}

/** A page of one bridge's events after a place, at most `limit`. */
export async function listEvents(
  connection: Knex,
  session: SessionId,
  bridge: BridgeId,
  after: number,
  limit: number,
): Promise<LedgerRow[]> {
  const rows = await connection('attendance_event')
    .where({ session, bridge })
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .select<{ seq: number; body: string; received_at: number }[]>('seq', 'body', 'received_at');
  return rows.map(rowOf);
}

function rowOf(row: {
  readonly seq: number;
  readonly body: string;
  readonly received_at: number;
}): LedgerRow {
  return {
    sequence: row.seq,
    recorded: { event: readCanonical(row.body), receivedAt: row.received_at as Instant },
  };
}

/** The ledger's last place; 0 while it is empty. */
export async function lastSequence(connection: Knex): Promise<number> {
  const row = await connection('attendance_event').max<{ last: number | null }>({ last: 'seq' }).first();
  return row?.last ?? 0;
}

/** Whether a text can be an event's id in the ledger. */
export function isLedgerId(id: string): boolean {
  try {
    bytesOfUuid(id);
    return true;
  } catch {
    return false;
  }
}
