import type { Knex } from 'knex';

import { readForm, type SaltedTexts, type Texts } from '../../domain/ledger/form.ts';
import type { Link } from '../../domain/ledger/chain.ts';
import type { RecordedEvent } from '../../domain/attendance/event.ts';
import type { BridgeId, EventId, SessionId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import { runPrepared } from '../platform/prepared.ts';

/** An event as it goes into the ledger: linked into its chain. Its id is a UUID. */
export interface LedgerEntry {
  readonly receivedAt: Instant;
  readonly link: Link;
  readonly form: string;
  readonly texts: SaltedTexts | null;
}

/** The ledger has something already: under an id of the batch, or at a place where the batch would stand. */
export type Taken = 'id' | 'place' | null;

interface EventRow {
  readonly seq: number;
  readonly received_at: number;
  readonly place: number;
  readonly hash: string;
  readonly form: string;
  readonly texts: string | null;
}

/** Ids are looked up by so many at a time: bound variables of one statement are limited. */
const IDS_PER_QUERY = 500;
/** Rows of the ledger read at a time. */
const CHUNK = 10_000;

const INSERT_EVENTS = `insert into attendance_event (seq, id, session, bridge, received_at, place, hash, form)
  select ? + 1 + key, unhex(value ->> '$[0][1]', '-'), value ->> '$[0][2]', value ->> '$[0][3]',
         value ->> '$[1]', value ->> '$[2]', unhex(value ->> '$[3]'), value -> '$[0]'
  from json_each(?)`;

/**
 * Writes events behind the place `after` of the ledger: all of them in one statement, which is one commit, or none. Where
 * another process has written there meanwhile, or an id is there already, the unique index says so, not a look beforehand.
 * SQLite's own way of giving a statement a list (`json_each`) and of bytes (`unhex`): 53,000 rows a second in batches of 100
 * where a row at a time takes 26,000. A form is JSON itself and goes in as it is: what it says besides is taken out of it
 * in the database's own thread.
 */
export async function insertEvents(
  write: Knex,
  after: number,
  entries: readonly LedgerEntry[],
): Promise<Taken> {
  let rows = '';
  for (const { form, receivedAt, link } of entries) {
    rows += `${rows === '' ? '[' : ','}[${form},${receivedAt},${link.place},"${link.hash}"]`;
  }
  rows += ']';
  const texts = entries.flatMap((entry, at) =>
    entry.texts === null ? [] : [[after + 1 + at, entry.texts.salt, JSON.stringify(entry.texts.texts)]],
  );
  try {
    if (texts.length === 0) await runPrepared(write, INSERT_EVENTS, [after, rows]);
    else {
      await write.transaction(async (connection) => {
        await connection.raw(INSERT_EVENTS, [after, rows]);
        await connection.raw(
          `insert into attendance_text (seq, salt, texts)
           select value ->> 0, value ->> 1, value ->> 2 from json_each(?)`,
          [JSON.stringify(texts)],
        );
      });
    }
    return null;
  } catch (error) {
    const taken = takenBy(error);
    if (taken === null) throw error;
    return taken;
  }
}

function takenBy(error: unknown): Taken {
  const [, column] =
    error instanceof Error
      ? (/UNIQUE constraint failed: attendance_event\.(id|seq)/.exec(error.message) ?? [])
      : [];
  if (column === undefined) return null;
  return column === 'id' ? 'id' : 'place';
}

/** An event that the ledger has. */
export interface Kept {
  readonly sequence: number;
  readonly receivedAt: Instant;
  readonly link: Link;
  readonly form: string;
  /** Null where there were none, or where they were erased. */
  readonly texts: Texts | null;
}

const COLUMNS = `event.seq, event.received_at, event.place, lower(hex(event.hash)) as hash, event.form, text.texts`;

function keptOf(row: EventRow): Kept {
  return {
    sequence: row.seq,
    receivedAt: row.received_at as Instant,
    link: { place: row.place, hash: row.hash },
    form: row.form,
    texts: row.texts === null ? null : (JSON.parse(row.texts) as Texts),
  };
}

function events(connection: Knex): Knex.QueryBuilder<object, EventRow[]> {
  return connection('attendance_event as event')
    .leftJoin('attendance_text as text', 'text.seq', 'event.seq')
    .select(connection.raw(COLUMNS));
}

/** The events that the ledger has of the given ids. */
export async function readByIds(connection: Knex, ids: readonly EventId[]): Promise<Map<EventId, Kept>> {
  const found = new Map<EventId, Kept>();
  for (let at = 0; at < ids.length; at += IDS_PER_QUERY) {
    const some = ids.slice(at, at + IDS_PER_QUERY);
    const rows = await events(connection)
      .whereIn(
        'event.id',
        some.map((id) => Buffer.from(id.replaceAll('-', ''), 'hex')),
      )
      .select<(EventRow & { id: Buffer })[]>('event.id');
    const byHex = new Map(rows.map((row) => [row.id.toString('hex'), row]));
    for (const id of some) {
      const row = byHex.get(id.replaceAll('-', ''));
      if (row !== undefined) found.set(id, keptOf(row));
    }
  }
  return found;
}

export interface LedgerRow {
  readonly sequence: number;
  readonly recorded: RecordedEvent;
}

/**
 * The events of a session after one place in the ledger and up to another, in order of receipt. Nothing is indexed by
 * session: the ledger is read from that place to its end, which is what a start does once and a look for news does from
 * near the end.
 */
export async function* readEvents(
  connection: Knex,
  session: SessionId,
  after: number,
  upTo: number,
): AsyncGenerator<LedgerRow[]> {
  for (let from = after; from < upTo; from += CHUNK) {
    const rows = await events(connection)
      .where('event.seq', '>', from)
      .where('event.seq', '<=', Math.min(from + CHUNK, upTo))
      .where('event.session', session)
      .orderBy('event.seq');
    yield rows.flatMap(rowOf);
  }
}

/** The head counts of a session, in order of receipt: forms begin with their kind. */
export async function readCounts(connection: Knex, session: SessionId): Promise<LedgerRow[]> {
  const rows = await events(connection)
    .where('event.session', session)
    .whereRaw(`substr(event.form, 1, 8) = '["count"'`)
    .orderBy('event.seq');
  return rows.flatMap(rowOf);
}

/** A page of one bridge's events after a place in the ledger, at most `limit`. */
export async function listEvents(
  connection: Knex,
  session: SessionId,
  bridge: BridgeId,
  after: number,
  limit: number,
): Promise<LedgerRow[]> {
  const rows = await events(connection)
    .where({ 'event.session': session, 'event.bridge': bridge })
    .where('event.seq', '>', after)
    .orderBy('event.seq')
    .limit(limit);
  return rows.flatMap(rowOf);
}

/**
 * None for a row that a failing disk has made unreadable: one event must not keep everybody else from theirs. The check of
 * the ledger after each start names it.
 */
function rowOf(row: EventRow): LedgerRow[] {
  try {
    const texts = row.texts === null ? null : (JSON.parse(row.texts) as Texts);
    const recorded = { event: readForm(row.form, texts), receivedAt: row.received_at as Instant };
    return [{ sequence: row.seq, recorded }];
  } catch {
    return [];
  }
}

/** The ledger's last place; 0 while it is empty. */
export async function lastSequence(connection: Knex): Promise<number> {
  const row = await connection('attendance_event').max<{ last: number | null }>({ last: 'seq' }).first();
  return row?.last ?? 0;
}

/** Head of one chain. */
export interface Head {
  readonly session: SessionId;
  readonly bridge: BridgeId;
  readonly link: Link;
}

/**
 * Heads of all chains that have grown after a place in the ledger and up to another. Of the columns beside `max`, SQLite
 * gives those of the row that has it.
 */
export async function readHeads(connection: Knex, after: number, upTo: number): Promise<Head[]> {
  const rows = await connection('attendance_event')
    .where('seq', '>', after)
    .where('seq', '<=', upTo)
    .groupBy('session', 'bridge')
    .select<{ session: string; bridge: string; place: number; hash: string }[]>(
      'session',
      'bridge',
      connection.raw('max(place) as place'),
      connection.raw('lower(hex(hash)) as hash'),
    );
  return rows.map(({ session, bridge, place, hash }) => ({
    session: session as SessionId,
    bridge: bridge as BridgeId,
    link: { place, hash },
  }));
}
