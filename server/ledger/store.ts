import type { Knex } from 'knex';

import type { SignedCheckpoint } from '../../domain/ledger/checkpoint.ts';
import type { ExportedEvent } from '../../domain/ledger/export.ts';
import type { SaltedTexts, Texts } from '../../domain/ledger/form.ts';
import type { Head, Inclusion } from '../../domain/ledger/merkle.ts';
import type { StoredEvent } from '../../domain/ledger/stored-event.ts';
import type { BridgeId, SessionId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import { isUniqueViolation } from '../platform/database.ts';

/** A checkpoint as it is kept. */
export interface CheckpointRow extends SignedCheckpoint {
  readonly number: number;
  /** The last event that it covers. */
  readonly seq: number;
  readonly at: Instant;
}

/** How the head of a closed bridge is found under a checkpoint. */
export interface ProofRow {
  readonly session: SessionId;
  readonly bridge: BridgeId;
  readonly checkpoint: number;
  readonly included: Inclusion;
}

const COLUMNS = ['number', 'seq', 'at', 'statement', 'signature'] as const;

/** The newest checkpoint; null while there is none. */
export async function lastCheckpoint(connection: Knex): Promise<CheckpointRow | null> {
  const row = await connection('checkpoint')
    .orderBy('number', 'desc')
    .first<CheckpointRow>(...COLUMNS);
  return row ?? null;
}

/** Checkpoints after a number, oldest first, at most `limit`. */
export function checkpointsAfter(connection: Knex, number: number, limit: number): Promise<CheckpointRow[]> {
  return connection('checkpoint')
    .where('number', '>', number)
    .orderBy('number')
    .limit(limit)
    .select(...COLUMNS);
}

/** Checkpoints before a number, newest first, at most `limit`. */
export function checkpointsBefore(connection: Knex, number: number, limit: number): Promise<CheckpointRow[]> {
  return connection('checkpoint')
    .where('number', '<', number)
    .orderBy('number', 'desc')
    .limit(limit)
    .select(...COLUMNS);
}

/**
 * Keeps a checkpoint with the proofs of the bridges that it closes, in one commit. False where another process has
 * signed under the number meanwhile: the key says so, not a look beforehand.
 */
export async function addCheckpoint(
  write: Knex,
  checkpoint: CheckpointRow,
  proofs: readonly Omit<ProofRow, 'checkpoint'>[],
): Promise<boolean> {
  const rows = proofs.map(({ session, bridge, included: { place, hash, index, path } }) => [
    session,
    bridge,
    place,
    JSON.stringify({ hash, index, path }),
  ]);
  try {
    await write.transaction(async (connection) => {
      await connection('checkpoint').insert(checkpoint);
      await connection.raw(
        `insert into checkpoint_proof (session, bridge, checkpoint, place, proof)
         select value ->> 0, value ->> 1, ?, value ->> 2, value ->> 3 from json_each(?)`,
        [checkpoint.number, JSON.stringify(rows)],
      );
    });
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

interface KeptProof {
  readonly bridge: BridgeId;
  readonly checkpoint: number;
  readonly place: number;
  readonly proof: string;
}

/** The proofs kept of some bridges, by checkpoint. */
export async function proofsOf(
  connection: Knex,
  session: SessionId,
  bridges: readonly BridgeId[],
): Promise<ProofRow[]> {
  const rows = await connection('checkpoint_proof')
    .where({ session })
    .whereRaw('bridge in (select value from json_each(?))', [JSON.stringify(bridges)])
    .orderBy(['bridge', 'checkpoint'])
    .select<KeptProof[]>('bridge', 'checkpoint', 'place', 'proof');
  return rows.map(({ bridge, checkpoint, place, proof }) => ({
    session,
    bridge,
    checkpoint,
    included: { place, ...(JSON.parse(proof) as Omit<Inclusion, 'place'>) },
  }));
}

/** A page of all proofs kept, in the order of their table. */
export async function proofsAfter(
  connection: Knex,
  row: number,
  limit: number,
): Promise<(ProofRow & { row: number })[]> {
  const rows = await connection('checkpoint_proof')
    .where('rowid', '>', row)
    .orderBy('rowid')
    .limit(limit)
    .select<(KeptProof & { session: SessionId; row: number })[]>(
      connection.raw('rowid as row'),
      'session',
      'bridge',
      'checkpoint',
      'place',
      'proof',
    );
  return rows.map(({ proof, place, ...own }) => ({
    ...own,
    included: { place, ...(JSON.parse(proof) as Omit<Inclusion, 'place'>) },
  }));
}

/** The ledger's last event; 0 while it is empty. */
export async function lastEvent(connection: Knex): Promise<number> {
  const row = await connection('attendance_event').max<{ last: number | null }>({ last: 'seq' }).first();
  return row?.last ?? 0;
}

/** A chain that has grown: its head, the ledger's place of it, and by how many events it grew. */
export interface GrownHead extends Head {
  readonly seq: number;
  readonly grown: number;
}

/**
 * Heads of the chains that have grown after a place in the ledger and up to another: one statement, worked out in the
 * database's own thread. Of the columns beside the one `max`, SQLite gives those of the row that has it.
 */
export function headsBetween(connection: Knex, after: number, upTo: number): Promise<GrownHead[]> {
  return connection('attendance_event')
    .where('seq', '>', after)
    .where('seq', '<=', upTo)
    .groupBy('session', 'bridge')
    .select<GrownHead[]>(
      'session',
      'bridge',
      'place',
      connection.raw('lower(hex(hash)) as hash'),
      connection.raw('max(seq) as seq'),
      connection.raw('count(*) as grown'),
    );
}

/** The events between two places of the ledger that can close a chain or take that back, in the order of the ledger. */
export function closingsBetween(
  connection: Knex,
  after: number,
  upTo: number,
): Promise<{ session: SessionId; bridge: BridgeId; form: string }[]> {
  return connection('attendance_event')
    .where('seq', '>', after)
    .where('seq', '<=', upTo)
    .whereRaw(`substr(form, 1, 8) in ('["close"', '["void",')`)
    .orderBy('seq')
    .select('session', 'bridge', 'form');
}

/** Where the events of a session stand in the ledger, by bridge, up to a place; of one bridge only where it is named. */
export async function placesOf(
  connection: Knex,
  session: SessionId,
  upTo: number,
  only: BridgeId | null,
): Promise<Map<BridgeId, number[]>> {
  const rows = await connection('attendance_event')
    .where({ session, ...(only !== null && { bridge: only }) })
    .where('seq', '<=', upTo)
    .groupBy('bridge')
    .select<{ bridge: BridgeId; places: string }[]>(
      'bridge',
      connection.raw('json_group_array(seq) as places'),
    );
  return new Map(
    rows.map(({ bridge, places }) => [bridge, (JSON.parse(places) as number[]).toSorted((a, b) => a - b)]),
  );
}

interface EventRow {
  readonly received_at: Instant;
  readonly place: number;
  readonly hash: string;
  readonly form: string;
  readonly salt: string | null;
  readonly texts: string | null;
}

function saltedOf({ salt, texts }: Pick<EventRow, 'salt' | 'texts'>): SaltedTexts | null {
  return salt === null || texts === null ? null : { salt, texts: JSON.parse(texts) as Texts };
}

/** The events at some places of the ledger, in the order given. */
export async function eventsAt(connection: Knex, places: readonly number[]): Promise<ExportedEvent[]> {
  const rows = await connection.raw<EventRow[]>(
    `select event.received_at, event.place, lower(hex(event.hash)) as hash, event.form, text.salt, text.texts
     from json_each(?) as wanted
     join attendance_event as event on event.seq = wanted.value
     left join attendance_text as text on text.seq = event.seq
     order by wanted.key`,
    [JSON.stringify(places)],
  );
  return rows.map((row) => ({
    place: row.place,
    receivedAt: row.received_at,
    form: row.form,
    hash: row.hash,
    texts: saltedOf(row),
  }));
}

/** An event of the ledger with everything that its table says of it. */
export type PlacedEvent = StoredEvent & { readonly seq: number };

/** The ledger's events after a place and up to another, at most `limit`. */
export async function eventsAfter(
  connection: Knex,
  after: number,
  upTo: number,
  limit: number,
): Promise<PlacedEvent[]> {
  const rows = await connection('attendance_event as event')
    .leftJoin('attendance_text as text', 'text.seq', 'event.seq')
    .where('event.seq', '>', after)
    .where('event.seq', '<=', upTo)
    .orderBy('event.seq')
    .limit(limit)
    .select<(EventRow & { seq: number; id: string; session: SessionId; bridge: BridgeId })[]>(
      'event.seq',
      connection.raw('lower(hex(event.id)) as id'),
      'event.session',
      'event.bridge',
      'event.received_at',
      'event.place',
      connection.raw('lower(hex(event.hash)) as hash'),
      'event.form',
      'text.salt',
      'text.texts',
    );
  return rows.map((row) => ({
    seq: row.seq,
    id: row.id,
    session: row.session,
    bridge: row.bridge,
    place: row.place,
    receivedAt: row.received_at,
    form: row.form,
    hash: row.hash,
    texts: saltedOf(row),
  }));
}
